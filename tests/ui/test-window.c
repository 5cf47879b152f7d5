/* The window as a user drives it: map, card, panels, search, language. */

#include "domain/search.h"
#include "ui-support.h"
#include <math.h>
#include <shumate/shumate.h>

static QonysMapView *
map (void)
{
  return qonys_window_get_map (ui_window ());
}

static void
test_welcome (void)
{
  GtkWidget *window = GTK_WIDGET (ui_window ());

  g_assert_null (qonys_session_get_project (ui_session ()));
  g_assert_true (ui_shows (window, "Look around with training data"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "add-data"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "open"));
}

static void
test_demo (void)
{
  ui_open_demo ();
  g_assert_true (qonys_project_is_synthetic (qonys_session_get_project (ui_session ())));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "add-data"));
  /* The whole city is in view. */
  {
    QonysCamera camera = qonys_map_view_get_camera (map ());
    QonysBox seen = qonys_camera_get_box (&camera);
    QonysBox city = qonys_districts_get_main_box (
        qonys_project_get_districts (qonys_session_get_project (ui_session ())));

    g_assert_cmpfloat (seen.min_x, <, city.min_x);
    g_assert_cmpfloat (seen.max_y, >, city.max_y);
  }
}

static void
test_camera (void)
{
  QonysCamera before, after;

  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.698414, 0.334, 11, FALSE);
  ui_settle ();
  before = qonys_map_view_get_camera (map ());
  g_assert_cmpfloat_with_epsilon (before.center_x, 0.698414, 1e-9);
  g_assert_cmpfloat_with_epsilon (before.zoom, 11, 1e-9);

  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Right, 0));
  after = qonys_map_view_get_camera (map ());
  g_assert_cmpfloat (after.center_x, >, before.center_x);
  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Left, 0));
  after = qonys_map_view_get_camera (map ());
  g_assert_cmpfloat_with_epsilon (after.center_x, before.center_x, 1e-9);
  ui_settle ();
}

static gboolean
has_zoomed_in (void)
{
  return qonys_map_view_get_camera (map ()).zoom > 11.1;
}

static gboolean
shows_city (void)
{
  return qonys_map_view_get_camera (map ()).zoom < 10.9;
}

static void
test_zoom_keys (void)
{
  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.698414, 0.334, 11, FALSE);
  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_plus, 0));
  ui_wait (has_zoomed_in);
  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Home, 0));
  ui_wait (shows_city);
  ui_settle ();
  /* The public view does not come near. */
  qonys_map_view_go_to (map (), 0.698414, 0.334, 18, FALSE);
  g_assert_cmpfloat (qonys_map_view_get_camera (map ()).zoom, <=, QONYS_PUBLIC_MAX_ZOOM);
}

static void
test_drag (void)
{
  GtkWidget *shumate = gtk_widget_get_first_child (GTK_WIDGET (map ()));
  GtkEventController *drag;
  QonysCamera before, after;
  double x, y;

  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.698414, 0.334, 11, FALSE);
  ui_settle ();
  before = qonys_map_view_get_camera (map ());
  drag = ui_find_controller (shumate, GTK_TYPE_GESTURE_DRAG);
  g_signal_emit_by_name (drag, "drag-begin", 300.0, 200.0);
  g_signal_emit_by_name (drag, "drag-update", 40.0, 25.0);
  g_signal_emit_by_name (drag, "drag-end", 40.0, 25.0);
  after = qonys_map_view_get_camera (map ());
  qonys_camera_to_px (&after, before.center_x, before.center_y, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, after.width_px / 2 + 40, 0.5);
  g_assert_cmpfloat_with_epsilon (y, after.height_px / 2 + 25, 0.5);

  /* However far it is dragged, the middle stays over the city. */
  g_signal_emit_by_name (drag, "drag-begin", 300.0, 200.0);
  g_signal_emit_by_name (drag, "drag-update", 9000.0, 9000.0);
  g_signal_emit_by_name (drag, "drag-end", 9000.0, 9000.0);
  after = qonys_map_view_get_camera (map ());
  {
    QonysBox city = qonys_districts_get_box (
        qonys_project_get_districts (qonys_session_get_project (ui_session ())));

    qonys_box_grow (&city, 1e-9);
    g_assert_true (qonys_box_contains (&city, after.center_x, after.center_y));
  }
  ui_settle ();
}

