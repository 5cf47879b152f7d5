/* The import assistant as a user drives it: each kind of file once, persons, recipes, and that
 * nothing stays of what was cancelled. */

#include "ui-support.h"
#include "ui/import-dialog.h"
#include <adwaita.h>
#include <gdal.h>
#include <glib/gstdio.h>
#include <string.h>

#define IIN "991231100010" /* of the privacy rules: nobody's */

static char *folder;

static const char TABLE[] = "Код жилища;Аудан;Бөлме саны;Бойлық;Ендік\n"
                            "001;Есіл;2;71,41;51,13\n"
                            "002;Сарыарқа;көп;71,42;51,16\n"
                            "003;Нұра;1;71,37;51,11\n"
                            "Барлығы;;3;;\n";

/* ---- files ---- */

static char *
put (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static char *
put_features (void)
{
  return put ("dwellings.geojson",
              "{\"type\":\"FeatureCollection\",\"features\":["
              "{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"a\",\"rooms\":2,"
              "\"district\":\"Есіл\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[71.41,"
              "51.13]}},{\"type\":\"Feature\",\"properties\":{\"dwelling_key\":\"b\",\"rooms\":99,"
              "\"district\":\"Есіл\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[71.42,"
              "51.13]}}]}");
}

/* The same rows in another format, as a layer or sheet for each name. */
static char *
convert (const char *driver, const char *name, const char *const *layers)
{
  g_autofree char *from = put_features ();
  char *path = g_build_filename (folder, name, NULL);
  GDALDatasetH source, target;

  GDALAllRegister ();
  g_remove (path);
  source = GDALOpenEx (from, GDAL_OF_VECTOR, NULL, NULL, NULL);
  target = GDALCreate (GDALGetDriverByName (driver), path, 0, 0, 0, GDT_Unknown, NULL);
  g_assert_nonnull (source);
  g_assert_nonnull (target);
  for (; *layers != NULL; layers++)
    g_assert_nonnull (
        GDALDatasetCopyLayer (target, GDALDatasetGetLayer (source, 0), *layers, NULL));
  GDALClose (target);
  GDALClose (source);
  return path;
}

/* ---- the dialog ---- */

static GtkWidget *dialog; /* NULL when it is gone */

static void
open_file (const char *path)
{
  dialog = GTK_WIDGET (qonys_import_dialog_show (GTK_WINDOW (ui_window ()), ui_session (), path));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
}

static GtkWidget *
find_in (GtkWidget *widget, const char *id)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_in (child, id);
  return found;
}

static GtkWidget *
find (const char *id)
{
  GtkWidget *widget = find_in (dialog, id);

  g_assert_nonnull (widget);
  return widget;
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static gboolean
can (const char *id)
{
  return gtk_widget_get_visible (find (id)) && gtk_widget_get_sensitive (find (id));
}

static void
click (const char *id)
{
  g_assert_true (can (id));
  g_signal_emit_by_name (find (id), "clicked");
}

static const char *
get_page (void)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find ("stack")));
}

static void
close_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

    if (GTK_WIDGET (window) != GTK_WIDGET (ui_window ()) && ADW_IS_WINDOW (window))
      gtk_window_destroy (window);
  }
  ui_settle ();
  g_assert_null (dialog);
}

static gsize
count_rows (QonysRecordType type)
{
  return qonys_table_get_n_rows (
      qonys_project_get_table (qonys_session_get_project (ui_session ()), type));
}

