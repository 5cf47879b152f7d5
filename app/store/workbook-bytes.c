/*
 * Texts in bytes nobody can read as what they are: old workbooks' comments, macros. A few times a
 * file, some 20 ns a byte; 64 KB of memory.
 */
#include "store/workbook-bytes.h"

#include "store/encoding.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <string.h>

#define PIECE (64 * 1024)
#define MIN_RUN 6
#define MAX_RUN 4096 /* letters; what is longer is given in parts */

/* A run on its way. Of two bytes there are two, one for each parity. */
typedef struct {
  GString *text;
  guint n;
  GHashTable *known;
  QonysBytesTextFunc func;
  gpointer data;
} Run;

/* Lengths of texts stand before them and look like letters, sometimes. */
static gboolean
is_known (const Run *run)
{
  for (guint before = 0; run->known != NULL && before < 2; before++)
    for (guint behind = 0; behind < 3; behind++) {
      g_autofree char *inner = NULL;

      if (run->n <= before + behind)
        continue;
      inner = g_utf8_substring (run->text->str, before, run->n - behind);
      if (g_hash_table_contains (run->known, inner))
        return TRUE;
    }
  return FALSE;
}

static void
end_run (Run *run)
{
  if (run->n >= MIN_RUN && !is_known (run))
    run->func (run->text->str, run->text->len, run->data);
  g_string_truncate (run->text, 0);
  run->n = 0;
}

static void
add (Run *run, gunichar c)
{
  gboolean is_letter = (c >= 0x20 && c < 0x7F) || c == 0xA0 || c == '\t' || c == '\n' ||
                       c == '\r' || (c >= 0x400 && c < 0x530) || c == 0x2116;

  if (!is_letter || run->n >= MAX_RUN)
    end_run (run);
  if (!is_letter)
    return;
  g_string_append_unichar (run->text, c);
  run->n++;
}

static gunichar
get_cyrillic (guint8 byte)
{
  static gunichar letters[256];
  static gsize is_known_now = 0;

  if (g_once_init_enter (&is_known_now)) {
    for (guint i = 0x80; i < 256; i++) {
      char bytes[2] = {(char)i, '\0'};
      g_autofree char *text = qonys_encoding_convert (bytes, 1, "CP1251");

      letters[i] = g_utf8_get_char (text);
    }
    g_once_init_leave (&is_known_now, 1);
  }
  return byte < 0x80 ? byte : letters[byte];
}

gboolean
qonys_bytes_find_texts (const char *path, GHashTable *known, QonysBytesTextFunc func, gpointer data)
{
  g_autofree guint8 *bytes = g_malloc (PIECE);
  VSILFILE *file;
  Run runs[3]; /* of one byte, of two at even places, of two at odd places */
  gsize n, at = 0;
  guint8 before = 0;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  file = VSIFOpenL (path, "rb");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = (Run){g_string_new (NULL), 0, known, func, data};
  while (file != NULL && (n = VSIFReadL (bytes, 1, PIECE, file)) > 0)
    for (gsize i = 0; i < n; i++, at++) {
      add (&runs[0], get_cyrillic (bytes[i]));
      if (at > 0)
        add (&runs[1 + at % 2], before | (gunichar)bytes[i] << 8);
      before = bytes[i];
    }
  CPLPopErrorHandler ();
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    end_run (&runs[i]);
    g_string_free (runs[i].text, TRUE);
  }
  if (file == NULL)
    return FALSE;
  VSIFCloseL (file);
  return TRUE;
}
