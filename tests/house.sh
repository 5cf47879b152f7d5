#!/bin/sh
# The house itself, as TAP: walls between rooms, sizes, silence below cli, complete translations,
# valid desktop files. `house.sh SOURCE BUILD`
set -u
source_dir=$1
build_dir=$2
cd "$source_dir" || exit 99
n=0

check () { # name status detail
  n=$((n + 1))
  if [ "$2" -eq 0 ]; then
    echo "ok $n $1"
  else
    echo "not ok $n $1"
    printf '%s\n' "$3" | sed 's/^/# /'
  fi
}

skip () { # name reason
  n=$((n + 1))
  echo "ok $n $1 # SKIP $2"
}

# ---- walls ----
rooms="base geo privacy domain store draw release net map ui cli"
wrong=
for room in $rooms; do
  uses=$(sed -n "s/^  '$room': \[\[\(.*\)\], .*/\1/p" app/meson.build | sed "s/\].*//" | tr -d "',")
  for used in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' app/$room/*.[ch] | sort -u); do
    case " $uses $room " in
    *" $used "*) ;;
    *) wrong="$wrong $room→$used" ;;
    esac
  done
done
[ -z "$wrong" ]
check "rooms include only the rooms in their rows" $? "$wrong"

glib=$(pkg-config --cflags glib-2.0 gio-2.0)
# shellcheck disable=SC2086
try () { # header walls...
  header=$1
  shift
  includes=
  for wall; do includes="$includes -I$build_dir/app/walls/$wall"; done
  echo "#include \"$header\"" | cc -fsyntax-only -x c $glib $includes - 2>/dev/null
}
try base/error.h base
check "a header of a room in the row compiles" $? "base/error.h is not found"
! try ui/ui.h base geo domain
check "a header of a room behind a wall does not compile" $? "ui/ui.h is reachable from domain"
# shellcheck disable=SC2086
! echo '#include <gtk/gtk.h>' | cc -fsyntax-only -x c $glib -I"$build_dir/app/walls/base" - 2>/dev/null
check "GTK is unknown below map" $? "gtk/gtk.h is reachable"

# ---- sizes, silence ----
long=$(find app tests -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 1000')
[ -z "$long" ]
check "no file is longer than 1,000 lines" $? "$long"
loud=$(grep -nE '(^|[^a-z_])(printf|puts|fprintf|g_print|g_printerr|fputs) \(' \
  app/base/*.c app/geo/*.c app/privacy/*.c app/domain/*.c app/store/*.c app/draw/*.c \
  app/release/*.c app/net/*.c app/map/*.c app/ui/*.c | grep -v '_printf (' || true)
[ -z "$loud" ]
check "nothing prints below cli" $? "$loud"

# ---- every test is known to meson ----
unknown=
for file in $(find tests -name 'test-*.c'); do
  name=$(basename "$file" .c)
  find "$build_dir/tests" -name '*.p' -type d | while read -r folder; do
    find "$folder" -name "*$name.c.o"
  done | grep -q . || unknown="$unknown $file"
done
[ -z "$unknown" ]
check "every test is built" $? "$unknown"

# ---- languages ----
unlisted=
for file in $(grep -rlE '\b(N?C?_|ngettext) \(' app --include='*.c'; find resources -name '*.ui'); do
  grep -qx "$file" po/POTFILES.in || unlisted="$unlisted $file"
done
[ -z "$unlisted" ]
check "po/POTFILES.in lists every file with strings" $? "$unlisted: run sh po/update.sh"
for language in $(cat po/LINGUAS); do
  state=$(LC_ALL=C msgfmt --check --statistics -o /dev/null "po/$language.po" 2>&1)
  case $state in
  *untranslated* | *fuzzy* | *error*) check "$language is complete" 1 "$state" ;;
  *) check "$language is complete" 0 "" ;;
  esac
done
pot=$(mktemp)
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --keyword=_ --keyword=N_ \
  --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 -o "$pot"
for language in $(cat po/LINGUAS); do
  missing=$(msgmerge --quiet --no-fuzzy-matching "po/$language.po" "$pot" |
    LC_ALL=C msgattrib --untranslated --no-obsolete | grep -c '^msgid ' || true)
  [ "${missing:-0}" -le 1 ]
  check "$language has every string of the program" $? "$missing strings: run sh po/update.sh"
done
rm -f "$pot"

# ---- desktop ----
for file in "$build_dir"/data/*.desktop; do
  [ -e "$file" ] || continue
  if command -v desktop-file-validate >/dev/null; then
    said=$(desktop-file-validate "$file" 2>&1)
    check "desktop entry is valid" $? "$said"
  else
    skip "desktop entry is valid" "desktop-file-validate is not installed"
  fi
done
for file in "$build_dir"/data/*.metainfo.xml; do
  [ -e "$file" ] || continue
  if command -v appstreamcli >/dev/null; then
    said=$(appstreamcli validate --no-net "$file" 2>&1)
    check "metainfo is valid" $? "$said"
  else
    skip "metainfo is valid" "appstreamcli is not installed"
  fi
done
echo "1..$n"
