#pragma once

#include "domain/history.h"
#include "store/gdal-scope.h"
#include "store/sqlite.h"

G_BEGIN_DECLS

/* What people wrote, in a project file: a layer or table for each kind of entry, which any GIS may
 * edit; "journal", a row an edit; "entry_state", each entry as this program last knew it, by which
 * edits of other programs are found. */

/** Makes the tables that are not there yet. Returns: FALSE if GDAL failed */
gboolean qonys_plan_file_make_tables (GDALDatasetH file);

/** Fills the tables of a new file: from @old_path if that has them, else with the measures of the
 * resolution. Returns: FALSE with @error set */
gboolean qonys_plan_file_fill (const char *path, const char *old_path, GError **error);

G_END_DECLS
