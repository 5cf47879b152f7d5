/* Drawn shapes between text and GeoPackage's blobs: a few thousand a project. WKB itself is
 * OGR's. */

#include "store/shape-blob.h"

#include <ogr_api.h>
#include <string.h>

#define N_HEADER 8

static OGRGeometryH
make_geometry (const QonysPath *path)
{
  OGRGeometryH line = OGR_G_CreateGeometry (path->kind == QONYS_PATH_POINT  ? wkbPoint
                                            : path->kind == QONYS_PATH_LINE ? wkbLineString
                                                                            : wkbLinearRing);
  OGRGeometryH polygon;

  for (guint i = 0; i < path->lon_deg->len; i++)
    OGR_G_SetPoint_2D (line, (int)i, g_array_index (path->lon_deg, double, i),
                       g_array_index (path->lat_deg, double, i));
  if (path->kind != QONYS_PATH_POLYGON)
    return line;
  polygon = OGR_G_CreateGeometry (wkbPolygon);
  OGR_G_AddGeometryDirectly (polygon, line);
  return polygon;
}

GBytes *
qonys_shape_to_blob (const QonysPath *path)
{
  /* Little-endian, no envelope, EPSG:4326. */
  static const guint8 HEADER[N_HEADER] = {'G', 'P', 0, 1, 4326 & 0xff, 4326 >> 8, 0, 0};
  OGRGeometryH geometry = make_geometry (path);
  gsize length = N_HEADER + (gsize)OGR_G_WkbSize (geometry);
  guint8 *blob = g_malloc (length);

  memcpy (blob, HEADER, N_HEADER);
  OGR_G_ExportToWkb (geometry, wkbNDR, blob + N_HEADER);
  OGR_G_DestroyGeometry (geometry);
  return g_bytes_new_take (blob, length);
}

/* The first simple part of a geometry, the outer ring of a polygon; NULL if there is none. */
static OGRGeometryH
get_simple (OGRGeometryH geometry, QonysPathKind *kind)
{
  OGRwkbGeometryType type = wkbFlatten (OGR_G_GetGeometryType (geometry));

  *kind = QONYS_PATH_POINT;
  while (type == wkbMultiPoint || type == wkbMultiLineString || type == wkbMultiPolygon ||
         type == wkbGeometryCollection) {
    if (OGR_G_GetGeometryCount (geometry) == 0)
      return NULL;
    geometry = OGR_G_GetGeometryRef (geometry, 0);
    type = wkbFlatten (OGR_G_GetGeometryType (geometry));
  }
  if (type == wkbPolygon && OGR_G_GetGeometryCount (geometry) > 0) {
    *kind = QONYS_PATH_POLYGON;
    return OGR_G_GetGeometryRef (geometry, 0);
  }
  if (type == wkbLineString)
    *kind = QONYS_PATH_LINE;
  return type == wkbLineString || type == wkbPoint ? geometry : NULL;
}

static OGRGeometryH
parse (gconstpointer blob, gsize length)
{
  static const gsize ENVELOPES[] = {0, 32, 48, 48, 64};
  const guint8 *bytes = blob;
  OGRGeometryH geometry = NULL;
  guint envelope;
  gsize n_header;

  if (length < N_HEADER || memcmp (bytes, "GP", 2) != 0)
    return NULL;
  envelope = bytes[3] >> 1 & 7;
  if (envelope >= G_N_ELEMENTS (ENVELOPES) || (bytes[3] & 0x10) != 0)
    return NULL;
  n_header = N_HEADER + ENVELOPES[envelope];
  if (length <= n_header || OGR_G_CreateFromWkb (bytes + n_header, NULL, &geometry,
                                                 (int)(length - n_header)) != OGRERR_NONE)
    return NULL;
  return geometry;
}

QonysPath *
qonys_shape_from_blob (gconstpointer blob, gsize length)
{
  OGRGeometryH geometry = parse (blob, length), simple;
  QonysPath *path = NULL;
  QonysPathKind kind;

  if (geometry == NULL)
    return NULL;
  simple = get_simple (geometry, &kind);
  if (simple != NULL && OGR_G_GetPointCount (simple) > 0) {
    path = qonys_path_new (kind);
    for (int i = 0; i < OGR_G_GetPointCount (simple); i++)
      qonys_path_add (path, OGR_G_GetX (simple, i), OGR_G_GetY (simple, i));
  }
  OGR_G_DestroyGeometry (geometry);
  return path;
}

/* ---- for SQLite ---- */

static void
call (sqlite3_context *context, int n, sqlite3_value **values)
{
  gsize offset = GPOINTER_TO_SIZE (sqlite3_user_data (context));
  OGRGeometryH geometry =
      parse (sqlite3_value_blob (values[0]), (gsize)sqlite3_value_bytes (values[0]));
  gboolean is_empty = geometry == NULL || OGR_G_IsEmpty (geometry);
  OGREnvelope box;

  if (offset == sizeof box) {
    if (geometry != NULL)
      sqlite3_result_int (context, is_empty);
  } else if (!is_empty) {
    OGR_G_GetEnvelope (geometry, &box);
    sqlite3_result_double (context, *(double *)((char *)&box + offset));
  }
  if (geometry != NULL)
    OGR_G_DestroyGeometry (geometry);
}

void
qonys_shape_add_functions (sqlite3 *database)
{
  static const struct {
    const char *name;
    gsize offset; /* of what is returned; behind the box: whether there is one */
  } FUNCTIONS[] = {
      {"ST_MinX", G_STRUCT_OFFSET (OGREnvelope, MinX)},
      {"ST_MaxX", G_STRUCT_OFFSET (OGREnvelope, MaxX)},
      {"ST_MinY", G_STRUCT_OFFSET (OGREnvelope, MinY)},
      {"ST_MaxY", G_STRUCT_OFFSET (OGREnvelope, MaxY)},
      {"ST_IsEmpty", sizeof (OGREnvelope)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    sqlite3_create_function (database, FUNCTIONS[i].name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                             GSIZE_TO_POINTER (FUNCTIONS[i].offset), call, NULL, NULL);
}
