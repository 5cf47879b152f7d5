# The same story with faults, in the same place, so that the pictures kept by the story in good
# health are there. Sourced.

crop () { # PNG LEFT: the sum of what stands above the note
  convert "$1" -crop "${wall_px%x*}x$((${wall_px#*x} * 7 / 8))+$2+0" +repage -depth 8 rgb:- | cksum
}
screens () {
  import -window root "$folder/now.png"
}
is_picture () { # not one ground with nothing upon it, whatever note is below
  screens
  [ "$(convert "$folder/now.png" -crop \
    "${wall_px%x*}x$((${wall_px#*x} * 7 / 8))+$left_px+0" +repage -format %k info:)" -gt 16 ]
}
is_kept () { # the scene's kept picture
  screens
  grep -qxF "$(crop "$folder/now.png" $left_px)" "$folder/kept"
}
has_note () {
  screens
  convert "$folder/now.png" -crop "${wall_px}+$left_px+0" +repage -depth 8 rgb:- | cksum \
    >"$folder/sum"
  ! grep -qxF -f "$folder/sum" "$folder/kept-whole"
}
finds () { # MARK SCENE: in the report of the check
  [ "$(count_found "$1" "$2")" -gt 0 ]
}

tells_of_table () {
  "$qonys" info "$folder/story.gpkg" 2>&1 | grep -q suspicion
}

cp "$folder/whole.gpkg" "$folder/story.gpkg"
sqlite3 "$folder/story.gpkg" <"$parts/faults.sql" || echo "Bail out! no faults"
check "the torn table is noticed" tells_of_table
start 2
check "opening tells what was noticed" has_windows 2
keep fault-opening
xdotool key Escape
check "and leaves the window" until_ 20 has_windows 1
for png in "$XDG_CACHE_HOME"/qonys/scenes/*.png; do
  crop "$png" 0 >>"$folder/kept"
  convert "$png" -depth 8 rgb:- | cksum >>"$folder/kept-whole"
done
ask
keep fault-check
check "the check tells that tiles are not shown" [ "$(count_found - 0)" -gt "$told" ]
check "the check finds the layer that is broken" finds ! 4
check "the check finds the first scene of the gone version" finds ! 5
check "the check finds the second scene of the gone version" finds ! 6
show
old=$now
for i in 1 2 3 4 5 6 7 8; do
  if [ $i -gt 1 ]; then
    xdotool key Next
    check "with faults, Page Down: scene $i" until_ 30 is_other
    old=$now
  fi
  check "with faults, scene $i is a picture" is_picture
  case $i in
  4 | 5 | 6)
    check "scene $i is the picture that was kept" is_kept
    check "scene $i bears a note" has_note
    ;;
  *)
    eval "whole=\$scene$i"
    check "scene $i is as it was in good health" is_same "$whole"
    ;;
  esac
  eval "scene$i=\$now"
  keep fault-$i
  [ $i -ne 4 ] || rm "$folder/story.gpkg"
done
xdotool key 5 Return
check "with faults, 5 Enter: the fifth" until_ 30 is_same "$scene5"
xdotool key Prior
check "with faults, Page Up: the fourth" until_ 30 is_same "$scene4"
xdotool key 6 Return
until_ 30 is_same "$scene6"
xdotool key b
check "with faults, B: black" until_ 10 is_black
xdotool key b
check "with faults, B: the scene again" until_ 10 is_same "$scene6"
leave
