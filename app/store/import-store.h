#pragma once

#include "store/import.h"

G_BEGIN_DECLS

/** A dataset of a file that is about to be imported; its rows and days are not known yet. */
QonysDataset *qonys_import_new_dataset (const GPtrArray *datasets, const char *path,
                                        const QonysRecipe *recipe);

/** Has the file been imported as this type already? An error then. */
gboolean qonys_import_check_new (const GPtrArray *datasets, const QonysDataset *dataset,
                                 GError **error);

/** Whether the project's rows of the type stay in use beside those of a new dataset: if so a row
 * must not be counted twice. */
gboolean qonys_import_do_old_rows_stay (const GPtrArray *datasets, const QonysDataset *dataset);

/**
 * qonys_import_store:
 * @recipe: kept with the rows if it has a name
 *
 * The project with the dataset: of a project in a file the file's new state, else one in memory.
 *
 * Returns: (transfer full)
 */
QonysProject *qonys_import_store (QonysProject *project, const QonysDataset *dataset,
                                  const QonysTable *rows, const QonysRecipe *recipe, QonysJob *job,
                                  GPtrArray *diagnostics, GError **error);

G_END_DECLS
