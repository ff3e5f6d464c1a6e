"""A real mail house on loopback: Exim takes mail by SMTP into the mailboxes that Dovecot serves by IMAP.

Both run from a folder of their own, with a certificate of the test's CA, and end with the test.
"""

import getpass
import grp
import os
import shutil
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from tests.helpers.ports import free_port
from tests.servers.processes import cut_off, wait_for
from tests.servers.small_ca import SmallCa, pem_of
from tests.servers.smtp import PASSWORD, USER

PROGRAMS = {"exim": "/usr/sbin/exim4", "dovecot": "/usr/sbin/dovecot"}
DOMAIN = "contoh.pekalongankota.go.id"
_EXIM = r"""
primary_hostname = uji.contoh.go.id
exim_user = {user}
exim_group = {group}
spool_directory = {root}/spool
log_file_path = {root}/log/%slog
pid_file_path = {root}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp_port}
domainlist local_domains = {domain}
localpartlist people = dsearch,filter=dir;{root}/mail
tls_advertise_hosts = *
tls_certificate = {root}/server.pem
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
keep_environment =
never_users =
host_lookup =
rfc1413_query_timeout = 0s

begin acl
check_rcpt:
  deny  message = masuk dahulu
        !authenticated = *
  accept domains = +local_domains
         local_parts = +people
  deny  message = tidak ada kotak surat ini

begin routers
gone:
  driver = redirect
  domains = +local_domains
  local_parts = pindah
  allow_fail
  data = :fail: kotak surat ini sudah tidak ada
mailbox:
  driver = accept
  domains = +local_domains
  local_parts = +people
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = {root}/mail/$local_part_data/Maildir
  maildir_format
  create_directory
  directory_mode = 0700
  user = {user}
  group = {group}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{smtp_user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""
_DOVECOT = """
base_dir = {sockets}
state_dir = {sockets}
log_path = {root}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.pem
auth_mechanisms = plain login
auth_failure_delay = 0
disable_plaintext_auth = yes
first_valid_uid = 1
mail_uid = {uid}
mail_gid = {gid}
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
mail_location = maildir:{root}/mail/lock/Maildir
passdb {{
  driver = static
  args = password={password} user={smtp_user}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/lock
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap_port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{besides}
"""
"""Who is refused waits for nothing: that is Dovecot's affair, not the program's."""


def missing() -> list[str]:
    """The programs that are not installed here."""
    return [path for path in PROGRAMS.values() if not Path(path).exists()]


class MailHouse:
    """`lock@DOMAIN` is the office's mailbox; `people` have one there too, and nobody else. What is for `pindah` is
    accepted and comes back."""

    def __init__(self, ca: SmallCa, people: tuple[str, ...] = ("sekar",), days: float = 365, besides: str = "") -> None:
        """`days`: how long the servers' certificate holds; `besides` is added to Dovecot's settings."""
        # not in a folder of pytest's, which every session that starts on the machine closes to all other users
        self._folder = tempfile.TemporaryDirectory(prefix="surat-")
        self._root, self._besides = Path(self._folder.name) / "rumah", besides
        root = self._root
        self.smtp_port, self.imap_port = free_port(), free_port()
        self._sockets = tempfile.TemporaryDirectory(prefix="dovecot-")  # a socket's path may be 107 letters long
        root.mkdir(parents=True)
        for name in ("spool", "log", "mail"):
            (root / name).mkdir()
        for name in ("lock", "pindah", *people):
            (root / "mail" / name).mkdir()
        key, certificate = ca.server_certificate(days=days)
        (root / "server.pem").write_bytes(pem_of(key) + certificate.public_bytes(Encoding.PEM))
        for name, text in (("exim.conf", _EXIM), ("dovecot.conf", _DOVECOT)):
            (root / name).write_text(text.format_map(self._values()))
        self._own()
        self._delivered = 0
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            self._start([PROGRAMS["exim"], "-C", str(root / "exim.conf"), "-bdf"], self.smtp_port)
            self.start_mailbox()
        except BaseException:
            self.close()
            raise

    def _values(self) -> dict[str, object]:
        root = os.geteuid() == 0
        mail = "mail" if root else getpass.getuser()
        group = "mail" if root else grp.getgrgid(os.getegid()).gr_name
        return {
            "root": self._root,
            "sockets": self._sockets.name,
            "domain": DOMAIN,
            "smtp_port": self.smtp_port,
            "imap_port": self.imap_port,
            "user": mail,
            "group": group,
            "uid": mail,
            "gid": group,
            "login_user": "dovenull" if root else mail,
            "internal_user": "dovecot" if root else mail,
            "internal_group": "dovecot" if root else group,
            "smtp_user": USER,
            "password": PASSWORD,
            "besides": self._besides,
        }

    def _own(self) -> None:
        """What the servers write in belongs to them, and they must be able to get there."""
        if os.geteuid() != 0:
            return
        for path in (
            *map(self._root.joinpath, ("spool", "log", "mail", "server.pem")),
            *(self._root / "mail").iterdir(),
        ):
            shutil.chown(path, "mail", "mail")
        folder = self._root
        while folder != folder.parent and folder.owner() == "root" and folder != Path("/tmp"):  # noqa: S108
            folder.chmod(folder.stat().st_mode | 0o011)
            folder = folder.parent

    @staticmethod
    def _own_mail(*paths: Path) -> None:
        for path in paths if os.geteuid() == 0 else ():
            shutil.chown(path, "mail", "mail")

    def _start(self, command: list[str], port: int) -> None:
        log = self._root / "log" / f"{Path(command[0]).name}.out"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        self._processes.append(process)
        wait_for(port, process, log)

    def mailbox(self, name: str) -> list[bytes]:
        """Every message that was delivered to name@DOMAIN."""
        folder = self._root / "mail" / name / "Maildir"
        return [path.read_bytes() for part in ("new", "cur") for path in sorted((folder / part).glob("*"))]

    def took(self, message_id: str) -> bool:
        """Whether the SMTP server accepted a message, delivered by now or not."""
        log = self._root / "log" / "mainlog"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return any(" <= " in line and f"id={message_id.strip('<>')}" in line for line in lines)

    def unread(self, name: str) -> int:
        """How many of them nobody marked as read (maildir: flag S)."""
        folder = self._root / "mail" / name / "Maildir"
        return sum(
            "S" not in path.name.rpartition(",")[2] for part in ("new", "cur") for path in (folder / part).glob("*")
        )

    def deliver(self, raw: bytes, at: datetime | None = None) -> Path:
        """Puts a mail into the office's mailbox, as if it had come at `at`."""
        folder = self._root / "mail" / "lock" / "Maildir"
        parts = [folder / name for name in ("tmp", "new", "cur")]
        for part in parts:
            part.mkdir(parents=True, exist_ok=True)
        self._delivered += 1
        path = folder / "tmp" / f"{time.time_ns()}.{self._delivered}.uji"
        path.write_bytes(raw.replace(b"\r\n", b"\n"))
        if at is not None:
            os.utime(path, (at.timestamp(), at.timestamp()))
        self._own_mail(folder, *parts, path)
        return path.rename(folder / "new" / path.name)

    def accepted(self, folder: str = "LockDesk") -> list[bytes]:
        """What lies in another folder of the office's mailbox."""
        place = self._root / "mail" / "lock" / "Maildir" / f".{folder}"
        return [path.read_bytes() for part in ("new", "cur") for path in sorted((place / part).glob("*"))]

    def empty(self) -> None:
        """As it was at first; mail that comes gets another UIDVALIDITY."""
        for path in (self._root / "mail").glob("*/Maildir"):
            shutil.rmtree(path)

    def renumber(self) -> None:
        """Every mail gets another UID under another UIDVALIDITY, as after a mailbox was restored or moved: while nobody
        is served."""
        self.stop_mailbox()
        folder = self._root / "mail" / "lock" / "Maildir"
        for path in folder.glob("dovecot*"):
            path.unlink()
        (folder / "dovecot-uidlist").write_text(f"3 V{self._delivered + 1} N1\n")
        self._own_mail(folder / "dovecot-uidlist")
        self.start_mailbox()

    def stop_mailbox(self) -> None:
        """The IMAP server goes away in the middle of whatever it does."""
        cut_off(self._processes.pop())

    def start_mailbox(self) -> None:
        self._start([PROGRAMS["dovecot"], "-F", "-c", str(self._root / "dovecot.conf")], self.imap_port)

    def close(self) -> None:
        for process in self._processes:
            cut_off(process)
        self._sockets.cleanup()
        self._folder.cleanup()
