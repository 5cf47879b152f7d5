/* A look survives being written, and a broken text changes nothing. */

#include "draw-support.h"

static void
test_as_text (void)
{
  QonysStyle style = qonys_style_get_default (), read = style, kept;
  g_autofree char *text = NULL, *again = NULL;

  style.has_schematic_base = FALSE;
  style.has_items = FALSE;
  style.layers[QONYS_LAYER_RAIDS] = (QonysLayerStyle){FALSE, 0.35, QONYS_MODE_HEAT, 0};
  style.layers[QONYS_LAYER_FICTITIOUS] = (QonysLayerStyle){TRUE, 1, QONYS_MODE_POINTS, 4.5};
  text = qonys_style_to_text (&style);
  read.is_dark = TRUE;
  g_assert_true (qonys_style_parse (text, &read));
  again = qonys_style_to_text (&read);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (read.is_dark); /* of the screen, not of the project */
  g_assert_false (read.layers[QONYS_LAYER_RAIDS].is_visible);
  g_assert_cmpfloat (read.layers[QONYS_LAYER_RAIDS].opacity, ==, 0.35);
  g_assert_cmpfloat (read.layers[QONYS_LAYER_FICTITIOUS].point_size_px, ==, 4.5);

  g_assert_false (read.has_items);
  g_assert_true (read.has_annotations);
  g_assert_true (qonys_style_parse ("items=1;annotations=0", &read));
  g_assert_true (read.has_items);
  g_assert_false (read.has_annotations);

  kept = read;
  g_assert_false (qonys_style_parse ("raids=1,2,marks,0", &read));
  g_assert_false (qonys_style_parse ("raids=1,1,stars,0", &read));
  g_assert_false (qonys_style_parse ("raids=1", &read));
  g_assert_false (qonys_style_parse ("raids", &read));
  g_assert_cmpmem (&read, sizeof read, &kept, sizeof kept);
  g_assert_true (qonys_style_parse ("someday=1,1,marks,0", &read));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/style/as-text", test_as_text);
  return g_test_run ();
}
