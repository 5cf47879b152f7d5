#pragma once

#include "domain/timeline.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QONYS_TYPE_TIME_TRACK (qonys_time_track_get_type ())

/**
 * QonysTimeTrack:
 *
 * A histogram of steps with a window on it: two handles and what lies between them, each a slider
 * of its own for the keyboard and for screen readers. Signal "changed": the user moved it.
 */
G_DECLARE_FINAL_TYPE (QonysTimeTrack, qonys_time_track, QONYS, TIME_TRACK, GtkWidget)

/** @bins: (element-type QonysBin): copied; the window becomes all of them. @steps_a_year: what Page
 * Up and Page Down move by */
void qonys_time_track_set_bins (QonysTimeTrack *self, const GArray *bins, guint steps_a_year);
/** From the beginning until the end of the window: there is one handle only. */
void qonys_time_track_set_cumulative (QonysTimeTrack *self, gboolean is_cumulative);

/** The window: [first, end) of the steps; clamped, and never empty. No signal. */
void qonys_time_track_set_window (QonysTimeTrack *self, guint first, guint end);
void qonys_time_track_get_window (QonysTimeTrack *self, guint *first, guint *end);
guint qonys_time_track_get_n (QonysTimeTrack *self);
/** The window's days; without a beginning if cumulative. */
QonysPeriod qonys_time_track_get_period (QonysTimeTrack *self);

G_END_DECLS
