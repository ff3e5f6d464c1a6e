#!/usr/bin/env bash
# Sets everything up and runs the main job: the sample requests from e-mail to receipt.
REQUIREMENTS=run
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || export QT_QPA_PLATFORM=offscreen
exec "$VENV/bin/python" -m lockdesk demo "$@"
