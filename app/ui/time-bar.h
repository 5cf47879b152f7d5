#pragma once

#include "map/map-view.h"
#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_TIME_BAR (qonys_time_bar_get_type ())

/**
 * QonysTimeBar:
 *
 * The bar below the map that chooses the period shown: histogram, window or everything until a
 * day, steps, playing. Closed, all of time is shown. Inputs: the properties "session" and "view",
 * whose pictures playing waits for, both once.
 */
G_DECLARE_FINAL_TYPE (QonysTimeBar, qonys_time_bar, QONYS, TIME_BAR, AdwBin)

/** Opens or closes it; closing brings all of time back. */
void qonys_time_bar_set_open (QonysTimeBar *self, gboolean is_open);

/** What an animation of the bar's time would be. */
QonysAnimation qonys_time_bar_get_animation (QonysTimeBar *self);

G_END_DECLS
