#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QonysDay:
 *
 * A calendar day as days since 1970-01-01 in Astana's own calendar; no clock, no time zone.
 * %QONYS_DAY_MISSING is an unknown day.
 */
typedef gint32 QonysDay;
#define QONYS_DAY_MISSING G_MININT32

/** The day of a proleptic Gregorian date; %QONYS_DAY_MISSING if there is no such date. */
QonysDay qonys_day_from_ymd (int year, int month, int day);

/** Splits a day; it must not be missing. Any out-parameter may be %NULL. */
void qonys_day_get_ymd (QonysDay day, int *year, int *month, int *month_day);

/**
 * qonys_day_parse:
 * @text: "2024-01-25", "2024/01/25", "25.01.2024", each with an optional time behind it, which
 *   is not read
 *
 * Returns: FALSE if the text is no date; an empty text is no date either.
 */
gboolean qonys_day_parse (const char *text, QonysDay *day);

/** Today in Astana (UTC+5). The environment variable QONYS_TODAY=2026-01-01 fixes it for tests. */
QonysDay qonys_day_today (void);

/** "2024-01-25"; a missing day is an empty text. Returns: (transfer full) */
char *qonys_day_to_iso (QonysDay day);

G_END_DECLS
