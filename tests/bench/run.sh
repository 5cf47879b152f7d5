#!/usr/bin/env bash
# Ours, peers and floors side by side: `run.sh [-n ROUNDS] [GROUP...]`, groups as listed below, all
# by default. Answers are checked first; then ours, peers and floors run in turn, ROUNDS (3) times,
# and the medians go to $BENCH_DATA/table.md. Needs the kit: the folder bench in $QONYS_SHARED or in
# ../shared beside the checkout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
kit=${QONYS_SHARED:-$source_dir/../shared}/bench
[ -f "$kit/env.sh" ] || {
  echo "There is no kit in $kit: set QONYS_SHARED to the folder that holds bench." >&2
  exit 1
}
rounds=3
[ "${1:-}" != -n ] || { rounds=$2; shift 2; }
groups=${*:-picture cluster join export import norm hotspot density dbscan classes start growth}
. "$kit/env.sh"
raw=$BENCH_DATA/side-by-side.raw
build=$source_dir/build-bench
bench=$build/tests/bench/bench

# ---- what is there ----

have () { # what a peer stands on
  case $1 in
  ogr2ogr_io) command -v ogr2ogr ;;
  postgis_sjoin) ls /usr/share/postgresql/*/extension/postgis.control ;;
  mapserver_render) command -v shp2img || command -v map2img ;;
  qgis_startup) command -v qgis && command -v xvfb-run ;;
  qgis_*) "$BENCH_PY" -c 'import qgis.core' ;;
  mapnik_render) "$BENCH_PY" -c 'import mapnik' ;;
  r_spdep) Rscript --vanilla -e 'library(spdep)' ;;
  r_dbscan) Rscript --vanilla -e 'library(dbscan)' ;;
  supercluster | duckdb | node_ckmeans) [ -d "$BENCH_NODE/node_modules" ] ;;
  *) true ;;
  esac >/dev/null 2>&1
}

missing=
for peer in ogr2ogr_io postgis_sjoin qgis_render mapnik_render r_spdep r_dbscan supercluster duckdb; do
  have $peer || missing="$missing $peer"
done
[ -z "$missing" ] || cat >&2 <<EOF
Not installed, so skipped:$missing
  Debian: apt install gdal-bin postgresql-15-postgis-3 qgis python3-qgis python3-mapnik r-cran-spdep \\
    r-cran-dbscan time nodejs npm
  node:   cp $kit/node/package.json $BENCH_NODE/ && (cd $BENCH_NODE && npm install)
EOF

# ---- program, data, answers ----

[ -f "$build/build.ninja" ] || meson setup "$build" "$source_dir" -Dbuildtype=release >/dev/null
ninja -C "$build" >/dev/null
[ -f "$BENCH_DATA/addresses_1m.geojson" ] || "$kit/gen/make"
[ -x "$BENCH_BIN/calib" ] || "$kit/floor/make"
sh "$here/make-data.sh" "$BENCH_DATA" 1m
for n in 10k:10000 20k:20000 100k:100000 1m:1000000 5m:5000000; do
  case $n in 5m:*) case " $groups " in *" growth "*) ;; *) continue ;; esac ;; esac
  [ -f "$BENCH_DATA/demo-${n%:*}.gpkg" ] ||
    "$build/app/qonys" demo -o "$BENCH_DATA/demo-${n%:*}.gpkg" --dwellings "${n#*:}" --seed 1 >/dev/null
done
[ -f "$BENCH_DATA/kit-1m.gpkg" ] || "$bench" import-csv-to-file 1000000 >/dev/null
case " $groups " in *" join "*) ! have postgis_sjoin || "$kit/peers/postgis_load" 1m >/dev/null ;; esac

echo "Answers:"
QONYS_SHARED=${kit%/bench} meson test -C "$build" --no-rebuild --suite geo golden >/dev/null || {
  echo "not ok: see $build/meson-logs/testlog.txt" >&2
  exit 1
}
echo "ok 10k: tests/geo/test-golden"
"$bench" check "$kit/results"

# ---- rounds ----

round=1
ours () { # N ROW...
  n=$1
  shift
  for row; do
    { "$bench" "$row" "$n" 2>"$BENCH_OUT/bench.log" || echo "$row FAIL 0"; } |
      sed "s/^[^ ]*/qonys_&_$tag/" | tee -a "$raw"
  done
}
peer () { # SCRIPT ARGUMENT...
  have "$1" || return 0
  "$kit/peers/$1" "${@:2}" 2>/dev/null | tee -a "$raw" || true
}
floor () {
  peer floor "$@"
}
# Minutes long and hundreds of times slower: noise does not matter.
once () {
  [ "$round" -gt 1 ] || peer "$@"
}
# Three of the conversions of peers/ogr2ogr_io.
convert () {
  have ogr2ogr_io || return 0
  rm -f "$BENCH_OUT"/c_*
  case $1 in
  rfc) timed ogr2ogr_gpkg_geojson_rfc_1m 600 ogr2ogr -q -f GeoJSON "$BENCH_OUT/c_1.geojson" "$BENCH_DATA/addresses_1m.gpkg" -lco RFC7946=YES ;;
  csv) timed ogr2ogr_csv_gpkg_1m 600 ogr2ogr -q -f GPKG "$BENCH_OUT/c_2.gpkg" "$BENCH_DATA/addresses_1m.csv" -nln addresses -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -a_srs EPSG:4326 ;;
  geojson) timed ogr2ogr_geojson_gpkg_1m 600 ogr2ogr -q -f GPKG "$BENCH_OUT/c_3.gpkg" "$BENCH_DATA/addresses_1m.geojson" ;;
  esac | tee -a "$raw"
  rm -f "$BENCH_OUT"/c_*
}

