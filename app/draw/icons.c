/* Symbols of landmarks: a roundel with a small sign, drawn as paths around the origin. A few dozen
 * a picture. */

#include "draw/private.h"
#include <math.h>
#include <string.h>

static void
polygon (cairo_t *cr, const double (*v)[2], guint n)
{
  cairo_move_to (cr, v[0][0], v[0][1]);
  for (guint i = 1; i < n; i++)
    cairo_line_to (cr, v[i][0], v[i][1]);
  cairo_close_path (cr);
}

#define POLYGON(cr, ...)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const double v_[][2] = {__VA_ARGS__};                                                   \
    polygon (cr, v_, G_N_ELEMENTS (v_));                                                           \
  }                                                                                                \
  G_STMT_END

/* The signs fill a square from −1 to 1. */

static void
sign_government (cairo_t *cr)
{
  POLYGON (cr, {-0.95, -0.3}, {0, -0.95}, {0.95, -0.3});
  for (int i = -1; i <= 1; i++)
    cairo_rectangle (cr, i * 0.55 - 0.14, -0.12, 0.28, 0.64);
  cairo_rectangle (cr, -0.9, 0.64, 1.8, 0.26);
}

static void
sign_market (cairo_t *cr)
{
  POLYGON (cr, {-0.85, -0.25}, {0.85, -0.25}, {0.7, 0.9}, {-0.7, 0.9});
  cairo_fill (cr);
  cairo_arc (cr, 0, -0.3, 0.45, G_PI, 2 * G_PI);
  cairo_set_line_width (cr, 0.24);
  cairo_stroke (cr);
}

static void
sign_transport (cairo_t *cr)
{
  cairo_rectangle (cr, -0.75, -0.9, 1.5, 1.35);
  cairo_rectangle (cr, -0.5, -0.65, 1, 0.5);
  cairo_fill (cr);
  cairo_arc (cr, -0.45, 0.75, 0.2, 0, 2 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0.45, 0.75, 0.2, 0, 2 * G_PI);
}

static void
sign_culture (cairo_t *cr)
{
  for (guint i = 0; i < 10; i++) {
    double r = i % 2 ? 0.42 : 1.0, angle = -G_PI / 2 + i * G_PI / 5;
    cairo_line_to (cr, r * cos (angle), r * sin (angle));
  }
  cairo_close_path (cr);
}

static void
sign_education (cairo_t *cr)
{
  POLYGON (cr, {-1, -0.25}, {0, -0.75}, {1, -0.25}, {0, 0.25});
  POLYGON (cr, {-0.55, 0.2}, {0, 0.5}, {0.55, 0.2}, {0.55, 0.6}, {0, 0.85}, {-0.55, 0.6});
}

static void
sign_worship (cairo_t *cr)
{
  cairo_arc (cr, 0, 0.25, 0.62, G_PI, 2 * G_PI);
  cairo_close_path (cr);
  cairo_rectangle (cr, -0.75, 0.38, 1.5, 0.45);
  cairo_rectangle (cr, -0.09, -0.95, 0.18, 0.6);
}

static void
sign_sport (cairo_t *cr)
{
  cairo_save (cr);
  cairo_scale (cr, 1, 0.66);
  cairo_arc (cr, 0, 0, 0.9, 0, 2 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 0.45, 0, 2 * G_PI);
  cairo_restore (cr);
}

static void
sign_park (cairo_t *cr)
{
  cairo_arc (cr, 0, -0.25, 0.65, 0, 2 * G_PI);
  cairo_rectangle (cr, -0.13, 0.3, 0.26, 0.65);
}

static void
sign_monument (cairo_t *cr)
{
  POLYGON (cr, {-0.22, 0.6}, {-0.1, -0.8}, {0, -1}, {0.1, -0.8}, {0.22, 0.6});
  cairo_rectangle (cr, -0.6, 0.66, 1.2, 0.28);
}

static void
sign_dot (cairo_t *cr)
{
  cairo_arc (cr, 0, 0, 0.55, 0, 2 * G_PI);
}

static const struct {
  const char *kind;
  void (*sign) (cairo_t *);
} signs[] = {
    {"government", sign_government}, {"market", sign_market},   {"mall", sign_market},
    {"transport", sign_transport},   {"culture", sign_culture}, {"education", sign_education},
    {"worship", sign_worship},       {"sport", sign_sport},     {"park", sign_park},
    {"monument", sign_monument},
};

gboolean
qonys_paint_landmark (cairo_t *cr, const QonysPalette *palette, const char *kind, double size_px)
{
  void (*sign) (cairo_t *) = sign_dot;

  if (g_strcmp0 (kind, "massif") == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_strcmp0 (kind, signs[i].kind) == 0)
      sign = signs[i].sign;
  cairo_save (cr);
  cairo_arc (cr, 0, 0, size_px / 2 + 1, 0, 2 * G_PI);
  qonys_set_color (cr, palette->halo, 1);
  cairo_fill (cr);
  cairo_arc (cr, 0, 0, size_px / 2, 0, 2 * G_PI);
  qonys_set_color (cr, sign == sign_park ? palette->park : palette->symbol, 1);
  cairo_fill (cr);
  cairo_scale (cr, size_px * 0.3, size_px * 0.3);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  qonys_set_color (cr, palette->symbol_ink, 1);
  sign (cr);
  cairo_fill (cr);
  cairo_restore (cr);
  return TRUE;
}
