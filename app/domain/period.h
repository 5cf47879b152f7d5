#pragma once

#include "base/date.h"

G_BEGIN_DECLS

/** [from, to): days of Astana's calendar; a missing end is open. */
typedef struct {
  QonysDay from, to;
} QonysPeriod;

#define QONYS_PERIOD_OPEN ((QonysPeriod){QONYS_DAY_MISSING, QONYS_DAY_MISSING})

/** Are both ends open? %NULL is open. */
gboolean qonys_period_is_open (const QonysPeriod *period);
gboolean qonys_period_equal (const QonysPeriod *a, const QonysPeriod *b);
/** Does anything of [first, last], both inclusive, lie in the period? */
gboolean qonys_period_meets (const QonysPeriod *period, QonysDay first, QonysDay last);

/** What a time bar goes by. Weeks begin on Monday. */
typedef enum { QONYS_STEP_MONTH, QONYS_STEP_QUARTER, QONYS_STEP_WEEK } QonysStep;
#define QONYS_N_STEPS 3

/** "month", "quarter", "week". */
const char *qonys_step_get_id (QonysStep step);
gboolean qonys_step_parse (const char *id, QonysStep *step);

/** The first day of the step that holds @day, which must not be missing. */
QonysDay qonys_step_get_start (QonysStep step, QonysDay day);
/** The first day of the step @n steps after the one that begins on @start. */
QonysDay qonys_step_add (QonysStep step, QonysDay start, int n);

/** The period made of whole steps that holds @period. */
QonysPeriod qonys_period_widen (const QonysPeriod *period, QonysStep step);

/** In the language now set: «2023 ж. I тоқсан», "March 2024", "2023", "01.02.2024 – 07.02.2024",
 * "until 31.03.2024". Returns: (transfer full) */
char *qonys_period_format (const QonysPeriod *period);

G_END_DECLS