static gboolean
wheel_has_turned (void)
{
  return qonys_map_view_get_camera (map ()).zoom > 11.01;
}

static void
test_wheel (void)
{
  GtkWidget *shumate = gtk_widget_get_first_child (GTK_WIDGET (map ()));
  gboolean is_handled = FALSE;

  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.698414, 0.334, 11, FALSE);
  ui_settle ();
  g_signal_emit_by_name (ui_find_controller (shumate, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll",
                         0.0, -1.0, &is_handled);
  g_assert_true (is_handled);
  ui_wait (wheel_has_turned);
  ui_settle ();
}

/* Tab comes to the map and then to its marks; Return reads the one the ring is on. */
static void
test_keyboard_selection (void)
{
  gboolean has_district = FALSE;

  ui_open_demo ();
  qonys_session_show_city (ui_session ());
  ui_settle ();
  qonys_session_clear_selection (ui_session ());
  gtk_widget_grab_focus (GTK_WIDGET (map ()));
  for (int i = 0; i < 200 && !has_district; i++) {
    g_assert_true (gtk_widget_child_focus (GTK_WIDGET (map ()), GTK_DIR_TAB_FORWARD));
    g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Return, 0));
    has_district = qonys_session_get_selection (ui_session ())->kind == QONYS_PICK_DISTRICT;
  }
  g_assert_true (has_district);
  {
    const QonysStyle *style = qonys_session_get_style (ui_session ());
    g_autoptr (GPtrArray) districts = qonys_districts_get_on_day (
        qonys_project_get_districts (qonys_session_get_project (ui_session ())), QONYS_DAY_MISSING);
    const QonysDistrict *selected = NULL;

    for (guint i = 0; i < districts->len; i++)
      if (g_str_equal (((QonysDistrict *)g_ptr_array_index (districts, i))->kato,
                       style->selected_kato))
        selected = g_ptr_array_index (districts, i);
    g_assert_nonnull (selected);
    g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), qonys_text3_get (&selected->name)));
  }
  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Right, GDK_ALT_MASK));
  g_assert_true (ui_press (GTK_WIDGET (map ()), GDK_KEY_Escape, 0));
  g_assert_false (ui_press (GTK_WIDGET (map ()), GDK_KEY_Escape, 0));
  ui_settle ();
}

static void
test_click (void)
{
  QonysCamera camera;
  const QonysDistrictMark *mark;
  double x, y;

  ui_open_demo ();
  qonys_session_show_city (ui_session ());
  ui_settle ();
  qonys_session_clear_selection (ui_session ());
  camera = qonys_map_view_get_camera (map ());
  mark =
      &g_array_index (qonys_session_get_content (ui_session ())->districts, QonysDistrictMark, 2);
  qonys_camera_to_px (&camera, mark->district->label_x, mark->district->label_y, &x, &y);
  ui_click_map (x, y);
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, !=, QONYS_PICK_NONE);

  /* A press that ends elsewhere is a drag. */
  {
    GtkEventController *click = ui_find_controller (GTK_WIDGET (map ()), GTK_TYPE_GESTURE_CLICK);

    qonys_session_clear_selection (ui_session ());
    g_signal_emit_by_name (click, "pressed", 1, x, y);
    g_signal_emit_by_name (click, "released", 1, x + 60, y);
    g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_NONE);
  }

  /* Beside the city there is nothing to read. */
  ui_click_map (x, y);
  ui_click_map (camera.width_px - 3, 3);
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_NONE);
  ui_settle ();
}

static gboolean
has_hits (void)
{
  GPtrArray *hits = qonys_search_get_hits (qonys_window_get_search (ui_window ()));

  return hits != NULL && hits->len > 0;
}

