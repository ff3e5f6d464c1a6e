"""What every TLS connection of the program is made of."""

import ssl


class TlsSocket(ssl.SSLSocket):
    """Closed also where nobody ever held it: when the line is reset before the handshake begins, the standard
    library raises out of making the socket and leaves it open."""

    def __del__(self) -> None:
        self.close()
