#pragma once

#include "domain/district.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** The district layer of a project or of the bundle: one feature a version. Features without
 * outline or KATO are left out. Returns: (transfer full) */
QonysDistricts *qonys_districts_read_layer (OGRLayerH layer);

/** Makes the layer "district" of a project and fills it. Returns: FALSE if GDAL failed */
gboolean qonys_districts_write_layer (const QonysDistricts *districts, GDALDatasetH dataset,
                                      OGRSpatialReferenceH wgs84);

/** Empties the layer "district" of a project and fills it. Returns: FALSE if GDAL failed */
gboolean qonys_districts_rewrite_layer (const QonysDistricts *districts, OGRLayerH layer);

/** A deep copy. Returns: (transfer full) */
QonysDistrict *qonys_district_copy (const QonysDistrict *district);

/** @next with those versions of @before that are not among them (same KATO, same first day).
 * Returns: (transfer full) */
QonysDistricts *qonys_districts_merge (const QonysDistricts *before, const QonysDistricts *next);

G_END_DECLS
