/* Files in trouble, in the window: what may only be read, what a newer program wrote, what was cut
 * off, what is gone or locked for a while, what another program writes into meanwhile. */

#include "domain/version.h"
#include "store/store.h"
#include "ui-support.h"
#include <adwaita.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static char *folder;

static char *
make_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
is_on_disk (void)
{
  return !qonys_session_has_pending_edits (ui_session ()) && ui_is_settled ();
}

static void
make_project (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);

  g_assert_no_error (error);
  g_assert_true (qonys_store_write_project (project, path, NULL, &error));
  g_assert_no_error (error);
}

static QonysEdit *
make_edit (const QonysHistory *history, QonysPlan *plan, const char *title)
{
  g_autoptr (GError) error = NULL;
  QonysEdit *edit = qonys_version_make_add (plan, history, title, NULL, &error);

  g_assert_no_error (error);
  return edit;
}

static guint
count_versions (void)
{
  return qonys_plan_get_entries (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_VERSION)->len;
}

static void
open_file (const char *path)
{
  qonys_session_open (ui_session (), path);
  ui_settle ();
}

static GtkWidget *
find_button (const char *title)
{
  GtkWidget *button = ui_find (GTK_WIDGET (ui_window ()), GTK_TYPE_BUTTON, title);

  return button != NULL && gtk_widget_get_mapped (button) ? button : NULL;
}

static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window; /* GTK keeps it */
  }
  return NULL;
}

/* The first edit asks for a copy, and is made in it. */
static void
test_read_only (void)
{
  g_autofree char *path = make_path ("read-only.gpkg"), *copy = make_path ("copy.gpkg");
  g_autoptr (QonysEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *question;

  make_project (path);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  open_file (path);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_true (qonys_session_is_read_only (ui_session ()));
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), qonys_session_get_trouble (ui_session ())));
  g_assert_nonnull (find_button ("Save a copy…"));

  edit = make_edit (qonys_session_get_history (ui_session ()),
                    qonys_session_get_plan (ui_session ()), "Spring");
  g_assert_false (qonys_session_edit (ui_session (), edit, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_PERMISSION);
  g_assert_cmpuint (count_versions (), ==, 0);
  question = find_question ();
  g_assert_nonnull (question);
  gtk_window_destroy (question); /* the file chooser is the desktop's */
  qonys_session_save_as (ui_session (), copy);
  ui_wait (is_on_disk);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_false (qonys_session_is_read_only (ui_session ()));
  g_assert_null (find_button ("Save a copy…"));
  g_assert_cmpuint (count_versions (), ==, 1);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
test_newer (void)
{
  g_autofree char *path = make_path ("newer.gpkg");

  make_project (path);
  run_sql (path, "UPDATE setting SET value = '99' WHERE key = 'schema_version'");
  open_file (path);
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_NEWER);
  g_assert_null (find_button ("Recover into a copy…"));
}

static void
test_cut_off (void)
{
  g_autofree char *path = make_path ("cut.gpkg"), *copy = make_path ("recovered.gpkg");
  struct stat info;

  make_project (path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (truncate (path, info.st_size * 3 / 4 / 4096 * 4096), ==, 0);
  open_file (path);
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_DAMAGED);
  g_assert_nonnull (find_button ("Recover into a copy…"));
  qonys_session_recover (ui_session (), copy);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpstr (qonys_project_get_path (qonys_session_get_project (ui_session ())), ==, copy);
  g_assert_null (find_button ("Recover into a copy…"));
}

/* A second program: the same store, another history. */
static void
write_beside (const char *path, const char *title)
{
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysPlan) plan = qonys_store_read_plan (path, &history, NULL, &error);
  g_autoptr (QonysEdit) edit = NULL;

  g_assert_no_error (error);
  edit = make_edit (history, plan, title);
  g_assert_true (
      qonys_store_apply_edit (path, edit, qonys_history_get_last_number (history), &error));
  g_assert_no_error (error);
}

static gboolean
has_one_version (void)
{
  return count_versions () == 1;
}

static void
test_second_program (void)
{
  g_autofree char *path = make_path ("shared.gpkg");
  g_autoptr (QonysEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  make_project (path);
  open_file (path);
  write_beside (path, "Spring");
  ui_wait (has_one_version); /* picked up */

  edit = make_edit (qonys_session_get_history (ui_session ()),
                    qonys_session_get_plan (ui_session ()), "Autumn");
  write_beside (path, "Winter"); /* and we do not know yet */
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
  ui_wait (is_on_disk);
  g_assert_nonnull (qonys_session_get_error (ui_session ()));
  g_assert_nonnull (strstr (qonys_session_get_error (ui_session ())->message, "meanwhile"));
  g_assert_cmpuint (count_versions (), ==, 2); /* Spring, Winter */
}

static gboolean
is_in_trouble (void)
{
  return qonys_session_get_trouble (ui_session ()) != NULL && find_button ("Save a copy…") != NULL;
}

static gboolean
is_out_of_trouble (void)
{
  return qonys_session_get_trouble (ui_session ()) == NULL && is_on_disk ();
}

/* What the bar says, and that nothing is taken back. */
static void
expect_trouble (const char *words, guint n_versions)
{
  const char *sentence;

  ui_wait (is_in_trouble);
  sentence = qonys_session_get_trouble (ui_session ());
  g_assert_nonnull (strstr (sentence, words));
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), sentence));
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (count_versions (), ==, n_versions);
  g_assert_true (qonys_session_has_pending_edits (ui_session ()));
  g_assert_true (qonys_session_is_unsaved (ui_session ()));
}

