# An X server with two screens side by side, and a window manager: they are gone with the test.
# Sourced; takes $folder, $wall_px and $left_px, gives DISPLAY.

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
