/* Time and the gate: an attacker who may choose any window of any days and adds up and takes away
 * what he sees learns no hidden count; the official audience sees the rows of any day. */

#include "release-support.h"

#include "release/release-private.h"

#include <math.h>

#define FIRST_YEAR 2022
#define N_YEARS 3
#define N_QUARTERS (4 * N_YEARS)

static const char *const KATOS[] = {"711110000", "711310000", "711610000"};
#define N_KATOS 3

static QonysPeriod
period_of (const char *from, const char *to)
{
  return (QonysPeriod){*from != '\0' ? day_of (from) : QONYS_DAY_MISSING,
                       *to != '\0' ? day_of (to) : QONYS_DAY_MISSING};
}

static QonysSafeValue
get_value (const QonysRelease *release, const char *id, const char *kato)
{
  const QonysSafeStatistic *statistic =
      _qonys_safe_find_statistic (release->safe, qonys_statistic_find (id));
  const GPtrArray *districts = statistic->units->districts;

  if (kato == NULL)
    return _qonys_safe_get_city_value (statistic);
  for (guint i = 0; i < districts->len; i++)
    if (g_str_equal (((const QonysDistrict *)g_ptr_array_index (districts, i))->kato, kato))
      return statistic->values[i];
  return (QonysSafeValue){NAN, QONYS_VALUE_MISSING, FALSE};
}

/* ---- the attacker ---- */

/* What is known: sums of the districts' quarters, brought to echelon form row by row. */
typedef struct {
  double rows[N_KATOS * N_QUARTERS][N_KATOS * N_QUARTERS];
  gboolean has_row[N_KATOS * N_QUARTERS]; /* by pivot */
  guint rank;
} Knowledge;

static void
learn (Knowledge *knowledge, const double *factors)
{
  enum { N = N_KATOS * N_QUARTERS };
  double row[N];

  memcpy (row, factors, sizeof row);
  for (guint i = 0; i < N; i++) {
    if (fabs (row[i]) < 1e-9)
      continue;
    if (!knowledge->has_row[i]) {
      for (guint j = N; j-- > i;)
        knowledge->rows[i][j] = row[j] / row[i];
      knowledge->has_row[i] = TRUE;
      knowledge->rank++;
      return;
    }
    for (guint j = N; j-- > i;)
      row[j] -= row[i] * knowledge->rows[i][j];
  }
}

/* Does it follow from what is known? */
static gboolean
is_told (const Knowledge *knowledge, guint number)
{
  Knowledge trial = *knowledge;
  double factors[N_KATOS * N_QUARTERS] = {0};

  factors[number] = 1;
  learn (&trial, factors);
  return trial.rank == knowledge->rank;
}

/* The quarters of one district, or of all. */
static void
learn_quarters (Knowledge *knowledge, int kato, guint first, guint end)
{
  double factors[N_KATOS * N_QUARTERS] = {0};

  for (int i = 0; i < N_KATOS; i++)
    for (guint quarter = first; quarter < end; quarter++)
      if (kato < 0 || kato == i)
        factors[i * N_QUARTERS + quarter] = 1;
  learn (knowledge, factors);
}

typedef struct {
  gint64 counts[N_KATOS][N_QUARTERS];
  QonysProject *project;
  QonysRelease *release;
} Case;

static void
case_init (Case *self)
{
  World *world = world_new ();

  memset (self, 0, sizeof *self);
  for (guint quarter = 0; quarter < N_QUARTERS; quarter++)
    for (guint kato = 0; kato < N_KATOS; kato++) {
      gint64 *count = &self->counts[kato][quarter];
      g_autofree char *day =
          g_strdup_printf ("%u-%02u-15", FIRST_YEAR + quarter / 4, quarter % 4 * 3 + 2);

      if (kato == 2 && quarter < 9) /* it came of a split */
        continue;
      *count = g_test_rand_int_range (0, g_test_rand_bit () ? 6 : 30);
      /* The ends of the data are no matter here. */
      if (quarter == 0 || quarter + 1 == N_QUARTERS)
        *count = MAX (*count, 1);
      world_add_operations (world, KATOS[kato], day, (guint)*count);
    }
  self->project = world_finish (world);
  self->release = release_for (self->project, QONYS_AUDIENCE_PUBLIC, NULL);
}

