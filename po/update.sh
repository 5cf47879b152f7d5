#!/bin/sh
# After strings changed: lists the files that have any, and merges them into the translations.
set -eu
cd "$(dirname "$0")/.."
{
  grep -rlE '\b(N?C?_|ngettext) \(' app --include='*.c' || true
  find resources -name '*.ui'
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in' -o -name '*.gschema.xml'
} | LC_ALL=C sort >po/POTFILES.in
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --add-comments=Translators \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 \
  --package-name=qonys -o po/qonys.pot
for language in $(cat po/LINGUAS); do
  msgmerge --quiet --no-fuzzy-matching --sort-by-file --backup=none --update "po/$language.po" po/qonys.pot
  msgattrib --no-obsolete -o "po/$language.po" "po/$language.po"
  msgfmt --check --statistics -o /dev/null "po/$language.po"
done
rm po/qonys.pot
