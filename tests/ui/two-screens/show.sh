# The program from its start to the first scene on the wall, and back. Sourced; takes $qonys and
# $folder/whole.gpkg, gives $program and, of the scene on the wall, $now.

report_of_check () {
  ls "$XDG_DATA_HOME"/qonys/preflight/*.txt 2>/dev/null
}
is_checked () {
  [ -n "$(report_of_check)" ]
}

count_found () { # MARK SCENE: in the report of the check, whatever its language; 0: of no scene
  awk -v mark="$1" -v scene="$2" '/^[0-9]+\. / { at = $0 + 0 }
    at == scene + 0 && substr($0, 1, 2) == mark " " { found++ } END { print found + 0 }' \
    "$(report_of_check)"
}

start () { # WINDOWS: how many there are then
  "$qonys" --lang "${SPOKEN:-en}" "$folder/story.gpkg" >>"$folder/qonys.log" 2>&1 &
  program=$!
  pids="$pids $program"
  until_ 60 has_windows "$1"
  check "the window opens" has_windows "$1"
  sleep 1
  rest
  until_ 10 xdotool getwindowfocus >/dev/null 2>&1
}

# The project has to be there before its story can be shown.
asks () {
  xdotool key F5
  until_ 2 has_windows 2
}

ask () { # F5 and the check of the scenes
  rm -rf "$XDG_DATA_HOME/qonys/preflight"
  window=$(xdotool search --onlyvisible --class qonys | head -n 1)
  xdotool windowfocus --sync "$window"
  check "F5 asks" until_ 60 asks
  check "the scenes are checked" until_ 120 is_checked
  if [ "${THEME:-light}" = dark ]; then
    rm -rf "$XDG_DATA_HOME/qonys/preflight"
    xdotool key Tab Tab space Down Return
    check "the dark scenes are checked" until_ 120 is_checked
  fi
}

show () {
  old=$(look)
  xdotool key Return
  check "the wall opens" until_ 60 has_window "${WALL_TITLE:-Wall}"
  check "the wall fills the second screen" \
    until_ 20 is_at "${WALL_TITLE:-Wall}" "$wall_px+$left_px+0"
  check "the presenter's window fills the first" \
    until_ 20 is_at "${PRESENTER_TITLE:-Presenter’s screen}" "${left_px}x768+0+0"
  check "the first scene is on the wall" until_ 60 is_other
}

leave () {
  check "the file is gone and nothing asks" has_windows 3
  xdotool key Escape
  check "Esc: the wall is gone" until_ 20 has_no_window "${WALL_TITLE:-Wall}"
  check "the main window alone is left" until_ 20 has_windows 1
  check "the program goes on" kill -0 $program
  kill $program
  wait $program 2>/dev/null
}
