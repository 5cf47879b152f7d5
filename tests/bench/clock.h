#pragma once

#include <glib.h>

/* What is measured on a display, in milliseconds. */

double get_ms (void);
/* Of this thread alone: what others do on the same cores does not count. */
double get_processor_ms (void);

/* "name p50 p99 max of N"; the values (element-type double) are sorted and taken away. */
void print_line (const char *name, GArray *values_ms);
