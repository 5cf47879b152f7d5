/* Points: the fast way from the front to the back against the plain one from the back. */

#include "draw-support.h"

#include "base/job.h"
#include "geo/mercator.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#define LAYER QONYS_LAYER_OVERCROWDED

/* ---- a crowd ---- */

/* Addresses round the middle of the picture and beyond its edges, some at one place, some in lines;
 * a fifth of each category, a quarter near their house only. */
static QonysContent *
make_crowd (GRand *rand, const QonysCamera *camera, gsize n)
{
  QonysContent *content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysMarkLayer *layer = &content->layers[LAYER];
  QonysBox box = qonys_camera_get_box (camera);
  static const gint32 amounts[] = {-3, QONYS_INT_MISSING, 3, 9, 500};
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);

  layer->is_addresses = TRUE;
  layer->n_rows = n;
  layer->amounts = g_new (gint32, n);
  layer->approximate = g_new (guint8, n);
  for (gsize i = 0; i < n; i++) {
    double u = g_rand_double_range (rand, -0.1, 1.1), v = g_rand_double_range (rand, -0.1, 1.1);

    if (i % 3 == 1) /* a crowd */
      u = 0.5 + (u - 0.5) * 0.2, v = 0.4 + (v - 0.5) * 0.2;
    x[i] = box.min_x + u * (box.max_x - box.min_x);
    y[i] = box.min_y + (i % 7 == 0 ? 0.75 : v) * (box.max_y - box.min_y);
    if (i % 5 == 4)
      x[i] = x[i - 1], y[i] = y[i - 1];
    layer->amounts[i] = amounts[g_rand_int_range (rand, 0, 5)];
    layer->approximate[i] = g_rand_int_range (rand, 0, 4) == 0;
  }
  layer->points = qonys_points_new (x, y, NULL, n);
  layer->clusters = qonys_clusters_new (layer->points, NULL, 40);
  return content;
}

static QonysStyle
make_style (double size_px)
{
  QonysStyle style = qonys_style_get_default ();

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == LAYER;
  style.layers[LAYER].mode = QONYS_MODE_POINTS;
  style.layers[LAYER].point_size_px = size_px;
  return style;
}

/* The points alone, on nothing. */
static cairo_surface_t *
paint_alone (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
             double scale, GCancellable *cancellable)
{
  double px_per_unit = 256 * exp2 (camera->zoom);
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (camera->width_px * scale),
                                  (int)ceil (camera->height_px * scale));
  cairo_t *cr = cairo_create (image);
  QonysPaint paint = {
      .cr = cr,
      .content = content,
      .style = style,
      .camera = camera,
      .palette = qonys_palette_get (style->is_dark),
      .cancellable = cancellable,
      .scale = 1,
      .zoom = camera->zoom,
      .px_per_unit = px_per_unit,
      .left = camera->center_x * px_per_unit - camera->width_px / 2,
      .top = camera->center_y * px_per_unit - camera->height_px / 2,
  };

  cairo_scale (cr, scale, scale);
  g_assert_cmpint (qonys_paint_dots (&paint, LAYER), ==,
                   !cancellable || !g_cancellable_is_cancelled (cancellable));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* ---- the plain way ---- */

static void
put_over (double *pixel, guint32 stamp)
{
  double through = 1 - (stamp >> 24) / 255.0;

  for (guint i = 0; i < 4; i++)
    pixel[i] = pixel[i] * through + (stamp >> (8 * i) & 255);
}

