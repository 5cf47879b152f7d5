/* Operations, or the violations they found, counted by district, year and quarter: up to seven
 * places × sixteen years × five numbers of some ten thousand rows, once a dataset. A row counts for
 * the district whose code it bears, which is that of its own day, else for the one that held its
 * position on that day: what a district's code covers changes with each split. */

#include "release/release-private.h"

#include "domain/assign.h"

#include <math.h>

#define N_PARTS (QONYS_YEAR_TOTAL + 1)

static gsize
get_index (const QonysSafeOperations *self, guint kato, guint year, guint part)
{
  return ((gsize)kato * self->n_years + year) * N_PARTS + part;
}

static int
find_kato (const QonysSafeOperations *self, const char *kato)
{
  for (guint i = 0; i < self->katos->len; i++)
    if (g_str_equal (g_ptr_array_index (self->katos, i), kato))
      return i;
  return -1;
}

gssize
_qonys_operations_find (const QonysSafeOperations *operations, const char *kato, int year,
                        guint part)
{
  int place = find_kato (operations, kato);

  if (place < 0 || year < operations->first_year ||
      year >= operations->first_year + (int)operations->n_years)
    return -1;
  return get_index (operations, place, year - operations->first_year, part);
}

static int
compare_katos (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  QonysDay x = *(const QonysDay *)a, y = *(const QonysDay *)b;

  return (x > y) - (x < y);
}

/* The days on which the set of districts changes, ascending. */
static GArray *
find_changes (const QonysDistricts *districts)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (QonysDay));

  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);

    if (district->valid_from != QONYS_DAY_MISSING)
      g_array_append_val (days, district->valid_from);
    if (district->valid_to != QONYS_DAY_MISSING)
      g_array_append_val (days, district->valid_to);
  }
  g_array_sort (days, compare_days);
  return days;
}

/* By position, rows that bear no code: the districts of each row's own day. */
static void
assign_by_position (QonysSafeOperations *self, const QonysTable *table,
                    const QonysDistricts *districts, const gint32 *days, int *places)
{
  gsize n = qonys_table_get_n_rows (table);
  g_autoptr (GArray) changes = find_changes (districts);

  for (guint i = 0; i <= changes->len; i++) {
    QonysDay from = i > 0 ? g_array_index (changes, QonysDay, i - 1) : QONYS_DAY_MISSING;
    QonysDay to = i < changes->len ? g_array_index (changes, QonysDay, i) : G_MAXINT32;
    g_autoptr (GPtrArray) units = NULL;
    g_autofree guint8 *owners = NULL;

    if (from == to)
      continue;
    units = qonys_districts_get_on_day (districts, to - 1);
    owners = qonys_assign_districts (table, districts, units);
    for (gsize row = 0; row < n; row++)
      if (days[row] >= from && days[row] < to && owners[row] != QONYS_NO_DISTRICT &&
          qonys_table_get_text (table, row, QONYS_OPERATION_DISTRICT) == NULL)
        places[row] =
            find_kato (self, ((const QonysDistrict *)g_ptr_array_index (units, owners[row]))->kato);
  }
}

/* The KATO of each row's district on its own day, as a number of the list; −1 none. */
static int *
assign (QonysSafeOperations *self, const QonysTable *table, const QonysDistricts *districts,
        const gint32 *days)
{
  int *places = g_new (int, qonys_table_get_n_rows (table));
  int city = (int)self->katos->len - 1;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    const char *kato = qonys_table_get_text (table, row, QONYS_OPERATION_DISTRICT);

    places[row] = kato != NULL ? find_kato (self, kato) : -1;
    if (places[row] == city)
      places[row] = -1;
  }
  assign_by_position (self, table, districts, days, places);
  return places;
}

/* Counts of a district in years in which it was none are missing, not 0. */
static void
mark_missing (QonysSafeOperations *self, const QonysDistricts *districts)
{
  for (guint year = 0; year < self->n_years; year++) {
    QonysDay last = qonys_day_from_ymd (self->first_year + year, 12, 31);
    g_autoptr (GPtrArray) units = qonys_districts_get_on_day (districts, last);

    for (guint place = 0; place + 1 < self->katos->len; place++) {
      const char *kato = g_ptr_array_index (self->katos, place);
      gboolean is_there = self->counts[get_index (self, place, year, QONYS_YEAR_TOTAL)] > 0;

      for (guint i = 0; i < units->len && !is_there; i++)
        is_there = g_str_equal (((const QonysDistrict *)g_ptr_array_index (units, i))->kato, kato);
      for (guint part = 0; part < N_PARTS && !is_there; part++)
        self->counts[get_index (self, place, year, part)] = QONYS_BIG_MISSING;
    }
  }
}

