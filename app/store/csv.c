/*
 * Reading CSV in pieces: a read of a megabyte, then one pass over its bytes, about a nanosecond
 * each. A file of a million rows is some hundred pieces; each is a few MB of memory while it is
 * looked at.
 */
#include "store/csv.h"

#include "store/chunk-file.h"

#include <string.h>

#define CHUNK_SIZE QONYS_CHUNK_SIZE
#define MAX_RECORD QONYS_CHUNK_MAX_RECORD

struct _QonysCsv {
  QonysChunkFile file;
  gint64 begin; /* of the first record behind the names */
  guint n_columns;
  char delimiter;
  guint8 is_stop[256]; /* bytes at which a field may end or is unusual */
};

void
qonys_csv_free (QonysCsv *csv)
{
  qonys_chunk_file_close (&csv->file);
  g_free (csv);
}

gsize
qonys_csv_get_n_chunks (const QonysCsv *csv)
{
  return (csv->file.size - csv->begin + CHUNK_SIZE - 1) / CHUNK_SIZE;
}

char *
qonys_csv_load (const QonysCsv *csv, gsize chunk, char **at, char **end)
{
  gint64 from = csv->begin + (gint64)chunk * CHUNK_SIZE;
  gint64 to = MIN (from + CHUNK_SIZE, csv->file.size);
  gsize length = to - from + 1; /* with the byte before, which tells whether a record begins */
  g_autofree char *buffer = g_malloc (length + MAX_RECORD + 1);
  gssize n = qonys_chunk_file_read (&csv->file, from - 1, buffer, length + MAX_RECORD);
  char *first, *last;

  if (n < (gssize)length)
    return NULL;
  first = memchr (buffer, '\n', length - 1); /* a record that begins here */
  if (first == NULL) {                       /* one long record: its owner finds out */
    *at = *end = buffer;
    return g_steal_pointer (&buffer);
  }
  first++;
  last =
      buffer[length - 1] == '\n' ? buffer + length - 1 : memchr (buffer + length, '\n', n - length);
  if (last == NULL && from - 1 + n < csv->file.size)
    return NULL;
  n = last != NULL ? last + 1 - buffer : n;
  if (buffer[n - 1] != '\n')
    buffer[n++] = '\n'; /* the last record of a file may be without */
  if (!qonys_text_is_utf8 (first, buffer + n - first))
    return NULL;
  *at = first;
  *end = buffer + n;
  return g_steal_pointer (&buffer);
}

/* Moves behind a quoted field. Returns: FALSE if it goes beyond its line */
static gboolean
split_quoted (char **at, QonysCsvField *field)
{
  char *from = *at + 1, *to = from;

  field->text = from;
  for (;; from++) {
    if (*from == '\n' || *from == '\r')
      return FALSE;
    if (*from == '"' && *++from != '"')
      break;
    *to++ = *from;
  }
  field->length = to - field->text;
  *at = from;
  return TRUE;
}

int
qonys_csv_next (const QonysCsv *csv, char **at_, const char *end, QonysCsvField *fields,
                guint *n_fields)
{
  char *at = *at_;
  guint n = 0;

  while (at < end && (*at == '\n' || (*at == '\r' && at[1] == '\n')))
    at += *at == '\n' ? 1 : 2;
  if (at >= end)
    return 0;
  for (;; at++) {
    QonysCsvField field = {at, 0};

    if (*at == '"') {
      if (!split_quoted (&at, &field))
        return -1;
    } else {
      while (!csv->is_stop[(guchar)*at])
        at++;
      field.length = at - field.text;
    }
    if (n < csv->n_columns) /* GDAL leaves out what has no name */
      fields[n++] = field;
    if (*at != csv->delimiter)
      break;
  }
  if (*at == '\r')
    at++;
  if (*at != '\n')
    return -1;
  *at_ = at + 1;
  *n_fields = n;
  return 1;
}

static gboolean
has_names (QonysCsv *csv, char delimiter, const char *head, const char *const *names)
{
  g_autofree char *copy = g_strdup (head);
  g_autofree QonysCsvField *fields = g_new (QonysCsvField, csv->n_columns + 1);
  guint n_columns = csv->n_columns, n;
  char *at = copy;
  gboolean is_same;

  csv->delimiter = delimiter;
  memset (csv->is_stop, 0, sizeof csv->is_stop);
  csv->is_stop[(guchar)delimiter] = csv->is_stop['\n'] = csv->is_stop['\r'] = TRUE;
  csv->is_stop['"'] = TRUE;
  csv->n_columns++; /* one more would show */
  is_same = qonys_csv_next (csv, &at, copy + strlen (copy), fields, &n) == 1 && n == n_columns;
  csv->n_columns = n_columns;
  for (guint i = 0; is_same && i < n_columns; i++)
    is_same = strlen (names[i]) == fields[i].length &&
              memcmp (names[i], fields[i].text, fields[i].length) == 0;
  return is_same;
}

QonysCsv *
qonys_csv_open (const char *path, const char *const *names, guint n_columns)
{
  static const char DELIMITERS[] = ",;\t|";
  g_autoptr (QonysCsv) csv = g_new0 (QonysCsv, 1);
  g_autofree char *head = g_malloc (MAX_RECORD + 1);
  gssize n;
  char *line, *end;

  csv->n_columns = n_columns;
  if (!qonys_chunk_file_open (&csv->file, path) || n_columns < 2)
    return NULL;
  n = qonys_chunk_file_read (&csv->file, 0, head, MAX_RECORD);
  if (n < 0)
    return NULL;
  head[n] = '\0';
  line = g_str_has_prefix (head, "\xEF\xBB\xBF") ? head + 3 : head;
  end = strchr (line, '\n');
  if (end == NULL || *line == '\n' || *line == '\r')
    return NULL;
  csv->begin = end + 1 - head;
  end[1] = '\0';
  for (guint i = 0; DELIMITERS[i] != '\0'; i++)
    if (has_names (csv, DELIMITERS[i], line, names))
      return g_steal_pointer (&csv);
  return NULL;
}
