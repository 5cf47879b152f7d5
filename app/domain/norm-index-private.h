#pragma once

#include "domain/norm.h"

/**
 * QonysNormIndex:
 *
 * What a norm looks at, packed place by place, for all norms that differ by their square metres
 * only. Immutable once made.
 */
typedef struct _QonysNormIndex QonysNormIndex;

/** What a norm says of one place's dwellings. */
typedef struct {
  gint64 n_known, n_overcrowded, n_above;
} QonysNormCounts;

/** @places: (array): each dwelling's place, below @n_places */
QonysNormIndex *_qonys_norm_index_new (const QonysNorm *norm, const QonysTable *dwellings,
                                       const guint32 *places, guint n_places);
void _qonys_norm_index_free (QonysNormIndex *index);

/** Does @norm differ from the index's by its square metres only? */
gboolean _qonys_norm_index_serves (const QonysNormIndex *index, const QonysNorm *norm);

/** @counts: (out caller-allocates) (array): n_places. Cost: about 1 ns a dwelling and thread. */
void _qonys_norm_index_count (const QonysNormIndex *index, double norm_m2, QonysNormCounts *counts);
