/* Sums put together from places and packed norms against plain ones, row by row: random dwellings
 * and suspicions with everything missing now and then, before and after a split, under random
 * norms with all switches; then the same asked for by several threads at once. */

#include "domain-support.h"
#include "domain/summary.h"
#include "geo/mercator.h"

#include <math.h>
#include <string.h>

#define UNKNOWN QONYS_INT_MISSING
#define CITY_X 0.6983 /* 71.4° E, 51.1° N */
#define CITY_Y 0.3340
#define SPLIT "2024-05-23"

static const char *const KATOS[] = {"711110000", "711210000", "711610000", QONYS_CITY_KATO, "x"};

/* Almaty, split in two, and Esil beside it. */
static QonysDistricts *
make_city (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  QonysDay start = day_of ("2018-03-16"), split = day_of (SPLIT);
  double d = 1e-4; /* some 2.5 km on the ground */

  g_ptr_array_add (all, make_district (KATOS[0], CITY_X, CITY_Y, d, start, split));
  g_ptr_array_add (
      all, make_district (KATOS[0], CITY_X - d / 2, CITY_Y, d / 2, split, QONYS_DAY_MISSING));
  g_ptr_array_add (
      all, make_district (KATOS[2], CITY_X + d / 2, CITY_Y, d / 2, split, QONYS_DAY_MISSING));
  g_ptr_array_add (all,
                   make_district (KATOS[1], CITY_X + 2 * d, CITY_Y, d, start, QONYS_DAY_MISSING));
  return qonys_districts_new (all);
}

/* ---- random tables ---- */

static gboolean
is_now_and_then (GRand *rand)
{
  return g_rand_int_range (rand, 0, 6) == 0;
}

static gint32
draw_count (GRand *rand)
{
  return is_now_and_then (rand) ? UNKNOWN : g_rand_int_range (rand, 0, 9);
}

static void
add_place (GRand *rand, QonysTableBuilder *builder, guint district_field, guint day_field)
{
  static const char *const DAYS[] = {"2017-01-01", "2024-05-22", SPLIT, "2026-10-01"};
  double x = CITY_X + g_rand_double_range (rand, -1.5e-4, 4e-4);
  double y = CITY_Y + g_rand_double_range (rand, -1.5e-4, 1.5e-4);
  gboolean has_position = !is_now_and_then (rand);

  qonys_table_builder_add_position (builder, has_position ? qonys_mercator_lon_deg (x) : NAN,
                                    has_position ? qonys_mercator_lat_deg (y) : NAN);
  qonys_table_builder_add_text (
      builder, district_field,
      g_rand_boolean (rand) ? NULL : KATOS[g_rand_int_range (rand, 0, G_N_ELEMENTS (KATOS))], -1);
  qonys_table_builder_add_int (
      builder, day_field,
      is_now_and_then (rand) ? UNKNOWN
                             : day_of (DAYS[g_rand_int_range (rand, 0, G_N_ELEMENTS (DAYS))]));
}

/* @skipped: bits of the columns that are left out */
static QonysTable *
make_dwellings (GRand *rand, gsize n, guint skipped)
{
  static const guint COUNTS[] = {
      QONYS_DWELLING_REG_PERMANENT,  QONYS_DWELLING_REG_TEMPORARY,  QONYS_DWELLING_REG_RELATIVES,
      QONYS_DWELLING_REG_AFTER_NORM, QONYS_DWELLING_REGS_12M,       QONYS_DWELLING_DEREGS_12M,
      QONYS_DWELLING_AREA_USEFUL_M2, QONYS_DWELLING_AREA_LIVING_M2, QONYS_DWELLING_AREA_TOTAL_M2};
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, n);

  for (gsize i = 0; i < n; i++) {
    add_place (rand, builder, QONYS_DWELLING_DISTRICT, QONYS_DWELLING_AS_OF);
    for (guint c = 0; c < G_N_ELEMENTS (COUNTS); c++) {
      gboolean is_area =
          COUNTS[c] >= QONYS_DWELLING_AREA_TOTAL_M2 && COUNTS[c] <= QONYS_DWELLING_AREA_LIVING_M2;

      if ((skipped >> c & 1) != 0)
        continue;
      if (is_area)
        qonys_table_builder_add_decimal (
            builder, COUNTS[c],
            is_now_and_then (rand) ? NAN : g_rand_int_range (rand, 50, 1000) / 10.0);
      else
        qonys_table_builder_add_int (builder, COUNTS[c], draw_count (rand));
    }
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE,
                                 draw_count (rand));
    qonys_table_builder_add_code (builder, QONYS_DWELLING_LET, g_rand_int_range (rand, 0, 3));
    qonys_table_builder_add_dataset_id (builder, g_rand_int_range (rand, 1, 4));
  }
  return qonys_table_builder_finish (builder);
}

