/* Projects with what people wrote, and any edit of them. */

#include "store-plan.h"

#include "domain/setting.h"

#include <sqlite3.h>

/* A hash of the rows of districts, geometries as they are stored. @rows: a table, maybe with
 * conditions */
static char *
dup_outlines (const char *path, const char *rows)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT hex (geom) || quote (kato) || quote (name_kk) || quote (name_ru) || quote (name_en) "
      "|| quote (area_km2) || quote (valid_from) || quote (valid_to) || quote (split_from) || "
      "quote (accuracy) || quote (source) FROM %s ORDER BY fid",
      rows);
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *database;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *)sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  sqlite3_close (database);
  g_assert_cmpuint (text->len, >, 100);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

void
plan_file_add_districts (PlanFile *file)
{
  double west = 71.3 + 0.01 * file->outlines->len;
  g_autofree char *source =
      put_features ("some.geojson", make_square (west, 51.1, 0.02, "\"name\":\"Нура\""),
                    make_square (west + 0.1, 51.1, 0.02, "\"name\":\"Сарайшык\""), NULL);
  g_autofree char *rows = g_strdup_printf ("district_kept WHERE set_id = %u", file->outlines->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts =
      qonys_store_read_districts (source, NULL, QONYS_DAY_MISSING, NULL, NULL, &error);
  g_autoptr (QonysProject) project = qonys_store_open_project (file->path, NULL, NULL, &error);
  g_autoptr (QonysProject) next = qonys_store_add_districts (project, districts, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (qonys_project_get_district_set (next), ==, file->outlines->len);
  g_ptr_array_add (file->outlines, dup_outlines (file->path, rows));
}

void
assert_districts (const PlanFile *file)
{
  guint set = qonys_plan_get_district_set (file->plan);
  g_autofree char *outlines = dup_outlines (file->path, "district");

  g_assert_cmpuint (set, <, file->outlines->len);
  g_assert_cmpstr (outlines, ==, file->outlines->pdata[set]);
}

void
plan_file_init (PlanFile *file, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);

  g_assert_no_error (error);
  *file = (PlanFile){.path = g_build_filename (support_temp_dir (), name, NULL)};
  g_assert_true (qonys_store_write_project (project, file->path, NULL, &error));
  g_assert_no_error (error);
  plan_file_reopen (file);
  file->outlines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (file->outlines, dup_outlines (file->path, "district"));
}

void
plan_file_clear (PlanFile *file)
{
  g_clear_pointer (&file->outlines, g_ptr_array_unref);
  g_clear_pointer (&file->plan, qonys_plan_unref);
  g_clear_pointer (&file->history, qonys_history_free);
  g_clear_pointer (&file->path, g_free);
}

void
plan_file_reopen (PlanFile *file)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&file->plan, qonys_plan_unref);
  g_clear_pointer (&file->history, qonys_history_free);
  file->plan = qonys_store_read_plan (file->path, &file->history, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file->plan);
}

gboolean
plan_file_apply (PlanFile *file, QonysEdit *edit, GError **error)
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

/* ---- any edit ---- */

static QonysEntry *
get_any (GRand *rand, const PlanFile *file, QonysEntryKind kind)
{
  const GPtrArray *entries = qonys_plan_get_entries (file->plan, kind);

  return entries->len > 0 ? entries->pdata[g_rand_int_range (rand, 0, (gint32)entries->len)] : NULL;
}

static char *
make_point (GRand *rand)
{
  return g_strdup_printf ("POINT (%.5f %.5f)", g_rand_double_range (rand, 71.2, 71.7),
                          g_rand_double_range (rand, 51.0, 51.3));
}

static QonysEntry *
make_entry (GRand *rand, QonysEntryKind kind)
{
  const char *values[QONYS_SCENE_N_FIELDS] = {NULL};
  g_autofree char *point = make_point (rand);
  g_autofree char *id = g_strdup_printf ("e%08x", g_rand_int (rand));

  switch (kind) {
  case QONYS_ENTRY_ITEM:
    values[QONYS_ITEM_PROBLEM] = "P02";
    values[QONYS_ITEM_PLACE_KIND] = "point";
    values[QONYS_ITEM_SHAPE] = point;
    values[QONYS_ITEM_TEXT_KK] = "Тұрғын үй «Қоныс» 'a';--";
    break;
  case QONYS_ENTRY_ANNOTATION:
    values[QONYS_ANNOTATION_KIND] = "pin";
    values[QONYS_ANNOTATION_SHAPE] = point;
    break;
  case QONYS_ENTRY_MEASURE:
    values[QONYS_MEASURE_TITLE_KK] = "Шара";
    values[QONYS_MEASURE_IS_OWN] = "1";
    break;
  case QONYS_ENTRY_STATUS_CHANGE:
    values[QONYS_STATUS_CHANGE_MEASURE] = "3.3";
    break;
  case QONYS_ENTRY_VERSION:
    values[QONYS_VERSION_TITLE] = "2024, I тоқсан";
    values[QONYS_VERSION_NUMBER] = "0";
    break;
  case QONYS_ENTRY_SCENE:
    values[QONYS_SCENE_POSITION] = "1.5";
    values[QONYS_SCENE_KIND] = "map";
    break;
  case QONYS_ENTRY_SETTING:
  case QONYS_N_ENTRY_KINDS:
  default:
    values[QONYS_SETTING_VALUE] = id;
  }
  return qonys_entry_new (kind, id, values);
}

