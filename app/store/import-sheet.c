/*
 * Rows of sheets: workbooks, and text that is not plain CSV. The sheet whose names fit is read, all
 * sheets and all texts that are hidden in the file are shown to the scanner. One thread; about a
 * microsecond a cell.
 */
#include "store/header-match.h"
#include "store/import-pass.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BATCH_ROWS 4096

/* ---- the sheet ---- */

static QonysSheet *
open_one (const QonysImportSource *source, const QonysRecipe *recipe, const char *name,
          guint header_row, GPtrArray *diagnostics, GError **error)
{
  QonysSheetOptions options = {.sheet = name,
                               .encoding = recipe->encoding,
                               .header_row = header_row > 0 ? header_row : recipe->header_row,
                               .n_header_rows = recipe->n_header_rows};

  return qonys_sheet_open (source->path, &options, diagnostics, error);
}

static double
get_fit (const QonysImportSource *source, const QonysSheet *sheet)
{
  const QonysSheetShape *shape = qonys_sheet_get_shape (sheet);
  g_autofree QonysHeaderMatch *matches = g_new (QonysHeaderMatch, shape->n_columns + 1);

  return qonys_headers_match ((const char *const *)shape->names, source->schema->type, matches);
}

/* The name of the sheet that bears the type's name, or else whose columns fit best. */
static gboolean
choose_sheet (const QonysImportSource *source, const QonysRecipe *recipe, char **name,
              GError **error)
{
  g_autoptr (GPtrArray) sheets = qonys_sheet_list (source->path, error);
  double best_fit = -G_MAXDOUBLE;

  if (sheets == NULL)
    return FALSE;
  for (guint i = 0; i < sheets->len && sheets->len > 1; i++) {
    const QonysSheetInfo *info = sheets->pdata[i];
    g_autoptr (QonysSheet) sheet = open_one (source, recipe, info->name, 0, NULL, error);
    double fit;

    if (sheet == NULL)
      return FALSE;
    fit = g_str_equal (info->name, source->schema->name) ? G_MAXDOUBLE : get_fit (source, sheet);
    if (fit <= best_fit)
      continue;
    best_fit = fit;
    g_free (*name);
    *name = g_strdup (info->name);
  }
  return TRUE;
}

/* No names were found, but the first row may bear names that are known. */
static void
try_first_row (QonysImportSource *source, const QonysRecipe *recipe, const char *name,
               GPtrArray *diagnostics)
{
  g_autoptr (GPtrArray) noticed = qonys_diagnostics_new ();
  QonysSheet *sheet = open_one (source, recipe, name, 1, noticed, NULL);

  if (sheet == NULL || get_fit (source, sheet) <= get_fit (source, source->sheet)) {
    g_clear_pointer (&sheet, qonys_sheet_free);
    return;
  }
  qonys_sheet_free (source->sheet);
  source->sheet = sheet;
  g_ptr_array_set_size (diagnostics, 0);
  g_ptr_array_extend_and_steal (diagnostics, g_steal_pointer (&noticed));
}

gboolean
qonys_import_source_open_sheet (QonysImportSource *source, const QonysRecipe *recipe,
                                GPtrArray *diagnostics, GError **error)
{
  g_autofree char *name = g_strdup (recipe->sheet);

  if (name == NULL && !choose_sheet (source, recipe, &name, error))
    return FALSE;
  source->sheet = open_one (source, recipe, name, 0, diagnostics, error);
  if (source->sheet == NULL)
    return FALSE;
  if (qonys_sheet_get_shape (source->sheet)->header_row == 0 && recipe->header_row == 0)
    try_first_row (source, recipe, name, diagnostics);
  return TRUE;
}

void
qonys_import_source_use_sheet (QonysImportSource *source, const GPtrArray *noticed,
                               GPtrArray *diagnostics)
{
  const QonysSheetShape *shape = qonys_sheet_get_shape (source->sheet);

  g_strfreev (source->names);
  source->names = g_strdupv (shape->names);
  source->has_geometry = FALSE;
  source->first_row = shape->first_data_row;
  for (guint i = 0; i < noticed->len; i++) {
    const QonysDiagnostic *diagnostic = noticed->pdata[i];

    qonys_diagnostics_add (diagnostics, diagnostic->severity, "%s", diagnostic->text);
  }
}

/* ---- rows ---- */

gboolean
qonys_import_source_next_record (const QonysImportSource *source, QonysSheetRow *row,
                                 GError **error)
{
  while (qonys_sheet_next (source->sheet, row, error))
    if (row->kind == QONYS_ROW_DATA || row->kind == QONYS_ROW_TOTAL ||
        row->kind == QONYS_ROW_REMARK)
      return TRUE;
  return FALSE;
}

guint
qonys_import_source_get_cells (const QonysImportSource *source, const QonysSheetRow *row,
                               QonysCsvField *cells)
{
  guint n = MIN (source->n_columns, row->row.n_cells);

  for (guint i = 0; i < n; i++) {
    const char *text = row->row.cells[i] != NULL ? row->row.cells[i] : "";

    cells[i] = (QonysCsvField){text, strlen (text)};
  }
  return n;
}

