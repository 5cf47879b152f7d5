/* The norm: the cases the maslikhat's decision names, then all rows against one row at a time. */

#include "domain/norm.h"

#include <math.h>

#define UNKNOWN QONYS_INT_MISSING

typedef struct {
  double useful_m2, total_m2;
  gint32 permanent, temporary, relatives, after, after_nonrelative;
} Dwelling;

static QonysTable *
make_table (const Dwelling *dwellings, gsize n)
{
  QonysTableBuilder *builder = qonys_table_builder_new (QONYS_RECORD_DWELLING, n);

  for (gsize i = 0; i < n; i++) {
    qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_USEFUL_M2,
                                     dwellings[i].useful_m2);
    qonys_table_builder_add_decimal (builder, QONYS_DWELLING_AREA_TOTAL_M2, dwellings[i].total_m2);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_PERMANENT, dwellings[i].permanent);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_TEMPORARY, dwellings[i].temporary);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_RELATIVES, dwellings[i].relatives);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_AFTER_NORM, dwellings[i].after);
    qonys_table_builder_add_int (builder, QONYS_DWELLING_REG_AFTER_NORM_NONRELATIVE,
                                 dwellings[i].after_nonrelative);
  }
  return qonys_table_builder_finish (builder);
}

static QonysNormResult
check (const QonysNorm *norm, const Dwelling *dwelling)
{
  g_autoptr (QonysTable) table = make_table (dwelling, 1);
  QonysNormResult result;

  qonys_norm_check (norm, table, 0, &result);
  return result;
}

static void
test_limit (void)
{
  QonysNorm norm = qonys_norm_get_default ();

  g_assert_cmpfloat (norm.norm_m2, ==, 15.0);
  g_assert_cmpint (qonys_norm_get_limit (&norm, 35.7), ==, 2); /* never rounded to 3 */
  g_assert_cmpint (qonys_norm_get_limit (&norm, 45.0), ==, 3);
  g_assert_cmpint (qonys_norm_get_limit (&norm, 14.9), ==, 0);
  g_assert_cmpint (qonys_norm_get_limit (&norm, NAN), ==, -1);
  norm.norm_m2 = 11.6;
  g_assert_cmpint (qonys_norm_get_limit (&norm, 34.8), ==, 3); /* 2.9999999999999996 in binary */
}

/* Tenths of a square metre against whole numbers. */
static void
test_limit_is_exact (void)
{
  QonysNorm norm = qonys_norm_get_default ();

  for (gint32 norm_dm2 = 10; norm_dm2 <= 500; norm_dm2++) {
    norm.norm_m2 = norm_dm2 / 10.0;
    for (gint32 area_dm2 = 0; area_dm2 <= 20000; area_dm2 += 1 + norm_dm2 % 3)
      if (qonys_norm_get_limit (&norm, area_dm2 / 10.0) != area_dm2 / norm_dm2)
        g_error ("%d.%d / %d.%d", area_dm2 / 10, area_dm2 % 10, norm_dm2 / 10, norm_dm2 % 10);
  }
  g_assert_cmpint (qonys_norm_get_limit (&norm, -0.1), ==, -1);
  g_assert_cmpint (qonys_norm_get_limit (&norm, 1e300), ==, 1000000000);
}

static void
test_937 (void)
{
  QonysNorm norm = qonys_norm_get_default ();
  QonysNormResult result = check (&norm, &(Dwelling){35.7, 38.4, 327, 610, 0, 100, 90});

  g_assert_cmpint (result.counted, ==, 937);
  g_assert_cmpint (result.limit, ==, 2);
  g_assert_cmpint (result.excess, ==, 935);
  g_assert_false (result.is_upper_bound);
}

static void
test_relatives_are_exempt (void)
{
  QonysNorm norm = qonys_norm_get_default ();
  Dwelling family = {60, 65, 9, 0, 9, 0, 0};

  g_assert_cmpint (check (&norm, &family).excess, ==, 0);
  norm.exempt_relatives = FALSE;
  g_assert_cmpint (check (&norm, &family).excess, ==, 5);
  norm.exempt_relatives = TRUE;
  family.relatives = UNKNOWN; /* then all are counted, and it is said */
  g_assert_cmpint (check (&norm, &family).excess, ==, 5);
  g_assert_true (check (&norm, &family).is_upper_bound);
}

