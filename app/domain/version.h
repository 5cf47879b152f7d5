#pragma once

#include "domain/district.h"
#include "domain/plan.h"

G_BEGIN_DECLS

/** A state of the plan that people gave a name: that after the edit of a number. */
typedef struct {
  char *name;
  gint64 number; /* of the journal; 0: the first state */
  QonysDay day;  /* when it was named */
  char *role;    /* (nullable) */
} QonysVersion;

/** @role: (nullable) */
QonysVersion *qonys_version_new (const char *name, gint64 number, QonysDay day, const char *role);
void qonys_version_free (QonysVersion *version);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysVersion, qonys_version_free)

typedef enum {
  QONYS_DIFFERENCE_APPEARED,
  QONYS_DIFFERENCE_CHANGED,  /* in any other way than the next two */
  QONYS_DIFFERENCE_SOLVED,   /* a marked place; of a measure: it is done */
  QONYS_DIFFERENCE_WORSENED, /* severer, or its indicator worse; a measure: it is not done */
  QONYS_DIFFERENCE_REMOVED,
  QONYS_N_DIFFERENCES
} QonysDifferenceKind;

/** One marked place or measure that is not in both states alike. */
typedef struct {
  QonysDifferenceKind kind;
  QonysEntry *before, *after; /* one may be NULL */
  char kato[10];              /* a district's, the city's; "" a place that is in none, a measure */
  char **bodies;              /* of the measure, or of the measures that name the place; ids */
} QonysDifference;

/**
 * qonys_version_compare:
 * @districts: (element-type QonysDistrict): in which places are looked for
 *
 * What became of marked places and measures between two states. Of an indicator less is worse if a
 * measure expects it to grow, else more is. Logarithmic for each entry, and a place in a district
 * some microseconds.
 *
 * Returns: (transfer full) (element-type QonysDifference): places, then measures, by id
 */
GPtrArray *qonys_version_compare (const QonysPlan *before, const QonysPlan *after,
                                  const GPtrArray *districts);

typedef struct {
  char *key; /* KATO or body's id; "" none */
  guint n[QONYS_N_DIFFERENCES];
} QonysDifferenceCount;

/** Marked places by district: a line for each that has any, by KATO. Returns: (transfer full)
 * (element-type QonysDifferenceCount) */
GPtrArray *qonys_differences_count_by_district (const GPtrArray *differences);

/** Marked places and measures by body; what several bodies have counts for each. Returns:
 * (transfer full) (element-type QonysDifferenceCount) */
GPtrArray *qonys_differences_count_by_body (const GPtrArray *differences);

G_END_DECLS
