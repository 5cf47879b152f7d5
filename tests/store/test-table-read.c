/* Record tables as SQLite reads them: in parts, edited by other programs, damaged, locked. */

#include "store-support.h"

#include "base/job.h"
#include "store/project-file.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

static char *
new_path (void)
{
  return g_build_filename (support_temp_dir (), "a.gpkg", NULL);
}

static QonysTable *
read_table (const char *path, QonysRecordType type, guint n_parts)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GError) error = NULL;
  gint32 id = (gint32)type + 1;
  QonysTable *table;

  g_array_append_val (ids, id);
  table = qonys_project_file_read_table (path, type, ids, n_parts, NULL, NULL, &error);
  g_assert_no_error (error);
  return table;
}

static void
assert_all_parts (const char *path, QonysRecordType type, const QonysTable *expected)
{
  for (guint n_parts = 0; n_parts <= 4; n_parts++) {
    g_autoptr (QonysTable) table = read_table (path, type, n_parts);

    assert_same_tables (table, expected);
  }
}

/* More rows than one thread is worth, of every type of field. */
static void
test_many_rows (void)
{
  g_autofree char *path = new_path ();
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysNorm norm = qonys_norm_get_default ();
  static const QonysRecordType TYPES[] = {QONYS_RECORD_DWELLING, QONYS_RECORD_OPERATION};
  g_autoptr (QonysProject) project = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    QonysRecordType type = TYPES[i];

    tables[type] = make_table (type, 70001, (gint32)type + 1);
    g_ptr_array_add (datasets, make_dataset ((gint32)type + 1, type, "2026-10-01"));
  }
  project = qonys_project_new (NULL, tables, datasets, qonys_store_load_bundled_districts (NULL),
                               qonys_store_load_bundled_base (NULL), &norm);
  write_project (project, path);
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    assert_all_parts (path, TYPES[i], qonys_project_get_table (project, TYPES[i]));
}

/* Rows gone, moved, numbered far apart or below zero, with an index that would bring them in
 * another order, of two datasets. */
static void
test_row_ids (void)
{
  static const char *const CHANGES[] = {
      "DELETE FROM dwelling WHERE fid BETWEEN 300 AND 700 OR fid % 7 = 3",
      "UPDATE dwelling SET fid = fid + 30000 WHERE fid > 1500",
      "UPDATE dwelling SET fid = -fid WHERE fid > 1500",
      "CREATE INDEX by_dataset ON dwelling (dataset_id DESC, dwelling_key)",
      "UPDATE dwelling SET fid = fid * 4611686018427387 WHERE fid < 2000",
      "DELETE FROM dwelling",
  };
  g_autofree char *path = new_path ();
  g_autoptr (QonysProject) project = make_project ();
  gsize n_last = SUPPORT_N_ROWS;

  write_project (project, path);
  run_sql (path, "UPDATE dwelling SET dwelling_key = fid, dataset_id = 90 + fid % 2");
  for (guint i = 0; i < G_N_ELEMENTS (CHANGES); i++) {
    g_autoptr (QonysTable) one = NULL;
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
    static const gint32 BOTH[] = {90, 91};

    run_sql (path, CHANGES[i]);
    g_array_append_vals (ids, BOTH, 2);
    one = qonys_project_file_read_table (path, QONYS_RECORD_DWELLING, ids, 1, NULL, NULL, NULL);
    g_assert_cmpuint (qonys_table_get_n_rows (one), <=, n_last);
    n_last = qonys_table_get_n_rows (one);
    for (guint n_parts = 2; n_parts <= 4; n_parts++) {
      g_autoptr (QonysTable) table = qonys_project_file_read_table (path, QONYS_RECORD_DWELLING,
                                                                    ids, n_parts, NULL, NULL, NULL);

      assert_same_tables (table, one);
    }
    if (i == 0) {
      g_assert_cmpuint (n_last, ==, 2000 - 401 - 286 + 57);
      g_assert_cmpstr (qonys_table_get_text (one, 256, QONYS_DWELLING_KEY), ==, "701");
    }
  }
  g_assert_cmpuint (n_last, ==, 0);
}

/* ---- values of other programs ---- */

static QonysTable *
read_after (const char *table, QonysRecordType type, const char *column, const char *kind,
            const char *value)
{
  g_autofree char *path = new_path ();
  g_autofree char *rename =
      g_strdup_printf ("ALTER TABLE %s RENAME COLUMN %s TO old_%s", table, column, column);
  g_autofree char *add = g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s", table, column, kind);
  g_autofree char *set = g_strdup_printf ("UPDATE %s SET %s = %s", table, column, value);
  static char *contents;
  static gsize length;

  if (contents == NULL) {
    g_autoptr (QonysProject) project = make_project ();

    write_project (project, path);
    g_file_get_contents (path, &contents, &length, NULL);
  }
  g_file_set_contents (path, contents, (gssize)length, NULL);
  if (*kind != '\0') {
    run_sql (path, rename);
    run_sql (path, add);
  }
  run_sql (path, set);
  return read_table (path, type, 2);
}

