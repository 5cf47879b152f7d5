/* How the window looks and what it remembers: loading, legend, sizes, the way back to the public
 * view, the questions and pages it shows. */

#include "ui-support.h"
#include "ui/open-dialogs.h"
#include "ui/settings.h"
#include "ui/why-dialog.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static char *folder;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
shows_map (void)
{
  return gtk_widget_get_mapped (GTK_WIDGET (qonys_window_get_map (ui_window ())));
}

/* The first project: no welcome page meanwhile; after a failure it is back. */
static void
test_loading (void)
{
  g_assert_null (qonys_session_get_project (ui_session ()));
  ui_settle ();
  g_assert_false (shows_map ());
  qonys_session_open (ui_session (), "/nowhere/at-all.gpkg");
  g_assert_true (shows_map ());
  ui_settle ();
  g_assert_false (shows_map ());
  qonys_session_set_error (ui_session (), NULL);
  ui_open_demo ();
  g_assert_true (shows_map ());
}

static GtkToggleButton *
get_legend_button (void)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (qonys_window_get_map (ui_window ())),
                                             QONYS_TYPE_MAP_PAGE);

  return qonys_map_page_get_legend_button (QONYS_MAP_PAGE (page));
}

static int wanted_width_px;

static gboolean
has_width (void)
{
  /* The frame takes some. */
  return ABS (gtk_widget_get_width (GTK_WIDGET (ui_window ())) - wanted_width_px) < 30;
}

static void
resize (int width_px)
{
  wanted_width_px = width_px;
  gtk_window_set_default_size (GTK_WINDOW (ui_window ()), width_px, 700);
  ui_wait (has_width);
  ui_settle ();
}

/* Narrow and wide windows each remember what was chosen in them. */
static void
test_legend (void)
{
  GActionGroup *actions = G_ACTION_GROUP (ui_window ());

  g_assert_nonnull (qonys_settings_get ());
  ui_open_demo ();
  resize (1300);
  g_assert_true (gtk_toggle_button_get_active (get_legend_button ()));
  resize (1000);
  g_assert_false (gtk_toggle_button_get_active (get_legend_button ()));
  resize (1300);
  g_assert_true (gtk_toggle_button_get_active (get_legend_button ()));
  g_action_group_activate_action (actions, "show-legend", NULL);
  g_assert_false (gtk_toggle_button_get_active (get_legend_button ()));
  resize (1000);
  g_action_group_activate_action (actions, "show-legend", NULL);
  g_assert_true (gtk_toggle_button_get_active (get_legend_button ()));
  resize (1300);
  g_assert_false (gtk_toggle_button_get_active (get_legend_button ()));
  resize (1000);
  g_assert_true (gtk_toggle_button_get_active (get_legend_button ()));
  g_settings_reset (qonys_settings_get (), "legend-wide");
  g_settings_reset (qonys_settings_get (), "legend-narrow");
  resize (1300);
}

static void
test_remembers (void)
{
  GSettings *settings = qonys_settings_get ();

  ui_open_demo ();
  resize (1111);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1111);
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "show-sidebar", NULL);
  g_assert_false (g_settings_get_boolean (settings, "sidebar"));
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "show-sidebar", NULL);
  g_assert_true (g_settings_get_boolean (settings, "sidebar"));
  resize (1280);
}

/* At once: no work, no waiting; and also after the language has changed meanwhile. */
static void
test_back_to_public (void)
{
  GApplication *application = g_application_get_default ();

  ui_open_demo ();
  g_assert_cmpint (qonys_session_get_audience (ui_session ()), ==, QONYS_AUDIENCE_PUBLIC);
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_OFFICIAL, "a test of the view");
  ui_settle ();
  g_assert_true (ui_has_addresses ());
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (2));
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  g_assert_false (ui_has_addresses ());
  g_assert_true (qonys_session_get_content (ui_session ())->statistic == qonys_statistics_get (2));
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "Public view"));
  ui_settle ();

  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_OFFICIAL, "a test of the view");
  ui_settle ();
  g_action_group_change_action_state (G_ACTION_GROUP (application), "language",
                                      g_variant_new_string ("kk"));
  g_action_group_change_action_state (G_ACTION_GROUP (application), "language",
                                      g_variant_new_string ("en"));
  ui_settle ();
  g_assert_true (ui_has_addresses ());
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  ui_settle ();
  g_assert_false (ui_has_addresses ());
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (0));
}

