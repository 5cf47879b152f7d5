/* What the commands that draw have in common: which layers, which box, how large. */

#include "cli/cli-private.h"

#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

gboolean
_qonys_cli_choose_layers (const QonysCommand *command, const char *layers, const char *indicator,
                          QonysStyle *style, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (layers != NULL) {
    for (guint i = 0; i < QONYS_N_LAYERS; i++)
      style->layers[i].is_visible = FALSE;
    names = g_strsplit (layers, ",", -1);
    style->has_items = style->has_annotations = FALSE;
    for (guint i = 0; names[i] != NULL; i++) {
      QonysLayer layer;

      if (g_str_equal (names[i], "items")) {
        style->has_items = TRUE;
      } else if (g_str_equal (names[i], "annotations")) {
        style->has_annotations = TRUE;
      } else if (qonys_layer_parse (names[i], &layer)) {
        style->layers[layer].is_visible = TRUE;
      } else {
        _qonys_cli_set_usage_error (error, command,
                                    _ ("There is no layer “%s” to draw: layers are districts, "
                                       "fictitious, overcrowded, raids, items and annotations."),
                                    names[i]);
        return FALSE;
      }
    }
  }
  if (indicator != NULL)
    style->layers[QONYS_LAYER_DISTRICTS].is_visible = TRUE;
  return TRUE;
}

/* "71.2,51.0,71.6,51.3": west, south, east, north in degrees. */
gboolean
_qonys_cli_parse_box (const QonysCommand *command, const char *text, QonysBox *box, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  double sides[4];
  gboolean is_ok = g_strv_length (words) == 4;

  for (guint i = 0; is_ok && i < 4; i++) {
    char *end;

    sides[i] = g_ascii_strtod (words[i], &end);
    is_ok = end != words[i] && *end == '\0' && isfinite (sides[i]);
  }
  if (!is_ok || sides[0] >= sides[2] || sides[1] >= sides[3] || fabs (sides[0]) > 180 ||
      fabs (sides[2]) > 180 || fabs (sides[1]) > QONYS_MAX_LAT_DEG ||
      fabs (sides[3]) > QONYS_MAX_LAT_DEG) {
    _qonys_cli_set_usage_error (error, command,
                                _ ("“%s” is no box: write west, south, east, north in degrees, as "
                                   "in 71.2,51.0,71.6,51.3."),
                                text);
    return FALSE;
  }
  *box = (QonysBox){qonys_mercator_x (sides[0]), qonys_mercator_y (sides[3]),
                    qonys_mercator_x (sides[2]), qonys_mercator_y (sides[1])};
  return TRUE;
}

gboolean
_qonys_cli_parse_size (const QonysCommand *command, const char *text, int *width_px, int *height_px,
                       GError **error)
{
  char rest;

  if (sscanf (text, "%5dx%5d%c", width_px, height_px, &rest) == 2 && *width_px > 0 &&
      *height_px > 0)
    return TRUE;
  _qonys_cli_set_usage_error (error, command, _ ("“%s” is no size: write it as 1600x1000."), text);
  return FALSE;
}