static void
test_unknown_is_not_zero (void)
{
  QonysNorm norm = qonys_norm_get_default ();

  g_assert_cmpint (check (&norm, &(Dwelling){NAN, NAN, 9, 0, 0, 0, 0}).excess, ==, UNKNOWN);
  g_assert_cmpint (
      check (&norm, &(Dwelling){50, 60, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}).excess, ==,
      UNKNOWN);
  /* Only the total area known: taken, and marked as approximate. */
  g_assert_true (check (&norm, &(Dwelling){NAN, 31, 2, 0, 0, 0, 0}).is_approximate);
  g_assert_cmpint (check (&norm, &(Dwelling){NAN, 31, 3, 0, 0, 0, 0}).excess, ==, 1);
}

static void
test_future_only (void)
{
  QonysNorm norm = qonys_norm_get_default ();
  Dwelling dwelling = {60, 65, 10, 0, 0, 3, 2}; /* limit 4; 7 were there before */

  norm.future_only = TRUE;
  g_assert_cmpint (check (&norm, &dwelling).excess, ==, 2); /* the limit is used up */
  norm.count_existing = FALSE;
  g_assert_cmpint (check (&norm, &dwelling).excess, ==, 0);
  norm.exempt_relatives = FALSE;
  norm.norm_m2 = 30;
  g_assert_cmpint (check (&norm, &dwelling).excess, ==, 1);
}

static void
test_all_rows (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  const gsize n = 60000; /* more than one thread's part */
  g_autofree Dwelling *dwellings = g_new (Dwelling, n);
  g_autofree gint32 *excess = g_new (gint32, n);
  g_autoptr (QonysTable) table = NULL;

  for (gsize i = 0; i < n; i++) {
    gint32 *counts[] = {&dwellings[i].permanent, &dwellings[i].temporary, &dwellings[i].relatives,
                        &dwellings[i].after, &dwellings[i].after_nonrelative};

    dwellings[i].useful_m2 = g_rand_int_range (rand, 0, 5) ? g_rand_double (rand) * 100 : NAN;
    dwellings[i].total_m2 = g_rand_int_range (rand, 0, 5) ? g_rand_double (rand) * 100 : NAN;
    for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
      *counts[c] = g_rand_int_range (rand, 0, 8) ? g_rand_int_range (rand, 0, 12) : UNKNOWN;
  }
  table = make_table (dwellings, n);
  for (int switches = 0; switches < 8; switches++) {
    QonysNorm norm = {g_rand_double_range (rand, 1, 50),
                      switches % 3,
                      switches & 1,
                      switches & 2,
                      switches & 4,
                      0};

    qonys_norm_check_all (&norm, table, excess);
    for (gsize i = 0; i < n; i++) {
      QonysNormResult result;

      qonys_norm_check (&norm, table, i, &result);
      g_assert_cmpint (excess[i], ==, result.excess);
      g_assert_true (result.excess == UNKNOWN || result.excess >= 0);
    }
  }
}

static void
test_as_text (void)
{
  QonysNorm norm = {35.5, QONYS_AREA_LIVING, FALSE, TRUE, FALSE, QONYS_DAY_MISSING}, read;
  QonysNorm kept = norm;
  g_autofree char *text = qonys_norm_to_text (&norm);

  g_assert_true (qonys_norm_parse (text, &read));
  g_assert_true (qonys_norm_equal (&read, &norm));
  g_assert_true (qonys_norm_parse ("m2=12", &read));
  g_assert_cmpfloat (read.norm_m2, ==, 12);
  g_assert_cmpint (read.valid_from, ==, qonys_norm_get_default ().valid_from);
  g_assert_false (qonys_norm_parse ("m2=51", &norm));
  g_assert_false (qonys_norm_parse ("m2=many", &norm));
  g_assert_false (qonys_norm_parse ("area=inner", &norm));
  g_assert_false (qonys_norm_parse ("15", &norm));
  g_assert_true (qonys_norm_equal (&norm, &kept));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/norm/limit", test_limit);
  g_test_add_func ("/domain/norm/limit-is-exact", test_limit_is_exact);
  g_test_add_func ("/domain/norm/937-in-35.7-m2", test_937);
  g_test_add_func ("/domain/norm/relatives-are-exempt", test_relatives_are_exempt);
  g_test_add_func ("/domain/norm/unknown-is-not-zero", test_unknown_is_not_zero);
  g_test_add_func ("/domain/norm/future-only", test_future_only);
  g_test_add_func ("/domain/norm/all-rows", test_all_rows);
  g_test_add_func ("/domain/norm/as-text", test_as_text);
  return g_test_run ();
}
