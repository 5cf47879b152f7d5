/* Sums by district and cell, against plain counting; dates of districts; missing stays missing. */

#include "../support/distance.h"
#include "domain-support.h"
#include "domain/statistic.h"
#include "domain/summary.h"
#include "geo/mercator.h"

#include <math.h>
#include <string.h>

static QonysTable *
make_operations (void)
{
  static const struct {
    const char *district, *day;
    double x; /* mercator; 0 none */
    gint32 violations;
  } ROWS[] = {
      {"711110000", "2023-03-01", 0, 10},   /* the undivided Almaty */
      {"711110000", "2024-03-01", 0, 20},   /* still undivided */
      {"711110000", "2024-06-01", 0, 30},   /* the new Almaty */
      {"711610000", "2024-06-01", 0, 40},   /* Sarayshyk */
      {NULL, "2024-06-01", 0.12, 50},       /* by its position */
      {"710000000", "2024-06-01", 0.3, 60}, /* says the city: no district */
      {"711210000", "2024-07-01", 0, QONYS_INT_MISSING},
  };
  QonysTableBuilder *builder =
      qonys_table_builder_new (QONYS_RECORD_OPERATION, G_N_ELEMENTS (ROWS));

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    qonys_table_builder_add_text (builder, QONYS_OPERATION_DISTRICT, ROWS[i].district, -1);
    qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_END, day_of (ROWS[i].day));
    qonys_table_builder_add_int (builder, QONYS_OPERATION_VIOL_517, ROWS[i].violations);
    qonys_table_builder_add_position (builder,
                                      ROWS[i].x > 0 ? qonys_mercator_lon_deg (ROWS[i].x) : NAN,
                                      ROWS[i].x > 0 ? qonys_mercator_lat_deg (0.1) : NAN);
  }
  return qonys_table_builder_finish (builder);
}

static const QonysSummary *
find (const GPtrArray *districts, const QonysSummary *summaries, const char *kato)
{
  for (guint i = 0; i < districts->len; i++)
    if (g_str_equal (((QonysDistrict *)g_ptr_array_index (districts, i))->kato, kato))
      return &summaries[i];
  g_assert_not_reached ();
}

static void
test_districts_of_their_day (void)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {[QONYS_RECORD_OPERATION] = make_operations ()};
  g_autoptr (QonysProject) project = make_project (tables, FALSE);
  QonysDistricts *all = qonys_project_get_districts (project);
  g_autoptr (GPtrArray) six = qonys_districts_get_on_day (all, day_of ("2024-12-31"));
  g_autoptr (GPtrArray) five = qonys_districts_get_on_day (all, day_of ("2023-12-31"));
  QonysPeriod year_2023 = {day_of ("2023-01-01"), day_of ("2024-01-01")};
  QonysSummary summaries[7];

  qonys_summarise_districts (project, six, NULL, summaries); /* the latest year: 2024 */
  g_assert_cmpint (find (six, summaries, "711110000")->n_violations, ==, 30);
  g_assert_cmpint (find (six, summaries, "711610000")->n_violations, ==, 90);
  g_assert_cmpint (find (six, summaries, "711610000")->n_operations, ==, 2);
  g_assert_cmpint (summaries[6].n_violations, ==, 200); /* the city: all of the year */
  g_assert_cmpint (find (six, summaries, "711310000")->n_operations, ==, 0); /* a known zero */
  g_assert_cmpint (find (six, summaries, "711210000")->n_operations, ==, 1);
  g_assert_cmpint (find (six, summaries, "711210000")->n_violations, ==, QONYS_BIG_MISSING);

  qonys_summarise_districts (project, five, &year_2023, summaries);
  g_assert_cmpint (find (five, summaries, "711110000")->n_violations, ==, 10);

  /* 2023 on the districts of 2024: the new Almaty did not exist, so nothing is known of it. */
  qonys_summarise_districts (project, six, &year_2023, summaries);
  g_assert_cmpint (find (six, summaries, "711110000")->n_operations, ==, QONYS_BIG_MISSING);
  g_assert_cmpint (find (six, summaries, "711610000")->n_operations, ==, QONYS_BIG_MISSING);
  g_assert_cmpint (find (six, summaries, "711410000")->n_operations, ==, 0);
}

static void
test_flows_stay_at_their_level (void)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_FLOW, 3);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (GPtrArray) six = NULL;
  const QonysStatistic *balance = qonys_statistic_find ("balance");
  QonysSummary summaries[7];
  static const struct {
    const char *to;
    gint32 in, out;
    guint8 direction;
  } ROWS[] = {
      {"710000000", 74161, 38406, QONYS_FLOW_INTER_REGIONAL},
      {"711210000", 500, 500, QONYS_FLOW_INTRA_CITY}, /* a move between districts */
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    qonys_table_builder_add_text (builder, QONYS_FLOW_DESTINATION, ROWS[i].to, -1);
    qonys_table_builder_add_int (builder, QONYS_FLOW_MONTH, day_of ("2023-09-01"));
    qonys_table_builder_add_code (builder, QONYS_FLOW_DIRECTION_DETAIL, ROWS[i].direction);
    qonys_table_builder_add_int (builder, QONYS_FLOW_ARRIVALS, ROWS[i].in);
    qonys_table_builder_add_int (builder, QONYS_FLOW_DEPARTURES, ROWS[i].out);
  }
  tables[QONYS_RECORD_FLOW] = qonys_table_builder_finish (builder);
  project = make_project (tables, FALSE);
  six = qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  qonys_summarise_districts (project, six, NULL, summaries);

  g_assert_cmpint (summaries[6].n_arrivals, ==, 74161); /* not 74 661 */
  g_assert_cmpfloat (
      qonys_statistic_compute (balance, project, QONYS_CITY_KATO, &summaries[6]).value, ==, 35755);
  /* Nothing is invented below the city. */
  g_assert_cmpint (find (six, summaries, "711110000")->n_arrivals, ==, QONYS_BIG_MISSING);
  g_assert_true (isnan (
      qonys_statistic_compute (balance, project, "711110000", find (six, summaries, "711110000"))
          .value));
  g_assert_cmpint (summaries[6].n_dwellings, ==, QONYS_BIG_MISSING); /* none are loaded */
}

