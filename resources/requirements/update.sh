#!/usr/bin/env bash
# Makes the hashed locks anew from pyproject.toml: bash resources/requirements/update.sh [--upgrade]
# Without --upgrade only what pyproject demands changes. Needs uv (pip install uv); it writes no registry address.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
compile() { # output, and what it is made of
    local out=resources/requirements/$1
    shift
    uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
        --no-header "$@" --output-file "$out"
}
compile run.txt --universal pyproject.toml "$@"
compile dev.txt --universal pyproject.toml --group dev "$@"
# What the program is built with, and what builds and tries it as a Windows program (see resources/setup/windows.sh).
compile build.txt --universal pyproject.toml --group build "$@"
compile windows.txt --python-platform x86_64-pc-windows-msvc pyproject.toml --group windows "$@"
