#pragma once

#include "store/examine.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_IMPORT_MAPPING (qonys_import_mapping_get_type ())

/**
 * QonysImportMapping:
 *
 * What each column of a file is: a row a column with what is in it and a choice of roles. Signal:
 * "changed": another role was chosen.
 */
G_DECLARE_FINAL_TYPE (QonysImportMapping, qonys_import_mapping, QONYS, IMPORT_MAPPING, AdwBin)

/** @examination: not owned: outlives the next call; its recipe is changed by what is chosen. */
void qonys_import_mapping_fill (QonysImportMapping *self, QonysExamination *examination);

/** The recipe was changed elsewhere. */
void qonys_import_mapping_update (QonysImportMapping *self);

/** Do the columns make records: none missing, none taken twice? */
gboolean qonys_import_mapping_is_complete (QonysImportMapping *self);

G_END_DECLS