/* Another text, place or severity of an entry; sometimes it is deleted. */
static QonysEntry *
change_entry (GRand *rand, QonysEntry *entry)
{
  g_autofree char *point = make_point (rand);
  g_autofree char *text = g_strdup_printf ("text %u", g_rand_int (rand));
  guint field = QONYS_SETTING_VALUE;

  switch (qonys_entry_get_kind (entry)) {
  case QONYS_ENTRY_ITEM:
    if (g_rand_boolean (rand))
      return qonys_entry_with (entry, QONYS_ITEM_SHAPE, point);
    field = QONYS_ITEM_TEXT_RU;
    break;
  case QONYS_ENTRY_ANNOTATION:
    if (g_rand_boolean (rand))
      return qonys_entry_with (entry, QONYS_ANNOTATION_SHAPE, point);
    field = QONYS_ANNOTATION_TEXT_KK;
    break;
  case QONYS_ENTRY_MEASURE:
    field = QONYS_MEASURE_EFFECT_SOURCE;
    break;
  case QONYS_ENTRY_STATUS_CHANGE:
    field = QONYS_STATUS_CHANGE_COMMENT;
    break;
  case QONYS_ENTRY_VERSION:
    field = QONYS_VERSION_NOTE;
    break;
  case QONYS_ENTRY_SCENE:
    field = QONYS_SCENE_NOTES_KK;
    break;
  case QONYS_ENTRY_SETTING:
  case QONYS_N_ENTRY_KINDS:
  default:
    break;
  }
  return qonys_entry_with (entry, field, text);
}

static gboolean
has_changed (const QonysEdit *edit, const QonysEntry *before)
{
  for (guint i = 0; before != NULL && i < qonys_edit_get_changes (edit)->len; i++)
    if (((const QonysEntryChange *)qonys_edit_get_changes (edit)->pdata[i])->before == before)
      return TRUE;
  return FALSE;
}

static QonysEdit *
make_steps (GRand *rand, const PlanFile *file)
{
  QonysEdit *edit = qonys_edit_new ("item.change", NULL, "analyst", NULL);
  guint n = (guint)g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n; i++) {
    QonysEntryKind kind = (QonysEntryKind)g_rand_int_range (rand, 0, QONYS_N_ENTRY_KINDS);
    QonysEntry *before = g_rand_int_range (rand, 0, 3) == 0 ? NULL : get_any (rand, file, kind);
    g_autoptr (QonysEntry) after = NULL;

    if (before == NULL)
      after = make_entry (rand, kind);
    else if (g_rand_int_range (rand, 0, 4) > 0)
      after = change_entry (rand, before);
    if (has_changed (edit, before))
      continue;
    if (before != NULL || after != NULL)
      qonys_edit_add (edit, before, after);
    if (qonys_edit_get_changes (edit)->len == 1 && n == 1 && before != NULL && after != NULL)
      edit->merge_key = g_strdup (qonys_entry_get_id (before));
  }
  return edit;
}

static QonysEdit *
make_districts_edit (GRand *rand, const PlanFile *file)
{
  QonysEdit *edit = qonys_edit_new ("data.districts", "some.geojson", NULL, NULL);

  qonys_edit_set_districts (edit, file->plan,
                            (guint)g_rand_int_range (rand, 1, (gint32)file->outlines->len));
  return edit;
}

QonysEdit *
make_random_edit (GRand *rand, const PlanFile *file)
{
  QonysEdit *edit = NULL;
  gint32 dice = g_rand_int_range (rand, 0, 10);

  if (dice == 0)
    edit = qonys_history_make_undo (file->history);
  else if (dice == 1)
    edit = qonys_history_make_redo (file->history);
  else if (dice == 2 && qonys_history_get_last_number (file->history) > 0)
    edit = qonys_history_make_revert (
        file->history, file->plan,
        g_rand_int_range (rand, 0, (gint32)qonys_history_get_last_number (file->history)));
  else if (dice == 3 && file->outlines->len > 1)
    edit = make_districts_edit (rand, file);
  if (edit != NULL && qonys_edit_get_changes (edit)->len > 0)
    return edit;
  g_clear_pointer (&edit, qonys_edit_unref);
  while (qonys_edit_get_changes (edit = make_steps (rand, file))->len == 0)
    qonys_edit_unref (edit);
  return edit;
}