/* Every disc over what is there, the lowest first; 4 numbers a pixel. */
static double *
paint_plainly (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
               double scale)
{
  int width = (int)ceil (camera->width_px * scale), height = (int)ceil (camera->height_px * scale);
  double *image = g_new0 (double, 4 * (gsize)width * height);
  double world = 256 * exp2 (camera->zoom);
  double left = round ((camera->center_x * world - camera->width_px / 2) * scale);
  double top = round ((camera->center_y * world - camera->height_px / 2) * scale);
  double size_px = qonys_dots_get_size_px (style, LAYER, camera->zoom);
  const QonysPalette *palette = qonys_palette_get (style->is_dark);

  for (guint set = 0; set < 2 * qonys_dots_get_n_categories (LAYER); set++) {
    gboolean is_near = set % 2 == 0; /* under those at their house */
    const QonysPoints *points = qonys_dots_get_points (content, LAYER, set / 2, is_near);
    QonysColor center, color = qonys_dots_get_color (palette, LAYER, set / 2, &center);
    QonysStamp *stamp = qonys_stamp_new (size_px * scale, palette->land, color,
                                         size_px < 5 ? color
                                         : is_near   ? palette->land
                                                     : center,
                                         is_near ? QONYS_STAMP_THIN_HOLE : QONYS_STAMP_HOLE);
    int n = (int)stamp->n_phases, side = (int)stamp->side;

    for (gsize i = points ? qonys_points_get_n (points) : 0; i-- > 0;) {
      double at[2][2]; /* of the point and of the one before it */
      int x, y, phase;

      for (gsize k = 0; k < 2; k++) {
        gsize of = i >= k ? i - k : i;

        at[k][0] =
            floor ((qonys_points_get_x (points)[of] * world * scale - left) * n - stamp->offset);
        at[k][1] =
            floor ((qonys_points_get_y (points)[of] * world * scale - top) * n - stamp->offset);
      }
      if (i > 0 && at[0][0] == at[1][0] && at[0][1] == at[1][1])
        continue;
      x = (int)floor (at[0][0] / n);
      y = (int)floor (at[0][1] / n);
      phase = ((int)at[0][1] - y * n) * n + (int)at[0][0] - x * n;
      for (int row = MAX (0, -y); row < side && y + row < height; row++)
        for (int column = MAX (0, -x); column < side && x + column < width; column++)
          put_over (image + 4 * ((gsize)(y + row) * width + x + column),
                    stamp->pixels[(phase * side + row) * side + column]);
    }
    qonys_stamp_free (stamp);
  }
  return image;
}

static void
test_twin (void)
{
  static const double sizes_px[] = {2, 2.6, 3, 4, 5, 7, 8.5, 12};
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint scene = 0; scene < 3 * G_N_ELEMENTS (sizes_px); scene++) {
    double scale = 1 + scene % 2, size_px = sizes_px[scene % G_N_ELEMENTS (sizes_px)];
    QonysCamera camera = make_camera (330 + scene, 310);
    g_autoptr (QonysContent) content = NULL;
    QonysStyle style = make_style (size_px);
    cairo_surface_t *image;
    g_autofree double *plain = NULL;
    double farthest = 0, sum = 0;
    guint n_seen = 0, n_far = 0;

    camera.zoom = scene % 3 == 0 ? 11 : g_rand_double_range (rand, 9, 17);
    style.is_dark = scene % 4 == 1;
    content = make_crowd (rand, &camera, 1000 + 1500 * (scene % 7));
    image = paint_alone (content, &style, &camera, scale, NULL);
    plain = paint_plainly (content, &style, &camera, scale);
    for (int y = 0; y < cairo_image_surface_get_height (image); y++)
      for (int x = 0; x < cairo_image_surface_get_width (image); x++) {
        guint32 pixel = get_pixel (image, x, y);
        const double *wanted = plain + 4 * ((gsize)y * cairo_image_surface_get_width (image) + x);

        n_seen += pixel != 0;
        for (guint i = 0; i < 4; i++) {
          double off = fabs ((pixel >> (8 * i) & 255) - wanted[i]);

          farthest = MAX (farthest, off);
          sum += off;
          n_far += off > 2;
        }
      }
    g_test_message ("%g px: %u pixels, off by %.2f, on average %.3f; %u by more than 2", size_px,
                    n_seen, farthest, sum / n_seen / 4, n_far);
    g_assert_cmpuint (n_seen, >, 2000);
    /* Eight bits a channel, rounded once a disc that is seen through others' edges. */
    g_assert_cmpfloat (farthest, <=, 5);
    g_assert_cmpfloat (sum / n_seen / 4, <, 0.5);
    g_assert_cmpuint (n_far, <=, n_seen / 500);
    cairo_surface_destroy (image);
  }
}

