#pragma once

#include "domain/project.h"

G_BEGIN_DECLS

/* How many rows bear each month, quarter or week, and of which times nothing is known.
 *
 * What a dataset speaks of: from the first day any of its rows bears (a list does not say where it
 * begins) to its last row's day or its as_of, whichever is later, but never past the day it was
 * received on. Operations and suspicions are events: a step without any that lies wholly inside is
 * a true zero. Flows, counts and indicators are readings: where no row gives one there is no data,
 * inside or not. */

/** One step of a time bar. */
typedef struct {
  QonysPeriod period; /* [from, to) */
  gint64 n;           /* rows that meet it; QONYS_BIG_MISSING: no data; −1: hidden by the gate */
} QonysBin;

/**
 * qonys_timeline_count:
 *
 * The steps from the first to the last that a type's rows in use, or their dataset's day, speak
 * of, without gaps, whatever the project's period. Cost: a pass over the rows' days, 2 ns each.
 *
 * Returns: (transfer full) (element-type QonysBin): empty if no row bears a day
 */
GArray *qonys_timeline_count (const QonysProject *project, QonysRecordType type, QonysStep step);

/** Rows of a type without any day: no period holds them. */
gsize qonys_timeline_count_undated (const QonysProject *project, QonysRecordType type);

/** Is anything known of every day of @period by rows of the type, be it that there were none?
 * FALSE for what are no events, and for an open end. */
gboolean qonys_timeline_covers (const QonysProject *project, QonysRecordType type,
                                const QonysPeriod *period);

G_END_DECLS
