/* Layers, norm and imports undone and redone as somebody does it: by keys, step by step, in memory
 * and after the project was closed and opened again; datasets taken out of use and brought back. */

#include "domain/setting.h"
#include "ui-support.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static char *folder;

/* One version of a district; a file has it in degrees, so that the last digits may differ. */
static void
append_district (GString *text, const QonysDistrict *district)
{
  const QonysShape *shape = district->shape;
  double x = 0, y = 0;

  for (guint i = 0; i < shape->ring_starts[shape->n_rings]; i++) {
    x += shape->x[i];
    y += shape->y[i];
  }
  g_string_append_printf (text, " %s %s %.9f %.9f", district->kato, district->source, x, y);
}

/* Everything that is set, as one text: looks, norm, rows of each type, outlines of the project and
 * of what is shown. */
static char *
dup_state (void)
{
  QonysProject *project = qonys_session_get_project (ui_session ());
  QonysDistricts *districts = qonys_project_get_districts (project);
  const GArray *shown = qonys_session_get_content (ui_session ())->districts;
  const QonysStatistic *statistic = qonys_session_get_statistic (ui_session ());
  g_autofree char *style = qonys_style_to_text (qonys_session_get_style (ui_session ()));
  g_autofree char *norm = qonys_norm_to_text (qonys_project_get_norm (project));
  GString *text = g_string_new (style);

  g_string_append_printf (text, " %s %s", statistic == NULL ? "none" : statistic->id, norm);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++)
    g_string_append_printf (text, " %" G_GSIZE_FORMAT,
                            qonys_table_get_n_rows (qonys_project_get_table (project, i)));
  for (guint i = 0; i < qonys_districts_get_n (districts); i++)
    append_district (text, qonys_districts_get (districts, i));
  for (guint i = 0; i < shown->len; i++)
    append_district (text, g_array_index (shown, QonysDistrictMark, i).district);
  return g_string_free (text, FALSE);
}

static gsize
count (QonysRecordType type)
{
  return qonys_table_get_n_rows (
      qonys_project_get_table (qonys_session_get_project (ui_session ()), type));
}

static gboolean
is_on_disk (void)
{
  return !qonys_session_has_pending_edits (ui_session ()) && ui_is_settled ();
}

static void
settle (void)
{
  ui_settle ();
  ui_wait (is_on_disk);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
}

static GMenuModel *
find_main_menu (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget)))
    return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GMenuModel *menu = find_main_menu (child);

    if (menu != NULL)
      return menu;
  }
  return NULL;
}

/* What the menu's first section offers: 0 undo, 1 redo. */
static void
assert_step (int item, const char *expected)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (
      find_main_menu (GTK_WIDGET (ui_window ())), 0, G_MENU_LINK_SECTION);
  g_autofree char *label = NULL;

  g_assert_true (
      g_menu_model_get_item_attribute (section, item, G_MENU_ATTRIBUTE_LABEL, "s", &label));
  g_assert_cmpstr (label, ==, expected);
}

static void
undo (const char *step)
{
  g_autofree char *label = g_strconcat ("Undo: ", step, NULL);

  assert_step (0, label);
  g_assert_true (ui_press (GTK_WIDGET (ui_window ()), GDK_KEY_z, GDK_CONTROL_MASK));
  settle ();
}

static void
redo (const char *step)
{
  g_autofree char *label = g_strconcat ("Redo: ", step, NULL);

  assert_step (1, label);
  g_assert_true (
      ui_press (GTK_WIDGET (ui_window ()), GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  settle ();
}

static void
toggle_layer (const char *layer)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.toggle-layer", "s", layer));
}

static void
set_norm (double m2)
{
  QonysNorm norm = *qonys_session_get_norm (ui_session ());

  norm.norm_m2 = m2;
  qonys_session_set_norm (ui_session (), &norm);
}

static void
close_other_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (window != GTK_WINDOW (ui_window ()))
      gtk_window_destroy (window);
  }
}

static void
import (const char *name, QonysRecordType type, const char *rows)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (type);

  g_assert_true (g_file_set_contents (path, rows, -1, NULL));
  qonys_session_import_by (ui_session (), path, recipe, NULL, FALSE, NULL, NULL, NULL);
  settle ();
  g_remove (path);
  close_other_windows ();
}