/* However the picture is split, it is the same. */
static void
test_bands (void)
{
  enum { WIDTH = 200, HEIGHT = 300, N = 20000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree double *x = g_new (double, N), *y = g_new (double, N);
  g_autofree guint32 *whole = g_new0 (guint32, WIDTH * HEIGHT);
  const QonysColor land = {250, 249, 245, 255}, color = {123, 47, 88, 255};

  for (guint i = 0; i < N; i++) {
    x[i] = i % 4 == 1 ? x[i - 1] : g_rand_double_range (rand, -60, WIDTH + 60);
    y[i] = i % 4 == 1 ? y[i - 1] : g_rand_double_range (rand, -60, HEIGHT + 60);
  }
  for (guint size_px = 1; size_px <= 55; size_px += 3) {
    QonysStamp *stamp = qonys_stamp_new (size_px, land, color, color, QONYS_STAMP_HOLE);
    g_autofree guint32 *split = g_new0 (guint32, WIDTH * HEIGHT);
    QonysBand band;

    memset (whole, 0, sizeof *whole * WIDTH * HEIGHT);
    qonys_band_init (&band, whole, WIDTH, WIDTH, 0, HEIGHT);
    qonys_band_put (&band, stamp, x, y, 0, N, stamp->n_phases, 0, 0);
    qonys_band_clear (&band);
    for (int top = 0, bottom; top < HEIGHT; top = bottom) {
      bottom = top + g_rand_int_range (rand, 1, 90);
      bottom = MIN (bottom, HEIGHT);
      qonys_band_init (&band, split, WIDTH, WIDTH, top, bottom);
      for (gsize begin = 0, end; begin < N; begin = end) {
        end = begin + (gsize)g_rand_int_range (rand, 1, N);
        end = MIN (end, N);
        qonys_band_put (&band, stamp, x, y, begin, end, stamp->n_phases, 0, 0);
      }
      qonys_band_clear (&band);
    }
    g_assert_cmpint (memcmp (whole, split, sizeof *whole * WIDTH * HEIGHT), ==, 0);
    qonys_stamp_free (stamp);
  }
}

typedef struct {
  const QonysContent *content;
  const QonysStyle *style;
  const QonysCamera *camera;
  cairo_surface_t *image;
} Shared;

/* Inside a part of a loop all is painted by one thread. */
static void
paint_in_part (gsize begin, gsize end, guint part, gpointer data)
{
  Shared *shared = data;

  if (begin == 0)
    shared->image = paint_alone (shared->content, shared->style, shared->camera, 1, NULL);
}

static void
test_repeats (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  QonysCamera camera = make_camera (400, 600);
  g_autoptr (QonysContent) content = make_crowd (rand, &camera, 30000);
  g_autoptr (QonysContent) heir = qonys_content_new_sharing (content, content->project);
  QonysStyle style = make_style (7);
  Shared shared = {heir, &style, &camera, NULL};
  cairo_surface_t *images[2];

  for (guint i = 0; i < 2; i++)
    images[i] = paint_alone (content, &style, &camera, 1, NULL);
  qonys_parallel_for (2, 1, paint_in_part, &shared);
  g_assert_cmpuint (count_all_differences (images[0], images[1]), ==, 0);
  g_assert_cmpuint (count_all_differences (images[0], shared.image), ==, 0);
  /* An heir has the lender's packed points. */
  g_assert_true (qonys_dots_get_points (heir, LAYER, 0, FALSE) ==
                 qonys_dots_get_points (content, LAYER, 0, FALSE));
  for (guint i = 0; i < 2; i++)
    cairo_surface_destroy (images[i]);
  cairo_surface_destroy (shared.image);
}

/* Moved by whole pixels the picture is the same one, moved. */
static void
test_pan (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  QonysCamera camera = make_camera (300, 300), moved;
  g_autoptr (QonysContent) content = make_crowd (rand, &camera, 20000);
  double px = 1 / (256 * exp2 (camera.zoom));

  for (guint i = 0; i < 2; i++) {
    QonysStyle style = make_style (i == 0 ? 2 : 7);
    cairo_surface_t *first = paint_alone (content, &style, &camera, 1, NULL), *second;

    moved = camera;
    moved.center_x += 13 * px;
    moved.center_y -= 4 * px;
    second = paint_alone (content, &style, &moved, 1, NULL);
    for (int y = 4; y < 300; y++)
      for (int x = 0; x < 287; x++)
        g_assert_cmphex (get_pixel (first, x + 13, y - 4), ==, get_pixel (second, x, y));
    cairo_surface_destroy (first);
    cairo_surface_destroy (second);
  }
}

/* ---- what is painted ---- */

static void
test_map (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  QonysCamera camera = make_camera (400, 400);
  g_autoptr (QonysContent) content = make_crowd (rand, &camera, 500);
  g_autoptr (QonysContent) areas = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  QonysStyle style = make_style (7), marks = style, clear = style, faint = style;
  cairo_surface_t *points, *none, *half, *a, *b;

  points = paint_map (content, &style, &camera);
  clear.layers[LAYER].is_visible = FALSE;
  none = paint_map (content, &clear, &camera);
  g_assert_cmpuint (count_all_differences (points, none), >, 3000);
  /* Each pixel of the faint ones lies between. */
  faint.layers[LAYER].opacity = 0.5;
  half = paint_map (content, &faint, &camera);
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 400; x++)
      for (guint i = 0; i < 24; i += 8) {
        int p = get_pixel (points, x, y) >> i & 255, n = get_pixel (none, x, y) >> i & 255;

        g_assert_cmpint (ABS (2 * (int)(get_pixel (half, x, y) >> i & 255) - p - n), <=, 6);
      }
  cairo_surface_destroy (points);
  cairo_surface_destroy (none);
  cairo_surface_destroy (half);

  /* Nothing is marked twice. */
  marks = qonys_style_get_default ();
  marks.layers[LAYER].mode = QONYS_MODE_POINTS;
  g_assert_cmpuint (qonys_marks_place (content, &marks, &camera)->len, ==, 0);

  /* Where there are no addresses, points are what marks are. */
  for (camera.zoom = 10; camera.zoom < 15; camera.zoom += 3) {
    style.layers[LAYER].mode = QONYS_MODE_POINTS;
    a = paint_map (areas, &style, &camera);
    style.layers[LAYER].mode = QONYS_MODE_MARKS;
    b = paint_map (areas, &style, &camera);
    g_assert_cmpuint (count_all_differences (a, b), ==, 0);
    cairo_surface_destroy (a);
    cairo_surface_destroy (b);
  }

  g_cancellable_cancel (cancellable);
  style.layers[LAYER].mode = QONYS_MODE_POINTS;
  a = paint_alone (content, &style, &camera, 1, cancellable);
  for (int i = 0; i < 400; i++)
    g_assert_cmphex (get_pixel (a, i, i), ==, 0);
  cairo_surface_destroy (a);
}