static gboolean
has_no_hits (void)
{
  return qonys_search_get_hits (qonys_window_get_search (ui_window ())) == NULL;
}

static void
search_for (const char *text)
{
  GtkEditable *entry = qonys_search_get_entry (qonys_window_get_search (ui_window ()));

  gtk_editable_set_text (entry, "");
  ui_wait (has_no_hits);
  gtk_editable_set_text (entry, text);
  ui_wait (has_hits);
}

static void
test_search (void)
{
  const char *const spellings[] = {"Көктал", "коктал", "koktal"};
  GtkEditable *entry = qonys_search_get_entry (qonys_window_get_search (ui_window ()));
  g_autofree char *first = NULL;

  ui_open_demo ();
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++) {
    const QonysHit *hit;

    search_for (spellings[i]);
    hit = g_ptr_array_index (qonys_search_get_hits (qonys_window_get_search (ui_window ())), 0);
    if (first == NULL)
      first = g_strdup (hit->title);
    g_assert_cmpstr (hit->title, ==, first);
  }
  /* Enter opens the best hit: a district is selected, a measure read. */
  search_for ("нұра");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_DISTRICT);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  qonys_session_clear_selection (ui_session ());
  ui_settle ();
}

/* The texts of a page are measured when it is seen: all of them at once held the window up while a
 * project was opened. */
static void
test_pages_unseen (void)
{
  ui_open_demo ();
  ui_show_page ("layers");
  for (const char *const *page = (const char *const[]){"problems", "measures", "city", NULL};
       *page != NULL; page++)
    g_assert_cmpuint (
        ui_count (qonys_window_get_panel (ui_window (), *page), GTK_TYPE_LIST_BOX_ROW), ==, 0);
}

static GtkWidget *
find_row (GtkWidget *widget)
{
  GtkWidget *row = GTK_IS_LIST_BOX_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && row == NULL;
       child = gtk_widget_get_next_sibling (child))
    row = find_row (child);
  return row;
}

static GtkWidget *left_page;

static gboolean
is_left (void)
{
  return !gtk_widget_get_mapped (left_page);
}

/* A page that was seen is not filled again behind another; when seen again it is of the day. */
static void
test_page_again (void)
{
  GtkWidget *problems, *row;

  ui_open_demo ();
  problems = ui_show_page ("problems");
  row = find_row (problems);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *)&row);
  ui_show_page ("layers");
  left_page = problems;
  ui_wait (is_left); /* newer versions of libadwaita fade it out */
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (1));
  ui_settle ();
  g_assert_nonnull (row);
  ui_show_page ("problems");
  g_assert_null (row);
  g_assert_cmpuint (ui_count (problems, GTK_TYPE_LIST_BOX_ROW), ==, 19);
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (0));
  ui_settle ();
}

static void
test_panels (void)
{
  GtkWidget *problems, *measures, *city;

  ui_open_demo ();
  problems = ui_show_page ("problems");
  measures = ui_show_page ("measures");
  city = ui_show_page ("city");
  g_assert_cmpuint (ui_count (problems, GTK_TYPE_LIST_BOX_ROW), ==, 19);
  for (guint i = 0; i < qonys_catalogue_get ()->measures->len; i++)
    g_assert_true (ui_shows (
        measures,
        ((const QonysMeasure *)qonys_catalogue_get ()->measures->pdata[i])->title.text[QONYS_EN]));
  /* Twenty figures: three of them are channels of the first and stand as bars; with them a fourth
   * bar for what the resolution leaves out. */
  g_assert_cmpuint (ui_count (city, GTK_TYPE_LIST_BOX_ROW), ==, 17);
  g_assert_cmpuint (ui_count (city, GTK_TYPE_LEVEL_BAR), ==, 4);
  g_assert_true (ui_shows (city, "24\u00a0145"));

  /* Each item of each opens. */
  for (guint i = 0; i < qonys_catalogue_get ()->problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (qonys_catalogue_get ()->problems, i);

    qonys_session_open_item (ui_session (), problem->id);
    g_assert_true (ui_shows (problems, problem->description.text[QONYS_EN]));
  }
  for (guint i = 0; i < qonys_catalogue_get ()->measures->len; i++) {
    const QonysMeasure *measure = g_ptr_array_index (qonys_catalogue_get ()->measures, i);

    qonys_session_open_item (ui_session (), measure->id);
    g_assert_true (ui_shows (measures, measure->text.text[QONYS_EN]));
    g_assert_true (ui_shows (measures, "Working translation, not official"));
  }
  for (guint i = 0; i < qonys_catalogue_get ()->figures->len; i++) {
    const QonysFigure *figure = g_ptr_array_index (qonys_catalogue_get ()->figures, i);
    g_autofree char *value = qonys_figure_format (figure);

    qonys_session_open_item (ui_session (), figure->id);
    g_assert_true (ui_shows (city, value));
  }
  ui_settle ();
}

