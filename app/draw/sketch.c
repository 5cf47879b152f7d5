/* Drawing and editing one shape, one at a time: vertices of some hundred at most, but for a stroke
 * of the free hand, which is simplified when it ends. */

#include "draw/sketch.h"
#include "geo/mercator.h"
#include "geo/polygon.h"
#include "geo/wkt.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define STROKE_TOLERANCE_PX 2.0
#define EDGE_PX 6.0
#define FINE_STEP_PX 1.5
#define MAX_CHECKED 1000 /* vertices; crossings are looked for pair by pair */
#define DEGREE 1e7       /* as many parts of one stand in a shape's text */

typedef enum { DRAG_NONE, DRAG_STROKE, DRAG_VERTEX, DRAG_WHOLE } Drag;

struct _QonysSketch {
  QonysSketchMode mode;
  gboolean is_editing;
  GArray *vertices; /* QonysVertex */
  QonysSnaps *snaps;
  gboolean is_snapping, is_snapped;

  QonysVertex cursor, raw; /* where the cross is, and where it would be without snapping */
  gboolean is_by_keys;     /* the cross was moved by keys last */
  int active;              /* of the handles; −1: the whole */
  Drag drag;
  QonysVertex drag_from;
  const char *refusal; /* a msgid, until the next thing is done */
  gboolean is_crossed;
};

static QonysVertex *
get_vertex (const QonysSketch *self, guint i)
{
  return &g_array_index (self->vertices, QonysVertex, i);
}

static QonysVertex
clamp (QonysVertex vertex)
{
  return (QonysVertex){CLAMP (vertex.x, 0, 1), CLAMP (vertex.y, 0, 1)};
}

static QonysVertex
from_px (const QonysCamera *camera, double x_px, double y_px)
{
  QonysVertex vertex;

  qonys_camera_from_px (camera, x_px, y_px, &vertex.x, &vertex.y);
  return clamp (vertex);
}

static double
get_distance_px (const QonysCamera *camera, QonysVertex vertex, double x_px, double y_px)
{
  double x, y;

  qonys_camera_to_px (camera, vertex.x, vertex.y, &x, &y);
  return hypot (x - x_px, y - y_px);
}

static QonysVertex
snap (QonysSketch *self, const QonysCamera *camera, QonysVertex raw)
{
  self->is_snapped = self->is_snapping && self->snaps != NULL &&
                     qonys_snaps_find (self->snaps, camera, &raw.x, &raw.y);
  return raw;
}

/* ---- what is good ---- */

/* As the shape's text tells places apart. */
static gboolean
is_same (QonysVertex a, QonysVertex b)
{
  return llround (qonys_mercator_lon_deg (a.x) * DEGREE) ==
             llround (qonys_mercator_lon_deg (b.x) * DEGREE) &&
         llround (qonys_mercator_lat_deg (a.y) * DEGREE) ==
             llround (qonys_mercator_lat_deg (b.y) * DEGREE);
}

