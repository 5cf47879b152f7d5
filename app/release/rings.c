/* Even-odd rings to GeoJSON polygons: a few districts of a few rings and some hundred vertices an
 * export. */

#include "release/rings-private.h"

#include "geo/mercator.h"

#include <math.h>

/* A ring in whole 1e-7 degrees, so that what is compared is what is written; closed. */
typedef struct {
  gint64 *lon, *lat;
  guint n;
  double area; /* twice the signed area; counter-clockwise is positive */
  guint depth; /* how many rings it lies in: odd is a hole */
} Ring;

static double
get_signed_area (const Ring *ring)
{
  double area = 0;

  /* Relative to the first vertex: products stay small beside the 53 bits of a double. */
  for (guint i = 0; i + 1 < ring->n; i++)
    area += (double)(ring->lon[i] - ring->lon[0]) * (double)(ring->lat[i + 1] - ring->lat[0]) -
            (double)(ring->lon[i + 1] - ring->lon[0]) * (double)(ring->lat[i] - ring->lat[0]);
  return area;
}

/* Rounds, drops repeated vertices and closes. Returns: FALSE if nothing is left. */
static gboolean
ring_init (Ring *ring, const double *x, const double *y, guint n)
{
  *ring = (Ring){g_new (gint64, n + 1), g_new (gint64, n + 1), 0, 0, 0};
  for (guint i = 0; i < n; i++) {
    gint64 lon = (gint64)nearbyint (qonys_mercator_lon_deg (x[i]) * 1e7);
    gint64 lat = (gint64)nearbyint (qonys_mercator_lat_deg (y[i]) * 1e7);

    if (ring->n > 0 && ring->lon[ring->n - 1] == lon && ring->lat[ring->n - 1] == lat)
      continue;
    ring->lon[ring->n] = lon;
    ring->lat[ring->n++] = lat;
  }
  if (ring->n > 0 &&
      (ring->lon[0] != ring->lon[ring->n - 1] || ring->lat[0] != ring->lat[ring->n - 1])) {
    ring->lon[ring->n] = ring->lon[0];
    ring->lat[ring->n++] = ring->lat[0];
  }
  ring->area = get_signed_area (ring);
  return ring->n >= 4 && ring->area != 0;
}

static void
ring_clear (Ring *ring)
{
  g_free (ring->lon);
  g_free (ring->lat);
}

static void
add_ring (QonysText *text, const Ring *ring, gboolean is_counter_clockwise)
{
  gboolean is_reversed = (ring->area > 0) != is_counter_clockwise;

  _qonys_text_add_char (text, '[');
  for (guint i = 0; i < ring->n; i++) {
    guint vertex = is_reversed ? ring->n - 1 - i : i;

    if (i > 0)
      _qonys_text_add_char (text, ',');
    _qonys_text_add_char (text, '[');
    _qonys_text_add_scaled (text, ring->lon[vertex], 7);
    _qonys_text_add_char (text, ',');
    _qonys_text_add_scaled (text, ring->lat[vertex], 7);
    _qonys_text_add_char (text, ']');
  }
  _qonys_text_add_char (text, ']');
}

/* Is a point in a ring? */
static gboolean
contains (const Ring *ring, double lon, double lat)
{
  gboolean is_inside = FALSE;

  for (guint i = 0; i + 1 < ring->n; i++) {
    double lat1 = ring->lat[i], lat2 = ring->lat[i + 1];

    if ((lat1 > lat) != (lat2 > lat) &&
        lon < ring->lon[i] + (lat - lat1) / (lat2 - lat1) * (ring->lon[i + 1] - ring->lon[i]))
      is_inside = !is_inside;
  }
  return is_inside;
}

/* Rings may touch at vertices: the majority of the edges' middles decides. */
static gboolean
lies_in (const Ring *inner, const Ring *outer)
{
  guint n_inside = 0;

  if (fabs (inner->area) >= fabs (outer->area))
    return FALSE;
  for (guint i = 0; i + 1 < inner->n; i++)
    n_inside += contains (outer, (inner->lon[i] + inner->lon[i + 1]) / 2.0,
                          (inner->lat[i] + inner->lat[i + 1]) / 2.0);
  return 2 * n_inside > inner->n - 1;
}

/* The smallest outer ring around a hole. */
static guint
find_owner (const Ring *rings, guint n, guint hole)
{
  guint owner = n;

  for (guint i = 0; i < n; i++)
    if (rings[i].depth + 1 == rings[hole].depth && lies_in (&rings[hole], &rings[i]) &&
        (owner == n || fabs (rings[i].area) < fabs (rings[owner].area)))
      owner = i;
  return owner;
}

static void
add_polygon (QonysText *text, const Ring *rings, guint n, guint outer)
{
  _qonys_text_add_char (text, '[');
  add_ring (text, &rings[outer], TRUE);
  for (guint i = 0; i < n; i++)
    if (rings[i].depth % 2 == 1 && find_owner (rings, n, i) == outer) {
      _qonys_text_add_char (text, ',');
      add_ring (text, &rings[i], FALSE);
    }
  _qonys_text_add_char (text, ']');
}

static void
add_polygons (QonysText *text, const Ring *rings, guint n)
{
  guint n_outer = 0, n_written = 0;

  for (guint i = 0; i < n; i++)
    n_outer += rings[i].depth % 2 == 0;
  if (n_outer == 0) {
    _qonys_text_add_literal (text, "null");
    return;
  }
  if (n_outer > 1)
    _qonys_text_add_literal (text, "{\"type\":\"MultiPolygon\",\"coordinates\":[");
  else
    _qonys_text_add_literal (text, "{\"type\":\"Polygon\",\"coordinates\":");
  for (guint i = 0; i < n; i++)
    if (rings[i].depth % 2 == 0) {
      if (n_written++ > 0)
        _qonys_text_add_char (text, ',');
      add_polygon (text, rings, n, i);
    }
  if (n_outer > 1)
    _qonys_text_add_char (text, ']');
  _qonys_text_add_char (text, '}');
}

void
_qonys_text_add_geojson_shape (QonysText *text, const QonysShape *shape)
{
  g_autofree Ring *rings = g_new (Ring, shape->n_rings);
  guint n = 0;

  for (guint i = 0; i < shape->n_rings; i++) {
    guint start = shape->ring_starts[i];

    if (ring_init (&rings[n], shape->x + start, shape->y + start,
                   shape->ring_starts[i + 1] - start))
      n++;
    else
      ring_clear (&rings[n]);
  }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      rings[i].depth += i != j && lies_in (&rings[i], &rings[j]);
  add_polygons (text, rings, n);
  for (guint i = 0; i < n; i++)
    ring_clear (&rings[i]);
}

void
_qonys_text_add_geojson_ring (QonysText *text, const double *x, const double *y, guint n)
{
  Ring ring;
  gboolean is_there = ring_init (&ring, x, y, n);

  add_polygons (text, &ring, is_there ? 1 : 0);
  ring_clear (&ring);
}
