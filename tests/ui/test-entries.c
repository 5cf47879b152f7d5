/* What hands do on the map: a problem marked from a district's card, annotations drawn, moved,
 * copied and deleted wholly by keys, links that hold together. */

#include "draw/painter.h"
#include "geo/mercator.h"
#include "geo/wkt.h"
#include "ui-support.h"
#include "ui/entry-dialogs.h"
#include "ui/link-row.h"
#include "ui/panel.h"
#include <adwaita.h>

static char *folder;

static QonysPlan *
plan (void)
{
  return qonys_session_get_plan (ui_session ());
}

static const GPtrArray *
entries (QonysEntryKind kind)
{
  return qonys_plan_get_entries (plan (), kind);
}

static QonysMapView *
map (void)
{
  return qonys_window_get_map (ui_window ());
}

static GtkWidget *
map_page (void)
{
  return gtk_widget_get_ancestor (GTK_WIDGET (map ()), QONYS_TYPE_MAP_PAGE);
}

static gboolean
key (guint keyval, GdkModifierType state)
{
  gboolean is_taken = FALSE;

  g_signal_emit_by_name (ui_find_controller (GTK_WIDGET (map ()), GTK_TYPE_EVENT_CONTROLLER_KEY),
                         "key-pressed", keyval, 0, state, &is_taken);
  return is_taken;
}

static void
draw (const char *kind)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.draw", "s", kind));
  g_assert_nonnull (qonys_map_view_get_sketch_message (map ()));
}

/* The first vertex, in pixels of the map. */
static void
get_px (const QonysEntry *entry, guint field, double *x_px, double *y_px)
{
  g_autoptr (QonysPath) path = qonys_path_parse_wkt (qonys_entry_get (entry, field));
  QonysCamera camera = qonys_map_view_get_camera (map ());

  qonys_camera_to_px (&camera, qonys_mercator_x (g_array_index (path->lon_deg, double, 0)),
                      qonys_mercator_y (g_array_index (path->lat_deg, double, 0)), x_px, y_px);
}

/* A district whose card has a value that proves its first problem. */
static char *
select_district (void)
{
  QonysContent *content = qonys_session_get_content (ui_session ());

  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrict *district =
        g_array_index (content->districts, QonysDistrictMark, i).district;
    g_autoptr (QonysEntry) item = NULL;

    qonys_session_select_district (ui_session (), district->kato);
    item = qonys_item_new_for_selection (ui_session ());
    if (qonys_entry_get (item, QONYS_ITEM_INDICATOR_VALUE) != NULL)
      return g_strdup (district->kato);
  }
  g_assert_not_reached ();
}

/* The card's button, then "Mark": the problem is in the plan with what proves it. */
static void
test_hotspot (void)
{
  const QonysEntry *item;
  GtkWidget *button;
  g_autofree char *before = NULL, *after = NULL, *back = NULL, *kato = NULL, *path = NULL;

  ui_open_demo ();
  before = qonys_plan_get_hash (plan ());
  kato = select_district ();
  button = ui_find (map_page (), GTK_TYPE_BUTTON, "Mark a problem here…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ui_shows (GTK_WIDGET (ui_get_dialog ()), "Missing: Қазақша, Русский, English"));
  ui_accept (ui_get_dialog ());

  g_assert_cmpuint (entries (QONYS_ENTRY_ITEM)->len, ==, 1);
  item = entries (QONYS_ENTRY_ITEM)->pdata[0];
  g_assert_nonnull (qonys_entry_get (item, QONYS_ITEM_PROBLEM));
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PLACE_KIND), ==, "district");
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PLACE_REF), ==, kato);
  g_assert_nonnull (qonys_entry_get (item, QONYS_ITEM_INDICATOR));
  g_assert_nonnull (qonys_entry_get (item, QONYS_ITEM_INDICATOR_VALUE));
  g_assert_nonnull (qonys_entry_get (item, QONYS_ITEM_INDICATOR_DAY));
  g_assert_cmpstr (qonys_style_get_selected_entry (qonys_session_get_style (ui_session ())), ==,
                   qonys_entry_get_id (item));
  after = qonys_plan_get_hash (plan ());
  g_assert_true (ui_undo ());
  back = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (back, ==, before);
  g_assert_true (ui_redo ());
  ui_wait_for_disk ();

  /* The draft's folder is this test's alone. */
  path = g_build_filename (folder, "entries.gpkg", NULL);
  qonys_session_save_as (ui_session (), path);
  ui_settle ();
}

