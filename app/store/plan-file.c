/*
 * Entries and their journal in a project file. Reading: some microseconds an entry; an edit: one
 * transaction of a row or two, a journal line and their states, which costs what the disk needs
 * to be sure.
 */
#include "store/plan-file.h"

#include "base/error.h"
#include "domain/setting.h"
#include "privacy/identifier.h"
#include "store/district-sets.h"
#include "store/item-place.h"
#include "store/layer-styles.h"
#include "store/project-file.h"
#include "store/qgis-project.h"
#include "store/shape-blob.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char JOURNAL[] = "CREATE TABLE IF NOT EXISTS journal ("
                              "number INTEGER PRIMARY KEY, time_s INTEGER NOT NULL, "
                              "type TEXT NOT NULL, target INTEGER, action TEXT NOT NULL, "
                              "subject TEXT, role TEXT, merge_key TEXT, changes TEXT NOT NULL)";
static const char STATES[] = "CREATE TABLE IF NOT EXISTS entry_state ("
                             "kind TEXT NOT NULL, id TEXT NOT NULL, packed TEXT NOT NULL, "
                             "PRIMARY KEY (kind, id)) WITHOUT ROWID";

static const char *const EDIT_TYPES[] = {"do", "undo", "redo", "external", "revert"};

/* ---- tables ---- */

static OGRFieldType
get_column_type (QonysValueType type)
{
  switch (type) {
  case QONYS_VALUE_INTEGER:
  case QONYS_VALUE_BOOL:
    return OFTInteger;
  case QONYS_VALUE_DECIMAL:
    return OFTReal;
  case QONYS_VALUE_DAY:
    return OFTDate;
  case QONYS_VALUE_TEXT:
  case QONYS_VALUE_WORD:
  case QONYS_VALUE_IDS:
  case QONYS_VALUE_SHAPE:
  default:
    return OFTString;
  }
}

static gboolean
add_column (OGRLayerH layer, const char *name, OGRFieldType type, gboolean is_bool)
{
  OGRFieldDefnH column = OGR_Fld_Create (name, type);
  OGRErr result;

  if (is_bool)
    OGR_Fld_SetSubType (column, OFSTBoolean);
  result = OGR_L_CreateField (layer, column, TRUE);
  OGR_Fld_Destroy (column);
  return result == OGRERR_NONE;
}

static gboolean
make_table (GDALDatasetH file, const QonysEntrySchema *schema)
{
  static const char *const OPTIONS[] = {"SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom", NULL};
  g_auto (OGRSpatialReferenceH) wgs84 = OSRNewSpatialReference (NULL);
  gboolean has_shape = schema->shape_field >= 0;
  OGRLayerH layer = GDALDatasetGetLayerByName (file, schema->name);

  if (layer != NULL)
    return TRUE;
  OSRImportFromEPSG (wgs84, 4326);
  layer = GDALDatasetCreateLayer (file, schema->name, has_shape ? wgs84 : NULL,
                                  has_shape ? wkbUnknown : wkbNone, (char **)OPTIONS);
  if (layer == NULL || !add_column (layer, "id", OFTString, FALSE))
    return FALSE;
  for (guint i = 0; i < schema->n_fields; i++)
    if (schema->fields[i].type != QONYS_VALUE_SHAPE &&
        !add_column (layer, schema->fields[i].name, get_column_type (schema->fields[i].type),
                     schema->fields[i].type == QONYS_VALUE_BOOL))
      return FALSE;
  return TRUE;
}

gboolean
qonys_plan_file_make_tables (GDALDatasetH file)
{
  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++)
    if (!make_table (file, qonys_entry_schema_get (kind)))
      return FALSE;
  return qonys_district_sets_make_layer (file) != NULL;
}

/* ---- statements ---- */

/* "id, problem, …, geom": all columns, a geometry as its blob. */
static char *
get_columns (const QonysEntrySchema *schema)
{
  GString *columns = g_string_new ("id");

  for (guint i = 0; i < schema->n_fields; i++)
    g_string_append_printf (columns, ", \"%s\"", schema->fields[i].name);
  return g_string_free (columns, FALSE);
}

