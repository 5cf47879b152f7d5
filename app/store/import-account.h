#pragma once

#include "store/import-source.h"
#include "store/import.h"
#include "store/sums.h"

G_BEGIN_DECLS

/**
 * qonys_import_account:
 * @source: rows are numbered and named as it has them
 * @read: sums of the records read
 * @table: what is stored
 *
 * Finishes a report whose rows were counted: numbers them as a spreadsheet does, names columns as
 * the file does, adds the first thousand rejected rows as they were, reconciles sums, compares
 * rows of sums and the districts rows name with those they lie in.
 *
 * Returns: FALSE if cancelled
 */
gboolean qonys_import_account (QonysImportReport *report, QonysImportSource *source,
                               const QonysSums *read, const QonysTable *table,
                               const QonysDistricts *districts, QonysDay as_of, QonysJob *job,
                               GError **error);

G_END_DECLS
