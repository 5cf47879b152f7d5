#pragma once

#include "domain/catalogue.h"
#include "privacy/suppress.h"
#include "release/release.h"

G_BEGIN_DECLS

/* ---- what is left of the tables after suppression: made once a dataset, never a view ---- */

typedef struct {
  double value; /* NaN unless shown */
  QonysValueState state;
  gboolean is_small; /* hidden for being a count below the threshold */
} QonysSafeValue;

/** The districts of some day with their sums. */
typedef struct {
  GPtrArray *districts;    /* element-type QonysDistrict, owned by the project */
  QonysSummary *summaries; /* one a district, then the city */
} QonysUnits;

typedef struct {
  const QonysStatistic *statistic;
  const QonysUnits *units;
  QonysDay day;           /* of the data; missing if there are none */
  QonysSafeValue *values; /* one a district, then the city */
} QonysSafeStatistic;

typedef enum {
  QONYS_COUNT_DWELLINGS,
  QONYS_COUNT_OVERCROWDED,
  QONYS_COUNT_SUSPECTED
} QonysCellCount;
#define QONYS_N_CELL_COUNTS 3

typedef struct {
  char id[24]; /* "E1234N5678": south-west corner in units of 500 m, UTM 42N */
  double corner_x[4], corner_y[4], center_x, center_y; /* mercator unit square */
  gint64 counts[QONYS_N_CELL_COUNTS];                  /* as they are: for the gate alone */
  QonysValueState states[QONYS_N_CELL_COUNTS];
} QonysSafeCell;

/** What is counted of raids. */
typedef enum { QONYS_RAIDS_OPERATIONS, QONYS_RAIDS_VIOLATIONS } QonysRaidCount;

/** Operations, or violations, by district of their own day, year and quarter. */
typedef struct {
  GPtrArray *katos; /* element-type char*: districts, then the city */
  int first_year;
  guint n_years; /* 0: no operations */
  /* [kato][year][0 … 3 quarter, 4 the year]; QONYS_BIG_MISSING where there was no such district */
  gint64 *counts;
  guint8 *is_hidden;
} QonysSafeOperations;

#define QONYS_YEAR_TOTAL 4

/** One sum that is published: the total of some counts. */
typedef struct {
  gint64 total;   /* number of the count that is the total; −1: published in any case */
  GArray *counts; /* element-type guint: the numbers of what is summed */
} QonysSum;

/** Hides more counts until no published sum gives a hidden one away: of each sum none is hidden,
 * or two or more that make up @threshold, or one where the total is hidden too. Zeros and missing
 * counts cannot hide anything. Cost: rounds × members. */
void _qonys_hide_sums (const gint64 *counts, guint8 *is_hidden, const GArray *sums,
                       gint64 threshold);
/** Returns: (transfer full): an empty list of QonysSum that frees its members. */
GArray *_qonys_sums_new (void);
/** Adds an empty sum and returns its members. */
GArray *_qonys_sums_add (GArray *sums, gint64 total);

/** A count by district that cells add up to, and what of it had to be hidden. */
typedef struct {
  const QonysUnits *units; /* NULL for the official audience */
  gint64 *counts;          /* one a district, then the city */
  guint8 *is_hidden;
} QonysSafeAreas;

/** All that may be published, shared by releases that differ by statistic only. */
typedef struct {
  gatomicrefcount ref_count;
  GPtrArray *units;   /* element-type QonysUnits */
  GArray *statistics; /* element-type QonysSafeStatistic, in the order of the statistics */
  GArray *cells;      /* element-type QonysSafeCell */
  QonysSafeAreas areas[QONYS_N_CELL_COUNTS];
  QonysSafeOperations *operations, *violations;
  GPtrArray *raid_districts; /* element-type QonysDistrict: of the operations' day */
  gint32 *excess;            /* by dwelling; QONYS_INT_MISSING unknown */
  gboolean is_upper_bound;
  gboolean has_dwellings, has_suspicions;
} QonysSafe;