static void
test_categories (void)
{
  static const gint32 amounts[] = {-1, 0, QONYS_INT_MISSING, 1, 3, 4, 9, 10, 2000, 5};
  static const gsize wanted[] = {2, 1, 2, 2, 2};
  double lon_deg[10], lat_deg[10];
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_ADDRESSES);
  g_autoptr (QonysContent) dwellings = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysMarkLayer *layer = &dwellings->layers[LAYER];
  QonysStyle style = make_style (0);

  for (guint i = 0; i < 10; i++) {
    lon_deg[i] = i == 9 ? NAN : 71.43 + i * 0.001;
    lat_deg[i] = i == 9 ? NAN : 51.14;
  }
  layer->is_addresses = TRUE;
  layer->amounts = g_memdup2 (amounts, sizeof amounts);
  layer->lon_deg = lon_deg;
  layer->lat_deg = lat_deg;
  layer->n_rows = 10;
  g_assert_true (qonys_layer_is_drawn (dwellings, &style, LAYER));
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (qonys_points_get_n (qonys_dots_get_points (dwellings, LAYER, i, FALSE)), ==,
                      wanted[i]);
  g_assert_cmpuint (qonys_points_get_rows (qonys_dots_get_points (dwellings, LAYER, 1, FALSE))[0],
                    ==, 2);
  g_assert_cmpuint (qonys_dots_get_n_nowhere (dwellings, LAYER), ==, 1);
  style.layers[LAYER].mode = QONYS_MODE_MARKS;
  g_assert_false (qonys_layer_is_drawn (dwellings, &style, LAYER));
  /* Suspected and confirmed are halves. */
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (
        qonys_points_get_n (qonys_dots_get_points (content, QONYS_LAYER_FICTITIOUS, i, FALSE)), ==,
        200);
}

