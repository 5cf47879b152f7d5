#pragma once

#include "domain/place-private.h"
#include "domain/project.h"

/** The places of the project's rows: made when first asked for, shared with the same data under
 * other norms; thread-safe. */
const QonysPlaces *_qonys_project_get_places (const QonysProject *project);

/** The table of a type without the project's period. */
QonysTable *_qonys_project_get_whole_table (const QonysProject *project, QonysRecordType type);

/** Suspicions by place in the project's period; %NULL: as in the places themselves. Made when first
 * asked for; thread-safe. */
const QonysSuspicionCounts *_qonys_project_get_suspicion_counts (const QonysProject *project);

/** What the project's norm says of each place; made when first asked for; thread-safe. */
const QonysNormCounts *_qonys_project_get_norm_counts (const QonysProject *project);