/* Binds the values of an entry from parameter 2 on; the id is the first. */
static void
bind_entry (sqlite3_stmt *statement, const QonysEntry *entry)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (qonys_entry_get_kind (entry));

  qonys_sqlite_bind (statement, 1, qonys_entry_get_id (entry));
  for (guint i = 0; i < schema->n_fields; i++) {
    const char *value = qonys_entry_get (entry, i);
    g_autoptr (QonysPath) path = NULL;

    if (schema->fields[i].type == QONYS_VALUE_SHAPE && value != NULL)
      path = qonys_path_parse_wkt (value);
    else if (schema->fields[i].type == QONYS_VALUE_SHAPE && schema->kind == QONYS_ENTRY_ITEM)
      path = qonys_item_place_make_shape (entry);
    if (path != NULL) {
      g_autoptr (GBytes) blob = qonys_shape_to_blob (path);

      sqlite3_bind_blob64 (statement, (int)i + 2, g_bytes_get_data (blob, NULL),
                           g_bytes_get_size (blob), SQLITE_TRANSIENT);
    } else {
      qonys_sqlite_bind (statement, (int)i + 2,
                         schema->fields[i].type == QONYS_VALUE_SHAPE ? NULL : value);
    }
  }
}

int
qonys_plan_file_insert (sqlite3 *database, const QonysEntry *entry)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (qonys_entry_get_kind (entry));
  g_autofree char *columns = get_columns (schema);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_string_printf (sql, "INSERT INTO \"%s\" (%s) VALUES (?", schema->name, columns);
  for (guint i = 0; i < schema->n_fields; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  statement = qonys_sqlite_prepare (database, sql->str);
  if (statement == NULL)
    return sqlite3_errcode (database);
  bind_entry (statement, entry);
  return qonys_sqlite_finish (statement);
}

static int
update_entry (sqlite3 *database, const QonysEntry *entry)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (qonys_entry_get_kind (entry));
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_string_printf (sql, "UPDATE \"%s\" SET id = ?1", schema->name);
  for (guint i = 0; i < schema->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\" = ?%u", schema->fields[i].name, i + 2);
  g_string_append (sql, " WHERE id = ?1");
  statement = qonys_sqlite_prepare (database, sql->str);
  if (statement == NULL)
    return sqlite3_errcode (database);
  bind_entry (statement, entry);
  return qonys_sqlite_finish (statement);
}

static int
run_with_id (sqlite3 *database, const char *format, const char *table, const char *id)
{
  g_autofree char *sql = g_strdup_printf (format, table);
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (database, sql);

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, id);
  return qonys_sqlite_finish (statement);
}

static int
write_state (sqlite3 *database, const QonysEntry *entry)
{
  g_autofree char *packed = qonys_entry_pack (entry);
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "INSERT OR REPLACE INTO entry_state (kind, id, packed) VALUES (?, ?, ?)");

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, qonys_entry_schema_get (qonys_entry_get_kind (entry))->name);
  qonys_sqlite_bind (statement, 2, qonys_entry_get_id (entry));
  qonys_sqlite_bind (statement, 3, packed);
  return qonys_sqlite_finish (statement);
}

static guint
get_district_set (const QonysEntry *setting)
{
  return setting == NULL
             ? 0
             : qonys_setting_parse_district_set (qonys_entry_get (setting, QONYS_SETTING_VALUE));
}

/* Outlines follow their setting, whoever set it. Which stand in the layer now is what was last
 * known of it: an edit that is merged with the last one says what was before both. */
static int
place_districts (sqlite3 *database, const QonysEntry *after)
{
  const char *table = qonys_entry_schema_get (QONYS_ENTRY_SETTING)->name;
  g_autoptr (sqlite3_stmt) statement =
      qonys_sqlite_prepare (database, "SELECT packed FROM entry_state WHERE kind = ? AND id = ?");
  g_autoptr (QonysEntry) known = NULL;
  int code;

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, table);
  qonys_sqlite_bind (statement, 2, QONYS_SETTING_DISTRICTS);
  if (qonys_sqlite_next (statement, &code)) {
    known = qonys_entry_unpack (QONYS_ENTRY_SETTING, QONYS_SETTING_DISTRICTS,
                                (const char *)sqlite3_column_text (statement, 0));
    code = SQLITE_OK;
  }
  g_clear_pointer (&statement, sqlite3_finalize);
  return code == SQLITE_OK ? qonys_district_sets_swap (database, get_district_set (known),
                                                       get_district_set (after))
                           : code;
}