/* A suspicion at a dwelling is seen, and found. */
static void
test_layers (void)
{
  double lon_deg = 71.43, lat_deg = 51.14, x = qonys_mercator_x (lon_deg);
  double y = qonys_mercator_y (lat_deg);
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysMarkLayer *dwellings = &content->layers[QONYS_LAYER_OVERCROWDED];
  QonysMarkLayer *suspicions = &content->layers[QONYS_LAYER_FICTITIOUS];
  QonysCamera camera = {x, y, 15, 101, 101};
  QonysColor center,
      color = qonys_dots_get_color (qonys_palette_get (FALSE), QONYS_LAYER_FICTITIOUS, 1, &center);
  QonysStyle style = make_style (12);
  cairo_surface_t *image;
  QonysPick pick;

  dwellings->is_addresses = suspicions->is_addresses = TRUE;
  dwellings->n_rows = suspicions->n_rows = 1;
  dwellings->lon_deg = &lon_deg;
  dwellings->lat_deg = &lat_deg;
  suspicions->points = qonys_points_new (&x, &y, NULL, 1);
  suspicions->categories = g_new (guint8, 1);
  suspicions->categories[0] = 1;
  style.layers[QONYS_LAYER_FICTITIOUS] = style.layers[QONYS_LAYER_OVERCROWDED];
  image = paint_map (content, &style, &camera);
  g_assert_cmphex (get_pixel (image, 50, 50), ==,
                   0xFF000000u | color.red << 16 | color.green << 8 | color.blue);
  cairo_surface_destroy (image);
  pick = qonys_pick (content, &style, &camera, 50, 50, 6);
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_POINT);
  g_assert_cmpint (pick.layer, ==, QONYS_LAYER_FICTITIOUS);
  /* What is hit goes before what is near. */
  camera.center_x += 8 / (256 * exp2 (15));
  lon_deg = qonys_mercator_lon_deg (camera.center_x);
  {
    g_autoptr (QonysContent) other = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);

    other->layers[QONYS_LAYER_OVERCROWDED] = (QonysMarkLayer){
        QONYS_LAYER_OVERCROWDED, TRUE, .lon_deg = &lon_deg, .lat_deg = &lat_deg, .n_rows = 1};
    other->layers[QONYS_LAYER_FICTITIOUS].is_addresses = TRUE;
    other->layers[QONYS_LAYER_FICTITIOUS].points = qonys_points_new (&x, &y, NULL, 1);
    pick = qonys_pick (other, &style, &camera, 50.5, 50.5, 20);
    g_assert_cmpint (pick.layer, ==, QONYS_LAYER_OVERCROWDED);
    pick = qonys_pick (other, &style, &camera, 42.5, 50.5, 20);
    g_assert_cmpint (pick.layer, ==, QONYS_LAYER_FICTITIOUS);
  }
}

/* Told apart without colour: in the dark the worst is the lightest, in the light the darkest. */
static void
test_colors (void)
{
  for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++) {
    const QonysPalette *palette = qonys_palette_get (is_dark);

    for (guint layer = QONYS_LAYER_FICTITIOUS; layer < QONYS_N_LAYERS; layer++) {
      double last = qonys_color_get_lightness (palette->land);

      for (guint i = 0; i < qonys_dots_get_n_categories (layer); i++) {
        QonysColor center;
        double lightness =
            qonys_color_get_lightness (qonys_dots_get_color (palette, layer, i, &center));

        g_test_message ("%s %u: %.1f", is_dark ? "dark" : "light", i, lightness);
        g_assert_cmpfloat (is_dark ? lightness - last : last - lightness, >, 10);
        last = lightness;
      }
    }
  }
}

static void
test_size (void)
{
  QonysStyle style = make_style (0);

  g_assert_cmpfloat (qonys_dots_get_size_px (&style, LAYER, 9), ==, 2);
  g_assert_cmpfloat (qonys_dots_get_size_px (&style, LAYER, 12), ==, 2);
  g_assert_cmpfloat (qonys_dots_get_size_px (&style, LAYER, 15), ==, 7);
  g_assert_cmpfloat (qonys_dots_get_size_px (&style, LAYER, 19), ==, 7);
  style.layers[LAYER].point_size_px = 1000;
  g_assert_cmpfloat (qonys_dots_get_size_px (&style, LAYER, 9), ==, QONYS_MAX_POINT_SIZE_PX);
}

/* ---- paper ---- */

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_string_append_len (closure, (const char *)data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* @opacity: below 1 on PDF, for SVG's groups leak in cairo. Returns: (transfer full) */
static GString *
paint_paper (gsize n, double opacity)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  QonysCamera camera = make_camera (400, 400);
  g_autoptr (QonysContent) content = make_crowd (rand, &camera, n);
  QonysStyle style = make_style (7);
  GString *text = g_string_new (NULL);
  cairo_surface_t *paper = opacity < 1
                               ? cairo_pdf_surface_create_for_stream (append, text, 400, 400)
                               : cairo_svg_surface_create_for_stream (append, text, 400, 400);
  cairo_t *cr = cairo_create (paper);

  style.layers[LAYER].opacity = opacity;
  g_assert_true (qonys_paint_map (cr, content, &style, &camera, NULL));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (paper);
  return text;
}

