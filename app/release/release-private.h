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
  QonysSummary *summaries; /* one a district, then the city; NULL in a period of the public */
} QonysUnits;

typedef struct {
  const QonysStatistic *statistic;
  const QonysUnits *units;
  QonysDay day;           /* of the data; missing if there are none */
  QonysSafeValue *values; /* one a district, then the city */
  gboolean is_of_period;  /* the values are of the safe's period, not of all time */
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

/** Arrivals and departures of one destination, month, origin and direction. */
typedef struct {
  const char *destination, *origin; /* owned by the project's table */
  QonysDay month;
  guint8 direction;
  gint64 counts[2]; /* arrivals, departures */
  guint8 is_hidden[2];
} QonysSafeFlow;

/** All that may be published, shared by releases that differ by statistic only. */
typedef struct _QonysSafe QonysSafe;
struct _QonysSafe {
  gatomicrefcount ref_count;
  QonysSafe *lender;   /* of all time; NULL: this is it. Cells and areas of the public, operations,
                        * violations and excess are its own */
  QonysPeriod period;  /* as shown */
  GMutex lock;         /* guards flows and classes */
  GHashTable *classes; /* of periods, by what classes.c writes */
  GArray *flows;       /* element-type QonysSafeFlow; on first use */
  GPtrArray *units;    /* element-type QonysUnits */
  GArray *statistics;  /* element-type QonysSafeStatistic, in the order of the statistics */
  GArray *cells;       /* element-type QonysSafeCell */
  QonysSafeAreas areas[QONYS_N_CELL_COUNTS];
  QonysSafeOperations *operations, *violations;
  GPtrArray *raid_districts; /* element-type QonysDistrict: of the operations' day */
  gint32 *excess;            /* by dwelling; QONYS_INT_MISSING unknown */
  gboolean is_upper_bound;
  gboolean has_dwellings, has_suspicions;
};

/** @lender: (nullable): of the same project in all of time, for the official audience */
QonysSafe *_qonys_safe_new (QonysProject *project, QonysSafe *lender, gboolean is_official,
                            gint64 threshold, QonysJob *job, GError **error);
/** Of one statistic alone, for the official audience. @lender: as above, not NULL. Cost: a tenth of
 * the whole's */
QonysSafe *_qonys_safe_new_statistic (QonysProject *project, QonysSafe *lender,
                                      const QonysStatistic *statistic);
/** Empty but for what is the same in all of time. @lender: (nullable) */
QonysSafe *_qonys_safe_alloc (QonysProject *project, QonysSafe *lender);
/** What of @whole may be published of whole quarters, made of what is published of them: for all
 * but the official audience. @project: in all of time */
QonysSafe *_qonys_safe_new_quarters (QonysSafe *whole, QonysProject *project,
                                     const QonysPeriod *period, gint64 threshold);
/** Flows by destination, month, origin; suppressed once. */
const GArray *_qonys_safe_get_flows (QonysSafe *safe, const QonysProject *project,
                                     gboolean is_official, gint64 threshold);
GArray *_qonys_flows_new (const QonysProject *project, gboolean is_official, gint64 threshold);
/** The sum of published quarters (and of published years, where whole ones are asked for). */
QonysSafeValue _qonys_operations_sum (const QonysSafeOperations *table,
                                      const QonysSafeOperations *operations, const char *kato,
                                      const QonysPeriod *period);
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
  QonysRelease *whole;   /* (nullable): the same of all time */
  QonysProject *project; /* official: in the period */
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

/** Ids of the measures that name @id in a field of ids. Returns: (transfer full) (element-type
 * char*): NULL-terminated */
GPtrArray *_qonys_plan_find_measures (const QonysPlan *plan, guint field, const char *id);
/** Is a field of an item or annotation one that the audience is not told? */
gboolean _qonys_entry_field_is_withheld (QonysAudience audience, QonysEntryKind kind, guint field);

/** Is the row of suspicions one that may be shown to those cleared: suspected, queued, confirmed?
 */
gboolean _qonys_suspicion_is_open (const QonysTable *suspicions, gsize row);
/** Where a row of suspicions stands: its own position, else its dwelling's; NaN unknown. */
void _qonys_suspicion_get_position (const QonysProject *project, gsize row, double *lon_deg,
                                    double *lat_deg);
/** Are the rows in use of a type training data? Real ones hide synthetic ones: all or none are. */
gboolean _qonys_type_is_synthetic (const QonysProject *project, QonysRecordType type);

/** "Period: quarter I of 2023 (whole quarters)"; NULL: all of time. (transfer full) */
char *_qonys_release_describe_period (const QonysRelease *release);

/** Upper limits of the classes that districts of these values are coloured by. Returns: how many */
guint _qonys_content_find_classes (const double *values, gsize n, double limits[9]);

/** Those of the districts' values in @release; in a period those of the values of all periods of
 * as many steps that the data hold, so that one colour is one value in each. Kept with the safe of
 * all time. @limits: (out) (array fixed-size=9). Returns: how many */
guint _qonys_release_find_classes (const QonysRelease *release, const QonysSafeStatistic *statistic,
                                   double limits[9]);
/** The steps a type's rows speak of, as the audience may know them. Returns: (transfer full)
 * (element-type QonysBin) */
GArray *_qonys_release_count_steps (const QonysRelease *release, QonysRecordType type,
                                    QonysStep step);
/** The period for files, ISO 8601: "2023-01-01/2023-03-31", ".." for an open end; NULL: all of
 * time. (transfer full) */
char *_qonys_release_format_interval (const QonysRelease *release);

/** Sentences for notes and cards. (transfer full) */
char *_qonys_norm_describe (const QonysNorm *norm);
/** The number of dwellings whose area or counts are unknown. */
gint64 _qonys_release_get_n_norm_unknown (const QonysRelease *release);

G_END_DECLS