/* A project of nothing, in a file where recipes can be kept. */
static void
start (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("project-%u.gpkg", n++);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  qonys_session_new_project (ui_session ());
  ui_settle ();
  qonys_session_save_as (ui_session (), path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
}

static void
check_and_store (gsize n_rows)
{
  g_assert_cmpstr (get_page (), ==, "columns");
  click ("check_button");
  ui_settle ();
  g_assert_cmpstr (get_page (), ==, "result");
  g_assert_cmpuint (count_rows (QONYS_RECORD_DWELLING), ==, 0); /* a look only */
  click ("store_button");
  ui_settle ();
  g_assert_null (dialog);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpuint (count_rows (QONYS_RECORD_DWELLING), ==, n_rows);
  close_windows ();
}

/* ---- tests ---- */

static void
test_csv (void)
{
  g_autofree char *path = put ("table.csv", TABLE);

  start ();
  open_file (path);
  g_assert_cmpstr (get_page (), ==, "waiting");
  g_assert_false (can ("check_button"));
  ui_settle ();
  g_assert_cmpuint (ui_count (find ("mapping"), GTK_TYPE_DROP_DOWN), ==, 5);
  g_assert_true (ui_shows (find ("preview"), "Сарыарқа"));
  g_assert_true (ui_shows (find ("preview"), "2")); /* the row's number */
  g_assert_false (gtk_widget_get_visible (find ("gate")));
  g_assert_false (gtk_widget_get_visible (find ("sheet_row")));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == find ("check_button"));
  click ("check_button");
  ui_settle ();
  g_assert_true (ui_shows (find ("result"), "The value is not a number"));
  g_assert_true (
      ui_shows (find ("result"), "Row 3, column Бөлме саны: The value is not a number: “көп”."));
  g_assert_true (ui_shows (find ("result"), "Nura district"));
  g_assert_true (can ("report_button"));
  click ("back_button");
  check_and_store (2);
}

/* The names stand elsewhere: looked through again, and back. */
static void
test_header_row (void)
{
  g_autofree char *path = put ("table.csv", TABLE);

  start ();
  open_file (path);
  ui_settle ();
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find ("header_spin")), 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find ("header_spin")), 3); /* overtakes */
  g_assert_false (can ("check_button"));
  ui_settle ();
  g_assert_true (ui_shows (find ("mapping"), "Сарыарқа"));
  g_assert_false (can ("check_button")); /* no column is what it must be */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find ("header_spin")), 1);
  ui_settle ();
  g_assert_true (can ("check_button"));
  close_windows ();
}

/* Rows above the names and sums are shown, and said to be no records. */
static void
test_titles (void)
{
  g_autofree char *text = g_strconcat ("Тұрғын үйлер тізілімі;;;;\n\n", TABLE, NULL);
  g_autofree char *path = put ("titles.csv", text);

  start ();
  open_file (path);
  ui_settle ();
  g_assert_true (ui_shows (find ("preview"), "Тұрғын үйлер тізілімі"));
  g_assert_true (ui_shows (find ("preview"), "title 1"));
  g_assert_true (ui_shows (find ("preview"), "sum 7"));
  g_assert_true (can ("check_button"));
  close_windows ();
}

/* Rows without coordinates: a layer of addresses is asked for, and what it cannot say is listed. */
static void
test_addresses (void)
{
  g_autofree char *path = put ("addresses.csv", "Код жилища;Аудан;Көше;Үй\n"
                                                "1;Есіл;Қабанбай батыр даңғылы;5\n"
                                                "2;Есіл;Белгісіз көшесі;5\n");
  QonysTable *table;

  start ();
  open_file (path);
  ui_settle ();
  g_assert_true (can ("addresses_row"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find ("addresses_row")), 1);
  click ("check_button");
  ui_settle ();
  g_assert_true (ui_shows (find ("result"), "Stored, but not placed by their addresses"));
  g_assert_true (ui_shows (find ("result"),
                           "Row 3, column Көше: The street is not in the layer of addresses."));
  g_assert_true (ui_shows (find ("result"), "Correct the street, or give the coordinates."));
  click ("back_button");
  check_and_store (2);
  table =
      qonys_project_get_table (qonys_session_get_project (ui_session ()), QONYS_RECORD_DWELLING);
  g_assert_cmpint (qonys_table_get_code (table, 0, QONYS_DWELLING_POSITION_ACCURACY), ==, 1);

  path = (g_free (path), put ("table.csv", TABLE)); /* coordinates, no addresses */
  open_file (path);
  ui_settle ();
  g_assert_false (can ("addresses_row"));
  close_windows ();
}