static void
case_clear (Case *self)
{
  qonys_release_unref (self->release);
  qonys_project_unref (self->project);
}

/* The tables that are published: quarters and years. */
static void
learn_published (const Case *self, Knowledge *knowledge)
{
  const QonysSafeOperations *table = self->release->safe->operations;

  for (int kato = -1; kato < N_KATOS; kato++)
    for (guint year = 0; year < N_YEARS; year++)
      for (guint part = 0; part <= QONYS_YEAR_TOTAL; part++) {
        gssize found = _qonys_operations_find (table, kato < 0 ? QONYS_CITY_KATO : KATOS[kato],
                                               FIRST_YEAR + (int)year, part);

        if (table->is_hidden[found])
          continue;
        if (part == QONYS_YEAR_TOTAL)
          learn_quarters (knowledge, kato, year * 4, year * 4 + 4);
        else
          learn_quarters (knowledge, kato, year * 4 + part, year * 4 + part + 1);
      }
}

static gint64
sum (const Case *self, int kato, guint first, guint end)
{
  gint64 result = 0;

  for (int i = 0; i < N_KATOS; i++)
    for (guint quarter = first; quarter < end; quarter++)
      if (kato < 0 || kato == i)
        result += self->counts[i][quarter];
  return result;
}

static QonysDay
get_quarter (guint quarter)
{
  return qonys_day_from_ymd (FIRST_YEAR + (int)quarter / 4, (int)quarter % 4 * 3 + 1, 1);
}

/* One window, seen: what is shown is true, and known from then on. */
static guint
look (const Case *self, Knowledge *knowledge, guint first, guint end, gboolean is_cumulative)
{
  /* Somewhere within the first and last quarter: it is widened. */
  QonysPeriod window = {get_quarter (first) + g_test_rand_int_range (0, 80),
                        get_quarter (end - 1) + g_test_rand_int_range (1, 80)};
  g_autoptr (QonysRelease) seen = NULL;
  QonysPeriod shown;
  guint n = 0;

  if (end == first + 1)
    window.to = MAX (window.to, window.from + 1);
  if (is_cumulative) {
    window.from = QONYS_DAY_MISSING;
    first = 0;
  }
  seen = qonys_release_with_period (self->release, &window);
  shown = qonys_release_get_period (seen);
  g_assert_true (is_cumulative || shown.from == get_quarter (first));
  g_assert_cmpint (shown.to, ==, get_quarter (end));
  for (int kato = -1; kato < N_KATOS; kato++) {
    QonysSafeValue value = get_value (seen, "operations", kato < 0 ? NULL : KATOS[kato]);

    g_assert_false (value.is_small);
    if (value.state != QONYS_VALUE_SHOWN)
      continue;
    g_assert_cmpfloat (value.value, ==, sum (self, kato, first, end));
    learn_quarters (knowledge, kato, first, end);
    n++;
  }
  return n;
}

static void
test_differencing (void)
{
  guint n_shown = 0, n_hidden = 0;

  for (guint round = 0; round < 40; round++) {
    Knowledge *knowledge = g_new0 (Knowledge, 1);
    guint rank;
    Case self;

    case_init (&self);
    learn_published (&self, knowledge);
    rank = knowledge->rank;
    for (guint first = 0; first < N_QUARTERS; first++)
      for (guint end = first + 1; end <= N_QUARTERS; end++) {
        n_shown += look (&self, knowledge, first, end, FALSE);
        if (first == 0)
          n_shown += look (&self, knowledge, first, end, TRUE);
      }
    /* Nothing learned, and no small count is told. */
    g_assert_cmpuint (knowledge->rank, ==, rank);
    for (guint kato = 0; kato < N_KATOS; kato++)
      for (guint quarter = 0; quarter < N_QUARTERS; quarter++)
        if (self.counts[kato][quarter] > 0 && self.counts[kato][quarter] < 5) {
          n_hidden++;
          g_assert_false (is_told (knowledge, kato * N_QUARTERS + quarter));
        }
    case_clear (&self);
    g_free (knowledge);
  }
  g_assert_cmpuint (n_shown, >, 2000);
  g_assert_cmpuint (n_hidden, >, 100);
}

