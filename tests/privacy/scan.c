/* What the tests of the room share. */
#include "scan.h"

#include <string.h>

GPtrArray *
scan_texts (const char *column, const char *const *cells)
{
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (TRUE);
  guint number = qonys_scanner_add_column (scanner, column, QONYS_SCAN_TEXT);

  for (guint i = 0; cells[i] != NULL; i++) {
    gsize length = strlen (cells[i]);
    g_autofree char *exact = g_memdup2 (cells[i], length); /* without NUL: no reading over it */

    qonys_scanner_scan_text (scanner, number, i + 1, exact, length);
  }
  return qonys_scanner_finish (scanner);
}

GPtrArray *
scan_text (const char *column, const char *cell)
{
  return scan_texts (column, (const char *const[]){cell, NULL});
}

QonysVerdict
take_verdict (GPtrArray *findings)
{
  QonysVerdict verdict = qonys_findings_get_verdict (findings);

  g_ptr_array_unref (findings);
  return verdict;
}

const QonysFinding *
find_kind (GPtrArray *findings, QonysIdentifierKind kind)
{
  for (guint i = 0; i < findings->len; i++) {
    const QonysFinding *finding = g_ptr_array_index (findings, i);

    if (finding->kind == kind)
      return finding;
  }
  return NULL;
}
