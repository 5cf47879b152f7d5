/* What is found under the pointer is what was painted there. */

#include "draw-support.h"

#include <math.h>

#define WIDTH 700
#define HEIGHT 600

/* The mark expected at a point: the last painted that is hit, else the nearest in reach. */
static const QonysPlacedMark *
find_mark (const GArray *marks, double px, double py, double radius_px, guint *n_hit)
{
  const QonysPlacedMark *hit = NULL, *nearest = NULL;

  for (guint i = 0; i < marks->len; i++) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);
    double distance = hypot (mark->px - px, mark->py - py);

    if (distance <= mark->radius_px) {
      hit = mark;
      (*n_hit)++;
    }
    if (distance <= radius_px &&
        (!nearest || distance < hypot (nearest->px - px, nearest->py - py)))
      nearest = mark;
  }
  return hit ? hit : nearest;
}

static void
test_marks (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  QonysStyle style = qonys_style_get_default ();
  guint n_found = 0, n_covered = 0;

  /* Large enough to overlap. */
  for (gsize i = 0; i < content->layers[QONYS_LAYER_OVERCROWDED].n_rows; i++)
    content->layers[QONYS_LAYER_OVERCROWDED].amounts[i] *= 1000000;
  for (guint step = 0; step < 6; step++) {
    QonysCamera camera = make_camera (WIDTH, HEIGHT);
    g_autoptr (GArray) marks = NULL;

    camera.zoom = floor (camera.zoom) + step - 1; /* from crowded to sparse */
    marks = qonys_marks_place (content, &style, &camera);
    for (guint i = 0; i < 1000; i++) {
      const QonysPlacedMark *near = &g_array_index (marks, QonysPlacedMark, i % marks->len);
      double px = near->px + g_rand_double_range (rand, -25, 25);
      double py = near->py + g_rand_double_range (rand, -25, 25);
      guint n_hit = 0;
      const QonysPlacedMark *mark = find_mark (marks, px, py, 6, &n_hit);
      QonysPick pick = qonys_pick (content, &style, &camera, px, py, 6);

      g_assert_cmpint (pick.kind == QONYS_PICK_MARK, ==, mark != NULL);
      if (!mark)
        continue;
      g_assert_cmpint (pick.layer, ==, mark->layer);
      g_assert_cmpuint (pick.mark.first_row, ==, mark->cluster.first_row);
      g_assert_cmpint (pick.cluster_zoom, ==, mark->cluster_zoom);
      n_found++;
      n_covered += n_hit > 1;
    }
  }
  g_assert_cmpuint (n_found, >, 300);
  g_assert_cmpuint (n_covered, >, 10);
}

/* Where marks are placed they are painted. */
static void
test_painted (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  QonysStyle style = qonys_style_get_default (), bare = style;
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  g_autoptr (GArray) marks = qonys_marks_place (content, &style, &camera);
  cairo_surface_t *with = paint_map (content, &style, &camera), *without;

  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++)
    bare.layers[i].is_visible = FALSE;
  without = paint_map (content, &bare, &camera);
  for (guint i = 0; i < marks->len; i++) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);

    if (mark->px < 12 || mark->py < 12 || mark->px > WIDTH - 12 || mark->py > HEIGHT - 12)
      continue;
    /* A hollow one is empty in the middle, its ring is not. */
    g_assert_cmpuint (
        count_differences (with, without, (int)mark->px - 6, (int)mark->py - 6, 12, 12), >, 40);
  }
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

/* Marks of several layers at one spot make room, but stay near. */
static void
test_room (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  double farthest = 0;

  for (double zoom = camera.zoom - 5; zoom < camera.zoom + 3; zoom += 0.4) {
    QonysCamera view = camera;
    g_autoptr (GArray) marks = NULL;

    view.zoom = zoom;
    marks = qonys_marks_place (content, &style, &view);
    for (guint i = 0; i < marks->len; i++) {
      const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);
      double x, y;

      qonys_camera_to_px (&view, mark->cluster.x, mark->cluster.y, &x, &y);
      farthest = MAX (farthest, hypot (mark->px - x, mark->py - y));
    }
  }
  g_assert_cmpfloat (farthest, <=, 20.001);
  g_assert_cmpfloat (farthest, >, 12);
}