static QonysTable *
make_suspicions (GRand *rand, gsize n)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_SUSPICION, n);

  for (gsize i = 0; i < n; i++) {
    add_place (rand, builder, QONYS_SUSPICION_DISTRICT, QONYS_SUSPICION_STATUS_DATE);
    qonys_table_builder_add_code (builder, QONYS_SUSPICION_STATUS,
                                  g_rand_int_range (rand, 0, QONYS_STATUS_EXPIRED + 1));
  }
  return qonys_table_builder_finish (builder);
}

static QonysProject *
make_random_project (GRand *rand, gsize n_dwellings, gsize n_suspicions, guint skipped)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_DWELLING] = make_dwellings (rand, n_dwellings, skipped),
      [QONYS_RECORD_SUSPICION] = make_suspicions (rand, n_suspicions)};
  QonysNorm norm = qonys_norm_get_default ();

  return qonys_project_new (
      NULL, tables, g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free),
      make_city (), g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free),
      &norm);
}

static QonysNorm
draw_norm (GRand *rand)
{
  return (QonysNorm){g_rand_int_range (rand, 10, 500) / 10.0,
                     g_rand_int_range (rand, QONYS_AREA_USEFUL, QONYS_AREA_TOTAL + 1),
                     g_rand_boolean (rand),
                     g_rand_boolean (rand),
                     g_rand_boolean (rand),
                     day_of ("2025-12-26")};
}

/* ---- the plain way ---- */

static void
add (gint64 *sum, gint64 value)
{
  *sum = (*sum == QONYS_BIG_MISSING ? 0 : *sum) + value;
}

static void
add_dwelling (QonysSummary *summary, const QonysNorm *norm, const QonysTable *table, gsize row)
{
  gint32 permanent = qonys_table_get_int (table, row, QONYS_DWELLING_REG_PERMANENT);
  gint32 temporary = qonys_table_get_int (table, row, QONYS_DWELLING_REG_TEMPORARY);
  gint32 regs = qonys_table_get_int (table, row, QONYS_DWELLING_REGS_12M);
  gint32 deregs = qonys_table_get_int (table, row, QONYS_DWELLING_DEREGS_12M);
  double area_m2 = qonys_table_get_decimal (table, row, QONYS_DWELLING_AREA_USEFUL_M2);
  gint64 registered = (gint64)MAX (permanent, 0) + MAX (temporary, 0);
  gboolean is_known = permanent != UNKNOWN || temporary != UNKNOWN;
  QonysNormResult result;

  qonys_norm_check (norm, table, row, &result);
  summary->n_dwellings++;
  if (is_known)
    add (&summary->n_registered, registered);
  if (result.excess != UNKNOWN) {
    summary->n_norm_known++;
    add (&summary->n_overcrowded, result.excess > 0);
    add (&summary->n_above_norm, result.excess);
  }
  if (!isnan (area_m2) && is_known && registered > 0) {
    summary->area_useful_m2 =
        (isnan (summary->area_useful_m2) ? 0 : summary->area_useful_m2) + area_m2;
    add (&summary->n_registered_area, registered);
  }
  if (qonys_table_get_code (table, row, QONYS_DWELLING_LET) == 0 && temporary != UNKNOWN) {
    add (&summary->n_let, 1);
    add (&summary->n_let_unregistered, temporary == 0);
  }
  if (is_known && regs != UNKNOWN && deregs != UNKNOWN) {
    add (&summary->turnover, regs + deregs);
    add (&summary->n_registered_turnover, registered);
  }
}

