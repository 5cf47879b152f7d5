#pragma once

#include "ui/map-page.h"
#include "ui/search.h"
#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_WINDOW (qonys_window_get_type ())

/**
 * QonysWindow:
 *
 * The window: header bar, sidebar of four panels, map. A session outlives it: another language
 * makes another window of the same session.
 */
G_DECLARE_FINAL_TYPE (QonysWindow, qonys_window, QONYS, WINDOW, AdwApplicationWindow)

QonysWindow *qonys_window_new (GtkApplication *application, QonysSession *session);

QonysSession *qonys_window_get_session (QonysWindow *self);
QonysMapView *qonys_window_get_map (QonysWindow *self);
QonysSearch *qonys_window_get_search (QonysWindow *self);
/** A page of the sidebar: "layers", "problems", "measures", "city". */
GtkWidget *qonys_window_get_panel (QonysWindow *self, const char *page);

/** Makes the window look at what @other looks at: camera, page, item, size. */
void qonys_window_copy_view (QonysWindow *self, QonysWindow *other);

G_END_DECLS
