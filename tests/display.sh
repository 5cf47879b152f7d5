#!/bin/sh
# Runs a command on a display of its own, 1366 × 768: `display.sh COMMAND…`. The server chooses the
# number itself: xvfb-run looks for a free one, and two at a time may find the same.
folder=$(mktemp -d)
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp -noreset 3>"$folder/number" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
read -r number <"$folder/number" || number=
if [ -z "$number" ]; then
  echo "Bail out! Xvfb did not start"
  exit 1
fi
DISPLAY=:$number "$@"
