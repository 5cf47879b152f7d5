/* Projects on a disk that may only be read, open in a second program, of another version, cut off,
 * full of holes: each has its sentence and a safe way on. */

#include "store-plan.h"

#include "domain/workflow.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static void
edit_some (PlanFile *file, guint n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, file);
    g_autoptr (GError) error = NULL;

    plan_file_apply (file, edit, &error);
    g_assert_no_error (error);
  }
}

static void
expect_refused (PlanFile *file, QonysError code, const char *cure)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autoptr (QonysEdit) edit = make_random_edit (rand, file);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = hash_file (file->path), *after = NULL;

  g_assert_false (plan_file_apply (file, edit, &error));
  if (strstr (error->message, cure) == NULL)
    g_error ("“%s” does not say “%s”", error->message, cure);
  assert_code (&error, code);
  after = hash_file (file->path);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_readable (PlanFile *file, const char *want)
{
  g_autofree char *hash = NULL;

  plan_file_reopen (file);
  hash = qonys_plan_get_hash (file->plan);
  g_assert_cmpstr (hash, ==, want);
}

/* ---- read only ---- */

static void
test_read_only (gconstpointer is_wal)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *want = NULL, *folder = NULL, *copy = NULL;
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (GError) error = NULL;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 5, 1);
  want = qonys_plan_get_hash (file.plan);
  if (is_wal != NULL)
    run_sql (file.path, "PRAGMA journal_mode = WAL");
  folder = g_path_get_dirname (file.path);
  g_assert_cmpint (g_chmod (file.path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (geteuid () == 0) /* root may write anywhere */
    g_assert_cmpint (seteuid (NOBODY), ==, 0);

  assert_readable (&file, want);
  expect_refused (&file, QONYS_ERROR_PERMISSION, "Save a copy in another place");
  project = qonys_store_open_project (file.path, NULL, NULL, &error);
  g_assert_no_error (error);
  if (geteuid () == NOBODY)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);

  copy = g_strconcat (file.path, ".copy.gpkg", NULL); /* the way on */
  g_assert_true (qonys_store_write_project (project, copy, NULL, &error));
  g_free (file.path);
  file.path = g_steal_pointer (&copy);
  assert_readable (&file, want);
  edit_some (&file, 2, 2);
}

/* ---- others ---- */

/* A second program edits between: the first is told, reads again, and goes on. */
static void
test_second (void)
{
  g_auto (PlanFile) file = {0};
  gint64 last;
  int status;
  pid_t child;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 3, 1);
  last = qonys_history_get_last_number (file.history);
  child = fork ();
  if (child == 0) {
    edit_some (&file, 2, 77);
    _exit (0);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  expect_refused (&file, QONYS_ERROR_FAILED, "Somebody else changed this meanwhile");
  plan_file_reopen (&file);
  g_assert_cmpint (qonys_history_get_last_number (file.history), ==, last + 2);
  edit_some (&file, 2, 3);
}

/* QGIS makes one at a click; its triggers ask for functions. */
static void
test_spatial_index (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *want = NULL;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 5, 1);
  run_sql (file.path, "SELECT CreateSpatialIndex('problem_item', 'geom')");
  run_sql (file.path, "SELECT CreateSpatialIndex('annotation', 'geom')");
  edit_some (&file, 60, 2);
  want = qonys_plan_get_hash (file.plan);
  assert_readable (&file, want);
  g_assert_cmpint (
      query_sql (file.path, "SELECT COUNT(*) FROM rtree_problem_item_geom"), ==,
      query_sql (file.path, "SELECT COUNT(*) FROM problem_item WHERE geom IS NOT NULL"));
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM rtree_problem_item_geom"), >, 0);
}

/* ---- versions ---- */

