#!/bin/sh
# The kit's addresses under our own field names, as dwellings-TAG.csv and .geojson:
# `make-data.sh FOLDER TAG...`. Rows and bytes stay what they are; category and severity, which
# are no fields of a dwelling, stay as columns that are looked at but not stored.
set -eu
cd "$1"
shift
for tag; do
  [ -f "dwellings-$tag.csv" ] || awk -F, -v OFS=, '
    NR == 1 { print "dwelling_key,lon,lat,district,area_useful_m2,reg_permanent,rooms,as_of,category,severity"; next }
    { $1 = "A" $1; if ($4 == "outside") $4 = ""; print }' "addresses_$tag.csv" >"dwellings-$tag.csv"
  [ -f "dwellings-$tag.geojson" ] || ogr2ogr -q -f GeoJSON "dwellings-$tag.geojson" \
    "dwellings-$tag.csv" -nln dwelling -lco RFC7946=YES -a_srs EPSG:4326 -oo AUTODETECT_TYPE=YES \
    -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -oo KEEP_GEOM_COLUMNS=NO
done
