#!/bin/sh
# Tells this user's desktop of the program: menu entry, icon, file types. Run from the program's folder:
# sh _internal/desktop/install.sh [--remove]. No data is touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$here/../.." && pwd)/lockdesk
data=${XDG_DATA_HOME:-$HOME/.local/share}
name=id.go.pekalongan.lockdesk
if [ "${1:-}" = --remove ]; then
    rm -f "$data/applications/$name.desktop" "$data/mime/packages/$name.xml" "$data/metainfo/$name.metainfo.xml" \
        "$data/icons/hicolor/scalable/apps/$name.svg"
else
    mkdir -p "$data/applications" "$data/mime/packages" "$data/metainfo" "$data/icons/hicolor/scalable/apps"
    sed "s|^Exec=lockdesk |Exec=\"$program\" |" "$here/$name.desktop" > "$data/applications/$name.desktop"
    cp "$here/$name.xml" "$data/mime/packages/"
    cp "$here/$name.metainfo.xml" "$data/metainfo/"
    cp "$here/../resources/icons/lockdesk.svg" "$data/icons/hicolor/scalable/apps/$name.svg"
fi
for step in "update-desktop-database $data/applications" "update-mime-database $data/mime"; do
    # shellcheck disable=SC2086
    if command -v "${step%% *}" >/dev/null; then $step; fi
done
