#pragma once

#include "domain/period.h"
#include "domain/table.h"

/** The days a row speaks of: first and last, both inclusive; both missing if it bears none. A
 * month of flows is the whole month. Returns: FALSE if the type's rows are not dated. */
gboolean _qonys_row_get_days (const QonysTable *table, gsize row, QonysDay *first, QonysDay *last);

/** Are rows of this type events, states of a moment, or counts of a stretch of time? Dwellings and
 * what else is not dated are not left out by a period. */
gboolean _qonys_record_type_is_dated (QonysRecordType type);

/** A table's dated rows by their first day. Immutable. */
typedef struct {
  gsize n;         /* rows that bear a day */
  gsize n_undated; /* rows that do not */
  gint32 longest;  /* days from first to last, of the longest row */
  gint32 *firsts;  /* ascending */
  gint32 *lasts;   /* of the same rows */
  guint32 *rows;   /* their numbers */
} QonysRowDays;

QonysRowDays *_qonys_row_days_new (const QonysTable *table);
void _qonys_row_days_free (QonysRowDays *days);

/** The table's, made when first asked for; thread-safe. */
const QonysRowDays *_qonys_table_get_row_days (QonysTable *table);

/** The rows that meet @period, ascending. Cost: a look at each of them, and a bit a row. Returns:
 * (transfer full) (element-type guint32) */
GArray *_qonys_row_days_find (const QonysRowDays *days, gsize n_rows, const QonysPeriod *period);

/**
 * _qonys_table_take:
 * @rows: (array): ascending
 *
 * A table of some rows of another, whose texts it shares. Cost: a copy of the rows' values.
 */
QonysTable *_qonys_table_take (QonysTable *table, const guint32 *rows, gsize n);
