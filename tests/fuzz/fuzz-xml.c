/* KML, GPX and GML, and the same bytes as a DBF: members that become no column. */
#include "fuzz.h"

#include "store/hidden-texts.h"
#include "store/workbook-bytes.h"

static gsize sum;

static void
note (const char *place, gint64 line, const char *text, gsize length, gboolean is_number,
      gpointer data)
{
  fuzz_assert (line >= 1 && place != NULL);
  for (gsize i = 0; i < length; i++)
    sum += (guchar)text[i];
}

static void
note_run (const char *text, gsize length, gpointer data)
{
  fuzz_assert (length > 0 && g_utf8_validate_len (text, length, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *path = fuzz_put (data, size);

  qonys_hidden_scan_xml (path, note, NULL);
  qonys_hidden_scan_dbf (path, note, NULL);
  qonys_bytes_find_texts (path, NULL, note_run, NULL);
  return 0;
}
