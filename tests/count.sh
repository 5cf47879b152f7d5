#!/bin/sh
# Counts the subtests of a meson test log (TAP) and of the format check: `count.sh LOG passed|failed`.
# A test that died without saying which subtest failed counts as one failure.
set -eu
awk -v format="$2" '
  function close_test () { if (is_broken) failed++; is_broken = 0 }
  /^result: / { close_test(); is_broken = !/exit status (0|77)$/ }
  /^ok / { if (/# SKIP/) { skipped++; reasons[++n] = $0 } else passed++ }
  /^not ok / { failed++; is_broken = 0 }
  END {
    close_test()
    if (format == "passed") passed++; else failed++
    for (i = 1; i <= n; i++) print reasons[i]
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  }' "$1"