/* A square's number is that of the gate; severity asks for its reasons; another place has no
 * shape. */
static void
test_form (void)
{
  g_autoptr (QonysEntry) start = qonys_item_new_for_shape (ui_session (), "POINT (71.43 51.14)");
  g_autofree char *id = g_strdup (qonys_entry_get_id (start));
  GtkWindow *dialog =
      qonys_ask_item (GTK_WINDOW (ui_window ()), ui_session (), qonys_entry_ref (start));
  GtkWidget *problems = ui_find (GTK_WIDGET (dialog), QONYS_TYPE_LINK_ROW, "Problem");
  GtkWidget *measures = ui_find (GTK_WIDGET (dialog), QONYS_TYPE_LINK_ROW, "Measures");
  const QonysEntry *item;

  g_assert_false (ui_can_accept (dialog));
  qonys_link_row_choose (QONYS_LINK_ROW (problems), "P02", TRUE);
  qonys_link_row_choose (QONYS_LINK_ROW (problems), "P01", TRUE); /* one only */
  g_assert_true (ui_can_accept (dialog));
  ui_choose (dialog, "Severity", 4);
  g_assert_false (ui_can_accept (dialog));
  ui_type (dialog, "Reasons for the severity", "twice the norm");
  g_assert_true (ui_can_accept (dialog));
  ui_type (dialog, "Description (Қазақша)", "991231100010");
  g_assert_false (ui_can_accept (dialog)); /* a person's number */
  ui_type (dialog, "Description (Қазақша)", "Тығыз қоныстанған үй");
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Missing: Русский, English"));
  qonys_link_row_choose (QONYS_LINK_ROW (measures), "3.2", TRUE);
  ui_accept (dialog);
  item = qonys_plan_find (plan (), QONYS_ENTRY_ITEM, id);
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PROBLEM), ==, "P01");
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_SEVERITY), ==, "4");
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_SHAPE), !=, NULL);
  g_assert_cmpstr (
      qonys_entry_get (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, "3.2"), QONYS_MEASURE_ITEMS),
      ==, id);

  /* The measure shows its places; deleted, it is linked to no longer. */
  ui_show_page ("measures");
  qonys_session_open_item (ui_session (), "3.2");
  qonys_session_clear_selection (ui_session ());
  g_signal_emit_by_name (ui_find (qonys_window_get_panel (ui_window (), "measures"),
                                  GTK_TYPE_BUTTON, "Show on the map"),
                         "clicked");
  g_assert_cmpstr (qonys_style_get_selected_entry (qonys_session_get_style (ui_session ())), ==,
                   id);
  g_assert_true (ui_press (map_page (), GDK_KEY_F2, 0));
  dialog = ui_get_dialog ();
  ui_choose (dialog, "Place", 1);
  ui_accept (dialog);
  item = qonys_plan_find (plan (), QONYS_ENTRY_ITEM, id);
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PLACE_KIND), ==, "district");
  g_assert_null (qonys_entry_get (item, QONYS_ITEM_SHAPE));
  g_assert_true (ui_press (map_page (), GDK_KEY_Delete, 0));
  g_assert_null (qonys_plan_find (plan (), QONYS_ENTRY_ITEM, id));
  g_assert_null (
      qonys_entry_get (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, "3.2"), QONYS_MEASURE_ITEMS));
  g_assert_true (ui_undo ());
  g_assert_cmpstr (
      qonys_entry_get (qonys_plan_find (plan (), QONYS_ENTRY_MEASURE, "3.2"), QONYS_MEASURE_ITEMS),
      ==, id);
  ui_wait_for_disk ();
}

