/*
 * Writing a project: a new GeoPackage beside the old one, in one transaction, synced, renamed.
 * No spatial index: it would take longer than all the rest. A million dwellings of thirty
 * columns: about 5 s, 240 MB.
 */
#include "domain/setting.h"
#include "store/district-sets.h"
#include "store/districts.h"
#include "store/plan-file.h"
#include "store/project-file.h"
#include "store/store.h"

#include <cpl_conv.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

QonysDataset *
qonys_dataset_copy (const QonysDataset *dataset)
{
  QonysDataset *copy = qonys_dataset_new ();

  *copy = *dataset;
  copy->title = g_strdup (dataset->title);
  copy->supplier = g_strdup (dataset->supplier);
  copy->file_name = g_strdup (dataset->file_name);
  copy->sha256 = g_strdup (dataset->sha256);
  return copy;
}

/* What people wrote, and the file that holds what memory does not. */
typedef struct {
  const QonysPlan *plan;
  const GPtrArray *edits;
  const char *old_path; /* (nullable) */
} Source;

static const char *const AREA_KINDS[] = {"useful", "living", "total"};

/* The time the file bears: of its data, not of its writing, so that equal projects are equal
 * bytes. */
static char *
get_time_stamp (const QonysProject *project)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  QonysDay latest = qonys_day_from_ymd (2024, 1, 25);
  g_autofree char *iso = NULL;

  for (guint i = 0; i < datasets->len; i++)
    latest = MAX (latest, ((const QonysDataset *)datasets->pdata[i])->received_on);
  iso = qonys_day_to_iso (latest);
  return g_strdup_printf ("%sT00:00:00.000Z", iso);
}

static gboolean
write_settings (GDALDatasetH file, const QonysNorm *norm)
{
  char m2[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *version = g_strdup_printf ("%d", QONYS_PROJECT_VERSION);
  g_autofree char *valid_from =
      norm->valid_from != QONYS_DAY_MISSING ? qonys_day_to_iso (norm->valid_from) : g_strdup ("");
  const char *const settings[][2] = {
      {"application", "Qonys"},
      {"schema_version", version},
      {"norm_m2", g_ascii_dtostr (m2, sizeof m2, norm->norm_m2)},
      {"norm_area_kind", AREA_KINDS[norm->area_kind]},
      {"norm_exempt_relatives", norm->exempt_relatives ? "1" : "0"},
      {"norm_future_only", norm->future_only ? "1" : "0"},
      {"norm_count_existing", norm->count_existing ? "1" : "0"},
      {"norm_valid_from", valid_from},
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!qonys_project_file_add_setting (file, settings[i][0], settings[i][1]))
      return FALSE;
  return TRUE;
}

static gboolean
is_active (const GPtrArray *datasets, const QonysDataset *dataset)
{
  g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, dataset->type);

  for (guint i = 0; i < active->len; i++)
    if (g_array_index (active, gint32, i) == dataset->id)
      return TRUE;
  return FALSE;
}

/* Rows of datasets that are not in use stay behind in the file the project came from; of one in no
 * file they are kept in memory. @old_path: (nullable) */
static QonysTable *
read_unused_rows (QonysProject *project, const char *old_path, QonysRecordType type, QonysJob *job,
                  GError **error)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  g_autoptr (GArray) unused = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->type == type && !is_active (datasets, dataset))
      g_array_append_val (unused, dataset->id);
  }
  if (old_path == NULL && qonys_project_get_unused_table (project, type) != NULL)
    return qonys_table_ref (qonys_project_get_unused_table (project, type));
  if (unused->len == 0 || old_path == NULL)
    return qonys_table_builder_finish (qonys_table_builder_new (type, 0));
  return qonys_project_file_read_table (old_path, type, unused, 0, job, NULL, error);
}