QonysSafe *_qonys_safe_new (QonysProject *project, gboolean is_official, gint64 threshold,
                            QonysJob *job, GError **error);
QonysSafe *_qonys_safe_ref (QonysSafe *safe);
void _qonys_safe_unref (QonysSafe *safe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSafe, _qonys_safe_unref)

/** The districts of @day with their sums, made where they are new; owned by @safe. */
const QonysUnits *_qonys_safe_get_units (QonysSafe *safe, QonysProject *project, QonysDay day);
/** Fills in cells and areas. */
void _qonys_safe_add_cells (QonysSafe *safe, QonysProject *project, gboolean is_official,
                            gint64 threshold);
QonysSafeOperations *_qonys_operations_new (QonysProject *project, QonysRaidCount which,
                                            gboolean is_official, gint64 threshold);
void _qonys_operations_free (QonysSafeOperations *operations);
/** The number of a count, −1 if there is no such district or year. */
gssize _qonys_operations_find (const QonysSafeOperations *operations, const char *kato, int year,
                               guint part);

const QonysSafeStatistic *_qonys_safe_find_statistic (const QonysSafe *safe,
                                                      const QonysStatistic *statistic);
/** The value for one version of a district; missing where the statistic's districts are others. */
QonysSafeValue _qonys_safe_get_value (const QonysSafeStatistic *statistic,
                                      const QonysDistrict *district);
QonysSafeValue _qonys_safe_get_city_value (const QonysSafeStatistic *statistic);

/** Do marks of raids count the violations found? Else nobody counted them, and the operations
 * themselves are counted. */
gboolean _qonys_safe_has_violations (const QonysSafe *safe);
/** What a district's mark of raids says: of the latest year. */
QonysSafeValue _qonys_safe_get_raids (const QonysSafe *safe, const QonysDistrict *district);

/* ---- the release ---- */

struct _QonysRelease {
  gatomicrefcount ref_count;
  QonysProject *project;
  QonysAudience audience;
  char *purpose; /* nullable */
  gint64 threshold;
  QonysSafe *safe;
  QonysPlan *plan;
  QonysContent *content;
};

/** "public", "committee", "official". */
const char *_qonys_audience_get_id (QonysAudience audience);

static inline gboolean
_qonys_release_is_official (const QonysRelease *release)
{
  return release->audience == QONYS_AUDIENCE_OFFICIAL;
}

/** The content of a release whose other members are set. @before: (nullable): one of the same
 * project and audience, whose marks it shares */
QonysContent *_qonys_content_make (const QonysRelease *release, const QonysStatistic *statistic,
                                   const QonysRelease *before);
void _qonys_content_add_notes (QonysContent *content, const QonysRelease *release);

/** What people wrote, as the audience may see it. @before: (nullable): as above: what is the same
 * in its plan is taken over */
void _qonys_content_add_entries (QonysContent *content, const QonysRelease *release,
                                 const QonysRelease *before);

/** Is the row of suspicions one that may be shown to those cleared: suspected, queued, confirmed?
 */
gboolean _qonys_suspicion_is_open (const QonysTable *suspicions, gsize row);
/** Where a row of suspicions stands: its own position, else its dwelling's; NaN unknown. */
void _qonys_suspicion_get_position (const QonysProject *project, gsize row, double *lon_deg,
                                    double *lat_deg);
/** Are the rows in use of a type training data? Real ones hide synthetic ones: all or none are. */
gboolean _qonys_type_is_synthetic (const QonysProject *project, QonysRecordType type);

/** Sentences for notes and cards. (transfer full) */
char *_qonys_norm_describe (const QonysNorm *norm);
/** The number of dwellings whose area or counts are unknown. */
gint64 _qonys_release_get_n_norm_unknown (const QonysRelease *release);

G_END_DECLS
