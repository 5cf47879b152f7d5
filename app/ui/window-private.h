#pragma once

/* Shared by window.c and window-actions.c only. */

#include "ui/storyboard.h"
#include "ui/window.h"

G_BEGIN_DECLS

struct _QonysWindow {
  AdwApplicationWindow parent_instance;

  /* Template Widgets */
  GtkWidget *frame;
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkWidget *info_box, *search_box;
  AdwButtonContent *audience_content;
  GtkWidget *audience_button, *sidebar_button, *sidebar;
  GtkStack *stack;
  AdwFlap *flap;
  AdwViewStack *pages;
  GMenu *edit_section; /* of the main menu: undo, redo, history */

  /* Borrowed References */
  QonysMapPage *map_page;
  QonysSearch *search;
  GtkStack *views; /* map and board */
  QonysStoryboard *storyboard;

  /* Owned References */
  QonysSession *session;
  GtkCssProvider *frame_css;
  gboolean may_close;
  gint64 last_edit; /* its number, as it was when last looked at */
};

void _qonys_window_actions_class_init (GtkWidgetClass *widget_class);
/** Turns actions on and off, and their states, by the session. */
void _qonys_window_actions_update (QonysWindow *self);
/** Names the steps that can be undone and redone. */
void _qonys_window_steps_update (QonysWindow *self);
void _qonys_window_actions_init (QonysWindow *self);
/** Shows the map or the board of measures, and gives it the focus. */
void _qonys_window_show_board (QonysWindow *self, gboolean is_shown);

G_END_DECLS
