/* Numbers and dates as people write them. */
#include "support.h"

#include "base/format.h"
#include "base/language.h"

#include <math.h>

/* Takes what was formatted. */
static void
check (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_int (void)
{
  check (qonys_format_int (0), "0");
  check (qonys_format_int (999), "999");
  check (qonys_format_int (1000), "1\u00a0000");
  check (qonys_format_int (12345), "12\u00a0345");
  check (qonys_format_int (-269979415), "−269\u00a0979\u00a0415");
  check (qonys_format_int (G_MAXINT64), "9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0807");
  check (qonys_format_int (G_MININT64), "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808");
}

static void
test_decimal (void)
{
  qonys_language_set (QONYS_RU);
  check (qonys_format_decimal (35.7, 1), "35,7");
  check (qonys_format_decimal (35.7, 3), "35,7");
  check (qonys_format_decimal (35.749, 1), "35,7");
  check (qonys_format_decimal (36, 2), "36");
  check (qonys_format_decimal (100, 0), "100");
  check (qonys_format_decimal (1234567.25, 2), "1\u00a0234\u00a0567,25");
  check (qonys_format_decimal (2.5, 0), "3"); /* not to even */
  check (qonys_format_decimal (0.15, 1), "0,2");
  check (qonys_format_decimal (999.96, 1), "1\u00a0000");
  check (qonys_format_decimal (-0.04, 1), "0"); /* no minus nothing */
  check (qonys_format_decimal (-0.06, 1), "−0,1");
  check (qonys_format_decimal (-1234.5, 1), "−1\u00a0234,5");
  check (qonys_format_decimal (NAN, 1), "–");
  check (qonys_format_decimal (INFINITY, 1), "–");
  check (qonys_format_decimal (1, -3), "1");
  check (qonys_format_decimal (0.125, 99), "0,125");
  g_free (qonys_format_decimal (-G_MAXDOUBLE, 99));
  qonys_language_set (QONYS_KK);
  check (qonys_format_decimal (35.7, 1), "35,7");
  qonys_language_set (QONYS_EN);
  check (qonys_format_decimal (1035.7, 1), "1\u00a0035.7");
}

static void
test_day (void)
{
  check (qonys_format_day (qonys_day_from_ymd (2024, 1, 25)), "25.01.2024");
  check (qonys_format_day (qonys_day_from_ymd (987, 12, 3)), "03.12.0987");
  check (qonys_format_day (QONYS_DAY_MISSING), "–");
}

static void
test_distance (void)
{
  qonys_language_set (QONYS_EN);
  check (qonys_format_distance_m (0), "0\u00a0m");
  check (qonys_format_distance_m (45.4), "45\u00a0m");
  check (qonys_format_distance_m (999.4), "999\u00a0m");
  check (qonys_format_distance_m (999.6), "1\u00a0km");
  check (qonys_format_distance_m (1234), "1.2\u00a0km");
  check (qonys_format_distance_m (123456), "123\u00a0km");
  check (qonys_format_distance_m (NAN), "–");
  qonys_language_set (QONYS_RU);
  check (qonys_format_distance_m (1234), "1,2\u00a0km"); /* no catalogue here */
}

/* Against printf, where no half is to be rounded. */
static void
test_decimal_random (void)
{
  for (int i = 0; i < 20000; i++) {
    int decimals = g_test_rand_int_range (0, 7);
    double value = round (g_test_rand_double_range (-1e7, 1e7) * 1e6 + 0.25) / 1e6;
    g_autofree char *text = NULL, *expected = NULL;
    g_auto (GStrv) parts = NULL;

    if (fabs (fmod (fabs (value) * pow (10, decimals), 1) - 0.5) < 1e-6)
      continue;
    qonys_language_set (QONYS_EN);
    text = qonys_format_decimal (value, decimals);
    parts = g_strsplit (text, "\u00a0", -1);
    g_free (text);
    text = g_strjoinv ("", parts);
    g_strfreev (parts);
    parts = g_strsplit (text, "−", -1);
    g_free (text);
    text = g_strjoinv ("-", parts);
    expected = g_strdup_printf ("%.*f", decimals, value);
    g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, g_ascii_strtod (expected, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/format/int", test_int);
  g_test_add_func ("/base/format/decimal", test_decimal);
  g_test_add_func ("/base/format/decimal-random", test_decimal_random);
  g_test_add_func ("/base/format/day", test_day);
  g_test_add_func ("/base/format/distance", test_distance);
  return g_test_run ();
}
