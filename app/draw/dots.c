/* Points: every address of a layer as a disc of its category's colour, the worst on top, and
 * within a category the first of the packed order, those at
 * their house over those that stand near it only, which are thin rings. Up to millions; packed by
 * category by the first painter that needs them (about 0.2 s and 20 bytes an address of a million)
 * and kept with the content. Painting looks at what is in view: 1 M discs in about 15 ms on two
 * cores, 50,000 in 1 ms. A pan by whole pixels moves the picture and changes nothing in it. */

#include "base/job.h"
#include "draw/private.h"
#include "geo/mercator.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_CATEGORIES 5
#define N_SETS                                                                                     \
  (2 * MAX_CATEGORIES) /* the lowest first: of each category the approximate, the exact */
#define MIN_BAND_ROWS 100
#define CANCEL_STEP 65536 /* points between two looks at the cancellable */
#define MAX_PATHS 5000    /* on paper; more are a picture of VECTOR_SCALE pixels a unit */
#define VECTOR_SCALE 3.0
#define HOLLOW_FROM_PX 5.0

const QonysLayer qonys_dot_layers[QONYS_N_DOT_LAYERS] = {QONYS_LAYER_OVERCROWDED,
                                                         QONYS_LAYER_FICTITIOUS, QONYS_LAYER_RAIDS};

struct _QonysDots {
  QonysPoints *points[N_SETS]; /* NULL: none */
  gsize n_nowhere;
};

/* ---- categories ---- */

typedef struct {
  const char *title;
  double shade; /* 0 … 1 from the land to quiet grey; 1 … 2 from the layer's colour to its edge */
  gboolean is_hollow;
} Category;

static const Category overcrowded[] = {
    {N_ ("Within the norm"), 0.19, FALSE},         {N_ ("Not known"), 0.4, TRUE},
    {N_ ("1–3 above the norm"), 1, FALSE},         {N_ ("4–9 above the norm"), 1.5, FALSE},
    {N_ ("10 and more above the norm"), 2, FALSE},
};
static const Category fictitious[] = {
    {N_ ("Suspected"), 1, TRUE},
    {N_ ("Confirmed by a check"), 2, FALSE},
};
static const Category raids[] = {{N_ ("Raid operation"), 1, FALSE}};

static const Category *
get_categories (QonysLayer layer, guint *n)
{
  switch (layer) {
  case QONYS_LAYER_OVERCROWDED:
    *n = G_N_ELEMENTS (overcrowded);
    return overcrowded;
  case QONYS_LAYER_FICTITIOUS:
    *n = G_N_ELEMENTS (fictitious);
    return fictitious;
  default:
    *n = G_N_ELEMENTS (raids);
    return raids;
  }
}

guint
qonys_dots_get_n_categories (QonysLayer layer)
{
  guint n;

  get_categories (layer, &n);
  return n;
}

const char *
qonys_dots_get_title (QonysLayer layer, guint category)
{
  guint n;

  return _ (get_categories (layer, &n)[category].title);
}

QonysColor
qonys_dots_get_color (const QonysPalette *palette, QonysLayer layer, guint category,
                      QonysColor *center)
{
  guint n;
  const Category *self = &get_categories (layer, &n)[category];
  QonysColor color = self->shade < 1 ? qonys_color_mix (palette->land, palette->muted, self->shade)
                                     : qonys_color_mix (palette->mark[layer],
                                                        palette->mark_edge[layer], self->shade - 1);

  *center = self->is_hollow ? palette->land : color;
  return color;
}

static guint
get_category (const QonysMarkLayer *layer, gsize row)
{
  gint32 amount;

  if (layer->layer == QONYS_LAYER_FICTITIOUS)
    return layer->categories ? layer->categories[row] : 0;
  if (layer->layer != QONYS_LAYER_OVERCROWDED)
    return 0;
  amount = layer->amounts ? layer->amounts[row] : QONYS_INT_MISSING;
  if (amount == QONYS_INT_MISSING)
    return 1;
  return amount <= 0 ? 0 : amount < 4 ? 2 : amount < 10 ? 3 : 4;
}

/* ---- what is kept ---- */

