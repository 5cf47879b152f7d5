/*
 * A sheet, whatever the file: rows of its reader, cells joined downwards filled, each with its
 * kind, and what was noticed put in words. Keeps the first hundred rows and a row at a time.
 */
#include "store/sheet.h"

#include "base/format.h"
#include "store/source.h"
#include "store/text-rows.h"
#include "store/workbook.h"

#include <cpl_vsi.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ACTIVE QONYS_MAX_COLUMNS

/* An area of cells joined downwards that the row at hand is in. */
typedef struct {
  QonysMerge merge;
  char *text;
} Joined;

struct _QonysSheet {
  char *path;
  QonysWorkbook *workbook;
  guint number; /* of the workbook's sheets */
  QonysTextDialect dialect;
  QonysRowReader *reader;
  QonysSheetShape *shape;
  GPtrArray *head;  /* element-type QonysRawRow: read to find the shape */
  guint n_given;    /* of them */
  QonysRawRow *row; /* (nullable): owned, the one given */
  GPtrArray *cells; /* of const char * */
  GArray *joined;   /* of Joined */
  guint n_merges;   /* looked at */
  QonysCellCount filled, longer, shorter;
};

static void
clear_joined (gpointer data)
{
  g_free (((Joined *)data)->text);
}

void
qonys_sheet_free (QonysSheet *sheet)
{
  if (sheet->reader != NULL)
    sheet->reader->free (sheet->reader);
  g_clear_pointer (&sheet->workbook, qonys_workbook_free);
  g_clear_pointer (&sheet->shape, qonys_sheet_shape_free);
  g_clear_pointer (&sheet->row, qonys_raw_row_free);
  g_ptr_array_unref (sheet->head);
  g_ptr_array_unref (sheet->cells);
  g_array_unref (sheet->joined);
  g_free (sheet->path);
  g_free (sheet);
}

/* ---- which files ---- */

static gboolean
has_text_ending (const char *path)
{
  static const char *const ENDINGS[] = {".csv", ".tsv", ".txt", ".tab", ".xls"};
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (g_str_has_suffix (lower, ENDINGS[i]))
      return TRUE;
  return FALSE;
}

/* GeoJSON, XML and MapInfo have endings of text too. */
static gboolean
begins_otherwise (const char *path)
{
  static const char *const BEGINNINGS[] = {"!table", "{", "[{", "<"};
  char head[17] = "";
  VSILFILE *file = VSIFOpenL (path, "rb");
  const char *at = head;

  if (file != NULL) {
    head[VSIFReadL (head, 1, 16, file)] = '\0';
    VSIFCloseL (file);
  }
  if (g_str_has_prefix (at, "\xEF\xBB\xBF"))
    at += 3;
  while (g_ascii_isspace (*at))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++)
    if (g_str_has_prefix (at, BEGINNINGS[i]))
      return TRUE;
  return FALSE;
}

gboolean
qonys_sheet_is_table (const char *path)
{
  QonysWorkbookKind kind;

  return !qonys_workbook_recognise (path, &kind, NULL) || kind != QONYS_WORKBOOK_NONE ||
         (has_text_ending (path) && !begins_otherwise (path));
}

static void
free_info (gpointer data)
{
  QonysSheetInfo *info = data;

  g_free (info->name);
  g_free (info);
}

GPtrArray *
qonys_sheet_list (const char *path, GError **error)
{
  g_autoptr (QonysWorkbook) workbook = qonys_workbook_open (path, error);
  GPtrArray *list;

  if (workbook == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (free_info);
  for (guint i = 0; i < workbook->sheets->len; i++) {
    const QonysWorkbookSheet *sheet = g_ptr_array_index (workbook->sheets, i);
    QonysSheetInfo *info = g_new0 (QonysSheetInfo, 1);

    info->name = g_strdup (sheet->name);
    info->is_hidden = sheet->is_hidden;
    g_ptr_array_add (list, info);
  }
  return list;
}

/* ---- opening ---- */

static gboolean
choose_sheet (QonysSheet *self, const char *name, GError **error)
{
  const GPtrArray *sheets = self->workbook->sheets;

  for (guint i = 0; i < sheets->len; i++) {
    const QonysWorkbookSheet *sheet = g_ptr_array_index (sheets, i);

    if (name != NULL ? g_str_equal (sheet->name, name) : !sheet->is_hidden) {
      self->number = i;
      return TRUE;
    }
  }
  if (name == NULL) /* all are hidden */
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
               _ ("There is no sheet “%s” in the workbook. Choose one of those it has."), name);
  return FALSE;
}

