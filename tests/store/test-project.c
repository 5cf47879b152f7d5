/* The project file: what is written comes back, missing stays missing, nothing is lost on the way.
 */

#include "store-support.h"

#include "geo/mercator.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

static void
test_round_trip (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "жоба.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  write_project (project, path);
  g_assert_true (qonys_store_is_project (path));
  back = open_project (path, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_cmpstr (qonys_project_get_path (back), ==, path);
  assert_same_projects (project, back);
}

static int
count_rows (const char *path, const char *table, const char *condition)
{
  GDALDatasetH dataset = GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE %s", table, condition);
  OGRLayerH result = GDALDatasetExecuteSQL (dataset, sql, NULL, NULL);
  int n = (int)OGR_L_GetFeatureCount (result, TRUE);

  GDALDatasetReleaseResultSet (dataset, result);
  GDALClose (dataset);
  return n;
}

/* In the file what is missing is NULL, and words are words, for other programs to read. */
static void
test_plain_values (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  int n_missing = 0;

  for (gsize row = 0; row < SUPPORT_N_ROWS; row++)
    n_missing += qonys_table_get_int (table, row, QONYS_DWELLING_ROOMS) == QONYS_INT_MISSING;
  write_project (project, path);
  g_assert_cmpint (count_rows (path, "dwelling", "rooms IS NULL"), ==, n_missing);
  g_assert_cmpint (count_rows (path, "dwelling", "rooms < 0"), ==, 0);
  g_assert_cmpint (count_rows (path, "dwelling", "ownership = 'state'"), >, 0);
  g_assert_cmpint (count_rows (path, "operation", "fines_imposed_kzt < 0"), ==, 0);
  g_assert_cmpint (count_rows (path, "dwelling", "as_of = '1970-01-01'"), <, SUPPORT_N_ROWS / 10);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The file's own name is in it, for QGIS: one name in three folders. */
static void
test_same_bytes (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *first = g_build_filename (folder, "same.gpkg", NULL);
  g_autofree char *second = g_build_filename (support_temp_dir (), "same.gpkg", NULL);
  g_autofree char *third = g_build_filename (support_temp_dir (), "same.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) again = make_project ();
  g_autoptr (QonysProject) reopened = NULL;
  g_autofree char *hash_a = NULL;
  g_autofree char *hash_b = NULL;
  g_autofree char *hash_c = NULL;

  write_project (project, first);
  g_usleep (1100000); /* a second passes: no clock is in the file */
  write_project (again, second);
  hash_a = hash_file (first);
  hash_b = hash_file (second);
  g_assert_cmpstr (hash_a, ==, hash_b);
  reopened = open_project (first, NULL);
  write_project (reopened, third);
  hash_c = hash_file (third);
  g_assert_cmpstr (hash_a, ==, hash_c);
  g_assert_cmpuint (count_files (folder), ==, 1); /* no journal, no temporary file */
}

static void
test_empty (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "empty.gpkg", NULL);
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysProject) back = NULL;

  write_project (project, path);
  back = open_project (path, NULL);
  assert_same_projects (project, back);
}

/* Saving over a file keeps its rights; a failed or cancelled save leaves it as it was. */
static void
test_replace (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.gpkg", NULL);
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) empty = qonys_store_new_project (NULL);
  g_autoptr (QonysJob) job = qonys_job_new ("");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GStatBuf info;

  write_project (empty, path);
  g_chmod (path, 0640);
  write_project (empty, path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);

  before = hash_file (path);
  qonys_job_cancel (job);
  g_assert_false (qonys_store_write_project (project, path, job, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
  g_clear_error (&error);
  g_file_set_contents (journal, "x", 1, NULL);
  g_assert_false (qonys_store_write_project (project, path, NULL, &error));
  assert_code (&error, QONYS_ERROR_LOCKED);
  g_unlink (journal);
  after = hash_file (path);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_assert_false (qonys_store_write_project (project, folder, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (qonys_store_write_project (project, nowhere, NULL, &error));
  assert_code (&error, QONYS_ERROR_NOT_FOUND);
}

/* More rows than a batch holds, and row numbers with gaps, which GDAL streams in another way. */
static void
test_batches (void)
{
  const gsize n_rows = 132000; /* two batches and a rest */
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {make_table (QONYS_RECORD_DWELLING, n_rows, 1)};
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysNorm norm = qonys_norm_get_default ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (QonysProject) gapped = NULL;
  const QonysTable *table;

  g_ptr_array_add (datasets, make_dataset (1, QONYS_RECORD_DWELLING, "2026-10-01"));
  project = qonys_project_new (NULL, tables, datasets, qonys_store_load_bundled_districts (NULL),
                               qonys_store_load_bundled_base (NULL), &norm);
  write_project (project, path);
  back = open_project (path, NULL);
  assert_same_tables (qonys_project_get_table (project, QONYS_RECORD_DWELLING),
                      qonys_project_get_table (back, QONYS_RECORD_DWELLING));

  run_sql (path, "DELETE FROM dwelling WHERE fid % 1000 = 7");
  gapped = open_project (path, NULL);
  table = qonys_project_get_table (gapped, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, n_rows - n_rows / 1000);
  for (gsize row = 0; row < 999; row++)
    for (guint i = 0; i < QONYS_DWELLING_N_FIELDS; i += 3) {
      g_autofree char *a = qonys_table_format_value (table, 6 + row, i);
      g_autofree char *b = qonys_table_format_value (
          qonys_project_get_table (back, QONYS_RECORD_DWELLING), 7 + row, i);

      g_assert_cmpstr (a, ==, b);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/project/round-trip", test_round_trip);
  g_test_add_func ("/store/project/plain-values", test_plain_values);
  g_test_add_func ("/store/project/same-bytes", test_same_bytes);
  g_test_add_func ("/store/project/empty", test_empty);
  g_test_add_func ("/store/project/replace", test_replace);
  g_test_add_func ("/store/project/batches", test_batches);
  return g_test_run ();
}
