#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* GeoJSON as most programs write it: a FeatureCollection whose features are a point or nothing
 * and flat properties, "type" first. Whatever else there is is left to GDAL. */

typedef enum {
  QONYS_JSON_MISSING, /* or null */
  QONYS_JSON_TEXT,
  QONYS_JSON_INTEGER, /* at most 15 digits; true and false too */
  QONYS_JSON_REAL,
} QonysJsonKind;

typedef struct {
  QonysJsonKind kind;
  const char *text; /* valid UTF-8, not NUL-terminated */
  gsize length;
  gint64 integer;
  double real; /* of integers too */
} QonysJsonValue;

/** A file that is read piece by piece, from any thread. */
typedef struct _QonysGeojson QonysGeojson;

/**
 * qonys_geojson_open:
 * @names: (array length=n_columns): of the properties
 *
 * Returns: (transfer full) (nullable): NULL if it is no such file
 */
QonysGeojson *qonys_geojson_open (const char *path, const char *const *names, guint n_columns);
void qonys_geojson_free (QonysGeojson *geojson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysGeojson, qonys_geojson_free)

/** Pieces of about 1 MB. */
gsize qonys_geojson_get_n_chunks (const QonysGeojson *geojson);

/**
 * qonys_geojson_load:
 * @at: (out): the first feature
 * @end: (out): where the last one must end: the first feature of the next piece or, with a NUL
 *   there, the end of the file
 *
 * Returns: (transfer full) (nullable): the features that begin in a piece; NULL if they are not
 *   UTF-8, longer than 64 KB or cannot be read
 */
char *qonys_geojson_load (const QonysGeojson *geojson, gsize chunk, char **at, const char **end);

/**
 * qonys_geojson_next:
 * @at: (inout): moves behind the feature and its comma
 * @values: (array): of all columns
 * @x, @y: (out): NaN without a geometry
 *
 * Returns: 1 if there is one, 0 at the end, −1 if it is unusual
 */
int qonys_geojson_next (const QonysGeojson *geojson, char **at, const char *end,
                        QonysJsonValue *values, double *x, double *y);

/**
 * qonys_geojson_dup_head:
 * @length: (out)
 *
 * A file of its own with the first features of a large one, some megabytes, by which GDAL tells
 * columns, types and coordinate system without reading all.
 *
 * Returns: (transfer full) (nullable): NULL if the file is not large, or no such file
 */
char *qonys_geojson_dup_head (const char *path, gsize *length);

G_END_DECLS
