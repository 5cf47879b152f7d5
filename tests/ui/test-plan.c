/* What people write, as they do it: statuses, measures of their own, undo and redo by keys, the
 * history; and that a project nobody saved is kept. */

#include "ui-support.h"
#include "ui/history-dialog.h"
#include "ui/link-row.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-list.h"
#include "ui/panel.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static char *folder;

static QonysPlan *
plan (void)
{
  return qonys_session_get_plan (ui_session ());
}

static const char *
get (const char *id, guint field)
{
  return qonys_entry_get (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, id), field);
}

static void
cancel (GtkWindow *dialog)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The status goes on by the dialog, back by Ctrl+Z, on by Ctrl+Shift+Z; the unsaved project is in
 * a draft by then. */
static void
test_status (void)
{
  g_autofree char *before = NULL, *after = NULL, *undone = NULL, *redone = NULL;
  g_autofree char *path = NULL;
  GtkWidget *panel;
  GtkWindow *dialog;

  ui_open_demo ();
  g_assert_null (qonys_project_get_path (qonys_session_get_project (ui_session ())));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "undo"));
  panel = ui_show_page ("measures");
  before = qonys_plan_get_hash (plan ());
  qonys_session_open_item (ui_session (), "3.2");
  g_assert_true (ui_shows (panel, "No information: the body has to be asked"));

  dialog = qonys_ask_status (GTK_WINDOW (ui_window ()), ui_session (), "3.2");
  ui_choose (dialog, "Status", 2); /* in progress: skips a step */
  g_assert_false (ui_can_accept (dialog));
  g_assert_true (ui_shows (GTK_WIDGET (dialog),
                           "A step is skipped or taken back. Write a comment that says why."));
  ui_type (dialog, "Comment", "call 991231100010");
  g_assert_false (ui_can_accept (dialog)); /* a person's number */
  ui_type (dialog, "Comment", "told at the session");
  ui_type (dialog, "Since", "tomorrow");
  g_assert_false (ui_can_accept (dialog));
  ui_type (dialog, "Since", "25.01.2024");
  ui_accept (dialog);
  g_assert_cmpstr (get ("3.2", QONYS_MEASURE_STATUS), ==, "in_progress");
  g_assert_true (ui_shows (panel, "25.01.2024 · no information → in progress"));
  g_assert_false (ui_shows (panel, "Comment: told at the session")); /* the public view */
  ui_wait_for_disk ();
  g_assert_nonnull (
      strstr (qonys_project_get_path (qonys_session_get_project (ui_session ())), "drafts"));

  after = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (after, !=, before);
  g_assert_true (ui_undo ());
  undone = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (ui_shows (panel, "No information: the body has to be asked"));
  g_assert_true (ui_redo ());
  redone = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (redone, ==, after);
  ui_wait_for_disk ();

  /* The draft's folder is this test's alone. */
  path = g_build_filename (folder, "plan.gpkg", NULL);
  qonys_session_save_as (ui_session (), path);
  ui_settle ();
}

/* What was said to a status is for the commission. */
static void
test_audience (void)
{
  GtkWidget *panel = ui_show_page ("measures");

  qonys_session_open_item (ui_session (), "3.2");
  g_assert_false (ui_shows (panel, "Comment: told at the session"));
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_COMMITTEE, "the session of January");
  ui_settle ();
  g_assert_true (ui_shows (panel, "Comment: told at the session"));
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  ui_settle ();
  g_assert_false (ui_shows (panel, "Comment: told at the session"));
}

static void
test_base_day (void)
{
  GtkWidget *panel = ui_show_page ("measures");
  GtkWindow *dialog;

  qonys_session_open_item (ui_session (), "5");
  g_assert_true (ui_shows (panel, "Assumed: start 25.01.2024, due 26.02.2024 (a working day)"));
  dialog = qonys_ask_base_day (GTK_WINDOW (ui_window ()), ui_session (), "5");
  ui_type (dialog, "The time runs from", "01.02.2024");
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Due 01.03.2024, a working day"));
  g_assert_false (ui_can_accept (dialog)); /* no reason yet */
  ui_type (dialog, "Why from this day", "received on that day");
  ui_accept (dialog);
  g_assert_true (ui_shows (panel, "Start 01.02.2024, due 01.03.2024 (a working day)"));
  g_assert_true (ui_shows (panel, "Why from this day: received on that day"));
  g_assert_null (qonys_ask_base_day (GTK_WINDOW (ui_window ()), ui_session (), "3.2"));
  ui_wait_for_disk ();
}