/* A callout wholly by keys: drawn, written, moved, undone, copied, deleted. */
static void
test_callout (void)
{
  double x, y, moved_x, moved_y;
  QonysCamera camera;
  const QonysEntry *callout;
  g_autofree char *id = NULL;
  QonysPick pick;
  QonysBox box;

  box = qonys_districts_get_main_box (
      qonys_project_get_districts (qonys_session_get_project (ui_session ())));
  qonys_map_view_show_box (map (), &box, FALSE);
  ui_settle ();
  draw ("callout");
  g_assert_true (key (GDK_KEY_s, 0)); /* no snapping */
  for (guint i = 0; i < 2; i++)
    g_assert_true (key (GDK_KEY_Left, GDK_CONTROL_MASK));
  g_assert_true (key (GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_true (key (GDK_KEY_Return, 0));
  g_assert_null (qonys_map_view_get_sketch_message (map ()));
  g_assert_false (ui_can_accept (ui_get_dialog ()));
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, 1); /* kept without words, too */
  ui_type (ui_get_dialog (), "Text (Қазақша)", "Мұнда қызмет көрсету орны керек");
  ui_accept (ui_get_dialog ());
  ui_settle ();

  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, 1);
  callout = entries (QONYS_ENTRY_ANNOTATION)->pdata[0];
  id = g_strdup (qonys_entry_get_id (callout));
  g_assert_cmpstr (qonys_entry_get (callout, QONYS_ANNOTATION_KIND), ==, "callout");
  camera = qonys_map_view_get_camera (map ());
  get_px (callout, QONYS_ANNOTATION_SHAPE, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, camera.width_px / 2 - 128, 0.1);
  g_assert_cmpfloat_with_epsilon (y, camera.height_px / 2 + 1, 0.1);
  pick = qonys_pick (qonys_session_get_content (ui_session ()),
                     qonys_session_get_style (ui_session ()), &camera, x, y, 14);
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_ANNOTATION);
  g_assert_cmpstr (qonys_style_get_selected_entry (qonys_session_get_style (ui_session ())), ==,
                   id);

  g_assert_true (ui_press (map_page (), GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  for (guint i = 0; i < 4; i++)
    g_assert_true (key (GDK_KEY_Right, GDK_ALT_MASK));
  g_assert_true (key (GDK_KEY_Return, 0));
  callout = qonys_plan_find (plan (), QONYS_ENTRY_ANNOTATION, id);
  get_px (callout, QONYS_ANNOTATION_SHAPE, &moved_x, &moved_y);
  g_assert_cmpfloat_with_epsilon (moved_x, x + 32, 0.1);
  g_assert_cmpfloat_with_epsilon (moved_y, y, 0.1);
  g_assert_true (ui_undo ());
  get_px (qonys_plan_find (plan (), QONYS_ENTRY_ANNOTATION, id), QONYS_ANNOTATION_SHAPE, &moved_x,
          &moved_y);
  g_assert_cmpfloat_with_epsilon (moved_x, x, 0.1);
  g_assert_true (ui_redo ());

  g_assert_true (ui_press (map_page (), GDK_KEY_c, GDK_CONTROL_MASK));
  g_assert_true (ui_press (map_page (), GDK_KEY_v, GDK_CONTROL_MASK));
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, 2);
  g_assert_cmpstr (qonys_style_get_selected_entry (qonys_session_get_style (ui_session ())), !=,
                   id);
  callout =
      qonys_plan_find (plan (), QONYS_ENTRY_ANNOTATION,
                       qonys_style_get_selected_entry (qonys_session_get_style (ui_session ())));
  get_px (callout, QONYS_ANNOTATION_SHAPE, &moved_x, &moved_y);
  g_assert_cmpfloat_with_epsilon (moved_x, camera.width_px / 2, 0.1);
  g_assert_true (ui_press (map_page (), GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, 3);
  g_assert_true (ui_press (map_page (), GDK_KEY_Delete, 0));
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, 2);
  ui_wait_for_disk ();
}

