#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where in a table of texts the names stand and where the values begin. Nothing here touches a
 * file; rows and columns are those of any spreadsheet, workbook or text. */

/** Rows looked at to find the shape. */
#define QONYS_SHAPE_ROWS 100

/** A row of cells. */
typedef struct {
  const char *const *cells; /* (array length=n_cells): UTF-8; NULL is an empty cell */
  guint n_cells;
  gint64 number; /* 1-based, as the spreadsheet shows it */
} QonysShapeRow;

/** Cells joined to one; rows as the spreadsheet shows them, columns from 0 on, both inclusive. */
typedef struct {
  gint64 first_row, last_row;
  guint first_column, last_column;
} QonysMerge;

/** What a row is. */
typedef enum {
  QONYS_ROW_TITLE,     /* above the names */
  QONYS_ROW_HEADER,    /* names */
  QONYS_ROW_NUMBERING, /* «А 1 2 3» or (1) (2) (3) below the names */
  QONYS_ROW_UNITS,     /* «адам, м², %» below the names */
  QONYS_ROW_DATA,
  QONYS_ROW_TOTAL,  /* «Барлығы», «Итого»: counts what other rows count already */
  QONYS_ROW_REMARK, /* one long text in a table of several columns: a note, a heading within */
} QonysRowKind;

/** The shape of a table. */
typedef struct {
  gint64 header_row;    /* the last row of names; 0 none: columns are called A, B, C … */
  guint n_header_rows;  /* 0 none */
  gint64 numbering_row; /* 0 none */
  gint64 units_row;     /* 0 none */
  gint64 first_data_row;
  guint n_columns; /* empty ones at the end left out */
  char **names;    /* n_columns + 1; unique, never empty, NULL-terminated */
  char **units;    /* (nullable): n_columns + 1 of them where there is a row of units */
  char *title;     /* (nullable): the texts above the names, a line a row */
  double sureness; /* 0 a guess … 1 sure; below 0.6 people should be asked */
} QonysSheetShape;

void qonys_sheet_shape_free (QonysSheetShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSheetShape, qonys_sheet_shape_free)

/**
 * qonys_sheet_shape_find:
 * @rows: (array length=n_rows): the first rows of the table, empty ones may be left out
 * @merges: (array length=n_merges) (nullable)
 * @header_row: the last row of the names where somebody knows better; 0 none is known, −1 there
 *   are no names
 * @n_header_rows: how many rows the names take, @header_row the last of them; 0 unknown
 *
 * Finds titles above, one to three rows of names (joined with “ – ”, a name above several columns
 * stands before each of theirs), numbers of columns and units below them, the first row of values.
 * A few microseconds a row.
 *
 * Returns: (transfer full)
 */
QonysSheetShape *qonys_sheet_shape_find (const QonysShapeRow *rows, guint n_rows,
                                         const QonysMerge *merges, guint n_merges,
                                         gint64 header_row, guint n_header_rows);

/** What a row is by the shape. */
QonysRowKind qonys_sheet_shape_get_kind (const QonysSheetShape *shape, const QonysShapeRow *row);

/** Whether one of a row's first texts is «Барлығы», «Жиыны», «Қала бойынша», «Итого», «Всего»,
 * "Total" or the like; «в том числе» is none. @cells: (array length=n) */
gboolean qonys_row_is_total (const char *const *cells, guint n);

/** "A", "B" … "Z", "AA": what a spreadsheet calls the column. Returns: (transfer full) */
char *qonys_column_get_letters (guint column);

G_END_DECLS