static GtkDropDown *
get_choice (const char *header)
{
  for (GtkWidget *row = find_type (find ("mapping"), ADW_TYPE_ACTION_ROW); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), header))
      return GTK_DROP_DOWN (find_type (row, GTK_TYPE_DROP_DOWN));
  g_assert_not_reached ();
}

static void
test_mapping (void)
{
  g_autofree char *path = put ("table.csv", TABLE);
  guint rooms;

  start ();
  open_file (path);
  ui_settle ();
  rooms = gtk_drop_down_get_selected (get_choice ("Бөлме саны"));
  gtk_drop_down_set_selected (get_choice ("Аудан"), rooms);
  g_assert_false (can ("check_button")); /* rooms are taken twice */
  gtk_drop_down_set_selected (get_choice ("Бөлме саны"), 0);
  g_assert_true (can ("check_button"));
  gtk_drop_down_set_selected (get_choice ("Код жилища"), 0);
  g_assert_false (can ("check_button"));
  g_assert_true (ui_shows (find ("mapping"), "No column yet for what every row must have: Dwelling "
                                             "code. Choose it below."));
  close_windows ();
  g_assert_cmpuint (count_rows (QONYS_RECORD_DWELLING), ==, 0);
}

/* «Алматинский» is asked about: a district of the city, or not. */
static void
test_district (void)
{
  g_autofree char *path = put ("almaty.csv", "Код жилища;Аудан;Бөлме саны\n1;Алматинский;1\n"
                                             "2;Есіл;1\n");
  QonysTable *table;

  start ();
  open_file (path);
  ui_settle ();
  g_assert_true (gtk_widget_get_visible (find ("district_row")));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (find ("district_switch"))));
  gtk_switch_set_active (GTK_SWITCH (find ("district_switch")), FALSE);
  check_and_store (2);
  table =
      qonys_project_get_table (qonys_session_get_project (ui_session ()), QONYS_RECORD_DWELLING);
  g_assert_null (qonys_table_get_text (table, 0, QONYS_DWELLING_DISTRICT));
  g_assert_cmpstr (qonys_table_get_text (table, 1, QONYS_DWELLING_DISTRICT), ==, "711210000");
}

static void
test_xlsx (void)
{
  g_autofree char *path =
      convert ("XLSX", "dwellings.xlsx", (const char *const[]){"one", "two", NULL});

  start ();
  open_file (path);
  ui_settle ();
  g_assert_cmpuint (
      g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (find ("sheet_row")))), ==,
      2);
  g_assert_true (gtk_widget_get_visible (find ("sheet_row")));
  g_assert_false (gtk_widget_get_visible (find ("encoding_row")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find ("sheet_row")), 1);
  ui_settle ();
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find ("sheet_row"))), ==, 1);
  check_and_store (1); /* of ninety-nine rooms there are none */
}

static void
test_geojson (void)
{
  g_autofree char *path = put_features ();

  start ();
  open_file (path);
  ui_settle ();
  g_assert_false (gtk_widget_get_visible (find ("header_row")));
  g_assert_false (gtk_widget_get_visible (find ("crs_row")));
  check_and_store (1);
}

static void
test_gpkg (void)
{
  g_autofree char *path = convert ("GPKG", "dwellings.gpkg", (const char *const[]){"flats", NULL});

  start ();
  open_file (path);
  ui_settle ();
  check_and_store (1);
}

