#pragma once

/* Shared by window.c and window-actions.c only. */

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

  /* Borrowed References */
  QonysMapPage *map_page;
  QonysSearch *search;

  /* Owned References */
  QonysSession *session;
  GtkCssProvider *frame_css;
  gboolean may_close;
};

void _qonys_window_actions_class_init (GtkWidgetClass *widget_class);
/** Turns actions on and off, and their states, by the session. */
void _qonys_window_actions_update (QonysWindow *self);
void _qonys_window_actions_init (QonysWindow *self);

G_END_DECLS
