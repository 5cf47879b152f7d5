/*
 * ODS: the list of sheets, and their rows, streamed. Repeated cells and rows are counted, not
 * copied, where they are empty; those with values are given as often as they stand there. Sheets
 * stand one behind another in one part, so the last costs reading them all.
 */
#include "store/number-style.h"
#include "store/workbook.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_RANGES 1000
#define MAX_MERGES 200000
#define MAX_SHEETS 10000
#define MAX_QUEUED (64 << 20) /* bytes of repeated cells */

/* ---- the list ---- */

typedef struct {
  QonysWorkbook *workbook;
  GHashTable *hidden_styles;
  char *style; /* whose properties are read */
  guint depth; /* tables within tables are none */
  gboolean is_protected;
} List;

static void
start_list (const char *name, const char **names, const char **values, gpointer data)
{
  List *list = data;

  if (g_str_equal (name, "style")) {
    g_free (list->style);
    list->style = g_strdup (qonys_xml_get (names, values, "name"));
  } else if (g_str_equal (name, "table-properties")) {
    if (list->style != NULL && g_strcmp0 (qonys_xml_get (names, values, "display"), "false") == 0)
      g_hash_table_add (list->hidden_styles, g_strdup (list->style));
  } else if (g_str_equal (name, "table") && list->depth++ == 0 &&
             list->workbook->sheets->len < MAX_SHEETS) {
    const char *title = qonys_xml_get (names, values, "name");
    const char *style = qonys_xml_get (names, values, "style-name");

    qonys_workbook_add_sheet (list->workbook, title != NULL ? title : "", NULL,
                              style != NULL && g_hash_table_contains (list->hidden_styles, style));
  }
}

static void
end_list (const char *name, gpointer data)
{
  List *list = data;

  if (g_str_equal (name, "table"))
    list->depth--;
}

static void
start_manifest (const char *name, const char **names, const char **values, gpointer data)
{
  List *list = data;

  list->is_protected |= g_str_equal (name, "encryption-data");
}

gboolean
qonys_ods_list (QonysWorkbook *workbook, GError **error)
{
  static const QonysXmlHandler MANIFEST = {start_manifest, NULL, NULL};
  static const QonysXmlHandler LIST = {start_list, end_list, NULL};
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  List list = {workbook, hidden};
  const QonysPart *manifest = qonys_package_find (workbook->package, "META-INF/manifest.xml");
  const QonysPart *content = qonys_package_require (workbook->package, "content.xml", error);
  gboolean is_read;

  if (content == NULL)
    return FALSE;
  if (manifest != NULL && !qonys_xml_read (workbook->package, manifest, &MANIFEST, &list, error))
    return FALSE;
  if (list.is_protected) {
    g_autofree char *name = g_filename_display_basename (workbook->path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT, "“%s”: %s", name,
                 _ ("the file is protected by a password. Remove the password in Excel or "
                    "LibreOffice (File – Save As), then choose it again."));
    return FALSE;
  }
  is_read = qonys_xml_read (workbook->package, content, &LIST, &list, error);
  g_free (list.style);
  return is_read;
}

/* ---- rows ---- */

typedef struct {
  QonysRowReader reader;
  QonysXml *xml;
  gboolean is_at_end;
  int sheet, wanted; /* −1 before the first; the wanted one is read */
  guint table_depth;

  GQueue ready; /* of QonysRawRow */
  gsize n_queued;
  QonysRawRow *row;
  gint64 number, row_repeat;
  guint column;         /* of the cell at hand */
  guint column_at_head; /* where the next <table-column> stands */
  gint64 repeat;
  guint columns_spanned, rows_spanned;
  gboolean is_in_cell, has_formula;
  guint foreign_depth; /* within a note or a drawing of the cell */
  guint paragraph_depth, n_paragraphs;
  char *type, *value;
  GString *text;
} OdsRows;

static gboolean
is_here (const OdsRows *self)
{
  return self->sheet == self->wanted && self->table_depth == 1;
}

static void
begin_cell (OdsRows *self, const char **names, const char **values)
{
  static const char *const VALUES[] = {"value", "date-value", "time-value", "boolean-value",
                                       "string-value"};

  self->is_in_cell = TRUE;
  self->repeat = qonys_xml_get_int (names, values, "number-columns-repeated", G_MAXINT, 1);
  self->repeat = MAX (self->repeat, 1);
  self->columns_spanned =
      (guint)qonys_xml_get_int (names, values, "number-columns-spanned", QONYS_MAX_COLUMNS, 1);
  self->rows_spanned =
      (guint)qonys_xml_get_int (names, values, "number-rows-spanned", QONYS_MAX_ROWS, 1);
  self->has_formula = qonys_xml_get (names, values, "formula") != NULL;
  g_clear_pointer (&self->value, g_free);
  g_free (self->type);
  self->type = g_strdup (qonys_xml_get (names, values, "value-type"));
  for (guint i = 0; i < G_N_ELEMENTS (VALUES) && self->value == NULL; i++)
    self->value = g_strdup (qonys_xml_get (names, values, VALUES[i]));
  self->n_paragraphs = 0;
  g_string_truncate (self->text, 0);
}