static const char OPERATIONS[] = "op_key,district,date_start,date_end,lon,lat\n"
                                 "x1,711510000,2023-05-02,2023-05-03,71.40,51.12\n";

/* Three steps of three kinds, undone and done again. */
static void
assert_three_steps (const char *first, const char *last)
{
  g_autofree char *undone = NULL, *redone = NULL;

  undo ("Add data: operations");
  undo ("Change the norm: 12 m²");
  undo ("Change the look of the map: Raid operations: off");
  undone = dup_state ();
  g_assert_cmpstr (undone, ==, first);
  redo ("Change the look of the map: Raid operations: off");
  redo ("Change the norm: 12 m²");
  redo ("Add data: operations");
  redone = dup_state ();
  g_assert_cmpstr (redone, ==, last);
}

static void
test_three_steps (void)
{
  g_autofree char *path = g_build_filename (folder, "settings.gpkg", NULL);
  g_autofree char *first = NULL, *last = NULL, *saved = NULL, *reopened = NULL;

  ui_open_demo ();
  first = dup_state ();
  toggle_layer ("raids");
  set_norm (12);
  settle ();
  import ("operations.csv", QONYS_RECORD_OPERATION, OPERATIONS);
  g_assert_cmpuint (count (QONYS_RECORD_OPERATION), ==, 1);
  last = dup_state ();
  g_assert_cmpstr (last, !=, first);
  assert_three_steps (first, last);

  /* None of it is worth a file by itself. */
  g_assert_null (qonys_project_get_path (qonys_session_get_project (ui_session ())));

  qonys_session_save_as (ui_session (), path);
  settle ();
  saved = dup_state ();
  g_assert_cmpstr (saved, ==, last);
  assert_three_steps (first, last);

  qonys_session_new_project (ui_session ());
  settle ();
  assert_step (0, "Undo");
  qonys_session_open (ui_session (), path);
  settle ();
  reopened = dup_state ();
  g_assert_cmpstr (reopened, ==, last);
  assert_three_steps (first, last);
}

/* ---- outlines ---- */

static void
open_outlines (const char *name, double west)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
      "{\"name\":\"Нура\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
      "[[[%.2f,51.1],[%.2f,51.1],[%.2f,51.2],[%.2f,51.1]]]}}]}",
      west, west + 0.1, west + 0.1, west);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  qonys_session_open (ui_session (), path);
  settle ();
  g_remove (path);
  close_other_windows ();
}

static void
assert_outlines (const char *first, const char *second, const char *last)
{
  g_autofree char *one = NULL, *none = NULL, *redone = NULL;

  undo ("Replace the district outlines: b.geojson");
  one = dup_state ();
  g_assert_cmpstr (one, ==, second);
  undo ("Replace the district outlines: a.geojson");
  none = dup_state ();
  g_assert_cmpstr (none, ==, first);
  redo ("Replace the district outlines: a.geojson");
  redo ("Replace the district outlines: b.geojson");
  redone = dup_state ();
  g_assert_cmpstr (redone, ==, last);
}

static guint
count_files (void)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

/* In memory, in a file, after it was opened again; its folder holds it alone. */
static void
test_outlines (void)
{
  g_autofree char *path = g_build_filename (folder, "outlines.gpkg", NULL);
  g_autofree char *first = NULL, *second = NULL, *last = NULL;
  guint n_before = count_files ();

  qonys_session_new_demo (ui_session (), 200);
  settle ();
  first = dup_state ();
  open_outlines ("a.geojson", 71.3);
  second = dup_state ();
  g_assert_cmpstr (second, !=, first);
  open_outlines ("b.geojson", 71.5);
  last = dup_state ();
  g_assert_cmpstr (last, !=, second);
  assert_outlines (first, second, last);
  g_assert_null (qonys_project_get_path (qonys_session_get_project (ui_session ())));

  qonys_session_save_as (ui_session (), path);
  settle ();
  assert_outlines (first, second, last);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *reopened = NULL;

    qonys_session_new_project (ui_session ());
    settle ();
    qonys_session_open (ui_session (), path);
    settle ();
    reopened = dup_state ();
    g_assert_cmpstr (reopened, ==, last);
    assert_outlines (first, second, last);
  }

  /* Back to the first ones, to others, and from there back: the file takes part at each step. */
  undo ("Replace the district outlines: b.geojson");
  undo ("Replace the district outlines: a.geojson");
  open_outlines ("c_d.geojson", 71.4);
  undo ("Replace the district outlines: c__d.geojson"); /* a label in which _ marks a key */
  {
    g_autofree char *back = dup_state ();

    g_assert_cmpstr (back, ==, first);
  }
  g_assert_cmpuint (count_files (), ==, n_before + 1);
  qonys_session_new_project (ui_session ());
  settle ();
  g_remove (path);
}

