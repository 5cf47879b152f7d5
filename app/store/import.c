/*
 * Importing a file: look for persons and read rows in one pass, keep or reject each row, store
 * what was kept in one transaction if there were no persons.
 */
#include "store/import.h"

#include "store/hashing.h"
#include "store/import-pass.h"
#include "store/project-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- the new dataset ---- */

static char *
get_title (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot != NULL && dot != file_name ? g_strndup (file_name, dot - file_name)
                                         : g_strdup (file_name);
}

static gboolean
is_known_file (const GPtrArray *datasets, QonysRecordType type, const char *sha256)
{
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->type == type && g_strcmp0 (dataset->sha256, sha256) == 0)
      return TRUE;
  }
  return FALSE;
}

static QonysDataset *
new_dataset (const GPtrArray *datasets, const char *path, QonysRecordType type,
             gboolean is_synthetic)
{
  QonysDataset *dataset = qonys_dataset_new ();

  dataset->id = qonys_datasets_get_next_id (datasets);
  dataset->type = type;
  dataset->file_name = g_filename_display_basename (path);
  dataset->title = get_title (dataset->file_name);
  dataset->received_on = qonys_day_today ();
  dataset->is_synthetic = is_synthetic;
  return dataset;
}

/* Joins the thread that hashes the file. */
static gboolean
identify_dataset (QonysDataset *dataset, const GPtrArray *datasets, QonysHashing *hashing,
                  GError **error)
{
  dataset->sha256 = qonys_hashing_finish (hashing, error);
  if (dataset->sha256 == NULL)
    return FALSE;
  if (is_known_file (datasets, dataset->type, dataset->sha256)) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                 _ ("“%s” has been imported into this project already. Choose another file."),
                 dataset->file_name);
    return FALSE;
  }
  return TRUE;
}

static GPtrArray *
copy_datasets (const GPtrArray *datasets, const QonysDataset *more)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);

  for (guint i = 0; i < datasets->len; i++)
    g_ptr_array_add (copy, qonys_dataset_copy (datasets->pdata[i]));
  if (more != NULL)
    g_ptr_array_add (copy, qonys_dataset_copy (more));
  return copy;
}

static gboolean
contains_id (const GArray *ids, gint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

/* ---- rows ---- */

static gboolean
refuse_persons (QonysImportReport *report, GError **error)
{
  g_autofree char *text = NULL;

  if (qonys_findings_get_verdict (report->findings) != QONYS_VERDICT_REFUSE)
    return FALSE;
  qonys_import_report_clear_rows (report);       /* rejections quote cells */
  g_ptr_array_set_size (report->diagnostics, 0); /* GDAL's warnings do too */
  text = qonys_findings_describe (report->findings);
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA, text);
  return TRUE;
}

/* Whether the project's rows of the type stay in use beside those of a new dataset: if so a row
 * must not be counted twice. */
static gboolean
do_old_rows_stay (const GPtrArray *datasets, const QonysDataset *dataset)
{
  g_autoptr (GPtrArray) next = copy_datasets (datasets, dataset);
  g_autoptr (GArray) active = qonys_datasets_choose_active (next, dataset->type);

  return contains_id (active, dataset->id) && active->len > 1;
}

static gboolean
check_result (const QonysImportReport *report, QonysGdalScope *scope, const char *name,
              GError **error)
{
  const char *reason = qonys_import_report_get_main_reason (report);

  if (scope->failure != NULL)
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FORMAT,
                                _ ("“%s” is damaged or cut off. Ask the supplier to send it "
                                   "again."),
                                name);
  else if (report->n_read == 0)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” has no rows. Ask the supplier to send it again."), name);
  else if (report->n_stored == 0)
    g_set_error (error, QONYS_ERROR,
                 g_str_equal (reason, qonys_reason_describe (QONYS_REASON_OUTSIDE))
                     ? QONYS_ERROR_WRONG_PLACE
                     : QONYS_ERROR_FIELDS,
                 _ ("No row of “%s” could be stored. The most frequent reason: %s. Correct the "
                    "file and import it again."),
                 name, reason);
  else
    return TRUE;
  return FALSE;
}