/* A few are paths, many a picture. */
static void
test_paper (void)
{
  for (guint i = 0; i < 4; i++) {
    gboolean is_many = i % 2, is_pdf = i / 2;
    GString *text = paint_paper (is_many ? 20000 : 300, is_pdf ? 0.7 : 1);

    g_assert_cmpint (strstr (text->str, "<image") != NULL, ==, is_many && !is_pdf);
    g_assert_cmpuint (text->len, >, 10000);
    g_string_free (text, TRUE);
  }
}

/* ---- picking ---- */

/* The row expected: of the worst category that is hit, those at their house before the others, the
 * first in packed order; else nearest. */
static gssize
find_row (const QonysContent *content, const QonysCamera *camera, double px, double py,
          double size_px, double reach_px)
{
  gssize nearest = -1;
  double least = reach_px;

  for (guint i = 2 * qonys_dots_get_n_categories (LAYER); i-- > 0;) {
    const QonysPoints *points = qonys_dots_get_points (content, LAYER, i / 2, i % 2 == 0);

    for (gsize at = 0; at < qonys_points_get_n (points); at++) {
      double x, y;

      qonys_camera_to_px (camera, qonys_points_get_x (points)[at], qonys_points_get_y (points)[at],
                          &x, &y);
      if (hypot (x - px, y - py) <= size_px / 2)
        return qonys_points_get_rows (points)[at];
    }
  }
  for (guint i = 2 * qonys_dots_get_n_categories (LAYER); i-- > 0;) {
    const QonysPoints *points = qonys_dots_get_points (content, LAYER, i / 2, i % 2 == 0);

    for (gsize at = 0; at < qonys_points_get_n (points); at++) {
      double x, y;

      qonys_camera_to_px (camera, qonys_points_get_x (points)[at], qonys_points_get_y (points)[at],
                          &x, &y);
      if (hypot (x - px, y - py) < least) {
        least = hypot (x - px, y - py);
        nearest = qonys_points_get_rows (points)[at];
      }
    }
  }
  return nearest;
}

static void
test_pick (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  QonysCamera camera = make_camera (400, 400);
  g_autoptr (QonysContent) content = make_crowd (rand, &camera, 1500);
  const QonysMarkLayer *layer = &content->layers[LAYER];
  QonysStyle style = make_style (7);
  g_autoptr (GArray) all = NULL;
  guint n_found = 0, n_none = 0, n_stacks = 0;

  for (guint i = 0; i < 3000; i++) {
    double px = g_rand_double_range (rand, 0, 400), py = g_rand_double_range (rand, 0, 400);
    QonysPick pick = qonys_pick (content, &style, &camera, px, py, 6);
    gssize row = find_row (content, &camera, px, py, 7, 6);

    g_assert_cmpint (pick.kind == QONYS_PICK_POINT, ==, row >= 0);
    n_none += row < 0;
    if (row < 0)
      continue;
    n_found++;
    n_stacks += pick.mark.n_points > 1;
    g_assert_cmpint (pick.layer, ==, LAYER);
    /* Of equals at one place any row of the same category will do. */
    if (pick.mark.first_row != row)
      g_assert_cmpint (layer->amounts[pick.mark.first_row], ==, layer->amounts[row]);
  }
  g_assert_cmpuint (n_found, >, 300);
  g_assert_cmpuint (n_none, >, 300);
  g_assert_cmpuint (n_stacks, >, 50);

  all = qonys_pick_all (content, &style, &camera);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpint (g_array_index (all, QonysPick, i).kind, ==, QONYS_PICK_DISTRICT);
  g_array_unref (g_steal_pointer (&all));
  camera.zoom += 4;
  all = qonys_pick_all (content, &style, &camera);
  n_found = 0;
  for (guint i = 0; i < all->len; i++)
    n_found += g_array_index (all, QonysPick, i).kind == QONYS_PICK_POINT;
  g_assert_cmpuint (n_found, >, 10);
  g_assert_cmpuint (n_found, <=, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dots/twin", test_twin);
  g_test_add_func ("/dots/bands", test_bands);
  g_test_add_func ("/dots/repeats", test_repeats);
  g_test_add_func ("/dots/pan", test_pan);
  g_test_add_func ("/dots/map", test_map);
  g_test_add_func ("/dots/categories", test_categories);
  g_test_add_func ("/dots/layers", test_layers);
  g_test_add_func ("/dots/colors", test_colors);
  g_test_add_func ("/dots/size", test_size);
  g_test_add_func ("/dots/paper", test_paper);
  g_test_add_func ("/dots/pick", test_pick);
  return g_test_run ();
}
