#pragma once

#include "base/job.h"
#include "store/crs.h"
#include "store/row.h"
#include "store/source.h"

G_BEGIN_DECLS

/** The layer rows are imported from, and which of its columns is which field. */
typedef struct {
  GDALDatasetH dataset;
  OGRLayerH layer;
  const QonysSchema *schema;
  QonysDecoder decoder;
  int *columns;               /* schema->n_fields: the column of each field, −1 none */
  int lon_column, lat_column; /* −1: from the geometry or none */
  gboolean has_geometry;
  gboolean is_head;          /* the dataset is the beginning of the file only */
  QonysTransform *transform; /* (nullable): where there are positions */
} QonysImportSource;

/** Opens @path, if it may be its beginning only, and finds the layer that bears the type's name or
 * else the most of its fields. A required field without a column is an error. Returns: (transfer
 * full) */
QonysImportSource *qonys_import_source_open (const char *path, gboolean may_be_head,
                                             const QonysSchema *schema, QonysGdalScope *scope,
                                             GPtrArray *diagnostics, GError **error);
void qonys_import_source_free (QonysImportSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysImportSource, qonys_import_source_free)

/** Chooses the way of the coordinates to WGS84 from the first 10,000 positions. */
gboolean qonys_import_source_locate (QonysImportSource *source, GPtrArray *diagnostics,
                                     GError **error);

/** Reads a feature into a row. Returns: FALSE if the row is rejected */
gboolean qonys_import_source_read (QonysImportSource *source, OGRFeatureH feature, QonysRow *row);

/** Brings the row's position, in the source's coordinates or NaN, to WGS84. Returns: FALSE if the
 * row is rejected */
gboolean qonys_import_source_place (const QonysImportSource *source, QonysRow *row);

/** Reads a coordinate; NaN if nothing stands there. Returns: FALSE if it is no number */
gboolean qonys_coordinate_parse (const char *text, gsize length, double *value);

G_END_DECLS
