#!/bin/sh
# Starts the program as a user does and waits until it has painted: with nothing, with a project,
# with a file that is none. `startup.sh QONYS`
set -u
qonys=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
XDG_DATA_HOME=$folder/data XDG_CACHE_HOME=$folder/cache XDG_CONFIG_HOME=$folder/config
export XDG_DATA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY

if ! command -v Xvfb >/dev/null; then
  echo "1..0 # SKIP no display: install xvfb"
  exit 0
fi

n=0
try () { # name expected arguments...
  n=$((n + 1))
  name=$1
  expected=$2
  shift 2
  said=$(timeout 60 sh "${0%/*}/../display.sh" "$qonys" --exit-after-startup "$@" 2>&1)
  status=$?
  if [ $status -eq "$expected" ]; then
    echo "ok $n $name"
  else
    echo "not ok $n $name"
    printf '%s\n' "exit $status" "$said" | sed 's/^/# /'
  fi
}

"$qonys" demo --dwellings=500 -o "$folder/demo.gpkg" >/dev/null || echo "Bail out! no demo project"
echo "not a map" >"$folder/none.txt"
try "starts with nothing" 0
try "opens a project" 0 "$folder/demo.gpkg"
try "opens it in the language asked for" 0 --lang kk "$folder/demo.gpkg"
try "says no to a language it does not speak" 2 --lang xx "$folder/demo.gpkg"
try "says no to a file that is no map" 1 "$folder/none.txt"
try "says no to a file that is not there" 1 "$folder/nowhere.gpkg"
echo "1..$n"
