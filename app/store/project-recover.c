/*
 * What can be read of a damaged project, put into a new one: rows before, behind and between the
 * holes of each table, and what people wrote also from the states that are kept of it. As long as
 * copying the file and its rows takes; never touches the file itself.
 */
#include "base/error.h"
#include "domain/schema.h"
#include "store/plan-file.h"
#include "store/project-file.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static const char *const COMPANIONS[] = {"", "-journal", "-wal"};

/* ---- one table ---- */

/* A table that an earlier version did not have, as against one whose description is lost. */
static gboolean
is_known_missing (sqlite3 *database, const char *table)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT COUNT(*) FROM sqlite_schema WHERE name = '%s'", table);
  gint64 n = 0;

  return qonys_sqlite_query (database, sql, &n) == SQLITE_OK && n == 0;
}

typedef struct {
  sqlite3 *from, *to;
  sqlite3_stmt *insert;
  const char *table;
  char *columns; /* those both have */
  guint n_columns;
  guint n_saved;
  gboolean has_holes;
} Salvage;

static gboolean
step (sqlite3_stmt *rows, Salvage *salvage)
{
  int code;

  if (qonys_sqlite_next (rows, &code))
    return TRUE;
  salvage->has_holes |= code != SQLITE_OK;
  return FALSE;
}

static GPtrArray *
list_columns (sqlite3 *database, const char *table)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('%s')", table);
  g_autoptr (sqlite3_stmt) rows = qonys_sqlite_prepare (database, sql);

  while (rows != NULL && sqlite3_step (rows) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *)sqlite3_column_text (rows, 0)));
  return names;
}

/* "\"id\", \"problem\"…" of what both tables have. */
static void
find_columns (Salvage *salvage)
{
  g_autoptr (GPtrArray) old = list_columns (salvage->from, salvage->table);
  g_autoptr (GPtrArray) new = list_columns (salvage->to, salvage->table);
  GString *columns = g_string_new (NULL);

  for (guint i = 0; i < new->len; i++)
    if (g_ptr_array_find_with_equal_func (old, new->pdata[i], g_str_equal, NULL)) {
      g_string_append_printf (columns, "%s\"%s\"", salvage->n_columns > 0 ? ", " : "",
                              (char *)new->pdata[i]);
      salvage->n_columns++;
    }
  salvage->columns = g_string_free (columns, FALSE);
}

static sqlite3_stmt *
prepare_insert (const Salvage *salvage)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT OR IGNORE INTO \"%s\" (%s) VALUES (?", salvage->table,
                   salvage->columns);
  for (guint i = 1; i < salvage->n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return qonys_sqlite_prepare (salvage->to, sql->str);
}

/* Copies rows until the end or a hole. @rowid: (inout) (nullable): of the last one, where the
 * rows' first column is theirs. */
static int
copy_rows (Salvage *salvage, sqlite3_stmt *rows, gint64 *rowid)
{
  int first = rowid != NULL ? 1 : 0, code = SQLITE_OK;

  while (code == SQLITE_OK && step (rows, salvage)) {
    if (rowid != NULL)
      *rowid = sqlite3_column_int64 (rows, 0);
    for (guint i = 0; i < salvage->n_columns; i++)
      sqlite3_bind_value (salvage->insert, (int)i + 1, sqlite3_column_value (rows, first + (int)i));
    code = qonys_sqlite_finish (salvage->insert);
    salvage->n_saved += (guint)sqlite3_changes (salvage->to);
  }
  return code;
}

/* From a row on, behind a hole in ever greater leaps; the rows leapt over are read from the other
 * side. */
static int
copy_by_rowid (Salvage *salvage)
{
  g_autofree char *forward =
      g_strdup_printf ("SELECT rowid, %s FROM \"%s\" WHERE rowid > ? ORDER BY rowid",
                       salvage->columns, salvage->table);
  g_autofree char *backward = g_strdup_printf (
      "SELECT rowid, %s FROM \"%s\" WHERE rowid > ? AND rowid <= ? ORDER BY rowid DESC",
      salvage->columns, salvage->table);
  gint64 last = 0, from = 0, leap = 1;
  int code = SQLITE_OK;

  while (code == SQLITE_OK && leap < G_MAXINT32) {
    g_autoptr (sqlite3_stmt) rows = qonys_sqlite_prepare (salvage->from, forward);
    gboolean had_holes = salvage->has_holes;
    gint64 before = from, rowid = from;

    if (rows == NULL)
      break;
    salvage->has_holes = FALSE;
    sqlite3_bind_int64 (rows, 1, from);
    code = copy_rows (salvage, rows, &rowid);
    if (rowid > before && before > last) { /* behind a hole: back to it */
      g_autoptr (sqlite3_stmt) back = qonys_sqlite_prepare (salvage->from, backward);
      gint64 ignored;

      sqlite3_bind_int64 (back, 1, last);
      sqlite3_bind_int64 (back, 2, before);
      if (code == SQLITE_OK) {
        gboolean is_at_end = !salvage->has_holes;

        code = copy_rows (salvage, back, &ignored);
        salvage->has_holes = !is_at_end;
      }
    }
    if (!salvage->has_holes) { /* the end */
      salvage->has_holes = had_holes;
      return code;
    }
    if (rowid > before) {
      last = rowid;
      leap = 1;
    }
    from = rowid + leap;
    leap *= 2;
  }
  salvage->has_holes = TRUE;
  return code;
}

