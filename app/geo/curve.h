#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The Z curve (Morton order) over the unit square, 32 bits an axis: keys of one square of a tile
 * pyramid follow one another. */

/** The quantum a coordinate is in; what is outside of the square is put at its rim. */
static inline guint32
qonys_curve_quantise (double v)
{
  if (!(v > 0.0))
    return 0;
  return v >= 1.0 ? G_MAXUINT32 : (guint32)(v * 4294967296.0);
}

static inline guint64
qonys_curve_spread (guint64 v)
{
  v = (v | v << 16) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  v = (v | v << 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  v = (v | v << 4) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  v = (v | v << 2) & G_GUINT64_CONSTANT (0x3333333333333333);
  return (v | v << 1) & G_GUINT64_CONSTANT (0x5555555555555555);
}

/** The key of the quantum (x, y). */
static inline guint64
qonys_curve_join (guint32 x, guint32 y)
{
  return qonys_curve_spread (x) | qonys_curve_spread (y) << 1;
}

static inline guint64
qonys_curve_key (double x, double y)
{
  return qonys_curve_join (qonys_curve_quantise (x), qonys_curve_quantise (y));
}

G_END_DECLS