static void
test_persons (void)
{
  g_autofree char *path = put ("persons.csv", "Код жилища;Аудан;Бөлме саны;ЖСН\nd1;Есіл;1;" IIN
                                              "\nd2;Нұра;2;" IIN "\n");
  g_autofree char *project = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  start ();
  project = g_strdup (qonys_project_get_path (qonys_session_get_project (ui_session ())));
  open_file (path);
  ui_settle ();
  g_assert_true (gtk_widget_get_visible (find ("gate")));
  g_assert_false (can ("check_button"));
  g_assert_cmpuint (ui_count (find ("gate"), GTK_TYPE_SWITCH), ==, 1);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)), find ("gate")));
  g_assert_false (ui_shows (dialog, IIN));
  gtk_switch_set_active (GTK_SWITCH (find_type (find ("gate"), GTK_TYPE_SWITCH)), TRUE);
  g_assert_true (can ("check_button"));
  gtk_drop_down_set_selected (get_choice ("ЖСН"), 0); /* ignoring is not dropping */
  g_assert_false (can ("check_button"));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find_type (find ("gate"), GTK_TYPE_SWITCH))));
  gtk_switch_set_active (GTK_SWITCH (find_type (find ("gate"), GTK_TYPE_SWITCH)), TRUE);
  check_and_store (2);
  g_assert_true (g_file_get_contents (project, &bytes, &length, NULL));
  for (gsize i = 0; i + strlen (IIN) <= length; i++) /* there are NULs in it */
    g_assert_cmpint (strncmp (bytes + i, IIN, strlen (IIN)), !=, 0);
}

static void
test_micro_rows (void)
{
  g_autoptr (GString) text = g_string_new ("Код;Аудан;Көше;Үй;Пәтер\n");
  g_autofree char *path = NULL;

  for (int i = 0; i < 120; i++)
    g_string_append_printf (text, "%d;Есіл;Қабанбай батыр;%d;%d\n", i + 1, i / 10 + 1, i / 3);
  path = put ("micro.csv", text->str);
  start ();
  open_file (path);
  ui_settle ();
  g_assert_true (gtk_widget_get_visible (find ("gate")));
  g_assert_cmpuint (ui_count (find ("gate"), GTK_TYPE_SWITCH), ==, 0); /* no way on */
  g_assert_false (can ("check_button"));
  close_windows ();
}

/* The next quarter: the columns are known, one click checks. */
static void
test_recipe (void)
{
  g_autofree char *path = put ("quarter-1.csv", TABLE);
  g_autofree char *next = put ("quarter-2.csv", "Код жилища;Аудан;Бөлме саны;Бойлық;Ендік\n"
                                                "007;Есіл;2;71,41;51,13\n");

  start ();
  open_file (path);
  ui_settle ();
  g_assert_false (gtk_widget_get_visible (find ("known_label")));
  gtk_switch_set_active (GTK_SWITCH (find ("remember_switch")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find ("name_row")), "call +7 701 123 45 67");
  g_assert_false (can ("check_button"));
  gtk_editable_set_text (GTK_EDITABLE (find ("name_row")), "Quarter");
  gtk_editable_set_text (GTK_EDITABLE (find ("day_row")), "31.02.2026");
  g_assert_false (can ("check_button"));
  gtk_editable_set_text (GTK_EDITABLE (find ("day_row")), "31.03.2026");
  check_and_store (2);
  open_file (next);
  ui_settle ();
  g_assert_true (gtk_widget_get_visible (find ("known_label")));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find ("known_label"))), "Quarter"));
  g_assert_true (can ("check_button"));
  close_windows ();
}

/* Whenever it is closed, the project is the one before. */
static void
test_cancel (void)
{
  g_autoptr (GString) text = g_string_new (TABLE);
  g_autofree char *path = NULL;
  QonysProject *before;

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "x%d;Есіл;2;71,41;51,13\n", i);
  path = put ("long.csv", text->str);
  start ();
  before = qonys_session_get_project (ui_session ());
  for (int moment = 0; moment < 5; moment++) {
    open_file (path);
    if (moment > 0)
      ui_settle ();
    if (moment > 1)
      click ("check_button");
    if (moment > 2)
      ui_settle ();
    if (moment > 3)
      click ("store_button");
    gtk_widget_activate_action (dialog, "window.close", NULL); /* what Esc does */
    ui_settle ();
    g_assert_null (dialog);
    g_assert_true (qonys_session_get_project (ui_session ()) == before);
    g_assert_no_error (qonys_session_get_error (ui_session ()));
  }
  /* The very file is not known to the project: it can still be read. */
  open_file (path);
  ui_settle ();
  check_and_store (20002);
}

