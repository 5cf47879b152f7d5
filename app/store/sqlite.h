#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close_v2)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/** Opens a database file that is there, for one thread; waits two seconds for locks of others.
 * Returns: SQLite's code; @database is to be closed whatever it is */
int qonys_sqlite_open (const char *path, gboolean for_writing, sqlite3 **database);

/** Has another program locked the file? @waits: up to two seconds for it to finish */
gboolean qonys_sqlite_is_locked (const char *path, gboolean waits);

/** Sets @error to what SQLite's code means for a project file, with the cure. @words: (nullable):
 * SQLite's own */
void qonys_sqlite_set_error (GError **error, const char *path, int code, const char *words);

/** Runs statements that give no rows. Returns: SQLite's code */
int qonys_sqlite_run (sqlite3 *database, const char *sql);

/** Compiles a statement; NULL if that failed, which the next step on @database's state tells. */
sqlite3_stmt *qonys_sqlite_prepare (sqlite3 *database, const char *sql);

/** Binds a text, which is copied; NULL is NULL. */
void qonys_sqlite_bind (sqlite3_stmt *statement, int number, const char *text);

/** Steps to the next row. @code: (out): when there is none, SQLITE_OK at the end, else what failed,
 * so that a hole is never taken for the end */
gboolean qonys_sqlite_next (sqlite3_stmt *statement, int *code);

/** The number in the first row and column of a query that gives one. Returns: SQLite's code */
int qonys_sqlite_query (sqlite3 *database, const char *sql, gint64 *number);

/** Runs a bound statement to its end and makes it ready again. Returns: SQLITE_OK if it went well
 */
int qonys_sqlite_finish (sqlite3_stmt *statement);

G_END_DECLS