static gboolean
open_reader (QonysSheet *self, GError **error)
{
  switch (self->workbook->kind) {
  case QONYS_WORKBOOK_XLSX:
    self->reader = qonys_xlsx_rows_open (self->workbook, self->number, error);
    break;
  case QONYS_WORKBOOK_ODS:
    self->reader = qonys_ods_rows_open (self->workbook, self->number, error);
    break;
  case QONYS_WORKBOOK_XLS:
    self->reader = qonys_xls_rows_open (self->workbook, self->number, error);
    break;
  case QONYS_WORKBOOK_NONE:
  default:
    self->reader = qonys_text_rows_open (self->path, &self->dialect, error);
  }
  return self->reader != NULL;
}

static void
set_cells (const QonysRawRow *row, GPtrArray *cells)
{
  g_ptr_array_set_size (cells, 0);
  for (guint i = 0; i < row->offsets->len; i++) {
    guint32 offset = g_array_index (row->offsets, guint32, i);

    g_ptr_array_add (cells, offset != G_MAXUINT32 ? row->text->str + offset : NULL);
  }
}

static gboolean
find_shape (QonysSheet *self, const QonysSheetOptions *options, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (QonysShapeRow));
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  const GArray *merges;
  GError *inner = NULL;

  while (self->head->len < QONYS_SHAPE_ROWS) {
    QonysRawRow *row = self->reader->next (self->reader, &inner);
    GPtrArray *cells;
    QonysShapeRow shape_row;

    if (inner != NULL) {
      g_propagate_error (error, inner);
      return FALSE;
    }
    if (row == NULL)
      break;
    g_ptr_array_add (self->head, row);
    cells = g_ptr_array_new ();
    g_ptr_array_add (lists, cells);
    set_cells (row, cells);
    shape_row = (QonysShapeRow){(const char *const *)cells->pdata, cells->len, row->number};
    g_array_append_val (rows, shape_row);
  }
  merges = self->reader->merges;
  self->shape = qonys_sheet_shape_find (
      (const QonysShapeRow *)(gpointer)rows->data, rows->len,
      merges != NULL ? (const QonysMerge *)(gpointer)merges->data : NULL,
      merges != NULL ? merges->len : 0, options->header_row, options->n_header_rows);
  return TRUE;
}

static void
note_lock (const QonysSheet *self, GPtrArray *diagnostics)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *excel = g_strdup_printf ("%s/~$%s", folder, name);
  g_autofree char *office = g_strdup_printf ("%s/.~lock.%s#", folder, name);

  if (g_file_test (excel, G_FILE_TEST_EXISTS) || g_file_test (office, G_FILE_TEST_EXISTS)) {
    g_autofree char *shown = g_filename_display_basename (self->path);

    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("“%s” is open in Excel or LibreOffice: what is not saved there is "
                              "not read. Save and close it first."),
                           shown);
  }
}

static void
note_hidden_sheets (const QonysSheet *self, GPtrArray *diagnostics)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->workbook->sheets->len; i++) {
    const QonysWorkbookSheet *sheet = g_ptr_array_index (self->workbook->sheets, i);

    if (sheet->is_hidden)
      g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", sheet->name);
  }
  if (names->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The workbook has hidden sheets; they are looked at too: %s."),
                           names->str);
}

static void
note_opening (const QonysSheet *self, const QonysSheetOptions *options, GPtrArray *diagnostics)
{
  note_lock (self, diagnostics);
  note_hidden_sheets (self, diagnostics);
  if (self->workbook->is_1904)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("The workbook counts days from 1904; its dates were read so."));
  if (self->dialect.encoding != NULL && !g_str_has_prefix (self->dialect.encoding, "UTF-") &&
      options->encoding == NULL)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("The file does not say the encoding of its texts; they were read "
                              "as %s."),
                           self->dialect.encoding);
  if (options->header_row != 0)
    return;
  if (self->shape->header_row > 1) {
    g_autofree char *row = qonys_format_int (self->shape->header_row);

    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           _ ("The names of the columns were found in row %s."), row);
  } else if (self->shape->header_row == 0 && self->shape->n_columns > 0) {
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("No names of columns were found; they are called A, B, C … Say "
                              "which row holds the names."));
  }
}