/* ---- persons ---- */

typedef struct {
  QonysScanner *scanner;
  guint n_columns;
  guint others; /* the column of what stands in none: titles, texts beyond the names */
} Scan;

static Scan
begin_scan (const QonysImportPass *pass, const QonysSheet *sheet, gboolean is_read)
{
  const QonysImportSource *source = pass->source;
  const QonysSheetShape *shape = qonys_sheet_get_shape (sheet);
  Scan scan = {qonys_scanner_new (source->schema->is_address_level), shape->n_columns, 0};

  for (guint i = 0; i < shape->n_columns; i++) {
    g_autofree char *name = is_read ? qonys_import_pass_get_scan_name (source, i) : NULL;

    qonys_scanner_add_column (scan.scanner, name != NULL ? name : shape->names[i], QONYS_SCAN_TEXT);
  }
  scan.others = qonys_import_pass_scan_names (pass, scan.scanner, qonys_sheet_get_name (sheet));
  return scan;
}

static void
scan_row (const Scan *scan, const QonysSheetRow *row)
{
  gboolean has_columns =
      row->kind == QONYS_ROW_DATA || row->kind == QONYS_ROW_TOTAL || row->kind == QONYS_ROW_REMARK;

  if (row->kind == QONYS_ROW_HEADER) /* scanned as names */
    return;
  for (guint i = 0; i < row->row.n_cells; i++)
    if (row->row.cells[i] != NULL)
      qonys_scanner_scan_text (scan->scanner, has_columns && i < scan->n_columns ? i : scan->others,
                               row->row.number, row->row.cells[i], strlen (row->row.cells[i]));
}

static void
add_findings (GPtrArray **findings, GPtrArray *more)
{
  if (*findings == NULL)
    *findings = more;
  else
    g_ptr_array_extend_and_steal (*findings, more);
}

typedef struct {
  QonysScanner *scanner;
  GHashTable *columns; /* place → number of column + 1 */
} HiddenScan;

static void
scan_hidden (const char *place, gint64 row, const char *text, gsize length, gpointer data)
{
  HiddenScan *scan = data;
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (scan->columns, place));

  if (column == 0) {
    column = qonys_scanner_add_column (scan->scanner, place, QONYS_SCAN_TEXT) + 1;
    g_hash_table_insert (scan->columns, (gpointer)place, GUINT_TO_POINTER (column));
  }
  qonys_scanner_scan_text (scan->scanner, column - 1, MAX (row, 1), text, length);
}

static gboolean
run_hidden (const QonysImportPass *pass, GPtrArray **findings, GError **error)
{
  HiddenScan scan = {qonys_scanner_new (FALSE), g_hash_table_new (NULL, NULL)};
  gboolean ok = qonys_sheet_scan_hidden (pass->source->path, scan_hidden, &scan,
                                         pass->report->diagnostics, error);

  if (ok)
    add_findings (findings, qonys_scanner_finish (scan.scanner));
  qonys_scanner_free (scan.scanner);
  g_hash_table_unref (scan.columns);
  return ok;
}

/* ---- the pass ---- */

typedef struct {
  QonysImportPass *pass;
  QonysBatch *batch;
  QonysRow *row;
  QonysCsvField *cells;
  gint64 expected; /* number of the next row if none is left out */
  gint64 n_remarks;
} Reading;

/* Rows that a spreadsheet counts and that are no records of ours. */
static void
note_gap (Reading *reading, gint64 number)
{
  for (; reading->expected < number; reading->expected++)
    g_array_append_val (reading->pass->source->blank_rows, reading->expected);
  reading->expected = number + 1;
}

static void
read_row (Reading *reading, const QonysSheetRow *row)
{
  const QonysImportPass *pass = reading->pass;
  guint n = qonys_import_source_get_cells (pass->source, row, reading->cells);

  note_gap (reading, row->row.number);
  qonys_row_clear (reading->row);
  if (row->kind == QONYS_ROW_REMARK)
    reading->row->reason = QONYS_REASON_BLANK;
  else
    qonys_import_source_read_cells (pass->source, reading->cells, n, reading->row);
  if (row->kind == QONYS_ROW_TOTAL)
    reading->row->reason = QONYS_REASON_TOTAL;
  reading->n_remarks += row->kind == QONYS_ROW_REMARK;
  reading->row->number = row->row.number;
  qonys_batch_add (reading->batch, reading->row, pass->context, pass->today, pass->dataset_id);
}

static void
join_batch (Reading *reading)
{
  QonysImportPass *pass = reading->pass;

  qonys_batch_join (reading->batch, pass->context, pass->builder, pass->report, pass->sums);
  qonys_batch_free (reading->batch);
  reading->batch = qonys_batch_new (pass->source->schema, pass->sums);
}

/* Translators: %s is a row's number */
static void
note_row (GPtrArray *diagnostics, const char *format, gint64 number)
{
  g_autofree char *row = qonys_format_int (number);

  if (number > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE, format, row);
}

