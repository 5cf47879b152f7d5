/* What is visible at a time, against a look at every row; steps, histograms, and what of a time
 * without rows is known. */

#include "domain-support.h"

#include "domain/summary.h"
#include "domain/timeline.h"
#include <math.h>

static const QonysPeriod OPEN = {QONYS_DAY_MISSING, QONYS_DAY_MISSING};

static QonysPeriod
period_of (const char *from, const char *to)
{
  return (QonysPeriod){day_of (from), day_of (to)};
}

static void
test_steps (void)
{
  QonysDay day = day_of ("2024-02-29"); /* a Thursday */

  g_assert_cmpint (qonys_step_get_start (QONYS_STEP_MONTH, day), ==, day_of ("2024-02-01"));
  g_assert_cmpint (qonys_step_get_start (QONYS_STEP_QUARTER, day), ==, day_of ("2024-01-01"));
  g_assert_cmpint (qonys_step_get_start (QONYS_STEP_WEEK, day), ==, day_of ("2024-02-26"));
  g_assert_cmpint (qonys_step_get_start (QONYS_STEP_WEEK, day_of ("1969-12-31")), ==,
                   day_of ("1969-12-29"));
  g_assert_cmpint (qonys_step_add (QONYS_STEP_MONTH, day_of ("2023-11-01"), 3), ==,
                   day_of ("2024-02-01"));
  g_assert_cmpint (qonys_step_add (QONYS_STEP_QUARTER, day_of ("2024-01-01"), -1), ==,
                   day_of ("2023-10-01"));
  for (QonysDay any = day_of ("1999-01-01"); any < day_of ("2003-01-01"); any += 3)
    for (guint step = 0; step < QONYS_N_STEPS; step++) {
      QonysDay start = qonys_step_get_start (step, any);
      QonysPeriod one = {any, any + 1}, wide = qonys_period_widen (&one, step);

      g_assert_cmpint (start, <=, any);
      g_assert_cmpint (qonys_step_add (step, start, 1), >, any);
      g_assert_cmpint (wide.from, ==, start);
      g_assert_cmpint (wide.to, ==, qonys_step_add (step, start, 1));
      g_assert_true ((qonys_period_widen (&wide, step).to == wide.to));
    }
}

static void
test_words (void)
{
  const struct {
    const char *from, *to, *text;
  } cases[] = {
      {"2023-01-01", "2023-04-01", "quarter I of 2023"},
      {"2023-01-01", "2024-01-01", "2023"},
      {"2022-01-01", "2024-01-01", "2022–2023"},
      {"2024-03-01", "2024-04-01", "March 2024"},
      {"2024-03-01", "2024-05-01", "March 2024 – April 2024"},
      {"2023-10-01", "2024-04-01", "quarter IV of 2023 – quarter I of 2024"},
      {"2024-02-26", "2024-03-04", "26.02.2024 – 03.03.2024"},
      {"", "2024-04-01", "until 31.03.2024"},
      {"2024-04-01", "", "since 01.04.2024"},
      {"", "", "all dates"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    QonysPeriod period = period_of (cases[i].from, cases[i].to);
    g_autofree char *text = qonys_period_format (&period);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* ---- random worlds ---- */

static QonysDay
random_day (void)
{
  return g_test_rand_int_range (0, 8) == 0 ? QONYS_DAY_MISSING
                                           : day_of ("2023-01-01") + g_test_rand_int_range (0, 700);
}

static QonysTable *
make_operations (guint n)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_OPERATION, n);
  static const char *const KATOS[] = {"711110000", "711210000", NULL};

  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strdup_printf ("op%u", i);
    QonysDay end = random_day ();

    qonys_table_builder_add_text (builder, QONYS_OPERATION_KEY, key, -1);
    qonys_table_builder_add_text (builder, QONYS_OPERATION_DISTRICT,
                                  KATOS[g_test_rand_int_range (0, 3)], -1);
    qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_END, end);
    qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_START,
                                 end == QONYS_DAY_MISSING || g_test_rand_bit ()
                                     ? QONYS_DAY_MISSING
                                     : end - g_test_rand_int_range (0, 40));
    qonys_table_builder_add_big (builder, QONYS_OPERATION_FINES_COLLECTED_KZT, i);
    qonys_table_builder_add_code (builder, QONYS_OPERATION_KIND, i % 4);
    qonys_table_builder_add_position (builder, 71 + i * 1e-4, 51);
    qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_OPERATION + 1);
  }
  return qonys_table_builder_finish (builder);
}

