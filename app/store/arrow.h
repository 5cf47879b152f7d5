#pragma once

#include "base/job.h"
#include "domain/table.h"

#include <ogr_api.h>
#include <ogr_recordbatch.h>

G_BEGIN_DECLS

/** One column of an Arrow batch, whatever its type; rows are counted from the batch's first. */
typedef struct {
  const char *format; /* Arrow's: "i", "u", "tdD"… */
  const struct ArrowArray *array;
} QonysArrowColumn;

/** Whole number, or @missing. */
gint64 qonys_arrow_get_big (const QonysArrowColumn *column, gint64 row, gint64 missing);

/** Appends the rows of a batch that are kept to a field of a table. Texts in a column of numbers
 * and numbers in a column of texts are read as what they say. @keep: (array): a flag a row */
void qonys_arrow_append (const QonysArrowColumn *column, QonysTableBuilder *builder,
                         const QonysField *field, guint number, const guint8 *keep);

/** Appends positions from a column of WKB points; NULL is a column that is not there. */
void qonys_arrow_append_positions (const QonysArrowColumn *column, QonysTableBuilder *builder,
                                   const guint8 *keep, gint64 n_rows);

typedef void (*QonysArrowFunc) (const struct ArrowSchema *names, const struct ArrowArray *batch,
                                gpointer data);

/**
 * qonys_arrow_read:
 * @func: takes a batch; batches come in order, on another thread if they are many
 * @n_expected: rows
 *
 * Reads a stream to its end: GDAL makes the next batch on this thread while the last one is taken.
 *
 * Returns: FALSE if GDAL failed or the job was cancelled; @func is not called any more
 */
gboolean qonys_arrow_read (struct ArrowArrayStream *stream, QonysArrowFunc func, gpointer data,
                           gint64 n_expected, QonysJob *job, GError **error);

G_END_DECLS