static int
write_change (sqlite3 *database, const QonysEntryChange *change, gboolean is_external)
{
  const char *table = qonys_entry_schema_get (qonys_entry_change_get_kind (change))->name;
  const char *id = qonys_entry_change_get_id (change);
  int code = SQLITE_OK;

  if (!is_external) {                                    /* what another program did is done */
    if (change->before == NULL || change->after == NULL) /* merged, it may be there already */
      code = run_with_id (database, "DELETE FROM \"%s\" WHERE id = ?", table, id);
    if (code == SQLITE_OK && change->after != NULL)
      code = change->before == NULL ? qonys_plan_file_insert (database, change->after)
                                    : update_entry (database, change->after);
    if (code == SQLITE_OK)
      code = run_with_id (database,
                          "UPDATE gpkg_contents SET last_change = "
                          "strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 'now') WHERE table_name = '%s'",
                          table, NULL);
  }
  if (code == SQLITE_OK && qonys_entry_change_get_kind (change) == QONYS_ENTRY_SETTING &&
      g_str_equal (id, QONYS_SETTING_DISTRICTS))
    code = place_districts (database, change->after);
  if (code != SQLITE_OK)
    return code;
  if (change->after != NULL)
    return write_state (database, change->after);
  return run_with_id (database, "DELETE FROM entry_state WHERE kind = '%s' AND id = ?", table, id);
}

static int
write_journal (sqlite3 *database, const QonysEdit *edit)
{
  g_autofree char *changes = qonys_edit_changes_to_json (edit);
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "INSERT OR REPLACE INTO journal (number, time_s, type, target, action, subject, "
                "role, merge_key, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");

  if (statement == NULL)
    return sqlite3_errcode (database);
  sqlite3_bind_int64 (statement, 1, edit->number);
  sqlite3_bind_int64 (statement, 2, edit->time_s);
  qonys_sqlite_bind (statement, 3, EDIT_TYPES[edit->type]);
  sqlite3_bind_int64 (statement, 4, edit->target);
  qonys_sqlite_bind (statement, 5, edit->action);
  qonys_sqlite_bind (statement, 6, edit->subject);
  qonys_sqlite_bind (statement, 7, edit->role);
  qonys_sqlite_bind (statement, 8, edit->merge_key);
  qonys_sqlite_bind (statement, 9, changes);
  return qonys_sqlite_finish (statement);
}

static int
write_edit (sqlite3 *database, const QonysEdit *edit)
{
  const GPtrArray *changes = qonys_edit_get_changes (edit);
  int code = write_journal (database, edit);

  for (guint i = 0; code == SQLITE_OK && i < changes->len; i++)
    code = write_change (database, changes->pdata[i], edit->type == QONYS_EDIT_EXTERNAL);
  return code;
}

/* Are journal and states there? They are made last, with all that stands in them. */
static int
find_tables (sqlite3 *database, gboolean *are_there)
{
  gint64 n = 0;
  int code = qonys_sqlite_query (database,
                                 "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name "
                                 "IN ('journal', 'entry_state')",
                                 &n);

  *are_there = n == 2;
  return code;
}

/* Of what schema the project is. */
static gboolean
read_version (sqlite3 *database, const char *path, gint64 *version, GError **error)
{
  int code = qonys_sqlite_query (
      database, "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'schema_version'", version);

  if (code == SQLITE_OK)
    return qonys_project_file_check_version (path, *version, error);
  qonys_sqlite_set_error (error, path, code, sqlite3_errmsg (database));
  return FALSE;
}

/* Opens, and sets @error if that fails. */
static sqlite3 *
open_database (const char *path, gboolean for_writing, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  int code = qonys_sqlite_open (path, for_writing, &database);

  if (code == SQLITE_OK)
    return g_steal_pointer (&database);
  qonys_sqlite_set_error (error, path, code, NULL);
  return NULL;
}

gboolean
qonys_plan_file_end (sqlite3 *database, int code, const char *path, GError **error)
{
  g_autofree char *words = NULL;

  if (code == SQLITE_OK)
    code = qonys_sqlite_run (database, "COMMIT");
  if (code == SQLITE_OK)
    return TRUE;
  words = g_strdup (sqlite3_errmsg (database));
  qonys_sqlite_run (database, "ROLLBACK");
  qonys_sqlite_set_error (error, path, code, words);
  return FALSE;
}

