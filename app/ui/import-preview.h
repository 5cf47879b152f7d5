#pragma once

#include "store/examine.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_IMPORT_PREVIEW (qonys_import_preview_get_type ())

/** The first rows of a file as they are, under the names of the columns, with the numbers a
 * spreadsheet shows. */
G_DECLARE_FINAL_TYPE (QonysImportPreview, qonys_import_preview, QONYS, IMPORT_PREVIEW, AdwBin)

/** @examination: not owned: outlives the next call */
void qonys_import_preview_fill (QonysImportPreview *self, const QonysExamination *examination);

G_END_DECLS
