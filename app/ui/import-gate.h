#pragma once

#include "store/examine.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_IMPORT_GATE (qonys_import_gate_get_type ())

/**
 * QonysImportGate:
 *
 * What the look for persons found in a file, and the only way on: dropping the columns that hold
 * them. Nothing can be overridden. Signal: "changed": a column is dropped, or is not any more.
 */
G_DECLARE_FINAL_TYPE (QonysImportGate, qonys_import_gate, QONYS, IMPORT_GATE, AdwBin)

/** @examination: not owned: outlives the next call; its recipe is changed when a column is dropped.
 * Columns dropped before stay so where their names are the same. */
void qonys_import_gate_fill (QonysImportGate *self, QonysExamination *examination);

/** The recipe was changed elsewhere. */
void qonys_import_gate_update (QonysImportGate *self);

/** May the file be read as the recipe is now? */
gboolean qonys_import_gate_is_open (QonysImportGate *self);

G_END_DECLS