/* ---- edits ---- */

/* QGIS may leave the file in WAL mode, which no network share bears: back to one file, if nobody
 * else has it open. */
static void
leave_wal (sqlite3 *database)
{
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (database, "PRAGMA journal_mode");
  gboolean is_wal = statement != NULL && sqlite3_step (statement) == SQLITE_ROW &&
                    g_strcmp0 ((const char *)sqlite3_column_text (statement, 0), "wal") == 0;

  g_clear_pointer (&statement, sqlite3_finalize);
  if (is_wal)
    qonys_sqlite_run (database, "PRAGMA journal_mode = DELETE");
}

/* Opens for writing, with a transaction begun. */
static sqlite3 *
begin (const char *path, GError **error)
{
  g_autoptr (sqlite3) database = open_database (path, TRUE, error);
  int code;

  if (database == NULL)
    return NULL;
  leave_wal (database);
  code = qonys_sqlite_run (database, "BEGIN IMMEDIATE");
  if (code == SQLITE_OK)
    return g_steal_pointer (&database);
  qonys_sqlite_set_error (error, path, code, sqlite3_errmsg (database));
  return NULL;
}

/* Makes a project of an earlier version one of this version. What is cut short is done again by the
 * next edit: the version is written last. */
static gboolean
migrate (const char *path, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();

  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (path, TRUE, &scope, error);
  if (file == NULL)
    return FALSE;
  if (GDALDatasetStartTransaction (file, FALSE) != OGRERR_NONE ||
      !qonys_plan_file_make_tables (file) || GDALDatasetCommitTransaction (file) != OGRERR_NONE) {
    GDALDatasetRollbackTransaction (file);
    qonys_gdal_scope_set_error (&scope, error, QONYS_ERROR_FAILED,
                                _ ("The project could not be written; it is as it was. Close it "
                                   "in other programs, or free some space, and try again."));
    return FALSE;
  }
  g_clear_pointer (&file, GDALClose);
  return qonys_plan_file_fill (path, name, plan, NULL, error);
}

sqlite3 *
qonys_plan_file_begin (const char *path, GError **error)
{
  g_autoptr (sqlite3) database = begin (path, error);
  gboolean has_tables;
  gint64 version;
  int code;

  if (database == NULL || !read_version (database, path, &version, error))
    return NULL;
  code = find_tables (database, &has_tables);
  if (code != SQLITE_OK) {
    qonys_sqlite_set_error (error, path, code, sqlite3_errmsg (database));
    return NULL;
  }
  if (has_tables && version == QONYS_PROJECT_VERSION)
    return g_steal_pointer (&database);
  g_clear_pointer (&database, sqlite3_close_v2);
  return migrate (path, error) ? begin (path, error) : NULL;
}

/* What people type may name nobody: no number, telephone or name of a person. Digits of an id that
 * the program made are nobody's. */
static gboolean
names_nobody (const QonysEntryChange *change, GError **error)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (qonys_entry_change_get_kind (change));

  for (guint i = 0; i < schema->n_fields; i++) {
    const char *value = qonys_entry_get (change->after, i);

    if (schema->fields[i].type == QONYS_VALUE_TEXT && value != NULL &&
        (change->before == NULL || g_strcmp0 (value, qonys_entry_get (change->before, i)) != 0) &&
        !g_uuid_string_is_valid (value) &&
        qonys_text_find_identifier (value) != QONYS_IDENTIFIER_NONE) {
      g_set_error (error, QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA,
                   _ ("The field “%s” names a person or holds a person’s number. Write what "
                      "happened, not who."),
                   _ (schema->fields[i].label));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
qonys_store_check_change (const QonysEntryChange *change, GError **error)
{
  return change->after == NULL ||
         (qonys_entry_check (change->after, error) && names_nobody (change, error));
}

gboolean
qonys_store_apply_edit (const char *path, QonysEdit *edit, gint64 last_number, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  const GPtrArray *changes = qonys_edit_get_changes (edit);
  gboolean is_new = edit->number == 0, ok;
  gint64 number;
  int code;

  qonys_store_init ();
  for (guint i = 0; i < changes->len; i++)
    if (!qonys_store_check_change (changes->pdata[i], error))
      return FALSE;
  database = qonys_plan_file_begin (path, error);
  if (database == NULL)
    return FALSE;
  code = qonys_sqlite_query (database, "SELECT COALESCE(MAX(number), 0) FROM journal", &number);
  if (code != SQLITE_OK) {
    qonys_sqlite_set_error (error, path, code, sqlite3_errmsg (database));
    return FALSE;
  }
  if (number != last_number) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("Somebody else changed this meanwhile. Open the project again and "
                            "repeat the change."));
    return FALSE; /* closing ends the transaction */
  }
  if (is_new)
    edit->number = number + 1;
  ok = qonys_plan_file_end (database, write_edit (database, edit), path, error);
  if (!ok && is_new)
    edit->number = 0;
  return ok;
}

