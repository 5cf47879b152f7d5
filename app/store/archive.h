#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Zipped tables. Nothing is unpacked: what is in an archive has a path of its own, which GDAL's
 * file functions read. */

/** Whether @path is called an archive; files that are archives inside (XLSX, KMZ, SHZ) are not. */
gboolean qonys_archive_is_one (const char *path);

/**
 * qonys_archive_list:
 *
 * The tables in an archive by their names in it, those that are the most sure to be data first;
 * never empty. Names that are not in Unicode are taken for CP866, as Windows writes them here.
 *
 * Returns: (transfer full): NULL with %QONYS_ERROR_FORMAT if there are none, if it has a password
 *   or is damaged
 */
GStrv qonys_archive_list (const char *path, GError **error);

/** Returns: (transfer full): how a table in an archive is opened */
char *qonys_archive_get_path (const char *path, const char *member);

/** The file that holds what qonys_archive_get_path() names. Returns: (transfer full) (nullable):
 * NULL if @path is no such path */
char *qonys_archive_get_file (const char *path);

G_END_DECLS