static double
turn (QonysVertex a, QonysVertex b, QonysVertex c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static gboolean
cross (QonysVertex a, QonysVertex b, QonysVertex c, QonysVertex d)
{
  return turn (a, b, c) * turn (a, b, d) < 0 && turn (c, d, a) * turn (c, d, b) < 0;
}

static void
look_for_crossing (QonysSketch *self)
{
  guint n = self->vertices->len;

  self->is_crossed = FALSE;
  if (self->mode != QONYS_SKETCH_POLYGON || n > MAX_CHECKED)
    return;
  for (guint i = 0; i + 2 < n; i++)
    for (guint j = i + 2; j < n; j++)
      if (cross (*get_vertex (self, i), *get_vertex (self, i + 1), *get_vertex (self, j),
                 *get_vertex (self, (j + 1) % n)))
        self->is_crossed = TRUE;
}

/* The vertices without those that repeat the one before. */
static GArray *
get_distinct (const QonysSketch *self)
{
  GArray *distinct = g_array_new (FALSE, FALSE, sizeof (QonysVertex));

  for (guint i = 0; i < self->vertices->len; i++)
    if (distinct->len == 0 ||
        !is_same (*get_vertex (self, i), g_array_index (distinct, QonysVertex, distinct->len - 1)))
      g_array_append_val (distinct, *get_vertex (self, i));
  while (self->mode == QONYS_SKETCH_POLYGON && distinct->len > 1 &&
         is_same (g_array_index (distinct, QonysVertex, 0),
                  g_array_index (distinct, QonysVertex, distinct->len - 1)))
    g_array_set_size (distinct, distinct->len - 1);
  return distinct;
}

/* Returns: NULL if the vertices make a shape, else what is missing */
static const char *
find_fault (const QonysSketch *self, const GArray *distinct)
{
  gboolean is_flat = TRUE;

  if (self->mode == QONYS_SKETCH_POINT)
    return distinct->len == 1 ? NULL : N_ ("No place is set yet. Set one.");
  if (self->mode != QONYS_SKETCH_POLYGON)
    return distinct->len >= 2 ? NULL : N_ ("A line needs two vertices at least. Set one more.");
  for (guint i = 2; is_flat && i < distinct->len; i++)
    is_flat = fabs (turn (g_array_index (distinct, QonysVertex, 0),
                          g_array_index (distinct, QonysVertex, i - 1),
                          g_array_index (distinct, QonysVertex, i))) <= 0;
  return is_flat ? N_ ("An area needs three vertices at least that are not on one line. Set one "
                       "more.")
                 : NULL;
}

char *
qonys_sketch_to_wkt (const QonysSketch *self)
{
  const QonysPathKind kinds[] = {QONYS_PATH_POINT, QONYS_PATH_LINE, QONYS_PATH_POLYGON,
                                 QONYS_PATH_LINE};
  g_autoptr (GArray) distinct = get_distinct (self);
  g_autoptr (QonysPath) path = NULL;

  if (find_fault (self, distinct) != NULL)
    return NULL;
  path = qonys_path_new (kinds[self->mode]);
  for (guint i = 0; i < distinct->len + (self->mode == QONYS_SKETCH_POLYGON ? 1 : 0); i++) {
    QonysVertex vertex = g_array_index (distinct, QonysVertex, i % distinct->len);

    qonys_path_add (path, qonys_mercator_lon_deg (vertex.x), qonys_mercator_lat_deg (vertex.y));
  }
  return qonys_path_to_wkt (path);
}

static QonysSketchState
finish (QonysSketch *self)
{
  g_autoptr (GArray) distinct = get_distinct (self);

  self->refusal = find_fault (self, distinct);
  return self->refusal == NULL ? QONYS_SKETCH_DONE : QONYS_SKETCH_GOES_ON;
}

/* ---- making ---- */

QonysSketch *
qonys_sketch_new (QonysSketchMode mode, QonysSnaps *snaps, const QonysCamera *camera)
{
  QonysSketch *self = g_new0 (QonysSketch, 1);

  self->mode = mode;
  self->vertices = g_array_new (FALSE, FALSE, sizeof (QonysVertex));
  self->snaps = snaps;
  self->is_snapping = TRUE;
  self->is_by_keys = TRUE;
  self->cursor = self->raw = clamp ((QonysVertex){camera->center_x, camera->center_y});
  self->active = -1;
  return self;
}

QonysSketch *
qonys_sketch_new_from_wkt (const char *wkt, QonysSnaps *snaps)
{
  const QonysSketchMode modes[] = {QONYS_SKETCH_POINT, QONYS_SKETCH_LINE, QONYS_SKETCH_POLYGON};
  g_autoptr (QonysPath) path = wkt == NULL ? NULL : qonys_path_parse_wkt (wkt);
  QonysCamera nowhere = {0};
  QonysSketch *self;
  guint n;

  if (path == NULL) {
    g_clear_pointer (&snaps, qonys_snaps_free);
    return NULL;
  }
  self = qonys_sketch_new (modes[path->kind], snaps, &nowhere);
  self->is_editing = TRUE;
  n = path->lon_deg->len - (path->kind == QONYS_PATH_POLYGON ? 1 : 0);
  for (guint i = 0; i < n; i++) {
    QonysVertex vertex = {qonys_mercator_x (g_array_index (path->lon_deg, double, i)),
                          qonys_mercator_y (g_array_index (path->lat_deg, double, i))};

    g_array_append_val (self->vertices, vertex);
  }
  if (n == 1)
    self->active = 0;
  self->raw = qonys_sketch_get_cursor (self);
  look_for_crossing (self);
  return self;
}

void
qonys_sketch_free (QonysSketch *self)
{
  g_array_unref (self->vertices);
  g_clear_pointer (&self->snaps, qonys_snaps_free);
  g_free (self);
}

void
qonys_sketch_set_snapping (QonysSketch *self, gboolean is_snapping)
{
  self->is_snapping = is_snapping;
}

/* ---- vertices ---- */

static void
set_vertex (QonysSketch *self)
{
  if (self->mode == QONYS_SKETCH_POINT)
    g_array_set_size (self->vertices, 0);
  if (self->vertices->len == 0 ||
      !is_same (self->cursor, *get_vertex (self, self->vertices->len - 1)))
    g_array_append_val (self->vertices, self->cursor);
  look_for_crossing (self);
}

static void
activate (QonysSketch *self, int active)
{
  self->active = active;
  self->raw = qonys_sketch_get_cursor (self);
  self->is_snapped = FALSE;
}

static void
insert_vertex (QonysSketch *self, guint after, QonysVertex vertex)
{
  g_array_insert_val (self->vertices, after + 1, vertex);
  activate (self, (int)after + 1);
  look_for_crossing (self);
}

/* Half-way to the next one; after the end of a line as far again as the last step went. */
static void
insert_after_active (QonysSketch *self)
{
  guint n = self->vertices->len, at = (guint)self->active;
  QonysVertex here, next;

  if (self->mode == QONYS_SKETCH_POINT || self->active < 0) {
    self->refusal = self->mode == QONYS_SKETCH_POINT ? N_ ("A point has one vertex only.")
                                                     : N_ ("Choose a vertex by Tab first.");
    return;
  }
  here = *get_vertex (self, at);
  if (self->mode != QONYS_SKETCH_POLYGON && at + 1 == n) {
    QonysVertex before = *get_vertex (self, at - 1);

    insert_vertex (self, at, clamp ((QonysVertex){2 * here.x - before.x, 2 * here.y - before.y}));
    return;
  }
  next = *get_vertex (self, (at + 1) % n);
  insert_vertex (self, at, (QonysVertex){(here.x + next.x) / 2, (here.y + next.y) / 2});
}

static void
delete_active (QonysSketch *self)
{
  guint least = self->mode == QONYS_SKETCH_POINT ? 1 : self->mode == QONYS_SKETCH_POLYGON ? 3 : 2;

  if (self->active < 0) {
    self->refusal = N_ ("Choose a vertex by Tab first.");
    return;
  }
  if (self->vertices->len <= least) {
    self->refusal = N_ ("The shape needs each of its vertices. To delete it all, press Esc and "
                        "then Delete.");
    return;
  }
  g_array_remove_index (self->vertices, (guint)self->active);
  activate (self, MIN (self->active, (int)self->vertices->len - 1));
  look_for_crossing (self);
}

static void
move_whole (QonysSketch *self, double dx, double dy)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < self->vertices->len; i++)
    qonys_box_add (&box, get_vertex (self, i)->x, get_vertex (self, i)->y);
  dx = CLAMP (dx, -box.min_x, 1 - box.max_x); /* keeps its form at the world's rim */
  dy = CLAMP (dy, -box.min_y, 1 - box.max_y);
  for (guint i = 0; i < self->vertices->len; i++) {
    get_vertex (self, i)->x += dx;
    get_vertex (self, i)->y += dy;
  }
}

