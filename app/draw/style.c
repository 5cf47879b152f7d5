/* Looks as plain values, and as the text a project file and its scenes keep: a hundred bytes, read
 * when somebody changes a look. What is selected is one interned text however much it is, so that
 * a style stays a value: a selection leaves its ids behind, 37 bytes each. */

#include "draw/painter.h"

#include <math.h>
#include <string.h>

static const char *const MODES[] = {"marks", "heat", "points"};

QonysStyle
qonys_style_get_default (void)
{
  QonysStyle style = {.has_schematic_base = TRUE,
                      .text_scale = 1,
                      .selected_x = NAN,
                      .selected_y = NAN,
                      .has_items = TRUE,
                      .has_annotations = TRUE};

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i] = (QonysLayerStyle){TRUE, 1, QONYS_MODE_MARKS};
  return style;
}

void
qonys_style_select_entries (QonysStyle *style, const char *const *ids)
{
  g_autofree char *joined = ids == NULL ? NULL : g_strjoinv ("\n", (char **)ids);

  style->selected_entries = joined == NULL || *joined == '\0' ? NULL : g_intern_string (joined);
}

char **
qonys_style_dup_selected_entries (const QonysStyle *style)
{
  return g_strsplit (style->selected_entries != NULL ? style->selected_entries : "", "\n", -1);
}

GHashTable *
qonys_style_get_selected_set (const QonysStyle *style)
{
  g_autofree char **ids = qonys_style_dup_selected_entries (style);
  GHashTable *set = NULL;

  if (ids[0] != NULL)
    set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, ids[i]);
  return set;
}

const char *
qonys_style_get_selected_entry (const QonysStyle *style)
{
  const char *ids = style->selected_entries;

  return ids != NULL && strchr (ids, '\n') == NULL ? ids : "";
}

char *
qonys_style_to_text (const QonysStyle *style)
{
  GString *text = g_string_new (style->has_schematic_base ? "base=schematic" : "base=tiles");
  char opacity[G_ASCII_DTOSTR_BUF_SIZE], size[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, ";items=%d;annotations=%d", style->has_items,
                          style->has_annotations);
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    const QonysLayerStyle *layer = &style->layers[i];

    g_string_append_printf (text, ";%s=%d,%s,%s,%s", qonys_layer_get_id (i), layer->is_visible,
                            g_ascii_formatd (opacity, sizeof opacity, "%.3g", layer->opacity),
                            MODES[layer->mode],
                            g_ascii_formatd (size, sizeof size, "%.3g", layer->point_size_px));
  }
  return g_string_free (text, FALSE);
}

static gboolean
read_number (const char *text, double min, double max, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *value >= min && *value <= max;
}

static gboolean
read_layer (const char *text, QonysLayerStyle *layer)
{
  g_auto (GStrv) values = g_strsplit (text, ",", -1);
  guint mode = 0;

  if (g_strv_length (values) != 4)
    return FALSE;
  while (mode < G_N_ELEMENTS (MODES) && !g_str_equal (values[2], MODES[mode]))
    mode++;
  layer->is_visible = g_str_equal (values[0], "1");
  layer->mode = mode;
  return mode < G_N_ELEMENTS (MODES) && read_number (values[1], 0, 1, &layer->opacity) &&
         read_number (values[3], 0, QONYS_MAX_POINT_SIZE_PX, &layer->point_size_px);
}

gboolean
qonys_style_parse (const char *text, QonysStyle *style)
{
  QonysStyle read = *style;
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char *value = strchr (parts[i], '=');
    QonysLayer layer;

    if (value == NULL)
      return FALSE;
    *value++ = '\0';
    if (g_str_equal (parts[i], "base"))
      read.has_schematic_base = !g_str_equal (value, "tiles");
    else if (g_str_equal (parts[i], "items"))
      read.has_items = g_str_equal (value, "1");
    else if (g_str_equal (parts[i], "annotations"))
      read.has_annotations = g_str_equal (value, "1");
    else if (qonys_layer_parse (parts[i], &layer) && !read_layer (value, &read.layers[layer]))
      return FALSE;
  }
  *style = read;
  return TRUE;
}
