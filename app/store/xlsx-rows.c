/*
 * Rows of an XLSX sheet, streamed. GDAL's driver holds all cells of a workbook in memory, takes
 * days of 1904 for days of 1900 and does not tell what has no result; this one holds the table of
 * shared texts and 16 KB of the sheet. About 25 ns a byte of XML, under a second a million cells.
 */
#define _GNU_SOURCE /* memmem */
#include "store/number-style.h"
#include "store/workbook.h"

#include <string.h>

#define MAX_SHARED_TEXTS (1 << 30) /* bytes */
#define MAX_N_SHARED_TEXTS 20000000
#define MAX_STYLES 100000 /* Excel: 65,490 */
#define MAX_MERGES 200000
#define MAX_RANGES 1000

typedef struct {
  QonysRowReader reader;
  QonysPackage *package; /* (unowned) */
  QonysXml *xml;
  gboolean is_1904, is_at_end;

  GString *shared; /* one text behind another, each with its NUL */
  GArray *shared_offsets;
  GArray *styles; /* of QonysNumberStyle, by the cell's style */

  GQueue ready; /* of QonysRawRow */
  QonysRawRow *row;
  gint64 last_number;
  guint column; /* of the cell at hand */
  char type[12];
  guint style;
  gboolean is_in_cell, is_in_value, is_in_text, is_phonetic, has_formula, has_value;
  GString *value;
} XlsxRows;

/* "_x000D_" stands for a sign XML does not have. */
static void
unescape (GString *text, gsize from)
{
  char *at = text->str + from;

  while ((at = strstr (at, "_x")) != NULL) {
    gunichar c = 0;
    guint i;
    char bytes[6];
    gssize n;

    for (i = 2; i < 6 && g_ascii_isxdigit (at[i]); i++)
      c = c * 16 + (gunichar)g_ascii_xdigit_value (at[i]);
    if (i < 6 || at[6] != '_' || c == 0 || !g_unichar_validate (c)) {
      at += 2;
      continue;
    }
    n = g_unichar_to_utf8 (c, bytes);
    memcpy (at, bytes, n);
    from = at + n - text->str;
    g_string_erase (text, (gssize)from, 7 - n);
    at = text->str + from;
  }
}

/* ---- shared texts ---- */

static void
start_shared (const char *name, const char **names, const char **values, gpointer data)
{
  XlsxRows *self = data;

  if (g_str_equal (name, "si")) {
    gsize offset = self->shared->len;

    g_array_append_val (self->shared_offsets, offset);
  } else if (g_str_equal (name, "rPh")) {
    self->is_phonetic = TRUE;
  } else if (g_str_equal (name, "t")) {
    self->is_in_text = !self->is_phonetic;
  }
}

static void
end_shared (const char *name, gpointer data)
{
  XlsxRows *self = data;

  if (g_str_equal (name, "si")) {
    unescape (self->shared,
              g_array_index (self->shared_offsets, gsize, self->shared_offsets->len - 1));
    g_string_append_c (self->shared, '\0');
  } else if (g_str_equal (name, "rPh")) {
    self->is_phonetic = FALSE;
  } else if (g_str_equal (name, "t")) {
    self->is_in_text = FALSE;
  }
  if (self->shared->len > MAX_SHARED_TEXTS || self->shared_offsets->len > MAX_N_SHARED_TEXTS)
    qonys_xml_fail (self->xml, "more than 1 GB of texts");
}

static void
text_shared (const char *text, gsize length, gpointer data)
{
  XlsxRows *self = data;

  if (self->is_in_text && self->shared_offsets->len > 0)
    g_string_append_len (self->shared, text, (gssize)length);
}

/* ---- styles ---- */

typedef struct {
  XlsxRows *rows;
  GHashTable *codes; /* id → format */
  gboolean is_in_cells;
} Styles;

