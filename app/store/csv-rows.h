#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The blank lines of a CSV file: rows of a spreadsheet, but records of nobody. Records that go
 * over several lines are one row. Returns: (transfer full) (element-type gint64): numbers from 1
 * on, in order; none if the file cannot be read */
GArray *qonys_csv_find_blank_rows (const char *path);

G_END_DECLS