/* What the file the project came from keeps, the oldest first. */
static gboolean
copy_recipes (GDALDatasetH file, const char *old_path, QonysGdalScope *scope, GError **error)
{
  g_auto (GDALDatasetH) old_file = qonys_project_file_open (old_path, FALSE, scope, error);
  g_autoptr (GPtrArray) recipes = NULL;

  if (old_file == NULL)
    return FALSE;
  recipes = qonys_project_file_read_recipes (old_file);
  for (guint i = recipes->len; i-- > 0;)
    if (!qonys_project_file_add_recipe (file, recipes->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Those the plan wants, whatever is being shown; once they were replaced, all of them besides. */
static gboolean
write_districts (const QonysProject *project, const QonysPlan *plan, GDALDatasetH file)
{
  const GPtrArray *sets = qonys_project_get_district_sets (project);
  guint set = qonys_plan_get_district_set (plan);
  OGRLayerH layer = qonys_districts_make_layer (file, "district"), kept;

  if (layer == NULL ||
      !qonys_districts_add_to_layer (
          set < sets->len ? sets->pdata[set] : qonys_project_get_districts (project), layer, -1))
    return FALSE;
  kept = qonys_district_sets_make_layer (file);
  for (guint i = 0; kept != NULL && sets->len > 1 && i < sets->len; i++)
    if (!qonys_districts_add_to_layer (sets->pdata[i], kept, (int)i))
      return FALSE;
  return kept != NULL;
}

static gboolean
write_content (QonysProject *project, const Source *source, GDALDatasetH file, QonysJob *job,
               QonysGdalScope *scope, GError **error)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  const char *old_path = source->old_path;
  gsize n_all = 0, n_done = 0;

  if (!write_districts (project, source->plan, file) || !qonys_project_file_make_layers (file) ||
      !write_settings (file, qonys_project_get_base_norm (project)) ||
      (old_path != NULL && !copy_recipes (file, old_path, scope, error)))
    return FALSE;
  for (guint i = 0; i < datasets->len; i++)
    if (!qonys_project_file_add_dataset (file, datasets->pdata[i]))
      return FALSE;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    n_all += qonys_table_get_n_rows (qonys_project_get_table (project, type));
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    const QonysTable *table = qonys_project_get_table (project, type);
    g_autoptr (QonysTable) unused = NULL;

    if (!qonys_project_file_add_rows (file, table, job, &n_done, n_all, error))
      return FALSE;
    unused = read_unused_rows (project, old_path, type, job, error);
    if (unused == NULL || !qonys_project_file_add_rows (file, unused, job, &n_done, n_all, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the file system ---- */

static gboolean
set_errno_error (GError **error, const char *path, int code)
{
  qonys_error_set_from_gio (
      error, path,
      g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
  return FALSE;
}

static gboolean
check_target (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  static const char *const COMPANIONS[] = {"-wal", "-journal"};

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return set_errno_error (error, path, EISDIR);
  if (g_access (folder, W_OK) != 0)
    return set_errno_error (error, folder, errno);
  if (g_file_test (path, G_FILE_TEST_EXISTS) && g_access (path, W_OK) != 0)
    return set_errno_error (error, path, errno);
  /* A journal beside it would be played into the new file. */
  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++) {
    g_autofree char *companion = g_strconcat (path, COMPANIONS[i], NULL);

    if (g_file_test (companion, G_FILE_TEST_EXISTS)) {
      qonys_sqlite_set_error (error, path, SQLITE_BUSY, NULL);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
sync_file (const char *path)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = file >= 0 && fsync (file) == 0;
  int code = errno;

  if (file >= 0)
    close (file);
  errno = code;
  return ok;
}

static gboolean
replace (const char *temporary, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf before;

  if (g_stat (path, &before) == 0)
    g_chmod (temporary, before.st_mode & 0777);
  if (!sync_file (temporary) || g_rename (temporary, path) != 0)
    return set_errno_error (error, path, errno);
  sync_file (folder); /* not every file system can; the file itself is whole */
  return TRUE;
}

static gboolean
write_file (QonysProject *project, const Source *source, const char *temporary, const char *name,
            QonysJob *job, GError **error)
{
  static const char *const OPTIONS[] = {"VERSION=1.2", NULL};
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  GDALDatasetH file;
  gboolean ok;

  qonys_gdal_scope_open (&scope, NULL);
  file =
      GDALCreate (GDALGetDriverByName ("GPKG"), temporary, 0, 0, 0, GDT_Unknown, (char **)OPTIONS);
  ok = file != NULL && GDALDatasetStartTransaction (file, FALSE) == OGRERR_NONE &&
       write_content (project, source, file, job, &scope, error) &&
       GDALDatasetCommitTransaction (file) == OGRERR_NONE;
  if (file != NULL)
    GDALClose (file);
  ok = ok && scope.failure == NULL;
  if (!ok && (error == NULL || *error == NULL))
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FAILED,
                                _ ("The project could not be written. Free some space or choose "
                                   "another place."));
  return ok && qonys_plan_file_fill (temporary, name, source->plan, source->edits, error);
}

static gboolean
write_project (QonysProject *project, const Source *source, const char *path, QonysJob *job,
               GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *temporary = g_strdup_printf ("%s/.%s.%08x.gpkg", folder, base, g_random_int ());
  g_autofree char *time_stamp = get_time_stamp (project);
  g_autofree char *journal = g_strconcat (temporary, "-journal", NULL);
  gboolean ok;

  qonys_store_init ();
  if (!check_target (path, error))
    return FALSE;
  /* The file is nobody's until it is renamed: no journal, no sync at each step. */
  CPLSetThreadLocalConfigOption ("OGR_CURRENT_DATE", time_stamp);
  CPLSetThreadLocalConfigOption ("OGR_SQLITE_SYNCHRONOUS", "OFF");
  CPLSetThreadLocalConfigOption ("OGR_SQLITE_JOURNAL", "MEMORY");
  ok = write_file (project, source, temporary, base, job, error);
  CPLSetThreadLocalConfigOption ("OGR_CURRENT_DATE", NULL);
  CPLSetThreadLocalConfigOption ("OGR_SQLITE_SYNCHRONOUS", NULL);
  CPLSetThreadLocalConfigOption ("OGR_SQLITE_JOURNAL", NULL);

  ok = ok && replace (temporary, path, error);
  if (!ok) {
    g_unlink (temporary);
    g_unlink (journal);
  }
  return ok;
}

gboolean
qonys_store_write_project (QonysProject *project, const char *path, QonysJob *job, GError **error)
{
  const char *old_path = qonys_project_get_path (project);
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL;

  if (old_path != NULL && !qonys_store_is_project (old_path))
    old_path = NULL;
  plan = old_path != NULL ? qonys_store_read_plan (old_path, &history, NULL, error)
                          : qonys_plan_new_default ();
  return plan != NULL &&
         write_project (
             project,
             &(Source){plan, history != NULL ? qonys_history_get_edits (history) : NULL, old_path},
             path, job, error);
}

/* Says what the copy cannot have, since only the file that is gone had it. */
static void
tell_left_behind (QonysProject *project, GPtrArray *diagnostics)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  g_autofree char *name = g_filename_display_basename (qonys_project_get_path (project));

  qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                         _ ("“%s” cannot be read now. The copy holds all data in use and every "
                            "change; how earlier files were read is not in it."),
                         name);
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (!is_active (datasets, dataset))
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             _ ("The rows of “%s”, which are out of use, are not in the copy. "
                                "Import them again to have them there."),
                             dataset->title);
  }
}

/* Datasets whose rows are not there: they keep their numbers, so that none is given twice. */
static QonysProject *
without_unused (QonysProject *project)
{
  const GPtrArray *datasets = qonys_project_get_datasets (project);
  GPtrArray *rest = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysTable *tables[QONYS_N_RECORD_TYPES];

  for (guint i = 0; i < datasets->len; i++) {
    QonysDataset *dataset = qonys_dataset_copy (datasets->pdata[i]);

    if (!is_active (datasets, dataset)) {
      dataset->n_read = dataset->n_stored = dataset->n_rejected = 0;
      g_clear_pointer (&dataset->sha256, g_free); /* the file may be imported again */
    }
    g_ptr_array_add (rest, dataset);
  }
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    tables[i] = qonys_table_ref (qonys_project_get_table (project, i));
  return qonys_project_with_rows (project, tables, NULL, rest);
}

gboolean
qonys_store_write_copy (QonysProject *project, const QonysPlan *plan, const GPtrArray *edits,
                        const char *path, GPtrArray *diagnostics, QonysJob *job, GError **error)
{
  const char *old_path = qonys_project_get_path (project);
  g_autoptr (QonysProject) rest = NULL;

  if (old_path != NULL &&
      (qonys_sqlite_is_locked (old_path, TRUE) || !qonys_store_is_project (old_path))) {
    tell_left_behind (project, diagnostics);
    rest = without_unused (project);
    old_path = NULL;
  }
  return write_project (rest != NULL ? rest : project, &(Source){plan, edits, old_path}, path, job,
                        error);
}
