#pragma once

#include "base/error.h"
#include "store/package.h"
#include "store/sheet-shape.h"

G_BEGIN_DECLS

/* Inside the room: the ways to the rows of a table, one a kind of file; sheet.h is the door. */

#define QONYS_MAX_COLUMNS 16384 /* of Excel */
#define QONYS_MAX_ROWS 1048576
#define QONYS_MAX_CELL (1 << 20) /* bytes */

/** Cells of which something must be said: how many, and where the first is. */
typedef struct {
  gint64 n, row;
  guint column;
} QonysCellCount;

void qonys_cell_count_add (QonysCellCount *count, gint64 row, guint column);

/** Columns from 0 on, both inclusive. */
typedef struct {
  guint first, last;
} QonysColumnRange;

/** What is noticed in rows on the way. */
typedef struct {
  QonysCellCount without_result; /* formulas that were never computed */
  QonysCellCount errors;         /* #N/A, #REF! … */
  QonysCellCount undecoded;      /* text that is not of the file's encoding */
  QonysCellCount open_quotes;
  QonysCellCount cut; /* cells of more than 1 MB, or beyond 16,384 columns */
  gint64 n_hidden_rows;
} QonysRowFacts;

/** A row as it is in the file; cells lie one behind another, each with its NUL. */
typedef struct {
  gint64 number;  /* 1-based, as the spreadsheet shows it */
  guint n_fields; /* of a text file, empty ones at the end too; else 0 */
  gboolean is_hidden;
  gboolean is_cut; /* a cell was too much and is not there */
  GString *text;
  GArray *offsets; /* of guint32: one a cell; G_MAXUINT32 is an empty cell */
} QonysRawRow;

QonysRawRow *qonys_raw_row_new (void);
void qonys_raw_row_free (QonysRawRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysRawRow, qonys_raw_row_free)
void qonys_raw_row_clear (QonysRawRow *row);
/** Sets a cell to the right of those there are. Returns: FALSE if it is beyond all limits */
gboolean qonys_raw_row_add (QonysRawRow *row, guint column, const char *text, gsize length);

/** A way to the rows of a table. What begins again is made anew. */
typedef struct _QonysRowReader QonysRowReader;
struct _QonysRowReader {
  /** Reads the next row; empty ones may be left out. Returns: (transfer full) (nullable): NULL at
   * the end or with @error set */
  QonysRawRow *(*next) (QonysRowReader *reader, GError **error);
  double (*get_progress) (const QonysRowReader *reader);
  void (*free) (QonysRowReader *reader);
  GArray *merges;         /* (nullable): of QonysMerge, in order of their first rows */
  GArray *hidden_columns; /* (nullable): of QonysColumnRange */
  QonysRowFacts facts;
};

/** For readers of XML: the first of the rows that are ready, reading on if there is none. @ready:
 * (element-type QonysRawRow): filled by the XML's handler. Returns: as next() */
QonysRawRow *qonys_row_reader_feed (QonysXml *xml, GQueue *ready, gboolean *is_at_end,
                                    GError **error);

G_END_DECLS
