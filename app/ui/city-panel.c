/* The city's twenty figures, in the order of the resolution's paragraphs, with qualifiers and
 * periods as given; the service channels as bars of one length for the total, so that what the
 * resolution leaves out is seen and not shared out. */

#include "ui/city-panel.h"
#include "base/format.h"
#include "domain/catalogue.h"
#include "ui/catalogue-view.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

struct _QonysCityPanel {
  QonysPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (QonysCityPanel, qonys_city_panel, QONYS_TYPE_PANEL)

/* Figures that are parts of a total stand under it as bars of the same scale. */
static void
append_bar (GtkWidget *box, const QonysFigure *part, const QonysFigure *total)
{
  g_autofree char *value = qonys_format_int ((gint64)part->value);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = qonys_text_new (qonys_text3_get (&part->title), NULL);
  GtkWidget *number = gtk_label_new (value);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, total->value);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (number, "qonys-number");
  gtk_widget_set_valign (number, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), number);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), part->value);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_add_css_class (bar, part->is_derived ? "qonys-bar-derived" : "qonys-bar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  qonys_text3_get (&part->title), -1);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (row), bar);
  if (part->is_derived)
    gtk_box_append (GTK_BOX (row), qonys_text_new (_ ("Computed: the total less the channels "
                                                      "named. The resolution does not say."),
                                                   "qonys-subtitle"));
  gtk_widget_add_css_class (row, "qonys-figure");
  gtk_box_append (GTK_BOX (box), row);
}

static void
append_figure (QonysPanel *panel, GtkWidget *box, const QonysFigure *figure)
{
  const GPtrArray *figures = qonys_catalogue_get ()->figures;
  g_autofree char *value = qonys_figure_format (figure);
  g_autofree char *period = qonys_figure_format_period (figure);
  const char *title = qonys_text3_get (&figure->title);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", value, period);
  GtkWidget *list = qonys_list_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), qonys_text_new (title, NULL));
  gtk_box_append (GTK_BOX (texts), qonys_text_new (value, "qonys-value"));
  gtk_box_append (GTK_BOX (texts), qonys_text_new (period, "qonys-subtitle"));
  qonys_list_append (list, figure->id, texts, title, spoken);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_row_activated_cb),
                            panel);
  gtk_box_append (GTK_BOX (box), list);
  for (guint i = 0; i < figures->len; i++) {
    const QonysFigure *part = g_ptr_array_index (figures, i);

    if (g_strcmp0 (part->part_of, figure->id) == 0)
      append_bar (box, part, figure);
  }
}

static void
append_checks (GtkWidget *box)
{
  const GPtrArray *checks = qonys_catalogue_get ()->checks;

  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Do the figures agree?")));
  for (guint i = 0; i < checks->len; i++) {
    const QonysCheck *check = g_ptr_array_index (checks, i);
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
    GtkWidget *icon = gtk_image_new_from_icon_name (check->is_ok ? "emblem-ok-symbolic"
                                                                 : "dialog-question-symbolic");

    gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    check->is_ok ? _ ("Agrees") : _ ("Does not add up"), -1);
    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (row), icon);
    gtk_box_append (GTK_BOX (row), qonys_text_new (qonys_text3_get (&check->text), NULL));
    gtk_widget_add_css_class (row, "qonys-figure");
    gtk_box_append (GTK_BOX (box), row);
  }
}

static void
fill_list (QonysPanel *panel, GtkWidget *box)
{
  const struct {
    const char *paragraph, *title;
  } groups[] = {
      {"A2", N_ ("Public services")},
      {"A3", N_ ("Operations and violations")},
      {"A4", NULL},
      {"A5", N_ ("Kandas and ethnic Kazakhs")},
      {"A6", NULL},
      {"A7", N_ ("Foreign labour")},
      {"A8", N_ ("People seeking refuge")},
      {"A9", N_ ("Arrivals and departures")},
      {"5", N_ ("Reporting to the commission")},
  };
  const GPtrArray *figures = qonys_catalogue_get ()->figures;

  gtk_box_append (GTK_BOX (box),
                  qonys_text_new (_ ("What the resolution of 25.01.2024 says of the whole city. "
                                     "None of it is split into districts."),
                                  "qonys-intro"));
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++) {
    if (groups[g].title != NULL)
      gtk_box_append (GTK_BOX (box), qonys_heading_new (_ (groups[g].title)));
    for (guint i = 0; i < figures->len; i++) {
      const QonysFigure *figure = g_ptr_array_index (figures, i);

      if (figure->part_of == NULL && g_strcmp0 (figure->paragraph, groups[g].paragraph) == 0)
        append_figure (panel, box, figure);
    }
  }
  append_checks (box);
}

static void
fill_item (QonysPanel *panel, const char *id, GtkWidget *box)
{
  const QonysFigure *figure = qonys_catalogue_find_figure (id);
  const GPtrArray *problems = qonys_catalogue_get ()->problems;
  char *const figures[] = {figure->id, NULL};
  char *const paragraphs[] = {figure->paragraph, NULL};
  GtkWidget *list = qonys_list_new ();

  qonys_append_figures (box, figures);
  if (!figure->is_period_stated)
    gtk_box_append (GTK_BOX (box), qonys_text_new (_ ("The resolution does not state the period; "
                                                      "it is our reading."),
                                                   "qonys-note"));
  if (figure->formula != NULL)
    gtk_box_append (GTK_BOX (box), qonys_text_new (figure->formula, "qonys-subtitle"));
  gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Problems it speaks of")));
  for (guint i = 0; i < problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (problems, i);

    if (g_strv_contains ((const char *const *)problem->figures, id))
      qonys_list_add (list, problem->id, NULL, qonys_text3_get (&problem->title), NULL, NULL,
                      gtk_image_new_from_icon_name ("go-next-symbolic"));
  }
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (qonys_panel_open_elsewhere_cb),
                            panel);
  gtk_box_append (GTK_BOX (box), list);
  if (figure->paragraph != NULL) {
    gtk_box_append (GTK_BOX (box), qonys_heading_new (_ ("Where the resolution says so")));
    qonys_append_paragraphs (box, paragraphs);
  }
}

static gboolean
has_item (QonysPanel *panel, const char *id)
{
  return qonys_catalogue_find_figure (id) != NULL;
}

static void
qonys_city_panel_class_init (QonysCityPanelClass *klass)
{
  QonysPanelClass *panel_class = QONYS_PANEL_CLASS (klass);

  panel_class->fill_list = fill_list;
  panel_class->fill_item = fill_item;
  panel_class->has_item = has_item;
}

static void
qonys_city_panel_init (QonysCityPanel *self)
{
}