/* The day the rows speak of; what says nothing speaks of today. */
static void
date_dataset (QonysDataset *dataset, const QonysTable *rows, GPtrArray *diagnostics)
{
  int field = qonys_table_get_schema (rows)->date_field;
  const gint32 *days = field >= 0 ? qonys_table_get_ints (rows, field) : NULL;

  for (gsize i = 0; days != NULL && i < qonys_table_get_n_rows (rows); i++)
    dataset->as_of = MAX (dataset->as_of, days[i]);
  if (dataset->as_of != QONYS_DAY_MISSING)
    return;
  dataset->as_of = dataset->received_on;
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         _ ("The file does not say the day of its data; today was taken."));
}

/* ---- storing ---- */

static void
append_rows (QonysTableBuilder *builder, const QonysTable *table, const GArray *ids)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  const gint32 *dataset_ids = qonys_table_get_dataset_ids (table);

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    if (!contains_id (ids, dataset_ids[row]))
      continue;
    for (guint i = 0; i < schema->n_fields; i++)
      switch (schema->fields[i].type) {
      case QONYS_FIELD_INT:
      case QONYS_FIELD_DATE:
        qonys_table_builder_add_int (builder, i, qonys_table_get_int (table, row, i));
        break;
      case QONYS_FIELD_BIG:
        qonys_table_builder_add_big (builder, i, qonys_table_get_big (table, row, i));
        break;
      case QONYS_FIELD_DECIMAL:
        qonys_table_builder_add_decimal (builder, i, qonys_table_get_decimal (table, row, i));
        break;
      case QONYS_FIELD_ENUM:
      case QONYS_FIELD_BOOL:
        qonys_table_builder_add_code (builder, i, qonys_table_get_code (table, row, i));
        break;
      case QONYS_FIELD_TEXT:
      case QONYS_FIELD_KEY:
      default:
        qonys_table_builder_add_text (builder, i, qonys_table_get_text (table, row, i), -1);
      }
    if (schema->has_position)
      qonys_table_builder_add_position (builder, qonys_table_get_lon_deg (table)[row],
                                        qonys_table_get_lat_deg (table)[row]);
    qonys_table_builder_add_dataset_id (builder, dataset_ids[row]);
  }
}

/* The next state of a project that is in no file: only rows in use are kept. */
static QonysProject *
add_in_memory (QonysProject *project, const QonysDataset *dataset, QonysTable *rows, GError **error)
{
  g_autoptr (GPtrArray) datasets = copy_datasets (qonys_project_get_datasets (project), dataset);
  g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, dataset->type);
  QonysTable *tables[QONYS_N_RECORD_TYPES];

  if (!contains_id (active, dataset->id)) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("The project holds real or newer data of this kind already, so these "
                            "rows would not be used. Save the project first to keep both."));
    return NULL;
  }
  for (guint i = datasets->len; i-- > 0;) {
    const QonysDataset *other = datasets->pdata[i];

    if (other->type == dataset->type && !contains_id (active, other->id))
      g_ptr_array_remove_index (datasets, i);
  }
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    tables[i] = qonys_table_ref (qonys_project_get_table (project, i));
  if (active->len == 1) {
    qonys_table_unref (tables[dataset->type]);
    tables[dataset->type] = qonys_table_ref (rows);
  } else {
    QonysTableBuilder *builder =
        qonys_table_builder_new (dataset->type, qonys_table_get_n_rows (rows));
    append_rows (builder, tables[dataset->type], active);
    append_rows (builder, rows, active);
    qonys_table_unref (tables[dataset->type]);
    tables[dataset->type] = qonys_table_builder_finish (builder);
  }

  return qonys_project_new (NULL, tables, g_steal_pointer (&datasets),
                            qonys_districts_ref (qonys_project_get_districts (project)),
                            g_ptr_array_ref ((GPtrArray *)qonys_project_get_base (project)),
                            qonys_project_get_norm (project));
}

/* The file's new state under the norm of the state before. */
static QonysProject *
reopen (QonysProject *project, QonysJob *job, GError **error)
{
  g_autoptr (QonysProject) opened =
      qonys_store_open_project (qonys_project_get_path (project), job, NULL, error);

  if (opened == NULL)
    return NULL;
  return qonys_project_with_norm (opened, qonys_project_get_norm (project));
}

static void
note_unused (const QonysProject *project, const QonysDataset *dataset, GPtrArray *diagnostics)
{
  g_autoptr (GArray) active =
      qonys_datasets_choose_active (qonys_project_get_datasets (project), dataset->type);

  if (!contains_id (active, dataset->id))
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The rows were stored but are not in use: the project holds real or "
                              "newer data of this kind."));
}

/* One pass: scanned and, if it is known where the rows lie, read. What was read is dropped unless
 * the verdict lets it in. */
