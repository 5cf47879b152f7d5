#!/bin/sh
# Installs what is missing, builds, and opens the demo map; `sh app/run.sh FILE…` opens files.
# With no display it writes the map as a picture, a sheet and GeoJSON instead.
set -eu
cd "$(dirname "$0")/.."
. app/prepare.sh

install_packages app/packages.txt
ensure_locale
setup_build build

# An uninstalled build finds its translations and settings here.
QONYS_LOCALEDIR=$PWD/build/po
GSETTINGS_SCHEMA_DIR=$PWD/build/data
export QONYS_LOCALEDIR GSETTINGS_SCHEMA_DIR
qonys=$PWD/build/app/qonys

demo=${XDG_DATA_HOME:-$HOME/.local/share}/qonys/demo.gpkg
if [ $# -eq 0 ] && [ ! -f "$demo" ]; then
  mkdir -p "$(dirname "$demo")"
  "$qonys" demo -o "$demo"
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  [ $# -gt 0 ] || set -- "$demo"
  exec "$qonys" "$@"
fi

# No display: a project becomes pictures and GeoJSON, of any other file it is said what is in it.
[ $# -gt 0 ] || set -- "$demo"
for file; do
  about=$("$qonys" info "$file")
  case $about in
  project:*) ;;
  *)
    printf '%s\n' "$about"
    continue
    ;;
  esac
  "$qonys" render "$file" -o problem-map.png
  "$qonys" render "$file" -o problem-map.pdf
  "$qonys" export "$file" --layer districts -o problem-map.geojson
  echo "No display here, so the map was written to:"
  for name in problem-map.png problem-map.pdf problem-map.geojson; do
    echo "  $PWD/$name"
  done
done
