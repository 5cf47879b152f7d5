#pragma once

#include "store/examine.h"
#include "store/import-source.h"
#include "store/import.h"

G_BEGIN_DECLS

/* Records as texts, for those who want to see them: people, the report. */

/** Begins with the first record. */
gboolean qonys_import_source_rewind (QonysImportSource *source, GError **error);

/**
 * qonys_import_source_next_cells:
 * @is_wanted: whether @cells are made at all
 * @cells: (out) (transfer full) (nullable) (array length=source->n_columns): never NULL inside, ""
 *   where the column is dropped
 * @kind: (out): a record, a row of sums, a remark
 * @number: (out): of the row as a spreadsheet shows it; 0: by its place
 *
 * Returns: FALSE at the end or with @error set
 */
gboolean qonys_import_source_next_cells (QonysImportSource *source, gboolean is_wanted,
                                         char ***cells, QonysRowKind *kind, gint64 *number,
                                         GError **error);

/** Adds the rows above the names of a sheet, of other tables none; then the source is at its first
 * record. @rows: element-type QonysExaminedRow */
gboolean qonys_import_source_list_titles (QonysImportSource *source, GPtrArray *rows,
                                          GError **error);

/** Called for each rejected row in the order of the source, with the row. Returns: FALSE to stop */
typedef gboolean (*QonysRejectedFunc) (const QonysImportSource *source,
                                       const QonysRejectedRow *rejected, guint number,
                                       char *const *cells, gpointer data, GError **error);

/**
 * qonys_import_source_read_rejected:
 * @max: how many at most; @number counts them from 0
 *
 * Reads a source once more for the rows that were rejected; rows of sums and of nothing are not
 * among them. @cells: (array length=source->n_columns): never NULL, "" where the column is dropped.
 */
gboolean qonys_import_source_read_rejected (QonysImportSource *source, const GArray *rejected,
                                            guint max, QonysRejectedFunc func, gpointer data,
                                            QonysJob *job, GError **error);

G_END_DECLS