/* What people wrote is switched as layers are, by keys and in the panel. */
static void
test_written (void)
{
  g_autofree char *first = dup_state ();

  toggle_layer ("items");
  assert_step (0, "Undo: Change the look of the map: Marked places: off");
  toggle_layer ("annotations");
  assert_step (0, "Undo: Change the look of the map: Annotations: off");
  g_assert_false (qonys_session_get_style (ui_session ())->has_items);
  g_assert_false (qonys_session_get_style (ui_session ())->has_annotations);
  undo ("Change the look of the map: Annotations: off");
  g_assert_true (qonys_session_get_style (ui_session ())->has_annotations);
  undo ("Change the look of the map: Marked places: off");
  {
    g_autofree char *now = dup_state ();

    g_assert_cmpstr (now, ==, first);
  }
}

/* A slider's run is one step; turning a layer off and on are two. */
static void
test_merge (void)
{
  g_autofree char *first = dup_state (), *now = NULL;
  QonysStyle style = *qonys_session_get_style (ui_session ());

  for (int i = 9; i > 2; i--) {
    style.layers[QONYS_LAYER_DISTRICTS].opacity = i / 10.0;
    qonys_session_set_style (ui_session (), &style);
  }
  settle ();
  undo ("Change the look of the map: Districts: 30 %");
  now = dup_state ();
  g_assert_cmpstr (now, ==, first);
  toggle_layer ("fictitious");
  toggle_layer ("fictitious");
  settle ();
  undo ("Change the look of the map: Fictitious registration: on");
  undo ("Change the look of the map: Fictitious registration: off");
  g_clear_pointer (&now, g_free);
  now = dup_state ();
  g_assert_cmpstr (now, ==, first);
}

static void
test_statistic (void)
{
  const QonysStatistic *before = qonys_session_get_statistic (ui_session ());

  qonys_session_set_statistic (ui_session (), NULL);
  settle ();
  undo ("Colour the districts: Outlines only");
  g_assert_true (qonys_session_get_statistic (ui_session ()) == before);
  g_assert_true (qonys_session_get_content (ui_session ())->statistic == before);
  redo ("Colour the districts: Outlines only");
  g_assert_null (qonys_session_get_content (ui_session ())->statistic);
  undo ("Colour the districts: Outlines only");
}

/* What measures show does not hang on looks: no panel is made anew. */
static void
count_cb (QonysSession *session, guint changes, guint *n_plan)
{
  *n_plan += (changes & QONYS_CHANGED_PLAN) != 0;
}

static void
test_quiet (void)
{
  guint n_plan = 0;
  QonysRelease *release = qonys_session_get_release (ui_session ());
  gulong handler = g_signal_connect (ui_session (), "changed", G_CALLBACK (count_cb), &n_plan);

  toggle_layer ("overcrowded");
  settle ();
  g_assert_true (ui_press (GTK_WIDGET (ui_window ()), GDK_KEY_z, GDK_CONTROL_MASK));
  settle ();
  g_assert_cmpuint (n_plan, ==, 0);
  g_assert_true (qonys_session_get_release (ui_session ()) == release);
  g_signal_handler_disconnect (ui_session (), handler);
}

/* A stick that is pulled out: looks hold, nobody is troubled, and they are written with what people
 * write next. */
