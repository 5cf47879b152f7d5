/* A project in QGIS, where that is installed: it opens with no plugin, looks right, and what is
 * edited there is found here. And GDAL's own judge of GeoPackages. */

#include "store-plan.h"

#include <glib/gstdio.h>

static int
run_python (const char *const *argv)
{
  g_auto (SupportRun) run = support_run_python (argv);

  if (run.exit_code != 0)
    g_test_message ("%s%s", run.output, run.errors);
  return run.exit_code;
}

#define SQUARE "E1337N11324"
#define DISTRICT "711110000" /* Almaty: its outline was another once */

static void
add_place (QonysEdit *edit, const char *id, const char *kind, const char *reference)
{
  const char *item[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PROBLEM] = "P02",
                                           [QONYS_ITEM_PLACE_KIND] = kind,
                                           [QONYS_ITEM_PLACE_REF] = reference};
  g_autoptr (QonysEntry) entry = qonys_entry_new (QONYS_ENTRY_ITEM, id, item);

  qonys_edit_add (edit, NULL, entry);
}

static void
add_entries (PlanFile *file)
{
  const char *item[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PROBLEM] = "P02",
                                           [QONYS_ITEM_PLACE_KIND] = "point",
                                           [QONYS_ITEM_SHAPE] = "POINT (71.43 51.13)"};
  const char *area[QONYS_ANNOTATION_N_FIELDS] = {
      [QONYS_ANNOTATION_KIND] = "area",
      [QONYS_ANNOTATION_SHAPE] =
          "POLYGON ((71.4 51.1, 71.5 51.1, 71.5 51.15, 71.4 51.15, 71.4 51.1))"};
  g_autoptr (QonysEntry) a = qonys_entry_new (QONYS_ENTRY_ITEM, "a", item);
  g_autoptr (QonysEntry) b = qonys_entry_new (QONYS_ENTRY_ANNOTATION, "b", area);
  QonysEntry *measure = qonys_plan_find (file->plan, QONYS_ENTRY_MEASURE, "3.3");
  g_autoptr (QonysEntry) linked = qonys_entry_with (measure, QONYS_MEASURE_ITEMS, "a");
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);

  qonys_edit_add (edit, NULL, a);
  qonys_edit_add (edit, NULL, b);
  add_place (edit, "in-city", "city", QONYS_CITY_KATO);
  add_place (edit, "in-district", "district", DISTRICT);
  add_place (edit, "in-square", "cell", SQUARE);
  add_place (edit, "moved", "cell", SQUARE);
  qonys_edit_add (edit, measure, linked);
  g_assert_true (plan_file_apply (file, edit, NULL));
}

static void
assert_item (const PlanFile *file, const char *id, const char *kind, const char *reference,
             const char *shape)
{
  const QonysEntry *item = qonys_plan_find (file->plan, QONYS_ENTRY_ITEM, id);

  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PLACE_KIND), ==, kind);
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PLACE_REF), ==, reference);
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_SHAPE), ==, shape);
}

static void
test_qgis (void)
{
  const char *python = support_find_python ("qgis.core");
  g_auto (PlanFile) file = {0};
  g_autofree char *script = NULL, *picture = NULL, *first_hash = NULL;
  const QonysEdit *edit;

  if (python == NULL) {
    g_test_skip ("no PyQGIS here (Debian's package is python3-qgis)");
    return;
  }
  plan_file_init (&file, "city.gpkg");
  first_hash = qonys_plan_get_hash (file.plan);
  add_entries (&file);
  script = g_build_filename (support_source_root (), "tests", "store", "open-in-qgis.py", NULL);
  picture = g_build_filename (support_temp_dir (), "qgis.png", NULL);
  g_assert_cmpint (run_python ((const char *[]){python, script, file.path, picture, NULL}), ==, 0);
  if (g_getenv ("QONYS_QGIS_PICTURE") != NULL) {
    g_autoptr (GFile) from = g_file_new_for_path (picture);
    g_autoptr (GFile) to = g_file_new_for_path (g_getenv ("QONYS_QGIS_PICTURE"));

    g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL);
  }

  plan_file_reopen (&file);
  edit = qonys_history_get_undo (file.history);
  g_assert_cmpint (edit->type, ==, QONYS_EDIT_EXTERNAL);
  g_assert_cmpuint (qonys_edit_get_changes (edit)->len, ==, 4);
  g_assert_cmpstr (
      qonys_entry_get (qonys_plan_find (file.plan, QONYS_ENTRY_ITEM, "a"), QONYS_ITEM_SHAPE), ==,
      "POINT (71.5 51.2)");
  g_assert_cmpstr (qonys_entry_get (qonys_plan_find (file.plan, QONYS_ENTRY_MEASURE, "3.3"),
                                    QONYS_MEASURE_STATUS),
                   ==, "in_progress");
  assert_item (&file, "in-square", "cell", SQUARE, NULL);
  assert_item (&file, "moved", "area", NULL,
               "POLYGON ((71.5 51.1, 71.51 51.1, 71.51 51.11, 71.5 51.11, 71.5 51.1))");
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM problem_item WHERE id = 'moved' AND "
                                         "place_kind = 'area' AND place_ref IS NULL"),
                   ==, 1);
  assert_journal (&file, first_hash);
  g_assert_cmpint (query_sql (file.path, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
                   ==, 1);
}

/* QGIS finds the layers by the file's name: a project that got another name has it when it was
 * opened here once; what somebody saved in QGIS stays. */
