#!/usr/bin/env bash
# Sets everything up and runs every gate and the whole test suite.
REQUIREMENTS=dev
EXTRA_PACKAGES="openssl poppler-utils dbus gnome-keyring"
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
export QT_QPA_PLATFORM=offscreen
PATH="$PWD/$VENV/bin:$PATH"
say "ruff"
ruff check .
ruff format --check .
say "mypy"
mypy
mypy --platform win32
say "import-linter"
lint-imports
say "deptry"
deptry .
say "pytest"
exec python -m pytest "$@"
