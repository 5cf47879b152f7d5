#pragma once

#include "ui/show.h"

G_BEGIN_DECLS

#define QONYS_TYPE_WALL_VIEW (qonys_wall_view_get_type ())

/**
 * QonysWallView:
 *
 * What the wall shows, as large as the widget: slides, the flight between their maps, what is drawn
 * on them. Paints nothing itself: textures that are there are put, so that a frame costs a
 * millisecond whatever the project. One that is no mirror tells the show its size.
 */
G_DECLARE_FINAL_TYPE (QonysWallView, qonys_wall_view, QONYS, WALL_VIEW, GtkWidget)

/** @is_mirror: the wall as the presenter sees it: smaller, with the wall's own pictures; what is
 * pointed at and drawn there is on the wall */
GtkWidget *qonys_wall_view_new (QonysShow *show, gboolean is_mirror);

/** Does the camera fly? For tests. */
gboolean qonys_wall_view_is_flying (QonysWallView *self);

G_END_DECLS
