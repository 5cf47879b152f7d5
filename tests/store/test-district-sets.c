/* Outlines that were replaced: undone, done again, to the byte, whoever opens the file between; no
 * row of them is lost by a copy, another program or edits of any other kind. */

#include "store-plan.h"

#include "domain/setting.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define NOBODY 65534

static void
use (PlanFile *file, guint set)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new ("data.districts", "some.geojson", NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_set_districts (edit, file->plan, set);
  plan_file_apply (file, edit, &error);
  g_assert_no_error (error);
}

static void
step (PlanFile *file, gboolean is_undo)
{
  g_autoptr (QonysEdit) edit =
      is_undo ? qonys_history_make_undo (file->history) : qonys_history_make_redo (file->history);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (edit);
  plan_file_apply (file, edit, &error);
  g_assert_no_error (error);
}

/* How many outlines the project shows that are none of the bundle's. */
static guint
count_given (const char *path)
{
  g_autoptr (QonysProject) project = open_project (path, NULL);
  QonysDistricts *districts = qonys_project_get_districts (project);
  guint n = 0;

  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 7);
  for (guint i = 0; i < 7; i++)
    n += !qonys_districts_get (districts, i)->is_schematic;
  return n;
}

static void
test_undo_redo (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autofree char *first = NULL, *last = NULL, *now = NULL;

  plan_file_init (&file, "city.gpkg");
  first = qonys_plan_get_hash (file.plan);
  plan_file_add_districts (&file);
  assert_districts (&file); /* nobody uses them yet */
  use (&file, 1);
  plan_file_add_districts (&file);
  use (&file, 2);
  last = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (file.outlines->pdata[1], !=, file.outlines->pdata[2]);
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM journal"), ==, 2);
  for (guint round = 0; round < 2; round++) {
    for (guint i = 0; i < 3; i++) {
      plan_file_reopen (&file);
      g_assert_cmpuint (qonys_plan_get_district_set (file.plan), ==, 2 - i);
      assert_districts (&file);
      g_assert_cmpuint (count_given (file.path), ==, i < 2 ? 2 : 0);
      if (i < 2)
        step (&file, TRUE);
    }
    g_clear_pointer (&now, g_free);
    now = qonys_plan_get_hash (file.plan);
    g_assert_cmpstr (now, ==, first);
    for (guint i = 0; i < 2; i++) {
      step (&file, FALSE);
      assert_districts (&file);
    }
    g_clear_pointer (&now, g_free);
    now = qonys_plan_get_hash (file.plan);
    g_assert_cmpstr (now, ==, last);
  }
  assert_journal (&file, first);
}

/* Programs read from the table of contents where to look. */
static void
test_extent (void)
{
  g_auto (PlanFile) file = {NULL};
  gint64 first;

  plan_file_init (&file, "city.gpkg");
  first = query_sql (file.path, "SELECT CAST (min_x * 1e9 AS INTEGER) FROM gpkg_contents WHERE "
                                "table_name = 'district'");
  g_assert_cmpint (first, >, 0);
  plan_file_add_districts (&file);
  use (&file, 1);
  step (&file, TRUE);
  g_assert_cmpint (query_sql (file.path, "SELECT CAST (min_x * 1e9 AS INTEGER) FROM gpkg_contents "
                                         "WHERE table_name = 'district'"),
                   ==, first);
  g_assert_cmpint (query_sql (file.path, "SELECT feature_count = 7 FROM gpkg_ogr_contents WHERE "
                                         "table_name = 'district'"),
                   ==, 1);
}

/* A border moved in QGIS goes away and comes back with the outlines it belongs to. */
static void
test_moved_border (void)
{
  g_auto (PlanFile) file = {NULL};

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  use (&file, 1);
  run_sql (file.path, "UPDATE district SET name_kk = 'X' WHERE fid = 1");
  step (&file, TRUE);
  assert_districts (&file);
  step (&file, FALSE);
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM district WHERE name_kk = 'X'"), ==,
                   1);
}

/* An edit that goes on with the last one says what was before both, but not what is there now. */
static void
test_merged (void)
{
  g_auto (PlanFile) file = {NULL};

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  plan_file_add_districts (&file);
  for (guint set = 1; set <= 2; set++) {
    g_autoptr (QonysEdit) edit = qonys_edit_new ("data.districts", NULL, NULL, "districts");
    g_autoptr (QonysEdit) numbered = NULL;
    g_autoptr (GError) error = NULL;

    qonys_edit_set_districts (edit, file.plan, set);
    numbered = number_edit (&file, edit);
    qonys_store_apply_edit (file.path, numbered, qonys_history_get_last_number (file.history),
                            &error);
    g_assert_no_error (error);
    plan_file_reopen (&file);
    assert_districts (&file);
  }
  g_assert_cmpint (qonys_history_get_last_number (file.history), ==, 1);
  step (&file, TRUE);
  assert_districts (&file);
  use (&file, 1);
  assert_districts (&file);
}

