"""What every TLS connection of the program is made of."""

import ssl


class TlsSocket(ssl.SSLSocket):
    """Closed also where nobody ever held it: when the line is reset before the handshake begins, the standard
    library raises out of making the socket and leaves it open."""

    def __del__(self) -> None:
        self.close()


def verifying_context(trusted_pem: bytes, unreadable: Exception) -> ssl.SSLContext:
    """Verifies certificate and name, always; trusts these certificates alone where there are some, else the system's.
    Raises `unreadable`."""
    context = ssl.create_default_context()
    if trusted_pem:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(cadata=trusted_pem.decode("ascii"))
        except (ssl.SSLError, ValueError) as error:
            raise unreadable from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TlsSocket
    return context
