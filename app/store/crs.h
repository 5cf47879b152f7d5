#pragma once

#include "geo/box.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** Positions of Astana's data lie in here (lon, lat degrees); what is outside is no data of the
 * city. */
extern const QonysBox QONYS_ASTANA_BOX_DEG;

/** From a source's coordinates to WGS84 lon, lat degrees. Not shared between threads. */
typedef struct _QonysTransform QonysTransform;

void qonys_transform_free (QonysTransform *transform);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysTransform, qonys_transform_free)

/** Is nothing but a change of axes to be done? Then any thread may apply it. */
gboolean qonys_transform_is_plain (const QonysTransform *transform);

/** Transforms in place; what cannot be transformed becomes NaN. */
void qonys_transform_apply (QonysTransform *transform, gsize n, double *x, double *y);

/**
 * qonys_transform_choose:
 * @layer_crs: (nullable): what the source says
 * @asked: (nullable): what the user says instead: "EPSG:28412"
 * @box: of the source's coordinates as they stand
 * @city: (nullable): the outline's box in degrees, if @box should be about the same: tells apart
 *   systems that differ by less than the city's size
 *
 * Chooses the transformation and says in @diagnostics what was chosen: what the user says; else
 * what the source says, if that is possible; else the system in which the coordinates lie in
 * Astana: degrees, Gauss–Krüger zone 12 with or without zone number, UTM 42N, Web Mercator, and
 * each of them with axes swapped. From Pulkovo 1942 to WGS84 always by EPSG:15865, since PROJ's
 * own choice in Astana is an operation made for Russia.
 *
 * Returns: (transfer full): %NULL with %QONYS_ERROR_CRS if there is no system and none fits
 */
QonysTransform *qonys_transform_choose (OGRSpatialReferenceH layer_crs, const char *asked,
                                        const QonysBox *box, const QonysBox *city,
                                        GPtrArray *diagnostics, GError **error);

/** "EPSG:4326 WGS 84". Returns: (transfer full) (nullable) */
char *qonys_crs_describe (OGRSpatialReferenceH crs);

G_END_DECLS