static void
test_held (void)
{
  g_autofree char *path = g_build_filename (folder, "settings.gpkg", NULL);
  g_autofree char *away = g_strconcat (path, ".away", NULL), *value = NULL;
  QonysEntry *measure =
      qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_MEASURE, "3.4");
  g_autoptr (QonysEntry) next = qonys_entry_with (measure, QONYS_MEASURE_BODY, "police");
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.change", "3.4", NULL, NULL);

  g_assert_cmpint (g_rename (path, away), ==, 0);
  toggle_layer ("fictitious");
  settle ();
  g_assert_cmpint (g_rename (away, path), ==, 0);
  value = qonys_store_read_setting (path, QONYS_SETTING_STYLE);
  g_assert_null (strstr (value, "fictitious=0"));
  qonys_edit_add (edit, measure, next);
  g_assert_true (qonys_session_edit (ui_session (), edit, NULL));
  settle ();
  g_clear_pointer (&value, g_free);
  value = qonys_store_read_setting (path, QONYS_SETTING_STYLE);
  g_assert_nonnull (strstr (value, "fictitious=0"));
  undo ("Change a measure: 3.4");
  undo ("Change the look of the map: Fictitious registration: off");
}

/* What holds in memory goes into the file it is saved as. */
static void
test_held_saved (void)
{
  g_autofree char *path = g_build_filename (folder, "settings.gpkg", NULL);
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.gpkg", NULL), *value = NULL;

  g_assert_cmpint (g_rename (path, away), ==, 0);
  toggle_layer ("fictitious");
  settle ();
  g_assert_cmpint (g_rename (away, path), ==, 0);
  qonys_session_save_as (ui_session (), copy);
  settle ();
  value = qonys_store_read_setting (copy, QONYS_SETTING_STYLE);
  g_assert_nonnull (strstr (value, "fictitious=0"));
  undo ("Change the look of the map: Fictitious registration: off");

  /* Saved while an edit is on its way: it is in both. */
  toggle_layer ("fictitious");
  qonys_session_save_as (ui_session (), path);
  settle ();
  g_clear_pointer (&value, g_free);
  value = qonys_store_read_setting (path, QONYS_SETTING_STYLE);
  g_assert_nonnull (strstr (value, "fictitious=0"));
  undo ("Change the look of the map: Fictitious registration: off");
  g_remove (copy);
}

static GtkWidget *
find_dataset_row (const char *title)
{
  return ui_find (ui_show_page ("layers"), ADW_TYPE_ACTION_ROW, title);
}

static void
test_data_list (void)
{
  gsize n_synthetic;

  /* The training operations come back when the real ones go. */
  g_assert_nonnull (find_dataset_row ("operations"));
  g_assert_cmpuint (count (QONYS_RECORD_OPERATION), ==, 1);
  g_assert_true (ui_press (find_dataset_row ("operations"), GDK_KEY_Delete, 0));
  settle ();
  n_synthetic = count (QONYS_RECORD_OPERATION);
  g_assert_cmpuint (n_synthetic, >, 1);
  g_assert_true (ui_press (find_dataset_row ("operations"), GDK_KEY_Delete, 0));
  settle ();
  g_assert_cmpuint (count (QONYS_RECORD_OPERATION), ==, 1);
  undo ("Bring data back into use: operations");
  undo ("Take data out of use: operations");

  g_assert_true (qonys_project_is_synthetic (qonys_session_get_project (ui_session ())));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.remove-training-data", NULL));
  settle ();
  g_assert_false (qonys_project_is_synthetic (qonys_session_get_project (ui_session ())));
  g_assert_cmpuint (count (QONYS_RECORD_DWELLING), ==, 0);
  g_assert_cmpuint (count (QONYS_RECORD_OPERATION), ==, 1);
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (ui_window ()), "remove-training-data"));
  undo ("Remove the training data");
  g_assert_cmpuint (count (QONYS_RECORD_DWELLING), >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-settings-XXXXXX", NULL);
  g_test_add_func ("/ui/settings/three-steps", test_three_steps);
  g_test_add_func ("/ui/settings/merge", test_merge);
  g_test_add_func ("/ui/settings/written", test_written);
  g_test_add_func ("/ui/settings/statistic", test_statistic);
  g_test_add_func ("/ui/settings/quiet", test_quiet);
  g_test_add_func ("/ui/settings/held", test_held);
  g_test_add_func ("/ui/settings/held-saved", test_held_saved);
  g_test_add_func ("/ui/settings/data-list", test_data_list);
  g_test_add_func ("/ui/settings/outlines", test_outlines);
  status = ui_run ();
  path = g_build_filename (folder, "settings.gpkg", NULL);
  g_remove (path);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