/* ---- flows ---- */

static gint64
get_flow_sum (const QonysRelease *release, const QonysPeriod *period, const char *kato,
              gboolean *is_hidden)
{
  const GArray *flows = _qonys_safe_get_flows (release->safe, release->project, FALSE, 5);
  gint64 result = 0;

  *is_hidden = FALSE;
  for (guint i = 0; i < flows->len; i++) {
    const QonysSafeFlow *flow = &g_array_index (flows, QonysSafeFlow, i);

    if (!qonys_period_meets (period, flow->month, flow->month) ||
        !(kato != NULL ? g_str_equal (flow->destination, kato)
                       : flow->direction != QONYS_FLOW_INTRA_CITY))
      continue;
    *is_hidden |= flow->is_hidden[0];
    result += flow->counts[0];
  }
  return result;
}

static void
test_flows (void)
{
  guint n_shown = 0, n_hidden = 0;

  for (guint round = 0; round < 20; round++) {
    World *world = world_new ();
    g_autoptr (QonysProject) project = NULL;
    g_autoptr (QonysRelease) release = NULL;

    for (guint month = 1; month <= 12; month++)
      for (guint i = 0; i < 2; i++) {
        g_autofree char *day = g_strdup_printf ("2023-%02u-01", month);

        world_add_flow (world, "KZ-11", KATOS[i], day, QONYS_FLOW_INTER_REGIONAL,
                        g_test_rand_int_range (0, 40), 9);
      }
    project = world_finish (world);
    release = release_for (project, QONYS_AUDIENCE_COMMITTEE, NULL);
    for (guint first = 0; first < 4; first++)
      for (guint end = first + 1; end <= 4; end++) {
        QonysPeriod period = {qonys_day_from_ymd (2023, 1 + 3 * (int)first, 1),
                              end == 4 ? qonys_day_from_ymd (2024, 1, 1)
                                       : qonys_day_from_ymd (2023, 1 + 3 * (int)end, 1)};
        g_autoptr (QonysRelease) seen = qonys_release_with_period (release, &period);

        for (int i = -1; i < 2; i++) {
          const char *kato = i < 0 ? NULL : KATOS[i];
          QonysSafeValue value = get_value (seen, "arrivals", kato);
          gboolean is_hidden;
          gint64 expected = get_flow_sum (release, &period, kato, &is_hidden);

          g_assert_cmpint (value.state, ==, is_hidden ? QONYS_VALUE_SUPPRESSED : QONYS_VALUE_SHOWN);
          if (!is_hidden)
            g_assert_cmpfloat (value.value, ==, (double)expected);
          n_hidden += is_hidden;
          n_shown += !is_hidden;
          value = get_value (seen, "balance", kato);
          g_assert_cmpint (value.state == QONYS_VALUE_SHOWN, ==, !is_hidden);
        }
      }
  }
  g_assert_cmpuint (n_shown, >, 50);
  g_assert_cmpuint (n_hidden, >, 50);
}

/* ---- what is seen ---- */