static void
start_style (const char *name, const char **names, const char **values, gpointer data)
{
  Styles *styles = data;

  if (g_str_equal (name, "numFmt")) {
    const char *code = qonys_xml_get (names, values, "formatCode");
    gint64 id = qonys_xml_get_int (names, values, "numFmtId", G_MAXINT, -1);

    if (code != NULL && id >= 0 && g_hash_table_size (styles->codes) < MAX_STYLES)
      g_hash_table_insert (styles->codes, GINT_TO_POINTER ((int)id), g_strdup (code));
  } else if (g_str_equal (name, "cellXfs")) {
    styles->is_in_cells = TRUE;
  } else if (g_str_equal (name, "xf") && styles->is_in_cells &&
             styles->rows->styles->len < MAX_STYLES) {
    gint64 id = qonys_xml_get_int (names, values, "numFmtId", G_MAXINT, 0);
    QonysNumberStyle style = qonys_number_style_read (
        (guint)id, g_hash_table_lookup (styles->codes, GINT_TO_POINTER ((int)id)));

    g_array_append_val (styles->rows->styles, style);
  }
}

static void
end_style (const char *name, gpointer data)
{
  Styles *styles = data;

  if (g_str_equal (name, "cellXfs"))
    styles->is_in_cells = FALSE;
}

/* ---- joined cells: they stand behind the rows and are wanted before them ---- */

typedef struct {
  GString *rest;
  GArray *merges;
} Merges;

static gboolean
find_merges (const char *bytes, gsize length, gpointer data)
{
  Merges *merges = data;
  const char *at, *end;

  g_string_append_len (merges->rest, bytes, (gssize)length);
  at = merges->rest->str;
  end = at + merges->rest->len;
  while ((at = memmem (at, end - at, "mergeCell ", 10)) != NULL) {
    const char *close = memchr (at, '>', end - at), *ref;
    QonysMerge merge;

    if (close == NULL)
      break;
    ref = memmem (at, close - at, "ref=", 4);
    at = close;
    if (ref == NULL || close - ref < 8 ||
        !qonys_cell_parse (ref + 5, &merge.first_column, &merge.first_row, &ref) || *ref != ':' ||
        !qonys_cell_parse (ref + 1, &merge.last_column, &merge.last_row, NULL) ||
        merge.last_row < merge.first_row || merge.last_column < merge.first_column)
      continue;
    g_array_append_val (merges->merges, merge);
  }
  /* What is cut off at the end of the piece is looked at with the next. */
  if (at == NULL)
    at = end - MIN (end - merges->rest->str, 9);
  else if (end - at > 4096)
    at = end;
  g_string_erase (merges->rest, 0, at - merges->rest->str);
  return merges->merges->len < MAX_MERGES;
}

static int
compare_merges (gconstpointer a, gconstpointer b)
{
  const QonysMerge *x = a, *y = b;

  return x->first_row < y->first_row ? -1 : x->first_row > y->first_row;
}

static gboolean
read_merges (XlsxRows *self, const QonysPart *part, GError **error)
{
  Merges merges = {g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (QonysMerge))};
  gboolean is_read = qonys_package_read (self->package, part, find_merges, &merges, error);

  g_string_free (merges.rest, TRUE);
  g_array_sort (merges.merges, compare_merges);
  self->reader.merges = merges.merges;
  return is_read;
}

/* ---- rows ---- */

static void
begin_row (XlsxRows *self, const char **names, const char **values)
{
  gint64 number = qonys_xml_get_int (names, values, "r", QONYS_MAX_ROWS, self->last_number + 1);

  self->last_number = MAX (number, self->last_number + 1);
  g_clear_pointer (&self->row, qonys_raw_row_free);
  self->row = qonys_raw_row_new ();
  self->row->number = self->last_number;
  self->row->is_hidden = qonys_xml_get_bool (names, values, "hidden");
  self->column = G_MAXUINT;
}

