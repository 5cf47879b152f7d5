/* Clocks and lines of the programs that measure on a display: a few thousand values a line. */

#include "clock.h"

#include <time.h>

double
get_ms (void)
{
  return (double)g_get_monotonic_time () / 1e3;
}

double
get_processor_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

void
print_line (const char *name, GArray *values_ms)
{
  g_array_sort (values_ms, compare_doubles);
  if (values_ms->len > 0)
    g_print ("%-40s %7.2f %7.2f %7.2f   of %u\n", name,
             g_array_index (values_ms, double, values_ms->len / 2),
             g_array_index (values_ms, double, values_ms->len * 99 / 100),
             g_array_index (values_ms, double, values_ms->len - 1), values_ms->len);
  g_array_set_size (values_ms, 0);
}