QonysEdit *
number_edit (const PlanFile *file, QonysEdit *edit)
{
  QonysEdit *merged = qonys_history_merge (file->history, edit);

  if (merged != NULL && qonys_edit_get_changes (merged)->len > 0)
    return merged;
  edit->number = qonys_history_get_last_number (file->history) + 1;
  return qonys_edit_ref (edit);
}

void
assert_journal (const PlanFile *file, const char *first_hash)
{
  const GPtrArray *edits = qonys_history_get_edits (file->history);
  g_autoptr (QonysPlan) plan = qonys_history_get_state (file->history, file->plan, 0);
  g_autofree char *hash = qonys_plan_get_hash (plan);
  g_autofree char *last = NULL, *now = qonys_plan_get_hash (file->plan);

  g_assert_cmpstr (hash, ==, first_hash);
  for (guint i = 0; i < edits->len; i++) {
    const QonysEdit *edit = edits->pdata[i];
    g_autoptr (GError) error = NULL;
    QonysPlan *next = qonys_plan_apply (plan, edit, &error);

    g_assert_no_error (error);
    g_assert_cmpint (edit->number, ==, i + 1);
    qonys_plan_unref (plan);
    plan = next;
  }
  last = qonys_plan_get_hash (plan);
  g_assert_cmpstr (last, ==, now);
}

/* ---- files ---- */

static void
make_older (const char *path, const char *sql)
{
  sqlite3 *database;
  char *words = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
  sqlite3_close (database);
}

/* Without the places of items for other programs. */
#define DROP_PLACES                                                                                \
  "DROP VIEW IF EXISTS problem_item_place;"                                                        \
  "DELETE FROM gpkg_geometry_columns WHERE table_name = 'problem_item_place';"                     \
  "DELETE FROM gpkg_contents WHERE table_name = 'problem_item_place';"                             \
  "DELETE FROM layer_styles WHERE f_table_name = 'problem_item_place';"                            \
  "UPDATE problem_item SET geom = NULL WHERE place_kind = 'cell';"

#define NOTHING_KEPT                                                                               \
  "DROP TABLE district_kept;"                                                                      \
  "DELETE FROM gpkg_geometry_columns WHERE table_name = 'district_kept';"                          \
  "DELETE FROM gpkg_ogr_contents WHERE table_name = 'district_kept';"                              \
  "DELETE FROM gpkg_contents WHERE table_name = 'district_kept';"

void
make_version_3 (const char *path)
{
  make_older (path, DROP_PLACES NOTHING_KEPT
              "UPDATE setting SET value = '3' WHERE key = 'schema_version'");
}

void
make_version_2 (const char *path)
{
  make_version_3 (path);
  make_older (path, "DROP TABLE version; DROP TABLE scene; DROP TABLE IF EXISTS qgis_projects;"
                    "DELETE FROM entry_state WHERE kind IN ('version', 'scene');"
                    "DELETE FROM gpkg_ogr_contents WHERE table_name IN ('version', 'scene');"
                    "DELETE FROM gpkg_contents WHERE table_name IN ('version', 'scene');"
                    "DELETE FROM layer_styles WHERE f_table_name IN ('version', 'scene');"
                    "UPDATE setting SET value = '2' WHERE key = 'schema_version'");
}

void
make_version_1 (const char *path)
{
  static const char *const TABLES = "'problem_item', 'measure', 'status_change', 'annotation', "
                                    "'plan_setting', 'version', 'scene', 'layer_styles'";
  g_autofree char *sql = g_strdup_printf (
      "DROP TABLE journal; DROP TABLE entry_state; DROP TABLE problem_item; DROP TABLE measure;"
      "DROP TABLE status_change; DROP TABLE annotation; DROP TABLE plan_setting;"
      "DROP TABLE version; DROP TABLE scene; DROP TABLE IF EXISTS layer_styles;"
      "DROP TABLE IF EXISTS qgis_projects;"
      "DELETE FROM gpkg_geometry_columns WHERE table_name IN (%1$s);"
      "DELETE FROM gpkg_ogr_contents WHERE table_name IN (%1$s);"
      "DELETE FROM gpkg_contents WHERE table_name IN (%1$s);"
      "UPDATE setting SET value = '1' WHERE key = 'schema_version'",
      TABLES);

  make_version_3 (path);
  make_older (path, sql);
}

gint64
query_sql (const char *path, const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}
