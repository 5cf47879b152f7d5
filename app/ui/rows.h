#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of the sidebar's lists: plain functions over GtkListBox, calm and compact, so that the
 * fifteen measures and the nineteen problems can be taken in at once. */

/** An empty list whose rows are activated by one click or Enter. */
GtkWidget *qonys_list_new (void);

/**
 * qonys_list_add:
 * @id: what qonys_row_get_id() gives back
 * @badge: (nullable): a short number before the title: "3.2"
 * @title: wrapped, never cut
 * @subtitle: (nullable): smaller, dim
 * @prefix, @suffix: (nullable) (transfer full): put before the badge and after the title
 */
GtkWidget *qonys_list_add (GtkWidget *list, const char *id, const char *badge, const char *title,
                           const char *subtitle, GtkWidget *prefix, GtkWidget *suffix);
/** A row of any content; @name and @description are what a screen reader says. */
GtkWidget *qonys_list_append (GtkWidget *list, const char *id, GtkWidget *child, const char *name,
                              const char *description);
const char *qonys_row_get_id (GtkListBoxRow *row);

/** A heading above a list. */
GtkWidget *qonys_heading_new (const char *text);

/** A wrapped text. @css_class: (nullable) */
GtkWidget *qonys_text_new (const char *text, const char *css_class);

/** The resolution's words, to be selected and copied. */
GtkWidget *qonys_quote_new (const char *text);

/** A pill: @icon_name: (nullable). */
GtkWidget *qonys_pill_new (const char *icon_name, const char *text);

/** The symbol of a layer, as on the map. */
GtkWidget *qonys_symbol_new (int layer, int size_px);
/** The symbol of marked places or of a kind of annotations. */
GtkWidget *qonys_note_symbol_new (int note_kind, int size_px);

/** Takes all children out of a box. */
void qonys_box_clear (GtkWidget *box);

/** An entry of a dialog, with a name for screen readers; Enter accepts the dialog. */
GtkWidget *qonys_entry_row_new (const char *title);

G_END_DECLS
