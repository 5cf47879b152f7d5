/* Named states in the window: naming by the form, undo, comparing, going to what changed; a copy
 * leaves one where one is. */

#include "domain/workflow.h"
#include "ui-support.h"
#include "ui/panel.h"
#include "ui/versions-dialog.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static gboolean
is_on_disk (void)
{
  return !qonys_session_has_pending_edits (ui_session ()) && ui_is_settled ();
}

static guint
count_versions (void)
{
  return qonys_plan_get_entries (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_VERSION)->len;
}

static void
name_state (const char *title)
{
  GtkWindow *dialog = qonys_ask_version (GTK_WINDOW (ui_window ()), ui_session ());
  GtkWidget *row = ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Name of the version");

  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  gtk_editable_set_text (GTK_EDITABLE (row), title);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  ui_wait (is_on_disk);
}

static void
accept_measure (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysEdit) edit =
      qonys_workflow_set_status (qonys_session_get_plan (ui_session ()), id, "accepted",
                                 qonys_day_today (), "secretary", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
  ui_wait (is_on_disk);
}

static GtkWidget *
find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
      return GTK_WIDGET (window); /* GTK keeps it */
  }
  return NULL;
}

static void
compare (void)
{
  GtkWindow *dialog;
  GtkWidget *page, *list;

  ui_open_demo ();
  name_state ("Before the session");
  g_assert_cmpuint (count_versions (), ==, 1);
  qonys_session_undo (ui_session ());
  g_assert_cmpuint (count_versions (), ==, 0);
  qonys_session_redo (ui_session ());
  g_assert_cmpuint (count_versions (), ==, 1);
  accept_measure ("2.1");

  dialog = qonys_versions_dialog_show (GTK_WINDOW (ui_window ()), ui_session ());
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Before the session"));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Compare"), "clicked");
  ui_settle ();
  page = find_window ("What has changed");
  g_assert_nonnull (page);
  g_assert_null (find_window ("Versions"));
  g_assert_true (ui_shows (page, "● Changed"));
  g_assert_true (ui_shows (page, "Akimat of the city of Astana"));
  list = ui_find (page, GTK_TYPE_LIST_BOX, NULL);
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  ui_settle ();
  g_assert_null (find_window ("What has changed"));
  g_assert_cmpstr (qonys_panel_get_item (QONYS_PANEL (ui_show_page ("measures"))), ==, "2.1");
}

static void
go_back (void)
{
  GtkWindow *dialog = qonys_versions_dialog_show (GTK_WINDOW (ui_window ()), ui_session ());
  const QonysEntry *measure;

  g_signal_emit_by_name (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Return to this state"),
                         "clicked");
  ui_wait (is_on_disk);
  measure = qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_MEASURE, "2.1");
  g_assert_cmpstr (qonys_entry_get (measure, QONYS_MEASURE_STATUS), !=, "accepted");
  g_assert_cmpuint (count_versions (), ==, 1);
}

/* The copy has all of it; the window stays where it was. */
static void
save_copy (void)
{
  g_autofree char *here =
      g_strdup (qonys_project_get_path (qonys_session_get_project (ui_session ())));
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "copy.gpkg", NULL);
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *own = NULL, *copied = NULL;

  qonys_session_save_copy (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpstr (qonys_project_get_path (qonys_session_get_project (ui_session ())), ==, here);
  plan = qonys_store_read_plan (path, &history, NULL, &error);
  g_assert_no_error (error);
  own = qonys_plan_get_hash (qonys_session_get_plan (ui_session ()));
  copied = qonys_plan_get_hash (plan);
  g_assert_cmpstr (copied, ==, own);
}

/* One test: the project lies in its folder. */
static void
test_all (void)
{
  compare ();
  go_back ();
  save_copy ();
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/versions/all", test_all);
  return ui_run ();
}
