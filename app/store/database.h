#pragma once

#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** Whether what is named as a source is a PostgreSQL database: "PG:dbname=… host=… user=…". */
gboolean qonys_database_is_one (const char *source);

/**
 * qonys_database_open:
 * @table: (nullable): "schema.table" or a table of the public schema; NULL if there is but one
 *
 * Opens a table or view for reading. A password comes from where libpq takes it (~/.pgpass,
 * PGPASSWORD); it is asked for nowhere and stands in no sentence. The server has ten seconds to
 * answer, unless @source says otherwise.
 *
 * Returns: (transfer full): NULL with %QONYS_ERROR_FAILED if there is no server or it lets nobody
 *   in, %QONYS_ERROR_NOT_FOUND if there is no such table
 */
GDALDatasetH qonys_database_open (const char *source, const char *table, QonysGdalScope *scope,
                                  GError **error);

/** What a source is called: a file's name, a database's table. Returns: (transfer full) */
char *qonys_source_get_name (const char *source, const char *table);

G_END_DECLS