static void
test_show_problem (void)
{
  const QonysProblem *raids = qonys_catalogue_find_problem ("P08");
  const QonysStyle *style = qonys_session_get_style (ui_session ());

  ui_open_demo ();
  qonys_session_show_problem (ui_session (), raids);
  g_assert_true (style->layers[QONYS_LAYER_RAIDS].is_visible);
  g_assert_false (style->layers[QONYS_LAYER_OVERCROWDED].is_visible);
  g_assert_cmpint (qonys_session_count_places (ui_session (), raids), >, 0);
  g_assert_cmpint (qonys_session_count_places (ui_session (), qonys_catalogue_find_problem ("P16")),
                   ==, -1);
  ui_settle ();
}

static void
test_language (void)
{
  QonysCamera before, after;
  const QonysMeasure *measure = qonys_catalogue_find_measure ("3.9");
  GApplication *application = g_application_get_default ();

  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.6985, 0.3339, 12.5, FALSE);
  qonys_session_select_district (ui_session (), "711510000");
  ui_settle ();
  before = qonys_map_view_get_camera (map ());
  g_assert_true (ui_shows (ui_show_page ("measures"), measure->title.text[QONYS_EN]));

  g_action_group_change_action_state (G_ACTION_GROUP (application), "language",
                                      g_variant_new_string ("kk"));
  ui_settle ();
  g_assert_true (
      ui_shows (qonys_window_get_panel (ui_window (), "measures"), measure->title.text[QONYS_KK]));
  after = qonys_map_view_get_camera (map ());
  g_assert_cmpfloat_with_epsilon (after.center_x, before.center_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.center_y, before.center_y, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.zoom, before.zoom, 1e-9);
  g_assert_cmpint (qonys_session_get_selection (ui_session ())->kind, ==, QONYS_PICK_DISTRICT);
  g_assert_true (ui_shows (GTK_WIDGET (ui_window ()), "Нұра ауданы"));

  g_action_group_change_action_state (G_ACTION_GROUP (application), "language",
                                      g_variant_new_string ("en"));
  ui_settle ();
}

static void
test_statistic (void)
{
  const QonysStatistic *other = qonys_statistics_get (1);

  ui_open_demo ();
  qonys_session_set_statistic (ui_session (), other);
  g_assert_true (qonys_session_get_content (ui_session ())->statistic == other);
  qonys_session_set_statistic (ui_session (), NULL);
  g_assert_null (qonys_session_get_content (ui_session ())->statistic);
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (0));
  ui_settle ();
}

