#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Class breaks for choropleths. Values are sorted copies of what is given; NaN (missing) and
 * infinity are left out. Class i holds values in (upper[i − 1], upper[i]], the first also its
 * lowest. */

typedef enum {
  QONYS_CLASSES_EQUAL,
  QONYS_CLASSES_QUANTILE,
  QONYS_CLASSES_NATURAL, /* optimal 1-D k-means (Wang & Song 2011; Grønlund et al. 2017) */
} QonysClassMethod;

/**
 * qonys_classes_compute:
 * @n_classes: 1 … 9
 * @upper: (out caller-allocates) (array length=n_classes): upper limits, ascending
 *
 * Returns: how many classes there are; fewer than asked where there are fewer distinct values, 0
 *   where all is missing. Natural: O(k · n · log n), 1 M values in 7 classes in about 0.2 s.
 */
guint qonys_classes_compute (const double *values, gsize n, QonysClassMethod method,
                             guint n_classes, double *upper);

/** The class of a value, −1 if it is NaN. Values above the last limit are in the last class. */
int qonys_classes_find (const double *upper, guint n_classes, double value);

/** Rounds limits to as few significant digits as keep the classes' members the same; the last may
 * leave a twentieth of its class empty. */
void qonys_classes_round (const double *values, gsize n, double *upper, guint n_classes);

G_END_DECLS