static void
add_suspicion (QonysSummary *summary, const QonysTable *table, gsize row)
{
  guint8 status = qonys_table_get_code (table, row, QONYS_SUSPICION_STATUS);

  summary->n_suspected += status == QONYS_STATUS_SUSPECTED || status == QONYS_STATUS_QUEUED;
  summary->n_confirmed += status == QONYS_STATUS_CHECKED_CONFIRMED;
  summary->n_not_confirmed += status == QONYS_STATUS_CHECKED_NOT_CONFIRMED;
}

static void
add_row (QonysSummary *summary, const QonysNorm *norm, const QonysTable *table, gsize row)
{
  if (qonys_table_get_schema (table)->type == QONYS_RECORD_DWELLING)
    add_dwelling (summary, norm, table, row);
  else
    add_suspicion (summary, table, row);
}

static void
start (QonysSummary *summary, const QonysProject *project)
{
  qonys_summary_init (summary);
  if (qonys_table_get_n_rows (qonys_project_get_table (project, QONYS_RECORD_DWELLING)) > 0)
    summary->n_dwellings = summary->n_norm_known = 0;
  if (qonys_table_get_n_rows (qonys_project_get_table (project, QONYS_RECORD_SUSPICION)) > 0)
    summary->n_suspected = summary->n_confirmed = summary->n_not_confirmed = 0;
}

/* The number of the unit a row belongs to; −1 none. */
static int
find_unit (const QonysTable *table, gsize row, const GPtrArray *districts)
{
  gboolean is_dwelling = qonys_table_get_schema (table)->type == QONYS_RECORD_DWELLING;
  const char *kato = qonys_table_get_text (
      table, row, is_dwelling ? QONYS_DWELLING_DISTRICT : QONYS_SUSPICION_DISTRICT);
  QonysDay day = qonys_table_get_int (
      table, row, is_dwelling ? QONYS_DWELLING_AS_OF : QONYS_SUSPICION_STATUS_DATE);
  double x = qonys_mercator_x (qonys_table_get_lon_deg (table)[row]);
  double y = qonys_mercator_y (qonys_table_get_lat_deg (table)[row]);

  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (districts, i);
    gboolean is_late = district->valid_from == day_of (SPLIT);

    if (kato != NULL ? !g_str_equal (kato, district->kato)
                     : isnan (x) || !qonys_shape_contains (district->shape, x, y))
      continue;
    if (day == QONYS_DAY_MISSING)
      return i;
    if (is_late)
      return day >= day_of (SPLIT) ? (int)i : -1;
    return district->valid_to == QONYS_DAY_MISSING || day < day_of (SPLIT) ? (int)i : -1;
  }
  return -1;
}

static void
assert_equal (const QonysSummary *a, const QonysSummary *b)
{
  QonysSummary x = *a, y = *b;

  g_assert_true (isnan (x.area_useful_m2) == isnan (y.area_useful_m2));
  if (!isnan (x.area_useful_m2))
    g_assert_cmpfloat_with_epsilon (x.area_useful_m2, y.area_useful_m2, 1e-6);
  x.area_useful_m2 = y.area_useful_m2 = 0;
  g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
}

static void
check_districts (const QonysProject *project, const char *day)
{
  static const QonysRecordType TYPES[] = {QONYS_RECORD_DWELLING, QONYS_RECORD_SUSPICION};
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), day_of (day));
  g_autofree QonysSummary *plain = g_new (QonysSummary, districts->len + 1);
  g_autofree QonysSummary *fast = g_new (QonysSummary, districts->len + 1);

  for (guint i = 0; i <= districts->len; i++)
    start (&plain[i], project);
  for (guint t = 0; t < G_N_ELEMENTS (TYPES); t++) {
    const QonysTable *table = qonys_project_get_table (project, TYPES[t]);

    for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
      int unit = find_unit (table, row, districts);

      add_row (&plain[districts->len], qonys_project_get_norm (project), table, row);
      if (unit >= 0)
        add_row (&plain[unit], qonys_project_get_norm (project), table, row);
    }
  }
  qonys_summarise_districts (project, districts, NULL, fast);
  for (guint i = 0; i <= districts->len; i++)
    assert_equal (&fast[i], &plain[i]);
}

