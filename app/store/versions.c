/*
 * The names people gave to states of the plan: a dozen rows in the table "version".
 */
#include "base/error.h"
#include "privacy/identifier.h"
#include "store/plan-file.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

static int
read_versions (sqlite3 *database, GPtrArray *versions)
{
  g_autoptr (sqlite3_stmt) rows = qonys_sqlite_prepare (
      database, "SELECT name, number, day, role FROM version ORDER BY number, rowid");
  int code = SQLITE_OK;

  if (rows == NULL)
    return sqlite3_errcode (database);
  while (qonys_sqlite_next (rows, &code)) {
    const char *day = (const char *)sqlite3_column_text (rows, 2);
    QonysDay named_on = QONYS_DAY_MISSING;

    if (day != NULL && !qonys_day_parse (day, &named_on))
      named_on = QONYS_DAY_MISSING;
    g_ptr_array_add (versions, qonys_version_new ((const char *)sqlite3_column_text (rows, 0),
                                                  sqlite3_column_int64 (rows, 1), named_on,
                                                  (const char *)sqlite3_column_text (rows, 3)));
  }
  return code;
}

GPtrArray *
qonys_store_list_versions (const char *path, GError **error)
{
  g_autoptr (GPtrArray) versions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_version_free);
  g_autoptr (sqlite3) database = NULL;
  gint64 is_there = 0;
  int code = qonys_sqlite_open (path, FALSE, &database);

  if (code == SQLITE_OK)
    code = qonys_sqlite_query (
        database, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'version'", &is_there);
  if (code == SQLITE_OK && is_there > 0)
    code = read_versions (database, versions);
  if (code == SQLITE_OK)
    return g_steal_pointer (&versions);
  qonys_sqlite_set_error (error, path, code, sqlite3_errmsg (database));
  return NULL;
}

int
qonys_version_write (sqlite3 *database, const QonysVersion *version)
{
  g_autofree char *day = qonys_day_to_iso (version->day);
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "INSERT INTO version (name, number, day, role) VALUES (?, ?, ?, ?)");

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, version->name);
  sqlite3_bind_int64 (statement, 2, version->number);
  qonys_sqlite_bind (statement, 3, *day != '\0' ? day : NULL);
  qonys_sqlite_bind (statement, 4, version->role);
  return qonys_sqlite_finish (statement);
}

gboolean
qonys_store_add_version (const char *path, const QonysVersion *version, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  int code;

  qonys_store_init ();
  if (*version->name == '\0') {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                         _ ("A version needs a name. Write one."));
    return FALSE;
  }
  if (qonys_text_find_identifier (version->name) != QONYS_IDENTIFIER_NONE) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_PERSONAL_DATA,
                         _ ("The name of the version names a person or holds a person’s number. "
                            "Write what it is, not who."));
    return FALSE;
  }
  database = qonys_plan_file_begin (path, error);
  if (database == NULL)
    return FALSE;
  code = qonys_version_write (database, version);
  if ((code & 0xff) == SQLITE_CONSTRAINT) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                 _ ("There is a version “%s” already. Choose another name."), version->name);
    return FALSE;
  }
  return qonys_plan_file_end (database, code, path, error);
}
