#pragma once

#include "base/error.h"
#include "ui/application.h"

/* Drives the real window: one application a program, real controllers, a bounded wait. */

/** Starts the program in English with isolated folders; prints a TAP skip and leaves where there
 * is no display. */
void ui_init (int *argc, char ***argv);
int ui_run (void);

QonysWindow *ui_window (void);
QonysSession *ui_session (void);

typedef gboolean (*UiCondition) (void);
/** Runs the main loop until @condition, 60 s at most. */
void ui_wait (UiCondition condition);
/** No job runs, and the picture on screen is the newest. */
gboolean ui_is_settled (void);
/** Runs the main loop until nothing is left to do. */
void ui_settle (void);

/** A small training project is open and painted. */
void ui_open_demo (void);

/** A page of the sidebar is seen. Returns: the page */
GtkWidget *ui_show_page (const char *page);

/** The first controller of a type on a widget. */
GtkEventController *ui_find_controller (GtkWidget *widget, GType type);
/** Presses a key of a widget's own bindings. Returns: FALSE if it has none for it */
gboolean ui_press (GtkWidget *widget, guint key, GdkModifierType modifiers);
/** Clicks a place of the map, widget coordinates. */
void ui_click_map (double x_px, double y_px);

/** How many widgets of a type are in a widget, itself included. */
guint ui_count (GtkWidget *widget, GType type);
/** The first widget of a type in a widget. @title: (nullable): of a button or a preferences row.
 * Returns: NULL if there is none */
GtkWidget *ui_find (GtkWidget *widget, GType type, const char *title);
/** Does a label in the widget read so? */
gboolean ui_shows (GtkWidget *widget, const char *text);

/** Are there marks of addresses on the map? */
gboolean ui_has_addresses (void);

/** Whatever was written is on the disk, without an error. */
void ui_wait_for_disk (void);
/** Undo and redo by keys. Returns: FALSE if the window has none for them */
gboolean ui_undo (void);
gboolean ui_redo (void);

/** The dialog that asks, NULL if none does. */
GtkWindow *ui_get_dialog (void);
/** Writes into, or chooses in, a row of a dialog by its title. */
void ui_type (GtkWindow *dialog, const char *title, const char *text);
void ui_choose (GtkWindow *dialog, const char *title, guint position);
gboolean ui_can_accept (GtkWindow *dialog);
void ui_accept (GtkWindow *dialog);

/** Removes a folder of files. */
void ui_remove_folder (const char *path);