/* One's own measure: made, changed, found, deleted with its history, brought back. */
static void
test_own (void)
{
  GtkWidget *panel = ui_show_page ("measures");
  const QonysMeasureQuery query = {.group = QONYS_GROUP_NONE, .text = "оз шарам"};
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *id = NULL, *whole = NULL, *back = NULL;
  GtkWidget *links;
  GtkWindow *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.add-measure", NULL));
  dialog = ui_get_dialog ();
  g_assert_false (ui_can_accept (dialog)); /* no title */
  ui_type (dialog, "Title (Қазақша)", "Өз шарам");
  links = ui_find (GTK_WIDGET (dialog), QONYS_TYPE_LINK_ROW, "Problems");
  qonys_link_row_choose (QONYS_LINK_ROW (links), "P01", TRUE);
  qonys_link_row_choose (QONYS_LINK_ROW (links), "P02", TRUE);
  qonys_link_row_choose (QONYS_LINK_ROW (links), "P05", TRUE);
  qonys_link_row_choose (QONYS_LINK_ROW (links), "P02", FALSE);
  ui_type (dialog, "Value expected", "12,5");
  g_assert_false (ui_can_accept (dialog)); /* who says so, and by when */
  ui_type (dialog, "Expected by", "01.01.2027");
  ui_type (dialog, "Who says so", "the akimat");
  ui_accept (dialog);

  found = qonys_measure_list_find (plan (), &query);
  g_assert_cmpuint (found->len, ==, 1);
  id = g_strdup (qonys_entry_get_id (found->pdata[0]));
  g_assert_cmpstr (get (id, QONYS_MEASURE_EFFECT_TO), ==, "12.5");
  g_assert_cmpstr (get (id, QONYS_MEASURE_PROBLEMS), ==, "P01 P05");
  g_assert_true (ui_shows (panel, "Өз шарам (Қазақша)")); /* never borrowed silently */
  qonys_session_open_item (ui_session (), id);
  g_assert_true (ui_shows (panel, "No text yet in: Қазақша, Русский, English"));
  /* The problem it addresses knows it. */
  qonys_session_open_item (ui_session (), "P05");
  g_assert_true (
      ui_shows (qonys_window_get_panel (ui_window (), "problems"), "Өз шарам (Қазақша)"));

  dialog = qonys_ask_status (GTK_WINDOW (ui_window ()), ui_session (), id);
  ui_accept (dialog); /* the next step needs nothing more */
  g_assert_cmpstr (get (id, QONYS_MEASURE_STATUS), ==, "accepted");
  whole = qonys_plan_get_hash (plan ());
  ui_show_page ("measures");
  qonys_session_open_item (ui_session (), id);
  g_assert_true (ui_press (panel, GDK_KEY_Delete, 0));
  g_assert_null (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, id));
  g_assert_null (qonys_panel_get_item (QONYS_PANEL (panel))); /* back in the list */
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "Deleted: Өз шарам (Қазақша)"));
  g_assert_true (ui_undo ());
  back = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (back, ==, whole);
  /* The resolution's measures stay. */
  qonys_session_open_item (ui_session (), "3.2");
  g_assert_true (ui_press (panel, GDK_KEY_Delete, 0));
  g_assert_nonnull (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, "3.2"));
  ui_wait_for_disk ();
}

static GListModel *
get_history (GtkWindow *dialog)
{
  return G_LIST_MODEL (gtk_list_view_get_model (
      GTK_LIST_VIEW (ui_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW, NULL))));
}