static QonysTable *
make_suspicions (guint n)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_SUSPICION, n);

  for (guint i = 0; i < n; i++) {
    qonys_table_builder_add_text (builder, QONYS_SUSPICION_DISTRICT,
                                  g_test_rand_bit () ? "711210000" : "711310000", -1);
    qonys_table_builder_add_code (builder, QONYS_SUSPICION_STATUS, g_test_rand_int_range (0, 5));
    qonys_table_builder_add_int (builder, QONYS_SUSPICION_STATUS_DATE, random_day ());
    qonys_table_builder_add_position (builder, NAN, NAN);
    qonys_table_builder_add_dataset_id (builder, QONYS_RECORD_SUSPICION + 1);
  }
  return qonys_table_builder_finish (builder);
}

static QonysProject *
random_project (void)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_OPERATION] = make_operations (g_test_rand_int_range (0, 300)),
      [QONYS_RECORD_SUSPICION] = make_suspicions (g_test_rand_int_range (0, 300)),
  };

  return make_project (tables, FALSE);
}

static QonysPeriod
random_period (void)
{
  QonysDay from = random_day ();
  QonysDay to = g_test_rand_int_range (0, 4) == 0
                    ? QONYS_DAY_MISSING
                    : MAX (from, day_of ("2023-01-01")) + g_test_rand_int_range (0, 200);

  return (QonysPeriod){from, to};
}

static void
check_operations (QonysProject *project, QonysProject *view, const QonysPeriod *period)
{
  const QonysTable *all = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  QonysTable *some = qonys_project_get_table (view, QONYS_RECORD_OPERATION);
  gsize n = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (all); row++) {
    QonysDay start = qonys_table_get_int (all, row, QONYS_OPERATION_DATE_START);
    QonysDay end = qonys_table_get_int (all, row, QONYS_OPERATION_DATE_END);
    const char *key = qonys_table_get_text (all, row, QONYS_OPERATION_KEY);
    gboolean is_in = end != QONYS_DAY_MISSING || qonys_period_is_open (period);

    if (start == QONYS_DAY_MISSING)
      start = end;
    is_in &= period->from == QONYS_DAY_MISSING || end >= period->from;
    is_in &= period->to == QONYS_DAY_MISSING || start < period->to;
    g_assert_cmpint (qonys_table_find_key (some, key) >= 0, ==, is_in);
    if (!is_in)
      continue;
    g_assert_cmpstr (qonys_table_get_text (some, n, QONYS_OPERATION_KEY), ==, key);
    g_assert_cmpstr (qonys_table_get_text (some, n, QONYS_OPERATION_DISTRICT), ==,
                     qonys_table_get_text (all, row, QONYS_OPERATION_DISTRICT));
    g_assert_cmpint (qonys_table_get_big (some, n, QONYS_OPERATION_FINES_COLLECTED_KZT), ==,
                     (gint64)row);
    g_assert_cmpint (qonys_table_get_code (some, n, QONYS_OPERATION_KIND), ==,
                     qonys_table_get_code (all, row, QONYS_OPERATION_KIND));
    g_assert_cmpfloat (qonys_table_get_lon_deg (some)[n], ==, qonys_table_get_lon_deg (all)[row]);
    n++;
  }
  g_assert_cmpuint (qonys_table_get_n_rows (some), ==, n);
}

