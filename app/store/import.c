/*
 * Importing a file: look for persons and read rows in one pass, keep or reject each row, store
 * what was kept in one transaction if there were no persons.
 */
#include "store/import.h"

#include "store/database.h"
#include "store/hashing.h"
#include "store/import-account.h"
#include "store/import-pass.h"
#include "store/import-review.h"
#include "store/import-store.h"

#include <glib/gi18n-lib.h>

/* Joins the thread that hashes the file. */
static gboolean
identify_dataset (QonysDataset *dataset, const GPtrArray *datasets, QonysHashing *hashing,
                  GError **error)
{
  GError *own = NULL;

  dataset->sha256 = qonys_hashing_finish (hashing, &own);
  if (own != NULL)
    g_propagate_error (error, own);
  return own == NULL && qonys_import_check_new (datasets, dataset, error);
}

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

static gboolean
check_result (const QonysImportReport *report, QonysGdalScope *scope, const char *name,
              gboolean is_database, GError **error)
{
  const char *reason = qonys_import_report_get_main_reason (report);

  if (scope->failure != NULL && is_database)
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_PERMISSION,
                                _ ("The database does not give the rows of “%s”. Ask its keeper "
                                   "for the right to read them, or try again later."),
                                name);
  else if (scope->failure != NULL)
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

  if (dataset->as_of != QONYS_DAY_MISSING)
    return; /* the recipe says it */
  for (gsize i = 0; days != NULL && i < qonys_table_get_n_rows (rows); i++)
    dataset->as_of = MAX (dataset->as_of, days[i]);
  if (dataset->as_of != QONYS_DAY_MISSING)
    return;
  dataset->as_of = dataset->received_on;
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         _ ("The file does not say the day of its data; today was taken."));
}

/* One pass: scanned and, if it is known where the rows lie, read. What was read is dropped unless
 * the verdict lets it in. */
static QonysTable *
read_rows (QonysImportPass *pass, const QonysRecipe *recipe, const GPtrArray *datasets,
           QonysDataset *dataset, GError **error)
{
  QonysImportSource *source = pass->source;
  QonysImportReport *report = pass->report;
  g_autoptr (GError) own = NULL;
  g_autoptr (QonysHashing) hashing = qonys_hashing_new (source->file, source->dataset);
  gboolean is_readable = qonys_import_source_assign (source, recipe, report->diagnostics, &own) &&
                         qonys_import_source_locate (source, report->diagnostics, &own);
  g_autoptr (QonysTableBuilder) builder = NULL;

  if (!is_readable && source->is_head) { /* there may be more columns behind */
    pass->is_beginning_wrong = TRUE;
    return NULL;
  }
  if (!is_readable)
    pass->context = NULL; /* only scanned: what is in it is said first */
  report->findings = qonys_import_pass_run (pass, error);
  builder = pass->builder;
  if (report->findings == NULL) {
    qonys_import_report_clear_rows (report);
    return NULL;
  }
  if (refuse_persons (report, error))
    return NULL;
  if (!is_readable) {
    g_propagate_error (error, g_steal_pointer (&own));
    return NULL;
  }
  if (!identify_dataset (dataset, datasets, hashing, error)) {
    qonys_import_report_clear_rows (report);
    return NULL;
  }
  return qonys_table_builder_finish (g_steal_pointer (&builder));
}

/* Opens the file and reads its rows. Of a large file the beginning may tell the columns; if the
 * rest is unlike it, all is done again with the whole. Returns: (transfer full) (nullable) */
