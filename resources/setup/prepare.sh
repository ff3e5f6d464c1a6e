# What both commands of the README share: the few system packages, the virtual environment, the pinned
# requirements. Sourced, not run. Needs: REQUIREMENTS (run or dev). Quick the second time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '== %s\n' "$*"; }

# Libraries that Qt's window and its offscreen platform need, and the seccomp library of the sealed reader.
SYSTEM_PACKAGES="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libseccomp2 \
libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 \
libxcb-image0 libxcb-randr0 libxcb-render-util0 libxcb-xkb1"

install_packages() { # names: install what is missing with apt, where there is apt and the right to use it
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    local missing="" name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' && continue
        # Debian 13 and newer Ubuntu call some libraries …t64
        dpkg-query -W -f='${Status}' "${name}t64" 2>/dev/null | grep -q 'ok installed' && continue
        missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    local as_root=""
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root="sudo"
        else
            say "not installed (needs the administrator): apt-get install$missing"
            return 0
        fi
    fi
    say "installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# The system's own comes first: the distribution builds it optimised (the window is there about 30 ms sooner than
# with one that somebody built by hand and put before it) and keeps it mended.
find_python() { # prints a Python >= 3.11 that can make virtual environments
    local name
    for name in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null || continue
        "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        echo "$name"
        return 0
    done
    return 1
}

# shellcheck disable=SC2086
install_packages $SYSTEM_PACKAGES ${EXTRA_PACKAGES:-}
if ! PYTHON=$(find_python); then
    install_packages python3 python3-venv
    PYTHON=$(find_python) || { say "Python 3.11 or newer with venv is needed"; exit 1; }
fi

make_environment() { # folder, name of a lock in resources/requirements: a virtual environment that holds it
    local folder=$1 wanted=resources/requirements/$2.txt mark=$1/.installed-$2
    if [ ! -x "$folder/bin/python" ]; then
        say "making the virtual environment $folder with $($PYTHON --version)"
        "$PYTHON" -m venv "$folder"
    fi
    cmp -s "$wanted" "$mark" && return 0
    say "installing pinned requirements from $wanted"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted"
    cp "$wanted" "$mark"
}

VENV=${LOCKDESK_VENV:-.venv}
make_environment "$VENV" "$REQUIREMENTS"
