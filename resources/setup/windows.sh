#!/usr/bin/env bash
# LockDesk as a Windows program, made and tried on Debian 12 under Wine: bash resources/setup/windows.sh [FOLDER]
# Makes a Windows CPython 3.11, runs the tests that can run there, builds the program, tries it (documents refused,
# then its demonstration with the risk accepted), and makes LockDesk-setup.exe. FOLDER (build/windows) keeps what was
# fetched; the second run is quicker. What Wine cannot prove stands in README and in windows/checklist.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ROOT=$PWD
OWN=$ROOT/resources/setup/windows
LOCKS=$ROOT/resources/requirements
mkdir -p "${1:-build/windows}"
W=$(cd "${1:-build/windows}" && pwd)
say() { printf '== %s\n' "$*"; }

# ── what Debian gives ──
missing=""
for name in wine wine64 gcc-mingw-w64-x86-64-win32 mingw-w64-tools binutils-mingw-w64-x86-64 nsis unzip xvfb \
    python3 python3-venv; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing="$missing $name"
done
if [ -n "$missing" ]; then
    say "installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
command -v python3.11 >/dev/null || { say "CPython 3.11 is needed: its standard library goes into the interpreter"; exit 1; }

# ── the interpreter ──
[ -x "$W/tools/bin/pip" ] || python3.11 -m venv "$W/tools" # Debian's has no pip by itself
PIP="$W/tools/bin/python -m pip --disable-pip-version-check -q"
PLATFORM="--platform win_amd64 --python-version 3.11 --only-binary=:all: --no-deps"
export PIP_ROOT_USER_ACTION=ignore
fetch() { # lock, folder: the wheels of a lock, each by its digest
    cmp -s "$LOCKS/$1" "$W/$2/.lock" && return 0
    say "fetching what $1 names"
    rm -rf "${W:?}/$2" && mkdir -p "$W/$2"
    # shellcheck disable=SC2086
    $PIP download -q $PLATFORM --implementation cp --abi cp311 --abi abi3 --abi none --require-hashes \
        -d "$W/$2" -r "$LOCKS/$1"
    cp "$LOCKS/$1" "$W/$2/.lock"
    rm -f "$W/.made"
}
fetch windows-interpreter.txt carrier
fetch windows.txt wheels
MINGW=x86_64-w64-mingw32
if [ ! -e "$W/.made" ]; then
    say "making the interpreter"
    cd "$W"
    rm -rf dl py prefix && mkdir -p dl py/DLLs py/Lib
    unzip -q -j -o carrier/panda3d-*.whl 'deploy_libs/*' -d dl
    cp dl/python311.dll dl/VCRUNTIME140.dll py/
    cp dl/*.pyd dl/libffi-8.dll dl/libcrypto-3.dll dl/libssl-3.dll dl/sqlite3.dll py/DLLs/
    cp -r "$(python3.11 -c 'import os; print(os.path.dirname(os.__file__))')"/. py/Lib/
    rm -rf py/Lib/site-packages py/Lib/dist-packages py/Lib/lib-dynload py/Lib/test py/Lib/config-3.11*
    mkdir py/Lib/site-packages
    gendef dl/python311.dll 2>/dev/null
    $MINGW-dlltool -d python311.def -l libpython311.a
    # wheels for any Python 3 ask for python3.dll, which passes everything on
    awk 'BEGIN{print "LIBRARY python3.dll\nEXPORTS"} on&&NF&&$1!~/^;/{print $1"=python311."$1 ($0~/DATA/?" DATA":"")} /^EXPORTS/{on=1}' \
        python311.def > python3.def
    echo 'void nothing_(void) {}' > nothing.c
    $MINGW-gcc -shared -o py/python3.dll nothing.c python3.def -nostartfiles -Wl,-e,0
    $MINGW-gcc -municode -O2 -o py/python.exe "$OWN/launcher.c" libpython311.a
    $MINGW-gcc -municode -mwindows -DWINDOWED -O2 -o py/pythonw.exe "$OWN/launcher.c" libpython311.a
    # shellcheck disable=SC2086
    $PIP install -q --target py/Lib/site-packages $PLATFORM --implementation cp --abi cp311 --abi abi3 --abi none \
        --no-compile --no-index wheels/*.whl
    # two DLLs of Windows 10 that Wine lacks, as stubs: for the prefix, never beside what is shipped
    $MINGW-gcc -O2 -shared -o bcryptprimitives.dll "$OWN/bcryptprimitives.c" -ladvapi32
    $MINGW-gcc -O2 -shared -o icuuc.dll "$OWN/icuuc.c"
    cd "$ROOT"
fi
export WINEPREFIX=$W/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" PYTHONIOENCODING=utf-8
if [ ! -e "$W/.made" ]; then
    say "making the Wine prefix"
    wine wineboot -i >/dev/null 2>&1
    cp "$W/bcryptprimitives.dll" "$W/icuuc.dll" "$WINEPREFIX/drive_c/windows/system32/"
    touch "$W/.made"
fi
# Wine wants no file as standard input or output.
windows() { wine "$@" </dev/null 2>&1 | cat; return "${PIPESTATUS[0]}"; }
python() { windows "$W/py/python.exe" "$@"; }
DATA=$(echo "$WINEPREFIX"/drive_c/users/*/AppData/Local)/LockDesk
rm -f "$DATA/risiko-ruang-baca.json"
# A screen, which Wine's windows need.
rm -f "$W/display"
Xvfb -displayfd 5 -screen 0 1366x768x24 5>"$W/display" >/dev/null 2>&1 &
trap 'kill %1' EXIT
until [ -s "$W/display" ]; do sleep 0.2; done
DISPLAY=:$(cat "$W/display")
export DISPLAY

