/* The small tables of the demo: operations, flows, monthly counts. Totals are split by random
 * weights so that the parts add up to the resolution's figures exactly. */

#include "domain/demo-private.h"

#include "domain/assign.h"
#include "domain/catalogue.h"
#include "geo/mercator.h"

#include <math.h>

/* Splits a whole into parts in proportion to weights, the largest remainders rounded up. */
static void
split (gint64 whole, const double *weights, guint n, gint64 *parts)
{
  double sum = 0;
  gint64 given = 0;
  g_autofree double *rests = g_new (double, n);

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++) {
    double exact = whole * weights[i] / sum;

    parts[i] = (gint64)floor (exact);
    rests[i] = exact - parts[i];
    given += parts[i];
  }
  for (; given < whole; given++) {
    guint best = 0;

    for (guint i = 1; i < n; i++)
      if (rests[i] > rests[best])
        best = i;
    rests[best] = -1;
    parts[best]++;
  }
}

static gint64
get_figure (const char *id)
{
  return llround (qonys_catalogue_find_figure (id)->value);
}

/* ---- operations ---- */

static const char *
get_site_type (const char *landmark_kind)
{
  static const char *const PAIRS[][2] = {
      {"market", "market"}, {"mall", "market"},     {"transport", "station"},
      {"massif", "flats"},  {"education", "other"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    if (g_strcmp0 (PAIRS[i][0], landmark_kind) == 0)
      return PAIRS[i][1];
  return "street";
}

static const QonysDistrict *
find_district (const GPtrArray *districts, double x, double y)
{
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_ptr_array_index (districts, i);

    if (qonys_shape_contains (district->shape, x, y))
      return district;
  }
  return NULL;
}

/* Sites where operations may have been: places people gather at, each in a district. */
static GPtrArray *
get_sites (QonysDemo *demo, const GPtrArray *districts)
{
  GPtrArray *sites = g_ptr_array_new ();

  for (guint i = 0; i < demo->base->len; i++) {
    QonysBaseFeature *feature = g_ptr_array_index (demo->base, i);

    if (feature->kind == QONYS_BASE_LANDMARK &&
        !g_str_equal (get_site_type (feature->landmark_kind), "street") &&
        find_district (districts, feature->x, feature->y) != NULL)
      g_ptr_array_add (sites, feature);
  }
  return sites;
}

QonysTable *
qonys_demo_make_operations (QonysDemo *demo, gint32 dataset_id)
{
  static const struct {
    guint field;
    gint64 total; /* −1: of a figure */
    const char *figure;
  } TOTALS[] = {
      {QONYS_OPERATION_ADDRESSES_CHECKED, 9120, NULL},
      {QONYS_OPERATION_PERSONS_CHECKED, 61450, NULL},
      {QONYS_OPERATION_VIOL_492, 3410, NULL},
      {QONYS_OPERATION_VIOL_493, 1260, NULL},
      {QONYS_OPERATION_VIOL_495, 74, NULL},
      {QONYS_OPERATION_VIOL_496, 96, NULL},
      {QONYS_OPERATION_VIOL_517, 5870, NULL},
      {QONYS_OPERATION_VIOL_518, 1010, NULL},
      {QONYS_OPERATION_VIOL_519, 230, NULL},
      {QONYS_OPERATION_VIOL_OTHER, 84, NULL},
      {QONYS_OPERATION_CITIZENS_LIABLE, 5114, NULL},   /* with the next: 12 034, of which the */
      {QONYS_OPERATION_FOREIGNERS_LIABLE, 6920, NULL}, /* resolution says "more than 12 thousand" */
      {QONYS_OPERATION_WARNINGS, 2180, NULL},
      {QONYS_OPERATION_EXPELLED_COURT, -1, "F07"},
      {QONYS_OPERATION_DEPORTED, 164, NULL},
      {QONYS_OPERATION_STAY_SHORTENED, -1, "F08"},
      {QONYS_OPERATION_INFO_TALKS, 1330, NULL},
  };
  guint n = (guint)get_figure ("F05");
  QonysDay new_year = qonys_day_from_ymd (2023, 1, 1);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (demo->districts, qonys_day_from_ymd (2023, 7, 1));
  g_autoptr (GPtrArray) sites = get_sites (demo, districts);
  const QonysSchema *schema = qonys_schema_get (QONYS_RECORD_OPERATION);
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_OPERATION, n);
  g_autofree double *weights = g_new (double, n);
  g_autofree gint64 *parts = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    weights[i] = g_rand_double_range (demo->rand, 0.5, 1.5);

  for (guint i = 0; i < n; i++) {
    const QonysBaseFeature *site = g_ptr_array_index (
        sites, (i * sites->len / n + g_rand_int_range (demo->rand, 0, 2)) % MAX (sites->len, 1));
    const QonysDistrict *district = find_district (districts, site->x, site->y);
    QonysDay day = new_year + 20 + (gint)i * 31 + g_rand_int_range (demo->rand, 0, 8);
    g_autofree char *key = g_strdup_printf ("OPM-2023-%02u", i + 1);

    qonys_table_builder_add_text (builder, QONYS_OPERATION_KEY, key, -1);
    qonys_table_builder_add_code (builder, QONYS_OPERATION_KIND, 0);
    qonys_table_builder_add_text (builder, QONYS_OPERATION_NAME,
                                  i % 3 == 0 ? "Мигрант" : "Құқықтық тәртіп", -1);
    qonys_table_builder_add_text (builder, QONYS_OPERATION_DISTRICT, district->kato, -1);
    qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_START, day);
    qonys_table_builder_add_int (builder, QONYS_OPERATION_DATE_END, day + 4);
    qonys_table_builder_add_code (
        builder, QONYS_OPERATION_SITE_TYPE,
        qonys_field_find_value (&schema->fields[QONYS_OPERATION_SITE_TYPE],
                                get_site_type (site->landmark_kind)));
    qonys_table_builder_add_position (builder, qonys_mercator_lon_deg (site->x),
                                      qonys_mercator_lat_deg (site->y));
    qonys_table_builder_add_dataset_id (builder, dataset_id);
  }
  for (guint t = 0; t < G_N_ELEMENTS (TOTALS); t++) {
    split (TOTALS[t].total < 0 ? get_figure (TOTALS[t].figure) : TOTALS[t].total, weights, n,
           parts);
    for (guint i = 0; i < n; i++)
      qonys_table_builder_add_int (builder, TOTALS[t].field, (gint32)parts[i]);
  }
  split (get_figure ("F09"), weights, n, parts);
  for (guint i = 0; i < n; i++) {
    qonys_table_builder_add_big (builder, QONYS_OPERATION_FINES_COLLECTED_KZT, parts[i]);
    qonys_table_builder_add_missing (builder, QONYS_OPERATION_FINES_IMPOSED_KZT); /* check C7 */
  }
  return qonys_table_builder_finish (builder);
}

