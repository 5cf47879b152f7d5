#pragma once

#include "geo/grid.h"

G_BEGIN_DECLS

/* Where high and low values gather, and whether chance could do it. Cells without a value (missing,
 * suppressed, outside the city) are left out of the neighbours, never counted as 0. */

/**
 * QonysNeighbours:
 *
 * Who is next to whom: the neighbours of item i are
 * neighbours[starts[i]] … neighbours[starts[i + 1] − 1], i not among them, none twice. Immutable
 * once made.
 */
typedef struct {
  guint n;
  guint32 *starts;     /* n + 1 */
  guint32 *neighbours; /* starts[n] */
} QonysNeighbours;

/** Copies the arrays: of districts that touch, or places within a distance. */
QonysNeighbours *qonys_neighbours_new (guint n, const guint32 *starts, const guint32 *neighbours);

/**
 * qonys_neighbours_new_grid:
 * @cells: (array length=n): the cells that are present, each once, in any order; item i is cells[i]
 * @queen: %TRUE: cells that share a side or a corner; %FALSE (rook): a side
 *
 * Cost: 72 000 cells in about 2 ms; memory follows @n, not the grid.
 */
QonysNeighbours *qonys_neighbours_new_grid (const QonysGrid *grid, const gint32 *cells, guint n,
                                            gboolean queen);
void qonys_neighbours_free (QonysNeighbours *neighbours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysNeighbours, qonys_neighbours_free)

/**
 * qonys_gi_star_compute:
 * @values: (array length=neighbours->n): none missing
 * @z: (out caller-allocates) (array length=neighbours->n): standard deviates; above 0 high values
 *   gather, below 0 low ones; NaN where all values are equal or an item is next to all others
 *
 * Getis–Ord Gi* with binary weights, the item itself included (Getis & Ord 1992; the formula of
 * Ord & Getis 1995, as spdep's localG). Cost: about 1 ms for 72 000 cells.
 */
void qonys_gi_star_compute (const QonysNeighbours *neighbours, const double *values, double *z);

/** The two-sided probability of a standard normal deviate at least as far from 0; NaN for NaN. */
double qonys_normal_get_p (double z);

/**
 * qonys_fdr_get_limit:
 * @p: (array length=n): probabilities; NaN is no test
 * @rate: the share of false discoveries borne, 0.05 say
 *
 * The step-up procedure of Benjamini & Hochberg (1995): the greatest p(k) ≤ k · rate / m of the m
 * tests, whatever came before it.
 *
 * Returns: findings are significant at or below it; negative if none is
 */
double qonys_fdr_get_limit (const double *p, gsize n, double rate);

/** An item, then its neighbours: above their mean or not. */
typedef enum {
  QONYS_QUADRANT_NONE, /* no neighbours, or all values equal */
  QONYS_QUADRANT_HIGH_HIGH,
  QONYS_QUADRANT_LOW_LOW,
  QONYS_QUADRANT_LOW_HIGH,
  QONYS_QUADRANT_HIGH_LOW,
} QonysQuadrant;

/** Local Moran of one item; all NaN and no quadrant for an island (an item without neighbours). */
typedef struct {
  double i;
  double expected, variance; /* under conditional randomisation */
  double z, p;               /* p: normal, two-sided */
  QonysQuadrant quadrant;
} QonysMoran;

/**
 * qonys_moran_compute:
 * @values: (array length=neighbours->n): none missing
 * @results: (out caller-allocates) (array length=neighbours->n)
 *
 * Local Moran's I (Anselin 1995) with row-standardised weights, the item itself left out; moments
 * after Sokal, Oden & Thomson (1998), as spdep's localmoran. Cost: about 3 ms for 72 000 cells.
 */
void qonys_moran_compute (const QonysNeighbours *neighbours, const double *values,
                          QonysMoran *results);

/**
 * qonys_moran_permute:
 * @values: (array length=neighbours->n): none missing
 * @n_permutations: 999 for a first look; p cannot fall below 1 / (@n_permutations + 1)
 * @seed: the same seed gives the same p, on any machine and number of threads
 * @p: (out caller-allocates) (array length=neighbours->n): one-sided, of the side the finding is
 *   on, as GeoDa and PySAL have it; NaN for islands
 *
 * Pseudo-probabilities of Local Moran by conditional permutation: the item keeps its value, its
 * neighbours get those of others. Extremes are counted, not kept; a draw that equals the finding
 * counts as extreme on both sides, so many equal values never make a finding. All items share the
 * draws (skipping the item itself), so p's of an analysis err together. Cost: about 30 ms for
 * 72 000 cells of 8 neighbours and 999 permutations on two cores.
 */
void qonys_moran_permute (const QonysNeighbours *neighbours, const double *values,
                          guint n_permutations, guint64 seed, double *p);

G_END_DECLS
