#!/usr/bin/env bash
# Sets everything up and runs every gate and the whole test suite.
REQUIREMENTS=dev
# Real peers of the tests: OpenSSL, a keyring and a screen reader's bus (with a display for it), a print server, a mail house; below, a certificate authority.
EXTRA_PACKAGES="openssl dbus gnome-keyring at-spi2-core xvfb cups cups-client exim4-daemon-light dovecot-imapd"
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
make_environment .venv-django-ca django-ca
export QT_QPA_PLATFORM=offscreen
PATH="$PWD/$VENV/bin:$PATH"
say "ruff"
ruff check .
ruff format --check .
say "mypy"
mypy
mypy --platform win32 -p lockdesk # the tests drive Linux peers
say "import-linter"
lint-imports
say "deptry"
deptry .
say "pytest"
exec python -m pytest -n auto --dist loadfile "$@"
