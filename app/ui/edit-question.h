#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Makes the edit of what stands in the form now. Returns: (transfer full): NULL with @error set if
 * it does not fit */
typedef QonysEdit *(*QonysMakeEditFunc) (gpointer data, GError **error);

typedef struct _QonysEditQuestion QonysEditQuestion;

/**
 * qonys_edit_question_ask:
 * @form: (transfer full): scrolled where it is high
 * @data, @free_data: given to @make; freed when the dialog is gone
 *
 * A dialog whose answer is an edit. It can be accepted only while the edit fits; why it does not
 * is said below the form. The form calls qonys_edit_question_check() when something was typed.
 *
 * Returns: (transfer none): lives as long as its dialog
 */
QonysEditQuestion *qonys_edit_question_ask (GtkWindow *parent, QonysSession *session,
                                            const char *heading, const char *body, GtkWidget *form,
                                            const char *accept, QonysMakeEditFunc make,
                                            gpointer data, GDestroyNotify free_data);
void qonys_edit_question_check (QonysEditQuestion *self);
GtkWindow *qonys_edit_question_get_dialog (QonysEditQuestion *self);

/* ---- rows of forms ---- */

/** A choice of words. @titles: (transfer full) */
GtkWidget *qonys_form_add_choice (GtkWidget *group, const char *title, GtkStringList *titles,
                                  guint selected);
/** The usual sizes of a wall; @width_px is the one chosen first. */
GtkWidget *qonys_form_add_size (GtkWidget *group, const char *title, int width_px);
void qonys_form_get_size (GtkWidget *row, int *width_px, int *height_px);
/** A line of text. @text: (nullable) */
GtkEditable *qonys_form_add_entry (GtkWidget *group, const char *title, const char *text);
/** A day as people write it. */
GtkEditable *qonys_form_add_day (GtkWidget *group, const char *title, QonysDay day);
/** Reads a day; an empty line is a missing one. Returns: FALSE with @error set if it is no day */
gboolean qonys_form_get_day (GtkEditable *entry, QonysDay *day, GError **error);
/** A text without spaces at its ends. Returns: (transfer full) (nullable): NULL if it is empty */
char *qonys_form_dup_text (GtkEditable *entry);
/** Calls @func (swapped, with @data) whenever something in the form changes. */
void qonys_form_watch (GtkWidget *form, GCallback func, gpointer data);

G_END_DECLS
