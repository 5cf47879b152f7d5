/* Discs put down by the million. They are put from the topmost to the lowest, each under what is
 * there already, and a bit a pixel tells where nothing can be added any more: in a crowd a disc
 * costs one look at a few words of bits (about 5 ns), and what is drawn at all is as much as there
 * are pixels. Stamps: 16 places within a pixel, a few kilobytes, made once a painting in 20 µs.
 * Bits: one a pixel of the band, 130 KB for 1280 × 800. */

#include "draw/private.h"
#include <math.h>
#include <string.h>

#define MARGIN_BITS 64 /* left and right of the picture; covered from the first */
#define BLOCK 512
#define BIAS (1 << 16) /* phases; keeps what is a little left of the picture above 0 */

/* ---- stamps ---- */

static double
get_coverage (double radius, double distance)
{
  return CLAMP (radius - distance + 0.5, 0, 1);
}

/* What is mixed of ring, disc and its middle, as much of the pixel as the whole covers. */
static guint32
mix_pixel (const QonysColor colors[3], const double coverage[3])
{
  double channels[3] = {colors[0].red, colors[0].green, colors[0].blue};
  guint32 alpha = (guint32)lrint (coverage[0] * 255);
  guint32 pixel = alpha << 24;

  for (guint layer = 1; layer < 3; layer++) {
    double own[3] = {colors[layer].red, colors[layer].green, colors[layer].blue};

    for (guint i = 0; i < 3; i++)
      channels[i] += (own[i] - channels[i]) * coverage[layer];
  }
  for (guint i = 0; i < 3; i++)
    pixel |= (guint32)lrint (channels[i] * alpha / 255) << (16 - 8 * i);
  return pixel;
}

QonysStamp *
qonys_stamp_new (double size_px, QonysColor ring, QonysColor fill, QonysColor center, double hole)
{
  QonysStamp *stamp = g_new0 (QonysStamp, 1);
  const QonysColor colors[3] = {ring, fill, center};
  gboolean is_square = size_px < 3.5;
  double radius, inner, middle;
  guint n;

  size_px = CLAMP (size_px, 1, QONYS_STAMP_MAX_SIDE - 1);
  if (is_square)
    size_px = round (size_px);
  radius = size_px / 2;
  inner = radius - MAX (1, size_px * 0.09);
  middle = inner * hole;
  stamp->n_phases = is_square ? 1 : 4;
  stamp->side = is_square ? (guint)size_px : (guint)ceil (size_px + 0.875);
  stamp->offset = is_square ? (size_px - 1) / 2 : round (radius * 4);
  n = stamp->n_phases * stamp->n_phases * stamp->side;
  stamp->pixels = g_new (guint32, n * stamp->side);
  stamp->columns = g_new0 (guint64, n);
  for (guint i = 0; i < n * stamp->side; i++) {
    guint column = i % stamp->side, line = i / stamp->side, row = line % stamp->side;
    guint phase = line / stamp->side;
    double center_x = (phase % stamp->n_phases + 0.5 + stamp->offset) / stamp->n_phases;
    double center_y = (phase / stamp->n_phases + 0.5 + stamp->offset) / stamp->n_phases;
    double distance = hypot (column + 0.5 - center_x, row + 0.5 - center_y);
    double coverage[3] = {1, 1, 0};

    if (!is_square) {
      coverage[0] = get_coverage (radius, distance);
      coverage[1] = get_coverage (inner, distance);
      coverage[2] = get_coverage (middle, distance);
    }
    stamp->pixels[i] = mix_pixel (colors, coverage);
    if (stamp->pixels[i] >> 24)
      stamp->columns[line] |= (guint64)1 << column;
  }
  return stamp;
}

void
qonys_stamp_free (QonysStamp *stamp)
{
  if (stamp == NULL)
    return;
  g_free (stamp->pixels);
  g_free (stamp->columns);
  g_free (stamp);
}

/* ---- bands ---- */

static void
set_covered (guint8 *line, gsize begin, gsize end)
{
  for (gsize i = begin; i < end; i++)
    line[i >> 3] |= (guint8)(1 << (i & 7));
}

void
qonys_band_init (QonysBand *band, guint32 *pixels, int stride, int width, int top, int bottom)
{
  int margin = QONYS_STAMP_MAX_SIDE;
  gsize n_bits = ((gsize)width + 2 * MARGIN_BITS + 63) / 64 * 64;

  *band = (QonysBand){pixels, stride, width, top, bottom, NULL, n_bits / 8};
  band->covered = g_malloc0 (band->covered_stride * (gsize)(bottom - top + 2 * margin));
  for (int row = top - margin; row < bottom + margin; row++) {
    guint8 *line = band->covered + (gsize)(row - top + margin) * band->covered_stride;

    if (row < top || row >= bottom) {
      memset (line, 255, band->covered_stride);
      continue;
    }
    set_covered (line, 0, MARGIN_BITS);
    set_covered (line, (gsize)width + MARGIN_BITS, n_bits);
  }
}

void
qonys_band_clear (QonysBand *band)
{
  g_clear_pointer (&band->covered, g_free);
}

/* The 57 bits and more from @bit on. */
static inline guint64
read_bits (const guint8 *line, guint bit)
{
  guint64 word;

  memcpy (&word, line + (bit >> 3), sizeof word);
  return GUINT64_FROM_LE (word) >> (bit & 7);
}

