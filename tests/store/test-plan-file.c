/* What people wrote, in the project file: edits are read again as they were, other programs'
 * changes are found, conflicts and locks leave the file as it was. */

#define _GNU_SOURCE
#include "store-support.h"

#include "base/error.h"
#include "domain/history.h"
#include "domain/workflow.h"
#include "privacy/identifier.h"
#include "store/store.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <ogr_api.h>
#include <sqlite3.h>

/* ---- a project on disk ---- */

typedef struct {
  char *path;
  QonysPlan *plan;
  QonysHistory *history;
  GPtrArray *diagnostics;
} File;

static void
reopen (File *file)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&file->plan, qonys_plan_unref);
  g_clear_pointer (&file->history, qonys_history_free);
  g_ptr_array_set_size (file->diagnostics, 0);
  file->plan = qonys_store_read_plan (file->path, &file->history, file->diagnostics, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file->plan);
}

static void
setup (File *file, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autofree char *folder = g_dir_make_tmp ("qonys-plan-XXXXXX", &error);

  g_assert_no_error (error);
  file->path = g_build_filename (folder, "city.gpkg", NULL);
  file->diagnostics = qonys_diagnostics_new ();
  g_assert_true (qonys_store_write_project (project, file->path, NULL, &error));
  g_assert_no_error (error);
  reopen (file);
}

static void
teardown (File *file, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  qonys_plan_unref (file->plan);
  qonys_history_free (file->history);
  g_ptr_array_unref (file->diagnostics);
  g_chmod (file->path, 0644);
  g_unlink (file->path);
  g_rmdir (folder);
  g_free (file->path);
}

static gboolean
apply (File *file, QonysEdit *edit, GError **error)
{
  g_autoptr (QonysPlan) next = qonys_plan_apply (file->plan, edit, error);

  if (next == NULL || !qonys_store_apply_edit (
                          file->path, edit, qonys_history_get_last_number (file->history), error))
    return FALSE;
  qonys_history_add (file->history, edit);
  qonys_plan_unref (file->plan);
  file->plan = g_steal_pointer (&next);
  return TRUE;
}

static QonysEntry *
make_item (const char *id, const char *shape)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {NULL};

  values[QONYS_ITEM_PROBLEM] = "P02";
  values[QONYS_ITEM_PLACE_KIND] = "point";
  values[QONYS_ITEM_SHAPE] = shape;
  values[QONYS_ITEM_TEXT_KK] = "Тұрғын үй «Қоныс» 'a';--";
  values[QONYS_ITEM_SEVERITY] = "4";
  values[QONYS_ITEM_SEVERITY_REASONS] = "35.7 m², 937 registered";
  values[QONYS_ITEM_INDICATOR] = "I02";
  values[QONYS_ITEM_INDICATOR_VALUE] = "35.70";
  values[QONYS_ITEM_INDICATOR_DAY] = "25.01.2024";
  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

static void
add_item (File *file, const char *id, const char *shape)
{
  g_autoptr (QonysEntry) item = make_item (id, shape);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", id, "analyst", NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, NULL, item);
  g_assert_true (apply (file, edit, &error));
  g_assert_no_error (error);
}

static void
assert_same_after_reopening (File *file)
{
  g_autofree char *before = qonys_plan_get_hash (file->plan), *after = NULL;
  guint n_edits = qonys_history_get_edits (file->history)->len;

  reopen (file);
  after = qonys_plan_get_hash (file->plan);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (qonys_history_get_edits (file->history)->len, ==, n_edits);
  g_assert_cmpuint (file->diagnostics->len, ==, 0);
}

