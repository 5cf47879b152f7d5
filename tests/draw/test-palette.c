/* Colours can be told apart, in grey too, and words can be read on them. */

#include "draw-support.h"

#include <math.h>

static void
check_ramp (QonysColor low, QonysColor high, guint max_classes, double least_step)
{
  for (guint n = 2; n <= max_classes; n++) {
    double sign = qonys_color_get_lightness (high) > qonys_color_get_lightness (low) ? 1 : -1;

    for (guint i = 1; i < n; i++)
      g_assert_cmpfloat (sign *
                             (qonys_color_get_lightness (qonys_color_class (low, high, i, n)) -
                              qonys_color_get_lightness (qonys_color_class (low, high, i - 1, n))),
                         >=, least_step);
  }
}

/* A printer without colours keeps the classes apart. */
static void
test_grey (void)
{
  for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++) {
    const QonysPalette *palette = qonys_palette_get (is_dark);

    check_ramp (palette->ramp_low, palette->ramp_high, 5, 5);
    check_ramp (palette->ramp_low, palette->ramp_high, 9, 2.5);
    for (guint i = QONYS_LAYER_FICTITIOUS; i <= QONYS_LAYER_OVERCROWDED; i++)
      check_ramp (palette->cell_low[i], palette->cell_high[i], 5, 5);
  }
}

static void
test_ends (void)
{
  QonysColor low = {10, 20, 30, 255}, high = {200, 180, 160, 255}, mixed;

  mixed = qonys_color_class (low, high, 0, 5);
  g_assert_cmpint (mixed.red, ==, 10);
  g_assert_cmpint (mixed.blue, ==, 30);
  mixed = qonys_color_class (low, high, 4, 5);
  g_assert_cmpint (mixed.red, ==, 200);
  g_assert_cmpint (mixed.green, ==, 180);
  /* One class alone is in the middle. */
  g_assert_cmpfloat_with_epsilon (
      qonys_color_get_lightness (qonys_color_class (low, high, 0, 1)),
      (qonys_color_get_lightness (low) + qonys_color_get_lightness (high)) / 2, 1);
  g_assert_cmpfloat_with_epsilon (qonys_color_get_lightness ((QonysColor){255, 255, 255, 255}), 100,
                                  0.01);
  g_assert_cmpfloat_with_epsilon (qonys_color_get_lightness ((QonysColor){119, 119, 119, 255}),
                                  50.03, 0.1);
}

/* WCAG 2.1: words 4.5 : 1, graphics 3 : 1. */
static void
test_contrast (void)
{
  for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++) {
    const QonysPalette *p = qonys_palette_get (is_dark);
    const QonysColor grounds[] = {p->outside, p->land, p->unknown, p->ramp_low};

    for (guint i = 0; i < 9; i++)
      g_assert_cmpfloat (
          qonys_color_get_contrast (p->ink, qonys_color_class (p->ramp_low, p->ramp_high, i, 9)),
          >=, 4.5);
    for (guint i = 0; i < G_N_ELEMENTS (grounds); i++) {
      g_assert_cmpfloat (qonys_color_get_contrast (p->ink, grounds[i]), >=, 4.5);
      g_assert_cmpfloat (qonys_color_get_contrast (p->muted, grounds[i]), >=, 4.5);
      g_assert_cmpfloat (qonys_color_get_contrast (p->water_ink, grounds[i]), >=, 4.5);
      g_assert_cmpfloat (qonys_color_get_contrast (p->border, grounds[i]), >=, 3);
      g_assert_cmpfloat (qonys_color_get_contrast (p->accent, grounds[i]), >=, 3);
    }
    for (guint layer = QONYS_LAYER_FICTITIOUS; layer < QONYS_N_LAYERS; layer++) {
      g_assert_cmpfloat (
          qonys_color_get_contrast (qonys_color_ink_on (p->mark[layer]), p->mark[layer]), >=, 4.5);
      for (guint i = 0; i < 5; i++) {
        QonysColor cell = qonys_color_class (p->cell_low[layer], p->cell_high[layer], i, 5);
        g_assert_cmpfloat (qonys_color_get_contrast (qonys_color_ink_on (cell), cell), >=, 4.5);
      }
      for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
        g_assert_cmpfloat (qonys_color_get_contrast (p->mark_edge[layer], grounds[i]), >=, 3);
    }
  }
  for (guint i = QONYS_AUDIENCE_COMMITTEE; i <= QONYS_AUDIENCE_OFFICIAL; i++) {
    QonysColor color = qonys_audience_get_color (i);
    g_assert_cmpfloat (qonys_color_get_contrast (qonys_color_ink_on (color), color), >=, 4.5);
  }
  g_assert_cmpint (qonys_audience_get_color (QONYS_AUDIENCE_PUBLIC).alpha, ==, 0);
}

/* The three layers' marks keep apart in grey. */
static void
test_marks_in_grey (void)
{
  const QonysPalette *p = qonys_palette_get (FALSE);
  double fictitious = qonys_color_get_lightness (p->mark[QONYS_LAYER_FICTITIOUS]);
  double overcrowded = qonys_color_get_lightness (p->mark[QONYS_LAYER_OVERCROWDED]);
  double raids = qonys_color_get_lightness (p->mark[QONYS_LAYER_RAIDS]);

  g_assert_cmpfloat (fictitious - overcrowded, >, 5);
  g_assert_cmpfloat (overcrowded - raids, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/grey", test_grey);
  g_test_add_func ("/palette/ends", test_ends);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/marks-in-grey", test_marks_in_grey);
  return g_test_run ();
}
