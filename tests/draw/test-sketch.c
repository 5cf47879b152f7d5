/* Drawing without a display: whatever keys and pointer do, what comes out is a good shape or a
 * sentence; snapping against looking at everything. */

#include "draw-support.h"
#include "draw/sketch.h"
#include "geo/mercator.h"
#include "geo/wkt.h"
#include <math.h>

static const QonysCamera CAMERA = {0.6984, 0.3337, 13.5, 800, 600};

static void
get_px (QonysVertex vertex, double *x, double *y)
{
  qonys_camera_to_px (&CAMERA, vertex.x, vertex.y, x, y);
}

static guint
count (const QonysSketch *sketch)
{
  guint n;

  qonys_sketch_get_vertices (sketch, &n);
  return n;
}

static QonysVertex
get (const QonysSketch *sketch, guint i)
{
  guint n;
  const QonysVertex *vertices = qonys_sketch_get_vertices (sketch, &n);

  g_assert_cmpuint (i, <, n);
  return vertices[i];
}

static QonysSketchState
press (QonysSketch *sketch, QonysSketchKey key)
{
  return qonys_sketch_key (sketch, &CAMERA, key);
}

/* A polygon wholly by keys; what it needs is said until it has it. */
static void
test_keys (void)
{
  g_autoptr (QonysSketch) sketch = qonys_sketch_new (QONYS_SKETCH_POLYGON, NULL, &CAMERA);
  g_autoptr (QonysPath) path = NULL;
  g_autofree char *wkt = NULL;
  double x, y;

  get_px (qonys_sketch_get_cursor (sketch), &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 400, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, 300, 1e-6);
  g_assert_cmpint (press (sketch, QONYS_SKETCH_ENTER), ==, QONYS_SKETCH_GOES_ON);
  g_assert_cmpuint (count (sketch), ==, 1);
  g_assert_cmpint (press (sketch, QONYS_SKETCH_ENTER), ==, QONYS_SKETCH_GOES_ON);
  g_assert_nonnull (strstr (qonys_sketch_get_message (sketch), "three vertices"));
  qonys_sketch_step (sketch, &CAMERA, 64, 0);
  g_assert_null (strstr (qonys_sketch_get_message (sketch), "three vertices"));
  press (sketch, QONYS_SKETCH_SET);
  qonys_sketch_step (sketch, &CAMERA, 64, 0);
  press (sketch, QONYS_SKETCH_SET);
  g_assert_cmpuint (count (sketch), ==, 3);
  g_assert_null (qonys_sketch_to_wkt (sketch)); /* on one line */
  press (sketch, QONYS_SKETCH_TAKE_BACK);
  g_assert_cmpuint (count (sketch), ==, 2);
  qonys_sketch_step (sketch, &CAMERA, 0, 64);
  press (sketch, QONYS_SKETCH_SET);
  g_assert_cmpint (press (sketch, QONYS_SKETCH_ENTER), ==, QONYS_SKETCH_DONE);
  wkt = qonys_sketch_to_wkt (sketch);
  path = qonys_path_parse_wkt (wkt);
  g_assert_cmpint (path->kind, ==, QONYS_PATH_POLYGON);
  g_assert_cmpuint (path->lon_deg->len, ==, 4);
  g_assert_cmpint (press (sketch, QONYS_SKETCH_GIVE_UP), ==, QONYS_SKETCH_GIVEN_UP);
}