/* As another program would. */
static void
run_outside (const File *file, const char *sql)
{
  sqlite3 *database;
  char *words = NULL;

  g_assert_cmpint (sqlite3_open (file->path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
  sqlite3_close (database);
}

/* ---- tests ---- */

static void
test_default (File *file, gconstpointer data)
{
  g_autoptr (QonysPlan) expected = qonys_plan_new_default ();
  g_autofree char *want = qonys_plan_get_hash (expected);
  g_autofree char *have = qonys_plan_get_hash (file->plan);

  g_assert_cmpstr (have, ==, want);
  g_assert_null (qonys_history_get_undo (file->history));
  assert_same_after_reopening (file);
}

static void
test_edits (File *file, gconstpointer data)
{
  g_autofree char *first = qonys_plan_get_hash (file->plan), *last = NULL;
  g_autoptr (QonysEdit) status =
      qonys_workflow_set_status (file->plan, "3.2", "accepted", qonys_day_from_ymd (2024, 3, 1),
                                 "secretary", NULL, NULL, NULL);

  add_item (file, "a", "POINT (71.4300001 51.1299999)");
  add_item (file, "b", "POLYGON ((71.4 51.1, 71.5 51.1, 71.5 51.2, 71.4 51.1))");
  add_item (file, "c", "LINESTRING (71.4 51.1, 71.5 51.2)");
  add_item (file, "d", NULL);
  g_assert_true (apply (file, status, NULL));
  assert_same_after_reopening (file);
  last = qonys_plan_get_hash (file->plan);

  /* All of it can be taken back and done again after reopening. */
  for (guint i = 0; i < 5; i++) {
    g_autoptr (QonysEdit) undo = qonys_history_make_undo (file->history);

    g_assert_true (apply (file, undo, NULL));
  }
  g_assert_null (qonys_history_get_undo (file->history));
  assert_same_after_reopening (file);
  {
    g_autofree char *now = qonys_plan_get_hash (file->plan);

    g_assert_cmpstr (now, ==, first);
  }
  for (guint i = 0; i < 5; i++) {
    g_autoptr (QonysEdit) redo = qonys_history_make_redo (file->history);

    g_assert_true (apply (file, redo, NULL));
  }
  assert_same_after_reopening (file);
  {
    g_autofree char *now = qonys_plan_get_hash (file->plan);

    g_assert_cmpstr (now, ==, last);
  }
}

static void
test_merged (File *file, gconstpointer data)
{
  g_autoptr (QonysEntry) one = NULL;
  g_autoptr (QonysEntry) two = NULL;
  g_autoptr (QonysEdit) first = qonys_edit_new ("item.change", NULL, NULL, "a/text");
  g_autoptr (QonysEdit) second = qonys_edit_new ("item.change", NULL, NULL, "a/text");
  g_autoptr (QonysEdit) merged = NULL;
  QonysEntry *item;

  add_item (file, "a", NULL);
  item = qonys_plan_find (file->plan, QONYS_ENTRY_ITEM, "a");
  one = qonys_entry_with (item, QONYS_ITEM_TEXT_RU, "1");
  two = qonys_entry_with (item, QONYS_ITEM_TEXT_RU, "12");
  qonys_edit_add (first, item, one);
  g_assert_true (apply (file, first, NULL));
  qonys_edit_add (second, one, two);
  merged = qonys_history_merge (file->history, second);
  g_assert_nonnull (merged);
  g_assert_true (qonys_store_apply_edit (file->path, merged, 2, NULL));
  reopen (file);
  g_assert_cmpuint (qonys_history_get_edits (file->history)->len, ==, 2);
  g_assert_cmpstr (
      qonys_entry_get (qonys_plan_find (file->plan, QONYS_ENTRY_ITEM, "a"), QONYS_ITEM_TEXT_RU), ==,
      "12");
}

static void
test_external (File *file, gconstpointer data)
{
  const QonysEdit *edit;
  QonysEntry *item;

  add_item (file, "a", "POINT (71.43 51.13)");
  add_item (file, "b", NULL);
  run_outside (file,
               "UPDATE measure SET status = 'accepted' WHERE id = '3.3';"
               "UPDATE problem_item SET severity = 2 WHERE id = 'a';"
               "DELETE FROM problem_item WHERE id = 'b';"
               "INSERT INTO problem_item (problem, place_kind) VALUES ('P01', 'city');"
               "INSERT INTO problem_item (id, problem, place_kind) VALUES ('a', 'P03', 'city')");
  reopen (file);
  g_assert_cmpuint (file->diagnostics->len, ==, 1);
  edit = qonys_history_get_undo (file->history);
  g_assert_cmpint (edit->type, ==, QONYS_EDIT_EXTERNAL);
  g_assert_cmpuint (qonys_edit_get_changes (edit)->len, ==, 5);
  item = qonys_plan_find (file->plan, QONYS_ENTRY_ITEM, "a");
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_PROBLEM), ==, "P02");
  g_assert_cmpstr (qonys_entry_get (item, QONYS_ITEM_SEVERITY), ==, "2");
  g_assert_cmpuint (qonys_plan_get_entries (file->plan, QONYS_ENTRY_ITEM)->len, ==, 3);
  assert_same_after_reopening (file);

  {
    g_autoptr (QonysEdit) undo = qonys_history_make_undo (file->history);

    g_assert_true (apply (file, undo, NULL));
  }
  assert_same_after_reopening (file);
  g_assert_cmpuint (qonys_plan_get_entries (file->plan, QONYS_ENTRY_ITEM)->len, ==, 2);
}

