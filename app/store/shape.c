/*
 * Geometries of outlines and base lines: a few hundred of some hundred vertices, converted once
 * a file.
 */
#include "store/shape.h"

#include "geo/mercator.h"

#include <math.h>

/* ---- to ours ---- */

typedef struct {
  GArray *starts; /* guint */
  GArray *x, *y;  /* double */
} Parts;

static void
collect_parts (OGRGeometryH geometry, Parts *parts)
{
  int n_parts = OGR_G_GetGeometryCount (geometry);
  int n_points = OGR_G_GetPointCount (geometry);

  for (int i = 0; i < n_parts; i++)
    collect_parts (OGR_G_GetGeometryRef (geometry, i), parts);
  if (n_points < 2)
    return;
  for (int i = 0; i < n_points; i++) {
    double lon = OGR_G_GetX (geometry, i), lat = OGR_G_GetY (geometry, i);

    g_array_append_val (parts->x, lon);
    g_array_append_val (parts->y, lat);
  }
  g_array_append_val (parts->starts, parts->x->len);
}

QonysShape *
qonys_shape_from_geometry (OGRGeometryH geometry)
{
  static const guint ZERO = 0;
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  Parts parts = {starts, x, y};

  g_array_append_val (starts, ZERO);
  if (geometry != NULL)
    collect_parts (geometry, &parts);
  if (starts->len < 2)
    return NULL;
  qonys_mercator_project ((double *)x->data, (double *)y->data, x->len, (double *)x->data,
                          (double *)y->data);
  return qonys_shape_new (starts->len - 1, (guint *)starts->data, (double *)x->data,
                          (double *)y->data);
}

/* ---- to GDAL's ---- */

/* One ring as a shape of its own, to ask which ring lies in which. */
typedef struct {
  QonysShape *shape;
  double area, inner_x, inner_y;
  guint depth;
} Ring;

static void
ring_clear (gpointer data)
{
  qonys_shape_free (((Ring *)data)->shape);
}

static gboolean
is_inside (const Ring *inner, const Ring *outer)
{
  return outer->area > inner->area &&
         qonys_shape_contains (outer->shape, inner->inner_x, inner->inner_y);
}

static GArray *
split_rings (const QonysShape *shape)
{
  GArray *rings = g_array_new (FALSE, TRUE, sizeof (Ring));

  g_array_set_clear_func (rings, ring_clear);
  for (guint i = 0; i < shape->n_rings; i++) {
    guint begin = shape->ring_starts[i];
    guint starts[] = {0, shape->ring_starts[i + 1] - begin};
    Ring ring = {.shape = qonys_shape_new (1, starts, shape->x + begin, shape->y + begin)};

    ring.area = qonys_shape_get_area (ring.shape);
    qonys_shape_get_label_point (ring.shape, &ring.inner_x, &ring.inner_y);
    g_array_append_val (rings, ring);
  }
  for (guint i = 0; i < rings->len; i++)
    for (guint j = 0; j < rings->len; j++)
      if (i != j && is_inside (&g_array_index (rings, Ring, i), &g_array_index (rings, Ring, j)))
        g_array_index (rings, Ring, i).depth++;
  return rings;
}

static double
round_degrees (double value)
{
  return round (value * 1e9) / 1e9;
}

static OGRGeometryH
new_ring (const QonysShape *ring)
{
  OGRGeometryH line = OGR_G_CreateGeometry (wkbLinearRing);

  for (guint i = 0; i < ring->ring_starts[1]; i++)
    OGR_G_AddPoint_2D (line, round_degrees (qonys_mercator_lon_deg (ring->x[i])),
                       round_degrees (qonys_mercator_lat_deg (ring->y[i])));
  OGR_G_CloseRings (line);
  return line;
}

OGRGeometryH
qonys_shape_to_geometry (const QonysShape *shape)
{
  g_autoptr (GArray) rings = split_rings (shape);
  OGRGeometryH result = OGR_G_CreateGeometry (wkbMultiPolygon);

  for (guint i = 0; i < rings->len; i++) {
    const Ring *outer = &g_array_index (rings, Ring, i);
    OGRGeometryH polygon;

    if (outer->depth % 2 != 0)
      continue;
    polygon = OGR_G_CreateGeometry (wkbPolygon);
    OGR_G_AddGeometryDirectly (polygon, new_ring (outer->shape));
    for (guint j = 0; j < rings->len; j++) {
      const Ring *inner = &g_array_index (rings, Ring, j);

      if (inner->depth == outer->depth + 1 && is_inside (inner, outer))
        OGR_G_AddGeometryDirectly (polygon, new_ring (inner->shape));
    }
    OGR_G_AddGeometryDirectly (result, polygon);
  }
  return result;
}

/* ---- polygons of anything ---- */

static void
add_polygons (OGRGeometryH geometry, OGRGeometryH result)
{
  switch (wkbFlatten (OGR_G_GetGeometryType (geometry))) {
  case wkbPolygon:
    if (!OGR_G_IsEmpty (geometry))
      OGR_G_AddGeometry (result, geometry);
    break;
  case wkbMultiPolygon:
  case wkbGeometryCollection:
    for (int i = 0; i < OGR_G_GetGeometryCount (geometry); i++)
      add_polygons (OGR_G_GetGeometryRef (geometry, i), result);
    break;
  default:
    break;
  }
}

OGRGeometryH
qonys_geometry_get_polygons (OGRGeometryH geometry)
{
  g_auto (OGRGeometryH) result = OGR_G_CreateGeometry (wkbMultiPolygon);
  g_auto (OGRGeometryH) straight = NULL;

  if (geometry == NULL)
    return NULL;
  straight = OGR_G_GetLinearGeometry (geometry, 0, NULL);
  if (straight == NULL)
    return NULL;
  OGR_G_FlattenTo2D (straight);
  add_polygons (straight, result);
  return OGR_G_IsEmpty (result) ? NULL : g_steal_pointer (&result);
}