/* "PT12H30M00S" → "12:30:00" */
static char *
read_time (const char *text)
{
  int hours, minutes, seconds;

  if (sscanf (text, "PT%dH%dM%d", &hours, &minutes, &seconds) != 3)
    return g_strdup (text);
  return g_strdup_printf ("%02d:%02d:%02d", hours, minutes, seconds);
}

/* An id shown with zeros before keeps them. */
static gboolean
is_padded (const char *shown, const char *value)
{
  return shown[0] == '0' && g_ascii_isdigit (shown[1]) &&
         strspn (shown, "0123456789") == strlen (shown) &&
         g_ascii_strtod (shown, NULL) == g_ascii_strtod (value, NULL);
}

/* Returns: (transfer full) (nullable) */
static char *
get_cell_text (OdsRows *self)
{
  const char *type = self->type != NULL ? self->type : "string";
  QonysNumberStyle plain = {QONYS_SHOWN_PLAIN, 0}, percent = {QONYS_SHOWN_PERCENT, 0};

  if (g_str_has_prefix (self->text->str, "#") || g_str_has_prefix (self->text->str, "Err:"))
    if (self->has_formula && strchr (self->text->str, ' ') == NULL) {
      qonys_cell_count_add (&self->reader.facts.errors, self->number, self->column);
      return g_strdup (self->text->str);
    }
  if (g_str_equal (type, "string") || self->value == NULL)
    return g_strdup (self->text->len > 0 || self->value == NULL ? self->text->str : self->value);
  if (g_str_equal (type, "percentage"))
    return qonys_number_style_apply (percent, FALSE, self->value);
  if (g_str_equal (type, "date"))
    return qonys_iso_date_tidy (self->value);
  if (g_str_equal (type, "time"))
    return read_time (self->value);
  if (g_str_equal (type, "boolean"))
    return g_strdup (self->value);
  if (is_padded (self->text->str, self->value))
    return g_strdup (self->text->str);
  return qonys_number_style_apply (plain, FALSE, self->value);
}

static void
end_cell (OdsRows *self)
{
  g_autofree char *text = get_cell_text (self);
  gint64 end = self->column + self->repeat;

  self->is_in_cell = FALSE;
  if (*text == '\0') {
    if (self->has_formula && self->type == NULL)
      qonys_cell_count_add (&self->reader.facts.without_result, self->number, self->column);
  } else {
    if (end > QONYS_MAX_COLUMNS)
      qonys_xml_fail (self->xml, "more than 16,384 columns");
    for (gint64 i = self->column; i < MIN (end, QONYS_MAX_COLUMNS); i++)
      if (!qonys_raw_row_add (self->row, (guint)i, text, strlen (text)))
        qonys_xml_fail (self->xml, "a row of more than 16 MB");
    if ((self->columns_spanned > 1 || self->rows_spanned > 1) &&
        self->reader.merges->len < MAX_MERGES) {
      QonysMerge merge = {self->number, self->number + MAX (self->rows_spanned, 1) - 1,
                          self->column, self->column + MAX (self->columns_spanned, 1) - 1};

      g_array_append_val (self->reader.merges, merge);
    }
  }
  self->column = (guint)MIN (end, G_MAXINT);
}

static void
begin_row (OdsRows *self, const char **names, const char **values)
{
  const char *visibility = qonys_xml_get (names, values, "visibility");

  self->row_repeat =
      MAX (qonys_xml_get_int (names, values, "number-rows-repeated", G_MAXINT, 1), 1);
  g_clear_pointer (&self->row, qonys_raw_row_free);
  self->row = qonys_raw_row_new ();
  self->row->is_hidden = visibility != NULL && !g_str_equal (visibility, "visible");
  self->number++;
  self->column = 0;
}

static void
end_row (OdsRows *self)
{
  QonysRawRow *row = g_steal_pointer (&self->row);
  gint64 last = self->number + self->row_repeat - 1;

  if (row->offsets->len == 0) {
    qonys_raw_row_free (row);
    self->number = last;
    return;
  }
  if (last > QONYS_MAX_ROWS ||
      (self->n_queued += (row->text->len + 64) * (gsize)self->row_repeat) > MAX_QUEUED)
    qonys_xml_fail (self->xml, "too many rows repeated");
  else
    for (; self->number < last; self->number++) {
      QonysRawRow *copy = qonys_raw_row_new ();

      copy->number = self->number;
      copy->is_hidden = row->is_hidden;
      g_string_append_len (copy->text, row->text->str, (gssize)row->text->len);
      g_array_append_vals (copy->offsets, row->offsets->data, row->offsets->len);
      g_queue_push_tail (&self->ready, copy);
    }
  row->number = self->number;
  if (row->is_hidden)
    self->reader.facts.n_hidden_rows += self->row_repeat;
  g_queue_push_tail (&self->ready, row);
}

