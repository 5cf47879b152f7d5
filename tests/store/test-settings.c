/* Projects whose plan sets a norm and takes datasets out of use: opened, counted, copied; no row is
 * lost by it. */

#include "domain/setting.h"
#include "store-plan.h"
#include <glib/gstdio.h>

static void
set (PlanFile *file, const char *key, const char *value)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.norm", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_set (edit, file->plan, key, value);
  plan_file_apply (file, edit, &error);
  g_assert_no_error (error);
}

static gsize
count (QonysProject *project, QonysRecordType type)
{
  return qonys_table_get_n_rows (qonys_project_get_table (project, type));
}

static void
test_norm (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysProject) opened = NULL, back = NULL;
  g_autofree char *value = NULL;

  plan_file_init (&file, "norm.gpkg");
  set (&file, QONYS_SETTING_NORM, "m2=18.5;area=living");
  opened = open_project (file.path, NULL);
  g_assert_cmpfloat (qonys_project_get_norm (opened)->norm_m2, ==, 18.5);
  g_assert_cmpint (qonys_project_get_norm (opened)->area_kind, ==, QONYS_AREA_LIVING);
  g_assert_cmpfloat (qonys_project_get_base_norm (opened)->norm_m2, ==, 15);
  value = qonys_store_read_setting (file.path, QONYS_SETTING_NORM);
  g_assert_cmpstr (value, ==, "m2=18.5;area=living");
  g_assert_null (qonys_store_read_setting (file.path, "no such"));
  g_assert_null (qonys_store_read_setting ("no such file", QONYS_SETTING_NORM));

  /* A copy has both: the norm in force and the one to go back to. */
  write_project (opened, file.path);
  plan_file_reopen (&file);
  set (&file, QONYS_SETTING_NORM, NULL);
  back = open_project (file.path, NULL);
  g_assert_cmpfloat (qonys_project_get_norm (back)->norm_m2, ==, 15);
}

/* A file of other rows and of strange settings opens all the same. */
static void
test_strange (void)
{
  g_auto (PlanFile) file = {NULL};
  g_autoptr (QonysProject) opened = NULL, first = NULL;

  plan_file_init (&file, "strange.gpkg");
  set (&file, QONYS_SETTING_NORM, "m2=900");
  set (&file, "withdrawn:77", "1");
  set (&file, "withdrawn:", "1");
  opened = open_project (file.path, NULL);
  g_assert_cmpfloat (qonys_project_get_norm (opened)->norm_m2, ==, 15);
  make_version_1 (file.path);
  first = open_project (file.path, NULL);
  g_assert_nonnull (first);
  g_assert_null (qonys_store_read_setting (file.path, QONYS_SETTING_NORM));
}

static void
assert_has_no_operations (QonysProject *project)
{
  const QonysDataset *dataset = qonys_project_get_datasets (project)->pdata[QONYS_RECORD_OPERATION];

  g_assert_cmpint (dataset->type, ==, QONYS_RECORD_OPERATION);
  g_assert_true (dataset->is_withdrawn);
  g_assert_cmpuint (count (project, QONYS_RECORD_OPERATION), ==, 0);
  g_assert_cmpuint (count (project, QONYS_RECORD_DWELLING), ==, SUPPORT_N_ROWS);
}

static void
test_withdrawn (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "withdrawn.gpkg", NULL);
  g_autofree char *copy = g_build_filename (support_temp_dir (), "copy.gpkg", NULL);
  g_auto (PlanFile) file = {.path = g_strdup (path)};
  g_autofree char *key = qonys_setting_get_withdrawn_key (QONYS_RECORD_OPERATION + 1);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) opened = NULL, copied = NULL, back = NULL;

  write_project (project, path);
  plan_file_reopen (&file);
  set (&file, key, "1");
  opened = open_project (path, NULL);
  assert_has_no_operations (opened);
  g_assert_cmpint (query_sql (path, "SELECT COUNT(*) FROM operation"), ==, SUPPORT_N_ROWS);

  write_project (opened, copy);
  copied = open_project (copy, NULL);
  assert_has_no_operations (copied);
  g_assert_cmpint (query_sql (copy, "SELECT COUNT(*) FROM operation"), ==, SUPPORT_N_ROWS);

  set (&file, key, NULL);
  back = open_project (path, NULL);
  assert_same_projects (back, project);
}

/* In memory and from the file: out of use and back again is as it was. */
static void
assert_there_and_back (QonysProject *project)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  const gint32 id = QONYS_RECORD_OPERATION + 1;
  g_autoptr (QonysProject) without = NULL, back = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, id);
  without = qonys_store_set_withdrawn (project, ids, NULL, &error);
  g_assert_no_error (error);
  assert_has_no_operations (without);
  g_array_set_size (ids, 0);
  back = qonys_store_set_withdrawn (without, ids, NULL, &error);
  g_assert_no_error (error);
  assert_same_projects (back, project);
}

static void
test_there_and_back (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "there.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) opened = NULL;

  assert_there_and_back (project);
  write_project (project, path);
  opened = open_project (path, NULL);
  assert_there_and_back (opened);
}

/* Rows that are out of use are saved with the project all the same. */
static void
test_saved_unused (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "unused.gpkg", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) without = NULL, back = NULL;
  const gint32 id = QONYS_RECORD_OPERATION + 1;

  g_array_append_val (ids, id);
  without = qonys_store_set_withdrawn (project, ids, NULL, NULL);
  write_project (without, path);
  back = open_project (path, NULL); /* without the setting, which its plan has not yet */
  assert_same_projects (back, project);
}

/* The file is gone: the copy has what memory has, and what it has not is said. */
static void
test_copy_of_gone (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "gone.gpkg", NULL);
  g_autofree char *copy = g_build_filename (support_temp_dir (), "copy.gpkg", NULL);
  g_autofree char *key = qonys_setting_get_withdrawn_key (QONYS_RECORD_OPERATION + 1);
  g_auto (PlanFile) file = {.path = g_strdup (path)};
  g_auto (PlanFile) copied = {.path = g_strdup (copy)};
  g_autoptr (GPtrArray) notes = qonys_diagnostics_new ();
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) opened = NULL, back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  write_project (project, path);
  plan_file_reopen (&file);
  set (&file, key, "1");
  set (&file, QONYS_SETTING_STATISTIC, "none");
  opened = open_project (path, NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (qonys_store_write_copy (opened, file.plan, qonys_history_get_edits (file.history),
                                         copy, notes, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 2);
  back = open_project (copy, NULL);
  assert_has_no_operations (back);
  assert_same_tables (qonys_project_get_table (opened, QONYS_RECORD_DWELLING),
                      qonys_project_get_table (back, QONYS_RECORD_DWELLING));
  g_assert_cmpuint (qonys_project_get_datasets (back)->len, ==,
                    qonys_project_get_datasets (opened)->len);
  plan_file_reopen (&copied);
  before = qonys_plan_get_hash (file.plan);
  after = qonys_plan_get_hash (copied.plan);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (qonys_history_get_last_number (copied.history), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/settings/norm", test_norm);
  g_test_add_func ("/store/settings/strange", test_strange);
  g_test_add_func ("/store/settings/withdrawn", test_withdrawn);
  g_test_add_func ("/store/settings/there-and-back", test_there_and_back);
  g_test_add_func ("/store/settings/saved-unused", test_saved_unused);
  g_test_add_func ("/store/settings/copy-of-gone", test_copy_of_gone);
  return g_test_run ();
}
