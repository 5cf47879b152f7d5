/*
 * SQLite itself, for what GDAL does not do: reading by threads, edits of a row in one transaction.
 * The same library GDAL uses.
 */
#include "store/sqlite.h"

#include "base/error.h"
#include "store/shape-blob.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BUSY_MS 2000

static int
try_database (const char *name, int flags, int wait_ms, sqlite3 **database)
{
  int code = sqlite3_open_v2 (name, database, SQLITE_OPEN_NOMUTEX | flags, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_busy_timeout (*database, wait_ms);
  if (code == SQLITE_OK)
    code = qonys_sqlite_run (*database, "PRAGMA schema_version");
  return code;
}

/* Is all that was written in the file itself, nothing half done beside it? */
static gboolean
is_settled (const char *path)
{
  static const char *const COMPANIONS[] = {"-journal", "-wal"};

  for (guint i = 0; i < G_N_ELEMENTS (COMPANIONS); i++) {
    g_autofree char *companion = g_strconcat (path, COMPANIONS[i], NULL);
    GStatBuf facts;

    if (g_stat (companion, &facts) == 0 && facts.st_size > 0)
      return FALSE;
  }
  return TRUE;
}

static int
open_database (const char *path, gboolean for_writing, int wait_ms, sqlite3 **database)
{
  /* A path that is absolute is never taken for a URI. */
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (full, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  int code = try_database (full, for_writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
                           wait_ms, database);

  /* What QGIS left in WAL mode wants a file beside it, which a read-only disk cannot have. */
  if (((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY) && !for_writing &&
      g_access (full, R_OK) == 0 && is_settled (full)) {
    sqlite3_close_v2 (g_steal_pointer (database));
    code = try_database (immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, wait_ms, database);
  }
  return code;
}

int
qonys_sqlite_open (const char *path, gboolean for_writing, sqlite3 **database)
{
  int code = open_database (path, for_writing, BUSY_MS, database);

  if (code == SQLITE_OK && for_writing)
    qonys_shape_add_functions (*database);
  return code;
}

gboolean
qonys_sqlite_is_locked (const char *path, gboolean waits)
{
  g_autoptr (sqlite3) database = NULL;

  return (open_database (path, FALSE, waits ? BUSY_MS : 0, &database) & 0xff) == SQLITE_BUSY;
}

void
qonys_sqlite_set_error (GError **error, const char *path, int code, const char *words)
{
  g_autofree char *name = g_filename_display_basename (path);
  QonysError kind = QONYS_ERROR_FAILED;
  const char *format;

  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    kind = QONYS_ERROR_LOCKED;
    format = _ ("“%s” is in use by another program. Close it there and try again.");
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
  case SQLITE_CANTOPEN:
    kind = QONYS_ERROR_PERMISSION;
    format = _ ("“%s” cannot be written here. Save a copy in another place and go on there.");
    break;
  case SQLITE_FULL:
    format = _ ("There is no room left for “%s”. Free some space and try again; nothing was "
                "lost.");
    break;
  case SQLITE_IOERR:
    format = _ ("The disk of “%s” does not answer. Check it and try again, or save a copy in "
                "another place.");
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    kind = QONYS_ERROR_FORMAT;
    format = _ ("The project “%s” is damaged. Open its last copy, or save what can be "
                "read with “qonys recover”.");
    break;
  default:
    format = _ ("“%s” could not be read or written. Open it again and repeat the change.");
  }
  {
    g_autofree char *sentence = g_strdup_printf (format, name);

    if (words != NULL)
      g_set_error (error, QONYS_ERROR, kind, "%s (%s)", sentence, words);
    else
      g_set_error_literal (error, QONYS_ERROR, kind, sentence);
  }
}

int
qonys_sqlite_run (sqlite3 *database, const char *sql)
{
  return sqlite3_exec (database, sql, NULL, NULL, NULL);
}

sqlite3_stmt *
qonys_sqlite_prepare (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);
  return statement;
}

void
qonys_sqlite_bind (sqlite3_stmt *statement, int number, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, number, text, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (statement, number);
}

gboolean
qonys_sqlite_next (sqlite3_stmt *statement, int *code)
{
  int step = sqlite3_step (statement);

  if (step == SQLITE_ROW)
    return TRUE;
  *code = step == SQLITE_DONE ? SQLITE_OK : step;
  return FALSE;
}

int
qonys_sqlite_query (sqlite3 *database, const char *sql, gint64 *number)
{
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (database, sql);
  int code;

  if (statement == NULL)
    return sqlite3_errcode (database);
  if (!qonys_sqlite_next (statement, &code))
    return code == SQLITE_OK ? SQLITE_NOTFOUND : code;
  *number = sqlite3_column_int64 (statement, 0);
  return SQLITE_OK;
}

int
qonys_sqlite_finish (sqlite3_stmt *statement)
{
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}