/* ---- reading ---- */

static char *
dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

/* @is_moved: (out): see qonys_item_place_settle() */
static QonysEntry *
read_entry (sqlite3_stmt *statement, const QonysEntrySchema *schema, const char *id,
            gboolean *is_moved)
{
  g_autoptr (QonysPath) path = NULL;
  g_autofree char *shape = NULL;
  g_autofree const char **values = g_new0 (const char *, schema->n_fields);

  for (guint i = 0; i < schema->n_fields; i++) {
    int column = (int)i + 2;

    if (schema->fields[i].type == QONYS_VALUE_SHAPE) {
      path = qonys_shape_from_blob (sqlite3_column_blob (statement, column),
                                    (gsize)sqlite3_column_bytes (statement, column));
      values[i] = shape = path != NULL ? qonys_path_to_wkt (path) : NULL;
    } else { /* stays until the next row */
      values[i] = (const char *)sqlite3_column_text (statement, column);
    }
  }
  *is_moved =
      schema->kind == QONYS_ENTRY_ITEM && path != NULL && qonys_item_place_settle (values, path);
  return qonys_entry_new (schema->kind, id, values);
}

/* An item that another program moved away from its square. */
static int
write_place (sqlite3 *database, const QonysEntry *item, gint64 rowid)
{
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "UPDATE problem_item SET place_kind = ?, place_ref = NULL WHERE rowid = ?");

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, qonys_entry_get (item, QONYS_ITEM_PLACE_KIND));
  sqlite3_bind_int64 (statement, 2, rowid);
  return qonys_sqlite_finish (statement);
}

/* Rows without an id, or with one that is taken, were made by another program: they are given
 * one, in the file too if @can_write. */
static int
read_entries (sqlite3 *database, const QonysEntrySchema *schema, gboolean can_write,
              GPtrArray *entries)
{
  g_autofree char *columns = get_columns (schema);
  g_autofree char *search =
      g_strdup_printf ("SELECT COUNT(*) FROM sqlite_schema WHERE name = '%s'", schema->name);
  g_autofree char *sql =
      g_strdup_printf ("SELECT rowid, %s FROM \"%s\" ORDER BY rowid", columns, schema->name);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 n_tables = 0;
  int code = qonys_sqlite_query (database, search, &n_tables);

  if (code != SQLITE_OK || n_tables == 0) /* an earlier version had none */
    return code;
  statement = qonys_sqlite_prepare (database, sql);
  if (statement == NULL)
    return sqlite3_errcode (database);
  while (code == SQLITE_OK && qonys_sqlite_next (statement, &code)) {
    g_autofree char *id = dup_text (statement, 1);
    gboolean is_moved;

    if (id == NULL || *id == '\0' || g_hash_table_contains (ids, id)) {
      g_autofree char *update =
          g_strdup_printf ("UPDATE \"%s\" SET id = ? WHERE rowid = %" G_GINT64_FORMAT, schema->name,
                           (gint64)sqlite3_column_int64 (statement, 0));

      g_free (id);
      id = qonys_entry_make_id ();
      if (can_write)
        code = run_with_id (database, "%s", update, id);
    }
    g_ptr_array_add (entries, read_entry (statement, schema, id, &is_moved));
    if (code == SQLITE_OK && is_moved && can_write)
      code = write_place (database, entries->pdata[entries->len - 1],
                          sqlite3_column_int64 (statement, 0));
    g_hash_table_add (ids, g_steal_pointer (&id));
  }
  return code;
}

