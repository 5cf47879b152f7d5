/* Kernel density: once a frame of the heat layer and once an analysis. Each point (or each cell of
 * a 64th of the radius, where points crowd) adds its kernel to the pixels around it, four at a
 * time. Bands of rows are computed by different threads, each from all points that reach it in one
 * fixed order, so the picture does not depend on the number of threads. */

#include "geo/density.h"

#include "base/job.h"

#include <math.h>
#include <string.h>

/* Cells of a radius: a cell's points stand at their mean, what is lost is below 1e-4 of its
 * weight. */
#define CELLS_A_RADIUS 64.0
/* Points are put together when there are more than this share of pixels. */
#define PIXELS_A_POINT 4
#define MAX_STRIPS 65536
#define MIN_BAND 48
#define LANES 4

typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));
typedef int Mask __attribute__ ((vector_size (LANES * sizeof (int))));

/* Something that adds a kernel; x and y count pixels, (0, 0) is the centre of the first. */
typedef struct {
  double x, y;
  float weight;
} Splat;

typedef struct {
  double radius; /* pixels */
  guint width, height, n_bands, band_height;
  guint n_strips;
  double strip_height, strips_top; /* pixels */
  gsize *strip_starts;             /* n_strips + 1 */
  Splat *splats;                   /* by strip */
  gboolean join;
  guint32 *strip_ends; /* of the joined splats, relative to their strip's start */
  float *density;
} Density;

/* The strip a row coordinate is in, −1 outside. */
static gint
get_strip (const Density *density, double y)
{
  double strip = floor ((y - density->strips_top) / density->strip_height);

  return strip >= 0.0 && strip < density->n_strips ? (gint)strip : -1;
}

typedef struct {
  double weight, mass, x, y; /* mass: the sum of absolute weights */
  gint32 strip;
} Cell;

/* Puts the splats of each cell together at their mean, in the order cells are met. */
static void
join_strips (gsize begin, gsize end, guint part, gpointer data)
{
  Density *density = data;
  double cell_width = density->strip_height;
  guint n_cells = (guint)((density->width + 2.0 * density->radius) / cell_width) + 2;
  g_autofree Cell *cells = g_new (Cell, n_cells);
  g_autofree guint32 *met = g_new (guint32, n_cells);

  for (guint c = 0; c < n_cells; c++)
    cells[c].strip = -1;
  for (gsize s = begin; s < end; s++) {
    Splat *splats = density->splats + density->strip_starts[s];
    gsize n = density->strip_starts[s + 1] - density->strip_starts[s];
    guint n_met = 0;

    for (gsize i = 0; i < n; i++) {
      guint c = (guint)((splats[i].x + 0.5 + density->radius) / cell_width);
      double mass = fabsf (splats[i].weight);

      if (cells[c].strip != (gint32)s) {
        cells[c] = (Cell){.strip = (gint32)s};
        met[n_met++] = c;
      }
      cells[c].weight += splats[i].weight;
      cells[c].mass += mass;
      cells[c].x += mass * splats[i].x;
      cells[c].y += mass * splats[i].y;
    }
    for (guint i = 0; i < n_met; i++) {
      const Cell *cell = &cells[met[i]];

      splats[i] = (Splat){cell->x / cell->mass, cell->y / cell->mass, (float)cell->weight};
    }
    density->strip_ends[s] = n_met;
  }
}

/* Adds one splat to the rows first … last. @columns: scratch, as wide as the window. */
static void
add_splat (const Density *density, const Splat *splat, gint first, gint last, float *columns)
{
  double radius = density->radius;
  float inverse = (float)(1.0 / radius);
  gint left = (gint)MAX (ceil (splat->x - radius), 0.0);
  gint right = (gint)MIN (floor (splat->x + radius), density->width - 1.0);
  gint n = right - left + 1;

  if (n <= 0)
    return;
  for (gint k = 0; k < n; k++) {
    float dx = (float)(left + k - splat->x) * inverse;

    columns[k] = dx * dx;
  }
  first = (gint)MAX (first, ceil (splat->y - radius));
  last = (gint)MIN (last, floor (splat->y + radius));
  for (gint y = first; y <= last; y++) {
    float dy = (float)(y - splat->y) * inverse, rest = 1.0f - dy * dy;
    float *pixels = density->density + (gsize)y * density->width + left;
    gint k = 0;

    for (; k + LANES <= n; k += LANES) {
      Lanes column, pixel;

      memcpy (&column, columns + k, sizeof column);
      memcpy (&pixel, pixels + k, sizeof pixel);
      column = rest - column;
      column = (Lanes)((Mask)column & (Mask)(column > 0.0f));
      pixel += column * column * splat->weight;
      memcpy (pixels + k, &pixel, sizeof pixel);
    }
    for (; k < n; k++) {
      float value = MAX (rest - columns[k], 0.0f);

      pixels[k] += value * value * splat->weight;
    }
  }
}

