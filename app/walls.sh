#!/bin/sh
# Makes one include folder a room that holds nothing but that room, so that a room
# sees only the headers of the rooms it names: `walls.sh SOURCE_APP BUILD_APP ROOM...`
set -eu
source_dir=$1
build_dir=$2
shift 2
for room; do
  mkdir -p "$build_dir/walls/$room"
  ln -sfn "$source_dir/$room" "$build_dir/walls/$room/$room"
done
