/* Lists of measures: orders, control lists, search; and the board. */

#include "domain/workflow.h"
#include "ui-support.h"
#include "ui/board.h"
#include "ui/measure-list.h"
#include "ui/panel.h"
#include <adwaita.h>

static QonysPlan *
plan (void)
{
  return qonys_session_get_plan (ui_session ());
}

static gboolean
is_on_disk (void)
{
  return !qonys_session_has_pending_edits (ui_session ()) && ui_is_settled ();
}

/* Orders, control lists, search. */
static void
test_lists (void)
{
  g_autoptr (GListStore) store = g_list_store_new (QONYS_TYPE_MEASURE_LINE);
  QonysMeasureQuery query = {.group = QONYS_GROUP_BODY};
  g_autoptr (GPtrArray) all = qonys_measure_list_find (plan (), &query);
  g_autoptr (GPtrArray) corp = NULL;
  g_autoptr (GPtrArray) number = NULL;
  g_autoptr (GObject) kept = NULL;
  g_autofree char *text = NULL;
  gboolean was_late = TRUE;
  const char *body = NULL;

  g_assert_cmpuint (all->len, ==, 15);
  for (guint i = 0; i < all->len; i++) { /* overdue first, in each group */
    const char *other = qonys_entry_get (all->pdata[i], QONYS_MEASURE_BODY);
    gboolean is_late = qonys_workflow_is_overdue (all->pdata[i], qonys_day_today ());

    g_assert_true (was_late || !is_late || g_strcmp0 (body, other) != 0);
    was_late = is_late;
    body = other;
  }
  query.owed_by = "statecorp"; /* second of the two of 3.1 */
  corp = qonys_measure_list_find (plan (), &query);
  g_assert_cmpuint (corp->len, ==, 1);
  g_assert_cmpstr (qonys_entry_get_id (corp->pdata[0]), ==, "3.1");
  text = qonys_measure_list_to_text (plan (), &query);
  g_assert_nonnull (strstr (text, "3.1 "));
  g_assert_null (strstr (text, "3.2 "));
  query = (QonysMeasureQuery){.group = QONYS_GROUP_NONE, .text = "4."};
  number = qonys_measure_list_find (plan (), &query);
  g_assert_cmpuint (number->len, ==, 2);

  /* A line that did not change stays the same object. */
  query = (QonysMeasureQuery){.group = QONYS_GROUP_NONE};
  g_assert_cmpuint (qonys_measure_list_update (store, plan (), &query), ==, 15);
  kept = g_list_model_get_item (G_LIST_MODEL (store), 2);
  g_assert_cmpuint (qonys_measure_list_update (store, plan (), &query), ==, 15);
  g_assert_true (kept == (gpointer)g_list_model_get_object (G_LIST_MODEL (store), 2));
  g_object_unref (kept);
}

/* The panel's own menu: by status; what one body owes, and all again. */
static void
test_panel (void)
{
  GtkWidget *panel = ui_show_page ("measures");
  const char *const wanted =
      "NJSC “State Corporation ‘Government for Citizens’”: what is owed by the next session, 1 "
      "measure";

  g_assert_true (gtk_widget_activate_action (panel, "list.group", "s", "status"));
  g_assert_true (ui_shows (panel, "no information"));
  g_assert_true (gtk_widget_activate_action (panel, "list.body", "s", "statecorp"));
  g_assert_true (ui_shows (panel, wanted));
  g_assert_true (gtk_widget_activate_action (panel, "list.copy", NULL));
  g_assert_true (gtk_widget_activate_action (panel, "list.body", "s", ""));
  g_assert_true (gtk_widget_activate_action (panel, "list.group", "s", "body"));
  g_assert_true (ui_shows (panel, "Police Department of the city of Astana · recommendations"));
}