static QonysProject *
make_world (void)
{
  World *world = world_new ();

  world_add_dwellings (world, 71.45, 51.12, 30, 12);
  for (guint i = 0; i < 9; i++)
    world_add_suspicion (world, i, QONYS_STATUS_SUSPECTED, 71.45, 51.12);
  world_add_operations (world, "711110000", "2023-02-03", 6);
  world_add_operations (world, "711110000", "2023-05-20", 3);
  world_add_operations (world, "711310000", "2023-02-10", 7);
  world_add_operations (world, "711310000", "2023-05-10", 8);
  world_add_operations (world, "711610000", "2025-01-10", 8);
  return world_finish (world);
}

static void
test_official (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "operations");
  QonysPeriod period = period_of ("2023-02-05", "2023-05-11");
  g_autoptr (QonysRelease) seen = qonys_release_with_period (release, &period);
  g_autoptr (QonysRelease) other =
      qonys_release_with_statistic (seen, qonys_statistic_find ("suspected"));
  g_autoptr (QonysRelease) back = qonys_release_with_period (seen, NULL);
  QonysPeriod shown = qonys_release_get_period (seen);
  const QonysContent *content = qonys_release_get_content (seen);

  g_assert_true (qonys_period_equal (&shown, &period));
  g_assert_cmpfloat (get_value (seen, "operations", NULL).value, ==, 15);
  g_assert_cmpfloat (get_value (seen, "operations", "711310000").value, ==, 15);
  g_assert_cmpfloat (get_value (seen, "operations", "711110000").value, ==, 0);
  g_assert_cmpuint (content->layers[QONYS_LAYER_RAIDS].n_rows, ==, 15);
  /* Suspicions are of 2025: nothing is known of 2023. */
  g_assert_cmpuint (content->layers[QONYS_LAYER_FICTITIOUS].n_rows, ==, 0);
  g_assert_cmpint (get_value (seen, "suspected", NULL).state, ==, QONYS_VALUE_MISSING);
  /* Dwellings are no events. */
  g_assert_true (content->layers[QONYS_LAYER_OVERCROWDED].clusters ==
                 release->content->layers[QONYS_LAYER_OVERCROWDED].clusters);
  g_assert_cmpfloat (get_value (seen, "overcrowded_share", NULL).value, ==,
                     get_value (release, "overcrowded_share", NULL).value);
  /* Two districts stood in 2023, three in 2025. */
  g_assert_cmpuint (content->districts->len, ==, 2);
  g_assert_cmpuint (release->content->districts->len, ==, 3);
  shown = qonys_release_get_period (other);
  g_assert_true (qonys_period_equal (&shown, &period));
  g_assert_true (other->content->layers[QONYS_LAYER_RAIDS].n_rows == 15);
  g_assert_true (back == release);
  g_assert_nonnull (strstr (content->period_note, "05.02.2023 – 10.05.2023"));
}