static void
test_pointer (void)
{
  g_autoptr (QonysSketch) point = qonys_sketch_new (QONYS_SKETCH_POINT, NULL, &CAMERA);
  g_autoptr (QonysSketch) line = qonys_sketch_new (QONYS_SKETCH_LINE, NULL, &CAMERA);
  g_autoptr (QonysSketch) area = qonys_sketch_new (QONYS_SKETCH_POLYGON, NULL, &CAMERA);
  g_autoptr (QonysSketch) hand = qonys_sketch_new (QONYS_SKETCH_FREEHAND, NULL, &CAMERA);
  double x, y;

  g_assert_false (qonys_sketch_press (point, &CAMERA, 100, 100)); /* a drag moves the map */
  g_assert_cmpint (qonys_sketch_click (point, &CAMERA, 100, 120, 1), ==, QONYS_SKETCH_DONE);
  get_px (get (point, 0), &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 100, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, 120, 1e-6);

  qonys_sketch_click (line, &CAMERA, 100, 100, 1);
  g_assert_cmpint (press (line, QONYS_SKETCH_ENTER), ==, QONYS_SKETCH_GOES_ON);
  qonys_sketch_hover (line, &CAMERA, 150, 150);
  qonys_sketch_click (line, &CAMERA, 200, 100, 1);
  g_assert_cmpint (qonys_sketch_click (line, &CAMERA, 200, 100, 2), ==, QONYS_SKETCH_DONE);
  g_assert_cmpuint (count (line), ==, 2);

  /* Back at the first vertex the ring is closed. A ring that crosses itself is warned of. */
  qonys_sketch_click (area, &CAMERA, 100, 100, 1);
  qonys_sketch_click (area, &CAMERA, 200, 200, 1);
  qonys_sketch_click (area, &CAMERA, 200, 100, 1);
  qonys_sketch_click (area, &CAMERA, 100, 200, 1);
  g_assert_nonnull (strstr (qonys_sketch_get_message (area), "crosses itself"));
  g_assert_cmpint (qonys_sketch_click (area, &CAMERA, 103, 103, 1), ==, QONYS_SKETCH_DONE);
  g_assert_cmpuint (count (area), ==, 4);

  /* A straight stroke of a hundred places is two vertices. */
  g_assert_true (qonys_sketch_press (hand, &CAMERA, 100, 100));
  for (guint i = 0; i <= 100; i++)
    qonys_sketch_drag (hand, &CAMERA, 100 + 2 * i, 100 + (i % 2));
  g_assert_cmpint (qonys_sketch_drop (hand, &CAMERA), ==, QONYS_SKETCH_DONE);
  g_assert_cmpuint (count (hand), ==, 2);
}

static void
test_editing (void)
{
  g_autoptr (QonysSketch) sketch =
      qonys_sketch_new_from_wkt ("POLYGON ((71.4 51.1, 71.5 51.1, 71.5 51.2, 71.4 51.1))", NULL);
  g_autoptr (QonysSketch) line =
      qonys_sketch_new_from_wkt ("LINESTRING (71.4 51.1, 71.5 51.1)", NULL);
  QonysVertex first = get (sketch, 0), second = get (sketch, 1);
  double unit = 1 / (256 * exp2 (CAMERA.zoom)), x, y;

  g_assert_null (qonys_sketch_new_from_wkt ("POINT (nowhere)", qonys_snaps_new ()));
  g_assert_cmpint (qonys_sketch_get_active (sketch), ==, -1);
  press (sketch, QONYS_SKETCH_DELETE); /* the whole is not a vertex */
  g_assert_cmpuint (count (sketch), ==, 3);
  qonys_sketch_step (sketch, &CAMERA, 8, -8);
  g_assert_cmpfloat_with_epsilon (get (sketch, 0).x, first.x + 8 * unit, 1e-12);
  g_assert_cmpfloat_with_epsilon (get (sketch, 1).y, second.y - 8 * unit, 1e-12);

  press (sketch, QONYS_SKETCH_NEXT);
  g_assert_cmpint (qonys_sketch_get_active (sketch), ==, 0);
  press (sketch, QONYS_SKETCH_PREVIOUS);
  press (sketch, QONYS_SKETCH_PREVIOUS);
  g_assert_cmpint (qonys_sketch_get_active (sketch), ==, 2);
  press (sketch, QONYS_SKETCH_INSERT);
  g_assert_cmpuint (count (sketch), ==, 4);
  g_assert_cmpint (qonys_sketch_get_active (sketch), ==, 3);
  press (sketch, QONYS_SKETCH_DELETE);
  press (sketch, QONYS_SKETCH_DELETE); /* three it needs */
  g_assert_cmpuint (count (sketch), ==, 3);
  g_assert_nonnull (strstr (qonys_sketch_get_message (sketch), "needs each"));
  g_assert_cmpint (press (sketch, QONYS_SKETCH_ENTER), ==, QONYS_SKETCH_DONE);

  get_px (get (sketch, 1), &x, &y);
  g_assert_true (qonys_sketch_press (sketch, &CAMERA, x + 3, y));
  qonys_sketch_drag (sketch, &CAMERA, x + 40, y + 30);
  g_assert_cmpint (qonys_sketch_drop (sketch, &CAMERA), ==, QONYS_SKETCH_GOES_ON);
  second = get (sketch, 1);
  get_px (second, &first.x, &first.y);
  g_assert_cmpfloat_with_epsilon (first.x, x + 40, 1e-6);
  g_assert_cmpfloat_with_epsilon (first.y, y + 30, 1e-6);

  press (line, QONYS_SKETCH_PREVIOUS); /* the end, which goes on straight */
  press (line, QONYS_SKETCH_INSERT);
  g_assert_cmpfloat_with_epsilon (get (line, 2).x - get (line, 1).x,
                                  get (line, 1).x - get (line, 0).x, 1e-12);
}