/* The points of one set, taken from the columns or from what is packed already. */
static QonysPoints *
pack_set (const QonysMarkLayer *layer, const guint8 *sets, gsize n_all, guint set, gsize n)
{
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  g_autofree guint32 *rows = g_new (guint32, n);
  gsize at = 0;

  for (gsize i = 0; i < n_all; i++) {
    if (sets[i] != set)
      continue;
    x[at] = layer->lon_deg ? layer->lon_deg[i] : qonys_points_get_x (layer->points)[i];
    y[at] = layer->lon_deg ? layer->lat_deg[i] : qonys_points_get_y (layer->points)[i];
    rows[at++] = layer->lon_deg ? (guint32)i : qonys_points_get_rows (layer->points)[i];
  }
  if (layer->lon_deg)
    qonys_mercator_project (x, y, n, x, y);
  return qonys_points_new (x, y, rows, n);
}

static QonysDots *
make_dots (const QonysMarkLayer *layer)
{
  QonysDots *dots = g_new0 (QonysDots, 1);
  gsize n = layer->lon_deg ? layer->n_rows : layer->points ? qonys_points_get_n (layer->points) : 0;
  gsize counts[N_SETS + 1] = {0};
  g_autofree guint8 *sets = g_new (guint8, MAX (n, 1));

  for (gsize i = 0; i < n; i++) {
    gboolean is_nowhere =
        layer->lon_deg && (isnan (layer->lon_deg[i]) || isnan (layer->lat_deg[i]));
    gsize row = layer->lon_deg ? i : qonys_points_get_rows (layer->points)[i];

    sets[i] = is_nowhere ? N_SETS
                         : (guint8)(2 * get_category (layer, row) +
                                    !(layer->approximate && layer->approximate[row]));
    counts[sets[i]]++;
  }
  for (guint set = 0; set < N_SETS; set++)
    if (counts[set] > 0)
      dots->points[set] = pack_set (layer, sets, n, set, counts[set]);
  dots->n_nowhere = counts[N_SETS];
  return dots;
}

void
qonys_dots_free (QonysDots *dots)
{
  for (guint i = 0; i < N_SETS; i++)
    qonys_points_free (dots->points[i]);
  g_free (dots);
}

static const QonysDots *
get_dots (const QonysContent *content, QonysLayer layer)
{
  QonysContentFull *full = (QonysContentFull *)content;

  while (full->lender && !full->is_own[layer])
    full = (QonysContentFull *)full->lender;
  g_mutex_lock (&full->mutex);
  if (!full->dots[layer])
    full->dots[layer] = make_dots (&content->layers[layer]);
  g_mutex_unlock (&full->mutex);
  return full->dots[layer];
}

gboolean
qonys_dots_are_shown (const QonysContent *content, const QonysStyle *style, QonysLayer layer)
{
  return style->layers[layer].mode == QONYS_MODE_POINTS && content->layers[layer].is_addresses;
}

const QonysPoints *
qonys_dots_get_points (const QonysContent *content, QonysLayer layer, guint category,
                       gboolean is_approximate)
{
  return get_dots (content, layer)->points[2 * category + !is_approximate];
}

gsize
qonys_dots_get_n_nowhere (const QonysContent *content, QonysLayer layer)
{
  return get_dots (content, layer)->n_nowhere;
}

double
qonys_dots_get_size_px (const QonysStyle *style, QonysLayer layer, double zoom)
{
  double size_px = style->layers[layer].point_size_px;

  if (size_px > 0)
    return CLAMP (size_px, QONYS_MIN_POINT_SIZE_PX, QONYS_MAX_POINT_SIZE_PX);
  return 2 + 5 * CLAMP ((zoom - 12) / 3, 0, 1);
}

/* ---- painting pixels ---- */

static gboolean
is_approximate (guint set)
{
  return set % 2 == 0;
}

static QonysColor
get_set_color (const QonysPalette *palette, QonysLayer layer, guint set, QonysColor *center)
{
  QonysColor color = qonys_dots_get_color (palette, layer, set / 2, center);

  if (is_approximate (set))
    *center = palette->land;
  return color;
}