static AdwComboRow *
find_choice (GtkWidget *widget, const char *title)
{
  if (ADW_IS_COMBO_ROW (widget) && gtk_widget_get_visible (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    AdwComboRow *found = find_choice (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The size can be chosen where there are points, and the public is told why it sees none. */
static void
test_points (void)
{
  const char *refusal = "This view shows no addresses: groups are shown instead";
  GtkWidget *panel;
  QonysStyle before;

  ui_open_demo ();
  panel = qonys_window_get_panel (ui_window (), "layers");
  before = *qonys_session_get_style (ui_session ());
  g_assert_null (find_choice (panel, "Size of points"));
  adw_combo_row_set_selected (find_choice (panel, "Shown as"), QONYS_MODE_POINTS);
  ui_settle ();
  g_assert_cmpint (qonys_session_get_style (ui_session ())->layers[QONYS_LAYER_FICTITIOUS].mode, ==,
                   QONYS_MODE_POINTS);
  g_assert_true (ui_shows (panel, refusal));

  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_OFFICIAL, "a test of the view");
  ui_settle ();
  g_assert_false (ui_shows (panel, refusal));
  g_assert_true (ui_shows (panel, "By zoom"));
  adw_combo_row_set_selected (find_choice (panel, "Size of points"), 6);
  ui_settle ();
  g_assert_cmpfloat (
      qonys_session_get_style (ui_session ())->layers[QONYS_LAYER_FICTITIOUS].point_size_px, ==, 7);
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  qonys_session_set_style (ui_session (), &before);
  ui_settle ();
  g_assert_null (find_choice (panel, "Size of points"));
}

static GtkWindow *
get_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

/* Outlines that do not say where they are: the window asks for the code and reads them by it. */
static void
test_crs (void)
{
  g_autofree char *path = g_build_filename (folder, "outlines.csv", NULL);
  g_autoptr (GString) text = g_string_new ("kato,WKT\n");
  GtkEditable *code;

  ui_open_demo ();
  for (guint i = 0; i < 6; i++) { /* squares east of Astana in another zone’s metres */
    int x = 9000000 + 2000 * (int)i;

    g_string_append_printf (text, "7115%d0000,\"POLYGON((%d 100,%d 100,%d 2000,%d 100))\"\n",
                            (int)i, x, x + 1500, x + 1500, x);
  }
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  qonys_session_open_districts (ui_session (), path, NULL);
  ui_settle ();
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_CRS);
  g_assert_nonnull (get_dialog ());
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (get_dialog ()), "accept"));
  code = GTK_EDITABLE (find (GTK_WIDGET (get_dialog ()), ADW_TYPE_ENTRY_ROW));

  /* A code that is none: the question again. */
  gtk_editable_set_text (code, " 1 ");
  g_assert_true (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (get_dialog ()), "accept"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "accept");
  ui_settle ();
  g_assert_error (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_CRS);
  g_assert_nonnull (strstr (qonys_session_get_error (ui_session ())->message, "“EPSG:1”"));
  g_assert_nonnull (get_dialog ());

  /* One that is known is used: they lie somewhere else now. */
  code = GTK_EDITABLE (find (GTK_WIDGET (get_dialog ()), ADW_TYPE_ENTRY_ROW));
  gtk_editable_set_text (code, "32642");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "accept");
  ui_settle ();
  g_assert_nonnull (qonys_session_get_error (ui_session ()));
  g_assert_false (
      g_error_matches (qonys_session_get_error (ui_session ()), QONYS_ERROR, QONYS_ERROR_CRS));
  qonys_session_set_error (ui_session (), NULL);
}

static void
test_why (void)
{
  GtkWindow *page = qonys_why_dialog_show (GTK_WINDOW (ui_window ()));

  g_assert_true (ui_shows (GTK_WIDGET (page), "Неге көрсетілмейді?"));
  g_assert_true (ui_shows (GTK_WIDGET (page), "Почему это не показано?"));
  gtk_window_destroy (page);

  ui_open_demo ();
  qonys_session_open_item (ui_session (), "P16");
  g_assert_true (
      ui_shows (qonys_window_get_panel (ui_window (), "problems"), "Why is this not shown?"));
  qonys_session_open_item (ui_session (), "P18");
  g_assert_false (
      ui_shows (qonys_window_get_panel (ui_window (), "problems"), "Why is this not shown?"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "why"));
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-ui-XXXXXX", NULL);
  g_test_add_func ("/ui/look/loading", test_loading);
  g_test_add_func ("/ui/look/legend", test_legend);
  g_test_add_func ("/ui/look/remembers", test_remembers);
  g_test_add_func ("/ui/look/back-to-public", test_back_to_public);
  g_test_add_func ("/ui/look/points", test_points);
  g_test_add_func ("/ui/look/crs", test_crs);
  g_test_add_func ("/ui/look/why", test_why);
  status = ui_run ();
  {
    g_autofree char *path = g_build_filename (folder, "outlines.csv", NULL);

    g_remove (path);
    g_rmdir (folder);
    g_free (folder);
  }
  return status;
}
