#pragma once

#include "domain/plan.h"

G_BEGIN_DECLS

/* How a measure goes from one status to the next, and when it is due (the data model, 3.9). */

/** Does a change of status need a comment? If it skips a step, goes back or leaves the way. */
gboolean qonys_status_needs_comment (const char *from, const char *to);

/** Is the measure's work over: done, or no longer relevant? */
gboolean qonys_status_is_closed (const char *status);

/**
 * qonys_workflow_set_status:
 * @measure_id: in @plan
 * @day: when it happened, not after today
 * @role: of who enters it
 * @evidence, @comment: (nullable)
 *
 * The edit that gives a measure another status and adds a line to its history. The errors name
 * the cure: «done» is confirmed by the secretary alone and from “done (to be confirmed)”, a
 * status of work done needs evidence, a skipped step a comment.
 *
 * Returns: (transfer full)
 */
QonysEdit *qonys_workflow_set_status (QonysPlan *plan, const char *measure_id, const char *to,
                                      QonysDay day, const char *role, const char *evidence,
                                      const char *comment, GError **error);

/** A measure's status changes, the oldest first. Returns: (transfer container) (element-type
 * QonysEntry) */
GPtrArray *qonys_workflow_get_changes (const QonysPlan *plan, const char *measure_id);

/** Is the due day past while the work is not over? Computed, never stored. */
gboolean qonys_workflow_is_overdue (const QonysEntry *measure, QonysDay today);

/** The day a deadline that runs from @base ends by the calendar, be it a day off.
 * @rule: ISO 8601 duration of one unit: "P1M", "P2W", "P10D", "P1Y". Returns: missing if it is none
 * of these */
QonysDay qonys_deadline_get_end (QonysDay base, const char *rule);

/**
 * qonys_deadline_get_due:
 * @rule: as above
 *
 * The day a deadline that runs from @base ends; from a Saturday or Sunday it moves to Monday
 * (Civil Code, article 177: the nearest working day; holidays are not known here).
 *
 * Returns: missing if the rule is none of these
 */
QonysDay qonys_deadline_get_due (QonysDay base, const char *rule);

G_END_DECLS