static double
get_hole (guint set)
{
  return is_approximate (set) ? QONYS_STAMP_THIN_HOLE : QONYS_STAMP_HOLE;
}

typedef struct {
  const QonysDots *dots;
  GCancellable *cancellable;
  QonysStamp *stamps[N_SETS];
  gboolean is_from_top; /* discs; squares are painted from the lowest set on */
  guint32 *pixels;
  int stride, width;
  double left, top, px_per_unit; /* of the picture, device pixels of the whole world */
} Painting;

typedef struct {
  const Painting *painting;
  QonysBand band;
  guint set;
} BandPainting;

static void
paint_run (gsize begin, gsize end, gpointer data)
{
  BandPainting *self = data;
  const Painting *painting = self->painting;
  const QonysPoints *points = painting->dots->points[self->set];
  const QonysStamp *stamp = painting->stamps[self->set];
  double n_phases = stamp->n_phases;

  for (gsize at = begin; at < end; at += CANCEL_STEP) {
    if (painting->cancellable && g_cancellable_is_cancelled (painting->cancellable))
      return;
    qonys_band_put (&self->band, stamp, qonys_points_get_x (points), qonys_points_get_y (points),
                    at, MIN (at + CANCEL_STEP, end), painting->px_per_unit * n_phases,
                    painting->left * n_phases, painting->top * n_phases);
  }
}

static void
paint_band (gsize begin, gsize end, guint part, gpointer data)
{
  const Painting *painting = data;
  BandPainting self = {.painting = painting};
  QonysBox box = {painting->left, painting->top + begin, painting->left + painting->width,
                  painting->top + end};

  qonys_box_grow (&box, QONYS_STAMP_MAX_SIDE);
  box.min_x /= painting->px_per_unit;
  box.min_y /= painting->px_per_unit;
  box.max_x /= painting->px_per_unit;
  box.max_y /= painting->px_per_unit;
  qonys_band_init (&self.band, painting->pixels, painting->stride, painting->width, (int)begin,
                   (int)end);
  for (guint i = 0; i < N_SETS; i++) {
    self.set = painting->is_from_top ? N_SETS - 1 - i : i;
    if (painting->stamps[self.set])
      qonys_points_query_runs (painting->dots->points[self.set], &box, paint_run, &self);
  }
  qonys_band_clear (&self.band);
}

/* The layer's discs as an image of @scale device pixels a unit. */
static cairo_surface_t *
make_image (const QonysPaint *paint, QonysLayer layer, const QonysDots *dots, double size_px,
            double scale)
{
  int height = (int)ceil (paint->camera->height_px * scale);
  Painting painting = {
      .dots = dots,
      .cancellable = paint->cancellable,
      .width = (int)ceil (paint->camera->width_px * scale),
      /* Whole pixels of the world: what is drawn does not depend on where the picture begins. */
      .left = round (paint->left * scale),
      .top = round (paint->top * scale),
      .px_per_unit = paint->px_per_unit * scale,
  };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, painting.width, height);

  if (cairo_surface_status (image) != CAIRO_STATUS_SUCCESS)
    return image;
  for (guint i = 0; i < N_SETS; i++)
    if (dots->points[i]) {
      QonysColor center, color = get_set_color (paint->palette, layer, i, &center);

      painting.stamps[i] =
          qonys_stamp_new (size_px * scale, paint->palette->land, color,
                           size_px / paint->scale >= HOLLOW_FROM_PX ? center : color, get_hole (i));
      painting.is_from_top = painting.stamps[i]->n_phases > 1;
    }
  cairo_surface_flush (image);
  painting.pixels = (guint32 *)(gpointer)cairo_image_surface_get_data (image);
  painting.stride = cairo_image_surface_get_stride (image) / 4;
  qonys_parallel_for ((gsize)height, MIN_BAND_ROWS, paint_band, &painting);
  cairo_surface_mark_dirty (image);
  for (guint i = 0; i < N_SETS; i++)
    qonys_stamp_free (painting.stamps[i]);
  return image;
}

/* ---- painting on paper ---- */

typedef struct {
  const QonysPaint *paint;
  const QonysPoints *points;
  QonysColor color, center;
  double radius_px, hole;
} PathPainting;

