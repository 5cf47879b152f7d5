/*
 * How a text file is written: its encoding by its first bytes and letters, its delimiter by which
 * one parts most lines alike. Once a file, a few milliseconds.
 */
#include "store/text-rows.h"

#include "base/error.h"
#include "store/encoding.h"

#include <cpl_vsi.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE (256 * 1024)
#define N_RECORDS 200

/* Texts of two bytes a letter without a mark: most bytes of one parity are 0 or 4. */
static const char *
find_wide (const char *bytes, gsize length)
{
  gsize n_low = 0, n_high = 0, half = length / 2;

  for (gsize i = 0; i + 1 < length; i += 2) {
    n_low += bytes[i] == 0 || bytes[i] == 4;
    n_high += bytes[i + 1] == 0 || bytes[i + 1] == 4;
  }
  if (half < 4)
    return NULL;
  if (n_high > half * 9 / 10 && n_low < half / 2)
    return "UTF-16LE";
  return n_low > half * 9 / 10 && n_high < half / 2 ? "UTF-16BE" : NULL;
}

static const char *
find_encoding (const char *bytes, gsize length)
{
  const char *end, *wide;
  g_autoptr (GString) letters = NULL;

  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    return "UTF-8";
  if (length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0)
    return "UTF-16BE";
  wide = find_wide (bytes, length);
  if (wide != NULL)
    return wide;
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  /* A letter may be cut off at the end of the sample. */
  if (g_utf8_validate (bytes, (gssize)length, &end) || bytes + length - end < 4)
    return "UTF-8";
  letters = g_string_new_len (bytes, (gssize)MIN (length, 64 * 1024));
  return qonys_encoding_guess (letters->str, letters->len);
}

static const char *
find_known_encoding (const char *name)
{
  static const struct {
    const char *known, *name;
  } NAMES[] = {{"UTF-8", "UTF-8"},         {"UTF8", "UTF-8"},        {"UTF-16LE", "UTF-16LE"},
               {"UTF-16", "UTF-16LE"},     {"UTF-16BE", "UTF-16BE"}, {"CP1251", "CP1251"},
               {"WINDOWS-1251", "CP1251"}, {"KZ-1048", "KZ-1048"},   {"RK1048", "KZ-1048"},
               {"KZ1048", "KZ-1048"},      {"PT154", "PT154"},       {"CP866", "CP866"}};

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_ascii_strcasecmp (NAMES[i].known, name) == 0)
      return NAMES[i].name;
  return NULL;
}

/* How alike the records are: the share of those with the commonest number of fields, one aside.
 * Lines of a single field (titles, notes) neither speak for nor against. */
static double
rate_delimiter (const char *text, gsize length, char delimiter, gboolean is_whole, guint *n_fields)
{
  g_autoptr (QonysRawRow) row = qonys_raw_row_new ();
  guint counts[512] = {0}, n = 0, n_single = 0, best = 0;
  gsize used;
  gboolean has_open_quote;

  *n_fields = 1;
  for (guint i = 0; i < N_RECORDS && length > 0; i++) {
    guint width;

    qonys_raw_row_clear (row);
    used = qonys_text_split (text, length, delimiter, is_whole, row, &has_open_quote);
    if (used == 0)
      break;
    text += used;
    length -= used;
    width = row->n_fields;
    if (width <= 1) {
      n_single += row->offsets->len;
      continue;
    }
    n++;
    counts[MIN (width, G_N_ELEMENTS (counts) - 1)]++;
  }
  for (guint i = 2; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  if (n == 0)
    return 0;
  *n_fields = best;
  /* A delimiter most lines lack is a comma in a sentence. */
  return (double)counts[best] / (n + (n_single > n ? n_single : 0));
}

static char
find_delimiter (const char *text, gsize length, gboolean is_whole)
{
  static const char DELIMITERS[] = "\t;|,";
  char best = ',';
  double best_rate = 0;

  for (guint i = 0; DELIMITERS[i] != '\0'; i++) {
    guint n_fields;
    double rate = rate_delimiter (text, length, DELIMITERS[i], is_whole, &n_fields);

    /* Decimal commas part lines alike too: a comma must be clearly better. */
    if (rate > best_rate + (DELIMITERS[i] == ',' ? 0.05 : 0.001)) {
      best = DELIMITERS[i];
      best_rate = rate;
    }
  }
  return best;
}

gboolean
qonys_text_dialect_find (const char *path, const char *encoding, char delimiter,
                         QonysTextDialect *dialect, GError **error)
{
  g_autofree char *bytes = g_malloc (SAMPLE);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = NULL;
  VSILFILE *file = VSIFOpenL (path, "rb");
  gsize n = 0, n_bad;
  gboolean is_whole;
  const char *line;

  if (file != NULL) {
    n = VSIFReadL (bytes, 1, SAMPLE, file);
    VSIFCloseL (file);
  }
  is_whole = n < SAMPLE;
  dialect->encoding = encoding != NULL ? find_known_encoding (encoding) : find_encoding (bytes, n);
  if (dialect->encoding == NULL && encoding != NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                 _ ("The encoding “%s” is not known. Choose UTF-8, UTF-16LE, UTF-16BE, CP1251, "
                    "KZ-1048, PT154 or CP866."),
                 encoding);
    return FALSE;
  }
  if (dialect->encoding == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is no text: it is damaged or of another format than its name says. Ask "
                    "the supplier to send it again."),
                 name);
    return FALSE;
  }
  text = qonys_text_decode (dialect->encoding, bytes, n & ~(gsize)1, &n_bad);
  line = g_str_has_prefix (text, "\xEF\xBB\xBF") ? text + 3 : text;
  if (delimiter == 0 && g_ascii_strncasecmp (line, "sep=", 4) == 0 && line[4] != '\0' &&
      (line[5] == '\r' || line[5] == '\n'))
    delimiter = line[4];
  dialect->delimiter = delimiter != 0 ? delimiter : find_delimiter (line, strlen (line), is_whole);
  return TRUE;
}