static void
test_norm (void)
{
  QonysNorm norm;
  gsize before;

  ui_open_demo ();
  norm = *qonys_project_get_norm (qonys_session_get_project (ui_session ()));
  before = qonys_session_get_content (ui_session ())->layers[QONYS_LAYER_OVERCROWDED].cells->len;
  norm.norm_m2 = 40;
  qonys_session_set_norm (ui_session (), &norm);
  qonys_session_set_norm (ui_session (), &norm); /* the first is overtaken */
  qonys_session_set_statistic (ui_session (), qonys_statistics_get (2));
  ui_settle ();
  g_assert_true (qonys_session_get_content (ui_session ())->statistic == qonys_statistics_get (2));
  g_assert_cmpuint (
      qonys_session_get_content (ui_session ())->layers[QONYS_LAYER_OVERCROWDED].cells->len, >=,
      before);
  g_assert_cmpfloat (qonys_project_get_norm (qonys_session_get_project (ui_session ()))->norm_m2,
                     ==, 40);
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type, const char *tooltip)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (tooltip == NULL || g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, tooltip);
  return found;
}

/* The counters in the panel are those of the release in use. */
static void
assert_norm_counters (GtkWidget *panel)
{
  QonysCard *card = qonys_release_get_norm_card (qonys_session_get_release (ui_session ()));

  g_assert_cmpuint (card->rows->len, ==, 3);
  for (guint i = 0; i < card->rows->len; i++) {
    const QonysCardRow *row = g_ptr_array_index (card->rows, i);

    g_assert_true (ui_shows (panel, row->label));
    g_assert_true (ui_shows (panel, row->value));
  }
  g_assert_true (ui_shows (panel, card->title));
  qonys_card_free (card);
}

/* Somebody turns the norm faster than it is counted, then wants the decision's back. */
static void
test_norm_in_panel (void)
{
  GtkWidget *panel = qonys_window_get_panel (ui_window (), "layers");
  GtkWidget *spin, *reset;

  ui_open_demo ();
  spin = find_widget (panel, GTK_TYPE_SPIN_BUTTON, NULL);
  reset = find_widget (panel, GTK_TYPE_BUTTON, "Back to the norm of the maslikhat’s decision");
  g_assert_false (gtk_widget_get_sensitive (reset));
  assert_norm_counters (panel);

  for (guint i = 1; i <= 3; i++) {
    gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 1);
    g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, 15 + i);
  }
  ui_settle ();
  g_assert_cmpfloat (qonys_project_get_norm (qonys_session_get_project (ui_session ()))->norm_m2,
                     ==, 18);
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, 18);
  assert_norm_counters (panel);

  g_assert_true (gtk_widget_get_sensitive (reset));
  g_signal_emit_by_name (reset, "clicked");
  ui_settle ();
  g_assert_cmpfloat (qonys_project_get_norm (qonys_session_get_project (ui_session ()))->norm_m2,
                     ==, 15);
  g_assert_false (gtk_widget_get_sensitive (reset));
  assert_norm_counters (panel);
}

static GtkWidget *
get_focus (void)
{
  return gtk_window_get_focus (GTK_WINDOW (ui_window ()));
}

/* Tab goes on and on through a page of long texts, and comes out of it. */
static void
test_tab_chain (void)
{
  GtkWidget *panel = qonys_window_get_panel (ui_window (), "measures");
  gboolean has_left = FALSE;

  ui_open_demo ();
  qonys_session_open_item (ui_session (), "3.2");
  g_assert_true (gtk_widget_is_ancestor (get_focus (), panel));
  for (int i = 0; i < 60 && !has_left; i++) {
    GtkWidget *before = get_focus ();

    gtk_widget_child_focus (GTK_WIDGET (ui_window ()), GTK_DIR_TAB_FORWARD);
    g_assert_true (get_focus () != before);
    has_left = !gtk_widget_is_ancestor (get_focus (), panel);
  }
  g_assert_true (has_left);
}

/* Each page of the sidebar has a key, and something in it has the focus then. */
static void
test_pages (void)
{
  const char *const pages[] = {"layers", "problems", "measures", "city"};

  ui_open_demo ();
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "show-page",
                                    g_variant_new_string (pages[i]));
    g_assert_true (
        gtk_widget_is_ancestor (get_focus (), qonys_window_get_panel (ui_window (), pages[i])));
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_assert_true (
        gtk_widget_is_ancestor (get_focus (), qonys_window_get_panel (ui_window (), pages[i])));
  }
}

