#!/bin/sh
# The ready story on a wall of its own beside the laptop's screen, from F5 to Esc by the keys of a
# clicker: first in good health, then with a table torn out of its project, tiles that are not there
# and a version that is gone; both times the file goes away half way. `two-screens.sh QONYS`; where
# no X server with two screens can be started it says why. PROJECT=FILE: another than the demo's;
# PICTURES=FOLDER: both screens at each step; WALL=1920x1080, THEME=dark, SPOKEN=kk (then WALL_TITLE
# and PRESENTER_TITLE too).
set -u
qonys=$1
wall_px=${WALL:-1024x768} # pixels of the wall
left_px=1368              # the laptop's, 768 high
parts=$(dirname "$0")/two-screens

skip () {
  echo "1..0 # SKIP $1"
  exit 0
}

for program in Xorg openbox xdotool xrandr xwininfo import convert sqlite3; do
  command -v $program >/dev/null || skip "no $program: see tests/packages.txt"
done

folder=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null; wait; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
export HOME="$folder" XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache" \
  XDG_CONFIG_HOME="$folder/config" GSETTINGS_BACKEND=memory
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY XAUTHORITY

. "$parts/look.sh"
. "$parts/screens.sh"
. "$parts/show.sh"

if [ -n "${PROJECT:-}" ]; then
  cp "$PROJECT" "$folder/whole.gpkg"
else
  "$qonys" demo --dwellings=500 -o "$folder/whole.gpkg" >/dev/null || echo "Bail out! no project"
fi
. "$parts/story.sh"
. "$parts/faults.sh"

# Without a session bus GTK says so.
faults=$(grep -v "session bus" "$folder/qonys.log" |
  grep "CRITICAL\|WARNING\|AddressSanitizer\|runtime error")
check "without a fault in the log" [ -z "$faults" ]
[ -z "$faults" ] || echo "$faults" | sed 's/^/# /'
echo "1..$n"
