/*
 * The scanner fed with any bytes, as libFuzzer gives them: the first line names the column, each
 * further one is a cell. A number that identifies, put behind whatever came, must be found.
 */
#include "fuzz.h"

#include "privacy/identifier.h"

#include <string.h>

#define KNOWN " x 991231100010"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data, *end = text + size;
  const char *line = memchr (text, '\n', size);
  g_autofree char *name = g_strndup (text, line != NULL ? (gsize)(line - text) : size);
  g_autofree char *typed = g_strndup (text, size);
  g_autofree char *known = g_strdup_printf ("%s" KNOWN, typed);
  g_autoptr (QonysScanner) scanner = qonys_scanner_new (size % 2);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *words = NULL;
  gint64 row = 1;
  guint column = qonys_scanner_add_column (scanner, name, QONYS_SCAN_TEXT);

  for (; line != NULL && ++line < end; row++) {
    const char *next = memchr (line, '\n', (gsize)(end - line));

    qonys_scanner_scan_text (scanner, column, row, line,
                             (gsize)((next != NULL ? next : end) - line));
    line = next;
  }
  findings = qonys_scanner_finish (scanner);
  words = qonys_findings_describe (findings);
  qonys_text_find_identifier (typed);
  fuzz_assert (qonys_text_find_identifier (known) == QONYS_IDENTIFIER_IIN);
  return 0;
}