static void
test_renamed (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *path = g_build_filename (support_temp_dir (), "other \"name\".gpkg", NULL);

  plan_file_init (&file, "city.gpkg");
  g_assert_cmpint (query_sql (file.path, "SELECT COUNT(*) FROM qgis_projects WHERE name = 'Qonys' "
                                         "AND json_extract (metadata, '$.file') = 'city.gpkg'"),
                   ==, 1);
  g_assert_cmpint (g_rename (file.path, path), ==, 0);
  g_free (file.path);
  file.path = g_steal_pointer (&path);
  plan_file_reopen (&file);
  g_assert_cmpint (query_sql (file.path,
                              "SELECT json_extract (metadata, '$.file') = 'other \"name\".gpkg' "
                              "FROM qgis_projects"),
                   ==, 1);
  run_sql (file.path, "UPDATE qgis_projects SET content = '00', metadata = json_remove (metadata, "
                      "'$.look')"); /* as it was written once */
  plan_file_reopen (&file);
  g_assert_cmpint (query_sql (file.path, "SELECT content <> '00' FROM qgis_projects"), ==, 1);
  run_sql (file.path, "UPDATE qgis_projects SET content = '00', metadata = "
                      "'{\"last_modified_user\":\"aigul\"}'");
  plan_file_reopen (&file);
  g_assert_cmpint (query_sql (file.path, "SELECT content = '00' FROM qgis_projects"), ==, 1);
}

static int
count_places (const PlanFile *file)
{
  return (int)query_sql (
      file->path, "SELECT (SELECT COUNT(*) FROM problem_item WHERE place_kind = 'cell' AND "
                  "length (geom) = 8 + 93) + (SELECT COUNT(*) FROM problem_item_place p "
                  "WHERE id = 'in-city' AND geom IS NULL OR id = 'in-district' AND geom = "
                  "(SELECT geom FROM district WHERE kato = p.place_ref AND valid_to IS NULL))");
}

/* Squares and districts are shapes of the file, not of what is read from it; a project of an
 * earlier version gets them by its next edit. */
static void
test_places (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *want = NULL, *have = NULL, *migrated = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  gint64 last;

  plan_file_init (&file, "city.gpkg");
  add_entries (&file);
  g_assert_cmpint (count_places (&file), ==, 4);
  want = qonys_plan_get_hash (file.plan);
  last = qonys_history_get_last_number (file.history);
  plan_file_reopen (&file);
  have = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (have, ==, want);

  make_version_3 (file.path);
  plan_file_reopen (&file);
  add_place (edit, "another", "cell", SQUARE);
  g_assert_true (plan_file_apply (&file, edit, NULL));
  g_assert_cmpint (count_places (&file), ==, 5);
  g_free (g_steal_pointer (&want));
  want = qonys_plan_get_hash (file.plan);
  plan_file_reopen (&file);
  migrated = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (migrated, ==, want);
  g_assert_cmpint (qonys_history_get_last_number (file.history), ==, last + 1);

  /* Its number was changed by another program, not its outline. */
  run_sql (file.path, "UPDATE problem_item SET place_ref = 'E1340N11330' WHERE id = 'moved'");
  plan_file_reopen (&file);
  assert_item (&file, "moved", "cell", "E1340N11330", NULL);
  run_sql (file.path, "UPDATE problem_item SET geom = (SELECT geom FROM problem_item WHERE id = "
                      "'a') WHERE id = 'moved'");
  plan_file_reopen (&file);
  assert_item (&file, "moved", "point", NULL, "POINT (71.43 51.13)");
}

/* QGIS that was killed leaves its WAL mode behind. */
static void
test_wal (void)
{
  g_auto (PlanFile) file = {0};
  g_autofree char *want = NULL, *have = NULL, *wal = NULL;

  plan_file_init (&file, "city.gpkg");
  add_entries (&file);
  want = qonys_plan_get_hash (file.plan);
  run_sql (file.path, "PRAGMA journal_mode = WAL");
  g_assert_cmpint (query_sql (file.path, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
                   ==, 1);
  plan_file_reopen (&file);
  have = qonys_plan_get_hash (file.plan);
  g_assert_cmpstr (have, ==, want);
  g_assert_cmpint (query_sql (file.path, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
                   ==, 1);
  wal = g_strconcat (file.path, "-wal", NULL);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

static void
test_valid (void)
{
  static const char JUDGE[] =
      "import sys; from osgeo_utils.samples import validate_gpkg as v; sys.exit(v.main(sys.argv))";
  const char *python = support_find_python ("osgeo_utils.samples.validate_gpkg");
  g_auto (PlanFile) file = {0};

  if (python == NULL) {
    g_test_skip ("no validate_gpkg here (Debian's package is python3-gdal)");
    return;
  }
  plan_file_init (&file, "city.gpkg");
  add_entries (&file);
  g_assert_cmpint (run_python ((const char *[]){python, "-c", JUDGE, file.path, NULL}), ==, 0);
  make_version_1 (file.path);
  plan_file_reopen (&file);
  add_entries (&file); /* what migration makes is valid too */
  g_assert_cmpint (run_python ((const char *[]){python, "-c", JUDGE, file.path, NULL}), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/qgis/opens", test_qgis);
  g_test_add_func ("/store/qgis/renamed", test_renamed);
  g_test_add_func ("/store/qgis/places", test_places);
  g_test_add_func ("/store/qgis/wal", test_wal);
  g_test_add_func ("/store/qgis/valid", test_valid);
  return g_test_run ();
}
