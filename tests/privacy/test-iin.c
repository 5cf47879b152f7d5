/* The tier of a number against a slow reading of the rules' text. */
#include "scan.h"

#include <locale.h>

#include <string.h>

/* The text: r = (1·a₁ + … + 11·a₁₁) mod 11; if 10, weights 3 … 11, 1, 2; if 10 again, none. */
static int
get_last_digit (const int *a)
{
  int sum = 0;

  for (int i = 1; i <= 11; i++)
    sum += i * a[i - 1];
  if (sum % 11 < 10)
    return sum % 11;
  sum = 0;
  for (int i = 1; i <= 11; i++)
    sum += (i <= 9 ? i + 2 : i - 9) * a[i - 1];
  return sum % 11 < 10 ? sum % 11 : -1;
}

static QonysIinTier
get_tier_slowly (const char *text)
{
  static const char *const month_ends[] = {"0131", "0229", "0331", "0430", "0531", "0630",
                                           "0731", "0831", "0930", "1031", "1130", "1231"};
  int a[12];
  gboolean are_same = TRUE, has_month = FALSE, has_day = FALSE;

  if (strlen (text) != 12)
    return QONYS_IIN_NO;
  for (int i = 0; i < 12; i++) {
    if (strchr ("0123456789", text[i]) == NULL)
      return QONYS_IIN_NO;
    a[i] = text[i] - '0';
    are_same = are_same && a[i] == a[0];
  }
  if (are_same || get_last_digit (a) != a[11])
    return QONYS_IIN_NO;
  for (int month = 0; month < 12; month++)
    if (strncmp (text + 2, month_ends[month], 2) == 0) {
      has_month = TRUE;
      has_day = strncmp (text + 4, "00", 2) > 0 && strncmp (text + 2, month_ends[month], 4) <= 0;
    }
  if (has_month && a[4] >= 4 && a[4] <= 6 && a[5] <= 4)
    return QONYS_IIN_BIN;
  return has_day && a[6] <= 6 ? QONYS_IIN_PLAUSIBLE : QONYS_IIN_CHECKSUM;
}

static void
test_vectors (void)
{
  static const struct {
    const char *text;
    QonysIinTier tier;
  } vectors[] = {
      {"991231100010", QONYS_IIN_PLAUSIBLE},
      {"991231100109", QONYS_IIN_PLAUSIBLE}, /* second pass of weights */
      {"991231100011", QONYS_IIN_NO},
      {"991332100012", QONYS_IIN_CHECKSUM}, /* month 13 */
      {"000000000000", QONYS_IIN_NO},
      {"111111111111", QONYS_IIN_NO},
      {"99123110001", QONYS_IIN_NO},
      {"9912311000100", QONYS_IIN_NO},
      {"99123110001x", QONYS_IIN_NO},
      {"", QONYS_IIN_NO},
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpint (qonys_iin_get_tier (vectors[i].text), ==, vectors[i].tier);
  for (char last = '0'; last <= '9'; last++) { /* both passes give 10 */
    char text[13] = "99123110016";

    text[11] = last;
    g_assert_cmpint (qonys_iin_get_tier (text), ==, QONYS_IIN_NO);
  }
  g_assert_cmpint (qonys_iin_get_tier (NULL), ==, QONYS_IIN_NO);
}

static void
fill_random (GRand *rand, char *text)
{
  for (int i = 0; i < 12; i++)
    text[i] = (char)('0' + g_rand_int_range (rand, 0, 10));
  text[12] = '\0';
}

/* 9.9 % of random numbers have a right check digit, 0.25 % read as a person's. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240125);
  int n = 400000, n_right = 0, n_plausible = 0;
  char text[13];

  for (int i = 0; i < n; i++) {
    QonysIinTier tier;

    fill_random (rand, text);
    tier = qonys_iin_get_tier (text);
    g_assert_cmpint (tier, ==, get_tier_slowly (text));
    n_right += tier != QONYS_IIN_NO;
    n_plausible += tier == QONYS_IIN_PLAUSIBLE;
  }
  g_assert_cmpfloat_with_epsilon (100.0 * n_right / n, 9.9, 0.2);
  g_assert_cmpfloat_with_epsilon (100.0 * n_plausible / n, 0.25, 0.03);
}

/* Dated numbers: every first six digits, so that days and months are all met. */
static void
test_dates (void)
{
  for (int day = 0; day < 1000000; day += 7)
    for (int last = 0; last < 10; last++) {
      g_autofree char *text = g_strdup_printf ("%06d30012%d", day, last);

      g_assert_cmpint (qonys_iin_get_tier (text), ==, get_tier_slowly (text));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/iin/vectors", test_vectors);
  g_test_add_func ("/privacy/iin/random", test_random);
  g_test_add_func ("/privacy/iin/dates", test_dates);
  return g_test_run ();
}