/* Board and sidebar select each other; F7 and Esc. */
static void
test_board (void)
{
  GtkWidget *map = GTK_WIDGET (qonys_window_get_map (ui_window ()));
  GtkWidget *panel = qonys_window_get_panel (ui_window (), "measures");
  GtkWidget *board, *focus;
  GtkSelectionModel *model;
  guint position;

  g_action_group_change_action_state (G_ACTION_GROUP (ui_window ()), "board",
                                      g_variant_new_boolean (TRUE));
  g_assert_false (gtk_widget_get_mapped (map));
  board = ui_find (GTK_WIDGET (ui_window ()), QONYS_TYPE_BOARD, NULL);
  g_assert_true (gtk_widget_get_mapped (board));
  focus = gtk_window_get_focus (GTK_WINDOW (ui_window ()));
  g_assert_true (gtk_widget_is_ancestor (focus, board));
  g_assert_true (ui_shows (board, "no information: 15"));
  model = gtk_list_view_get_model (GTK_LIST_VIEW (ui_find (board, GTK_TYPE_LIST_VIEW, NULL)));

  qonys_session_open_item (ui_session (), "4.1");
  position = qonys_measure_list_find_position (G_LIST_MODEL (model), "4.1");
  g_assert_true (gtk_selection_model_is_selected (model, position));
  position = qonys_measure_list_find_position (G_LIST_MODEL (model), "3.8");
  gtk_selection_model_select_item (model, position, TRUE);
  g_assert_cmpstr (qonys_panel_get_item (QONYS_PANEL (panel)), ==, "3.8");

  gtk_editable_set_text (GTK_EDITABLE (ui_find (board, GTK_TYPE_SEARCH_ENTRY, NULL)), "ЖШС");
  g_signal_emit_by_name (ui_find (board, GTK_TYPE_SEARCH_ENTRY, NULL), "search-changed");
  gtk_window_set_focus (GTK_WINDOW (ui_window ()), NULL);
  g_assert_true (gtk_widget_child_focus (board, GTK_DIR_TAB_FORWARD)); /* with nothing found, too */
  gtk_editable_set_text (GTK_EDITABLE (ui_find (board, GTK_TYPE_SEARCH_ENTRY, NULL)), "");

  g_assert_true (ui_press (board, GDK_KEY_Escape, 0));
  g_assert_true (gtk_widget_get_mapped (map));
  ui_settle ();
}

/* However many there are, only those on screen have widgets. */
static void
test_many (void)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.add", NULL, NULL, NULL);
  GtkWidget *panel = ui_show_page ("measures");
  GError *error = NULL;

  qonys_panel_open (QONYS_PANEL (panel), NULL);
  for (guint i = 0; i < 2000; i++) {
    const char *values[QONYS_MEASURE_N_FIELDS] = {NULL};
    g_autofree char *id = qonys_entry_make_id ();
    g_autofree char *title = g_strdup_printf ("Measure %u", i);
    g_autoptr (QonysEntry) entry = NULL;

    values[QONYS_MEASURE_TITLE_EN] = title;
    values[QONYS_MEASURE_IS_OWN] = "1";
    values[QONYS_MEASURE_BODY] = "akimat";
    values[QONYS_MEASURE_STATUS] = "no_information";
    entry = qonys_entry_new (QONYS_ENTRY_MEASURE, id, values);
    qonys_edit_add (edit, NULL, entry);
  }
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
  g_action_group_change_action_state (G_ACTION_GROUP (ui_window ()), "board",
                                      g_variant_new_boolean (TRUE));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (ui_count (GTK_WIDGET (ui_window ()), GTK_TYPE_LABEL), <, 3000);
  ui_wait (is_on_disk);
  qonys_session_undo (ui_session ());
  g_action_group_change_action_state (G_ACTION_GROUP (ui_window ()), "board",
                                      g_variant_new_boolean (FALSE));
  ui_wait (is_on_disk);
}

int
main (int argc, char **argv)
{
  g_setenv ("QONYS_TODAY", "2026-03-01", TRUE);
  ui_init (&argc, &argv);
  ui_open_demo ();
  g_test_add_func ("/ui/board/lists", test_lists);
  g_test_add_func ("/ui/board/panel", test_panel);
  g_test_add_func ("/ui/board/board", test_board);
  g_test_add_func ("/ui/board/many", test_many);
  return ui_run ();
}