static void
drop (const char *path)
{
  GtkEventController *target = ui_find_controller (GTK_WIDGET (ui_window ()), GTK_TYPE_DROP_TARGET);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  GValue value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  g_signal_emit_by_name (target, "drop", &value, 0.0, 0.0, &is_taken);
  g_assert_true (is_taken);
  g_value_unset (&value);
}

/* A project is opened, anything else is data for the one that is open. */
static void
test_drop (void)
{
  g_autofree char *path = put ("table.csv", TABLE);
  g_autofree char *project = NULL;
  guint n;

  start ();
  project = g_strdup (qonys_project_get_path (qonys_session_get_project (ui_session ())));
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  drop (path);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n + 1);
  ui_settle ();
  close_windows ();
  drop (project);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
}

static void
keep_report (QonysImportAnswer *answer, gpointer data)
{
  g_assert_no_error (answer->error);
  *(QonysImportReport **)data = g_steal_pointer (&answer->report);
}

/* The report as a table: the rejected row as it was, and the report comes back. */
static void
test_report (void)
{
  g_autofree char *path = put ("table.csv", TABLE);
  g_autofree char *target = g_build_filename (folder, "left-out.csv", NULL);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autofree char *text = NULL;
  QonysImportReport *report = NULL;

  start ();
  qonys_session_import_by (ui_session (), path, recipe, NULL, TRUE, keep_report, &report, NULL);
  ui_settle ();
  g_assert_cmpint (report->n_stored, ==, 2);
  qonys_session_write_import_report (ui_session (), path, recipe, g_steal_pointer (&report), target,
                                     keep_report, &report, NULL);
  g_assert_null (report);
  ui_settle ();
  g_assert_cmpint (report->n_rejected, ==, 1);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"002\";\"Сарыарқа\";\"көп\""));
  qonys_import_report_free (report);
}

static void
test_failure (void)
{
  g_autofree char *path = put ("nothing & <less>.csv", ""); /* its name is no markup */

  start ();
  open_file (path);
  ui_settle ();
  g_assert_cmpstr (get_page (), ==, "failed");
  g_assert_false (can ("check_button"));
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (find ("failure"))),
                            "&lt;less&gt;"));
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  close_windows ();
}

/* While other work is done a file is not taken. */
static void
test_busy (void)
{
  g_autofree char *path = put ("table.csv", TABLE);

  start ();
  qonys_session_new_demo (ui_session (), 100000);
  open_file (path);
  g_assert_cmpstr (get_page (), ==, "failed");
  qonys_job_cancel (qonys_session_get_job (ui_session ()));
  ui_settle ();
  close_windows ();
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-import-XXXXXX", NULL);
  g_test_add_func ("/ui/import/csv", test_csv);
  g_test_add_func ("/ui/import/header-row", test_header_row);
  g_test_add_func ("/ui/import/mapping", test_mapping);
  g_test_add_func ("/ui/import/titles", test_titles);
  g_test_add_func ("/ui/import/addresses", test_addresses);
  g_test_add_func ("/ui/import/district", test_district);
  g_test_add_func ("/ui/import/xlsx", test_xlsx);
  g_test_add_func ("/ui/import/geojson", test_geojson);
  g_test_add_func ("/ui/import/gpkg", test_gpkg);
  g_test_add_func ("/ui/import/persons", test_persons);
  g_test_add_func ("/ui/import/micro-rows", test_micro_rows);
  g_test_add_func ("/ui/import/recipe", test_recipe);
  g_test_add_func ("/ui/import/cancel", test_cancel);
  g_test_add_func ("/ui/import/drop", test_drop);
  g_test_add_func ("/ui/import/report", test_report);
  g_test_add_func ("/ui/import/failure", test_failure);
  g_test_add_func ("/ui/import/busy", test_busy);
  status = ui_run ();
  ui_remove_folder (folder);
  g_free (folder);
  return status;
}