static void
fill_disc (cairo_t *cr, double x, double y, double radius, QonysColor color)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  qonys_set_color (cr, color, 1);
  cairo_fill (cr);
}

static void
add_run (gsize begin, gsize end, gpointer data)
{
  gsize run[2] = {begin, end};

  g_array_append_val ((GArray *)data, run);
}

/* The lowest first: the last of the packed order. */
static void
paint_paths (const PathPainting *self, const QonysBox *view)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, 2 * sizeof (gsize));
  double inner = self->radius_px - MAX (1, self->radius_px * 0.18);

  qonys_points_query_runs (self->points, view, add_run, runs);
  for (guint r = runs->len; r-- > 0;) {
    const gsize *run = (const gsize *)(gpointer)runs->data + 2 * r;

    for (gsize i = run[1]; i-- > run[0];) {
      double x = qonys_paint_px (self->paint, qonys_points_get_x (self->points)[i]);
      double y = qonys_paint_py (self->paint, qonys_points_get_y (self->points)[i]);

      if (inner > 1)
        fill_disc (self->paint->cr, x, y, self->radius_px, self->paint->palette->land);
      fill_disc (self->paint->cr, x, y, inner > 1 ? inner : self->radius_px, self->color);
      if (self->radius_px * 2 >= HOLLOW_FROM_PX * self->paint->scale)
        fill_disc (self->paint->cr, x, y, inner * self->hole, self->center);
    }
  }
}

static gboolean
paint_vector (const QonysPaint *paint, QonysLayer layer, const QonysDots *dots, double size_px,
              double opacity)
{
  QonysBox view = qonys_camera_get_box (paint->camera);
  gsize n = 0;

  qonys_box_grow (&view, size_px / paint->px_per_unit);
  for (guint i = 0; i < N_SETS; i++)
    n += dots->points[i] ? qonys_points_count (dots->points[i], &view) : 0;
  if (n > MAX_PATHS)
    return FALSE;
  if (opacity < 1)
    cairo_push_group (paint->cr);
  for (guint i = 0; i < N_SETS; i++)
    if (dots->points[i]) {
      PathPainting self = {.paint = paint,
                           .points = dots->points[i],
                           .radius_px = size_px / 2,
                           .hole = get_hole (i)};

      self.color = get_set_color (paint->palette, layer, i, &self.center);
      paint_paths (&self, &view);
    }
  if (opacity < 1) {
    cairo_pop_group_to_source (paint->cr);
    cairo_paint_with_alpha (paint->cr, opacity);
  }
  return TRUE;
}

gboolean
qonys_paint_dots (const QonysPaint *paint, QonysLayer layer)
{
  const QonysDots *dots = get_dots (paint->content, layer);
  double size_px = qonys_dots_get_size_px (paint->style, layer, paint->zoom) * paint->scale;
  double opacity = paint->style->layers[layer].opacity, scale = VECTOR_SCALE, x = 0, y = 0;
  cairo_surface_t *image;
  cairo_t *cr = paint->cr;

  if (paint->is_vector) {
    if (paint_vector (paint, layer, dots, size_px, opacity))
      return !qonys_paint_is_cancelled (paint);
  } else {
    double device_x = 1, device_y = 0, surface_x = 1, surface_y = 1;

    cairo_user_to_device_distance (cr, &device_x, &device_y);
    cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);
    scale = hypot (device_x, device_y) * surface_x;
    /* On whole device pixels the image stays as sharp as it was made. */
    cairo_user_to_device (cr, &x, &y);
    x = round (x * surface_x) / surface_x;
    y = round (y * surface_y) / surface_y;
    cairo_device_to_user (cr, &x, &y);
  }
  image = make_image (paint, layer, dots, size_px, scale);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, paint->camera->width_px, paint->camera->height_px);
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, 1 / scale, 1 / scale);
  cairo_set_source_surface (cr, image, 0, 0);
  if (!paint->is_vector)
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint_with_alpha (cr, opacity);
  cairo_restore (cr);
  cairo_surface_destroy (image);
  return !qonys_paint_is_cancelled (paint);
}

/* ---- picking ---- */

