/* Workbooks: a text of parts, each behind a line "==NAME", is made an archive, and all of it is
 * read: sheets, hidden texts. */
#include "fuzz.h"

#include "store/sheet.h"

#include <string.h>

#define MAX_PARTS 40

/* ---- an archive without compression ---- */

static guint32
get_crc (const char *bytes, gsize n)
{
  guint32 crc = 0xFFFFFFFFu;

  for (gsize i = 0; i < n; i++) {
    crc ^= (guchar)bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

static void
add_number (GString *out, guint64 number, int n_bytes)
{
  for (int i = 0; i < n_bytes; i++)
    g_string_append_c (out, (char)(i < 8 ? number >> 8 * i : 0));
}

/* What the heads of a part have in common, there and in the list at the end. */
static void
add_head (GString *out, const char *name, const char *bytes, gsize n)
{
  add_number (out, 20, 2);
  add_number (out, 0, 8); /* flags, way, time, day */
  add_number (out, get_crc (bytes, n), 4);
  add_number (out, (guint32)n, 4);
  add_number (out, (guint32)n, 4);
  add_number (out, (guint32)strlen (name), 2);
  add_number (out, 0, 2);
}

static void
add_part (GString *out, GString *list, const char *name, const char *bytes, gsize n)
{
  guint32 at = (guint32)out->len;

  g_string_append_len (out, "PK\3\4", 4);
  add_head (out, name, bytes, n);
  g_string_append (out, name);
  g_string_append_len (out, bytes, (gssize)n);
  g_string_append_len (list, "PK\1\2", 4);
  add_number (list, 20, 2);
  add_head (list, name, bytes, n);
  add_number (list, 0, 2 + 2 + 2 + 4);
  add_number (list, at, 4);
  g_string_append (list, name);
}

static GString *
make_archive (const char *text, gsize size)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  const char *end = text + size;
  guint n_parts = 0;
  guint32 at;

  for (const char *part = text; part < end && n_parts < MAX_PARTS;) {
    const char *line = memchr (part, '\n', (gsize)(end - part)), *next;
    g_autofree char *name = NULL;

    if (line == NULL || line < part + 3 || memcmp (part, "==", 2) != 0)
      break;
    name = g_strndup (part + 2, (gsize)(line - part) - 2);
    for (next = line; (next = memchr (next, '\n', (gsize)(end - next))) != NULL; next++)
      if (end - next > 2 && memcmp (next, "\n==", 3) == 0)
        break;
    next = next != NULL ? next + 1 : end;
    if (*name != '\0')
      add_part (out, list, name, line + 1, (gsize)(next - line) - 1);
    n_parts += *name != '\0';
    part = next;
  }
  at = (guint32)out->len;
  g_string_append_len (out, list->str, (gssize)list->len);
  g_string_append_len (out, "PK\5\6", 4);
  add_number (out, 0, 4);
  add_number (out, n_parts, 2);
  add_number (out, n_parts, 2);
  add_number (out, (guint32)list->len, 4);
  add_number (out, at, 4);
  add_number (out, 0, 2);
  return out;
}

/* ---- reading ---- */

static void
read_sheet (const char *path, const char *name)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysSheetOptions options = {.sheet = name};
  g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, &options, diagnostics, NULL);
  QonysSheetRow row;
  gint64 last = 0;

  for (guint n = 0; sheet != NULL && n < 5000 && qonys_sheet_next (sheet, &row, NULL); n++) {
    fuzz_assert (row.row.number > last);
    last = row.row.number;
    for (guint i = 0; i < row.row.n_cells; i++)
      fuzz_assert (row.row.cells[i] == NULL || g_utf8_validate (row.row.cells[i], -1, NULL));
  }
  if (sheet != NULL)
    qonys_sheet_note (sheet, diagnostics);
}

static void
note_hidden (const char *place, gint64 row, const char *text, gsize length, gpointer data)
{
  fuzz_assert (place != NULL && row >= 0 && g_utf8_validate_len (text, length, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  GString *archive = make_archive ((const char *)data, size);
  g_autofree char *path = fuzz_put (archive->str, archive->len);
  g_autoptr (GPtrArray) sheets = qonys_sheet_list (path, NULL);

  g_string_free (archive, TRUE);
  for (guint i = 0; sheets != NULL && i < MIN (sheets->len, 8); i++)
    read_sheet (path, ((const QonysSheetInfo *)sheets->pdata[i])->name);
  qonys_sheet_scan_hidden (path, note_hidden, NULL, NULL, NULL);
  return 0;
}
