#pragma once

#include "domain/catalogue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pieces of the resolution's catalogue that more than one panel shows. */

/** Appends figures as rows "title, period – value", with the paragraph they come from.
 * @figures: ids, NULL-terminated */
void qonys_append_figures (GtkWidget *box, char *const *figures);

/** Appends paragraphs of the resolution: Kazakh verbatim, and before it the working translation
 * where the interface is in another language, said to be one. @paragraphs: ids, NULL-terminated */
void qonys_append_paragraphs (GtkWidget *box, char *const *paragraphs);

/** «Мекенжай деңгейі»: a level's name in the language now set. */
const char *qonys_level_get_title (const char *level);

/** A figure's period with the doubt the resolution leaves. Returns: (transfer full) */
char *qonys_figure_format_period (const QonysFigure *figure);

G_END_DECLS
