#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Comma-separated values as RFC 4180 has them, a record a line: what is stricter than what people
 * write, so that whatever is unusual can be left to GDAL. */

typedef struct {
  const char *text; /* not NUL-terminated */
  gsize length;
} QonysCsvField;

/** A file that is read piece by piece, from any thread. */
typedef struct _QonysCsv QonysCsv;

/**
 * qonys_csv_open:
 * @names: (array length=n_columns): what the first record must hold, from which the delimiter
 *   (comma, semicolon, tab or bar) is told
 *
 * Returns: (transfer full) (nullable): NULL if it is no such file
 */
QonysCsv *qonys_csv_open (const char *path, const char *const *names, guint n_columns);
void qonys_csv_free (QonysCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysCsv, qonys_csv_free)

/** Pieces of about 1 MB. */
gsize qonys_csv_get_n_chunks (const QonysCsv *csv);

/**
 * qonys_csv_load:
 * @at, @end: (out): where the first record begins, and behind the last
 *
 * Returns: (transfer full) (nullable): a text with the records that begin in a piece; NULL if they
 *   are not UTF-8, longer than 64 KB or cannot be read
 */
char *qonys_csv_load (const QonysCsv *csv, gsize chunk, char **at, char **end);

/**
 * qonys_csv_next:
 * @at: (inout): moves behind the record
 * @fields: (array): as many as there are columns; those that are not there are left as they are
 * @n_fields: (out): how many are there
 *
 * Splits a record, in place; blank lines are skipped.
 *
 * Returns: 1 if there is one, 0 at the end, −1 if it is unusual: a quote within a field or across
 * lines
 */
int qonys_csv_next (const QonysCsv *csv, char **at, const char *end, QonysCsvField *fields,
                    guint *n_fields);

G_END_DECLS