/* A cross moved by keys is caught, and set free by going on; fine steps are never caught. */
static void
test_snapped_steps (void)
{
  QonysSnaps *snaps = qonys_snaps_new ();
  QonysCamera far = CAMERA; /* the cells are too small there */
  g_autoptr (QonysSketch) sketch = NULL;
  double x, y;

  far.zoom = 12;
  qonys_camera_from_px (&far, 420, 300, &x, &y);
  qonys_snaps_add (snaps, &x, &y, 1);
  sketch = qonys_sketch_new (QONYS_SKETCH_POINT, snaps, &far);
  qonys_sketch_step (sketch, &far, 8, 0);
  g_assert_false (qonys_sketch_is_snapped (sketch));
  qonys_sketch_step (sketch, &far, 8, 0);
  g_assert_true (qonys_sketch_is_snapped (sketch));
  g_assert_cmpfloat (qonys_sketch_get_cursor (sketch).x, ==, x);
  qonys_sketch_step (sketch, &far, 8, 0);
  qonys_sketch_step (sketch, &far, 8, 0);
  g_assert_false (qonys_sketch_is_snapped (sketch));
  qonys_sketch_step (sketch, &far, -8, 0);
  qonys_sketch_step (sketch, &far, 1, 0);
  g_assert_false (qonys_sketch_is_snapped (sketch));
  qonys_sketch_set_snapping (sketch, FALSE);
  qonys_sketch_step (sketch, &far, -8, 0);
  g_assert_false (qonys_sketch_is_snapped (sketch));
}

/* ---- properties ---- */

static void
act (QonysSketch *sketch, GRand *rand, QonysSketchState *state)
{
  double x = g_rand_double_range (rand, -50, 850), y = g_rand_double_range (rand, -50, 650);

  switch (g_rand_int_range (rand, 0, 8)) {
  case 0:
  case 1:
  case 2:
    *state = press (sketch, (QonysSketchKey)g_rand_int_range (rand, 0, 8));
    break;
  case 3:
  case 4:
    qonys_sketch_step (sketch, &CAMERA, g_rand_int_range (rand, -1, 2) * 64,
                       g_rand_int_range (rand, -1, 2) * (g_rand_boolean (rand) ? 64 : 1));
    break;
  case 5:
    qonys_sketch_hover (sketch, &CAMERA, x, y);
    break;
  case 6:
    qonys_sketch_press (sketch, &CAMERA, x, y);
    *state = qonys_sketch_click (sketch, &CAMERA, x, y, g_rand_int_range (rand, 1, 3));
    break;
  default:
    if (qonys_sketch_press (sketch, &CAMERA, x, y)) {
      for (guint i = 0; i < 5; i++)
        qonys_sketch_drag (sketch, &CAMERA, x + g_rand_double_range (rand, -100, 100),
                           y + g_rand_double_range (rand, -100, 100));
      *state = qonys_sketch_drop (sketch, &CAMERA);
    }
    break;
  }
}

static QonysSketch *
make_random (GRand *rand)
{
  static const char *const shapes[] = {
      "POINT (71.43 51.14)", "LINESTRING (71.42 51.13, 71.43 51.14, 71.44 51.13)",
      "POLYGON ((71.42 51.13, 71.44 51.13, 71.44 51.15, 71.42 51.13))"};
  QonysSnaps *snaps = qonys_snaps_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    qonys_snaps_add_wkt (snaps, shapes[i]);
  if (g_rand_boolean (rand))
    return qonys_sketch_new ((QonysSketchMode)g_rand_int_range (rand, 0, 4), snaps, &CAMERA);
  return qonys_sketch_new_from_wkt (shapes[g_rand_int_range (rand, 0, 3)], snaps);
}

static void
test_any_way (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240125);
  const QonysPathKind kinds[] = {QONYS_PATH_POINT, QONYS_PATH_LINE, QONYS_PATH_POLYGON,
                                 QONYS_PATH_LINE};
  guint n_done = 0;

  for (guint run = 0; run < 3000; run++) {
    g_autoptr (QonysSketch) sketch = make_random (rand);
    QonysSketchState state = QONYS_SKETCH_GOES_ON;

    for (guint i = 0; i < 40 && state == QONYS_SKETCH_GOES_ON; i++) {
      g_autofree char *wkt = NULL;

      act (sketch, rand, &state);
      g_assert_cmpint (*qonys_sketch_get_message (sketch), !=, '\0');
      wkt = qonys_sketch_to_wkt (sketch);
      if (state == QONYS_SKETCH_DONE)
        g_assert_nonnull (wkt);
      if (wkt != NULL) {
        g_autoptr (QonysPath) path = qonys_path_parse_wkt (wkt);

        g_assert_nonnull (path);
        g_assert_cmpint (path->kind, ==, kinds[qonys_sketch_get_mode (sketch)]);
      }
      g_assert_cmpint (qonys_sketch_get_active (sketch), <, (int)count (sketch));
    }
    n_done += state == QONYS_SKETCH_DONE;
  }
  g_assert_cmpuint (n_done, >, 500);
}