/* Quarters before the first row and behind the last one are not known to be without any. */
static void
trim (QonysSafeOperations *self, const gint32 *days, gsize n)
{
  QonysDay first = G_MAXINT32, last = QONYS_DAY_MISSING;

  for (gsize row = 0; row < n; row++)
    if (days[row] != QONYS_DAY_MISSING) {
      first = MIN (first, days[row]);
      last = MAX (last, days[row]);
    }
  for (guint year = 0; year < self->n_years; year++)
    for (guint part = 0; part < QONYS_YEAR_TOTAL; part++) {
      int number = self->first_year + (int)year, month = 1 + 3 * (int)part;
      QonysDay begin = qonys_day_from_ymd (number, month, 1);
      QonysDay end = part == 3 ? qonys_day_from_ymd (number + 1, 1, 1)
                               : qonys_day_from_ymd (number, month + 3, 1);

      for (guint place = 0; place < self->katos->len && (end <= first || begin > last); place++)
        self->counts[get_index (self, place, year, part)] = QONYS_BIG_MISSING;
    }
}

static void
hide (QonysSafeOperations *self, gint64 threshold)
{
  guint city = self->katos->len - 1;
  g_autoptr (GArray) sums = _qonys_sums_new ();

  for (gsize i = 0; i < (gsize)self->katos->len * self->n_years * N_PARTS; i++)
    self->is_hidden[i] =
        self->counts[i] != QONYS_BIG_MISSING && qonys_count_is_unsafe (self->counts[i], threshold);

  for (guint year = 0; year < self->n_years; year++) {
    for (guint place = 0; place <= city; place++) {
      GArray *quarters = _qonys_sums_add (sums, get_index (self, place, year, QONYS_YEAR_TOTAL));

      for (guint part = 0; part < QONYS_YEAR_TOTAL; part++) {
        guint member = get_index (self, place, year, part);

        g_array_append_val (quarters, member);
      }
    }
    for (guint part = 0; part < N_PARTS; part++) {
      GArray *places = _qonys_sums_add (sums, get_index (self, city, year, part));

      for (guint place = 0; place < city; place++) {
        guint member = get_index (self, place, year, part);

        g_array_append_val (places, member);
      }
    }
  }
  _qonys_hide_sums (self->counts, self->is_hidden, sums, threshold);
}

static void
find_years (QonysSafeOperations *self, const gint32 *days, gsize n)
{
  int first = G_MAXINT, last = G_MININT;

  for (gsize row = 0; row < n; row++)
    if (days[row] != QONYS_DAY_MISSING) {
      int year;

      qonys_day_get_ymd (days[row], &year, NULL, NULL);
      first = MIN (first, year);
      last = MAX (last, year);
    }
  if (first <= last) {
    self->first_year = first;
    self->n_years = last - first + 1;
  }
}

/* Adds to a number that is missing for good once a part of it is unknown. */
static void
add_to (gint64 *sum, gint64 amount)
{
  if (amount == QONYS_BIG_MISSING || *sum == QONYS_BIG_MISSING)
    *sum = QONYS_BIG_MISSING;
  else
    *sum += amount;
}

static void
add (QonysSafeOperations *self, guint place, int year, int month, gint64 amount)
{
  guint number = year - self->first_year;

  add_to (&self->counts[get_index (self, place, number, (month - 1) / 3)], amount);
  add_to (&self->counts[get_index (self, place, number, QONYS_YEAR_TOTAL)], amount);
}

static gint64
get_violations (const QonysTable *table, gsize row)
{
  gint64 sum = QONYS_BIG_MISSING;

  for (guint field = QONYS_OPERATION_VIOL_492; field <= QONYS_OPERATION_VIOL_OTHER; field++) {
    gint32 cases = qonys_table_get_int (table, row, field);

    if (cases != QONYS_INT_MISSING)
      sum = MAX (sum, 0) + cases;
  }
  return sum;
}

