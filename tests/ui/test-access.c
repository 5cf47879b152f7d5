/* Everything can be reached by keyboard and has a name: the widget trees of the window, its pages,
 * cards and dialogs are walked. */

#include "ui-support.h"
#include "ui/about.h"
#include "ui/audience.h"
#include "ui/history-dialog.h"
#include "ui/import-dialog.h"
#include "ui/measure-dialogs.h"
#include "ui/open-dialogs.h"
#include "ui/why-dialog.h"
#include <adwaita.h>
#include <glib/gstdio.h>

/* Has the widget, or a label in it, words? */
static gboolean
has_words (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                        GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  if (GTK_IS_SCROLLED_WINDOW (widget)) /* is read by its name alone; some are the library’s own */
    return ADW_IS_STATUS_PAGE (gtk_widget_get_parent (widget)) ||
           ADW_IS_MESSAGE_DIALOG (gtk_widget_get_root (widget));
  if (GTK_IS_LABEL (widget))
    return gtk_widget_get_visible (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

/* Parts of a widget are read with it: the text of an entry, the arrow of a menu button. */
static gboolean
is_named (GtkWidget *widget)
{
  if (has_words (widget))
    return TRUE;
  for (int i = 0; i < 2 && widget != NULL; i++) {
    widget = gtk_widget_get_parent (widget);
    if (widget != NULL &&
        (GTK_IS_EDITABLE (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SPIN_BUTTON (widget)))
      return has_words (widget);
  }
  return FALSE;
}

static guint
count_nameless (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (gtk_widget_get_focusable (widget) && !is_named (widget)) {
    GtkWidget *parent = gtk_widget_get_parent (widget);

    g_test_message ("no name: %s in %s in %s", G_OBJECT_TYPE_NAME (widget),
                    G_OBJECT_TYPE_NAME (parent),
                    G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent)));
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_nameless (child);
  return n;
}

static void
test_window (void)
{
  const char *const items[] = {"P01", "P16", "3.2", "3.9", "F01"};

  g_assert_cmpuint (count_nameless (GTK_WIDGET (ui_window ())), ==, 0); /* the welcome page */
  ui_open_demo ();
  g_assert_cmpuint (count_nameless (GTK_WIDGET (ui_window ())), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    qonys_session_open_item (ui_session (), items[i]);
  qonys_session_select_district (ui_session (), "711510000");
  qonys_session_set_error (ui_session (),
                           g_error_new_literal (QONYS_ERROR, QONYS_ERROR_FAILED, "No [because]"));
  g_assert_cmpuint (count_nameless (GTK_WIDGET (ui_window ())), ==, 0);
  qonys_session_set_error (ui_session (), NULL);
  g_action_group_change_action_state (G_ACTION_GROUP (ui_window ()), "board",
                                      g_variant_new_boolean (TRUE));
  g_assert_cmpuint (count_nameless (GTK_WIDGET (ui_window ())), ==, 0);
  g_action_group_change_action_state (G_ACTION_GROUP (ui_window ()), "board",
                                      g_variant_new_boolean (FALSE));
  ui_settle ();
}

/* Every dialog open now; closes them. */
static void
check_dialogs (guint n_wanted)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

    if (window == GTK_WIDGET (ui_window ()) || !gtk_widget_get_visible (window))
      continue;
    g_assert_cmpuint (count_nameless (window), ==, 0);
    gtk_window_destroy (GTK_WINDOW (window));
    n++;
  }
  g_assert_cmpuint (n, ==, n_wanted);
}

static void
test_dialogs (void)
{
  GtkWindow *window = GTK_WINDOW (ui_window ());
  const QonysBox box = {0.69, 0.33, 0.70, 0.34};

  ui_open_demo ();
  qonys_audience_ask (window, ui_session ());
  qonys_ask_new_demo (window, ui_session ());
  qonys_ask_export (window, ui_session (), &box);
  qonys_ask_crs (window, ui_session (), "nothing.shp");
  qonys_why_dialog_show (window);
  qonys_about_show (window);
  qonys_ask_status (window, ui_session (), "3.2");
  qonys_ask_base_day (window, ui_session (), "5");
  qonys_ask_measure (window, ui_session (), NULL);
  qonys_ask_measure (window, ui_session (), "3.2");
  qonys_history_dialog_show (window, ui_session ());
  check_dialogs (11);
}

/* The assistant with all it can show: persons, a choice a column, and what became of the rows. */
static void
test_import (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qonys-access-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "persons.csv", NULL);
  GtkWidget *dialog;

  g_assert_true (
      g_file_set_contents (path,
                           "dwelling_key,district,rooms,iin\nd1,711510000,1,991231100010\n"
                           "d2,711510000,many,991231100010\n",
                           -1, NULL));
  ui_open_demo ();
  dialog = GTK_WIDGET (qonys_import_dialog_show (GTK_WINDOW (ui_window ()), ui_session (), path));
  g_assert_cmpuint (count_nameless (dialog), ==, 0);
  ui_settle ();
  g_assert_cmpuint (ui_count (dialog, GTK_TYPE_SWITCH), >=, 3);
  g_assert_cmpuint (count_nameless (dialog), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_remove (path);
  g_rmdir (folder);
}

/* Tab from the map comes back to the map, through every part of the window. */
static void
test_round (void)
{
  GtkWidget *window = GTK_WIDGET (ui_window ());
  GtkWidget *map = GTK_WIDGET (qonys_window_get_map (ui_window ()));
  GtkWidget *panel = qonys_window_get_panel (ui_window (), "measures");
  GtkWidget *search = GTK_WIDGET (qonys_window_get_search (ui_window ()));
  gboolean has_panel = FALSE, has_search = FALSE, is_round = FALSE;

  ui_open_demo ();
  qonys_session_clear_selection (ui_session ());
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "show-page",
                                  g_variant_new_string ("measures"));
  gtk_widget_grab_focus (map);
  for (int i = 0; i < 600 && !is_round; i++) {
    GtkWidget *focus;

    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    focus = gtk_window_get_focus (GTK_WINDOW (window));
    g_assert_nonnull (focus);
    has_panel |= gtk_widget_is_ancestor (focus, panel);
    has_search |= gtk_widget_is_ancestor (focus, search);
    is_round = focus == map && has_panel && has_search;
  }
  g_assert_true (is_round);
}

/* Esc closes the card from within it and from the map. */
static void
test_escape (void)
{
  GtkWidget *map = GTK_WIDGET (qonys_window_get_map (ui_window ()));
  GtkWidget *page = gtk_widget_get_ancestor (map, QONYS_TYPE_MAP_PAGE);

  ui_open_demo ();
  qonys_session_select_district (ui_session (), "711510000");
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_DISTRICT);
  g_assert_true (ui_press (page, GDK_KEY_Escape, 0));
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_NONE);
  ui_settle ();
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE); /* no bus, but names are kept */
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/access/window", test_window);
  g_test_add_func ("/ui/access/dialogs", test_dialogs);
  g_test_add_func ("/ui/access/import", test_import);
  g_test_add_func ("/ui/access/round", test_round);
  g_test_add_func ("/ui/access/escape", test_escape);
  return ui_run ();
}
