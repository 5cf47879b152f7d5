# What a watcher of both screens sees and tells, as TAP. Sourced; takes $folder, $wall_px and
# $left_px.

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
