#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Suppression of small counts, section 3 of the privacy rules. */

#define QONYS_MIN_THRESHOLD 5

/** What happened to a published count. */
typedef enum {
  QONYS_CELL_SHOWN,
  QONYS_CELL_MISSING,    /* there is no number: unknown is not zero */
  QONYS_CELL_SUPPRESSED, /* 1 … k − 1: shown as "< k" or "…" */
  QONYS_CELL_SECONDARY,  /* hidden so that a suppressed neighbour cannot be solved: "…" */
} QonysCellState;

/** A count below the threshold and above zero? */
gboolean qonys_count_is_unsafe (gint64 count, gint64 threshold);

/**
 * qonys_suppress_table:
 * @counts: (array): n_rows × n_columns, row-major; G_MININT64 is a missing cell
 * @row_totals: (nullable): n_rows totals that are also published; G_MININT64 is none
 * @column_totals: (nullable): n_columns totals that are also published
 * @has_grand_total: whether the sum of all is published too
 * @threshold: k, at least %QONYS_MIN_THRESHOLD
 * @states: (out caller-allocates): n_rows × n_columns
 * @row_total_states, @column_total_states: (out caller-allocates) (nullable)
 *
 * Counts of events: a zero is shown. Primary suppression of 1 … k − 1, then complementary
 * suppression: in each published row and column where exactly one cell is hidden the smallest shown
 * non-zero cell is hidden too, until every marginal has none or at least two hidden cells whose sum
 * is at least k. Totals are treated as an extra row and column. (3, 40, 57 | 100) → (…, …, 57 |
 * 100). What rows and columns together would still give away is closed too: a hidden count is
 * determined exactly where it lies on no cycle of hidden counts. A missing cell hides nothing;
 * where a total less the cells shown would tell a rest of 1 … k − 1 the total is hidden. A grand
 * total below k must not be published at all (qonys_count_is_unsafe()). Cost: O(n_rows × n_columns)
 * a round; rounds are few. Suppression is computed once a dataset, never once a view: two views
 * would tell their difference.
 */
void qonys_suppress_table (const gint64 *counts, gsize n_rows, gsize n_columns,
                           const gint64 *row_totals, const gint64 *column_totals,
                           gboolean has_grand_total, gint64 threshold, QonysCellState *states,
                           QonysCellState *row_total_states, QonysCellState *column_total_states);

/**
 * qonys_suppress_breakdown:
 *
 * The same for persons by an attribute, one attribute value a column: a zero, and a cell that is
 * its whole row, tell of everybody in the row and are hidden too.
 */
void qonys_suppress_breakdown (const gint64 *counts, gsize n_rows, gsize n_columns,
                               const gint64 *row_totals, const gint64 *column_totals,
                               gboolean has_grand_total, gint64 threshold, QonysCellState *states,
                               QonysCellState *row_total_states,
                               QonysCellState *column_total_states);

G_END_DECLS
