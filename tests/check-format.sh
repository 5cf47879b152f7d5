#!/bin/sh
# Is every C file formatted as .clang-format says, by the version it was written for (14)?
set -eu
cd "$(dirname "$0")/.."
case $(clang-format --version) in
*" version 14."*) ;;
*)
  echo "SKIP: the format is checked with clang-format 14 only, this is $(clang-format --version)"
  exit 0
  ;;
esac
find app tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run --Werror