/* A point moved by GDAL, as QGIS moves it. */
static void
test_moved (File *file, gconstpointer data)
{
  GDALDatasetH dataset;
  OGRLayerH layer;
  OGRFeatureH feature;
  OGRGeometryH point;

  add_item (file, "a", "POINT (71.43 51.13)");
  dataset = GDALOpenEx (file->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
  layer = GDALDatasetGetLayerByName (dataset, "problem_item");
  OGR_L_ResetReading (layer);
  feature = OGR_L_GetNextFeature (layer);
  point = OGR_G_CreateGeometry (wkbPoint);
  OGR_G_SetPoint_2D (point, 0, 71.44, 51.14);
  OGR_F_SetGeometryDirectly (feature, point);
  g_assert_cmpint (OGR_L_SetFeature (layer, feature), ==, OGRERR_NONE);
  OGR_F_Destroy (feature);
  GDALClose (dataset);
  reopen (file);
  g_assert_cmpint (qonys_history_get_undo (file->history)->type, ==, QONYS_EDIT_EXTERNAL);
  g_assert_cmpstr (
      qonys_entry_get (qonys_plan_find (file->plan, QONYS_ENTRY_ITEM, "a"), QONYS_ITEM_SHAPE), ==,
      "POINT (71.44 51.14)");
}

static void
test_conflict (File *file, gconstpointer data)
{
  g_autoptr (QonysEntry) item = make_item ("x", NULL);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, NULL, item);
  add_item (file, "a", NULL);
  g_assert_false (
      qonys_store_apply_edit (file->path, edit, 0, &error)); /* as if it were yesterday */
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
  assert_same_after_reopening (file);
}

