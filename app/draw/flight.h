#pragma once

#include "draw/painter.h"

G_BEGIN_DECLS

/**
 * QonysFlight:
 *
 * The way of the camera from one view to another that looks evenly fast: it rises where the way is
 * long and comes down again (van Wijk & Nuij, “Smooth and efficient zooming and panning”, 2003). A
 * plain value.
 */
typedef struct {
  QonysCamera from, to;
  double length;   /* of the way, in the paper's units; 0: there already */
  double distance; /* between the centres, unit square */
  double w0, w1;   /* widths seen, unit square */
  double r0;
} QonysFlight;

/** Both cameras are of one picture's size: that of @to is taken. */
QonysFlight qonys_flight_make (const QonysCamera *from, const QonysCamera *to);

/** Where the camera is at @t of the way, 0 … 1: exactly @from and @to at its ends. */
QonysCamera qonys_flight_get (const QonysFlight *flight, double t);

/** How long it should take: 0.4 s for next door, never above 1.6 s. */
double qonys_flight_get_duration_s (const QonysFlight *flight);

G_END_DECLS