/* What is read where @column, of SQL type @kind or as it was, holds @value. */
static char *
read_value (guint field, const char *kind, const char *value)
{
  const QonysSchema *schema = qonys_schema_get (QONYS_RECORD_DWELLING);
  g_autoptr (QonysTable) table =
      read_after ("dwelling", QONYS_RECORD_DWELLING, schema->fields[field].name, kind, value);

  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, SUPPORT_N_ROWS);
  switch (schema->fields[field].type) {
  case QONYS_FIELD_DATE: {
    QonysDay day = qonys_table_get_int (table, 1999, field);

    return day != QONYS_DAY_MISSING ? qonys_day_to_iso (day) : NULL;
  }
  case QONYS_FIELD_INT: {
    gint32 number = qonys_table_get_int (table, 1999, field);

    return number != QONYS_INT_MISSING ? g_strdup_printf ("%d", number) : NULL;
  }
  case QONYS_FIELD_DECIMAL: {
    double number = qonys_table_get_decimal (table, 1999, field);

    return isnan (number) ? NULL : g_strdup_printf ("%g", number);
  }
  case QONYS_FIELD_ENUM:
  case QONYS_FIELD_BOOL: {
    guint8 code = qonys_table_get_code (table, 1999, field);

    return code != QONYS_CODE_MISSING ? g_strdup_printf ("%u", code) : NULL;
  }
  default:
    return g_strdup (qonys_table_get_text (table, 1999, field));
  }
}

