/* Figures and paragraphs of the resolution as widgets: a handful an item page. */

#include "ui/catalogue-view.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

const char *
qonys_level_get_title (const char *level)
{
  const struct {
    const char *id, *title;
  } levels[] = {
      {"address", N_ ("Address level")},   {"site", N_ ("Site level")},
      {"district", N_ ("District level")}, {"service_point", N_ ("Service point level")},
      {"city", N_ ("City level only")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (levels[i].id, level) == 0)
      return _ (levels[i].title);
  return level;
}

char *
qonys_figure_format_period (const QonysFigure *figure)
{
  const char *period = qonys_text3_get (&figure->period);

  if (figure->is_derived)
    return g_strdup_printf (_ ("%s; computed, not in the resolution"), period);
  return g_strdup (period);
}

void
qonys_append_figures (GtkWidget *box, char *const *figures)
{
  for (; *figures != NULL; figures++) {
    const QonysFigure *figure = qonys_catalogue_find_figure (*figures);
    g_autofree char *value = figure == NULL ? NULL : qonys_figure_format (figure);
    g_autofree char *period = figure == NULL ? NULL : qonys_figure_format_period (figure);
    g_autofree char *source = NULL;
    GtkWidget *row;

    if (figure == NULL)
      continue;
    source = figure->paragraph == NULL
                 ? g_strdup (period)
                 : g_strdup_printf (_ ("%s · paragraph %s"), period, figure->paragraph);
    row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_widget_add_css_class (row, "qonys-figure");
    gtk_box_append (GTK_BOX (row), qonys_text_new (value, "qonys-value"));
    gtk_box_append (GTK_BOX (row), qonys_text_new (qonys_text3_get (&figure->title), NULL));
    gtk_box_append (GTK_BOX (row), qonys_text_new (source, "qonys-subtitle"));
    gtk_box_append (GTK_BOX (box), row);
  }
}

void
qonys_append_paragraphs (GtkWidget *box, char *const *paragraphs)
{
  const QonysLanguage language = qonys_language_get ();

  for (; *paragraphs != NULL; paragraphs++) {
    const QonysParagraph *paragraph = qonys_catalogue_find_paragraph (*paragraphs);
    const char *translation = paragraph == NULL ? NULL : paragraph->text.text[language];

    if (paragraph == NULL)
      continue;
    if (language != QONYS_KK && translation != NULL) {
      gtk_box_append (GTK_BOX (box), qonys_quote_new (translation));
      gtk_box_append (GTK_BOX (box), qonys_text_new (_ ("Working translation, not official. "
                                                        "The resolution itself, in Kazakh:"),
                                                     "qonys-subtitle"));
    }
    gtk_box_append (GTK_BOX (box), qonys_quote_new (paragraph->text.text[QONYS_KK]));
  }
}