/* A table sorted by a key of its own. */
static int
copy_by_key (Salvage *salvage)
{
  static const char *const ORDERS[] = {"", "DESC"};
  int code = SQLITE_OK;

  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (ORDERS); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY kind %s, id %s",
                                            salvage->columns, salvage->table, ORDERS[i], ORDERS[i]);
    g_autoptr (sqlite3_stmt) rows = qonys_sqlite_prepare (salvage->from, sql);

    if (rows != NULL)
      code = copy_rows (salvage, rows, NULL);
    else
      salvage->has_holes = TRUE;
    if (!salvage->has_holes)
      break;
  }
  return code;
}

/* What the new project has in a table of its own accord makes room for what was saved. */
static int
save_table (sqlite3 *from, sqlite3 *to, const char *table, GPtrArray *diagnostics, guint *n_saved,
            gboolean *has_holes)
{
  Salvage salvage = {.from = from, .to = to, .table = table};
  g_autofree char *savepoint = g_strdup_printf ("SAVEPOINT salvage; DELETE FROM \"%s\"", table);
  gboolean is_own = g_str_equal (table, "entry_state");
  int code = SQLITE_OK;

  find_columns (&salvage);
  if (salvage.n_columns == 0) {
    salvage.has_holes = !is_known_missing (from, table);
  } else {
    code = qonys_sqlite_run (to, savepoint);
    salvage.insert = prepare_insert (&salvage);
    if (code == SQLITE_OK)
      code = is_own ? copy_by_key (&salvage) : copy_by_rowid (&salvage);
    sqlite3_finalize (salvage.insert);
    if (code == SQLITE_OK)
      code = qonys_sqlite_run (to, salvage.n_saved > 0 || !salvage.has_holes
                                       ? "RELEASE salvage"
                                       : "ROLLBACK TO salvage; RELEASE salvage");
  }
  g_free (salvage.columns);
  if (salvage.has_holes)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("Of “%s” %u row was saved; others are lost.",
                                     "Of “%s” %u rows were saved; others are lost.",
                                     salvage.n_saved),
                           table, salvage.n_saved);
  *n_saved += salvage.n_saved;
  *has_holes = salvage.has_holes;
  return code;
}

/* ---- what people wrote ---- */

/* An entry whose row is lost is still among the states. */
static int
save_from_states (sqlite3 *to, const QonysEntrySchema *schema, const QonysPlan *states)
{
  const GPtrArray *entries = qonys_plan_get_entries (states, schema->kind);
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM \"%s\" WHERE id = ?", schema->name);
  g_autoptr (sqlite3_stmt) count = qonys_sqlite_prepare (to, sql);
  int code = SQLITE_OK;

  for (guint i = 0; code == SQLITE_OK && i < entries->len; i++) {
    qonys_sqlite_bind (count, 1, qonys_entry_get_id (entries->pdata[i]));
    if (qonys_sqlite_next (count, &code) && sqlite3_column_int (count, 0) == 0) {
      sqlite3_reset (count);
      code = qonys_plan_file_insert (to, entries->pdata[i]);
    }
    sqlite3_reset (count);
  }
  return code;
}

static int
save_settings (sqlite3 *from, sqlite3 *to)
{
  g_autoptr (sqlite3_stmt) rows = qonys_sqlite_prepare (
      from, "SELECT key, value FROM setting WHERE key NOT IN ('schema_version', 'application')");
  g_autoptr (sqlite3_stmt) update =
      qonys_sqlite_prepare (to, "UPDATE setting SET value = ?2 WHERE key = ?1");
  int code = SQLITE_OK, ignored;

  while (rows != NULL && code == SQLITE_OK && qonys_sqlite_next (rows, &ignored)) {
    sqlite3_bind_value (update, 1, sqlite3_column_value (rows, 0));
    sqlite3_bind_value (update, 2, sqlite3_column_value (rows, 1));
    code = qonys_sqlite_finish (update);
  }
  return code;
}

