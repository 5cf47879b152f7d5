/* The widgets of lines: some two hundred a list, used again and again while one scrolls. GTK asks a
 * row of boxes and labels so often how wide it would like to be that a text is laid out a dozen
 * times before it is seen; a row here is as wide as its list, and only its height is asked. */

#include "base/format.h"
#include "domain/workflow.h"
#include "ui/measure-list-private.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define PARTS_KEY "qonys-parts"

#define SPACE_PX 8
#define ICON_PX 16
#define MIN_WIDTH_PX 150
#define NATURAL_WIDTH_PX 210

typedef struct {
  GtkWidget *heading, *badge, *title, *note, *icon;
} Parts;

/* ---- places ---- */

static const Parts *
get_parts (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), PARTS_KEY);
}

/* @baseline: (nullable): of the first line */
static int
get_height (GtkWidget *widget, int width_px, int *baseline)
{
  int height = 0, own = -1;

  if (gtk_widget_get_visible (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width_px, &height, NULL, &own, NULL);
  if (baseline != NULL)
    *baseline = MAX (own, 0);
  return height;
}

static int
get_badge_width (const Parts *parts)
{
  int width;

  gtk_widget_measure (parts->badge, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
get_text_width (const Parts *parts, int width_px)
{
  return MAX (width_px - get_badge_width (parts) - ICON_PX - 2 * SPACE_PX, 1);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *row)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_row (GtkWidget *row, GtkOrientation orientation, int for_px, int *min, int *natural,
             int *min_baseline, int *natural_baseline)
{
  const Parts *parts = get_parts (row);
  int width_px = for_px < 0 ? NATURAL_WIDTH_PX : for_px, text_px;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *min = MIN_WIDTH_PX;
    *natural = NATURAL_WIDTH_PX;
    return;
  }
  text_px = get_text_width (parts, width_px);
  *min = *natural =
      gtk_widget_get_visible (parts->heading)
          ? get_height (parts->heading, width_px, NULL)
          : get_height (parts->title, text_px, NULL) + get_height (parts->note, text_px, NULL);
}

static void
place (GtkWidget *widget, int x, int y, int width, int height)
{
  if (gtk_widget_get_visible (widget))
    gtk_widget_size_allocate (widget, &(GtkAllocation){x, y, width, height}, -1);
}

/* Badge and icon stand on the line of the title's first words. */
static void
place_row (GtkWidget *row, int width, int height, int baseline)
{
  const Parts *parts = get_parts (row);
  gboolean is_right = gtk_widget_get_direction (row) == GTK_TEXT_DIR_RTL;
  int badge = get_badge_width (parts), text = get_text_width (parts, width);
  int line, badge_line, title = get_height (parts->title, text, &line);
  int badge_height = get_height (parts->badge, badge, &badge_line);
  int text_x = is_right ? ICON_PX + SPACE_PX : badge + SPACE_PX;

  place (parts->heading, 0, 0, width, height);
  place (parts->badge, is_right ? width - badge : 0, line - badge_line, badge, badge_height);
  place (parts->title, text_x, 0, text, title);
  place (parts->note, text_x, title, text, get_height (parts->note, text, NULL));
  place (parts->icon, is_right ? 0 : width - ICON_PX, (height - ICON_PX) / 2, ICON_PX, ICON_PX);
}

/* ---- lines ---- */

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  parts->heading = qonys_heading_new ("");
  parts->badge = qonys_text_new ("", "qonys-badge");
  parts->title = qonys_text_new ("", NULL);
  parts->note = qonys_text_new ("", "qonys-subtitle");
  parts->icon = gtk_image_new ();
  gtk_label_set_width_chars (GTK_LABEL (parts->badge), 3);
  gtk_label_set_wrap (GTK_LABEL (parts->badge), FALSE);
  gtk_widget_add_css_class (parts->icon, "dim-label");
  gtk_box_append (GTK_BOX (row), parts->heading);
  gtk_box_append (GTK_BOX (row), parts->badge);
  gtk_box_append (GTK_BOX (row), parts->title);
  gtk_box_append (GTK_BOX (row), parts->note);
  gtk_box_append (GTK_BOX (row), parts->icon);
  gtk_widget_set_layout_manager (row,
                                 gtk_custom_layout_new (get_request_mode, measure_row, place_row));
  g_object_set_data_full (G_OBJECT (row), PARTS_KEY, parts, g_free);
  gtk_list_item_set_child (item, row);
}

/* Never by colour alone: a sign and words. */
static char *
dup_note (const QonysEntry *measure, gboolean has_mark)
{
  g_autofree char *due = qonys_format_day (qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY));
  gboolean is_marked = has_mark && qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED);
  g_autofree char *late = qonys_workflow_is_overdue (measure, qonys_day_today ())
                              ? g_strdup_printf (_ ("Overdue since %s"), due)
                              : NULL;

  if (late != NULL && is_marked)
    return g_strdup_printf ("%s · %s", late, _ ("recommendation"));
  return late != NULL ? g_steal_pointer (&late)
         : is_marked  ? g_strdup (_ ("recommendation"))
                      : NULL;
}

/* GTK asks the display where the pointer is at every tooltip that is set. */
static void
set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

static void
fill (GtkListItem *item)
{
  const QonysMeasureLine *line = gtk_list_item_get_item (item);
  const QonysEntry *measure = line->measure;
  GtkWidget *row = gtk_list_item_get_child (item);
  const Parts *parts = get_parts (row);

  gtk_widget_set_visible (parts->heading, measure == NULL);
  gtk_widget_set_visible (parts->badge, measure != NULL);
  gtk_widget_set_visible (parts->title, measure != NULL);
  gtk_widget_set_visible (parts->icon, measure != NULL);
  gtk_list_item_set_activatable (item, measure != NULL);
  gtk_list_item_set_selectable (item, measure != NULL);
  if (measure == NULL) {
    gtk_label_set_text (GTK_LABEL (parts->heading), line->heading);
    gtk_widget_set_visible (parts->note, FALSE);
    set_tooltip (row, NULL);
  } else {
    g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
    g_autofree char *note = dup_note (measure, line->has_mark);
    g_autofree char *status = qonys_measure_dup_status (measure);
    gboolean is_own = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN);
    gboolean is_recommended = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_RECOMMENDED);

    gtk_label_set_text (GTK_LABEL (parts->badge), is_own ? "＋" : qonys_entry_get_id (measure));
    gtk_label_set_text (GTK_LABEL (parts->title), title);
    gtk_label_set_text (GTK_LABEL (parts->note), note == NULL ? "" : note);
    gtk_widget_set_visible (parts->note, note != NULL);
    gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), qonys_measure_get_icon (measure));
    if (qonys_workflow_is_overdue (measure, qonys_day_today ()))
      gtk_widget_remove_css_class (parts->icon, "dim-label");
    else
      gtk_widget_add_css_class (parts->icon, "dim-label");
    set_tooltip (parts->icon, status);
    gtk_accessible_update_property (GTK_ACCESSIBLE (parts->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    status, -1);
    set_tooltip (row, is_own           ? _ ("Not of the resolution")
                      : is_recommended ? _ ("Recommendation, not an order")
                                       : _ ("Decision of the commission"));
  }
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  g_signal_connect_swapped (gtk_list_item_get_item (item), "changed", G_CALLBACK (fill), item);
  fill (item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), fill, item);
}

GtkListItemFactory *
qonys_measure_list_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