static void
add_column (OdsRows *self, const char **names, const char **values)
{
  const char *visibility = qonys_xml_get (names, values, "visibility");
  gint64 n =
      MAX (qonys_xml_get_int (names, values, "number-columns-repeated", QONYS_MAX_COLUMNS, 1), 1);
  QonysColumnRange range = {self->column_at_head, self->column_at_head + (guint)n - 1};

  self->column_at_head = MIN (self->column_at_head + (guint)n, QONYS_MAX_COLUMNS);
  if (visibility != NULL && !g_str_equal (visibility, "visible") &&
      self->reader.hidden_columns->len < MAX_RANGES)
    g_array_append_val (self->reader.hidden_columns, range);
}

static void
start_in_cell (OdsRows *self, const char *name, const char **names, const char **values)
{
  if (self->foreign_depth > 0 || g_str_equal (name, "annotation") ||
      g_str_equal (name, "detective") || g_str_equal (name, "frame") ||
      g_str_equal (name, "custom-shape") || g_str_equal (name, "g")) {
    self->foreign_depth++;
  } else if (g_str_equal (name, "p") || g_str_equal (name, "h")) {
    if (self->n_paragraphs++ > 0)
      g_string_append_c (self->text, '\n');
    self->paragraph_depth++;
  } else if (g_str_equal (name, "s")) {
    for (gint64 n = qonys_xml_get_int (names, values, "c", 1000, 1); n > 0; n--)
      g_string_append_c (self->text, ' ');
  } else if (g_str_equal (name, "tab")) {
    g_string_append_c (self->text, '\t');
  } else if (g_str_equal (name, "line-break")) {
    g_string_append_c (self->text, '\n');
  }
  if (self->text->len > QONYS_MAX_CELL)
    qonys_xml_fail (self->xml, "a cell of more than 1 MB");
}

static gboolean
is_cell (const char *name)
{
  return g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell");
}

static void
start_content (const char *name, const char **names, const char **values, gpointer data)
{
  OdsRows *self = data;

  if (self->is_in_cell)
    start_in_cell (self, name, names, values);
  else if (g_str_equal (name, "table")) {
    self->sheet += self->table_depth++ == 0;
    self->is_at_end |= self->sheet > self->wanted;
  } else if (!is_here (self))
    return;
  else if (is_cell (name) && self->row != NULL)
    begin_cell (self, names, values);
  else if (g_str_equal (name, "table-row"))
    begin_row (self, names, values);
  else if (g_str_equal (name, "table-column"))
    add_column (self, names, values);
}

static void
end_content (const char *name, gpointer data)
{
  OdsRows *self = data;

  if (self->is_in_cell && self->foreign_depth > 0) {
    self->foreign_depth--;
  } else if (self->is_in_cell) {
    if (is_cell (name))
      end_cell (self);
    else if (g_str_equal (name, "p") || g_str_equal (name, "h"))
      self->paragraph_depth--;
  } else if (g_str_equal (name, "table")) {
    self->table_depth--;
  } else if (is_here (self) && g_str_equal (name, "table-row") && self->row != NULL) {
    end_row (self);
  }
}

static void
text_content (const char *text, gsize length, gpointer data)
{
  OdsRows *self = data;

  if (self->is_in_cell && self->foreign_depth == 0 && self->paragraph_depth > 0)
    g_string_append_len (self->text, text, (gssize)length);
}

static QonysRawRow *
next (QonysRowReader *reader, GError **error)
{
  OdsRows *self = (OdsRows *)reader;

  if (self->ready.length == 0)
    self->n_queued = 0;
  return qonys_row_reader_feed (self->xml, &self->ready, &self->is_at_end, error);
}

static double
get_progress (const QonysRowReader *reader)
{
  return qonys_xml_get_progress (((const OdsRows *)reader)->xml);
}

static void
free_rows (QonysRowReader *reader)
{
  OdsRows *self = (OdsRows *)reader;

  g_clear_pointer (&self->xml, qonys_xml_free);
  g_array_unref (reader->merges);
  g_array_unref (reader->hidden_columns);
  g_queue_clear_full (&self->ready, (GDestroyNotify)qonys_raw_row_free);
  g_clear_pointer (&self->row, qonys_raw_row_free);
  g_string_free (self->text, TRUE);
  g_free (self->type);
  g_free (self->value);
  g_free (self);
}

QonysRowReader *
qonys_ods_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error)
{
  static const QonysXmlHandler CONTENT = {start_content, end_content, text_content};
  const QonysPart *part = qonys_package_require (workbook->package, "content.xml", error);
  OdsRows *self;

  if (part == NULL)
    return NULL;
  self = g_new0 (OdsRows, 1);
  self->reader = (QonysRowReader){next, get_progress, free_rows};
  self->reader.merges = g_array_new (FALSE, FALSE, sizeof (QonysMerge));
  self->reader.hidden_columns = g_array_new (FALSE, FALSE, sizeof (QonysColumnRange));
  self->sheet = -1;
  self->wanted = (int)sheet;
  self->text = g_string_new (NULL);
  self->xml = qonys_xml_open (workbook->package, part, &CONTENT, self, error);
  if (self->xml == NULL) {
    free_rows (&self->reader);
    return NULL;
  }
  return &self->reader;
}
