#pragma once

#include "store/encoding.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** A feature with polygons that may be a district. */
typedef struct {
  OGRGeometryH polygons; /* a MultiPolygon; in the source's coordinates, then lon, lat degrees */
  const char *by_name;   /* (nullable): KATO its names mean */
  const char *by_code;   /* (nullable): KATO its code columns say */
  const char *kato;      /* (nullable): what was settled; only in Astana */
  gboolean is_city;      /* something in it says "Astana" */
  gboolean is_in_astana;
} QonysOutline;

void qonys_outline_free (QonysOutline *outline);

/** Asks every attribute of a feature which district it names. */
void qonys_outline_name (QonysOutline *outline, OGRFeatureH feature, const QonysDecoder *decoder);

/** Settles which outline in Astana is which district: where name and code disagree the name is
 * right, since codes go stale at every division. Doubts become diagnostics. */
void qonys_outlines_settle (GPtrArray *outlines, GPtrArray *diagnostics);

G_END_DECLS
