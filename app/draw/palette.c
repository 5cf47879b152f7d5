/* Colours. Two looks, light and dark, as constant tables; classes between two ends are mixed in
 * CIE L*a*b* so that equal steps look equal and stay apart in grey. A mix costs about 0.3 µs. */

#include "draw/private.h"
#include <math.h>

#define RGB(hex)                                                                                   \
  {                                                                                                \
    (hex) >> 16 & 255, (hex) >> 8 & 255, (hex)&255, 255                                            \
  }
#define RGBA(hex, a)                                                                               \
  {                                                                                                \
    (hex) >> 16 & 255, (hex) >> 8 & 255, (hex)&255, a                                              \
  }

/* Okabe & Ito's orange, reddish purple and blue: told apart with any colour vision, and by
 * lightness in grey. */
#define ORANGE RGB (0xE69F00)
#define PURPLE RGB (0xCC79A7)
#define BLUE RGB (0x0072B2)

static const QonysPalette light = {
    .outside = RGB (0xECEAE4),
    .land = RGB (0xFAF9F5),
    .ink = RGB (0x1D2326),
    .muted = RGB (0x52595E),
    .halo = RGBA (0xFFFFFF, 220),
    .water = RGB (0xB4D5EC),
    .water_edge = RGB (0x86B5D8),
    .water_ink = RGB (0x1F5A8A),
    .road = RGB (0xFFFFFF),
    .road_edge = RGB (0xC9C4B8),
    .main_road = RGB (0xFFF1CF),
    .main_road_edge = RGB (0xC9B384),
    .rail = RGB (0x7D7A76),
    .rail_tie = RGB (0x7D7A76),
    .border = RGB (0x6C6585),
    .unknown = RGB (0xF4F3EF),
    .pattern = RGB (0x9A9AA0),
    .ramp_low = RGB (0xEEF4EF),
    .ramp_high = RGB (0x75A498),
    .mark = {RGB (0x75A498), ORANGE, PURPLE, BLUE},
    .mark_edge = {RGB (0x3F6A60), RGB (0x7A5200), RGB (0x7B2F58), RGB (0x00395C)},
    .cell_low = {RGB (0xEEF4EF), RGB (0xFDF0D2), RGB (0xF8E4EE), RGB (0xDDECF7)},
    .cell_high = {RGB (0x75A498), RGB (0xE0930A), RGB (0xC0709C), RGB (0x5C9CC8)},
    .accent = RGB (0xD0470A),
    .panel = RGBA (0xFFFFFF, 225),
    .panel_edge = RGB (0xB9B6AE),
    .symbol = RGB (0x6A6F75),
    .symbol_ink = RGB (0xFFFFFF),
    .park = RGB (0x5E8F57),
    .item = RGB (0x2B3A42),
    .note = RGB (0x006B57),
};

static const QonysPalette dark = {
    .outside = RGB (0x17191C),
    .land = RGB (0x212428),
    .ink = RGB (0xF3F5F6),
    .muted = RGB (0xB2BAC0),
    .halo = RGBA (0x15171A, 220),
    .water = RGB (0x2C5069),
    .water_edge = RGB (0x3F6C8A),
    .water_ink = RGB (0x9CCBEE),
    .road = RGB (0x565C63),
    .road_edge = RGB (0x25282C),
    .main_road = RGB (0x776C50),
    .main_road_edge = RGB (0x25282C),
    .rail = RGB (0x878D93),
    .rail_tie = RGB (0x878D93),
    .border = RGB (0xA9A3C4),
    .unknown = RGB (0x26292D),
    .pattern = RGB (0x767B82),
    .ramp_low = RGB (0x1C2426),
    .ramp_high = RGB (0x287B69),
    .mark = {RGB (0x4C8073), ORANGE, PURPLE, RGB (0x2A8BC8)},
    .mark_edge = {RGB (0xA6D3C6), RGB (0xFFDB94), RGB (0xF7CBE2), RGB (0xBFE2F8)},
    .cell_low = {RGB (0x283331), RGB (0x3A3018), RGB (0x38252F), RGB (0x1D2F3C)},
    .cell_high = {RGB (0x4C8073), RGB (0xC98B06), RGB (0xB2668F), RGB (0x2F7DB0)},
    .accent = RGB (0xFF8A4C),
    .panel = RGBA (0x25282C, 230),
    .panel_edge = RGB (0x53585E),
    .symbol = RGB (0xA9B0B6),
    .symbol_ink = RGB (0x1B1E21),
    .park = RGB (0x86B97E),
    .item = RGB (0xE6ECEF),
    .note = RGB (0x5FD6BC),
};

const QonysPalette *
qonys_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

static double
to_linear (guint8 channel)
{
  double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static guint8
from_linear (double c)
{
  double s = c <= 0.0031308 ? 12.92 * c : 1.055 * pow (c, 1 / 2.4) - 0.055;
  return (guint8)lrint (CLAMP (s, 0, 1) * 255);
}

static double
lab_f (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

static double
lab_f_inverse (double f)
{
  return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
}

/* D65 white. */
static const double white_x = 0.95047, white_z = 1.08883;

static void
to_lab (QonysColor color, double lab[3])
{
  double r = to_linear (color.red), g = to_linear (color.green), b = to_linear (color.blue);
  double fx = lab_f ((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white_x);
  double fy = lab_f (0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
  double fz = lab_f ((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / white_z);

  lab[0] = 116 * fy - 16;
  lab[1] = 500 * (fx - fy);
  lab[2] = 200 * (fy - fz);
}

static QonysColor
from_lab (const double lab[3], guint8 alpha)
{
  double fy = (lab[0] + 16) / 116;
  double x = white_x * lab_f_inverse (fy + lab[1] / 500);
  double y = lab_f_inverse (fy);
  double z = white_z * lab_f_inverse (fy - lab[2] / 200);

  return (QonysColor){from_linear (3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
                      from_linear (-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
                      from_linear (0.0556434 * x - 0.2040259 * y + 1.0572252 * z), alpha};
}

QonysColor
qonys_color_mix (QonysColor a, QonysColor b, double t)
{
  double from[3], to[3], mixed[3];

  to_lab (a, from);
  to_lab (b, to);
  for (guint i = 0; i < 3; i++)
    mixed[i] = from[i] + (to[i] - from[i]) * t;
  return from_lab (mixed, (guint8)lrint (a.alpha + (b.alpha - a.alpha) * t));
}

QonysColor
qonys_color_class (QonysColor low, QonysColor high, guint i, guint n)
{
  return qonys_color_mix (low, high, n > 1 ? (double)i / (n - 1) : 0.5);
}

double
qonys_color_get_lightness (QonysColor color)
{
  double lab[3];

  to_lab (color, lab);
  return lab[0];
}

QonysColor
qonys_color_ink_on (QonysColor ground)
{
  /* Pure black: with it no ground is left on which neither reaches 4.5 : 1. */
  QonysColor black = RGB (0x000000), white = RGB (0xFFFFFF);

  return qonys_color_get_contrast (black, ground) >= qonys_color_get_contrast (white, ground)
             ? black
             : white;
}

void
qonys_set_color (cairo_t *cr, QonysColor color, double opacity)
{
  cairo_set_source_rgba (cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0,
                         color.alpha / 255.0 * opacity);
}