static void
begin_cell (XlsxRows *self, const char **names, const char **values)
{
  const char *place = qonys_xml_get (names, values, "r");
  const char *type = qonys_xml_get (names, values, "t");
  guint column = self->column + 1;
  gint64 row;

  if (place != NULL && !qonys_cell_parse (place, &column, &row, NULL))
    qonys_xml_fail (self->xml, "a cell has no place");
  self->column = self->column == G_MAXUINT ? column : MAX (column, self->column + 1);
  g_strlcpy (self->type, type != NULL ? type : "n", sizeof self->type);
  self->style = (guint)qonys_xml_get_int (names, values, "s", G_MAXINT, 0);
  self->is_in_cell = TRUE;
  self->has_formula = self->has_value = FALSE;
  g_string_truncate (self->value, 0);
}

static const char *
find_shared (const XlsxRows *self, const char *number)
{
  gint64 i;

  if (self->shared_offsets->len == 0 ||
      !g_ascii_string_to_signed (number, 10, 0, self->shared_offsets->len - (gint64)1, &i, NULL))
    return NULL;
  return self->shared->str + g_array_index (self->shared_offsets, gsize, i);
}

static void
end_cell (XlsxRows *self)
{
  g_autofree char *shown = NULL;
  const char *text = self->value->str;

  self->is_in_cell = FALSE;
  if (self->has_formula && !self->has_value)
    qonys_cell_count_add (&self->reader.facts.without_result, self->row->number, self->column);
  if (self->value->len == 0)
    return;
  if (g_str_equal (self->type, "s")) {
    text = find_shared (self, text);
    if (text == NULL) {
      qonys_xml_fail (self->xml, "a text is missing");
      return;
    }
  } else if (g_str_equal (self->type, "b")) {
    text = g_str_equal (text, "1") || g_str_equal (text, "true") ? "true" : "false";
  } else if (g_str_equal (self->type, "e")) {
    qonys_cell_count_add (&self->reader.facts.errors, self->row->number, self->column);
  } else if (g_str_equal (self->type, "d")) {
    text = shown = qonys_iso_date_tidy (text);
  } else if (g_str_equal (self->type, "n")) {
    QonysNumberStyle style = {QONYS_SHOWN_PLAIN, 0};

    if (self->style < self->styles->len)
      style = g_array_index (self->styles, QonysNumberStyle, self->style);
    text = shown = qonys_number_style_apply (style, self->is_1904, text);
  } else {
    unescape (self->value, 0);
    text = self->value->str;
  }
  if (!qonys_raw_row_add (self->row, self->column, text, strlen (text)))
    qonys_xml_fail (self->xml, "a row of more than 16 MB");
}

static void
start_sheet (const char *name, const char **names, const char **values, gpointer data)
{
  XlsxRows *self = data;

  if (self->is_in_cell) {
    if (g_str_equal (name, "v"))
      self->is_in_value = TRUE;
    else if (g_str_equal (name, "t"))
      self->is_in_value = !self->is_phonetic;
    else if (g_str_equal (name, "rPh"))
      self->is_phonetic = TRUE;
    else if (g_str_equal (name, "f"))
      self->has_formula = TRUE;
    return;
  }
  if (g_str_equal (name, "c") && self->row != NULL) {
    begin_cell (self, names, values);
  } else if (g_str_equal (name, "row")) {
    begin_row (self, names, values);
  } else if (g_str_equal (name, "col") && qonys_xml_get_bool (names, values, "hidden")) {
    QonysColumnRange range = {
        (guint)qonys_xml_get_int (names, values, "min", QONYS_MAX_COLUMNS, 1) - 1,
        (guint)qonys_xml_get_int (names, values, "max", QONYS_MAX_COLUMNS, 1) - 1};

    if (range.first <= range.last && self->reader.hidden_columns->len < MAX_RANGES)
      g_array_append_val (self->reader.hidden_columns, range);
  }
}