# ── the tests ──
say "$(python --version): the tests that can run here"
grep -v '^#' "$OWN/not-here.txt" > "$W/not-here.txt"
cut -d' ' -f1 "$W/not-here.txt" > "$W/left-out.txt"
ls tests/unit/test_*.py tests/contract/test_*.py | grep -v -x -F -f "$W/left-out.txt" > "$W/files.txt"
tested=0
# shellcheck disable=SC2046
python -m pytest -q -rsfE $(grep :: "$W/left-out.txt" | sed 's/^/--deselect=/') $(cat "$W/files.txt") > "$W/tests.txt" ||
    tested=$?
say "test files run, all of them but for the tests named below:"
cat "$W/files.txt"
say "tests that could not be run here, and why:"
cat "$W/not-here.txt"
say "how they ended ($W/tests.txt):"
tail -n 25 "$W/tests.txt"

# ── the program ──
say "building"
python -m PyInstaller --noconfirm --log-level ERROR --distpath "Z:$W/dist" --workpath "Z:$W/work" build.spec
PROGRAM=$W/dist/lockdesk
rm -rf "$W/refused" "$W/demo" "$W/kerja"
say "the built program, as it comes: documents are refused"
windows "$PROGRAM/lockdesk-cli.exe" doctor || true
refused=0
windows "$PROGRAM/lockdesk-cli.exe" demo --out "Z:$W/refused" || refused=$?
[ "$refused" != 0 ] || { say "a document was opened without walls"; exit 1; }
say "the head accepts the risk for this computer"
PYTHONPATH="Z:$ROOT" python "$OWN/accept_risk.py" "Z:$W/kerja"
windows "$PROGRAM/lockdesk-cli.exe" doctor || true
say "the whole demonstration"
windows "$PROGRAM/lockdesk-cli.exe" demo --out "Z:$W/demo"

# ── the installer ──
say "the installer"
VERSION=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' lockdesk/__init__.py)
makensis -V2 -DVERSION="$VERSION" -DFOLDER="$PROGRAM" -DICON="$ROOT/resources/icons/lockdesk.ico" \
    -DOUT="$W/LockDesk-setup.exe" "$OWN/lockdesk.nsi"
rm -f "$DATA/risiko-ruang-baca.json"
INSTALLED=$(dirname "$DATA")/Programs/LockDesk
say "it installs over itself, starts, and refuses documents"
for _time in once again; do windows "$W/LockDesk-setup.exe" /S; done
windows "$INSTALLED/lockdesk-cli.exe" doctor || true
say "it goes, and the data stays"
touch "$DATA/data-of-somebody"
windows "$INSTALLED/uninstall.exe" /S
for _wait in $(seq 60); do [ -e "$INSTALLED/lockdesk.exe" ] || break; sleep 1; done
[ ! -e "$INSTALLED" ] && [ -e "$DATA/data-of-somebody" ] || { say "the uninstaller took the wrong things"; exit 1; }
rm "$DATA/data-of-somebody"
say "done: $W/LockDesk-setup.exe, $(du -h "$W/LockDesk-setup.exe" | cut -f1)"
[ "$tested" = 0 ] || say "some tests failed"
exit "$tested"
