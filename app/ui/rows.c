/* Small widgets every panel is made of; some fifty in a window, made anew when a panel is filled.
 */

#include "ui/rows.h"
#include "draw/painter.h"
#include <adwaita.h>

#define ID_KEY "qonys-id"

GtkWidget *
qonys_list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "qonys-list");
  return list;
}

GtkWidget *
qonys_text_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34); /* the sidebar's width, to measure by */
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
qonys_list_append (GtkWidget *list, const char *id, GtkWidget *child, const char *name,
                   const char *description)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description == NULL ? "" : description, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

GtkWidget *
qonys_list_add (GtkWidget *list, const char *id, const char *badge, const char *title,
                const char *subtitle, GtkWidget *prefix, GtkWidget *suffix)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title_label = qonys_text_new (title, NULL);

  if (prefix != NULL)
    gtk_box_append (GTK_BOX (box), prefix);
  if (badge != NULL) {
    GtkWidget *badge_label = qonys_text_new (badge, "qonys-badge");

    gtk_label_set_width_chars (GTK_LABEL (badge_label), 3);
    gtk_widget_set_valign (badge_label, GTK_ALIGN_BASELINE);
    gtk_widget_set_valign (texts, GTK_ALIGN_BASELINE);
    gtk_box_append (GTK_BOX (box), badge_label);
  } else {
    gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  }
  gtk_box_append (GTK_BOX (texts), title_label);
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (texts), qonys_text_new (subtitle, "qonys-subtitle"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  if (suffix != NULL) {
    gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), suffix);
  }
  return qonys_list_append (list, id, box, title, subtitle);
}

const char *
qonys_row_get_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), ID_KEY);
}

GtkWidget *
qonys_heading_new (const char *text)
{
  return qonys_text_new (text, "qonys-heading");
}

GtkWidget *
qonys_quote_new (const char *text)
{
  GtkWidget *label = qonys_text_new (text, "qonys-quote");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

GtkWidget *
qonys_pill_new (const char *icon_name, const char *text)
{
  GtkWidget *pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_add_css_class (pill, "qonys-pill");
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  if (icon_name != NULL) {
    GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (pill), icon);
  }
  gtk_box_append (GTK_BOX (pill), qonys_text_new (text, NULL));
  return pill;
}

GtkWidget *
qonys_entry_row_new (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static void
draw_symbol (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer layer)
{
  qonys_paint_symbol (cr, GPOINTER_TO_INT (layer), MIN (width, height),
                      adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static void
draw_note_symbol (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer kind)
{
  qonys_paint_note_symbol (cr, GPOINTER_TO_UINT (kind), MIN (width, height),
                           adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static GtkWidget *
area_new (GtkDrawingAreaDrawFunc draw, gpointer what, int size_px)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), size_px);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), size_px);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw, what, NULL);
  return area;
}

GtkWidget *
qonys_symbol_new (int layer, int size_px)
{
  return area_new (draw_symbol, GINT_TO_POINTER (layer), size_px);
}

GtkWidget *
qonys_note_symbol_new (int note_kind, int size_px)
{
  return area_new (draw_note_symbol, GINT_TO_POINTER (note_kind), size_px);
}

void
qonys_box_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}
