#pragma once

#include "domain/district.h"
#include "domain/version.h"

G_BEGIN_DECLS

typedef enum {
  QONYS_DIFFERENCE_APPEARED,
  QONYS_DIFFERENCE_CHANGED, /* in any other way than the next two */
  QONYS_DIFFERENCE_SOLVED,  /* a marked place; of a measure: it is done or not needed any more */
  QONYS_DIFFERENCE_WORSENED,
  QONYS_DIFFERENCE_REMOVED,
  QONYS_N_DIFFERENCES
} QonysDifferenceKind;

/** "appeared", "changed", "solved", "worsened", "removed". */
const char *qonys_difference_get_id (QonysDifferenceKind kind);
/** In the language now set: “Appeared”. */
const char *qonys_difference_get_title (QonysDifferenceKind kind);
/** "+", "●", "✓", "▲", "−": a shape of its own for each. */
const char *qonys_difference_get_sign (QonysDifferenceKind kind);

/** A marked place, measure or annotation that is not in both states alike. */
typedef struct {
  QonysDifferenceKind kind;
  QonysEntry *before, *after; /* the same where a measure only became overdue; one may be NULL */
  gboolean is_newly_overdue;  /* of a measure */
  char kato[10];              /* a district's or the city's; "" a place in none, a measure */
  char **bodies;              /* of the measure, or of the measures that name the place; ids */
} QonysDifference;

/** The entry as it is, or as it was when it is gone. */
const QonysEntry *qonys_difference_get_entry (const QonysDifference *difference);

typedef struct {
  char *key; /* KATO or body's id; "" none */
  guint n[QONYS_N_DIFFERENCES];
} QonysDifferenceCount;

/**
 * QonysComparison:
 *
 * What became of things between two states. Immutable; atomic reference count.
 */
typedef struct {
  QonysState *from, *to;
  GPtrArray *differences; /* element-type QonysDifference: places, measures, annotations; by id */
  GPtrArray *by_district; /* element-type QonysDifferenceCount: of marked places, by KATO */
  GPtrArray *by_body;     /* of places and measures; what several bodies have counts for each */
} QonysComparison;

/**
 * qonys_comparison_new:
 * @districts: marked places are looked for in those of the day of @to
 *
 * A place is worse if it is severer or its indicator went the bad way (up; down where a measure
 * expects it to grow); a measure if its status went away from done or it became overdue between the
 * days of the two states. Of measures only a change of status counts, and being overdue.
 * Linear in the entries; a place looked for in districts some microseconds.
 */
QonysComparison *qonys_comparison_new (QonysState *from, QonysState *to,
                                       const QonysDistricts *districts);
QonysComparison *qonys_comparison_ref (QonysComparison *comparison);
void qonys_comparison_unref (QonysComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysComparison, qonys_comparison_unref)

/** Who answers for a measure, ids of bodies: of the resolution's all of them, while the first is
 * still the resolution's. Returns: (transfer full): NULL-terminated, empty if nobody is named */
char **qonys_measure_dup_bodies (const QonysEntry *measure);

G_END_DECLS