static void
end_sheet (const char *name, gpointer data)
{
  XlsxRows *self = data;

  if (self->is_in_cell) {
    if (g_str_equal (name, "v") || g_str_equal (name, "t")) {
      self->has_value |= self->is_in_value;
      self->is_in_value = FALSE;
    } else if (g_str_equal (name, "rPh")) {
      self->is_phonetic = FALSE;
    } else if (g_str_equal (name, "c")) {
      end_cell (self);
    }
  } else if (g_str_equal (name, "row") && self->row != NULL) {
    if (self->row->offsets->len > 0) {
      self->reader.facts.n_hidden_rows += self->row->is_hidden;
      g_queue_push_tail (&self->ready, g_steal_pointer (&self->row));
    }
    g_clear_pointer (&self->row, qonys_raw_row_free);
  }
}

static void
text_sheet (const char *text, gsize length, gpointer data)
{
  XlsxRows *self = data;

  if (self->is_in_value)
    g_string_append_len (self->value, text, (gssize)length);
  if (self->value->len > QONYS_MAX_CELL)
    qonys_xml_fail (self->xml, "a cell of more than 1 MB");
}

static QonysRawRow *
next (QonysRowReader *reader, GError **error)
{
  XlsxRows *self = (XlsxRows *)reader;

  return qonys_row_reader_feed (self->xml, &self->ready, &self->is_at_end, error);
}

static double
get_progress (const QonysRowReader *reader)
{
  return qonys_xml_get_progress (((const XlsxRows *)reader)->xml);
}

static void
free_rows (QonysRowReader *reader)
{
  XlsxRows *self = (XlsxRows *)reader;

  g_clear_pointer (&self->xml, qonys_xml_free);
  g_string_free (self->shared, TRUE);
  g_array_unref (self->shared_offsets);
  g_array_unref (self->styles);
  g_clear_pointer (&reader->merges, g_array_unref);
  g_array_unref (reader->hidden_columns);
  g_queue_clear_full (&self->ready, (GDestroyNotify)qonys_raw_row_free);
  g_clear_pointer (&self->row, qonys_raw_row_free);
  g_string_free (self->value, TRUE);
  g_free (self);
}

/* Reads a part to its end; the handlers find their XML in self->xml. A part that no relation
 * names is not there. */
static gboolean
read_part (XlsxRows *self, const char *name, const QonysXmlHandler *handler, gpointer data,
           GError **error)
{
  const QonysPart *part;
  int more = 1;

  if (name == NULL)
    return TRUE;
  part = qonys_package_require (self->package, name, error);
  self->xml = part != NULL ? qonys_xml_open (self->package, part, handler, data, error) : NULL;
  if (self->xml == NULL)
    return FALSE;
  while (more > 0)
    more = qonys_xml_feed (self->xml, error);
  g_clear_pointer (&self->xml, qonys_xml_free);
  return more == 0;
}

QonysRowReader *
qonys_xlsx_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error)
{
  static const QonysXmlHandler SHARED = {start_shared, end_shared, text_shared};
  static const QonysXmlHandler STYLES = {start_style, end_style, NULL};
  static const QonysXmlHandler SHEET = {start_sheet, end_sheet, text_sheet};
  const QonysWorkbookSheet *info = g_ptr_array_index (workbook->sheets, sheet);
  const QonysPart *part = qonys_package_require (workbook->package, info->part, error);
  XlsxRows *self;
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Styles styles = {NULL, codes, FALSE};

  if (part == NULL)
    return NULL;
  self = g_new0 (XlsxRows, 1);
  self->reader = (QonysRowReader){next, get_progress, free_rows};
  self->reader.hidden_columns = g_array_new (FALSE, FALSE, sizeof (QonysColumnRange));
  self->package = workbook->package;
  self->is_1904 = workbook->is_1904;
  self->shared = g_string_new (NULL);
  self->shared_offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->styles = g_array_new (FALSE, FALSE, sizeof (QonysNumberStyle));
  self->value = g_string_new (NULL);
  styles.rows = self;
  if (!read_part (self, workbook->styles, &STYLES, &styles, error) ||
      !read_part (self, workbook->shared_texts, &SHARED, self, error) ||
      !read_merges (self, part, error) ||
      (self->xml = qonys_xml_open (self->package, part, &SHEET, self, error)) == NULL) {
    free_rows (&self->reader);
    return NULL;
  }
  return &self->reader;
}