static int
save_all (sqlite3 *from, sqlite3 *to, GPtrArray *diagnostics, guint *n_saved)
{
  static const char *const FIRST[] = {"district", "district_kept", "dataset", "journal",
                                      "entry_state"};
  g_autoptr (QonysPlan) states = NULL;
  gboolean has_holes;
  int code = save_settings (from, to);

  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (FIRST); i++)
    code = save_table (from, to, FIRST[i], diagnostics, n_saved, &has_holes);
  for (guint type = 0; code == SQLITE_OK && type < QONYS_N_RECORD_TYPES; type++)
    code = save_table (from, to, qonys_schema_get (type)->name, diagnostics, n_saved, &has_holes);
  if (code == SQLITE_OK)
    code = qonys_plan_file_read_states (to, NULL, &states);
  for (guint kind = 0; code == SQLITE_OK && kind < QONYS_N_ENTRY_KINDS; kind++) {
    const QonysEntrySchema *schema = qonys_entry_schema_get (kind);

    code = save_table (from, to, schema->name, diagnostics, n_saved, &has_holes);
    if (code == SQLITE_OK && has_holes)
      code = save_from_states (to, schema, states);
  }
  return code;
}

/* ---- files ---- */

static gboolean
copy_file (const char *path, const char *to, const char *companion, GError **error)
{
  g_autofree char *source = g_strconcat (path, companion, NULL);
  g_autofree char *target = g_strconcat (to, companion, NULL);
  g_autoptr (GFile) from_file = g_file_new_for_path (source);
  g_autoptr (GFile) to_file = g_file_new_for_path (target);
  GError *cause = NULL;

  if (*companion != '\0' && !g_file_test (source, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_file_copy (from_file, to_file, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &cause))
    return TRUE;
  qonys_error_set_from_gio (error, path, cause);
  return FALSE;
}

/* Opens the damaged copy: pages that are missing at the end, and tables whose description cannot be
 * read, are no reason to give up. */
static sqlite3 *
open_damaged (const char *path)
{
  g_autoptr (sqlite3) database = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    return NULL;
  sqlite3_db_config (database, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
  return g_steal_pointer (&database);
}

static gboolean
recover (const char *path, const char *damaged, const char *whole, GPtrArray *diagnostics,
         GError **error)
{
  g_autoptr (QonysProject) project = qonys_store_new_project (error);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (sqlite3) from = NULL;
  g_autoptr (sqlite3) to = NULL;
  gint64 version = 0;
  guint n_saved = 0;
  int code;

  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++)
    if (!copy_file (path, damaged, COMPANIONS[i], error))
      return FALSE;
  if (project == NULL || !qonys_store_write_project (project, whole, NULL, error))
    return FALSE;
  from = open_damaged (damaged);
  if (from != NULL)
    qonys_sqlite_query (from, "SELECT value FROM setting WHERE key = 'schema_version'", &version);
  if (!qonys_project_file_check_version (path, version, error))
    return FALSE;
  code = qonys_sqlite_open (whole, TRUE, &to);
  if (code == SQLITE_OK)
    code = qonys_sqlite_run (to, "BEGIN IMMEDIATE");
  if (code == SQLITE_OK && from != NULL)
    code = save_all (from, to, diagnostics, &n_saved);
  if (code == SQLITE_OK)
    code = qonys_sqlite_run (to, "COMMIT");
  if (code != SQLITE_OK)
    qonys_sqlite_set_error (error, whole, code, sqlite3_errmsg (to));
  else if (n_saved == 0)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("Nothing of “%s” could be read. Open its last copy."), name);
  return code == SQLITE_OK && n_saved > 0;
}

gboolean
qonys_store_recover (const char *path, const char *copy_path, GPtrArray *diagnostics,
                     GError **error)
{
  g_autofree char *damaged = g_strdup_printf ("%s.%08x.damaged", copy_path, g_random_int ());
  g_autofree char *whole = g_strdup_printf ("%s.%08x.gpkg", copy_path, g_random_int ());
  gboolean ok;

  qonys_store_init ();
  ok = recover (path, damaged, whole, diagnostics, error);
  if (ok && g_rename (whole, copy_path) != 0) {
    qonys_error_set_from_gio (
        error, copy_path,
        g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno)));
    ok = FALSE;
  }
  if (!ok)
    g_unlink (whole);
  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++) {
    g_autofree char *file = g_strconcat (damaged, COMPANIONS[i], NULL);

    g_unlink (file);
  }
  return ok;
}