/* What is not good yet is refused with a sentence; Escape leaves nothing behind of a shape in the
 * making. One that is done stays, though nothing is written to it. */
static void
test_refused (void)
{
  guint n = entries (QONYS_ENTRY_ANNOTATION)->len;

  draw ("area");
  g_assert_true (key (GDK_KEY_space, 0));
  g_assert_true (key (GDK_KEY_Return, 0));
  g_assert_nonnull (strstr (qonys_map_view_get_sketch_message (map ()), "three vertices"));
  g_assert_true (ui_shows (map_page (), qonys_map_view_get_sketch_message (map ())));
  g_assert_true (key (GDK_KEY_Escape, 0));
  g_assert_null (qonys_map_view_get_sketch_message (map ()));
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, n);
  g_assert_false (key (GDK_KEY_Escape, 0)); /* the map's again */

  draw ("arrow");
  ui_click_map (300, 300);
  ui_click_map (400, 340);
  g_signal_emit_by_name (ui_find (map_page (), GTK_TYPE_BUTTON, "Done"), "clicked");
  g_assert_nonnull (ui_get_dialog ());
  g_assert_false (ui_can_accept (ui_get_dialog ())); /* nothing was written */
  gtk_window_close (ui_get_dialog ());
  ui_settle ();
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, n + 1);
  g_assert_true (ui_undo ());
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, n);
  g_assert_true (ui_redo ());
  g_assert_cmpuint (entries (QONYS_ENTRY_ANNOTATION)->len, ==, n + 1);
  ui_wait_for_disk ();
}

static void
draw_area_and_close (void)
{
  draw ("item-area");
  ui_click_map (300, 300);
  ui_click_map (400, 300);
  ui_click_map (400, 400);
  g_signal_emit_by_name (ui_find (map_page (), GTK_TYPE_BUTTON, "Done"), "clicked");
  gtk_window_close (ui_get_dialog ());
  ui_settle ();
}

/* An area that is done comes back when its form is closed, and is dropped by Escape alone. */
static void
test_area_kept (void)
{
  guint n = entries (QONYS_ENTRY_ITEM)->len;
  GtkWidget *problem;

  draw_area_and_close ();
  g_assert_nonnull (qonys_map_view_get_sketch_message (map ()));
  g_assert_true (key (GDK_KEY_Return, 0));
  g_assert_nonnull (ui_get_dialog ());
  problem = ui_find (GTK_WIDGET (ui_get_dialog ()), QONYS_TYPE_LINK_ROW, "Problem");
  qonys_link_row_choose (QONYS_LINK_ROW (problem), "P01", TRUE);
  ui_accept (ui_get_dialog ());
  ui_settle ();
  g_assert_null (qonys_map_view_get_sketch_message (map ()));
  g_assert_cmpuint (entries (QONYS_ENTRY_ITEM)->len, ==, n + 1);
  ui_wait_for_disk ();

  draw_area_and_close ();
  g_assert_true (key (GDK_KEY_Escape, 0));
  g_assert_null (qonys_map_view_get_sketch_message (map ()));
  g_assert_cmpuint (entries (QONYS_ENTRY_ITEM)->len, ==, n + 1);
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-entries-XXXXXX", NULL);
  g_test_add_func ("/ui/entries/hotspot", test_hotspot);
  g_test_add_func ("/ui/entries/form", test_form);
  g_test_add_func ("/ui/entries/callout", test_callout);
  g_test_add_func ("/ui/entries/refused", test_refused);
  g_test_add_func ("/ui/entries/area-kept", test_area_kept);
  status = ui_run ();
  ui_remove_folder (folder);
  g_free (folder);
  return status;
}
