/*
 * Records of a text file, streamed: a megabyte is read, decoded and parted; only lines, quotes
 * and delimiters are looked at. One file a call, about 3 ns a byte of UTF-8.
 */
#include "store/text-rows.h"

#include "store/encoding.h"

#include <cpl_vsi.h>
#include <string.h>

#define PIECE (1 << 20)
#define MAX_RECORD (16 << 20)
#define MAX_QUOTED (64 * 1024) /* bytes of a quoted field */

/* ---- records ---- */

/* A quoted field. Returns: behind its closing quote; NULL if there is none */
static const char *
find_closing_quote (const char *at, const char *end)
{
  const char *last = MIN (end, at + MAX_QUOTED);

  for (at++; at < last; at++)
    if (*at == '"') {
      if (at + 1 < end && at[1] == '"')
        at++;
      else
        return at + 1;
    }
  return NULL;
}

static gboolean
is_end (const char *at, const char *end, char delimiter)
{
  return at == end || *at == delimiter || *at == '\n' || *at == '\r';
}

static void
add_quoted (QonysRawRow *row, guint column, const char *from, const char *to)
{
  g_autoptr (GString) text = g_string_sized_new (to - from);

  for (; from < to; from++) {
    if (*from == '"')
      from++;
    g_string_append_c (text, *from);
  }
  qonys_raw_row_add (row, column, text->str, text->len);
}

gsize
qonys_text_split (const char *text, gsize length, char delimiter, gboolean is_whole,
                  QonysRawRow *row, gboolean *has_open_quote)
{
  const char *at = text, *end = text + length;

  *has_open_quote = FALSE;
  for (guint column = 0;; column++) {
    const char *from = at, *close = at < end && *at == '"' ? find_closing_quote (at, end) : NULL;

    if (close == NULL && at < end && *at == '"') {
      if (!is_whole && end - at < MAX_QUOTED)
        return 0;
      *has_open_quote = TRUE;
    }
    if (close == end && !is_whole)
      return 0; /* the quote may be half of a double one */
    if (close != NULL && is_end (close, end, delimiter)) {
      add_quoted (row, column, from + 1, close - 1);
      at = close;
    } else { /* signs, quotes within too */
      while (!is_end (at, end, delimiter))
        at++;
      qonys_raw_row_add (row, column, from, at - from);
    }
    row->n_fields = column + 1;
    if (at < end && *at == delimiter) {
      at++;
      continue;
    }
    if ((at == end || (*at == '\r' && at + 1 == end)) && !is_whole)
      return 0;
    if (at < end && *at == '\r')
      at++;
    if (at < end && *at == '\n')
      at++;
    return at - text;
  }
}

/* ---- letters ---- */

