#!/bin/sh
# Counts the subtests of a meson test log (TAP) and of the format check: `count.sh LOG passed|failed`.
set -eu
awk -v format="$2" '
  /^ok / || /^    ok / { if ($0 ~ /# SKIP/) { skipped++; reasons[++n] = $0 } else passed++; next }
  /^not ok / || /^    not ok / { failed++ }
  /^result: +(killed|exit status [1-9])/ { broken++ }
  END {
    if (format == "passed") passed++; else failed++
    if (broken > 0 && failed == 0) failed = broken
    for (i = 1; i <= n; i++) print reasons[i]
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  }' "$1"
