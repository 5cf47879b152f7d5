/* Days: a walk through four centuries against a counted calendar, and the ways of writing them. */
#include "support.h"

#include "base/date.h"

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static void
test_every_day (void)
{
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  QonysDay expected = 0;

  for (int year = 1970; year < 2371; year++) {
    for (int month = 1; month <= 12; month++) {
      int length = lengths[month - 1] + (month == 2 && is_leap (year));

      for (int day = 1; day <= length; day++, expected++) {
        int y, m, d;
        g_assert_cmpint (qonys_day_from_ymd (year, month, day), ==, expected);
        qonys_day_get_ymd (expected, &y, &m, &d);
        g_assert_true (y == year && m == month && d == day);
      }
      g_assert_cmpint (qonys_day_from_ymd (year, month, length + 1), ==, QONYS_DAY_MISSING);
    }
  }
}

static void
test_edges (void)
{
  int year = 0;

  g_assert_cmpint (qonys_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (qonys_day_from_ymd (1969, 12, 31), ==, -1);
  g_assert_cmpint (qonys_day_from_ymd (2024, 1, 25), ==, 19747);
  g_assert_cmpint (qonys_day_from_ymd (1, 1, 1), ==, -719162);
  g_assert_cmpint (qonys_day_from_ymd (0, 1, 1), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (-4, 1, 1), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (70000, 1, 1), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (2024, 0, 1), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (2024, 13, 1), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (2024, 1, 0), ==, QONYS_DAY_MISSING);
  g_assert_cmpint (qonys_day_from_ymd (2024, 1, 257), ==, QONYS_DAY_MISSING);
  qonys_day_get_ymd (-719162, &year, NULL, NULL);
  g_assert_cmpint (year, ==, 1);
}

static void
test_parse (void)
{
  static const char *const right[] = {"2024-01-25",
                                      "2024/01/25",
                                      "25.01.2024",
                                      " 2024-1-25 ",
                                      "25.1.2024",
                                      "2024-01-25T13:00:00Z",
                                      "2024/01/25 13:00:00+05",
                                      "25.01.2024 7:05"};
  static const char *const wrong[] = {"",
                                      "  ",
                                      "25",
                                      "2024",
                                      "2024-01",
                                      "25.01.24",
                                      "25-01-2024",
                                      "25/01/2024",
                                      "2024.01.25",
                                      "2024-01/25",
                                      "2024-02-30",
                                      "31.04.2024",
                                      "2023-02-29",
                                      "0.01.2024",
                                      "2024-00-01",
                                      "2024-13-01",
                                      "2024-01-255",
                                      "2024-01-25abc",
                                      "a2024-01-25",
                                      "2024-01-25 13",
                                      "2024-01-25 nothing",
                                      "20240125",
                                      "025.01.2024",
                                      "-2024-01-25"};
  QonysDay day = 7;

  g_assert_false (qonys_day_parse (NULL, &day));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    if (qonys_day_parse (wrong[i], &day))
      g_error ("read as a date: “%s”", wrong[i]);
  }
  g_assert_cmpint (day, ==, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++) {
    day = 7;
    if (!qonys_day_parse (right[i], &day) || day != 19747)
      g_error ("read as %d: “%s”", day, right[i]);
  }
}

static void
test_to_iso (void)
{
  g_autofree char *day = qonys_day_to_iso (19747), *old = qonys_day_to_iso (-719162);
  g_autofree char *missing = qonys_day_to_iso (QONYS_DAY_MISSING);

  g_assert_cmpstr (day, ==, "2024-01-25");
  g_assert_cmpstr (old, ==, "0001-01-01");
  g_assert_cmpstr (missing, ==, "");
}

static void
test_today (void)
{
  QonysDay before, today;

  g_setenv ("QONYS_TODAY", "2026-01-01", TRUE);
  g_assert_cmpint (qonys_day_today (), ==, qonys_day_from_ymd (2026, 1, 1));
  g_unsetenv ("QONYS_TODAY");
  do { /* midnight may pass in between */
    g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 60 * 60);
    g_autoptr (GDateTime) now = g_date_time_new_now (zone);
    before = qonys_day_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now),
                                 g_date_time_get_day_of_month (now));
    today = qonys_day_today ();
  } while (today == before + 1);
  g_assert_cmpint (today, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/every-day", test_every_day);
  g_test_add_func ("/base/date/edges", test_edges);
  g_test_add_func ("/base/date/parse", test_parse);
  g_test_add_func ("/base/date/to-iso", test_to_iso);
  g_test_add_func ("/base/date/today", test_today);
  return g_test_run ();
}
