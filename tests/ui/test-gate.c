/* What the window lets through: addresses only in the official view, and that only for a purpose;
 * files, errors, exports. */

#include "ui-support.h"
#include "ui/audience.h"
#include "ui/info-bar.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static char *folder;

static void
test_public (void)
{
  g_autofree char *path = g_build_filename (folder, "addresses.geojson", NULL);
  const QonysBox nowhere = {0};

  ui_open_demo ();
  g_assert_false (ui_has_addresses ());
  qonys_session_export (ui_session (), "dwellings", &nowhere, path);
  ui_settle ();
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (
      ui_shows (GTK_WIDGET (ui_window ()), qonys_session_get_error (ui_session ())->message));
  qonys_session_set_error (ui_session (), NULL);
}

static GtkEditable *
find_entry (GtkWidget *widget)
{
  if (ADW_IS_ENTRY_ROW (widget))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkEditable *entry = find_entry (child);

    if (entry != NULL)
      return entry;
  }
  return NULL;
}

static void
activate_last_choice (GtkWidget *widget)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    activate_last_choice (child);
}

static void
test_official (void)
{
  GtkWindow *dialog;
  GtkEditable *purpose;

  ui_open_demo ();
  dialog = qonys_audience_ask (GTK_WINDOW (ui_window ()), ui_session ());
  purpose = find_entry (GTK_WIDGET (dialog));
  activate_last_choice (GTK_WIDGET (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  gtk_editable_set_text (purpose, "a look   ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  gtk_editable_set_text (purpose, "to find +7 701 123 45 67");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  gtk_editable_set_text (purpose, "check of overcrowded addresses");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpint (qonys_session_get_audience (ui_session ()), ==, QONYS_AUDIENCE_OFFICIAL);
  g_assert_true (ui_has_addresses ());
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "Official view"));

  /* Back without asking. */
  g_assert_null (qonys_audience_ask (GTK_WINDOW (ui_window ()), ui_session ()));
  ui_settle ();
  g_assert_cmpint (qonys_session_get_audience (ui_session ()), ==, QONYS_AUDIENCE_PUBLIC);
  g_assert_false (ui_has_addresses ());
}

static void
test_purpose_at_the_gate (void)
{
  ui_open_demo ();
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_OFFICIAL, "short");
  ui_settle ();
  g_assert_nonnull (qonys_session_get_error (ui_session ()));
  g_assert_cmpint (qonys_session_get_audience (ui_session ()), ==, QONYS_AUDIENCE_PUBLIC);
  g_assert_false (ui_has_addresses ());
  qonys_session_set_error (ui_session (), NULL);
}

static void
test_districts (void)
{
  g_autofree char *path = g_build_filename (folder, "districts.geojson", NULL);
  g_autofree char *picture = g_build_filename (folder, "map.png", NULL);
  QonysBox box;

  ui_open_demo ();
  box = qonys_districts_get_box (
      qonys_project_get_districts (qonys_session_get_project (ui_session ())));
  qonys_session_export (ui_session (), "districts", &box, path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  qonys_session_export (ui_session (), NULL, &box, picture);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));

  qonys_session_open (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (qonys_session_get_content (ui_session ())->districts->len, ==, 6);
  g_assert_true (qonys_project_is_synthetic (qonys_session_get_project (ui_session ())));
}

static void
close_reports (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

    if (GTK_WIDGET (window) != GTK_WIDGET (ui_window ()) && ADW_IS_WINDOW (window))
      gtk_window_destroy (window);
  }
}

/* A report asks nothing: the main window's actions are done from it too. */
static void
assert_report_lets_go_on (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_reports = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (gtk_window_get_transient_for (window) == NULL || gtk_window_get_modal (window))
      continue;
    n_reports++;
    g_assert_nonnull (gtk_window_get_application (window)); /* whose keys it obeys */
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.zoom-in", NULL));
  }
  g_assert_cmpuint (n_reports, ==, 1);
}