static QonysTable *
read_file (QonysImportPass *pass, const char *path, const QonysRecipe *recipe,
           const GPtrArray *datasets, QonysDataset *dataset, QonysGdalScope *scope, GError **error)
{
  guint n_diagnostics = pass->report->diagnostics->len;
  QonysTable *rows = NULL;

  for (gboolean may_be_head = TRUE; may_be_head || pass->is_beginning_wrong; may_be_head = FALSE) {
    pass->is_beginning_wrong = FALSE;
    g_ptr_array_set_size (pass->report->diagnostics, n_diagnostics);
    g_clear_pointer (&pass->sums, qonys_sums_free);
    g_clear_pointer (&pass->source, qonys_import_source_free);
    pass->source = qonys_import_source_open (path, may_be_head, recipe, scope,
                                             pass->report->diagnostics, error);
    if (pass->source != NULL)
      rows = read_rows (pass, recipe, datasets, dataset, error);
  }
  return rows;
}

/* How many records must be read once more to show those that are listed as rejected. */
static gint64
count_to_last_listed (const QonysImportReport *report)
{
  guint n_listed = 0;
  gint64 last = 0;

  for (guint i = 0; i < report->rejected->len && n_listed < report->rejections->len; i++) {
    const QonysRejectedRow *row = &g_array_index (report->rejected, QonysRejectedRow, i);

    if (row->reason == QONYS_REASON_TOTAL || row->reason == QONYS_REASON_BLANK)
      continue;
    last = row->ordinal;
    n_listed++;
  }
  return last;
}

static QonysProject *
import (QonysProject *project, const char *path, const QonysRecipe *recipe,
        const QonysAddressIndex *addresses, gboolean is_dry_run, QonysJob *job,
        QonysImportReport *report, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  g_autofree char *name = qonys_source_get_name (path, recipe->sheet);
  g_autoptr (QonysImportSource) source = NULL;
  g_autoptr (QonysImportContext) context = NULL;
  g_autoptr (QonysDataset) dataset = qonys_import_new_dataset (datasets, path, recipe);
  g_autoptr (QonysSums) sums = NULL;
  g_autoptr (QonysTable) rows = NULL;
  QonysImportPass pass;

  qonys_gdal_scope_open (&scope, report->diagnostics);
  qonys_job_set_message (job, _ ("Looking for data of persons"));
  context = qonys_import_context_new (project, recipe->type,
                                      qonys_import_do_old_rows_stay (datasets, dataset));
  qonys_import_context_set_addresses (context, addresses);
  pass = (QonysImportPass){.context = context,
                           .dataset_id = dataset->id,
                           .today = qonys_day_today (),
                           .job = job,
                           .report = report};
  rows = read_file (&pass, path, recipe, datasets, dataset, &scope, error);
  source = pass.source;
  sums = pass.sums;
  if (rows == NULL)
    return NULL;
  if (report->n_stored > 0)
    date_dataset (dataset, rows, report->diagnostics);
  if (!qonys_import_source_complete (source, count_to_last_listed (report), &scope, error) ||
      !qonys_import_account (report, source, sums, rows, qonys_project_get_districts (project),
                             dataset->as_of, job, error) ||
      !check_result (report, &scope, name, qonys_database_is_one (path), error))
    return NULL;
  if (addresses != NULL)
    qonys_import_review_places (report, source, rows, addresses);
  qonys_import_context_note (context, rows, report->diagnostics);
  dataset->n_read = report->n_read;
  dataset->n_stored = report->n_stored;
  dataset->n_rejected = report->n_rejected;
  if (is_dry_run)
    return qonys_project_ref (project);
  qonys_job_set_message (job, _ ("Storing rows"));
  return qonys_import_store (project, dataset, rows, source->recipe, job, report->diagnostics,
                             error);
}

QonysProject *
qonys_store_import_by (QonysProject *project, const char *path, const QonysRecipe *recipe,
                       const QonysAddressIndex *addresses, gboolean is_dry_run, QonysJob *job,
                       QonysImportReport **report, GError **error)
{
  g_autoptr (QonysImportReport) own = qonys_import_report_new ();
  QonysProject *next;

  qonys_store_init ();
  next = import (project, path, recipe, addresses, is_dry_run, job, own, error);
  if (report != NULL)
    *report = g_steal_pointer (&own);
  return next;
}