static void
test_kinds (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES);
  g_autoptr (QonysContent) areas = make_content (QONYS_AUDIENCE_PUBLIC, WITH_RAIDS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  g_autoptr (GArray) raids = qonys_marks_place (areas, &style, &camera);
  g_autoptr (GArray) marks = NULL;
  guint n_stacks = 0, n_hollow = 0, n_singles = 0, n_hidden = 0;

  camera.zoom = 18; /* every place alone */
  camera.width_px = camera.height_px = 400000;
  marks = qonys_marks_place (content, &style, &camera);
  for (guint i = 0; i < marks->len; i++) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);

    if (mark->kind == QONYS_MARK_STACK) {
      n_stacks++;
      g_assert_cmpuint (mark->cluster.n_points, ==, 5);
    } else {
      g_assert_cmpint (mark->kind, ==, QONYS_MARK_SINGLE);
      n_singles++;
      n_hollow += mark->is_hollow;
      /* Suspected is hollow, confirmed is full. */
      if (mark->layer == QONYS_LAYER_FICTITIOUS)
        g_assert_cmpint (mark->is_hollow, ==, mark->cluster.first_row % 2 == 0);
      else
        g_assert_cmpfloat_with_epsilon (
            mark->radius_px, qonys_mark_get_amount_radius (1 + 2.0 * mark->cluster.first_row),
            1e-9);
    }
  }
  g_assert_cmpuint (n_stacks, ==, 2);
  g_assert_cmpuint (n_singles, ==, 2 * 395);
  g_assert_cmpuint (n_hollow, >, 150);
  for (guint i = 0; i < raids->len; i++)
    n_hidden += g_array_index (raids, QonysPlacedMark, i).kind == QONYS_MARK_HIDDEN;
  g_assert_cmpuint (raids->len, ==, 4);
  g_assert_cmpuint (n_hidden, ==, 1);
}

static void
test_cells (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  QonysStyle style = qonys_style_get_default ();
  const GArray *cells = content->layers[QONYS_LAYER_FICTITIOUS].cells;
  QonysCamera camera = make_camera (WIDTH, HEIGHT);

  camera.zoom = 13.2;
  camera.center_x = g_array_index (cells, QonysCellMark, 5).center_x;
  camera.center_y = g_array_index (cells, QonysCellMark, 5).center_y;
  for (guint i = 0; i < cells->len; i++) {
    const QonysCellMark *cell = &g_array_index (cells, QonysCellMark, i);
    QonysPick pick;
    double x, y;

    qonys_camera_to_px (&camera, cell->center_x, cell->center_y, &x, &y);
    /* Two layers share the square: the first has its north. */
    pick = qonys_pick (content, &style, &camera, x, y - 8, 4);
    g_assert_cmpint (pick.kind, ==, QONYS_PICK_CELL);
    g_assert_cmpint (pick.layer, ==, QONYS_LAYER_FICTITIOUS);
    g_assert_cmpuint (pick.index, ==, i);
    pick = qonys_pick (content, &style, &camera, x, y + 8, 4);
    g_assert_cmpint (pick.kind, ==, QONYS_PICK_CELL);
    g_assert_cmpint (pick.layer, ==, QONYS_LAYER_OVERCROWDED);
    g_assert_cmpuint (pick.index, ==, i);
  }
}

static void
test_districts (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  QonysPick pick;

  for (guint i = 0; i < 4; i++) {
    double x, y, px, py;

    get_district_center (content, i, &x, &y);
    qonys_camera_to_px (&camera, x, y, &px, &py);
    pick = qonys_pick (content, &style, &camera, px, py, 4);
    g_assert_cmpint (pick.kind, ==, QONYS_PICK_DISTRICT);
    g_assert_cmpuint (pick.index, ==, i);
  }
  pick = qonys_pick (content, &style, &camera, 2, 2, 4);
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_NONE);
}

static void
test_all (void)
{
  g_autoptr (QonysContent) content =
      make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES | WITH_RAIDS);
  QonysStyle style = qonys_style_get_default ();
  QonysCamera camera = make_camera (WIDTH, HEIGHT);
  g_autoptr (GArray) picks = qonys_pick_all (content, &style, &camera);
  guint n_districts = 0;
  int line = -1;
  double last_x = -G_MAXDOUBLE;

  for (guint i = 0; i < picks->len; i++) {
    const QonysPick *pick = &g_array_index (picks, QonysPick, i);
    double x, y;

    n_districts += pick->kind == QONYS_PICK_DISTRICT;
    qonys_camera_to_px (&camera, pick->x, pick->y, &x, &y);
    g_assert_cmpfloat (x, >=, 0);
    g_assert_cmpfloat (x, <=, WIDTH);
    if ((int)floor (y / 48) == line) {
      g_assert_cmpfloat (x, >=, last_x);
    } else {
      g_assert_cmpint ((int)floor (y / 48), >, line);
      line = (int)floor (y / 48);
    }
    last_x = x;
  }
  g_assert_cmpuint (n_districts, ==, 4);
  g_assert_cmpuint (picks->len, >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pick/marks", test_marks);
  g_test_add_func ("/pick/painted", test_painted);
  g_test_add_func ("/pick/room", test_room);
  g_test_add_func ("/pick/kinds", test_kinds);
  g_test_add_func ("/pick/cells", test_cells);
  g_test_add_func ("/pick/districts", test_districts);
  g_test_add_func ("/pick/all", test_all);
  return g_test_run ();
}