static void
check_version (void (*make_older) (const char *path), gboolean has_journal)
{
  static const char VERSION[] = "SELECT value FROM setting WHERE key = 'schema_version'";
  g_auto (PlanFile) file = {0};
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *want = NULL;
  gint64 last;

  plan_file_init (&file, "city.gpkg");
  if (has_journal) {
    g_autoptr (QonysEdit) edit =
        qonys_workflow_set_status (file.plan, "3.3", "accepted", qonys_day_from_ymd (2024, 3, 1),
                                   "analyst", NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (plan_file_apply (&file, edit, &error));
  }
  last = qonys_history_get_last_number (file.history);
  make_older (file.path);
  before = hash_file (file.path);
  plan_file_reopen (&file);
  project = qonys_store_open_project (file.path, NULL, NULL, &error);
  g_assert_no_error (error);
  after = hash_file (file.path);
  g_assert_cmpstr (after, ==, before); /* looking changes nothing */
  g_assert_cmpuint (qonys_plan_get_entries (file.plan, QONYS_ENTRY_MEASURE)->len, ==, 15);
  g_assert_cmpint (qonys_history_get_last_number (file.history), ==, has_journal ? last : 0);

  edit_some (&file, 1, 1);
  g_assert_cmpint (query_sql (file.path, VERSION), ==, 4);
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM layer_styles"), ==, 11);
  g_assert_cmpint (
      query_sql (file.path, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'scene_id'"), ==, 1);
  edit_some (&file, 10, 2);
  want = qonys_plan_get_hash (file.plan);
  assert_readable (&file, want);
}

static void
test_version_1 (void)
{
  check_version (make_version_1, FALSE);
}

static void
test_version_2 (void)
{
  check_version (make_version_2, TRUE);
}

static void
test_version_3 (void)
{
  check_version (make_version_3, TRUE);
}

/* Half-made tables, as a power cut between making and filling them leaves them. */
static void
test_half_migrated (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *want = NULL;

  plan_file_init (&file, "city.gpkg");
  run_sql (file.path, "UPDATE setting SET value = '1' WHERE key = 'schema_version'");
  run_sql (file.path, "DROP TABLE journal");
  run_sql (file.path, "DROP TABLE entry_state");
  run_sql (file.path, "DELETE FROM measure");
  run_sql (file.path, "DELETE FROM scene");
  plan_file_reopen (&file);
  edit_some (&file, 5, 1);
  want = qonys_plan_get_hash (file.plan);
  assert_readable (&file, want);
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) >= 15 FROM measure"), ==, 1);
}

static void
test_newer (void)
{
  g_auto (PlanFile) file = {0};
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = NULL;

  plan_file_init (&file, "city.gpkg");
  run_sql (file.path, "UPDATE setting SET value = '99' WHERE key = 'schema_version'");
  g_assert_null (qonys_store_read_plan (file.path, &history, NULL, &error));
  assert_code (&error, QONYS_ERROR_NEWER);
  expect_refused (&file, QONYS_ERROR_NEWER, "Update the program");
  copy = g_strconcat (file.path, ".copy.gpkg", NULL);
  g_assert_false (qonys_store_recover (file.path, copy, NULL, &error));
  assert_code (&error, QONYS_ERROR_NEWER);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* ---- damage ---- */

static void
add_setting (PlanFile *file)
{
  g_autoptr (QonysEntry) entry =
      qonys_entry_new (QONYS_ENTRY_SETTING, "new", (const char *[]){"value"});
  g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.style", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, NULL, entry);
  plan_file_apply (file, edit, &error);
  g_assert_no_error (error);
}

/* Whatever was saved is as it was. Returns: how many entries were */
static guint
count_saved (const QonysPlan *original, const char *copy)
{
  g_auto (PlanFile) file = {.path = g_strdup (copy)};
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  plan_file_reopen (&file);
  project = qonys_store_open_project (copy, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query_sql (copy, "SELECT COUNT(*) FROM pragma_integrity_check WHERE "
                                    "integrity_check = 'ok'"),
                   ==, 1);
  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++) {
    const GPtrArray *entries = qonys_plan_get_entries (file.plan, kind);

    for (guint i = 0; i < entries->len; i++)
      n += qonys_entry_equal (
          entries->pdata[i],
          qonys_plan_find (original, kind, qonys_entry_get_id (entries->pdata[i])));
  }
  add_setting (&file); /* and goes on */
  return n;
}

static guint
count_entries (const QonysPlan *plan)
{
  guint n = 0;

  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++)
    n += qonys_plan_get_entries (plan, kind)->len;
  return n;
}

/* Saves what there is of damaged bytes. Returns: how many entries; none is an error with a
 * sentence */
static guint
recover (const PlanFile *file, const char *bytes, gsize length, GPtrArray *diagnostics)
{
  g_autofree char *damaged = g_strconcat (file->path, ".damaged.gpkg", NULL);
  g_autofree char *copy = g_strconcat (file->path, ".copy.gpkg", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_unlink (copy);
  g_assert_true (g_file_set_contents (damaged, bytes, (gssize)length, NULL));
  before = hash_file (damaged);
  ok = qonys_store_recover (damaged, copy, diagnostics, &error);
  after = hash_file (damaged);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (ok == (error == NULL));
  g_assert_true (ok == g_file_test (copy, G_FILE_TEST_EXISTS));
  if (!ok) {
    g_assert_nonnull (strstr (error->message, "."));
    assert_code (&error, QONYS_ERROR_FORMAT);
  }
  return ok ? count_saved (file->plan, copy) : 0;
}

static void
test_whole (void)
{
  g_auto (PlanFile) file = {0};
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autofree char *bytes = NULL;
  gsize length;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 50, 1);
  g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
  g_assert_cmpuint (recover (&file, bytes, length, diagnostics), ==, count_entries (file.plan));
  g_assert_cmpuint (diagnostics->len, ==, 0);
}

static void
test_cut_off (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *bytes = NULL;
  gsize length;
  guint n_all, n_best = 0;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 200, 1);
  n_all = count_entries (file.plan);
  g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
  for (guint i = 1; i < 16; i += 2) {
    g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
    g_autoptr (QonysHistory) history = NULL;
    g_autofree char *cut = g_strconcat (file.path, ".cut.gpkg", NULL);
    g_autoptr (GError) error = NULL;
    guint n;

    g_assert_true (g_file_set_contents (cut, bytes, (gssize)(length * i / 16), NULL));
    g_assert_null (qonys_store_read_plan (cut, &history, NULL, &error));
    assert_code (&error, QONYS_ERROR_FORMAT);
    n = recover (&file, bytes, length * i / 16, diagnostics);
    g_test_message ("%u/16 of the file: %u of %u entries saved", i, n, n_all);
    g_assert_cmpuint (diagnostics->len, >, 0);
    n_best = MAX (n_best, n);
  }
  g_assert_cmpuint (n_best, >, n_all / 2);
}

