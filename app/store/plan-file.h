#pragma once

#include "domain/history.h"
#include "store/gdal-scope.h"
#include "store/sqlite.h"

G_BEGIN_DECLS

/* What people wrote, in a project file: a layer or table for each kind of entry, which any GIS may
 * edit; "journal", a row an edit; "entry_state", each entry as this program last knew it, by which
 * edits of other programs are found. */

/** Makes the layers that are not there yet. Returns: FALSE if GDAL failed */
gboolean qonys_plan_file_make_tables (GDALDatasetH file);

/** Makes and fills, in one transaction, what else a file of this version has: journal and states,
 * if they are not there, of @plan and @edits (nullable) (element-type QonysEdit); indices; looks
 * for other programs; the version itself. @name: what the file will be called. Returns: FALSE with
 * @error set */
gboolean qonys_plan_file_fill (const char *path, const char *name, const QonysPlan *plan,
                               const GPtrArray *edits, GError **error);

/** Opens a project for writing with a transaction begun, and makes it one of this version first.
 * Returns: (transfer full) (nullable) */
sqlite3 *qonys_plan_file_begin (const char *path, GError **error);

/** Ends the transaction: for good if @code is SQLITE_OK. Returns: FALSE with @error set if it, or
 * what was in it, failed */
gboolean qonys_plan_file_end (sqlite3 *database, int code, const char *path, GError **error);

/** Adds the row of an entry to its table. Returns: SQLite's code */
int qonys_plan_file_insert (sqlite3 *database, const QonysEntry *entry);

/** Reads what was last known of every entry. @now: (nullable): the entries, most of which will be
 * the same; @states: (out): also if it fails half-way, NULL if there is no such table. Returns:
 * SQLite's code */
int qonys_plan_file_read_states (sqlite3 *database, const QonysPlan *now, QonysPlan **states);

G_END_DECLS