/* Rows that are no records: none is left out without a word. */
static void
note_left_out (const Reading *reading)
{
  const QonysSheetShape *shape = qonys_sheet_get_shape (reading->pass->source->sheet);
  GPtrArray *diagnostics = reading->pass->report->diagnostics;
  g_autofree char *n = qonys_format_int (reading->n_remarks);

  note_row (diagnostics, _ ("Row %s holds numbers of the columns and was left out."),
            shape->numbering_row);
  note_row (diagnostics, _ ("Row %s holds units of the columns and was left out."),
            shape->units_row);
  if (reading->n_remarks > 0)
    qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                           ngettext ("%s row is a remark and was left out.",
                                     "%s rows are remarks and were left out.",
                                     (gulong)reading->n_remarks),
                           n);
}

static gboolean
run_sheet (const Scan *scan, QonysSheet *sheet, Reading *reading, QonysJob *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  QonysSheetRow row;
  gint64 n = 0;

  while (qonys_sheet_next (sheet, &row, &failure)) {
    scan_row (scan, &row);
    if (reading != NULL &&
        (row.kind == QONYS_ROW_DATA || row.kind == QONYS_ROW_TOTAL || row.kind == QONYS_ROW_REMARK))
      read_row (reading, &row);
    if (++n % BATCH_ROWS != 0)
      continue;
    if (reading != NULL)
      join_batch (reading);
    qonys_job_set_progress (job, qonys_sheet_get_progress (sheet));
    if (qonys_job_is_cancelled (job, error))
      return FALSE;
  }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The sheet that is read. */
static gboolean
run_own (QonysImportPass *pass, GPtrArray **findings, GError **error)
{
  QonysImportSource *source = pass->source;
  Scan scan = begin_scan (pass, source->sheet, TRUE);
  Reading reading = {.pass = pass, .expected = source->first_row};
  gboolean ok = qonys_sheet_rewind (source->sheet, error);

  g_clear_pointer (&source->blank_rows, g_array_unref);
  source->blank_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (pass->context != NULL) {
    pass->builder = qonys_table_builder_new (source->schema->type, 0);
    reading.batch = qonys_batch_new (source->schema, pass->sums);
    reading.row = qonys_import_pass_new_row (pass);
    reading.cells = g_new (QonysCsvField, source->n_columns + 1);
  }
  ok = ok &&
       run_sheet (&scan, source->sheet, pass->context != NULL ? &reading : NULL, pass->job, error);
  if (ok && pass->context != NULL)
    join_batch (&reading);
  if (ok) {
    add_findings (findings, qonys_import_pass_finish_scan (scan.scanner));
    pass->own_end = (*findings)->len;
    qonys_sheet_note (source->sheet, pass->report->diagnostics);
    note_left_out (&reading);
  }
  qonys_scanner_free (scan.scanner);
  g_clear_pointer (&reading.batch, qonys_batch_free);
  g_clear_pointer (&reading.row, qonys_row_free);
  g_free (reading.cells);
  return ok;
}

static gboolean
run_others (QonysImportPass *pass, GPtrArray **findings, GError **error)
{
  g_autoptr (GPtrArray) sheets = qonys_sheet_list (pass->source->path, error);

  if (sheets == NULL)
    return FALSE;
  for (guint i = 0; i < sheets->len; i++) {
    const QonysSheetInfo *info = sheets->pdata[i];
    QonysSheetOptions options = {.sheet = info->name};
    g_autoptr (QonysSheet) sheet = NULL;
    Scan scan;
    gboolean ok;

    if (g_str_equal (info->name, qonys_sheet_get_name (pass->source->sheet)))
      continue;
    sheet = qonys_sheet_open (pass->source->path, &options, NULL, error);
    if (sheet == NULL)
      return FALSE;
    scan = begin_scan (pass, sheet, FALSE);
    ok = run_sheet (&scan, sheet, NULL, pass->job, error);
    if (ok)
      add_findings (findings, qonys_scanner_finish (scan.scanner));
    qonys_scanner_free (scan.scanner);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
qonys_import_pass_run_sheets (QonysImportPass *pass, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (!run_own (pass, &findings, error) || !run_others (pass, &findings, error) ||
      !run_hidden (pass, &findings, error))
    return NULL;
  return g_steal_pointer (&findings);
}

gboolean
qonys_import_source_turn_into_sheet (QonysImportSource *source, GPtrArray *diagnostics)
{
  g_autoptr (GPtrArray) noticed = qonys_diagnostics_new ();
  const char *driver = GDALGetDriverShortName (GDALGetDatasetDriver (source->dataset));

  if (g_strcmp0 (driver, "CSV") != 0 || source->has_geometry || source->sheet != NULL ||
      !qonys_sheet_is_table (source->path) ||
      !qonys_import_source_open_sheet (source, source->recipe, noticed, NULL))
    return FALSE;
  if (!g_strv_equal ((const char *const *)source->names,
                     (const char *const *)qonys_sheet_get_shape (source->sheet)->names)) {
    g_clear_pointer (&source->sheet, qonys_sheet_free);
    return FALSE;
  }
  qonys_import_source_use_sheet (source, noticed, diagnostics);
  return TRUE;
}