/* ---- flows ---- */

QonysTable *
qonys_demo_make_flows (QonysDemo *demo, gint32 dataset_id)
{
  /* KATO of the regions; the last three are words of the data model. */
  static const struct {
    const char *origin;
    double weight;
    guint8 direction;
  } ORIGINS[] = {
      {"110000000", 22, QONYS_FLOW_INTER_REGIONAL}, {"610000000", 12, QONYS_FLOW_INTER_REGIONAL},
      {"350000000", 10, QONYS_FLOW_INTER_REGIONAL}, {"310000000", 7, QONYS_FLOW_INTER_REGIONAL},
      {"430000000", 6, QONYS_FLOW_INTER_REGIONAL},  {"790000000", 5, QONYS_FLOW_INTER_REGIONAL},
      {"590000000", 5, QONYS_FLOW_INTER_REGIONAL},  {"550000000", 5, QONYS_FLOW_INTER_REGIONAL},
      {"390000000", 5, QONYS_FLOW_INTER_REGIONAL},  {"100000000", 4, QONYS_FLOW_INTER_REGIONAL},
      {"750000000", 4, QONYS_FLOW_INTER_REGIONAL},  {"190000000", 3, QONYS_FLOW_INTER_REGIONAL},
      {"150000000", 3, QONYS_FLOW_INTER_REGIONAL},  {"630000000", 3, QONYS_FLOW_INTER_REGIONAL},
      {"330000000", 2, QONYS_FLOW_INTER_REGIONAL},  {"620000000", 1, QONYS_FLOW_INTER_REGIONAL},
      {"270000000", 1, QONYS_FLOW_INTER_REGIONAL},  {"230000000", 1, QONYS_FLOW_INTER_REGIONAL},
      {"470000000", 1, QONYS_FLOW_INTER_REGIONAL},  {"abroad-CIS", 5, QONYS_FLOW_EXTERNAL},
      {"abroad-other", 2, QONYS_FLOW_EXTERNAL},     {"unknown", 1, QONYS_CODE_MISSING},
  };
  static const double SEASON[] = {0.8, 0.8, 0.9, 0.9, 0.9, 1.0, 1.1, 1.4, 1.3};
  const guint n = G_N_ELEMENTS (ORIGINS) * G_N_ELEMENTS (SEASON);
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_FLOW, n);
  g_autofree double *weights = g_new (double, n);
  g_autofree gint64 *arrivals = g_new (gint64, n);
  g_autofree gint64 *departures = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    weights[i] = ORIGINS[i % G_N_ELEMENTS (ORIGINS)].weight * SEASON[i / G_N_ELEMENTS (ORIGINS)] *
                 g_rand_double_range (demo->rand, 0.85, 1.15);
  split (get_figure ("F17"), weights, n, arrivals);
  for (guint i = 0; i < n; i++)
    weights[i] *= g_rand_double_range (demo->rand, 0.8, 1.25);
  split (get_figure ("F18"), weights, n, departures);

  for (guint i = 0; i < n; i++) {
    guint origin = i % G_N_ELEMENTS (ORIGINS), month = i / G_N_ELEMENTS (ORIGINS);

    qonys_table_builder_add_text (builder, QONYS_FLOW_ORIGIN, ORIGINS[origin].origin, -1);
    qonys_table_builder_add_text (builder, QONYS_FLOW_DESTINATION, QONYS_CITY_KATO, -1);
    qonys_table_builder_add_int (builder, QONYS_FLOW_MONTH,
                                 qonys_day_from_ymd (2023, month + 1, 1));
    qonys_table_builder_add_code (builder, QONYS_FLOW_DIRECTION_DETAIL, ORIGINS[origin].direction);
    qonys_table_builder_add_int (builder, QONYS_FLOW_ARRIVALS, (gint32)arrivals[i]);
    qonys_table_builder_add_int (builder, QONYS_FLOW_DEPARTURES, (gint32)departures[i]);
    qonys_table_builder_add_dataset_id (builder, dataset_id);
  }
  return qonys_table_builder_finish (builder);
}

