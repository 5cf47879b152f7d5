/* How long things take: `bench NAME N` prints a line "name seconds rss_kb" for a row, as the peers
 * of the kit do; NAME "all" is every row, "list" names them, "check" compares answers first.
 * Seconds are the median of the row's runs; rss_kb is the peak of the process up to that line, so
 * ask for one row where it counts. */

#include "bench.h"

#include "base/language.h"

#include <stdlib.h>
#include <sys/resource.h>

static const Row *const lists[] = {rows_geo, rows_picture, rows_notes, rows_plan, rows_project};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static void
measure (const Row *row, City *city)
{
  g_autofree double *seconds = g_new (double, row->n_runs);
  struct rusage usage;

  if (row->need != NULL)
    row->need (city);
  for (guint i = 0; i < row->n_runs; i++) {
    gint64 start = g_get_monotonic_time ();

    row->run (city);
    seconds[i] = (double)(g_get_monotonic_time () - start) / 1e6 / row->n_inside;
  }
  qsort (seconds, row->n_runs, sizeof *seconds, compare_doubles);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%s %.6f %ld\n", row->name, seconds[row->n_runs / 2], usage.ru_maxrss);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "";
  gsize n = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  g_autofree char *log = bench_dup_path ("log", 0);
  gboolean is_found = FALSE;
  City city = {.n = n};

  g_setenv ("XDG_DATA_HOME", log, TRUE); /* exports are logged there */
  qonys_language_init ("en");
  if (g_str_equal (name, "check") && argc > 2)
    return check_answers (argv[2]) ? 0 : 1;
  if (!g_str_equal (name, "list") && n == 0) {
    g_printerr ("usage: bench NAME|all N, bench list, bench check RESULTS\n");
    return 2;
  }
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (const Row *row = lists[l]; row->name != NULL; row++) {
      if (n == 0)
        g_print ("%s\n", row->name);
      else if (g_str_equal (name, "all") || g_str_equal (name, row->name)) {
        measure (row, &city);
        is_found = TRUE;
      }
    }
  if (n == 0)
    return 0;
  city_clear (&city);
  if (!is_found)
    g_printerr ("no row “%s”: see bench list\n", name);
  return is_found ? 0 : 2;
}
