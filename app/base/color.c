/*
 * Colours written as text, and how well two of them stand apart. A few dozen a style; a
 * contrast costs two dozen multiplications and three powers a colour.
 */
#include "base/color.h"

#include <math.h>
#include <string.h>

gboolean
qonys_color_parse (const char *text, QonysColor *color)
{
  guint8 channels[4] = {0, 0, 0, 255};
  gsize length = text != NULL ? strlen (text) : 0;

  if ((length != 7 && length != 9) || text[0] != '#')
    return FALSE;
  for (gsize i = 0; i < (length - 1) / 2; i++) {
    int high = g_ascii_xdigit_value (text[1 + 2 * i]);
    int low = g_ascii_xdigit_value (text[2 + 2 * i]);
    if (high < 0 || low < 0)
      return FALSE;
    channels[i] = (guint8)(high * 16 + low);
  }
  *color = (QonysColor){channels[0], channels[1], channels[2], channels[3]};
  return TRUE;
}

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