/* The number of the cell a row lies in; −1 if it has no position. */
static int
find_cell (const GArray *cells, const QonysTable *table, gsize row)
{
  double lon_deg = qonys_table_get_lon_deg (table)[row];
  double lat_deg = qonys_table_get_lat_deg (table)[row];
  double east_m, north_m;

  if (isnan (lon_deg))
    return -1;
  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  for (guint i = 0; i < cells->len; i++) {
    const QonysCell *cell = &g_array_index (cells, QonysCell, i);

    if (cell->east == floor (east_m / 500) && cell->north == floor (north_m / 500))
      return i;
  }
  g_assert_not_reached ();
}

static void
check_cells (const QonysProject *project)
{
  static const QonysRecordType TYPES[] = {QONYS_RECORD_DWELLING, QONYS_RECORD_SUSPICION};
  g_autoptr (GArray) cells = qonys_summarise_cells (project);
  g_autofree QonysSummary *plain = g_new (QonysSummary, MAX (cells->len, 1));
  g_autofree guint8 *is_touched = g_new0 (guint8, MAX (cells->len, 1));
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);

  for (guint i = 0; i < cells->len; i++)
    start (&plain[i], project);
  for (guint t = 0; t < G_N_ELEMENTS (TYPES); t++) {
    const QonysTable *table = qonys_project_get_table (project, TYPES[t]);
    g_autofree guint8 *fast = qonys_find_cells_of_districts (project, TYPES[t], districts);
    gsize n_flags = (gsize)(districts->len + 1) * cells->len;
    g_autofree guint8 *flags = g_new0 (guint8, n_flags);

    for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
      int cell = find_cell (cells, table, row), unit = find_unit (table, row, districts);

      if (cell < 0)
        continue;
      is_touched[cell] = TRUE;
      add_row (&plain[cell], qonys_project_get_norm (project), table, row);
      flags[districts->len * cells->len + cell] = TRUE;
      if (unit >= 0)
        flags[unit * cells->len + cell] = TRUE;
    }
    g_assert_cmpmem (fast, n_flags, flags, n_flags);
  }
  for (guint i = 0; i < cells->len; i++) {
    g_assert_true (is_touched[i]);
    assert_equal (&g_array_index (cells, QonysCell, i).summary, &plain[i]);
  }
}

static void
check_all (const QonysProject *project)
{
  check_districts (project, "2023-12-31");
  check_districts (project, "2026-12-31");
  check_cells (project);
}

/* ---- tests ---- */

static void
test_against_plain (void)
{
  static const gsize SIZES[][2] = {{0, 0}, {1, 0}, {0, 3}, {40, 5}, {3000, 200}};
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 40; i++) {
    const gsize *sizes = SIZES[i % G_N_ELEMENTS (SIZES)];
    guint skipped = g_rand_int (rand) & g_rand_int (rand) & g_rand_int (rand);
    g_autoptr (QonysProject) project = make_random_project (rand, sizes[0], sizes[1], skipped);

    check_all (project);
    for (guint j = 0; j < 4; j++) {
      QonysNorm norm = draw_norm (rand);
      g_autoptr (QonysProject) next = qonys_project_with_norm (project, &norm);

      check_all (next);
    }
  }
}

/* More rows than one thread's part. */
static void
test_many_rows (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (QonysProject) project = make_random_project (rand, 70000, 100, 0);
  QonysNorm norm = qonys_norm_get_default ();

  for (norm.norm_m2 = 5; norm.norm_m2 < 50; norm.norm_m2 += 20) {
    g_autoptr (QonysProject) next = qonys_project_with_norm (project, &norm);

    check_all (next);
  }
}

static gpointer
ask (gpointer data)
{
  QonysProject *project = data;

  for (guint i = 0; i < 20; i++) {
    QonysNorm norm = *qonys_project_get_norm (project);

    norm.norm_m2 += i;
    norm.future_only = i % 3 == 0;

    g_autoptr (QonysProject) next = qonys_project_with_norm (project, &norm);

    check_all (next);
  }
  check_all (project);
  qonys_project_unref (project);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 5; i++) {
    QonysProject *project = make_random_project (rand, 500, 20, 0);
    GThread *threads[4];

    for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
      threads[t] = g_thread_new ("ask", ask, qonys_project_ref (project));
    qonys_project_unref (project);
    for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
      g_thread_join (threads[t]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/places/against-plain", test_against_plain);
  g_test_add_func ("/domain/places/many-rows", test_many_rows);
  g_test_add_func ("/domain/places/threads", test_threads);
  return g_test_run ();
}
