/* The widgets of lines: as many as fit on the screen, used again and again while one scrolls. */

#include "base/format.h"
#include "domain/workflow.h"
#include "ui/measure-list-private.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define PARTS_KEY "qonys-parts"

typedef struct {
  GtkWidget *heading, *row, *badge, *title, *note, *icon;
} Parts;

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  parts->heading = qonys_heading_new ("");
  parts->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  parts->badge = qonys_text_new ("", "qonys-badge");
  parts->title = qonys_text_new ("", NULL);
  parts->note = qonys_text_new ("", "qonys-subtitle");
  parts->icon = gtk_image_new ();
  gtk_label_set_width_chars (GTK_LABEL (parts->badge), 3);
  gtk_widget_set_valign (parts->badge, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (texts, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (parts->icon, "dim-label");
  gtk_box_append (GTK_BOX (texts), parts->title);
  gtk_box_append (GTK_BOX (texts), parts->note);
  gtk_box_append (GTK_BOX (parts->row), parts->badge);
  gtk_box_append (GTK_BOX (parts->row), texts);
  gtk_box_append (GTK_BOX (parts->row), parts->icon);
  gtk_box_append (GTK_BOX (box), parts->heading);
  gtk_box_append (GTK_BOX (box), parts->row);
  g_object_set_data_full (G_OBJECT (box), PARTS_KEY, parts, g_free);
  gtk_list_item_set_child (item, box);
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

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  const QonysMeasureLine *line = gtk_list_item_get_item (item);
  const QonysEntry *measure = line->measure;
  const Parts *parts = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), PARTS_KEY);

  gtk_widget_set_visible (parts->heading, measure == NULL);
  gtk_widget_set_visible (parts->row, measure != NULL);
  gtk_list_item_set_activatable (item, measure != NULL);
  gtk_list_item_set_selectable (item, measure != NULL);
  if (measure == NULL) {
    gtk_label_set_text (GTK_LABEL (parts->heading), line->heading);
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
    gtk_widget_set_tooltip_text (parts->icon, status);
    gtk_accessible_update_property (GTK_ACCESSIBLE (parts->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    status, -1);
    gtk_widget_set_tooltip_text (parts->row, is_own           ? _ ("Not of the resolution")
                                             : is_recommended ? _ ("Recommendation, not an order")
                                                              : _ ("Decision of the commission"));
  }
}

GtkListItemFactory *
qonys_measure_list_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