/* Of the places of one kind the nearest within reach; NaN none. */
static void
look_at_all (const QonysVertex *places, guint n, double x, double y, double *best_px,
             QonysVertex *best)
{
  for (guint i = 0; i < n; i++) {
    double px, py;

    get_px (places[i], &px, &py);
    if (hypot (px - x, py - y) < *best_px) {
      *best_px = hypot (px - x, py - y);
      *best = places[i];
    }
  }
}

/* Every vertex, every corner and centre around, and each edge in steps of a hundredth pixel. */
static void
test_snapping (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (39);
  g_autoptr (QonysSnaps) snaps = qonys_snaps_new ();
  QonysVertex line[12];
  guint n_vertices = 0, n_edges = 0;

  for (guint i = 0; i < G_N_ELEMENTS (line); i++)
    qonys_camera_from_px (&CAMERA, g_rand_double_range (rand, 0, 800),
                          g_rand_double_range (rand, 0, 600), &line[i].x, &line[i].y);
  for (guint i = 0; i < G_N_ELEMENTS (line); i += 4) {
    double x[4], y[4];

    for (guint k = 0; k < 4; k++) {
      x[k] = line[i + k].x;
      y[k] = line[i + k].y;
    }
    qonys_snaps_add (snaps, x, y, 4);
  }
  for (guint run = 0; run < 3000; run++) {
    double px = g_rand_double_range (rand, 0, 800), py = g_rand_double_range (rand, 0, 600);
    double lon_deg, lat_deg, east_m, north_m, best_px = QONYS_SNAP_RADIUS_PX, x, y;
    QonysVertex best = {NAN, NAN}, lattice[32];
    guint n = 0;

    qonys_camera_from_px (&CAMERA, px, py, &x, &y);
    lon_deg = qonys_mercator_lon_deg (x);
    lat_deg = qonys_mercator_lat_deg (y);
    qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
    for (int i = -1; i <= 2; i++)
      for (int k = -1; k <= 2; k++)
        for (int half = 0; half < 2; half++) {
          double e = (floor (east_m / 500) + i + half * 0.5) * 500;
          double north = (floor (north_m / 500) + k + half * 0.5) * 500;

          qonys_utm42_unproject (&e, &north, 1, &lon_deg, &lat_deg);
          lattice[n++] = (QonysVertex){qonys_mercator_x (lon_deg), qonys_mercator_y (lat_deg)};
        }
    look_at_all (line, G_N_ELEMENTS (line), px, py, &best_px, &best);
    look_at_all (lattice, n, px, py, &best_px, &best);
    if (isfinite (best.x)) {
      n_vertices++;
      g_assert_true (qonys_snaps_find (snaps, &CAMERA, &x, &y));
      g_assert_cmpfloat_with_epsilon (x, best.x, 1e-12);
      g_assert_cmpfloat_with_epsilon (y, best.y, 1e-12);
      continue;
    }
    for (guint i = 0; i + 1 < G_N_ELEMENTS (line); i++)
      for (guint t = 0; i % 4 != 3 && t <= 20000; t++) {
        QonysVertex on = {line[i].x + t / 20000.0 * (line[i + 1].x - line[i].x),
                          line[i].y + t / 20000.0 * (line[i + 1].y - line[i].y)};

        if (run % 20 == 0) /* that is many */
          look_at_all (&on, 1, px, py, &best_px, &best);
      }
    if (run % 20 != 0)
      continue;
    if (qonys_snaps_find (snaps, &CAMERA, &x, &y)) {
      double ax, ay, bx, by;

      n_edges++;
      get_px ((QonysVertex){x, y}, &ax, &ay);
      get_px (best, &bx, &by);
      g_assert_cmpfloat (hypot (ax - bx, ay - by), <, 0.1);
    } else {
      g_assert_cmpfloat (best_px, >, QONYS_SNAP_RADIUS_PX - 0.01);
    }
  }
  g_assert_cmpuint (n_vertices, >, 300);
  g_assert_cmpuint (n_edges, >, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/sketch/keys", test_keys);
  g_test_add_func ("/draw/sketch/pointer", test_pointer);
  g_test_add_func ("/draw/sketch/editing", test_editing);
  g_test_add_func ("/draw/sketch/snapped-steps", test_snapped_steps);
  g_test_add_func ("/draw/sketch/any-way", test_any_way);
  g_test_add_func ("/draw/sketch/snapping", test_snapping);
  return g_test_run ();
}
