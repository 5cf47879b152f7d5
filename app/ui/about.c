/* Our own page and not libadwaita’s, whose words are not in Kazakh. */

#include "ui/about.h"
#include "store/store.h"
#include "ui/dialogs.h"
#include "ui/rows.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
append_centred (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = qonys_text_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWindow *
qonys_about_show (GtkWindow *parent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (QONYS_APP_ID);
  g_autofree char *gdal = qonys_store_get_versions ();
  g_autofree char *versions =
      g_strdup_printf ("GTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n%s",
                       gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                       adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                       glib_major_version, glib_minor_version, glib_micro_version, gdal);

  gtk_widget_add_css_class (box, "qonys-report");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_box_append (GTK_BOX (box), icon);
  append_centred (box, "Qonys " QONYS_VERSION, "title-1");
  append_centred (
      box,
      _ ("A map of Astana’s migration problems and of the ways of solving them, after the "
         "resolution of the maslikhat’s standing commission of 25.01.2024. It works without the "
         "internet; there is no person in it; nothing leaves it except through its gate."),
      NULL);
  append_centred (box,
                  _ ("Free software under the GNU General Public License, version 3 or later, "
                     "without any warranty."),
                  "qonys-subtitle");
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Versions")));
  gtk_box_append (GTK_BOX (box), qonys_quote_new (versions));
  return qonys_dialogs_show_page (parent, _ ("About Qonys"), box, 460, 560);
}
