#!/bin/sh
# Instructions of five kernels of geo, counted by callgrind, within 10 % of the stored ones, as TAP:
# `instructions.sh KERNELS COMPILER EXPECTED [--update]`. Counts hold for one compiler only.
set -eu
unset MALLOC_PERTURB_ || true # meson's: fills every block, which is counted, too
kernels=$1
compiler=$2
expected=$3
mode=${4:-}
names="points clusters districts density dbscan"

skip_all () {
  echo "1..1"
  echo "ok 1 instructions # SKIP $1"
  exit 0
}
command -v valgrind >/dev/null || skip_all "valgrind is not installed"
taken_with=$(sed -n 's/^# //p' "$expected" 2>/dev/null | head -1)
[ "$mode" = --update ] || [ "$taken_with" = "$compiler" ] ||
  skip_all "counts were taken with $taken_with, this is $compiler; instructions.sh --update takes new ones"

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
count () {
  valgrind --tool=callgrind --collect-atstart=no --toggle-collect=measured \
    --callgrind-out-file="$out/$1" "$kernels" "$1" >"$out/$1.log" 2>&1 || {
    sed 's/^/# /' "$out/$1.log"
    return 1
  }
  sed -n 's/^==[0-9]*== Collected : //p' "$out/$1.log"
}

if [ "$mode" = --update ]; then
  {
    echo "# $compiler"
    for name in $names; do echo "$name $(count "$name")"; done
  } >"$out/new"
  cp "$out/new" "$expected"
  exit 0
fi

echo "1..5"
n=0
for name in $names; do
  n=$((n + 1))
  wanted=$(sed -n "s/^$name //p" "$expected")
  if found=$(count "$name"); then
    awk -v n="$n" -v name="$name" -v found="$found" -v wanted="$wanted" 'BEGIN {
      change = wanted > 0 ? found / wanted - 1 : 1
      printf "%s %d %s: %d instructions, %+.1f %% of %d\n",
        (change <= 0.1 && change >= -0.1) ? "ok" : "not ok", n, name, found, 100 * change, wanted }'
  else
    printf '%s\n' "$found"
    echo "not ok $n $name: callgrind failed"
  fi
done
