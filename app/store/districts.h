#pragma once

#include "domain/district.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** The district layer of a project or of the bundle: one feature a version. Features without
 * outline or KATO are left out. Returns: (transfer full) */
QonysDistricts *qonys_districts_read_layer (OGRLayerH layer);

/** An empty layer of districts. Returns: NULL if GDAL failed */
OGRLayerH qonys_districts_make_layer (GDALDatasetH dataset, const char *name);

/** @set: their number, where the layer has several (district-sets.h); −1: it has one. Returns:
 * FALSE if GDAL failed */
gboolean qonys_districts_add_to_layer (const QonysDistricts *districts, OGRLayerH layer, int set);

/** A deep copy. Returns: (transfer full) */
QonysDistrict *qonys_district_copy (const QonysDistrict *district);

/** @next with those versions of @before that are not among them (same KATO, same first day).
 * Returns: (transfer full) */
QonysDistricts *qonys_districts_merge (const QonysDistricts *before, const QonysDistricts *next);

G_END_DECLS