QonysSafeOperations *
_qonys_operations_new (QonysProject *project, QonysRaidCount which, gboolean is_official,
                       gint64 threshold)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  const QonysDistricts *districts = qonys_project_get_districts (project);
  const gint32 *days = qonys_table_get_ints (table, QONYS_OPERATION_DATE_END);
  gsize n = days != NULL ? qonys_table_get_n_rows (table) : 0;
  QonysSafeOperations *self = g_new0 (QonysSafeOperations, 1);
  g_autofree int *places = NULL;
  guint city;

  self->katos = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const char *kato = qonys_districts_get (districts, i)->kato;

    if (find_kato (self, kato) < 0)
      g_ptr_array_add (self->katos, g_strdup (kato));
  }
  g_ptr_array_sort (self->katos, compare_katos);
  city = self->katos->len;
  g_ptr_array_add (self->katos, g_strdup (QONYS_CITY_KATO));

  find_years (self, days, n);
  self->counts = g_new0 (gint64, (gsize)self->katos->len * self->n_years * N_PARTS);
  self->is_hidden = g_new0 (guint8, (gsize)self->katos->len * self->n_years * N_PARTS);
  if (self->n_years == 0)
    return self;

  places = assign (self, table, districts, days);
  for (gsize row = 0; row < n; row++) {
    gint64 amount = which == QONYS_RAIDS_OPERATIONS ? 1 : get_violations (table, row);
    int year, month;

    if (days[row] == QONYS_DAY_MISSING)
      continue;
    qonys_day_get_ymd (days[row], &year, &month, NULL);
    add (self, city, year, month, amount);
    if (places[row] >= 0)
      add (self, places[row], year, month, amount);
  }
  mark_missing (self, districts);
  trim (self, days, n);
  if (!is_official)
    hide (self, threshold);
  return self;
}

/* ---- sums of what is published ---- */

/* Adds one published number to a sum that is hidden or missing for good once a part of it is. */
static void
add_published (QonysSafeValue *sum, const QonysSafeOperations *table, gsize i)
{
  if (table->counts[i] == QONYS_BIG_MISSING)
    sum->state = QONYS_VALUE_MISSING;
  else if (table->is_hidden[i] && sum->state == QONYS_VALUE_SHOWN)
    sum->state = QONYS_VALUE_SUPPRESSED;
  else
    sum->value += table->counts[i];
}

static QonysSafeValue
sum_year (const QonysSafeOperations *table, const QonysSafeOperations *operations, guint place,
          guint year, const QonysPeriod *period, guint *n_quarters)
{
  gsize total = get_index (table, place, year, QONYS_YEAR_TOTAL);
  guint city = operations->katos->len - 1, n_known = 0, n_in = 0;
  QonysSafeValue sum = {0, QONYS_VALUE_SHOWN, FALSE};

  for (guint part = 0; part < QONYS_YEAR_TOTAL; part++) {
    QonysDay day = qonys_day_from_ymd (table->first_year + (int)year, 1 + 3 * (int)part, 1);

    /* A quarter outside the data. */
    if (operations->counts[get_index (operations, city, year, part)] == QONYS_BIG_MISSING)
      continue;
    n_known++;
    if (!qonys_period_meets (period, day, day))
      continue;
    n_in++;
    add_published (&sum, table, get_index (table, place, year, part));
  }
  *n_quarters += n_in;
  if (sum.state == QONYS_VALUE_SUPPRESSED && n_in == n_known && !table->is_hidden[total])
    return (QonysSafeValue){table->counts[total], QONYS_VALUE_SHOWN, FALSE};
  return sum;
}

QonysSafeValue
_qonys_operations_sum (const QonysSafeOperations *table, const QonysSafeOperations *operations,
                       const char *kato, const QonysPeriod *period)
{
  int place = find_kato (table, kato);
  QonysSafeValue sum = {0, QONYS_VALUE_SHOWN, FALSE};
  guint n_quarters = 0;

  for (guint year = 0; place >= 0 && year < table->n_years; year++) {
    QonysSafeValue more = sum_year (table, operations, place, year, period, &n_quarters);

    sum.value += more.value;
    if (more.state == QONYS_VALUE_MISSING || sum.state == QONYS_VALUE_SHOWN)
      sum.state = more.state;
  }
  if (n_quarters == 0)
    sum.state = QONYS_VALUE_MISSING;
  if (sum.state != QONYS_VALUE_SHOWN)
    sum.value = NAN;
  return sum;
}

void
_qonys_operations_free (QonysSafeOperations *operations)
{
  g_ptr_array_unref (operations->katos);
  g_free (operations->counts);
  g_free (operations->is_hidden);
  g_free (operations);
}