/* ---- keys ---- */

static void
step_handle (QonysSketch *self, int by)
{
  int n = (int)self->vertices->len;
  int n_stops = n == 1 ? 1 : n + 1; /* the whole is one of them */

  if (n == 1) {
    activate (self, 0);
    return;
  }
  activate (self, (self->active + 1 + by + n_stops) % n_stops - 1);
}

static QonysSketchState
key_editing (QonysSketch *self, QonysSketchKey key)
{
  switch (key) {
  case QONYS_SKETCH_NEXT:
  case QONYS_SKETCH_PREVIOUS:
    step_handle (self, key == QONYS_SKETCH_NEXT ? 1 : -1);
    break;
  case QONYS_SKETCH_INSERT:
    insert_after_active (self);
    break;
  case QONYS_SKETCH_DELETE:
  case QONYS_SKETCH_TAKE_BACK:
    delete_active (self);
    break;
  case QONYS_SKETCH_ENTER:
  case QONYS_SKETCH_SET:
  case QONYS_SKETCH_FINISH:
  case QONYS_SKETCH_GIVE_UP:
  default:
    return finish (self);
  }
  return QONYS_SKETCH_GOES_ON;
}

static QonysSketchState
key_drawing (QonysSketch *self, QonysSketchKey key)
{
  guint n = self->vertices->len;

  switch (key) {
  case QONYS_SKETCH_ENTER:
    if (self->mode != QONYS_SKETCH_POINT &&
        (!self->is_by_keys || (n > 0 && is_same (self->cursor, *get_vertex (self, n - 1)))))
      return finish (self);
    set_vertex (self);
    break;
  case QONYS_SKETCH_FINISH:
    return finish (self);
  case QONYS_SKETCH_SET:
    set_vertex (self);
    break;
  case QONYS_SKETCH_TAKE_BACK:
  case QONYS_SKETCH_DELETE:
    if (n > 0)
      g_array_set_size (self->vertices, n - 1);
    look_for_crossing (self);
    return QONYS_SKETCH_GOES_ON;
  case QONYS_SKETCH_NEXT:
  case QONYS_SKETCH_PREVIOUS:
  case QONYS_SKETCH_INSERT:
  case QONYS_SKETCH_GIVE_UP:
  default:
    return QONYS_SKETCH_GOES_ON;
  }
  return self->mode == QONYS_SKETCH_POINT ? finish (self) : QONYS_SKETCH_GOES_ON;
}