QonysSheet *
qonys_sheet_open (const char *path, const QonysSheetOptions *options, GPtrArray *diagnostics,
                  GError **error)
{
  static const QonysSheetOptions NOTHING_KNOWN;
  g_autoptr (QonysSheet) self = g_new0 (QonysSheet, 1);

  if (options == NULL)
    options = &NOTHING_KNOWN;
  self->path = g_strdup (path);
  self->head = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_raw_row_free);
  self->cells = g_ptr_array_new ();
  self->joined = g_array_new (FALSE, FALSE, sizeof (Joined));
  g_array_set_clear_func (self->joined, clear_joined);
  self->workbook = qonys_workbook_open (path, error);
  if (self->workbook == NULL || !choose_sheet (self, options->sheet, error))
    return NULL;
  if (self->workbook->kind == QONYS_WORKBOOK_NONE &&
      !qonys_text_dialect_find (path, options->encoding, options->delimiter, &self->dialect, error))
    return NULL;
  if (!open_reader (self, error) || !find_shape (self, options, error))
    return NULL;
  note_opening (self, options, diagnostics);
  return g_steal_pointer (&self);
}

const char *
qonys_sheet_get_name (const QonysSheet *sheet)
{
  return ((const QonysWorkbookSheet *)g_ptr_array_index (sheet->workbook->sheets, sheet->number))
      ->name;
}

const QonysSheetShape *
qonys_sheet_get_shape (const QonysSheet *sheet)
{
  return sheet->shape;
}

const char *
qonys_sheet_get_encoding (const QonysSheet *sheet)
{
  return sheet->dialect.encoding;
}

char
qonys_sheet_get_delimiter (const QonysSheet *sheet)
{
  return sheet->dialect.delimiter;
}

/* ---- rows ---- */

/* Cells joined downwards in the data: all rows bear the text of the first. */
static void
fill_joined (QonysSheet *self, gint64 number)
{
  const GArray *merges = self->reader->merges;

  for (guint i = self->joined->len; i-- > 0;) {
    const Joined *joined = &g_array_index (self->joined, Joined, i);
    guint column = joined->merge.first_column;

    if (joined->merge.last_row < number) {
      g_array_remove_index_fast (self->joined, i);
      continue;
    }
    if (column >= self->cells->len)
      g_ptr_array_set_size (self->cells, (int)column + 1);
    if (g_ptr_array_index (self->cells, column) == NULL) {
      g_ptr_array_index (self->cells, column) = joined->text;
      qonys_cell_count_add (&self->filled, number, column);
    }
  }
  for (; merges != NULL && self->n_merges < merges->len; self->n_merges++) {
    const QonysMerge *merge = &g_array_index (merges, QonysMerge, self->n_merges);
    Joined joined = {*merge, NULL};

    if (merge->first_row > number)
      return;
    if (merge->first_row < number || merge->last_row == number ||
        number < self->shape->first_data_row || merge->first_column >= self->cells->len ||
        g_ptr_array_index (self->cells, merge->first_column) == NULL ||
        self->joined->len >= MAX_ACTIVE)
      continue;
    joined.text = g_strdup (g_ptr_array_index (self->cells, merge->first_column));
    g_array_append_val (self->joined, joined);
  }
}

gboolean
qonys_sheet_next (QonysSheet *self, QonysSheetRow *row, GError **error)
{
  const QonysRawRow *raw;
  guint n_cells;

  if (self->n_given < self->head->len) {
    raw = g_ptr_array_index (self->head, self->n_given++);
  } else {
    g_clear_pointer (&self->row, qonys_raw_row_free);
    raw = self->row = self->reader->next (self->reader, error);
    if (raw == NULL)
      return FALSE;
    self->n_given++;
  }
  set_cells (raw, self->cells);
  fill_joined (self, raw->number);
  n_cells = self->cells->len;
  if (n_cells < self->shape->n_columns)
    g_ptr_array_set_size (self->cells, (int)self->shape->n_columns);
  row->row =
      (QonysShapeRow){(const char *const *)self->cells->pdata, self->cells->len, raw->number};
  row->is_hidden = raw->is_hidden;
  row->kind = qonys_sheet_shape_get_kind (self->shape, &row->row);
  if (raw->is_cut)
    qonys_cell_count_add (&self->reader->facts.cut, raw->number, raw->offsets->len);
  if (row->kind == QONYS_ROW_DATA || row->kind == QONYS_ROW_TOTAL) {
    if (n_cells > self->shape->n_columns)
      qonys_cell_count_add (&self->longer, raw->number, n_cells - 1);
    else if (raw->n_fields > 0 && raw->n_fields < self->shape->n_columns)
      qonys_cell_count_add (&self->shorter, raw->number, raw->n_fields - 1);
  }
  return TRUE;
}