static QonysTable *
read_rows (QonysImportSource *source, const char *path, QonysImportContext *context,
           const GPtrArray *datasets, QonysDataset *dataset, QonysJob *job,
           QonysImportReport *report, gboolean *is_beginning_wrong, GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (QonysHashing) hashing = qonys_hashing_new (path, source->dataset);
  gboolean is_located = qonys_import_source_locate (source, report->diagnostics, &own);
  QonysImportPass pass = {.source = source,
                          .path = path,
                          .context = is_located ? context : NULL,
                          .dataset_id = dataset->id,
                          .today = qonys_day_today (),
                          .job = job,
                          .report = report};
  g_autoptr (QonysTableBuilder) builder = NULL;

  report->findings = qonys_import_pass_run (&pass, error);
  builder = pass.builder;
  *is_beginning_wrong = pass.is_beginning_wrong;
  if (report->findings == NULL) {
    qonys_import_report_clear_rows (report);
    return NULL;
  }
  if (refuse_persons (report, error))
    return NULL;
  if (!identify_dataset (dataset, datasets, hashing, error)) {
    qonys_import_report_clear_rows (report);
    return NULL;
  }
  if (!is_located) {
    g_propagate_error (error, g_steal_pointer (&own));
    return NULL;
  }
  return qonys_table_builder_finish (g_steal_pointer (&builder));
}

/* Opens the file and reads its rows. Of a large file the beginning may tell the columns; if the
 * rest is unlike it, all is done again with the whole. Returns: (transfer full) (nullable) */
static QonysTable *
read_file (const char *path, QonysImportContext *context, const GPtrArray *datasets,
           QonysDataset *dataset, QonysGdalScope *scope, QonysJob *job, QonysImportReport *report,
           GError **error)
{
  guint n_diagnostics = report->diagnostics->len;
  QonysTable *rows = NULL;
  gboolean is_beginning_wrong = FALSE;

  for (int attempt = 0; attempt == 0 || is_beginning_wrong; attempt++) {
    g_autoptr (QonysImportSource) source = NULL;

    is_beginning_wrong = FALSE;
    g_ptr_array_set_size (report->diagnostics, n_diagnostics);
    source = qonys_import_source_open (path, attempt == 0, qonys_schema_get (dataset->type), scope,
                                       report->diagnostics, error);
    if (source != NULL)
      rows = read_rows (source, path, context, datasets, dataset, job, report, &is_beginning_wrong,
                        error);
  }
  return rows;
}

static QonysProject *
import (QonysProject *project, const char *path, QonysRecordType type, gboolean is_synthetic,
        QonysJob *job, QonysImportReport *report, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (QonysImportContext) context = NULL;
  g_autoptr (QonysDataset) dataset = NULL;
  g_autoptr (QonysTable) rows = NULL;
  QonysProject *next;

  qonys_gdal_scope_open (&scope, report->diagnostics);
  qonys_job_set_message (job, _ ("Looking for data of persons"));
  dataset = new_dataset (datasets, path, type, is_synthetic);
  context = qonys_import_context_new (project, type, do_old_rows_stay (datasets, dataset));
  rows = read_file (path, context, datasets, dataset, &scope, job, report, error);
  if (rows == NULL || !check_result (report, &scope, name, error))
    return NULL;
  qonys_import_context_note (context, rows, report->diagnostics);
  date_dataset (dataset, rows, report->diagnostics);
  dataset->n_read = report->n_read;
  dataset->n_stored = report->n_stored;
  dataset->n_rejected = report->n_rejected;

  if (qonys_project_get_path (project) == NULL)
    return add_in_memory (project, dataset, rows, error);
  qonys_job_set_message (job, _ ("Storing rows"));
  if (!qonys_project_file_append (qonys_project_get_path (project), dataset, rows, job, error))
    return NULL;
  next = reopen (project, job, error);
  if (next != NULL)
    note_unused (next, dataset, report->diagnostics);
  return next;
}

QonysProject *
qonys_store_import (QonysProject *project, const char *path, QonysRecordType type,
                    gboolean is_synthetic, QonysJob *job, QonysImportReport **report,
                    GError **error)
{
  g_autoptr (QonysImportReport) own = qonys_import_report_new ();
  QonysProject *next;

  qonys_store_init ();
  next = import (project, path, type, is_synthetic, job, own, error);
  if (report != NULL)
    *report = g_steal_pointer (&own);
  return next;
}