/* ---- registration counts ---- */

QonysTable *
qonys_demo_make_registrations (QonysDemo *demo, const QonysTable *dwellings, gint32 dataset_id)
{
  const gint32 *columns[] = {
      qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_PERMANENT),
      qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_TEMPORARY),
      qonys_table_get_ints (dwellings, QONYS_DWELLING_REG_FOREIGNERS),
      qonys_table_get_ints (dwellings, QONYS_DWELLING_REGS_12M),
      qonys_table_get_ints (dwellings, QONYS_DWELLING_DEREGS_12M),
  };
  QonysDay as_of = qonys_table_get_int (dwellings, 0, QONYS_DWELLING_AS_OF);
  g_autoptr (GPtrArray) districts = qonys_districts_get_on_day (demo->districts, as_of);
  g_autofree guint8 *owners = qonys_assign_districts (dwellings, demo->districts, districts);
  QonysTableBuilder *builder =
      qonys_table_builder_new (QONYS_RECORD_REGISTRATION_COUNT, districts->len * 12);
  int year, month;

  qonys_day_get_ymd (as_of, &year, &month, NULL);
  for (guint d = 0; d < districts->len; d++) {
    const QonysDistrict *district = g_ptr_array_index (districts, d);
    gint64 sums[G_N_ELEMENTS (columns)] = {0};

    for (gsize row = 0; row < qonys_table_get_n_rows (dwellings); row++)
      for (guint c = 0; owners[row] == d && c < G_N_ELEMENTS (columns); c++)
        if (columns[c] != NULL && columns[c][row] != QONYS_INT_MISSING)
          sums[c] += columns[c][row];

    for (int back = 11; back >= 0; back--) {
      double share = 1 - back * 0.0035;
      int month_number = year * 12 + month - 1 - back;
      gint32 permanent = (gint32)llround (sums[0] * share);
      gint32 temporary = (gint32)llround (sums[1] * share * (1 - back * 0.01));
      gint32 foreigners = MIN ((gint32)llround (sums[2] * share), permanent + temporary);

      qonys_table_builder_add_text (builder, QONYS_REGISTRATION_PLACE_REF, district->kato, -1);
      qonys_table_builder_add_int (
          builder, QONYS_REGISTRATION_AS_OF,
          qonys_day_from_ymd (month_number / 12, month_number % 12 + 1, 1));
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_PERMANENT, permanent);
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_TEMPORARY, temporary);
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_CITIZENS,
                                   permanent + temporary - foreigners);
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_FOREIGNERS, foreigners);
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_REGS_12M,
                                   (gint32)llround (sums[3] * share));
      qonys_table_builder_add_int (builder, QONYS_REGISTRATION_DEREGS_12M,
                                   (gint32)llround (sums[4] * share));
      qonys_table_builder_add_dataset_id (builder, dataset_id);
    }
  }
  return qonys_table_builder_finish (builder);
}
