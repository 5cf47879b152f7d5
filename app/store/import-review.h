#pragma once

#include "store/import-source.h"
#include "store/import.h"

G_BEGIN_DECLS

/** Lists the stored dwellings that have an address but no place, and what it may mean. Call it when
 * the rejected rows have their ordinals. */
void qonys_import_review_places (QonysImportReport *report, QonysImportSource *source,
                                 const QonysTable *table, const QonysAddressIndex *addresses);

G_END_DECLS