static void
test_holes (void)
{
  g_auto (PlanFile) file = {0};
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autofree char *bytes = NULL;
  guint n_all, n_saved = 0, n_whole = 0, n_runs = 0;
  gsize length;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 200, 1);
  n_all = count_entries (file.plan);
  g_assert_true (g_file_get_contents (file.path, &bytes, &length, NULL));
  for (gsize page = 1; page < length / 4096; page += 1 + length / 4096 / 20, n_runs++) {
    g_autofree char *damaged = g_memdup2 (bytes, length);
    guint n;

    memset (damaged + page * 4096, n_runs % 2 == 0 ? 0 : 0xFF, 4096);
    n = recover (&file, damaged, length, NULL);
    n_saved += n;
    n_whole += n == n_all;
  }
  g_test_message ("%u files with a page gone: %.1f %% of entries saved, all in %u", n_runs,
                  100.0 * n_saved / (n_all * n_runs), n_whole);
  g_assert_cmpuint (n_saved, >, n_all * n_runs * 9 / 10);
}

/* A power cut in the midst of a transaction, and then the disk may only be read. */
static void
test_hot_journal (void)
{
  static const char *const COMPANIONS[] = {"", "-journal"};
  g_auto (PlanFile) file = {0};
  g_autofree char *cut = NULL, *copy = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  plan_file_init (&file, "city.gpkg");
  edit_some (&file, 300, 1);
  cut = g_strconcat (file.path, ".cut.gpkg", NULL);
  copy = g_strconcat (file.path, ".copy.gpkg", NULL);
  g_assert_cmpint (sqlite3_open (file.path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database,
                                 "PRAGMA cache_size = 1; BEGIN; UPDATE journal SET subject = 'cut';"
                                 "DELETE FROM measure; DELETE FROM entry_state; UPDATE journal SET "
                                 "changes = changes || changes",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++) {
    g_autofree char *from = g_strconcat (file.path, COMPANIONS[i], NULL);
    g_autofree char *to = g_strconcat (cut, COMPANIONS[i], NULL);
    g_autofree char *bytes = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
    g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
  }
  sqlite3_close (database);
  g_assert_true (qonys_store_recover (cut, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_saved (file.plan, copy), ==, count_entries (file.plan));
  g_assert_cmpint (query_sql (copy, "SELECT COUNT(*) FROM journal WHERE subject = 'cut'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/trouble/read-only", NULL, test_read_only);
  g_test_add_data_func ("/store/trouble/read-only-wal", "wal", test_read_only);
  g_test_add_func ("/store/trouble/second", test_second);
  g_test_add_func ("/store/trouble/spatial-index", test_spatial_index);
  g_test_add_func ("/store/trouble/version-1", test_version_1);
  g_test_add_func ("/store/trouble/version-2", test_version_2);
  g_test_add_func ("/store/trouble/version-3", test_version_3);
  g_test_add_func ("/store/trouble/half-migrated", test_half_migrated);
  g_test_add_func ("/store/trouble/newer", test_newer);
  g_test_add_func ("/store/trouble/whole", test_whole);
  g_test_add_func ("/store/trouble/cut-off", test_cut_off);
  g_test_add_func ("/store/trouble/holes", test_holes);
  g_test_add_func ("/store/trouble/hot-journal", test_hot_journal);
  return g_test_run ();
}