QonysSketchState
qonys_sketch_key (QonysSketch *self, const QonysCamera *camera, QonysSketchKey key)
{
  self->refusal = NULL;
  if (key == QONYS_SKETCH_GIVE_UP)
    return QONYS_SKETCH_GIVEN_UP;
  if (self->drag != DRAG_NONE) /* the hand is at work */
    return QONYS_SKETCH_GOES_ON;
  return self->is_editing ? key_editing (self, key) : key_drawing (self, key);
}

void
qonys_sketch_step (QonysSketch *self, const QonysCamera *camera, double dx_px, double dy_px)
{
  double unit = 1 / (QONYS_TILE_SIZE_PX * exp2 (camera->zoom));
  gboolean is_fine = fabs (dx_px) <= FINE_STEP_PX && fabs (dy_px) <= FINE_STEP_PX;

  self->refusal = NULL;
  self->is_by_keys = TRUE;
  if (self->drag != DRAG_NONE)
    return;
  if (self->is_editing && self->active < 0) {
    move_whole (self, dx_px * unit, dy_px * unit);
    return;
  }
  if (is_fine) /* goes on from where it is seen */
    self->raw = qonys_sketch_get_cursor (self);
  self->raw = clamp ((QonysVertex){self->raw.x + dx_px * unit, self->raw.y + dy_px * unit});
  self->is_snapped = FALSE;
  self->cursor = is_fine ? self->raw : snap (self, camera, self->raw);
  if (self->is_editing) {
    *get_vertex (self, (guint)self->active) = self->cursor;
    look_for_crossing (self);
  }
}

/* ---- pointer ---- */

static void
point_at (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  self->is_by_keys = FALSE;
  self->raw = from_px (camera, x_px, y_px);
  self->cursor = snap (self, camera, self->raw);
}

void
qonys_sketch_hover (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  if (!self->is_editing && self->drag == DRAG_NONE)
    point_at (self, camera, x_px, y_px);
}

static int
find_handle (const QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  double nearest_px = QONYS_SNAP_RADIUS_PX;
  int found = -1;

  for (guint i = 0; i < self->vertices->len; i++) {
    double distance_px = get_distance_px (camera, *get_vertex (self, i), x_px, y_px);

    if (distance_px <= nearest_px) {
      nearest_px = distance_px;
      found = (int)i;
    }
  }
  return found;
}