typedef struct {
  const QonysPoints *points;
  double x, y, radius; /* of a hit, unit square */
  gsize hit;           /* the first; G_MAXSIZE: none */
} Search;

static void
search_run (gsize begin, gsize end, gpointer data)
{
  Search *search = data;

  for (gsize i = begin; i < end && search->hit == G_MAXSIZE; i++)
    if (hypot (qonys_points_get_x (search->points)[i] - search->x,
               qonys_points_get_y (search->points)[i] - search->y) <= search->radius)
      search->hit = i;
}

static QonysPick
pick_of_point (const QonysDots *dots, QonysLayer layer, const QonysPoints *points, gsize position)
{
  QonysPick pick = {.kind = QONYS_PICK_POINT,
                    .layer = layer,
                    .x = qonys_points_get_x (points)[position],
                    .y = qonys_points_get_y (points)[position]};
  QonysBox place = {pick.x, pick.y, pick.x, pick.y};

  pick.mark.x = pick.x;
  pick.mark.y = pick.y;
  pick.mark.first_row = qonys_points_get_rows (points)[position];
  pick.mark.is_one_place = TRUE;
  for (guint i = 0; i < N_SETS; i++)
    pick.mark.n_points +=
        dots->points[i] ? (guint32)qonys_points_count (dots->points[i], &place) : 0;
  pick.mark.weight = pick.mark.n_points;
  return pick;
}

gboolean
qonys_dots_pick (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera,
                 QonysLayer layer, double px, double py, double radius_px, QonysPick *pick)
{
  const QonysDots *dots = get_dots (content, layer);
  double px_per_unit = QONYS_TILE_SIZE_PX * exp2 (camera->zoom);
  double scale = style->text_scale > 0 ? style->text_scale : 1;
  double size_px = qonys_dots_get_size_px (style, layer, camera->zoom - log2 (scale)) * scale;
  double x, y, least = radius_px / px_per_unit;
  const QonysPoints *found = NULL;
  gsize position = 0;

  qonys_camera_from_px (camera, px, py, &x, &y);
  for (guint i = N_SETS; i-- > 0;) {
    Search search = {dots->points[i], x, y, size_px / 2 / px_per_unit, G_MAXSIZE};
    QonysBox box = {x, y, x, y};

    if (!search.points)
      continue;
    qonys_box_grow (&box, search.radius);
    qonys_points_query_runs (search.points, &box, search_run, &search);
    if (search.hit == G_MAXSIZE)
      continue;
    *pick = pick_of_point (dots, layer, search.points, search.hit);
    return TRUE;
  }
  for (guint i = N_SETS; i-- > 0;) {
    const QonysPoints *points = dots->points[i];
    gssize nearest = points ? qonys_points_find_nearest (points, x, y, least) : -1;
    double distance;

    if (nearest < 0)
      continue;
    distance =
        hypot (qonys_points_get_x (points)[nearest] - x, qonys_points_get_y (points)[nearest] - y);
    if (found && distance >= least) /* of equals the worse */
      continue;
    found = points;
    position = (gsize)nearest;
    least = distance;
  }
  if (found)
    *pick = pick_of_point (dots, layer, found, position);
  return found != NULL;
}

void
qonys_dots_pick_all (const QonysContent *content, const QonysBox *view, QonysLayer layer, gsize max,
                     GArray *picks)
{
  const QonysDots *dots = get_dots (content, layer);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, 2 * sizeof (gsize));
  gsize n = 0;

  for (guint i = 0; i < N_SETS; i++)
    n += dots->points[i] ? qonys_points_count (dots->points[i], view) : 0;
  if (n > max)
    return;
  for (guint i = 0; i < N_SETS; i++) {
    if (!dots->points[i])
      continue;
    g_array_set_size (runs, 0);
    qonys_points_query_runs (dots->points[i], view, add_run, runs);
    for (guint r = 0; r < runs->len; r++) {
      const gsize *run = (const gsize *)(gpointer)runs->data + 2 * r;

      for (gsize at = run[0]; at < run[1]; at++) {
        QonysPick pick = pick_of_point (dots, layer, dots->points[i], at);

        g_array_append_val (picks, pick);
      }
    }
  }
}