/* Another program sets the setting itself: the layer follows when that is found. */
static void
test_external (void)
{
  g_auto (PlanFile) file = {NULL};

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  use (&file, 1);
  run_sql (file.path, "DELETE FROM plan_setting WHERE id = 'districts'");
  plan_file_reopen (&file);
  assert_districts (&file);
  step (&file, TRUE);
  g_assert_cmpuint (qonys_plan_get_district_set (file.plan), ==, 1);
  assert_districts (&file);
}

/* A copy has all of them, those in use by the plan, whatever is being shown. */
static void
test_copy (void)
{
  g_auto (PlanFile) file = {NULL}, copy = {NULL};
  g_autoptr (QonysProject) shown = NULL, back = NULL, opened = NULL;
  g_autoptr (GError) error = NULL;

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  use (&file, 1);
  opened = open_project (file.path, NULL);
  shown = qonys_store_set_districts (opened, 0, &error);
  g_assert_no_error (error);
  copy.path = g_build_filename (support_temp_dir (), "copy.gpkg", NULL);
  write_project (shown, copy.path);
  plan_file_reopen (&copy);
  g_assert_cmpuint (count_given (copy.path), ==, 2);
  step (&copy, TRUE);
  g_assert_cmpuint (count_given (copy.path), ==, 0);
  step (&copy, FALSE);
  back = open_project (copy.path, NULL);
  assert_same_projects (opened, back);
  g_assert_cmpuint (qonys_project_get_district_sets (back)->len, ==, 2);
}

/* Without a file they are kept in memory, and in the file once there is one. */
static void
test_memory (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysProject) project = make_project (), next = NULL, first = NULL, back = NULL;
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (NULL);
  g_autoptr (GError) error = NULL;

  next = qonys_store_add_districts (project, districts, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qonys_project_get_district_set (next), ==, 1);
  first = qonys_store_set_districts (next, 0, &error);
  g_assert_no_error (error);
  g_assert_true (qonys_project_get_districts (first) == qonys_project_get_districts (project));
  g_assert_null (qonys_store_set_districts (next, 2, &error));
  assert_code (&error, QONYS_ERROR_FAILED);
  file.path = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  write_project (next, file.path);
  back = open_project (file.path, NULL);
  g_assert_cmpuint (qonys_project_get_district_set (back), ==, 0);
  g_assert_cmpuint (qonys_project_get_district_sets (back)->len, ==, 2);
}

/* A second program puts others there: neither's are lost, and each is found by its number. */
static void
test_two_programs (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysProject) mine = NULL, seen = NULL;
  g_autoptr (GError) error = NULL;

  plan_file_init (&file, "city.gpkg");
  mine = open_project (file.path, NULL);
  plan_file_add_districts (&file);
  plan_file_add_districts (&file);
  use (&file, 2);
  seen = qonys_store_set_districts (mine, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qonys_project_get_district_sets (seen)->len, ==, 3);
  {
    g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (NULL);
    g_autoptr (QonysProject) next = qonys_store_add_districts (mine, districts, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (qonys_project_get_district_set (next), ==, 3);
  }
}