static void
add_version (const char *title)
{
  g_autoptr (QonysEdit) edit = make_edit (qonys_session_get_history (ui_session ()),
                                          qonys_session_get_plan (ui_session ()), title);
  g_autoptr (GError) error = NULL;

  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
}

/* What the file holds is what the window shows. */
static void
assert_stored (const char *path, guint n_versions)
{
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysPlan) plan = qonys_store_read_plan (path, &history, NULL, &error);
  g_autofree char *own = qonys_plan_get_hash (qonys_session_get_plan (ui_session ()));
  g_autofree char *stored = NULL;

  g_assert_no_error (error);
  stored = qonys_plan_get_hash (plan);
  g_assert_cmpstr (stored, ==, own);
  g_assert_cmpuint (qonys_plan_get_entries (plan, QONYS_ENTRY_VERSION)->len, ==, n_versions);
  g_assert_cmpint (qonys_history_get_last_number (history), ==,
                   qonys_history_get_last_number (qonys_session_get_history (ui_session ())));
}

/* A stick that is pulled out: changes wait, and are written when it is back. */
static void
test_gone (void)
{
  g_autofree char *stick = make_path ("stick"), *away = make_path ("away");
  g_autofree char *path = g_build_filename (stick, "project.gpkg", NULL);

  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  make_project (path);
  open_file (path);
  add_version ("Spring");
  ui_wait (is_on_disk);
  g_assert_false (is_in_trouble ());

  g_assert_cmpint (g_rename (stick, away), ==, 0);
  add_version ("Summer");
  expect_trouble ("is gone", 2);
  add_version ("Autumn");
  expect_trouble ("is gone", 3);
  qonys_session_new_project (ui_session ()); /* would lose them */
  g_assert_nonnull (strstr (qonys_session_get_error (ui_session ())->message, "Save a copy first"));
  qonys_session_set_error (ui_session (), NULL);

  g_assert_cmpint (g_rename (away, stick), ==, 0);
  ui_wait (is_out_of_trouble);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_null (find_button ("Save a copy…"));
  assert_stored (path, 3);
}

/* The same, and one goes on in a copy, which has all of it. */
static void
test_gone_for_good (void)
{
  g_autofree char *stick = make_path ("stick"), *away = make_path ("away for good");
  g_autofree char *path = g_build_filename (stick, "project.gpkg", NULL);
  g_autofree char *aside = make_path ("aside.gpkg"), *copy = make_path ("saved.gpkg");

  open_file (path);
  g_assert_cmpint (g_rename (stick, away), ==, 0);
  add_version ("Winter");
  expect_trouble ("is gone", 4);
  qonys_session_save_copy (ui_session (), aside);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  assert_stored (aside, 4);
  expect_trouble ("is gone", 4);

  qonys_session_save_as (ui_session (), copy);
  ui_wait (is_out_of_trouble);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpstr (qonys_project_get_path (qonys_session_get_project (ui_session ())), ==, copy);
  assert_stored (copy, 4);
  add_version ("Another spring");
  ui_wait (is_on_disk);
  assert_stored (copy, 5);
}

/* Another program has the file for itself: the change waits until it is free. */
static void
test_locked (gconstpointer how)
{
  g_autofree char *path = make_path ("locked.gpkg");
  sqlite3 *other;

  make_project (path);
  open_file (path);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, how, NULL, NULL, NULL), ==, SQLITE_OK);
  add_version ("Spring");
  add_version ("Summer");
  expect_trouble ("in use by another program", 2);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  ui_wait (is_out_of_trouble);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  assert_stored (path, 2);
}

/* Who is root may write everything: the tests run as nobody, who must reach the display. */
static void
become_nobody (void)
{
  const char *authority = g_getenv ("XAUTHORITY");
  g_autofree char *beside = authority != NULL ? g_path_get_dirname (authority) : NULL;

  if (geteuid () != 0)
    return;
  if (authority != NULL && strstr (authority, "xvfb-run") != NULL &&
      (chown (authority, NOBODY, NOBODY) != 0 || chown (beside, NOBODY, NOBODY) != 0))
    exit (1);
  if (setgid (NOBODY) != 0 || setuid (NOBODY) != 0)
    exit (1);
}

int
main (int argc, char **argv)
{
  int status;

  become_nobody ();
  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-trouble-XXXXXX", NULL);
  g_test_add_func ("/ui/file-trouble/read-only", test_read_only);
  g_test_add_func ("/ui/file-trouble/newer", test_newer);
  g_test_add_func ("/ui/file-trouble/cut-off", test_cut_off);
  g_test_add_func ("/ui/file-trouble/second-program", test_second_program);
  g_test_add_func ("/ui/file-trouble/gone", test_gone);
  g_test_add_func ("/ui/file-trouble/gone-for-good", test_gone_for_good);
  g_test_add_data_func ("/ui/file-trouble/locked", "BEGIN EXCLUSIVE", test_locked);
  g_test_add_data_func ("/ui/file-trouble/being-written", "BEGIN IMMEDIATE", test_locked);
  status = ui_run ();
  ui_remove_folder (folder);
  g_free (folder);
  return status;
}
