#pragma once

#include "domain/norm-index-private.h"
#include "domain/summary.h"

/* The ground of one cell as far as it is one district's, whichever day's districts are asked for;
 * with the sums of its rows but for the norm's. */
typedef struct {
  gint32 cell;     /* number in cells; −1: rows without a position */
  guint32 claim;   /* whose it is: owners[claim · n_sets + set] */
  gboolean has[2]; /* dwellings, suspicions: any row at all */
  QonysSummary sums;
} QonysPlace;

/**
 * QonysPlaces:
 *
 * What of dwellings and suspicions depends neither on the norm nor on the day asked for.
 */
typedef struct {
  gboolean has_dwellings, has_suspicions;
  GPtrArray *sets;          /* element-type GPtrArray of QonysDistrict: the units of each time */
  guint8 *owners;           /* the number of the unit in its set, or QONYS_NO_DISTRICT */
  GArray *cells;            /* element-type QonysCell, in order; their summaries are empty */
  GArray *places;           /* element-type QonysPlace, by cell, those without a position last */
  guint32 *dwelling_places; /* each dwelling's place */
  guint32 *suspicion_places;
  QonysNormIndex *index; /* of the norm asked for last; NULL before; kept by the project */
} QonysPlaces;

/** Suspicions of one place. */
typedef struct {
  gint64 n_suspected, n_confirmed, n_not_confirmed;
} QonysSuspicionCounts;

/** Some rows of suspicions by place. Returns: (transfer full) (array): one a place */
QonysSuspicionCounts *_qonys_places_count_suspicions (const QonysPlaces *places,
                                                      const QonysTable *suspicions,
                                                      const guint32 *rows, gsize n);

QonysPlaces *_qonys_places_new (const QonysTable *dwellings, const QonysTable *suspicions,
                                const QonysDistricts *districts);
void _qonys_places_free (QonysPlaces *places);

/** The number of the set whose units are @districts; −1 none. */
int _qonys_places_find_set (const QonysPlaces *places, const GPtrArray *districts);

/** The number of the place's district in a set, or QONYS_NO_DISTRICT. */
static inline guint8
_qonys_places_get_owner (const QonysPlaces *places, const QonysPlace *place, guint set)
{
  return places->owners[(gsize)place->claim * places->sets->len + set];
}

/** Adds sums that may be missing. */
void _qonys_summary_add (QonysSummary *sum, const QonysSummary *more);
/** Known zeros for what a table speaks of that has rows, though none of them here. */
void _qonys_summary_start (QonysSummary *summary, gboolean has_dwellings, gboolean has_suspicions);