static QonysTable *
make_random_dwellings (gsize n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, n);

  for (gsize i = 0; i < n; i++) {
    gboolean is_placed = g_rand_int_range (rand, 0, 20) > 0;

    qonys_table_builder_add_position (builder,
                                      is_placed ? g_rand_double_range (rand, 71.3, 71.6) : NAN,
                                      is_placed ? g_rand_double_range (rand, 51.0, 51.2) : NAN);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_PERMANENT,
                                 g_rand_int_range (rand, 0, 10) ? g_rand_int_range (rand, 0, 9)
                                                                : QONYS_INT_MISSING);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_RELATIVES, 0);
    qonys_table_builder_add_decimal (
        builder, QONYS_DWELLING_AREA_USEFUL_M2,
        g_rand_int_range (rand, 0, 10) ? g_rand_double_range (rand, 15, 90) : NAN);
  }
  return qonys_table_builder_finish (builder);
}

static void
test_cells (void)
{
  QonysTable *dwellings = make_random_dwellings (5000);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {[QONYS_RECORD_DWELLING] = dwellings};
  g_autoptr (QonysProject) project = make_project (tables, TRUE);
  g_autoptr (GArray) cells = qonys_summarise_cells (project);
  gint64 n = 0, registered = 0, n_placed = 0, registered_placed = 0;

  for (gsize row = 0; row < 5000; row++) {
    gint32 count = qonys_table_get_int (dwellings, row, QONYS_DWELLING_REG_PERMANENT);

    if (isnan (qonys_table_get_lon_deg (dwellings)[row]))
      continue;
    n_placed++;
    registered_placed += count == QONYS_INT_MISSING ? 0 : count;
  }
  for (guint i = 0; i < cells->len; i++) {
    const QonysCell *cell = &g_array_index (cells, QonysCell, i);

    n += cell->summary.n_dwellings;
    registered += MAX (cell->summary.n_registered, 0);
    g_assert_cmpint (cell->summary.n_suspected, ==, QONYS_BIG_MISSING); /* none are loaded */
    g_assert_true (i == 0 || cell[-1].north < cell->north ||
                   (cell[-1].north == cell->north && cell[-1].east < cell->east));
    /* 500 m on the ground, give or take the scale of UTM. */
    g_assert_cmpfloat_with_epsilon (support_distance_m (qonys_mercator_lon_deg (cell->corner_x[0]),
                                                        qonys_mercator_lat_deg (cell->corner_y[0]),
                                                        qonys_mercator_lon_deg (cell->corner_x[1]),
                                                        qonys_mercator_lat_deg (cell->corner_y[1])),
                                    500, 2);
  }
  g_assert_cmpint (n, ==, n_placed);
  g_assert_cmpint (registered, ==, registered_placed);
}

static void
test_rates_come_before_counts (void)
{
  gboolean was_count = FALSE;

  for (guint i = 0; qonys_statistics_get (i) != NULL; i++) {
    const QonysStatistic *statistic = qonys_statistics_get (i);

    g_assert_false (was_count && statistic->is_rate);
    was_count |= !statistic->is_rate;
    g_assert_true (qonys_statistic_find (statistic->id) == statistic);
    g_assert_null (strstr (statistic->id, "score"));
  }
}

static void
test_loaded_indicator_wins (void)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_INDICATOR, 1);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  g_autoptr (QonysProject) project = NULL;
  QonysSummary summary;

  qonys_table_builder_add_text (builder, QONYS_INDICATOR_ID, "I13", -1);
  qonys_table_builder_add_text (builder, QONYS_INDICATOR_PLACE_REF, "711210000", -1);
  qonys_table_builder_add_int (builder, QONYS_INDICATOR_PERIOD_END, day_of ("2023-09-30"));
  qonys_table_builder_add_decimal (builder, QONYS_INDICATOR_VALUE, -42);
  tables[QONYS_RECORD_INDICATOR] = qonys_table_builder_finish (builder);
  project = make_project (tables, FALSE);
  qonys_summary_init (&summary);
  g_assert_cmpfloat (
      qonys_statistic_compute (qonys_statistic_find ("balance"), project, "711210000", &summary)
          .value,
      ==, -42);
  g_assert_true (isnan (
      qonys_statistic_compute (qonys_statistic_find ("balance"), project, "711310000", &summary)
          .value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/summary/districts-of-their-day", test_districts_of_their_day);
  g_test_add_func ("/domain/summary/flows-stay-at-their-level", test_flows_stay_at_their_level);
  g_test_add_func ("/domain/summary/cells", test_cells);
  g_test_add_func ("/domain/statistic/rates-before-counts", test_rates_come_before_counts);
  g_test_add_func ("/domain/statistic/loaded-indicator-wins", test_loaded_indicator_wins);
  return g_test_run ();
}