/* The screen, a file and a card say the same. */
static void
test_public (void)
{
  g_autoptr (QonysProject) project = make_world (), view = NULL;
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, "operations");
  QonysPeriod period = period_of ("2023-02-05", "2023-02-06");
  g_autoptr (QonysRelease) seen = qonys_release_with_period (release, &period), made = NULL;
  QonysPeriod quarter = period_of ("2023-01-01", "2023-04-01"), shown;
  const QonysContent *content = qonys_release_get_content (seen);
  g_autofree char *csv = export_text (seen, "raids", "csv"), *attribution = NULL;
  g_autofree char *districts = export_text (seen, "districts", "csv");
  g_autoptr (GPtrArray) rows = csv_rows (csv);
  QonysStyle style = qonys_style_get_default ();

  shown = qonys_release_get_period (seen);
  g_assert_true (qonys_period_equal (&shown, &quarter));
  /* 3 of Almaty's 9 were in the other quarter: with the year's total both go. */
  g_assert_cmpint (get_value (seen, "operations", "711110000").state, ==, QONYS_VALUE_SUPPRESSED);
  g_assert_true (content->layers[QONYS_LAYER_FICTITIOUS].cells ==
                 release->content->layers[QONYS_LAYER_FICTITIOUS].cells);
  g_assert_nonnull (strstr (content->layer_notes[QONYS_LAYER_FICTITIOUS], "not divided by time"));
  g_assert_nonnull (strstr (content->layer_notes[QONYS_LAYER_OVERCROWDED], "not divided by time"));
  g_assert_nonnull (strstr (content->layer_notes[QONYS_LAYER_RAIDS], "quarter I of 2023"));
  attribution = qonys_content_get_attribution (content, &style);
  g_assert_nonnull (strstr (attribution, "quarter I of 2023 (whole quarters)"));
  g_assert_cmpuint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++) {
    GHashTable *row = g_ptr_array_index (rows, i);

    g_assert_cmpstr (csv_get (row, "year"), ==, "2023");
    g_assert_cmpstr (csv_get (row, "quarter"), ==, "1");
    g_assert_cmpstr (csv_get (row, "period"), ==, "2023-01-01/2023-03-31");
  }
  g_assert_nonnull (strstr (districts, "2023-01-01/2023-03-31"));

  /* A project in a period makes the same, not a suppression of its own. */
  view = qonys_project_with_period (project, &period);
  made = release_for (view, QONYS_AUDIENCE_PUBLIC, "operations");
  for (guint i = 0; i < N_KATOS; i++)
    g_assert_cmpint (get_value (made, "operations", KATOS[i]).state, ==,
                     get_value (seen, "operations", KATOS[i]).state);
  g_assert_cmpint (get_value (made, "suspected", NULL).state, ==,
                   get_value (release, "suspected", NULL).state);
}

/* A whole year whose total is published is shown though its quarters are not. */
static void
test_whole_year (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  QonysPeriod year = period_of ("2023-01-01", "2024-01-01");
  g_autoptr (QonysRelease) seen = qonys_release_with_period (release, &year);

  g_assert_cmpfloat (get_value (seen, "operations", "711110000").value, ==, 9);
  g_assert_cmpfloat (get_value (seen, "operations", NULL).value, ==, 24);
}

static void
test_timeline (void)
{
  g_autoptr (QonysProject) project = make_world ();
  g_autoptr (QonysRelease) public = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysRelease) official = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  g_autoptr (GArray) quarters = NULL, none = NULL, weeks = NULL, all = NULL;
  QonysStyle style = qonys_style_get_default ();

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_RAIDS;
  quarters = qonys_release_get_timeline (public, &style, QONYS_STEP_WEEK);
  weeks = qonys_release_get_timeline (official, &style, QONYS_STEP_WEEK);
  g_assert_cmpuint (weeks->len, ==, 102);
  g_assert_cmpint (g_array_index (weeks, QonysBin, 0).n, ==, 6);
  style.layers[QONYS_LAYER_FICTITIOUS].is_visible = TRUE;
  all = qonys_release_get_timeline (official, &style, QONYS_STEP_QUARTER);
  g_assert_cmpuint (all->len, ==, 9);
  g_assert_cmpint (g_array_index (all, QonysBin, 8).n, ==, 8 + 9);
  g_assert_cmpint (g_array_index (all, QonysBin, 5).n, ==, 0);
  style.layers[QONYS_LAYER_RAIDS].is_visible = FALSE;
  none = qonys_release_get_timeline (public, &style, QONYS_STEP_MONTH);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (quarters->len, >, 4);
  for (guint i = 0; i < quarters->len; i++) {
    const QonysBin *bin = &g_array_index (quarters, QonysBin, i);

    g_assert_true (bin->n == QONYS_BIG_MISSING || bin->n <= 0 || bin->n >= 5);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/period/differencing", test_differencing);
  g_test_add_func ("/release/period/flows", test_flows);
  g_test_add_func ("/release/period/official", test_official);
  g_test_add_func ("/release/period/public", test_public);
  g_test_add_func ("/release/period/whole-year", test_whole_year);
  g_test_add_func ("/release/period/timeline", test_timeline);
  return release_test_run ();
}