/* The city's suspicions, counted anew. */
static void
check_suspicions (QonysProject *project, QonysProject *view, const QonysPeriod *period)
{
  const QonysTable *all = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  g_autofree QonysSummary *summaries = g_new (QonysSummary, districts->len + 1);
  gint64 n_suspected = 0, n_saryarka = 0;
  gsize n = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (all); row++) {
    QonysDay day = qonys_table_get_int (all, row, QONYS_SUSPICION_STATUS_DATE);
    guint8 status = qonys_table_get_code (all, row, QONYS_SUSPICION_STATUS);

    if (day == QONYS_DAY_MISSING ? !qonys_period_is_open (period)
                                 : !qonys_period_meets (period, day, day))
      continue;
    n++;
    if (status > QONYS_STATUS_QUEUED)
      continue;
    n_suspected++;
    n_saryarka +=
        g_str_equal (qonys_table_get_text (all, row, QONYS_SUSPICION_DISTRICT), "711310000");
  }
  g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (view, QONYS_RECORD_SUSPICION)),
                    ==, n);
  qonys_summarise_districts (view, districts, NULL, summaries);
  if (n == 0 && !qonys_timeline_covers (project, QONYS_RECORD_SUSPICION, period))
    n_suspected = n_saryarka = QONYS_BIG_MISSING;
  g_assert_cmpint (summaries[districts->len].n_suspected, ==, n_suspected);
  for (guint i = 0; i < districts->len; i++)
    if (g_str_equal (((const QonysDistrict *)g_ptr_array_index (districts, i))->kato, "711310000"))
      g_assert_cmpint (summaries[i].n_suspected, ==, n_saryarka);
}

static void
test_visible (void)
{
  for (guint round = 0; round < 200; round++) {
    g_autoptr (QonysProject) project = random_project ();
    QonysPeriod period = random_period ();
    g_autoptr (QonysProject) view = qonys_project_with_period (project, &period);
    QonysPeriod own = qonys_project_get_period (view);

    g_assert_true (qonys_period_equal (&own, &period));
    check_operations (project, view, &period);
    check_suspicions (project, view, &period);
  }
}

/* Nothing left out, nothing copied; the norm keeps the period and the other way round. */
static void
test_shared (void)
{
  g_autoptr (QonysProject) project = NULL, again = NULL, other = NULL, wide = NULL;
  g_autoptr (QonysProject) view = NULL;
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  QonysPeriod period = period_of ("2023-01-01", "2023-02-01"), all = period_of ("1990-01-01", "");
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_OPERATION, 1);
  QonysNorm norm = qonys_norm_get_default ();
  QonysPeriod own;

  qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_END, day_of ("2024-05-01"));
  tables[QONYS_RECORD_OPERATION] = qonys_table_builder_finish (builder);
  project = make_project (tables, FALSE);
  view = qonys_project_with_period (project, &period);
  wide = qonys_project_with_period (view, &all);
  again = qonys_project_with_period (view, &OPEN);
  norm.norm_m2 = 9;
  other = qonys_project_with_norm (view, &norm);
  own = qonys_project_get_period (other);
  g_assert_true (qonys_period_equal (&own, &period));
  g_assert_cmpuint (
      qonys_table_get_n_rows (qonys_project_get_table (other, QONYS_RECORD_OPERATION)), ==, 0);
  g_assert_true (qonys_project_get_table (wide, QONYS_RECORD_OPERATION) ==
                 qonys_project_get_table (project, QONYS_RECORD_OPERATION));
  g_assert_true (qonys_project_get_table (again, QONYS_RECORD_OPERATION) ==
                 qonys_project_get_table (project, QONYS_RECORD_OPERATION));
  g_assert_true (qonys_project_get_table (view, QONYS_RECORD_DWELLING) ==
                 qonys_project_get_table (project, QONYS_RECORD_DWELLING));
  g_assert_cmpint (qonys_project_get_data_day (view, QONYS_RECORD_OPERATION), ==,
                   day_of ("2023-01-31"));
  g_assert_cmpint (qonys_project_get_data_day (project, QONYS_RECORD_OPERATION), ==,
                   day_of ("2024-05-01"));
}

