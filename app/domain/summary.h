#pragma once

#include "domain/project.h"

G_BEGIN_DECLS

/**
 * QonysSummary:
 *
 * What is known of one place (a district, a grid cell, the city): plain sums over its rows. Every
 * number is %QONYS_BIG_MISSING (areas: NaN) where no row can say it: no table of that type is
 * loaded, the column is empty, or the district's version did not exist in the period. Unknown is
 * not zero; zero is a known zero.
 */
typedef struct {
  /* dwellings */
  gint64 n_dwellings;
  gint64 n_registered;              /* persons; QONYS_BIG_MISSING if no row says */
  gint64 n_norm_known;              /* dwellings whose area and counts are known */
  gint64 n_overcrowded;             /* of these, above the norm */
  gint64 n_above_norm;              /* persons above the norm */
  double area_useful_m2;            /* over dwellings with area and counts */
  gint64 n_registered_area;         /* persons registered in those */
  gint64 n_let, n_let_unregistered; /* let dwellings; of these with nobody temporary registered */
  gint64 turnover, n_registered_turnover;
  /* suspicions of fictitious registration */
  gint64 n_suspected, n_confirmed, n_not_confirmed;
  /* operations */
  gint64 n_operations;
  gint64 n_addresses_checked, n_persons_checked;
  gint64 n_violations;
  gint64 n_liable;
  gint64 fines_collected_kzt;
  gint64 n_expelled, n_stay_shortened;
  /* flows */
  gint64 n_arrivals, n_departures; /* given at this level, never split from the city's */
} QonysSummary;

void qonys_summary_init (QonysSummary *summary);

/** The calendar year of the latest row of operations or flows; open where there are no rows. */
QonysPeriod qonys_project_get_latest_year (const QonysProject *project, QonysRecordType type);

/**
 * qonys_summarise_districts:
 * @districts: (element-type QonysDistrict): the units: those of some day, as
 *   qonys_districts_get_on_day() gives them
 * @period: (nullable): for operations and flows; %NULL: the project's own, or else the latest
 *   calendar year of each
 * @summaries: (out caller-allocates) (array): one a district, then one for the whole city: all
 *   rows, with or without a district
 *
 * Rows go to districts by qonys_assign_districts(). Flows within the city do not enter the city's
 * balance. Cost: below 1 ms for 1 M dwellings, also under another norm; the first time of a
 * project's data some 90 ms on two threads, for their places.
 */
void qonys_summarise_districts (const QonysProject *project, const GPtrArray *districts,
                                const QonysPeriod *period, QonysSummary *summaries);

#define QONYS_CELL_SIZE_M 500.0

/** One grid cell of 500 m (UTM 42N, EPSG:32642) with what is in it. */
typedef struct {
  gint32 east, north;              /* south-west corner, in cells */
  double corner_x[4], corner_y[4]; /* mercator unit square, south-west first, CCW */
  double center_x, center_y;
  QonysSummary summary;
} QonysCell;

/** The non-empty cells of dwellings and suspicions. Cost: as qonys_summarise_districts(). Returns:
 * (transfer full) (element-type QonysCell), from south to north, then from west to east */
GArray *qonys_summarise_cells (const QonysProject *project);

/**
 * qonys_find_cells_of_districts:
 * @type: dwellings or suspicions
 * @districts: as for qonys_summarise_districts()
 *
 * Which cells hold rows of which district: a flag for each cell of qonys_summarise_cells(), for
 * the first district, then for the next, at last for the whole city, with or without a district.
 *
 * Returns: (transfer full) (array): (n_districts + 1) · n_cells
 */
guint8 *qonys_find_cells_of_districts (const QonysProject *project, QonysRecordType type,
                                       const GPtrArray *districts);

G_END_DECLS