static void
test_locked (File *file, gconstpointer data)
{
  g_autoptr (QonysEntry) item = make_item ("x", NULL);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (file->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  qonys_edit_add (edit, NULL, item);
  g_assert_false (apply (file, edit, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_LOCKED);
  sqlite3_close (other);
  g_clear_error (&error);
  g_assert_true (apply (file, edit, &error));
  assert_same_after_reopening (file);
}

static void
test_bad_value (File *file, gconstpointer data)
{
  g_autoptr (QonysEntry) item = make_item ("x", NULL);
  g_autoptr (QonysEntry) bad = qonys_entry_with (item, QONYS_ITEM_SEVERITY, "9");
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, NULL, bad);
  g_assert_false (apply (file, edit, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS);
  assert_same_after_reopening (file);
}

/* The digits of some random ids look like somebody's; a status of such a measure is taken. */
static void
test_id_of_digits (File *file, gconstpointer data)
{
  g_autofree char *id = g_uuid_string_random ();
  const char *values[QONYS_STATUS_CHANGE_N_FIELDS] = {NULL};
  g_autoptr (QonysEntry) line = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.status", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000 && qonys_text_find_identifier (id) == QONYS_IDENTIFIER_NONE; i++) {
    g_free (id);
    id = g_uuid_string_random ();
  }
  g_assert_cmpint (qonys_text_find_identifier (id), !=, QONYS_IDENTIFIER_NONE);
  values[QONYS_STATUS_CHANGE_MEASURE] = id;
  values[QONYS_STATUS_CHANGE_DAY] = "2026-01-31";
  values[QONYS_STATUS_CHANGE_TO] = "accepted";
  line = qonys_entry_new (QONYS_ENTRY_STATUS_CHANGE, "of-digits", values);
  qonys_edit_add (edit, NULL, line);
  apply (file, edit, &error);
  g_assert_no_error (error);
  assert_same_after_reopening (file);
}

static void
test_person (File *file, gconstpointer data)
{
  g_autoptr (QonysEntry) item = make_item ("x", NULL);
  g_autoptr (QonysEntry) bad =
      qonys_entry_with (item, QONYS_ITEM_TEXT_RU, "проверить 991231100010");
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  qonys_edit_add (edit, NULL, bad);
  g_assert_false (apply (file, edit, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA);
  g_assert_null (strstr (error->message, "991231100010"));
  g_assert_true (g_file_get_contents (file->path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "991231100010", 12));
}

/* A project of the first version, without these tables. */
static void
test_first_version (File *file, gconstpointer data)
{
  run_outside (file,
               "DROP VIEW problem_item_place; DROP TABLE journal; DROP TABLE entry_state;"
               "DROP TABLE problem_item;"
               "DROP TABLE measure; DROP TABLE status_change; DROP TABLE annotation;"
               "DROP TABLE plan_setting; DROP TABLE version; DROP TABLE scene;"
               "DELETE FROM gpkg_contents WHERE table_name IN ('problem_item_place', "
               "'problem_item', 'measure', "
               "'status_change', 'annotation', 'plan_setting', 'version', 'scene');"
               "DELETE FROM gpkg_geometry_columns WHERE table_name IN ('problem_item_place', "
               "'problem_item', 'annotation');"
               "DELETE FROM gpkg_ogr_contents WHERE table_name IN ('problem_item', 'measure', "
               "'status_change', 'annotation', 'plan_setting', 'version', 'scene')");
  reopen (file);
  g_assert_cmpuint (qonys_plan_get_entries (file->plan, QONYS_ENTRY_MEASURE)->len, ==, 15);
  g_assert_cmpuint (qonys_plan_get_entries (file->plan, QONYS_ENTRY_SCENE)->len, ==, 8);
  add_item (file, "a", "POINT (71.43 51.13)");
  assert_same_after_reopening (file);
}

static void
test_saved_as (File *file, gconstpointer data)
{
  g_autofree char *copy = g_strconcat (file->path, ".copy.gpkg", NULL);
  g_autofree char *want = NULL, *have = NULL;
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  add_item (file, "a", "POINT (71.43 51.13)");
  want = qonys_plan_get_hash (file->plan);
  project = qonys_store_open_project (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (qonys_store_write_project (project, copy, NULL, &error));
  g_assert_no_error (error);
  plan = qonys_store_read_plan (copy, &history, NULL, &error);
  g_assert_no_error (error);
  have = qonys_plan_get_hash (plan);
  g_assert_cmpstr (have, ==, want);
  g_assert_cmpint (qonys_history_get_last_number (history), ==, 1);
  g_unlink (copy);
}

static void
add (const char *name, void (*test) (File *, gconstpointer))
{
  g_test_add (name, File, NULL, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/plan/default", test_default);
  add ("/store/plan/edits", test_edits);
  add ("/store/plan/merged", test_merged);
  add ("/store/plan/external", test_external);
  add ("/store/plan/moved", test_moved);
  add ("/store/plan/conflict", test_conflict);
  add ("/store/plan/locked", test_locked);
  add ("/store/plan/bad-value", test_bad_value);
  add ("/store/plan/person", test_person);
  add ("/store/plan/id-of-digits", test_id_of_digits);
  add ("/store/plan/first-version", test_first_version);
  add ("/store/plan/saved-as", test_saved_as);
  return g_test_run ();
}