gboolean
qonys_sheet_rewind (QonysSheet *self, GError **error)
{
  self->filled = self->longer = self->shorter = (QonysCellCount){0};
  g_array_set_size (self->joined, 0);
  self->n_merges = 0;
  if (self->n_given > self->head->len) {
    self->reader->free (self->reader);
    self->reader = NULL;
    g_ptr_array_set_size (self->head, 0);
    if (!open_reader (self, error))
      return FALSE;
  }
  self->n_given = 0;
  return TRUE;
}

double
qonys_sheet_get_progress (const QonysSheet *sheet)
{
  return sheet->reader->get_progress (sheet->reader);
}

/* ---- what was noticed ---- */

static void
note_count (GPtrArray *diagnostics, QonysSeverity severity, const char *sentence,
            const QonysCellCount *count, gboolean is_row)
{
  g_autofree char *n = qonys_format_int (count->n);
  g_autofree char *letters = qonys_column_get_letters (count->column);
  g_autofree char *place =
      g_strdup_printf ("%s%" G_GINT64_FORMAT, is_row ? "" : letters, count->row);

  if (count->n > 0) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_autofree char *text = g_strdup_printf (sentence, n, place);
#pragma GCC diagnostic pop

    qonys_diagnostics_add (diagnostics, severity, "%s", text);
  }
}

static void
note_hidden_columns (const QonysSheet *self, GPtrArray *diagnostics)
{
  const GArray *ranges = self->reader->hidden_columns;
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++) {
    const QonysColumnRange *range = &g_array_index (ranges, QonysColumnRange, i);

    for (guint column = range->first; column <= range->last && column < self->shape->n_columns;
         column++) {
      g_autofree char *one = qonys_column_get_letters (column);

      g_string_append_printf (letters, "%s%s", letters->len > 0 ? ", " : "", one);
    }
  }
  if (letters->len > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("Hidden columns are read like the others: %s."), letters->str);
}

void
qonys_sheet_note (const QonysSheet *self, GPtrArray *diagnostics)
{
  const QonysRowFacts *facts = &self->reader->facts;

  note_hidden_columns (self, diagnostics);
  if (facts->n_hidden_rows > 0) {
    g_autofree char *n = qonys_format_int (facts->n_hidden_rows);

    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("Hidden rows are read like the others: %s."), n);
  }
  /* Translators: in these sentences the first %s is how many, the second a cell ("B7") or a row */
  note_count (diagnostics, QONYS_WARNING,
              _ ("Formulas without a stored result: %s, the first in cell %s. Their cells are "
                 "empty: open the file in Excel or LibreOffice, save it and choose it again."),
              &facts->without_result, FALSE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Formulas that give an error: %s, the first in cell %s."), &facts->errors, FALSE);
  note_count (diagnostics, QONYS_NOTE,
              _ ("Cells that belong to one joined downwards and were given its text: %s, the "
                 "first is %s."),
              &self->filled, FALSE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Rows with more cells than there are names: %s, the first is row %s. Look "
                 "whether a delimiter stands in a text."),
              &self->longer, TRUE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Rows with fewer cells than there are names: %s, the first is row %s."),
              &self->shorter, TRUE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Signs or lines that could not be decoded: %s, the first near row %s. Choose "
                 "another encoding, or ask for the file in UTF-8."),
              &facts->undecoded, TRUE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Quotation marks that are never closed: %s, the first in row %s. They were taken "
                 "for part of the text."),
              &facts->open_quotes, TRUE);
  note_count (diagnostics, QONYS_WARNING,
              _ ("Cells that are too long or too far to the right, and were not read: %s, the "
                 "first near cell %s."),
              &facts->cut, FALSE);
}
