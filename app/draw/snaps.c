/* Some thousand vertices of outlines and of what people drew, gathered when a drawing begins and
 * looked through at each motion: most are ruled out by two comparisons. */

#include "draw/snaps.h"
#include "geo/mercator.h"
#include "geo/wkt.h"
#include <math.h>

#define CELL_M 500.0

typedef struct {
  double x, y;
  gboolean is_joined; /* to the one before */
} Vertex;

struct _QonysSnaps {
  GArray *vertices; /* Vertex */
};

/* The nearest place so far. */
typedef struct {
  double x, y, distance2;
} Nearest;

QonysSnaps *
qonys_snaps_new (void)
{
  QonysSnaps *self = g_new (QonysSnaps, 1);

  self->vertices = g_array_new (FALSE, FALSE, sizeof (Vertex));
  return self;
}

void
qonys_snaps_free (QonysSnaps *self)
{
  g_array_unref (self->vertices);
  g_free (self);
}

void
qonys_snaps_add (QonysSnaps *self, const double *x, const double *y, guint n)
{
  for (guint i = 0; i < n; i++) {
    Vertex vertex = {x[i], y[i], i > 0};

    g_array_append_val (self->vertices, vertex);
  }
}

void
qonys_snaps_add_districts (QonysSnaps *self, const QonysContent *content)
{
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysShape *shape =
        g_array_index (content->districts, QonysDistrictMark, i).district->shape;

    for (guint r = 0; shape != NULL && r < shape->n_rings; r++)
      qonys_snaps_add (self, shape->x + shape->ring_starts[r], shape->y + shape->ring_starts[r],
                       shape->ring_starts[r + 1] - shape->ring_starts[r]);
  }
}

void
qonys_snaps_add_wkt (QonysSnaps *self, const char *wkt)
{
  g_autoptr (QonysPath) path = wkt == NULL ? NULL : qonys_path_parse_wkt (wkt);

  for (guint i = 0; path != NULL && i < path->lon_deg->len; i++) {
    Vertex vertex = {qonys_mercator_x (g_array_index (path->lon_deg, double, i)),
                     qonys_mercator_y (g_array_index (path->lat_deg, double, i)), i > 0};

    g_array_append_val (self->vertices, vertex);
  }
}

static void
take_if_nearer (Nearest *nearest, double from_x, double from_y, double x, double y)
{
  double distance2 = (x - from_x) * (x - from_x) + (y - from_y) * (y - from_y);

  if (distance2 < nearest->distance2)
    *nearest = (Nearest){x, y, distance2};
}

/* The lattice of the cells is that of UTM: nearest there is nearest here, both keep angles. */
static void
look_at_cells (Nearest *nearest, const QonysCamera *camera, double x, double y)
{
  double lon_deg = qonys_mercator_lon_deg (x), lat_deg = qonys_mercator_lat_deg (y);
  double east_m, north_m;
  double places_m[2][2];

  if (CELL_M / qonys_mercator_m_per_px (camera->zoom, lat_deg) < QONYS_SNAP_MIN_CELL_PX)
    return;
  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  places_m[0][0] = round (east_m / CELL_M) * CELL_M;
  places_m[0][1] = round (north_m / CELL_M) * CELL_M;
  places_m[1][0] = (floor (east_m / CELL_M) + 0.5) * CELL_M;
  places_m[1][1] = (floor (north_m / CELL_M) + 0.5) * CELL_M;
  for (guint i = 0; i < 2; i++) {
    qonys_utm42_unproject (&places_m[i][0], &places_m[i][1], 1, &lon_deg, &lat_deg);
    take_if_nearer (nearest, x, y, qonys_mercator_x (lon_deg), qonys_mercator_y (lat_deg));
  }
}

static void
look_at_edge (Nearest *nearest, const Vertex *a, const Vertex *b, double x, double y, double radius)
{
  double dx = b->x - a->x, dy = b->y - a->y, length2 = dx * dx + dy * dy, t;

  if (MIN (a->x, b->x) > x + radius || MAX (a->x, b->x) < x - radius ||
      MIN (a->y, b->y) > y + radius || MAX (a->y, b->y) < y - radius || length2 <= 0)
    return;
  t = CLAMP (((x - a->x) * dx + (y - a->y) * dy) / length2, 0, 1);
  take_if_nearer (nearest, x, y, a->x + t * dx, a->y + t * dy);
}

gboolean
qonys_snaps_find (const QonysSnaps *self, const QonysCamera *camera, double *x, double *y)
{
  const Vertex *vertices = (const Vertex *)(const void *)self->vertices->data;
  double radius = QONYS_SNAP_RADIUS_PX / (QONYS_TILE_SIZE_PX * exp2 (camera->zoom));
  const double none = radius * radius * (1 + 1e-9);
  Nearest nearest = {*x, *y, none};

  for (guint i = 0; i < self->vertices->len; i++)
    if (fabs (vertices[i].x - *x) <= radius && fabs (vertices[i].y - *y) <= radius)
      take_if_nearer (&nearest, *x, *y, vertices[i].x, vertices[i].y);
  look_at_cells (&nearest, camera, *x, *y);
  if (nearest.distance2 >= none)
    for (guint i = 1; i < self->vertices->len; i++)
      if (vertices[i].is_joined)
        look_at_edge (&nearest, &vertices[i - 1], &vertices[i], *x, *y, radius);
  if (nearest.distance2 >= none)
    return FALSE;
  *x = nearest.x;
  *y = nearest.y;
  return TRUE;
}