/* UTF-16 without a converter: halves of pairs that stand alone are told, not fatal. */
static char *
decode_wide (gboolean is_big, const guint8 *bytes, gsize length, gsize *n_bad)
{
  GString *text = g_string_sized_new (length);

  for (gsize i = 0; i + 1 < length; i += 2) {
    gunichar c = is_big ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i];

    if (c >= 0xD800 && c < 0xDC00 && i + 3 < length) {
      gunichar low = is_big ? bytes[i + 2] << 8 | bytes[i + 3] : bytes[i + 3] << 8 | bytes[i + 2];

      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c == 0 || !g_unichar_validate (c)) {
      c = 0xFFFD;
      ++*n_bad;
    }
    g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

static char *
decode_narrow (const char *encoding, const char *bytes, gsize length, gsize *n_bad)
{
  g_autofree char *copy = g_memdup2 (bytes, length);
  char *text, *zero;

  while (length > 0 && (zero = memchr (copy, '\0', length)) != NULL)
    *zero = ' ';
  text = qonys_encoding_convert (copy, length, encoding);
  for (const char *at = text; (at = strstr (at, "\xEF\xBF\xBD")) != NULL; at += 3)
    ++*n_bad;
  return text;
}

/* Lines that are not UTF-8 in a file that else is: somebody pasted them together. */
static char *
decode_utf8 (const char *bytes, gsize length, gsize *n_bad)
{
  GString *text;
  const char *end = bytes + length, *bad;

  if (g_utf8_validate (bytes, (gssize)length, &bad))
    return g_strndup (bytes, length);
  text = g_string_sized_new (length + 64);
  while (bytes < end) {
    const char *stop = memchr (bytes, '\n', end - bytes);
    gsize n = (stop != NULL ? stop + 1 : end) - bytes;

    if (g_utf8_validate (bytes, (gssize)n, NULL)) {
      g_string_append_len (text, bytes, (gssize)n);
    } else if (qonys_encoding_is_broken_utf8 (bytes, n)) {
      g_autofree char *line = g_utf8_make_valid (bytes, (gssize)n);

      g_string_append (text, line);
      ++*n_bad;
    } else {
      gsize n_lost = 0;
      g_autofree char *line = decode_narrow (qonys_encoding_guess (bytes, n), bytes, n, &n_lost);

      g_string_append (text, line);
      ++*n_bad;
    }
    bytes += n;
  }
  return g_string_free (text, FALSE);
}

char *
qonys_text_decode (const char *encoding, const char *bytes, gsize length, gsize *n_bad)
{
  *n_bad = 0;
  if (g_str_equal (encoding, "UTF-8"))
    return decode_utf8 (bytes, length, n_bad);
  if (g_str_has_prefix (encoding, "UTF-16"))
    return decode_wide (g_str_equal (encoding, "UTF-16BE"), (const guint8 *)bytes, length, n_bad);
  return decode_narrow (encoding, bytes, length, n_bad);
}

/* ---- the reader ---- */

typedef struct {
  QonysRowReader reader;
  VSILFILE *file;
  QonysTextDialect dialect;
  gsize size, n_bytes;
  GString *raw; /* read and not yet decoded: part of a line */
  char *text;   /* decoded */
  gsize at, length;
  gint64 number;
  gboolean is_at_end;
} TextRows;

/* How many bytes of @raw end with a line. */
static gsize
find_last_line (const TextRows *self)
{
  gsize step = g_str_has_prefix (self->dialect.encoding, "UTF-16") ? 2 : 1;
  gsize low = g_str_equal (self->dialect.encoding, "UTF-16BE") ? 1 : 0;

  for (gsize n = self->raw->len / step * step; n >= step; n -= step)
    if (self->raw->str[n - step + low] == '\n' &&
        (step == 1 || self->raw->str[n - step + 1 - low] == '\0'))
      return n;
  return 0;
}

/* How many lines stand before the first that is damaged. */
static gint64
count_good_lines (const TextRows *self, const char *decoded, gsize n_lines)
{
  const char *text = decoded, *bad = strstr (decoded, "\xEF\xBF\xBD");
  gint64 n = 0;

  if (g_str_equal (self->dialect.encoding, "UTF-8")) {
    text = self->raw->str;
    g_utf8_validate (text, (gssize)n_lines, &bad);
  }
  for (; bad != NULL && text < bad; text++)
    n += *text == '\n';
  return n;
}

/* Reads and decodes whole lines behind what is left of the text. */
static void
read_more (TextRows *self)
{
  gsize before = self->raw->len, n, n_lines, n_bad;
  g_autofree char *decoded = NULL, *rest = NULL;
  const char *begin;

  g_string_set_size (self->raw, before + PIECE);
  n = VSIFReadL (self->raw->str + before, 1, PIECE, self->file);
  g_string_set_size (self->raw, before + n);
  self->is_at_end = n < PIECE;
  n_lines = self->is_at_end ? self->raw->len : find_last_line (self);
  if (n_lines == 0 && self->raw->len > 16 * PIECE) /* no lines at all */
    n_lines = self->raw->len / 2 * 2;
  decoded = qonys_text_decode (self->dialect.encoding, self->raw->str, n_lines, &n_bad);
  if (n_bad > 0)
    qonys_cell_count_add (&self->reader.facts.undecoded,
                          self->number + 1 + count_good_lines (self, decoded, n_lines), 0);
  self->reader.facts.undecoded.n += n_bad > 0 ? (gint64)n_bad - 1 : 0;
  begin = self->n_bytes == 0 && g_str_has_prefix (decoded, "\xEF\xBB\xBF") ? decoded + 3 : decoded;
  if (self->n_bytes == 0 && g_ascii_strncasecmp (begin, "sep=", 4) == 0 && begin[4] != '\0' &&
      (begin[5] == '\r' || begin[5] == '\n')) {
    begin += 5; /* a word to Excel, which does not show it as a row */
    begin += strspn (begin, "\r\n");
  }
  self->n_bytes += n_lines;
  rest = g_strndup (self->text + self->at, self->length - self->at);
  g_free (self->text);
  self->text = g_strconcat (rest, begin, NULL);
  self->length = strlen (self->text);
  self->at = 0;
  g_string_erase (self->raw, 0, (gssize)n_lines);
}

static QonysRawRow *
next (QonysRowReader *reader, GError **error)
{
  TextRows *self = (TextRows *)reader;
  g_autoptr (QonysRawRow) row = qonys_raw_row_new ();

  for (;;) {
    gboolean has_open_quote;
    gsize used;

    if (self->at == self->length && self->is_at_end)
      return NULL;
    qonys_raw_row_clear (row);
    used = self->at == self->length
               ? 0
               : qonys_text_split (
                     self->text + self->at, self->length - self->at, self->dialect.delimiter,
                     self->is_at_end || self->length - self->at > MAX_RECORD, row, &has_open_quote);
    if (used == 0) {
      read_more (self);
      continue;
    }
    self->at += used;
    self->number++;
    if (has_open_quote)
      qonys_cell_count_add (&reader->facts.open_quotes, self->number, 0);
    if (row->offsets->len == 0)
      continue;
    row->number = self->number;
    return g_steal_pointer (&row);
  }
}

static double
get_progress (const QonysRowReader *reader)
{
  const TextRows *self = (const TextRows *)reader;

  return self->size > 0 ? MIN (1, (double)self->n_bytes / self->size) : 1;
}

static void
free_rows (QonysRowReader *reader)
{
  TextRows *self = (TextRows *)reader;

  VSIFCloseL (self->file);
  g_string_free (self->raw, TRUE);
  g_free (self->text);
  g_free (self);
}

QonysRowReader *
qonys_text_rows_open (const char *path, const QonysTextDialect *dialect, GError **error)
{
  VSILFILE *file = VSIFOpenL (path, "rb");
  TextRows *self;

  if (file == NULL) {
    g_autofree char *name = g_filename_display_basename (path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND, "“%s”: %s", name, g_strerror (ENOENT));
    return NULL;
  }
  self = g_new0 (TextRows, 1);
  self->reader = (QonysRowReader){next, get_progress, free_rows};
  self->file = file;
  self->dialect = *dialect;
  VSIFSeekL (file, 0, SEEK_END);
  self->size = VSIFTellL (file);
  VSIFSeekL (file, 0, SEEK_SET);
  self->raw = g_string_new (NULL);
  self->text = g_strdup ("");
  return &self->reader;
}