/* Most states are those of the entries as they are now: texts are compared, not read. */
static QonysEntry *
make_state (const QonysPlan *now, QonysEntryKind kind, const char *id, const char *packed)
{
  QonysEntry *entry = now != NULL ? qonys_plan_find (now, kind, id) : NULL;

  return entry != NULL && qonys_entry_is_packed (entry, packed)
             ? qonys_entry_ref (entry)
             : qonys_entry_unpack (kind, id, packed);
}

int
qonys_plan_file_read_states (sqlite3 *database, const QonysPlan *now, QonysPlan **states)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  g_autoptr (sqlite3_stmt) statement =
      qonys_sqlite_prepare (database, "SELECT kind, id, packed FROM entry_state");
  int code = SQLITE_OK;

  if (statement == NULL)
    return sqlite3_errcode (database);
  while (qonys_sqlite_next (statement, &code)) {
    const char *id = (const char *)sqlite3_column_text (statement, 1);
    const char *packed = (const char *)sqlite3_column_text (statement, 2);
    QonysEntryKind kind;

    if (id != NULL && packed != NULL &&
        qonys_entry_kind_parse ((const char *)sqlite3_column_text (statement, 0), &kind))
      g_ptr_array_add (entries, make_state (now, kind, id, packed));
  }
  *states = qonys_plan_new (entries);
  return code;
}

static QonysEditType
parse_type (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (EDIT_TYPES); i++)
    if (g_strcmp0 (EDIT_TYPES[i], text) == 0)
      return (QonysEditType)i;
  return QONYS_EDIT_DO;
}

static int
read_history (sqlite3 *database, QonysHistory *history)
{
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "SELECT number, time_s, type, target, action, subject, role, merge_key, changes "
                "FROM journal ORDER BY number");
  int code = SQLITE_OK;

  if (statement == NULL)
    return sqlite3_errcode (database);
  while (qonys_sqlite_next (statement, &code)) {
    const char *changes = (const char *)sqlite3_column_text (statement, 8);
    g_autoptr (QonysEdit) edit = qonys_edit_new ((const char *)sqlite3_column_text (statement, 4),
                                                 (const char *)sqlite3_column_text (statement, 5),
                                                 (const char *)sqlite3_column_text (statement, 6),
                                                 (const char *)sqlite3_column_text (statement, 7));

    edit->number = sqlite3_column_int64 (statement, 0);
    edit->time_s = sqlite3_column_int64 (statement, 1);
    edit->type = parse_type ((const char *)sqlite3_column_text (statement, 2));
    edit->target = sqlite3_column_int64 (statement, 3);
    if (changes != NULL)
      qonys_edit_take_json (edit, g_strdup (changes));
    qonys_history_add (history, edit);
  }
  return code;
}

/* What the tables hold against what was last known of them: the difference is the work of another
 * program and becomes an edit of the journal. */
static int
adopt_changes (sqlite3 *database, gboolean can_write, const QonysPlan *plan, QonysHistory *history,
               GPtrArray *diagnostics)
{
  g_autoptr (QonysPlan) known = NULL;
  g_autoptr (QonysEdit) edit = NULL;
  GPtrArray *changes;
  int code = qonys_plan_file_read_states (database, plan, &known);

  if (code != SQLITE_OK)
    return code;
  changes = qonys_plan_compare (known, plan);
  edit = qonys_edit_new ("external", NULL, NULL, NULL);
  qonys_edit_take_changes (edit, changes);
  if (changes->len == 0)
    return SQLITE_OK;
  edit->type = QONYS_EDIT_EXTERNAL;
  edit->number = qonys_history_get_last_number (history) + 1;
  qonys_history_add (history, edit);
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         ngettext ("Another program changed %u entry; the change stands in the "
                                   "history.",
                                   "Another program changed %u entries; the changes stand in the "
                                   "history.",
                                   changes->len),
                         changes->len);
  return can_write ? write_edit (database, edit) : SQLITE_OK;
}

static int
read_plan (sqlite3 *database, gboolean can_write, QonysPlan **plan, QonysHistory *history,
           GPtrArray *diagnostics)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  gboolean has_tables;
  int code = find_tables (database, &has_tables);

  if (code == SQLITE_OK && !has_tables)
    *plan = qonys_plan_new_default ();
  if (code != SQLITE_OK || !has_tables)
    return code;
  code = read_history (database, history);
  for (guint kind = 0; code == SQLITE_OK && kind < QONYS_N_ENTRY_KINDS; kind++)
    code = read_entries (database, qonys_entry_schema_get (kind), can_write, entries);
  if (code == SQLITE_OK) {
    *plan = qonys_plan_new (entries);
    code = adopt_changes (database, can_write, *plan, history, diagnostics);
  }
  return code;
}