/* a * b / 255, rounded, for the two channels in bits 0–7 and 16–23. */
static inline guint32
scale_pair (guint32 pair, guint32 by)
{
  pair = pair * by + 0x800080;
  return ((pair + (pair >> 8 & 0xFF00FF)) >> 8) & 0xFF00FF;
}

/* Adds what of @pixel is seen through what is there. */
static inline guint32
put_under (guint32 there, guint32 pixel)
{
  guint32 through = 255 - (there >> 24);

  return there + (scale_pair (pixel & 0xFF00FF, through) |
                  scale_pair (pixel >> 8 & 0xFF00FF, through) << 8);
}

static void
put_line (guint32 *pixels, guint8 *covered, guint bit, guint64 todo, const guint32 *stamp)
{
  for (; todo; todo &= todo - 1) {
    guint column = (guint)__builtin_ctzll (todo);
    guint32 pixel = put_under (pixels[column], stamp[column]);

    pixels[column] = pixel;
    if (pixel >> 24 == 255)
      covered[(bit + column) >> 3] |= (guint8)(1 << ((bit + column) & 7));
  }
}

static inline void
put_stamp (QonysBand *band, const QonysStamp *stamp, int x, int y, guint phase, guint side)
{
  const guint64 *columns = stamp->columns + phase * side;
  guint bit = (guint)(x + MARGIN_BITS);
  guint8 *covered =
      band->covered + (gsize)(y - band->top + QONYS_STAMP_MAX_SIDE) * band->covered_stride;
  guint64 todo = 0;

  for (guint row = 0; row < side; row++)
    todo |= columns[row] & ~read_bits (covered + row * band->covered_stride, bit);
  if (!todo)
    return;
  for (guint row = 0; row < side; row++) {
    guint8 *line = covered + row * band->covered_stride;

    todo = columns[row] & ~read_bits (line, bit);
    if (todo)
      put_line (band->pixels + (gssize)(y + (int)row) * band->stride + x, line, bit, todo,
                stamp->pixels + (phase * side + row) * side);
  }
}

/* Where a stamp's edge is, in phases. */
typedef struct {
  gint32 x, y;
} Place;

static inline void
put_discs (QonysBand *band, const QonysStamp *stamp, const Place *places, gsize n, guint side)
{
  int min_x = -(int)side, min_y = band->top - (int)side;
  guint width = (guint)(band->width - min_x), height = (guint)(band->bottom - min_y);

  for (gsize i = 0; i < n; i++) {
    int x = places[i].x >> 2, y = places[i].y >> 2;

    if ((guint)(x - min_x) < width && (guint)(y - min_y) < height)
      put_stamp (band, stamp, x, y, (guint)((places[i].y & 3) << 2 | (places[i].x & 3)), side);
  }
}

/* Squares hide what they stand on and are of one colour: no need to look. */
static inline void
put_squares (QonysBand *band, const QonysStamp *stamp, const Place *places, gsize n, int side)
{
  guint32 color = stamp->pixels[0];
  guint width = (guint)(band->width - side + 1);
  guint height = (guint)(band->bottom - band->top - side + 1);

  for (gsize i = 0; i < n; i++) {
    int x = places[i].x, y = places[i].y;

    if ((guint)x < width && (guint)(y - band->top) < height) {
      guint32 *pixels = band->pixels + (gssize)y * band->stride + x;

      for (int row = 0; row < side; row++, pixels += band->stride)
        for (int column = 0; column < side; column++)
          pixels[column] = color;
      continue;
    }
    for (int row = MAX (y, band->top); row < MIN (y + side, band->bottom); row++)
      for (int column = MAX (x, 0); column < MIN (x + side, band->width); column++)
        band->pixels[(gssize)row * band->stride + column] = color;
  }
}

/* Rounds down what is within 2^30 phases of the picture. */
static inline gint32
to_phase (double value)
{
  return (gint32)value - BIAS;
}

void
qonys_band_put (QonysBand *band, const QonysStamp *stamp, const double *x, const double *y,
                gsize begin, gsize end, double per_unit, double left, double top)
{
  Place places[BLOCK + 1], last = {G_MININT, G_MININT};

  left += stamp->offset - BIAS;
  top += stamp->offset - BIAS;
  if (begin > 0)
    last = (Place){to_phase (CLAMP (x[begin - 1] * per_unit - left, 0, 1 << 30)),
                   to_phase (CLAMP (y[begin - 1] * per_unit - top, 0, 1 << 30))};
  for (gsize at = begin; at < end; at += BLOCK) {
    gsize n = MIN (end - at, BLOCK), n_kept = 0;

    for (gsize i = 0; i < n; i++) {
      places[i].x = to_phase (x[at + i] * per_unit - left);
      places[i].y = to_phase (y[at + i] * per_unit - top);
    }
    for (gsize i = 0; i < n; i++) { /* no branch: it would be guessed wrong half the time */
      Place place = places[i];

      places[n_kept] = place;
      n_kept += (place.x != last.x) | (place.y != last.y);
      last = place;
    }
    /* What is usual once more with its size known to the compiler. */
    if (stamp->n_phases == 4 && stamp->side == 8)
      put_discs (band, stamp, places, n_kept, 8);
    else if (stamp->n_phases == 4)
      put_discs (band, stamp, places, n_kept, stamp->side);
    else if (stamp->side == 2)
      put_squares (band, stamp, places, n_kept, 2);
    else
      put_squares (band, stamp, places, n_kept, (int)stamp->side);
  }
}
