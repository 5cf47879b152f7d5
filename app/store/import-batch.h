#pragma once

#include "store/import.h"
#include "store/sums.h"

G_BEGIN_DECLS

/** Rows on their way: read and judged by themselves on any thread, then joined in the order of
 * the source, where it is seen whether they are there already. */
typedef struct {
  QonysTableBuilder *builder; /* the good ones */
  GArray *verdicts;           /* one a row read */
  GString *texts;             /* identities and rejected values, each with its NUL */
  QonysSums *sums;            /* of all records, good or not */
  GArray *totals;             /* rows of sums, and the sums before them */
} QonysBatch;

/** @sums: of which columns */
QonysBatch *qonys_batch_new (const QonysSchema *schema, const QonysSums *sums);
void qonys_batch_free (QonysBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysBatch, qonys_batch_free)

/** Adds a row that was read, or rejected while it was. */
void qonys_batch_add (QonysBatch *batch, QonysRow *row, const QonysImportContext *context,
                      QonysDay today, gint32 dataset_id);

gsize qonys_batch_get_n_rows (const QonysBatch *batch);

/** Adds the rows to a table and to the account. */
void qonys_batch_join (const QonysBatch *batch, QonysImportContext *context,
                       QonysTableBuilder *builder, QonysImportReport *report, QonysSums *sums);

G_END_DECLS