QonysPlan *
qonys_store_read_plan (const char *path, QonysHistory **history, GPtrArray *diagnostics,
                       GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (QonysHistory) own = qonys_history_new ();
  g_autoptr (QonysPlan) plan = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gboolean can_write;
  gint64 version;
  int code;

  qonys_store_init ();
  can_write = qonys_sqlite_open (path, TRUE, &database) == SQLITE_OK &&
              !sqlite3_db_readonly (database, NULL);
  if (can_write)
    leave_wal (database);
  can_write = can_write && qonys_sqlite_run (database, "BEGIN IMMEDIATE") == SQLITE_OK;
  if (!can_write) { /* another has it, or it may only be read */
    g_clear_pointer (&database, sqlite3_close_v2);
    database = open_database (path, FALSE, error);
    if (database == NULL)
      return NULL;
    qonys_sqlite_run (database, "BEGIN");
  }
  if (!read_version (database, path, &version, error))
    return NULL;
  code = read_plan (database, can_write, &plan, own, diagnostics);
  if (code == SQLITE_OK && can_write && version == QONYS_PROJECT_VERSION)
    code = qonys_qgis_project_write (database, name); /* the file may have got another one */
  if (!qonys_plan_file_end (database, code, path, error))
    return NULL;
  *history = g_steal_pointer (&own);
  return g_steal_pointer (&plan);
}

/* ---- whole plans ---- */

static int
write_all (sqlite3 *database, const QonysPlan *plan, const GPtrArray *edits)
{
  int code = SQLITE_OK;

  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++) {
    const GPtrArray *entries = qonys_plan_get_entries (plan, kind);

    for (guint i = 0; code == SQLITE_OK && i < entries->len; i++) {
      code = qonys_plan_file_insert (database, entries->pdata[i]);
      if (code == SQLITE_OK)
        code = write_state (database, entries->pdata[i]);
    }
  }
  for (guint i = 0; code == SQLITE_OK && edits != NULL && i < edits->len; i++)
    code = write_journal (database, edits->pdata[i]);
  return code;
}

/* What a file of this version has beside its layers. Rows are found by id: another program may
 * give one id twice, so that it is not unique. */
static int
finish_tables (sqlite3 *database, const char *name)
{
  g_autofree char *version = g_strdup_printf (
      "UPDATE setting SET value = '%d' WHERE key = 'schema_version'", QONYS_PROJECT_VERSION);
  int code = SQLITE_OK;

  for (guint kind = 0; code == SQLITE_OK && kind < QONYS_N_ENTRY_KINDS; kind++)
    code = run_with_id (database, "CREATE INDEX IF NOT EXISTS \"%s_id\" ON \"%1$s\" (id)",
                        qonys_entry_schema_get (kind)->name, NULL);
  if (code == SQLITE_OK)
    code = qonys_item_place_write (database);
  if (code == SQLITE_OK)
    code = qonys_layer_styles_write (database);
  if (code == SQLITE_OK)
    code = qonys_qgis_project_write (database, name);
  return code == SQLITE_OK ? qonys_sqlite_run (database, version) : code;
}

static int
fill (sqlite3 *database, const char *name, const QonysPlan *plan, const GPtrArray *edits)
{
  gboolean has_tables;
  int code = find_tables (database, &has_tables);

  if (code == SQLITE_OK && !has_tables)
    code = qonys_sqlite_run (database, JOURNAL);
  if (code == SQLITE_OK && !has_tables)
    code = qonys_sqlite_run (database, STATES);
  if (code == SQLITE_OK && !has_tables)
    code = write_all (database, plan, edits);
  return code == SQLITE_OK ? finish_tables (database, name) : code;
}

gboolean
qonys_plan_file_fill (const char *path, const char *name, const QonysPlan *plan,
                      const GPtrArray *edits, GError **error)
{
  g_autoptr (sqlite3) database = begin (path, error);

  return database != NULL &&
         qonys_plan_file_end (database, fill (database, name, plan, edits), path, error);
}
