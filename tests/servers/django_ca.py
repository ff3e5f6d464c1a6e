"""django-ca itself, behind gunicorn on a loopback port, from the environment that the set-up makes for it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.helpers.ports import free_port
from tests.servers.processes import stop, wait_for

ENVIRONMENT = Path(__file__).parents[2] / ".venv-django-ca" / "bin"
USER, PASSWORD = "petugas", "rahasia-uji-coba"
SETTINGS = """
from pathlib import Path
HERE = Path(__file__).parent
SECRET_KEY, ALLOWED_HOSTS, ROOT_URLCONF, USE_TZ = "uji", ["127.0.0.1"], "ca_urls", True
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django_object_actions", "django_ca"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "db.sqlite3"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "django-ca": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HERE / "keys"}},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CA_ENABLE_REST_API, CA_ENABLE_ACME, CA_USE_CELERY = True, False, False
CA_DEFAULT_HOSTNAME = "127.0.0.1:{port}"
"""
URLS = """
from django.urls import include, path
urlpatterns = [path("django_ca/", include("django_ca.urls"))]
"""
PREPARE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django_ca.api.utils import create_api_user
from django_ca.models import CertificateAuthority
call_command("migrate", verbosity=0)
call_command("init_ca", "CA Uji", "CN=CA Uji django-ca,O=Contoh,C=ID", "--key-type=EC", verbosity=0)
authority = CertificateAuthority.objects.get()
authority.api_enabled = True
authority.save()
create_api_user(sys.argv[1], sys.argv[2], change_certificateauthority=False)
create_api_user("tamu", sys.argv[2], sign_certificate=False, change_certificateauthority=False)
print(authority.pub.pem)
"""
REGENERATE = """
import django
django.setup()
from django_ca.models import CertificateAuthority
authority = CertificateAuthority.objects.get()
options = authority.key_backend.get_use_private_key_options(authority, {})
authority.generate_crls(options, force=True)
"""
WSGI = """
import django
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@dataclass
class DjangoCaServer:
    """`url` is what the gateway's settings take; `folder` holds its files and its access log."""

    folder: Path
    url: str
    chain_pem: bytes
    _process: "subprocess.Popen[bytes]"

    def requests(self, words: str) -> int:
        """How many requests so far have `words` in their line of the access log."""
        return sum(words in line for line in (self.folder / "access.log").read_text().splitlines())

    def issue(self, csr_der: bytes) -> int:
        """The serial of a certificate that somebody else than LockDesk had issued, through the bare interface."""
        authority = f"api/ca/{x509.load_pem_x509_certificate(self.chain_pem).serial_number:X}"
        request = x509.load_der_x509_csr(csr_der)
        body = {
            "csr": request.public_bytes(Encoding.PEM).decode(),
            "subject": [{"oid": item.oid.dotted_string, "value": item.value} for item in request.subject],
        }
        with httpx.Client(base_url=self.url, auth=(USER, PASSWORD), trust_env=False) as web:
            slug = web.post(f"{authority}/sign/", json=body).raise_for_status().json()["slug"]
            return int(web.get(f"{authority}/orders/{slug}/").raise_for_status().json()["serial"], 16)

    def sign_crl(self) -> None:
        """What an administrator's timer does: the CRL changes only when it is signed anew."""
        _run(self.folder, REGENERATE)

    def stop(self) -> None:
        stop(self._process)


def start(folder: Path) -> DjangoCaServer:
    """A fresh CA with an account for the officer; about as long as `migrate` takes."""
    assert (ENVIRONMENT / "gunicorn").exists(), "resources/setup/test.sh makes the environment of django-ca"
    port = free_port()
    for name, text in (("ca_settings", SETTINGS), ("ca_urls", URLS), ("ca_wsgi", WSGI)):
        (folder / f"{name}.py").write_text(text.replace("{port}", str(port)))
    chain = _run(folder, PREPARE, USER, PASSWORD)
    log = folder / "server.log"
    # Its control socket would lie in the home directory, one for all servers of a user.
    options = ["--bind", f"127.0.0.1:{port}", "--access-logfile", "access.log", "--no-control-socket"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [ENVIRONMENT / "gunicorn", *options, "ca_wsgi"],
            cwd=folder,
            env=_environment(),
            stdout=output,
            stderr=output,
        )
    wait_for(port, process, log)
    return DjangoCaServer(folder, f"http://127.0.0.1:{port}/django_ca/", chain, process)


def _run(folder: Path, script: str, *words: str) -> bytes:
    done = subprocess.run(
        [ENVIRONMENT / "python", "-c", script, *words], cwd=folder, env=_environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ca_settings", "PYTHONPATH": "."}
