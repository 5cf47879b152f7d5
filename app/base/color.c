/*
 * How well two colours stand apart. A few dozen a style; a contrast costs two dozen
 * multiplications and three powers a colour.
 */
#include "base/color.h"

#include <math.h>

static double
linear (guint8 channel)
{
  double v = channel / 255.0;

  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

static double
luminance (QonysColor c)
{
  return 0.2126 * linear (c.red) + 0.7152 * linear (c.green) + 0.0722 * linear (c.blue);
}

double
qonys_color_get_contrast (QonysColor a, QonysColor b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}
