#pragma once

#include "base/job.h"
#include "domain/project.h"

G_BEGIN_DECLS

/**
 * qonys_demo_make:
 * @districts: outlines the dwellings are laid in
 * @base: (element-type QonysBaseFeature): massifs and avenues they gather around; reffed
 * @n_dwellings: 1 … 10 000 000
 * @seed: same seed, same rows
 *
 * Synthetic training data: dwellings (stacked addresses, dormitories, one flat of 35.7 m² with
 * 937 registered, some areas unknown), monthly registration counts by district, suspicions, 11
 * operations whose totals are the resolution's figures (A3, A4), flows by month and origin for
 * the nine months of A9. Every dataset is flagged synthetic; nobody is in it.
 *
 * Returns: (transfer full): a project without a path, or %NULL if cancelled
 */
QonysProject *qonys_demo_make (QonysDistricts *districts, GPtrArray *base, gsize n_dwellings,
                               guint32 seed, QonysJob *job, GError **error);

G_END_DECLS