typedef struct {
  Density *density;
  gint next;
} Bands;

static void
fill_bands (gsize begin, gsize end, guint part, gpointer data)
{
  Bands *bands = data;
  const Density *density = bands->density;
  g_autofree float *columns = g_new (float, density->width);

  for (gint b; (b = g_atomic_int_add (&bands->next, 1)) < (gint)density->n_bands;) {
    gint first = b * (gint)density->band_height;
    gint last = MIN (first + (gint)density->band_height, (gint)density->height) - 1;
    double top = first - density->radius - density->strips_top;
    double bottom = last + density->radius - density->strips_top;
    guint strip = (guint)MAX (floor (top / density->strip_height) - 1.0, 0.0);
    guint end_strip = (guint)MIN (floor (bottom / density->strip_height) + 2.0, density->n_strips);

    for (; strip < end_strip; strip++) {
      const Splat *splats = density->splats + density->strip_starts[strip];
      gsize n = density->join ? density->strip_ends[strip]
                              : density->strip_starts[strip + 1] - density->strip_starts[strip];

      for (gsize i = 0; i < n; i++)
        add_splat (density, &splats[i], first, last, columns);
    }
  }
}

/* Points and the window they are seen through. */
typedef struct {
  gsize n;
  const double *x, *y, *weights;
  const QonysBox *box;
  double pixel;
  gboolean y_down;
} Input;

static Splat
get_splat (const Input *input, gsize i)
{
  double x = input->x[i] - input->box->min_x;
  double y = input->y_down ? input->box->max_y - input->y[i] : input->y[i] - input->box->min_y;

  return (Splat){x / input->pixel - 0.5, y / input->pixel - 0.5,
                 input->weights != NULL ? (float)input->weights[i] : 1.0f};
}

/* Sorts what reaches the window by strip; nothing else is kept. */
static void
make_splats (Density *density, const Input *input)
{
  double reach = density->radius;
  g_autofree gint32 *strips = g_new (gint32, input->n);
  gsize *starts = g_new0 (gsize, density->n_strips + 2);

  for (gsize i = 0; i < input->n; i++) {
    Splat splat = get_splat (input, i);

    strips[i] = -1;
    if (splat.x > -0.5 - reach && splat.x < density->width - 0.5 + reach && splat.weight != 0.0f &&
        !isnan (splat.weight))
      strips[i] = get_strip (density, splat.y);
    if (strips[i] >= 0)
      starts[strips[i] + 2]++;
  }
  for (guint s = 0; s < density->n_strips; s++)
    starts[s + 2] += starts[s + 1];
  density->splats = g_new (Splat, starts[density->n_strips + 1]);
  for (gsize i = 0; i < input->n; i++)
    if (strips[i] >= 0)
      density->splats[starts[strips[i] + 1]++] = get_splat (input, i);
  density->strip_starts = starts;
}

void
qonys_density_compute (const double *x, const double *y, const double *weights, gsize n,
                       const QonysBox *box, double pixel, double radius, guint width, guint height,
                       gboolean y_down, float *result)
{
  Input input = {n, x, y, weights, box, pixel, y_down};
  Density density = {.radius = radius / pixel, .width = width, .height = height, .density = result};
  double reach = density.radius;

  memset (result, 0, (gsize)width * height * sizeof *result);
  if (!(reach > 0.0) || width == 0 || height == 0)
    return;
  density.band_height = (guint)CLAMP (2.0 * reach, MIN_BAND, MAX (height, MIN_BAND));
  density.n_bands = (height + density.band_height - 1) / density.band_height;
  density.strips_top = -0.5 - reach;
  density.strip_height = MAX (reach / CELLS_A_RADIUS, (height + 2.0 * reach) / (MAX_STRIPS - 1.0));
  density.join =
      n * PIXELS_A_POINT > (gsize)width * height && density.strip_height * CELLS_A_RADIUS <= reach;
  density.n_strips = (guint)((height + 2.0 * reach) / density.strip_height) + 1;
  make_splats (&density, &input);

  g_autofree guint32 *ends = g_new (guint32, density.n_strips);
  Bands bands = {&density, 0};

  density.strip_ends = ends;
  if (density.join)
    qonys_parallel_for (density.n_strips, 64, join_strips, &density);
  qonys_parallel_for (density.n_bands, 1, fill_bands, &bands);
  g_free (density.splats);
  g_free (density.strip_starts);
}
