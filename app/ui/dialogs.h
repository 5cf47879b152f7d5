#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The only wrapper of what newer GTK and libadwaita deprecate: file choosers and message dialogs;
 * and pages to read. */

/** A name and its endings, "*.gpkg"; arrays of them end with a NULL name. */
typedef struct {
  const char *name; /* translated */
  const char *patterns[16];
} QonysFileKind;

/** @path: owned by the caller of the function; never NULL */
typedef void (*QonysPathFunc) (const char *path, gpointer data);

/** Asks for a file to read. @kinds: (nullable) */
void qonys_dialogs_open_file (GtkWindow *parent, const char *title, const QonysFileKind *kinds,
                              QonysPathFunc func, gpointer data);
/** Asks for a file to write; an existing one is asked about. @name: what is proposed. */
void qonys_dialogs_save_file (GtkWindow *parent, const char *title, const char *name,
                              QonysPathFunc func, gpointer data);

/** Called when the dialog was accepted. */
typedef void (*QonysAcceptFunc) (gpointer data);

/**
 * qonys_dialogs_ask:
 * @extra: (nullable): below the text
 * @accept: the label of the button that accepts
 * @free_data: (nullable): called in any case when the dialog is gone
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWindow *qonys_dialogs_ask (GtkWindow *parent, const char *heading, const char *body,
                              GtkWidget *extra, const char *accept, gboolean is_destructive,
                              QonysAcceptFunc func, gpointer data, GDestroyNotify free_data);
/** A page to read over @parent, scrolled where it is long, that Esc closes; takes @child. Its
 * content is an upright box, which more may be put below.
 * Returns: (transfer none): shown */
GtkWindow *qonys_dialogs_show_page (GtkWindow *parent, const char *title, GtkWidget *child,
                                    int width_px, int height_px);
/** May the dialog be accepted now? */
void qonys_dialogs_set_ready (GtkWindow *dialog, gboolean is_ready);

G_END_DECLS
