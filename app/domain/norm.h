#pragma once

#include "domain/table.h"

G_BEGIN_DECLS

typedef enum { QONYS_AREA_USEFUL, QONYS_AREA_LIVING, QONYS_AREA_TOTAL } QonysAreaKind;

/**
 * QonysNorm:
 *
 * The registration norm as a dated parameter (decision of the maslikhat of 26.12.2025: one person
 * per 15 m² of useful area; spouses, children and close relatives exempt; future registrations
 * only). Never a constant in code: start from qonys_norm_get_default().
 */
typedef struct {
  double norm_m2; /* 1–50 */
  QonysAreaKind area_kind;
  gboolean exempt_relatives;
  gboolean future_only;    /* count only registrations after valid_from */
  gboolean count_existing; /* with future_only: earlier registrants use up the limit */
  QonysDay valid_from;
} QonysNorm;

QonysNorm qonys_norm_get_default (void);

gboolean qonys_norm_equal (const QonysNorm *a, const QonysNorm *b);

/** "m2=15;area=useful;exempt_relatives=1;…": equal for equal norms. Returns: (transfer full) */
char *qonys_norm_to_text (const QonysNorm *norm);
/** What the text does not say is as by default. Returns: FALSE, with @norm untouched, if it is no
 * such text or its number not between 1 and 50 */
gboolean qonys_norm_parse (const char *text, QonysNorm *norm);

/** floor(area / norm), safe against binary fractions: 35.7 / 15 → 2, 45 / 15 → 3; −1 if the area
 * is unknown. */
gint32 qonys_norm_get_limit (const QonysNorm *norm, double area_m2);

/** What the norm says of one dwelling. */
typedef struct {
  gint32 counted;          /* registrants that count; QONYS_INT_MISSING unknown */
  gint32 limit;            /* −1 unknown */
  gint32 excess;           /* max(0, counted − limit); QONYS_INT_MISSING unknown */
  gboolean is_upper_bound; /* relatives' or dates' counts are missing: all registrants taken */
  gboolean is_approximate; /* the area kind asked for is missing, total area taken */
} QonysNormResult;

void qonys_norm_check (const QonysNorm *norm, const QonysTable *dwellings, gsize row,
                       QonysNormResult *result);

/**
 * qonys_norm_check_all:
 * @excess: (out caller-allocates) (array length=n_rows): QONYS_INT_MISSING where unknown
 *
 * The same for all rows, on threads.
 *
 * Returns: whether any row's result is an upper bound
 */
gboolean qonys_norm_check_all (const QonysNorm *norm, const QonysTable *dwellings, gint32 *excess);

G_END_DECLS
