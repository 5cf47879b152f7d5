/* The contrast of colours against values known from WCAG. */
#include "support.h"

#include "base/color.h"

#include <math.h>

static void
test_contrast (void)
{
  QonysColor black = {0, 0, 0, 255}, white = {255, 255, 255, 255}, gray = {0x76, 0x76, 0x76, 255};
  QonysColor green = {0, 255, 0, 255}, blue = {0, 0, 255, 255};

  g_assert_cmpfloat_with_epsilon (qonys_color_get_contrast (black, white), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (qonys_color_get_contrast (white, white), 1, 1e-9);
  /* #767676 is the lightest gray that is AA on white. */
  g_assert_cmpfloat_with_epsilon (qonys_color_get_contrast (gray, white), 4.54, 0.01);
  g_assert_cmpfloat (qonys_color_get_contrast (gray, white), ==,
                     qonys_color_get_contrast (white, gray));
  g_assert_cmpfloat_with_epsilon (qonys_color_get_contrast (green, black), (0.7152 + 0.05) / 0.05,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (qonys_color_get_contrast (blue, black), (0.0722 + 0.05) / 0.05,
                                  1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/color/contrast", test_contrast);
  return g_test_run ();
}
