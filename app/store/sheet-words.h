#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: what a single cell of a table says. */

/** Nothing stands there: NULL or white space. */
gboolean qonys_cell_is_blank (const char *text);

/** A number, a date, a share, a sum of money, a coordinate. */
gboolean qonys_cell_is_value (const char *text);

/** "2024", "2024-01-01", «2023 ж.»: a value that names columns too. */
gboolean qonys_cell_is_period (const char *text);

/** "-", "–", "…", "x": nothing to count. */
gboolean qonys_cell_is_dash (const char *text);

/** «А», "(3)", "3.": its number, letters from 0 on down; −100 if it is none. */
int qonys_cell_get_column_number (const char *text);

/** «адам», "м²", «тыс. тенге», "%" */
gboolean qonys_cell_is_unit (const char *text);

/** «Ескерту», «Примечание», “Source”, "*": the beginning of a note. */
gboolean qonys_cell_is_note (const char *text);

/** «Барлығы», «Итого по району», “Total”. */
gboolean qonys_cell_is_total (const char *text);

/** «оның ішінде», «в том числе», “of which” and nothing else. */
gboolean qonys_cell_is_of_which (const char *text);

G_END_DECLS
