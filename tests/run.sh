#!/bin/sh
# Installs what the tests need, builds with sanitizers, checks the format, runs every test; ends
# with one line "N passed, N failed, N skipped".
set -eu
cd "$(dirname "$0")/.."
. app/prepare.sh

install_packages app/packages.txt tests/packages.txt
ensure_locale

failed=0
echo "Format:"
if sh tests/check-format.sh; then format=passed; else format=failed; failed=1; fi

export CI="${CI:-}"
setup_build build-tests -Db_sanitize=address,undefined -Db_lundef=false -Dwerror=true \
  -Dbuildtype=debugoptimized -Doptimization=1

meson test -C build-tests --no-rebuild --print-errorlogs || failed=1
sh tests/count.sh build-tests/meson-logs/testlog.txt "$format"
exit $failed
