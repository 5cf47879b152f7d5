/* The demo: the resolution's totals, nobody in it, the same rows for the same seed. */

#include "domain-support.h"
#include "domain/demo.h"
#include "domain/summary.h"

#include <math.h>

static GPtrArray *
make_base (void)
{
  GPtrArray *base = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free);
  static const char *const KINDS[] = {"market", "massif", "transport", "massif"};

  for (guint i = 0; i < 12; i++) {
    QonysBaseFeature *feature = qonys_base_feature_new ();

    feature->kind = QONYS_BASE_LANDMARK;
    feature->landmark_kind = g_strdup (KINDS[i % 4]);
    feature->x = 0.08 + 0.1 * (i % 5);
    feature->y = 0.09 + 0.002 * i;
    g_ptr_array_add (base, feature);
  }
  return base;
}

static QonysProject *
make (gsize n, guint32 seed)
{
  g_autoptr (QonysDistricts) districts = make_districts ();
  g_autoptr (GPtrArray) base = make_base ();
  g_autoptr (GError) error = NULL;
  QonysProject *project = qonys_demo_make (districts, base, n, seed, NULL, &error);

  g_assert_no_error (error);
  return project;
}

static gint64
sum (const QonysTable *table, guint field)
{
  gint64 total = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
    total += qonys_table_get_int (table, row, field);
  return total;
}

static void
test_totals (void)
{
  g_autoptr (QonysProject) project = make (2000, 1);
  const QonysTable *operations = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  const QonysTable *flows = qonys_project_get_table (project, QONYS_RECORD_FLOW);
  gint64 fines = 0;

  g_assert_cmpuint (qonys_table_get_n_rows (operations), ==, 11);
  for (gsize row = 0; row < 11; row++) {
    fines += qonys_table_get_big (operations, row, QONYS_OPERATION_FINES_COLLECTED_KZT);
    g_assert_cmpint (qonys_table_get_int (operations, row, QONYS_OPERATION_DATE_END), <=,
                     day_of ("2023-12-31"));
  }
  g_assert_cmpint (fines, ==, 269979415);
  g_assert_cmpint (sum (operations, QONYS_OPERATION_EXPELLED_COURT), ==, 1152);
  g_assert_cmpint (sum (operations, QONYS_OPERATION_STAY_SHORTENED), ==, 1542);
  g_assert_cmpint (sum (operations, QONYS_OPERATION_CITIZENS_LIABLE) +
                       sum (operations, QONYS_OPERATION_FOREIGNERS_LIABLE),
                   >, 12000);
  g_assert_cmpint (sum (flows, QONYS_FLOW_ARRIVALS), ==, 74161);
  g_assert_cmpint (sum (flows, QONYS_FLOW_DEPARTURES), ==, 38406);
  g_assert_cmpint (sum (flows, QONYS_FLOW_ARRIVALS) - sum (flows, QONYS_FLOW_DEPARTURES), ==,
                   35755);
  g_assert_true (qonys_project_is_synthetic (project));
}

static void
test_dwellings (void)
{
  g_autoptr (QonysProject) project = make (20000, 1);
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  const QonysTable *registrations =
      qonys_project_get_table (project, QONYS_RECORD_REGISTRATION_COUNT);
  gsize n_937 = 0, n_no_area = 0, n_dormitory = 0, n_stacked = 0;
  gint64 registered = 0, last_month = 0;
  QonysDay as_of = qonys_table_get_int (table, 0, QONYS_DWELLING_AS_OF);

  g_assert_cmpuint (qonys_table_get_n_rows (table), ==, 20000);
  for (gsize row = 0; row < 20000; row++) {
    gint32 total = qonys_table_get_int (table, row, QONYS_DWELLING_REG_PERMANENT) +
                   qonys_table_get_int (table, row, QONYS_DWELLING_REG_TEMPORARY);
    double useful = qonys_table_get_decimal (table, row, QONYS_DWELLING_AREA_USEFUL_M2);
    double living = qonys_table_get_decimal (table, row, QONYS_DWELLING_AREA_LIVING_M2);

    registered += total;
    n_937 += total == 937 && useful == 35.7;
    n_no_area += isnan (useful);
    n_dormitory += qonys_table_get_code (table, row, QONYS_DWELLING_TYPE) == 4;
    n_stacked +=
        row > 0 && qonys_table_get_lon_deg (table)[row] == qonys_table_get_lon_deg (table)[row - 1];
    /* Every rule a real file is held to. */
    g_assert_cmpint (total, ==,
                     qonys_table_get_int (table, row, QONYS_DWELLING_REG_CITIZENS) +
                         qonys_table_get_int (table, row, QONYS_DWELLING_REG_FOREIGNERS));
    g_assert_cmpint (qonys_table_get_int (table, row, QONYS_DWELLING_REG_RELATIVES), <=, total);
    g_assert_cmpint (qonys_table_get_int (table, row, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE),
                     <=, qonys_table_get_int (table, row, QONYS_DWELLING_REG_AFTER_NORM));
    g_assert_true (isnan (useful) || isnan (living) || living <= useful);
  }
  g_assert_cmpuint (n_937, ==, 1);
  g_assert_cmpuint (n_no_area, >, 500);
  g_assert_cmpuint (n_dormitory, >, 0);
  g_assert_cmpuint (n_stacked, >, 5000);

  for (gsize row = 0; row < qonys_table_get_n_rows (registrations); row++)
    if (qonys_table_get_int (registrations, row, QONYS_REGISTRATION_AS_OF) == as_of)
      last_month += qonys_table_get_int (registrations, row, QONYS_REGISTRATION_PERMANENT) +
                    qonys_table_get_int (registrations, row, QONYS_REGISTRATION_TEMPORARY);
  g_assert_cmpint (last_month, ==, registered);
  g_assert_cmpuint (qonys_table_get_n_rows (registrations), ==, 6 * 12);
}

static void
test_seed (void)
{
  g_autoptr (QonysProject) a = make (3000, 7), b = make (3000, 7), c = make (3000, 8);
  gboolean differs = FALSE;

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    const QonysTable *x = qonys_project_get_table (a, type);
    const QonysTable *y = qonys_project_get_table (b, type);
    const QonysTable *z = qonys_project_get_table (c, type);

    g_assert_cmpuint (qonys_table_get_n_rows (x), ==, qonys_table_get_n_rows (y));
    for (gsize row = 0; row < qonys_table_get_n_rows (x); row++)
      for (guint field = 0; field < qonys_table_get_schema (x)->n_fields; field++) {
        g_autofree char *p = qonys_table_format_value (x, row, field);
        g_autofree char *q = qonys_table_format_value (y, row, field);

        g_assert_cmpstr (p, ==, q);
        if (row < qonys_table_get_n_rows (z)) {
          g_autofree char *r = qonys_table_format_value (z, row, field);

          differs |= !g_str_equal (p, r);
        }
      }
  }
  g_assert_true (differs);
}

static void
test_small (void)
{
  for (gsize n = 1; n <= 40; n += 13) {
    g_autoptr (QonysProject) project = make (n, (guint32)n);

    g_assert_cmpuint (
        qonys_table_get_n_rows (qonys_project_get_table (project, QONYS_RECORD_DWELLING)), ==, n);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/demo/totals", test_totals);
  g_test_add_func ("/domain/demo/dwellings", test_dwellings);
  g_test_add_func ("/domain/demo/seed", test_seed);
  g_test_add_func ("/domain/demo/small", test_small);
  return g_test_run ();
}
