#pragma once

#include "base/date.h"
#include <glib.h>

G_BEGIN_DECLS

/* Numbers and dates as people in Kazakhstan write them, the same in all three languages:
 * 269 979 415 (U+00A0 between thousands), 35,7 (decimal comma; a point in English),
 * 25.01.2024. A missing number is an en dash. All strings are (transfer full). */

/** 12345 → "12 345". */
char *qonys_format_int (gint64 value);

/** @value with at most @decimals digits, trailing zeros dropped; NaN → "–". */
char *qonys_format_decimal (double value, int decimals);

/** 25.01.2024; a missing day → "–". */
char *qonys_format_day (QonysDay day);

/** "45 м" or "1,2 км" in the language now set. */
char *qonys_format_distance_m (double distance_m);

G_END_DECLS
