#pragma once

#include "domain/district.h"
#include "store/gdal-scope.h"
#include "store/sqlite.h"

G_BEGIN_DECLS

/* All outlines a project ever had, by number; 0 are those it was made with. Those in use, and only
 * they, stand in the layer "district", which any GIS shows; once they were replaced all stand in
 * "district_kept", those in use as they were when they came. Which are in use is a setting of the
 * plan. */

/** Makes the layer of kept outlines if it is not there. Returns: NULL if GDAL failed */
OGRLayerH qonys_district_sets_make_layer (GDALDatasetH file);

/**
 * qonys_district_sets_read:
 * @now: (transfer full): what the layer "district" holds
 * @set: the number of that
 *
 * Returns: (transfer full) (element-type QonysDistricts): by number; one that is lost is @now
 */
GPtrArray *qonys_district_sets_read (GDALDatasetH file, QonysDistricts *now, guint set);

/** Puts @to into the layer "district" and keeps what is in it as @from, inside the transaction
 * that is open: bytes are copied, so that they come back as they were. Returns: SQLite's code */
int qonys_district_sets_swap (sqlite3 *database, guint from, guint to);

G_END_DECLS