static void
test_types (void)
{
  static const struct {
    guint field;
    const char *kind, *value, *expected;
  } CASES[] = {
      {QONYS_DWELLING_ROOMS, "TEXT", "'42'", "42"},
      {QONYS_DWELLING_ROOMS, "TEXT", "'42 rooms'", NULL},
      {QONYS_DWELLING_ROOMS, "TEXT", "''", NULL},
      {QONYS_DWELLING_ROOMS, "", "'four'", NULL},
      {QONYS_DWELLING_ROOMS, "REAL", "3", "3"},
      {QONYS_DWELLING_ROOMS, "", "3.7", "3"},
      {QONYS_DWELLING_ROOMS, "", "5000000000", NULL},
      {QONYS_DWELLING_ROOMS, "", "1e300", NULL},
      {QONYS_DWELLING_ROOMS, "BLOB", "x'0102'", NULL},
      {QONYS_DWELLING_AREA_TOTAL_M2, "INTEGER", "55", "55"},
      {QONYS_DWELLING_AREA_TOTAL_M2, "TEXT", "'55.5'", "55.5"},
      {QONYS_DWELLING_AREA_TOTAL_M2, "", "9e999", NULL},
      {QONYS_DWELLING_LEGAL_BASIS_CHECKED, "INTEGER", "1", "1"},
      {QONYS_DWELLING_LEGAL_BASIS_CHECKED, "", "7", "1"},
      {QONYS_DWELLING_LEGAL_BASIS_CHECKED, "REAL", "0", "0"},
      {QONYS_DWELLING_LEGAL_BASIS_CHECKED, "TEXT", "'1'", "1"},
      {QONYS_DWELLING_LEGAL_BASIS_CHECKED, "TEXT", "'perhaps'", NULL},
      {QONYS_DWELLING_AS_OF, "", "'2024-01-25'", "2024-01-25"},
      {QONYS_DWELLING_AS_OF, "DATETIME", "'2024-01-25T23:59:59Z'", "2024-01-25"},
      {QONYS_DWELLING_AS_OF, "TEXT", "'1969-12-31 10:00:00'", "1969-12-31"},
      {QONYS_DWELLING_AS_OF, "", "'yesterday'", NULL},
      {QONYS_DWELLING_AS_OF, "", "20240125", NULL},
      {QONYS_DWELLING_OWNERSHIP, "", "'state'", "2"},
      {QONYS_DWELLING_OWNERSHIP, "", "''", NULL},
      {QONYS_DWELLING_OWNERSHIP, "", "'states'", NULL},
      {QONYS_DWELLING_OWNERSHIP, "", "'a word that is longer than any there is'", NULL},
      {QONYS_DWELLING_OWNERSHIP, "INTEGER", "2", NULL},
      {QONYS_DWELLING_HOUSE, "INTEGER", "12", "12"},
      {QONYS_DWELLING_HOUSE, "INTEGER", "9007199254740993", "9007199254740993"},
      {QONYS_DWELLING_HOUSE, "REAL", "2.5", "2.5"},
      {QONYS_DWELLING_HOUSE, "BLOB", "x'4142'", NULL},
      {QONYS_DWELLING_HOUSE, "", "CAST(x'37FF' AS TEXT)", "7\ufffd"},
      {QONYS_DWELLING_KEY, "INTEGER", "12", "12"},
      {QONYS_DWELLING_KEY, "", "CAST(x'44FF' AS TEXT)", "D\ufffd"},
      {QONYS_DWELLING_KEY, "", "NULL", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *found = read_value (CASES[i].field, CASES[i].kind, CASES[i].value);

    g_test_message ("%s %s", CASES[i].kind, CASES[i].value);
    g_assert_cmpstr (found, ==, CASES[i].expected);
  }
}

/* lon 71.5, lat 51.25 in every dress; the others are no position. */
static void
test_positions (void)
{
#define POINT_LE                                                                                   \
  "0000000000E05140"                                                                               \
  "0000000000A04940"
#define POINT_BE                                                                                   \
  "4051E00000000000"                                                                               \
  "4049A00000000000"
#define FOUR "0000000000000000000000000000000000000000000000000000000000000000"
  static const struct {
    const char *blob;
    gboolean is_there;
  } CASES[] = {
      {"4750000100000000"
       "0101000000" POINT_LE,
       TRUE},
      {"4750000000000000"
       "0000000001" POINT_BE,
       TRUE},
      {"4750000300000000" FOUR "0101000000" POINT_LE, TRUE},
      {"4750000500000000" FOUR "00000000000000000000000000000000"
       "0101000000" POINT_LE,
       TRUE},
      {"4750000900000000" FOUR FOUR "0101000000" POINT_LE, TRUE},
      {"4750000100000000"
       "01E9030000" POINT_LE "0000000000000000",
       TRUE},
      {"4750000100000000"
       "01B90B0000" POINT_LE "00000000000000000000000000000000",
       TRUE},
      {"4750000100000000"
       "0101000080" POINT_LE "0000000000000000",
       TRUE},
      {"4750000100000000"
       "010400000002000000"
       "0101000000" POINT_LE "0101000000" POINT_BE,
       TRUE},
      {"4750000100000000"
       "01EC03000001000000"
       "0000000001" POINT_BE,
       TRUE},
      {"4750001100000000"
       "0101000000"
       "000000000000F87F"
       "000000000000F87F",
       FALSE},
      {"4750000100000000"
       "010400000000000000",
       FALSE},
      {"4750000100000000"
       "0102000000" POINT_LE POINT_LE,
       FALSE},
      {"4750000F00000000"
       "0101000000" POINT_LE,
       FALSE},
      {"4750000300000000"
       "0101000000" POINT_LE,
       FALSE},
      {"4750000100000000"
       "0101000000"
       "0000000000E05140",
       FALSE},
      {"5858000100000000"
       "0101000000" POINT_LE,
       FALSE},
      {"4750", FALSE},
      {"", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *value = g_strdup_printf ("x'%s'", CASES[i].blob);
    g_autoptr (QonysTable) table =
        read_after ("operation", QONYS_RECORD_OPERATION, "geom", "BLOB", value);
    double lon_deg = qonys_table_get_lon_deg (table)[5];
    double lat_deg = qonys_table_get_lat_deg (table)[5];

    g_test_message ("%s", value);
    g_assert_true (CASES[i].is_there ? lon_deg == 71.5 && lat_deg == 51.25
                                     : isnan (lon_deg) && isnan (lat_deg));
  }
}

/* Neither a view nor a table without row ids has numbers to be parted by. */
static void
test_views (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (QonysProject) project = make_project ();
  const QonysTable *flows = qonys_project_get_table (project, QONYS_RECORD_FLOW);
  const QonysTable *indicators = qonys_project_get_table (project, QONYS_RECORD_INDICATOR);

  write_project (project, path);
  run_sql (path, "ALTER TABLE flow RENAME TO own_flow");
  run_sql (path, "CREATE VIEW flow AS SELECT * FROM own_flow");
  run_sql (path, "ALTER TABLE indicator RENAME TO own_indicator");
  run_sql (path, "CREATE TABLE indicator (fid INTEGER NOT NULL PRIMARY KEY, dataset_id, indicator, "
                 "place_ref, period_start, period_end, value, qualifier, numerator, denominator, "
                 "source) WITHOUT ROWID");
  run_sql (path, "INSERT INTO indicator SELECT * FROM own_indicator");
  assert_all_parts (path, QONYS_RECORD_FLOW, flows);
  assert_all_parts (path, QONYS_RECORD_INDICATOR, indicators);
}

/* ---- what ends it ---- */

/* Damage is told, whichever part comes upon it. */
static void
test_damaged_parts (void)
{
  g_autofree char *path = new_path ();
  g_autofree char *contents = NULL;
  g_autoptr (QonysProject) project = make_project ();
  gsize length;
  guint n_told = 0;

  write_project (project, path);
  g_file_get_contents (path, &contents, &length, NULL);
  for (gsize page = 1; page < length / 4096; page += 8) {
    g_autofree char *damaged = g_memdup2 (contents, length);
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
    gint32 id = QONYS_RECORD_DWELLING + 1;

    g_array_append_val (ids, id);
    memset (damaged + page * 4096, page % 2 == 0 ? 0 : 0xFF, 4096);
    g_file_set_contents (path, damaged, (gssize)length, NULL);
    for (guint n_parts = 1; n_parts <= 4; n_parts += 3) {
      g_autoptr (GError) error = NULL;
      g_autoptr (QonysTable) table = qonys_project_file_read_table (
          path, QONYS_RECORD_DWELLING, ids, n_parts, NULL, NULL, &error);

      g_assert_true ((table == NULL) == (error != NULL));
      if (table != NULL) {
        assert_same_tables (table, qonys_project_get_table (project, QONYS_RECORD_DWELLING));
      } else {
        assert_code (&error, QONYS_ERROR_FORMAT);
        n_told++;
      }
    }
  }
  g_assert_cmpuint (n_told, >, 10);
}

static gpointer
cancel_soon (gpointer job)
{
  g_usleep (50000);
  qonys_job_cancel (job);
  return NULL;
}

/* Reading a view without end ends when it is cancelled; so does reading in parts. */
static void
test_cancelled (void)
{
  const QonysSchema *schema = qonys_schema_get (QONYS_RECORD_FLOW);
  g_autofree char *path = new_path ();
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (GString) view = g_string_new (
      "CREATE VIEW flow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
      "SELECT 5 AS dataset_id");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  gint32 id = QONYS_RECORD_FLOW + 1;

  write_project (project, path);
  for (guint i = 0; i < schema->n_fields; i++)
    g_string_append_printf (view, ", i AS %s", schema->fields[i].name);
  g_string_append (view, " FROM n");
  run_sql (path, "ALTER TABLE flow RENAME TO own_flow");
  run_sql (path, view->str);
  g_array_append_val (ids, id);
  for (guint type = QONYS_RECORD_DWELLING; type <= QONYS_RECORD_FLOW; type += QONYS_RECORD_FLOW) {
    g_autoptr (QonysJob) job = qonys_job_new ("reading");
    g_autoptr (GError) error = NULL;
    GThread *thread = g_thread_new ("cancel", cancel_soon, job);

    if (type == QONYS_RECORD_DWELLING) /* ends of itself: cancelled before */
      g_thread_join (thread);
    g_assert_null (qonys_project_file_read_table (path, type, ids, 4, job, NULL, &error));
    assert_code (&error, QONYS_ERROR_CANCELLED);
    if (type != QONYS_RECORD_DWELLING)
      g_thread_join (thread);
  }
}

/* One that is about to write does not hinder, one that writes does. */
static void
test_locked (void)
{
  g_autofree char *path = new_path ();
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  write_project (project, path);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (other, "UPDATE flow SET arrivals = 1", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  assert_all_parts (path, QONYS_RECORD_FLOW, qonys_project_get_table (project, QONYS_RECORD_FLOW));
  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);

  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (qonys_store_is_project (path));
  g_assert_null (qonys_store_open_project (path, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_LOCKED);
  g_assert_null (
      qonys_project_file_read_table (path, QONYS_RECORD_FLOW, ids, 2, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_LOCKED);
  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (other);
  back = open_project (path, NULL);
  assert_same_projects (project, back);
}

/* A path that would be something else as a URI; a file nobody may write. */
static void
test_paths (void)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), "a?mode=rw#b%20c.gpkg", NULL);
  g_autoptr (QonysProject) project = make_project ();
  g_autoptr (QonysProject) back = NULL;

  write_project (project, path);
  g_chmod (path, 0400);
  back = open_project (path, NULL);
  assert_same_projects (project, back);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/table-read/many-rows", test_many_rows);
  g_test_add_func ("/store/table-read/row-ids", test_row_ids);
  g_test_add_func ("/store/table-read/types", test_types);
  g_test_add_func ("/store/table-read/positions", test_positions);
  g_test_add_func ("/store/table-read/views", test_views);
  g_test_add_func ("/store/table-read/damaged-parts", test_damaged_parts);
  g_test_add_func ("/store/table-read/cancelled", test_cancelled);
  g_test_add_func ("/store/table-read/locked", test_locked);
  g_test_add_func ("/store/table-read/paths", test_paths);
  return g_test_run ();
}
