#!/bin/sh
# The ready story on a wall of its own beside the laptop's screen, from F5 to Esc by the keys of a
# clicker. `two-screens.sh QONYS`; where no X server with two screens can be started it says why.
set -u
qonys=$1
wall_px=${WALL:-1024x768} # pixels of the wall
left_px=1368              # the laptop's, 768 high

skip () {
  echo "1..0 # SKIP $1"
  exit 0
}

for program in Xorg openbox xdotool xrandr xwininfo import; do
  command -v $program >/dev/null || skip "no $program: see tests/packages.txt"
done

folder=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null; wait; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
export HOME="$folder" XDG_DATA_HOME="$folder/data" XDG_CACHE_HOME="$folder/cache" \
  XDG_CONFIG_HOME="$folder/config"
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY XAUTHORITY

# Nothing waits for ever.
xdotool () {
  timeout 20 xdotool "$@"
}
import () {
  timeout 20 import "$@"
}

# until_ SECONDS COMMAND...: five looks a second
until_ () {
  left=$(($1 * 5))
  shift
  until "$@"; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 0.2
  done
}

# ---- the screens ----

cat >"$folder/xorg.conf" <<'END'
Section "Device"
  Identifier "d"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "m"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "s"
  Device "d"
  Monitor "m"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 4096 2048
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AllowMouseOpenFail" "true"
EndSection
END
# It takes a free number and tells it.
Xorg -displayfd 3 -config "$folder/xorg.conf" -logfile "$folder/xorg.log" -noreset -novtswitch \
  -sharevts -nolisten tcp -ac 3>"$folder/display" >"$folder/xorg.out" 2>&1 &
xorg=$!
pids=$xorg
has_display () {
  [ -s "$folder/display" ] || ! kill -0 $xorg 2>/dev/null
}
until_ 20 has_display
[ -s "$folder/display" ] || skip "Xorg with the dummy driver does not start: $(
  grep -h 'EE\|rror' "$folder/xorg.out" "$folder/xorg.log" 2>/dev/null | head -n 1)"
DISPLAY=:$(cat "$folder/display")
export DISPLAY

has_two () {
  xrandr --addmode DUMMY1 "$wall_px"
  xrandr --output DUMMY0 --mode ${left_px}x768 --pos 0x0 \
    --output DUMMY1 --mode "$wall_px" --pos ${left_px}x0
  xrandr --listmonitors | grep -q "Monitors: 2"
} 2>/dev/null
until_ 20 has_two || skip "the dummy driver has no second screen"
openbox >/dev/null 2>&1 &
pids="$pids $!"

# ---- looking ----

n=0
tell () { # STATUS NAME
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $n $2"
  else
    echo "not ok $n $2"
  fi
}
check () { # NAME COMMAND...
  name=$1
  shift
  "$@"
  tell $? "$name"
}

find_window () { # NAME: id of the window that is seen
  xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | head -n 1
}
has_window () {
  [ -n "$(find_window "$1")" ]
}
has_no_window () {
  ! has_window "$1"
}
count_windows () {
  xdotool search --onlyvisible --class qonys 2>/dev/null | wc -l
}
has_windows () {
  [ "$(count_windows)" -eq "$1" ]
}
is_at () { # WINDOW GEOMETRY
  id=$(find_window "$1")
  [ -n "$id" ] && xwininfo -id "$id" | awk '/Absolute upper-left X/ {x = $NF}
    /Absolute upper-left Y/ {y = $NF} /Width:/ {w = $NF} /Height:/ {h = $NF}
    END {print w "x" h "+" x "+" y}' | grep -qxF "$2"
}
look () { # what is on the wall, as a number
  import -window root -crop "$wall_px+$left_px+0" +repage -depth 8 rgb:- | cksum
}
is_at_rest () {
  before=$now
  now=$(look)
  [ "$before" = "$now" ]
}
rest () { # waits until nothing moves on the wall; what is there is $now
  now=
  until_ 30 is_at_rest
}
is_other () { # than $old, and at rest
  rest
  [ "$now" != "$old" ]
}
is_same () {
  rest
  [ "$now" = "$1" ]
}
is_black () {
  [ "$(import -window root -crop "$wall_px+$left_px+0" -format '%[fx:maxima]' info:)" = 0 ]
}
keep () { # NAME: a picture of both screens, where they are wanted
  [ -z "${PICTURES:-}" ] || import -window root "$PICTURES/$1.png"
}

# ---- the way through the story ----

if [ -n "${PROJECT:-}" ]; then
  cp "$PROJECT" "$folder/story.gpkg"
else
  "$qonys" demo --dwellings=500 -o "$folder/story.gpkg" >/dev/null || echo "Bail out! no project"
fi
"$qonys" --lang "${SPOKEN:-en}" "$folder/story.gpkg" >"$folder/qonys.log" 2>&1 &
program=$!
pids="$pids $program"
until_ 60 has_windows 1
check "the window opens" has_windows 1
sleep 1
rest
until_ 10 xdotool getwindowfocus >/dev/null 2>&1
window=$(xdotool search --onlyvisible --class qonys | head -n 1)
xdotool windowfocus --sync "$window"
# The project has to be there before its story can be shown.
asks () {
  xdotool key F5
  until_ 2 has_windows 2
}
check "F5 asks" until_ 60 asks
sleep 1
[ "${THEME:-light}" = light ] || xdotool key Tab Tab space Down Return
old=$(look)
xdotool key Return
check "the wall opens" until_ 60 has_window "${WALL_TITLE:-Wall}"
check "the wall fills the second screen" \
  until_ 20 is_at "${WALL_TITLE:-Wall}" "$wall_px+$left_px+0"
check "the presenter's window fills the first" \
  until_ 20 is_at "${PRESENTER_TITLE:-Presenter’s screen}" "${left_px}x768+0+0"
check "the first scene is on the wall" until_ 60 is_other
scene1=$now
keep 1

for i in 2 3 4 5 6 7 8; do
  old=$now
  xdotool key Next
  check "Page Down: scene $i" until_ 30 is_other
  eval "scene$i=\$now"
  keep $i
done
xdotool key Next
check "after the last there is nothing" is_same "$scene8"
rm "$folder/story.gpkg" # somebody pulled the stick out
xdotool key 3 Return
check "3 Enter: the third" until_ 30 is_same "$scene3"
xdotool key Prior
check "Page Up: the second" until_ 30 is_same "$scene2"
xdotool key 3 Return
until_ 30 is_same "$scene3"
xdotool key b
check "B: black" until_ 10 is_black
xdotool key period
check "full stop: the scene again" until_ 10 is_same "$scene3"
xdotool key slash
sleep 1
xdotool type --delay 100 nura # letters of another layout make xdotool map keys anew, which may hang
sleep 1
keep question
xdotool key Return
old=$scene3
check "a question: the wall is elsewhere" until_ 30 is_other
keep answer
xdotool key BackSpace
check "back to the scene" until_ 30 is_same "$scene3"
xdotool key l
check "L: another language" until_ 60 is_other
check "the file is gone and nothing asks" has_windows 3
keep language
xdotool key Escape
check "Esc: the wall is gone" until_ 20 has_no_window "${WALL_TITLE:-Wall}"
check "the main window alone is left" until_ 20 has_windows 1
check "the program goes on" kill -0 $program
faults=$(grep "CRITICAL\|AddressSanitizer\|runtime error" "$folder/qonys.log")
check "without a fault" [ -z "$faults" ]
[ -z "$faults" ] || echo "$faults" | sed 's/^/# /'
echo "1..$n"