/* Every step is listed, one returns to the beginning, and from there back again. */
static void
test_history (void)
{
  const GPtrArray *edits = qonys_history_get_edits (qonys_session_get_history (ui_session ()));
  g_autoptr (QonysPlan) first = qonys_plan_new_default ();
  g_autofree char *before = qonys_plan_get_hash (plan ()), *then = qonys_plan_get_hash (first);
  g_autofree char *reverted = NULL, *back = NULL;
  GtkWindow *dialog = qonys_history_dialog_show (GTK_WINDOW (ui_window ()), ui_session ());
  GListModel *lines = get_history (dialog);
  GtkWidget *button = ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Return to this state");

  g_assert_cmpuint (edits->len, >, 6);
  g_assert_cmpuint (g_list_model_get_n_items (lines), ==, edits->len + 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Undo: Change the status of a measure: 3.2"));
  g_assert_false (gtk_widget_get_sensitive (button)); /* the newest is there already */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (lines), edits->len, TRUE);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  reverted = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (reverted, ==, then);
  g_assert_true (ui_undo ());
  back = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (back, ==, before);
  ui_wait_for_disk ();
}

/* What was entered is there again, and so is the way back. */
static void
test_reopen (void)
{
  g_autofree char *path =
      g_strdup (qonys_project_get_path (qonys_session_get_project (ui_session ())));
  g_autofree char *before = qonys_plan_get_hash (plan ()), *after = NULL;
  guint n = qonys_history_get_edits (qonys_session_get_history (ui_session ()))->len;

  qonys_session_new_project (ui_session ());
  ui_settle ();
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "undo"));
  qonys_session_open (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  after = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (qonys_history_get_edits (qonys_session_get_history (ui_session ()))->len, ==,
                    n);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "undo"));
}

/* Nothing of a dialog that was left changes anything. */
static void
test_cancel (void)
{
  g_autofree char *before = qonys_plan_get_hash (plan ()), *after = NULL;
  GtkWindow *dialog = qonys_ask_measure (GTK_WINDOW (ui_window ()), ui_session (), "3.2");

  ui_type (dialog, "Who says so", "nobody");
  g_assert_true (ui_can_accept (dialog));
  cancel (dialog);
  after = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (after, ==, before);
}

static gboolean
is_in_trouble (void)
{
  return qonys_session_get_trouble (ui_session ()) != NULL;
}

static void
set_body (const char *body)
{
  QonysEntry *measure = qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, "3.4");
  g_autoptr (QonysEntry) next = qonys_entry_with (measure, QONYS_MEASURE_BODY, body);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.change", "3.4", NULL, NULL);

  qonys_edit_add (edit, measure, next);
  g_assert_true (qonys_session_edit (ui_session (), edit, NULL));
}

/* A stick that is pulled out and comes back: what was written meanwhile waits and is not lost. */
static void
test_pulled (void)
{
  g_autofree char *path = g_build_filename (folder, "plan.gpkg", NULL);
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  g_autofree char *hash = NULL, *stored = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) read = NULL;

  g_assert_cmpint (g_rename (path, away), ==, 0);
  set_body ("police");
  ui_wait (is_in_trouble);
  g_assert_cmpstr (get ("3.4", QONYS_MEASURE_BODY), ==, "police");
  g_assert_true (qonys_session_has_pending_edits (ui_session ()));
  g_assert_cmpint (g_rename (away, path), ==, 0);
  set_body ("akimat");
  ui_wait_for_disk ();
  hash = qonys_plan_get_hash (plan ());
  read = qonys_store_read_plan (path, &history, NULL, NULL);
  stored = qonys_plan_get_hash (read);
  g_assert_cmpstr (stored, ==, hash);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  g_setenv ("QONYS_TODAY", "2026-03-01", TRUE);
  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-plan-XXXXXX", NULL);
  g_test_add_func ("/ui/plan/status", test_status);
  g_test_add_func ("/ui/plan/audience", test_audience);
  g_test_add_func ("/ui/plan/base-day", test_base_day);
  g_test_add_func ("/ui/plan/own", test_own);
  g_test_add_func ("/ui/plan/history", test_history);
  g_test_add_func ("/ui/plan/reopen", test_reopen);
  g_test_add_func ("/ui/plan/pulled", test_pulled);
  g_test_add_func ("/ui/plan/cancel", test_cancel);
  status = ui_run ();
  path = g_build_filename (folder, "plan.gpkg", NULL);
  g_remove (path);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