/* A district is missing from the file: the outlines are read, and the report says so. */
static void
test_incomplete_districts (void)
{
  g_autofree char *path = g_build_filename (folder, "districts.geojson", NULL);
  g_autofree char *fewer = g_build_filename (folder, "fewer.geojson", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean has_dropped = FALSE;
  guint n_windows;

  ui_open_demo ();
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (has_dropped || strstr (lines[i], "\"Feature\"") == NULL)
      g_string_append_printf (kept, "%s\n", lines[i]);
    else
      has_dropped = TRUE;
  g_assert_true (has_dropped);
  g_assert_true (g_file_set_contents (fewer, kept->str, -1, NULL));
  n_windows = g_list_model_get_n_items (windows);
  qonys_session_open_districts (ui_session (), fewer, NULL);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (g_list_model_get_n_items (windows), >, n_windows);
  close_reports ();
}

static void
test_project (void)
{
  g_autofree char *path = g_build_filename (folder, "kept.gpkg", NULL);
  gsize n_rows;

  ui_open_demo ();
  n_rows = qonys_table_get_n_rows (
      qonys_project_get_table (qonys_session_get_project (ui_session ()), QONYS_RECORD_DWELLING));
  qonys_session_save_as (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpstr (qonys_project_get_path (qonys_session_get_project (ui_session ())), ==, path);
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "kept"));

  qonys_session_new_project (ui_session ());
  ui_settle ();
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "No data loaded"));
  qonys_session_open (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (
                        qonys_session_get_project (ui_session ()), QONYS_RECORD_DWELLING)),
                    ==, n_rows);
}

static void
import (const char *path, QonysRecordType type)
{
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (type);

  qonys_session_import_by (ui_session (), path, recipe, NULL, FALSE, NULL, NULL, NULL);
  ui_settle ();
}

static void
test_import (void)
{
  g_autofree char *path = g_build_filename (folder, "operations.csv", NULL);
  g_autofree char *bad = g_build_filename (folder, "persons.csv", NULL);
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_windows;

  ui_open_demo ();
  g_assert_true (g_file_set_contents (path,
                                      "op_key,district,date_start,date_end,lon,lat\n"
                                      "x1,711510000,2023-05-02,2023-05-03,71.40,51.12\n"
                                      "x2,711510000,2023-05-02,no date,71.41,51.13\n",
                                      -1, NULL));
  n_windows = g_list_model_get_n_items (windows);
  import (path, QONYS_RECORD_OPERATION);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (g_list_model_get_n_items (windows), >, n_windows); /* the report is shown */
  assert_report_lets_go_on ();
  close_reports ();

  /* A person in the file: nothing comes in, and the bar says why. */
  g_assert_true (g_file_set_contents (bad, "dwelling_key,iin,district\nd1,991231300010,711510000\n",
                                      -1, NULL));
  import (bad, QONYS_RECORD_DWELLING);
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA);
  qonys_session_set_error (ui_session (), NULL);
}

static void
test_error (void)
{
  QonysProject *before;

  ui_open_demo ();
  before = qonys_session_get_project (ui_session ());
  qonys_session_open (ui_session (), "/nowhere/at-all.gpkg");
  ui_settle ();
  g_assert_nonnull (qonys_session_get_error (ui_session ()));
  g_assert_true (qonys_session_get_project (ui_session ()) == before); /* the old stays */
  qonys_session_set_error (ui_session (), NULL);
}

static void
test_cancel (void)
{
  QonysProject *before;

  ui_open_demo ();
  before = qonys_session_get_project (ui_session ());
  qonys_session_new_demo (ui_session (), 300000);
  g_assert_true (qonys_session_is_busy (ui_session ()));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "open"));
  qonys_job_cancel (qonys_session_get_job (ui_session ()));
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_true (qonys_session_get_project (ui_session ()) == before);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "open"));
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-ui-XXXXXX", NULL);
  g_test_add_func ("/ui/gate/public", test_public);
  g_test_add_func ("/ui/gate/official", test_official);
  g_test_add_func ("/ui/gate/purpose", test_purpose_at_the_gate);
  g_test_add_func ("/ui/gate/districts", test_districts);
  g_test_add_func ("/ui/gate/incomplete-districts", test_incomplete_districts);
  g_test_add_func ("/ui/gate/project", test_project);
  g_test_add_func ("/ui/gate/import", test_import);
  g_test_add_func ("/ui/gate/error", test_error);
  g_test_add_func ("/ui/gate/cancel", test_cancel);
  status = ui_run ();
  ui_remove_folder (folder);
  g_free (folder);
  return status;
}
