/* Text tables: our own way through plain CSV against the reader of any text, and what tells the
 * dialect. */
#include "fuzz.h"

#include "store/csv.h"
#include "store/text-rows.h"

#include <string.h>

/* A record of empty cells is no record, and then the names are another. */
static gboolean
have_names (char *const *names)
{
  for (; *names != NULL; names++)
    if (**names != '\0')
      return TRUE;
  return FALSE;
}

/* Empty cells at the end are there or not: they mean the same. */
static void
end_record (GString *all)
{
  while (all->len > 0 && all->str[all->len - 1] == '|')
    g_string_truncate (all, all->len - 1);
  if (all->len > 0 && all->str[all->len - 1] != '\n')
    g_string_append_c (all, '\n');
}

/* All cells, a line a record, "|" between two; NULL if it is unusual. */
static char *
read_plain (const char *path, char *const *names, char delimiter)
{
  guint n_columns = g_strv_length ((char **)names), n;
  g_autoptr (QonysCsv) csv = qonys_csv_open (path, (const char *const *)names, n_columns);
  g_autofree QonysCsvField *fields = g_new0 (QonysCsvField, n_columns + 1);
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize chunk = 0; csv != NULL && chunk < qonys_csv_get_n_chunks (csv); chunk++) {
    char *at, *end;
    g_autofree char *text = qonys_csv_load (csv, chunk, &at, &end);
    int result;

    if (text == NULL)
      return NULL;
    while ((result = qonys_csv_next (csv, &at, end, fields, &n)) > 0) {
      fuzz_assert (n <= n_columns && at <= end);
      for (guint i = 0; i < n; i++) {
        fuzz_assert (fields[i].text >= text && fields[i].text + fields[i].length <= end);
        g_string_append_len (all, fields[i].text, (gssize)fields[i].length);
        g_string_append_c (all, '|');
      }
      end_record (all);
    }
    if (result < 0)
      return NULL;
  }
  return csv != NULL ? g_strdup (all->str) : NULL;
}

static char *
read_any (const char *path, const QonysTextDialect *dialect)
{
  QonysRowReader *reader = qonys_text_rows_open (path, dialect, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  QonysRawRow *row;
  gboolean is_head = TRUE;

  fuzz_assert (reader != NULL);
  while ((row = reader->next (reader, NULL)) != NULL) {
    for (guint i = 0; i < row->offsets->len; i++) {
      guint32 offset = g_array_index (row->offsets, guint32, i);

      fuzz_assert (offset == G_MAXUINT32 || offset < row->text->len);
      if (offset != G_MAXUINT32) {
        fuzz_assert (g_utf8_validate (row->text->str + offset, -1, NULL));
        g_string_append (all, row->text->str + offset);
      }
      g_string_append_c (all, '|');
    }
    end_record (all);
    if (is_head)
      g_string_truncate (all, 0);
    is_head = FALSE;
    qonys_raw_row_free (row);
  }
  reader->free (reader);
  return g_strdup (all->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const DELIMITERS[] = {",", ";", "\t", "|"};
  g_autofree char *path = fuzz_put (data, size);
  g_autofree char *text = g_strndup ((const char *)data, size);
  QonysTextDialect dialect;
  gboolean is_text = qonys_text_dialect_find (path, NULL, 0, &dialect, NULL);
  g_autofree char *any = is_text ? read_any (path, &dialect) : NULL;

  text[strcspn (text, "\r\n")] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (DELIMITERS); i++) {
    g_auto (GStrv) names = g_strsplit (text, DELIMITERS[i], -1);
    g_autofree char *plain = names[0] != NULL ? read_plain (path, names, DELIMITERS[i][0]) : NULL;

    /* Where the dialects agree the cells do. */
    if (plain != NULL && any != NULL && have_names (names) &&
        dialect.delimiter == DELIMITERS[i][0] && g_str_equal (dialect.encoding, "UTF-8") &&
        strcmp (plain, any) != 0) {
      g_printerr ("plain:\n%s\nany:\n%s\n", plain, any);
      abort ();
    }
  }
  return 0;
}