group_picture () {
  ours 1000000 first-map first-map-kit first-map-public
  peer qgis_render single 1m 11
  peer mapnik_render 1m 11 dot
  floor gpkgread
  ours 1000000 pan-z11 pan-z15
  peer qgis_render single 1m 15
  peer mapnik_render 1m 15 dot
  ours 1000000 dots-z11 dots-z15 discs-z11
  peer qgis_render categorized 1m 11
  peer mapnik_render 1m 11
  peer mapserver_render 1m 11
  ours 1000000 heat-z11 heat-z15
  peer qgis_render heatmap 1m 11
  peer qgis_render heatmap 1m 15
  floor splat
}
group_cluster () {
  ours 1000000 points-and-clusters window-z13 window-z15
  peer supercluster 1m 40
}
group_join () {
  ours 1000000 districts
  peer postgis_sjoin 1m
  peer qgis_sjoin 1m
  floor pip
}
group_export () {
  ours 1000000 export-kit export
  peer duckdb 1m
  convert rfc
  peer qgis_export 1m
  floor geojson
}
group_import () {
  ours 1000000 import-csv import-csv-to-file
  case " $groups " in *" export "*) ;; *) peer duckdb 1m ;; esac
  convert csv
  floor cat
  ours 1000000 import-geojson-to-file
  convert geojson
  floor geojsonread
}
group_norm () {
  ours 1000000 norm recount release open
}
group_hotspot () {
  ours 1000000 gi-star moran-999
  if [ "$round" = 1 ]; then peer r_spdep 150 1m 999; else peer r_spdep 150 1m 0; fi
  floor stats
}
group_density () {
  ours 1000000 density
  peer qgis_kde 1m
  floor kde
}
group_dbscan () {
  ours 1000000 dbscan
  peer r_dbscan 1m
  floor dbscan
}
group_classes () {
  ours 1000000 natural
  peer node_ckmeans 1m
  floor jenks
}
# The whole process under Xvfb, software drawing, settings in memory.
group_start () {
  command -v xvfb-run >/dev/null || return 0
  for n in 20k 1m; do
    XDG_DATA_HOME=$BENCH_DATA/log GSETTINGS_BACKEND=memory GSK_RENDERER=cairo \
      GSETTINGS_SCHEMA_DIR=$build/data QONYS_LOCALEDIR=$build/po \
      xvfb-run -a -s "-screen 0 1280x800x24" sh -c '/usr/bin/time -q -f "%e %M" "$@" 2>&1 | tail -1' _ \
      "$build/app/qonys" --exit-after-startup "$BENCH_DATA/demo-$n.gpkg" | sed "s/^/qonys_window_$n /" | tee -a "$raw"
  done
  peer qgis_startup
}
group_growth () {
  for set in 10000:g10k 100000:g100k 1000000:g1m 5000000:g5m; do
    tag=${set#*:}
    ours "${set%:*}" first-map
  done
  tag=1m
}

: >"$raw"
while [ "$round" -le "$rounds" ]; do
  tag=1m
  floor calib
  for group in $groups; do "group_$group"; done
  round=$((round + 1))
done
! [ -f "$BENCH_OUT/pgdir" ] || "$kit/lib/pg" stop >/dev/null 2>&1 || true
"$BENCH_PY" "$here/table.py" "$raw" "$here/rows.txt" | tee "$BENCH_DATA/table.md"