/* The shape as geo knows shapes; rings are closed. */
static QonysShape *
make_shape (const QonysSketch *self)
{
  gboolean is_ring = self->mode == QONYS_SKETCH_POLYGON;
  guint n = self->vertices->len, starts[2] = {0, n + (is_ring ? 1 : 0)};
  g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1);

  for (guint i = 0; i < starts[1]; i++) {
    x[i] = get_vertex (self, i % n)->x;
    y[i] = get_vertex (self, i % n)->y;
  }
  return qonys_shape_new (1, starts, x, y);
}

/* The number of the vertex an edge within reach begins at; −1 none. */
static int
find_edge (const QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  guint n = self->vertices->len;
  double best_px = EDGE_PX;
  int found = -1;

  for (guint i = 0; i < n && n > 1; i++) {
    double ax, ay, bx, by, t;

    if (i + 1 == n && self->mode != QONYS_SKETCH_POLYGON)
      break;
    qonys_camera_to_px (camera, get_vertex (self, i)->x, get_vertex (self, i)->y, &ax, &ay);
    qonys_camera_to_px (camera, get_vertex (self, (i + 1) % n)->x,
                        get_vertex (self, (i + 1) % n)->y, &bx, &by);
    t = hypot (bx - ax, by - ay) > 0 ? ((x_px - ax) * (bx - ax) + (y_px - ay) * (by - ay)) /
                                           ((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
                                     : 0;
    t = CLAMP (t, 0, 1);
    if (hypot (ax + t * (bx - ax) - x_px, ay + t * (by - ay) - y_px) <= best_px) {
      best_px = hypot (ax + t * (bx - ax) - x_px, ay + t * (by - ay) - y_px);
      found = (int)i;
    }
  }
  return found;
}

static gboolean
is_on_shape (const QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  QonysVertex at = from_px (camera, x_px, y_px);
  g_autoptr (QonysShape) shape = NULL;

  if (find_edge (self, camera, x_px, y_px) >= 0)
    return TRUE;
  if (self->mode != QONYS_SKETCH_POLYGON)
    return FALSE;
  shape = make_shape (self);
  return qonys_shape_contains (shape, at.x, at.y);
}

gboolean
qonys_sketch_press (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  self->refusal = NULL;
  self->drag_from = from_px (camera, x_px, y_px);
  if (self->is_editing) {
    int handle = find_handle (self, camera, x_px, y_px);

    if (handle >= 0) {
      activate (self, handle);
      self->drag = DRAG_VERTEX;
    } else if (is_on_shape (self, camera, x_px, y_px)) {
      activate (self, self->vertices->len == 1 ? 0 : -1);
      self->drag = DRAG_WHOLE;
    }
  } else if (self->mode == QONYS_SKETCH_FREEHAND && self->vertices->len == 0) {
    self->drag = DRAG_STROKE;
  }
  return self->drag != DRAG_NONE;
}

void
qonys_sketch_drag (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px)
{
  QonysVertex at = from_px (camera, x_px, y_px);

  switch (self->drag) {
  case DRAG_STROKE:
    if (self->vertices->len == 0)
      g_array_append_val (self->vertices, self->drag_from);
    if (get_distance_px (camera, *get_vertex (self, self->vertices->len - 1), x_px, y_px) >= 1)
      g_array_append_val (self->vertices, at);
    self->cursor = self->raw = at;
    break;
  case DRAG_VERTEX:
    point_at (self, camera, x_px, y_px);
    *get_vertex (self, (guint)self->active) = self->cursor;
    look_for_crossing (self);
    break;
  case DRAG_WHOLE:
    move_whole (self, at.x - self->drag_from.x, at.y - self->drag_from.y);
    self->drag_from = at;
    break;
  case DRAG_NONE:
  default:
    break;
  }
}

static void
simplify_stroke (QonysSketch *self, const QonysCamera *camera)
{
  double unit = 1 / (QONYS_TILE_SIZE_PX * exp2 (camera->zoom));
  g_autoptr (QonysShape) shape = make_shape (self);
  g_autoptr (QonysShape) simple = qonys_shape_simplify (shape, STROKE_TOLERANCE_PX * unit);
  guint n = simple->n_rings == 0 ? 0 : simple->ring_starts[1];

  g_array_set_size (self->vertices, 0);
  for (guint i = 0; i < n; i++) {
    QonysVertex vertex = {simple->x[i], simple->y[i]};

    g_array_append_val (self->vertices, vertex);
  }
}

QonysSketchState
qonys_sketch_drop (QonysSketch *self, const QonysCamera *camera)
{
  Drag drag = self->drag;
  QonysSketchState state = QONYS_SKETCH_GOES_ON;

  self->drag = DRAG_NONE;
  if (drag == DRAG_STROKE && self->vertices->len > 0) {
    simplify_stroke (self, camera);
    state = finish (self);
    if (state == QONYS_SKETCH_GOES_ON)
      g_array_set_size (self->vertices, 0); /* a dot: another stroke may begin */
  }
  if (self->is_editing)
    activate (self, self->active);
  return state;
}

QonysSketchState
qonys_sketch_click (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px,
                    int n_press)
{
  self->drag = DRAG_NONE;
  self->refusal = NULL;
  if (self->is_editing) {
    int edge = find_edge (self, camera, x_px, y_px);

    if (n_press == 2 && edge >= 0 && find_handle (self, camera, x_px, y_px) < 0)
      insert_vertex (self, (guint)edge, from_px (camera, x_px, y_px));
    return QONYS_SKETCH_GOES_ON;
  }
  if (n_press == 2)
    return finish (self);
  if (self->mode == QONYS_SKETCH_POLYGON && self->vertices->len >= 3 &&
      get_distance_px (camera, *get_vertex (self, 0), x_px, y_px) <= QONYS_SNAP_RADIUS_PX)
    return finish (self); /* back where it began */
  point_at (self, camera, x_px, y_px);
  set_vertex (self);
  return self->mode == QONYS_SKETCH_POINT ? finish (self) : QONYS_SKETCH_GOES_ON;
}

/* ---- what is seen ---- */

const char *
qonys_sketch_get_message (const QonysSketch *self)
{
  if (self->refusal != NULL)
    return _ (self->refusal);
  if (self->is_crossed)
    return _ ("The outline crosses itself: it may stay so, but what is inside is not clear then.");
  if (self->is_editing && self->mode == QONYS_SKETCH_POINT)
    return _ ("Drag the point or move it by the arrow keys. Enter finishes, Esc leaves all as it "
              "was.");
  if (self->is_editing)
    return _ ("Drag a vertex or the whole. By keys: Tab chooses, arrows move, Insert adds, Delete "
              "takes away. Enter finishes, Esc leaves all as it was.");
  if (self->mode == QONYS_SKETCH_POINT)
    return _ ("Click the place, or move the cross by the arrow keys and press Enter.");
  if (self->mode == QONYS_SKETCH_FREEHAND)
    return _ ("Draw with the button held down. By keys: arrows move the cross, Space sets a "
              "vertex, Enter twice finishes.");
  return _ ("Click vertex by vertex, a double click finishes. By keys: arrows move the cross, "
            "Space sets a vertex, Enter twice finishes.");
}

QonysSketchMode
qonys_sketch_get_mode (const QonysSketch *self)
{
  return self->mode;
}

const QonysVertex *
qonys_sketch_get_vertices (const QonysSketch *self, guint *n)
{
  *n = self->vertices->len;
  return (const QonysVertex *)(const void *)self->vertices->data;
}

int
qonys_sketch_get_active (const QonysSketch *self)
{
  return self->active;
}

QonysVertex
qonys_sketch_get_cursor (const QonysSketch *self)
{
  QonysBox box = qonys_box_empty ();

  if (!self->is_editing)
    return self->cursor;
  if (self->active >= 0)
    return *get_vertex (self, (guint)self->active);
  for (guint i = 0; i < self->vertices->len; i++)
    qonys_box_add (&box, get_vertex (self, i)->x, get_vertex (self, i)->y);
  return (QonysVertex){(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
}

gboolean
qonys_sketch_is_editing (const QonysSketch *self)
{
  return self->is_editing;
}

gboolean
qonys_sketch_is_snapped (const QonysSketch *self)
{
  return self->is_snapped;
}
