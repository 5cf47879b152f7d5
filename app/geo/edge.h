#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** An edge of a ring, its lower end first: two shapes that share it compute with the same numbers
 * whichever way round they hold it, so a point on it falls to exactly one of them. */
typedef struct {
  double x1, y1, x2, y2;
} QonysEdge;

static inline QonysEdge
qonys_edge (double x1, double y1, double x2, double y2)
{
  return y1 < y2 ? (QonysEdge){x1, y1, x2, y2} : (QonysEdge){x2, y2, x1, y1};
}

/** Whether the ray from a point to the right (+x) crosses the edge; its lower end belongs to it,
 * its upper does not, and horizontal edges are never crossed. */
static inline gboolean
qonys_edge_is_crossed (const QonysEdge *edge, double x, double y)
{
  return edge->y1 <= y && y < edge->y2 &&
         (x - edge->x1) * (edge->y2 - edge->y1) < (edge->x2 - edge->x1) * (y - edge->y1);
}

/** The squared distance of a point to a segment, which may be a single point. */
static inline double
qonys_segment_distance2 (double x1, double y1, double x2, double y2, double x, double y)
{
  double dx = x2 - x1, dy = y2 - y1, length2 = dx * dx + dy * dy;
  double t = length2 > 0.0 ? ((x - x1) * dx + (y - y1) * dy) / length2 : 0.0;

  t = CLAMP (t, 0.0, 1.0);
  dx = x - (x1 + t * dx);
  dy = y - (y1 + t * dy);
  return dx * dx + dy * dy;
}

G_END_DECLS