static void
test_histogram (void)
{
  for (guint round = 0; round < 60; round++) {
    g_autoptr (QonysProject) project = random_project ();

    for (guint step = 0; step < QONYS_N_STEPS; step++) {
      g_autoptr (GArray) bins = qonys_timeline_count (project, QONYS_RECORD_OPERATION, step);

      for (guint i = 0; i < bins->len; i++) {
        const QonysBin *bin = &g_array_index (bins, QonysBin, i);
        g_autoptr (QonysProject) view = qonys_project_with_period (project, &bin->period);
        gsize n = qonys_table_get_n_rows (qonys_project_get_table (view, QONYS_RECORD_OPERATION));

        if (i > 0)
          g_assert_cmpint (bin->period.from, ==, (bin - 1)->period.to);
        g_assert_cmpint (MAX (bin->n, 0), ==, (gint64)n);
      }
    }
  }
}

static QonysTable *
make_days (QonysRecordType type, guint field, const char *const *days, gint32 dataset_id)
{
  QonysTableBuilder *builder = qonys_table_builder_new (type, 4);

  for (guint i = 0; days[i] != NULL; i++) {
    qonys_table_builder_add_int (builder, field, day_of (days[i]));
    if (qonys_schema_get (type)->has_position)
      qonys_table_builder_add_position (builder, NAN, NAN);
    qonys_table_builder_add_dataset_id (builder, dataset_id);
  }
  return qonys_table_builder_finish (builder);
}

/* A month without operations is 0 when the list goes on behind it, or its day does; a month
 * without flows is unknown. */
static void
test_no_data (void)
{
  const char *const operation_days[] = {"2023-01-10", "2023-04-20", "", NULL};
  const char *const months[] = {"2023-01-01", "2023-04-01", NULL};
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_OPERATION] =
          make_days (QONYS_RECORD_OPERATION, QONYS_OPERATION_DATE_END, operation_days, 4),
      [QONYS_RECORD_FLOW] = make_days (QONYS_RECORD_FLOW, QONYS_FLOW_MONTH, months, 5),
  };
  g_autoptr (QonysProject) project = make_project (tables, FALSE);
  QonysDataset *dataset = g_ptr_array_index (qonys_project_get_datasets (project), 0);
  g_autoptr (GArray) operations = NULL, flows = NULL;
  const gint64 expected[] = {1, 0, 0, 1, 0, QONYS_BIG_MISSING};
  const gint64 flows_expected[] = {1, QONYS_BIG_MISSING, QONYS_BIG_MISSING, 1};

  dataset->as_of = day_of ("2023-06-15"); /* May is over by then, June is not */
  operations = qonys_timeline_count (project, QONYS_RECORD_OPERATION, QONYS_STEP_MONTH);
  g_assert_cmpuint (operations->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < operations->len; i++)
    g_assert_cmpint (g_array_index (operations, QonysBin, i).n, ==, expected[i]);
  g_assert_cmpuint (qonys_timeline_count_undated (project, QONYS_RECORD_OPERATION), ==, 1);
  flows = qonys_timeline_count (project, QONYS_RECORD_FLOW, QONYS_STEP_MONTH);
  g_assert_cmpuint (flows->len, ==, G_N_ELEMENTS (flows_expected));
  for (guint i = 0; i < flows->len; i++)
    g_assert_cmpint (g_array_index (flows, QonysBin, i).n, ==, flows_expected[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/period/steps", test_steps);
  g_test_add_func ("/domain/period/words", test_words);
  g_test_add_func ("/domain/period/visible", test_visible);
  g_test_add_func ("/domain/period/shared", test_shared);
  g_test_add_func ("/domain/period/histogram", test_histogram);
  g_test_add_func ("/domain/period/no-data", test_no_data);
  return g_test_run ();
}
