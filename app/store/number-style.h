#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of workbooks as the texts they are shown as. */

/** How a number is shown. */
typedef enum {
  QONYS_SHOWN_PLAIN,
  QONYS_SHOWN_DATE,
  QONYS_SHOWN_DATE_TIME,
  QONYS_SHOWN_TIME,
  QONYS_SHOWN_PERCENT,
  QONYS_SHOWN_ZEROS, /* with zeros before, to a width */
} QonysShownAs;

typedef struct {
  QonysShownAs as;
  guint width; /* of QONYS_SHOWN_ZEROS */
} QonysNumberStyle;

/** Reads a number format, built in (@code NULL) or written: "dd.mm.yyyy", "000000". */
QonysNumberStyle qonys_number_style_read (guint id, const char *code);

/** The text of a number: no power of ten, no digits of rounding; dates as ISO; shares with "%".
 * What is no number stays. Returns: (transfer full) */
char *qonys_number_style_apply (QonysNumberStyle style, gboolean is_1904, const char *number);

/** "2024-01-25T00:00:00" → "2024-01-25", "…T17:30:00.5" → "2024-01-25 17:30:00".
 * Returns: (transfer full) */
char *qonys_iso_date_tidy (const char *text);

/** "B7" → 1, 7. Returns: FALSE if it is no cell */
gboolean qonys_cell_parse (const char *text, guint *column, gint64 *row, const char **end);

G_END_DECLS