/* Of one that is locked, or may only be read, a sentence says so and nothing is changed. */
static void
test_refused (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (NULL);
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *folder = NULL;
  sqlite3 *other;

  plan_file_init (&file, "city.gpkg");
  project = open_project (file.path, NULL);
  before = hash_file (file.path);
  g_assert_cmpint (sqlite3_open (file.path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_null (qonys_store_add_districts (project, districts, NULL, &error));
  assert_code (&error, QONYS_ERROR_LOCKED);
  sqlite3_close (other);

  folder = g_path_get_dirname (file.path);
  g_chmod (file.path, 0444);
  g_chmod (folder, 0555);
  if (geteuid () == 0) /* root may write anywhere */
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  g_assert_null (qonys_store_add_districts (project, districts, NULL, &error));
  if (geteuid () == NOBODY)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (folder, 0755);
  assert_code (&error, QONYS_ERROR_PERMISSION);
  after = hash_file (file.path);
  g_assert_cmpstr (after, ==, before);
}

/* What a damaged file has lost of them leaves those it shows. */
static void
test_lost (void)
{
  g_auto (PlanFile) file = {NULL};

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  use (&file, 1);
  run_sql (file.path, "DELETE FROM district_kept WHERE set_id = 0");
  g_assert_cmpuint (count_given (file.path), ==, 2);
  step (&file, TRUE);
  g_assert_cmpuint (count_given (file.path), ==, 2);
}

static void
test_recovered (void)
{
  g_auto (PlanFile) file = {NULL}, copy = {NULL};
  g_autoptr (GError) error = NULL;

  plan_file_init (&file, "city.gpkg");
  plan_file_add_districts (&file);
  use (&file, 1);
  copy.path = g_build_filename (support_temp_dir (), "recovered.gpkg", NULL);
  qonys_store_recover (file.path, copy.path, NULL, &error);
  g_assert_no_error (error);
  plan_file_reopen (&copy);
  copy.outlines = g_ptr_array_ref (file.outlines);
  assert_districts (&copy);
  step (&copy, TRUE);
  assert_districts (&copy);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20241124);
  g_auto (PlanFile) file = {NULL};
  g_autofree char *first = NULL, *last = NULL, *now = NULL;
  guint n_undone = 0, n_replaced = 0;

  plan_file_init (&file, "city.gpkg");
  first = qonys_plan_get_hash (file.plan);
  for (guint i = 0; i < 150; i++) {
    g_autoptr (QonysEdit) edit = NULL;
    g_autoptr (QonysEdit) numbered = NULL;
    g_autoptr (QonysPlan) next = NULL;
    g_autoptr (GError) error = NULL;
    guint set = qonys_plan_get_district_set (file.plan);

    if (i % 30 == 0)
      plan_file_add_districts (&file);
    edit = make_random_edit (rand, &file);
    numbered = number_edit (&file, edit);
    next = qonys_plan_apply (file.plan, edit, &error);
    g_assert_no_error (error);
    qonys_store_apply_edit (file.path, numbered, qonys_history_get_last_number (file.history),
                            &error);
    g_assert_no_error (error);
    qonys_history_add (file.history, numbered);
    qonys_plan_unref (file.plan);
    file.plan = g_steal_pointer (&next);
    assert_districts (&file);
    n_replaced += set != qonys_plan_get_district_set (file.plan);
    if (i % 40 == 0)
      plan_file_reopen (&file);
  }
  g_assert_cmpuint (n_replaced, >, 10);
  assert_journal (&file, first);
  last = qonys_plan_get_hash (file.plan);
  for (; qonys_history_get_undo (file.history) != NULL; n_undone++) {
    step (&file, TRUE);
    assert_districts (&file);
  }
  now = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (now, ==, first);
  plan_file_reopen (&file);
  for (; n_undone > 0; n_undone--)
    step (&file, FALSE);
  assert_districts (&file);
  g_clear_pointer (&now, g_free);
  now = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (now, ==, last);
}

/* Real ones, of some thousand vertices. */
static void
test_shared (void)
{
  const char *folder = support_shared_dir ();
  g_autofree char *source = folder == NULL
                                ? NULL
                                : g_build_filename (folder, "data", "astana-districts-osm",
                                                    "astana_districts_osm.geojson", NULL);
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysDistricts) districts = NULL;
  g_autoptr (QonysProject) project = NULL, next = NULL, back = NULL;
  g_autoptr (GError) error = NULL;

  if (source == NULL) {
    g_test_skip (SUPPORT_NO_SHARED);
    return;
  }
  plan_file_init (&file, "city.gpkg");
  project = open_project (file.path, NULL);
  districts = qonys_store_read_districts (source, NULL, QONYS_DAY_MISSING, NULL, NULL, &error);
  g_assert_no_error (error);
  next = qonys_store_add_districts (project, districts, NULL, &error);
  g_assert_no_error (error);
  use (&file, 1);
  back = open_project (file.path, NULL);
  assert_same_projects (next, back);
  step (&file, TRUE);
  assert_districts (&file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/district-sets/undo-redo", test_undo_redo);
  g_test_add_func ("/store/district-sets/extent", test_extent);
  g_test_add_func ("/store/district-sets/moved-border", test_moved_border);
  g_test_add_func ("/store/district-sets/merged", test_merged);
  g_test_add_func ("/store/district-sets/external", test_external);
  g_test_add_func ("/store/district-sets/copy", test_copy);
  g_test_add_func ("/store/district-sets/memory", test_memory);
  g_test_add_func ("/store/district-sets/two-programs", test_two_programs);
  g_test_add_func ("/store/district-sets/refused", test_refused);
  g_test_add_func ("/store/district-sets/lost", test_lost);
  g_test_add_func ("/store/district-sets/recovered", test_recovered);
  g_test_add_func ("/store/district-sets/random", test_random);
  g_test_add_func ("/store/district-sets/shared", test_shared);
  return g_test_run ();
}
