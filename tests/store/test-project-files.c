/* Project files that other hands, other programs and broken disks had to do with. */

#include "store-support.h"

#include <glib/gstdio.h>
#include <string.h>

static void
expect_open_error (const char *path, QonysError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_store_open_project (path, NULL, NULL, &error));
  assert_code (&error, code);
}

static void
test_not_ours (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *text = put_text ("text.gpkg", "not a database");
  g_autofree char *cut = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (QonysProject) project = make_project ();
  gsize length;

  write_project (project, path);
  g_file_get_contents (path, &contents, &length, NULL);
  cut = g_build_filename (support_temp_dir (), "cut.gpkg", NULL);
  g_file_set_contents (cut, contents, (gssize)length / 2, NULL);
  expect_open_error (cut, QONYS_ERROR_FORMAT);
  expect_open_error (text, QONYS_ERROR_FORMAT);

  run_sql (path, "UPDATE setting SET value = '99' WHERE key = 'schema_version'");
  g_assert_true (qonys_store_is_project (path));
  expect_open_error (path, QONYS_ERROR_NEWER);
  run_sql (path, "DELETE FROM setting");
  g_assert_false (qonys_store_is_project (path));
  expect_open_error (path, QONYS_ERROR_FORMAT);
}

/* What another program may do to the file: styles, views, a spatial index, an edited cell, a new
 * row, columns gone or of another type. */
static void
test_touched (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysTable *dwellings, *flows;

  write_project (project, path);
  run_sql (path, "UPDATE layer_styles SET styleName = 'Ours', styleQML = NULL");
  run_sql (path, "SELECT CreateSpatialIndex('dwelling', 'geom')");
  run_sql (path, "UPDATE dwelling SET rooms = 7, ownership = 'state' WHERE fid = 5");
  run_sql (path, "UPDATE dwelling SET ownership = 'nonsense' WHERE fid = 6");
  run_sql (path, "INSERT INTO dwelling (dwelling_key) VALUES ('drawn in another program')");
  run_sql (path, "ALTER TABLE dwelling DROP COLUMN house");
  run_sql (path, "ALTER TABLE flow RENAME COLUMN arrivals TO old");
  run_sql (path, "ALTER TABLE flow ADD COLUMN arrivals TEXT");
  run_sql (path, "UPDATE flow SET arrivals = '42'");
  run_sql (path, "DROP TABLE indicator");
  run_sql (path, "DELETE FROM gpkg_contents WHERE table_name = 'indicator'");
  run_sql (path, "PRAGMA journal_mode = WAL");

  back = open_project (path, diagnostics);
  dwellings = qonys_project_get_table (back, QONYS_RECORD_DWELLING);
  flows = qonys_project_get_table (back, QONYS_RECORD_FLOW);
  g_assert_cmpuint (qonys_table_get_n_rows (dwellings), ==, SUPPORT_N_ROWS);
  g_assert_cmpint (qonys_table_get_int (dwellings, 4, QONYS_DWELLING_ROOMS), ==, 7);
  g_assert_cmpint (qonys_table_get_code (dwellings, 4, QONYS_DWELLING_OWNERSHIP), ==, 2);
  g_assert_cmpint (qonys_table_get_code (dwellings, 5, QONYS_DWELLING_OWNERSHIP), ==,
                   QONYS_CODE_MISSING);
  g_assert_null (qonys_table_get_text (dwellings, 4, QONYS_DWELLING_HOUSE));
  g_assert_cmpint (qonys_table_get_int (flows, 0, QONYS_FLOW_ARRIVALS), ==, 42);
  g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (back, QONYS_RECORD_INDICATOR)),
                    ==, 0);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "house"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "indicator"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "dataset_id"));
}

/* Rows of a dataset that is not in use are not read, but go along when the project is saved
 * elsewhere. */
static void
test_unused_rows (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *copy = g_build_filename (support_temp_dir (), "b.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (QonysProject) third = NULL;
  QonysTable *table;

  write_project (project, path);
  run_sql (path, "INSERT INTO dataset (id, type, title, as_of, is_synthetic) "
                 "VALUES (77, 'dwelling', 'older', '2020-01-01', 1)");
  run_sql (path, "UPDATE dwelling SET dataset_id = 77 WHERE fid <= 500");
  back = open_project (path, NULL);
  table = qonys_project_get_table (back, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, SUPPORT_N_ROWS - 500);

  write_project (back, copy);
  run_sql (copy, "DELETE FROM dataset WHERE id = 1");
  third = open_project (copy, NULL);
  table = qonys_project_get_table (third, QONYS_RECORD_DWELLING);
  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 500);
  g_assert_cmpint (qonys_table_get_dataset_ids (table)[0], ==, 77);
}

/* Holes in the file are told, never read as fewer rows. */
static void
test_damaged (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gsize length;

  write_project (project, path);
  g_file_get_contents (path, &contents, &length, NULL);
  for (guint i = 0; i < 40; i++) {
    g_autofree char *damaged = g_memdup2 (contents, length);
    gsize page = (gsize)g_rand_int_range (rand, 1, (gint32)(length / 4096)) * 4096;
    g_autoptr (QonysProject) back = NULL;
    g_autoptr (GError) error = NULL;

    memset (damaged + page, i % 2 == 0 ? 0 : 0xFF, 4096);
    g_file_set_contents (path, damaged, (gssize)length, NULL);
    back = qonys_store_open_project (path, NULL, NULL, &error);
    g_assert_true ((back == NULL) == (error != NULL));
    for (guint type = 0; back != NULL && type < QONYS_N_RECORD_TYPES; type++)
      g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (back, type)), ==,
                        SUPPORT_N_ROWS);
  }
}

/* A reader and a writer at once, each on a thread of its own. */
static gpointer
read_in_thread (gpointer path)
{
  for (guint i = 0; i < 5; i++) {
    g_autoptr (QonysProject) project = open_project (path, NULL);

    g_assert_cmpuint (
        qonys_table_get_n_rows (qonys_project_get_table (project, QONYS_RECORD_DWELLING)), ==,
        SUPPORT_N_ROWS);
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  g_autofree char *other = g_build_filename (support_temp_dir (), "b.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  GThread *threads[2];

  write_project (project, path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_in_thread, path);
  for (guint i = 0; i < 3; i++) {
    write_project (project, other);
    write_project (project, path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/project-files/not-ours", test_not_ours);
  g_test_add_func ("/store/project-files/touched", test_touched);
  g_test_add_func ("/store/project-files/unused-rows", test_unused_rows);
  g_test_add_func ("/store/project-files/damaged", test_damaged);
  g_test_add_func ("/store/project-files/threads", test_threads);
  return g_test_run ();
}
