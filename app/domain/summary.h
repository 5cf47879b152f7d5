#pragma once

#include "domain/project.h"

G_BEGIN_DECLS

/**
 * QonysSummary:
 *
 * What is known of one place (a district, a grid cell, the city): plain sums over its rows. A
 * count of rows is 0 where there are none; a sum over a column is missing where no row has a
 * value: unknown is not zero.
 */
typedef struct {
  /* dwellings */
  gint64 n_dwellings;
  gint64 n_registered;       /* persons; QONYS_BIG_MISSING if no row says */
  gint64 n_norm_known;       /* dwellings whose area and counts are known */
  gint64 n_overcrowded;      /* of these, above the norm */
  gint64 n_above_norm;       /* persons above the norm */
  double area_useful_m2;     /* over dwellings with area and counts */
  gint64 n_registered_area;  /* persons registered in those */
  gint64 n_let, n_let_unregistered; /* let dwellings; of these with nobody temporary registered */
  gint64 turnover, n_registered_turnover;
  /* suspicions of fictitious registration */
  gint64 n_suspected, n_confirmed, n_not_confirmed;
  /* operations */
  gint64 n_operations;
  gint64 n_addresses_checked, n_persons_checked; /* QONYS_BIG_MISSING if no row says */
  gint64 n_violations;
  gint64 n_liable;
  gint64 fines_collected_kzt;
  gint64 n_expelled, n_stay_shortened;
  /* flows */
  gint64 n_arrivals, n_departures; /* QONYS_BIG_MISSING if none given at this level */
} QonysSummary;

void qonys_summary_init (QonysSummary *summary);

/**
 * QonysFilterTime: rows of operations, flows and registrations outside [from, to) do not count;
 * missing ends are open.
 */
typedef struct {
  QonysDay from, to;
} QonysPeriod;

/**
 * qonys_summarise_districts:
 * @districts: (element-type QonysDistrict): the units
 * @period: (nullable)
 * @summaries: (out caller-allocates) (array): one a district, then one for the whole city: all
 *   rows, with or without a district
 *
 * A row belongs to the district whose KATO it bears if that district is among the units, else to
 * the one that holds its position, else to the city alone. A row of a day before a split that
 * bears the undivided district's code belongs to it only while the units are of that day.
 * Flows within the city do not enter the city's balance.
 */
void qonys_summarise_districts (const QonysProject *project, const GPtrArray *districts,
                                const QonysPeriod *period, QonysSummary *summaries);

/** One grid cell of 500 m (UTM 42N, EPSG:32642) with what is in it. */
typedef struct {
  guint cell;
  double corner_x[4], corner_y[4]; /* mercator unit square, south-west first, CCW */
  double center_x, center_y;
  QonysSummary summary;
} QonysCell;

/** The non-empty cells of dwellings and suspicions. Returns: (transfer full) (element-type
 * QonysCell), by cell number */
GArray *qonys_summarise_cells (const QonysProject *project, double cell_m);

/** The district (index in @districts) each row of a table belongs to, by the rule above; 255
 * none. Returns: (transfer full) (array): n_rows */
guint8 *qonys_assign_districts (const QonysTable *table, const GPtrArray *districts);

G_END_DECLS