static gboolean
is_back (void)
{
  return fabs (qonys_map_view_get_camera (map ()).zoom - 11) < 1e-6;
}

static void
test_view_back (void)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (map ()), QONYS_TYPE_MAP_PAGE);

  ui_open_demo ();
  qonys_map_view_go_to (map (), 0.698414, 0.334, 11, FALSE);
  qonys_session_show_city (ui_session ());
  ui_wait (shows_city);
  g_assert_true (ui_press (page, GDK_KEY_BackSpace, 0));
  ui_wait (is_back);
  ui_settle ();
}

static void
set_language (const char *code)
{
  g_action_group_change_action_state (G_ACTION_GROUP (g_application_get_default ()), "language",
                                      g_variant_new_string (code));
  ui_settle ();
}

/* In every language, narrow enough for the smallest screen it is meant for. */
static void
test_help_overlay (void)
{
  const char *const codes[] = {"kk", "ru", "en"};

  ui_open_demo ();
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    GtkShortcutsWindow *overlay;
    int minimum_px;

    set_language (codes[i]);
    overlay = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (ui_window ()));
    g_assert_nonnull (overlay);
    gtk_window_present (GTK_WINDOW (overlay));
    gtk_widget_measure (GTK_WIDGET (overlay), GTK_ORIENTATION_HORIZONTAL, -1, &minimum_px, NULL,
                        NULL, NULL);
    g_assert_cmpint (minimum_px, <=, 1024);
    for (int n = 0; n < 300; n++)
      g_main_context_iteration (NULL, FALSE);
    gtk_window_close (GTK_WINDOW (overlay));
    ui_settle ();
  }
}

/* The hits and the menus, as far as they unfold, in every language. */
static void
open_popovers (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget)) {
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
    for (int n = 0; n < 100; n++)
      g_main_context_iteration (NULL, FALSE);
    gtk_menu_button_popdown (GTK_MENU_BUTTON (widget));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    open_popovers (child);
}

static void
test_popovers (void)
{
  const char *const codes[] = {"kk", "ru", "en"};

  ui_open_demo ();
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    set_language (codes[i]);
    open_popovers (GTK_WIDGET (ui_window ()));
    search_for ("нұра");
    for (int n = 0; n < 100; n++)
      g_main_context_iteration (NULL, FALSE);
    gtk_editable_set_text (qonys_search_get_entry (qonys_window_get_search (ui_window ())), "");
    ui_wait (has_no_hits);
  }
  ui_settle ();
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/window/welcome", test_welcome);
  g_test_add_func ("/ui/window/demo", test_demo);
  g_test_add_func ("/ui/window/camera", test_camera);
  g_test_add_func ("/ui/window/zoom-keys", test_zoom_keys);
  g_test_add_func ("/ui/window/drag", test_drag);
  g_test_add_func ("/ui/window/wheel", test_wheel);
  g_test_add_func ("/ui/window/keyboard-selection", test_keyboard_selection);
  g_test_add_func ("/ui/window/click", test_click);
  g_test_add_func ("/ui/window/search", test_search);
  g_test_add_func ("/ui/window/pages-unseen", test_pages_unseen);
  g_test_add_func ("/ui/window/page-again", test_page_again);
  g_test_add_func ("/ui/window/panels", test_panels);
  g_test_add_func ("/ui/window/show-problem", test_show_problem);
  g_test_add_func ("/ui/window/language", test_language);
  g_test_add_func ("/ui/window/statistic", test_statistic);
  g_test_add_func ("/ui/window/norm-in-panel", test_norm_in_panel);
  g_test_add_func ("/ui/window/norm", test_norm);
  g_test_add_func ("/ui/window/tab-chain", test_tab_chain);
  g_test_add_func ("/ui/window/pages", test_pages);
  g_test_add_func ("/ui/window/view-back", test_view_back);
  g_test_add_func ("/ui/window/help-overlay", test_help_overlay);
  g_test_add_func ("/ui/window/popovers", test_popovers);
  return ui_run ();
}
