#pragma once

#include "domain/project.h"

G_BEGIN_DECLS

/**
 * qonys_rows_choose:
 * @project: one in no file
 * @datasets: (transfer full) (element-type QonysDataset): all there are from now on
 * @more: (nullable): rows that come with one of them
 *
 * The next state: rows of the datasets in use stand in the tables, all others are kept beside. Only
 * types whose rows change are copied: a million dwellings, half a second.
 *
 * Returns: (transfer full)
 */
QonysProject *qonys_rows_choose (QonysProject *project, GPtrArray *datasets, QonysTable *more);

G_END_DECLS
