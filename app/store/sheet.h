#pragma once

#include "base/diagnostic.h"
#include "base/error.h"
#include "store/sheet-shape.h"

G_BEGIN_DECLS

/* Tables of texts: sheets of workbooks (XLSX, XLSM, ODS, XLS) and text files (CSV, TSV and the
 * like, of any delimiter and encoding). Every cell is a text as the file means it: ids keep their
 * zeros and are never 9.9E+11, dates are "2024-01-25" or "2024-01-25 17:00:00", truth is "true" or
 * "false", shares are "12.5%". Nothing is written to disk. */

/** What a caller knows better than the file; zero-initialised, all is found. */
typedef struct {
  const char *sheet;    /* (nullable): name of a workbook's sheet; NULL the first that is shown */
  const char *encoding; /* (nullable): of text: "UTF-8", "UTF-16LE", "CP1251", "KZ-1048" … */
  char delimiter;       /* of text: ',', ';', '\t', '|'; 0 is found */
  gint64 header_row; /* the last row of names, as the spreadsheet shows it; 0 is found, −1 none */
  guint n_header_rows; /* 0 is found */
} QonysSheetOptions;

/** One of a workbook's sheets; a text file is one whose name is the file's. */
typedef struct {
  char *name;
  gboolean is_hidden;
} QonysSheetInfo;

/** A sheet that is read row by row. Not shared between threads. */
typedef struct _QonysSheet QonysSheet;

/** A row, valid until the next call. */
typedef struct {
  QonysShapeRow row; /* n_cells is at least the shape's n_columns */
  QonysRowKind kind;
  gboolean is_hidden;
} QonysSheetRow;

/** Whether the file is one that is read here, by its first bytes and its ending; not that it can
 * be read. */
gboolean qonys_sheet_is_table (const char *path);

/**
 * qonys_sheet_list:
 *
 * Errors say what to do about a workbook with a password, a web page or XML that calls itself
 * .xls, XLSB, one that is damaged.
 *
 * Returns: (transfer full) (element-type QonysSheetInfo): in the order of the workbook
 */
GPtrArray *qonys_sheet_list (const char *path, GError **error);

/**
 * qonys_sheet_open:
 * @options: (nullable)
 * @diagnostics: (nullable): what is noticed at opening: the file is open in another program,
 *   hidden sheets, dates from 1904, how text is encoded and parted
 *
 * Opens a sheet and finds its shape. XLSX costs memory for its table of shared texts, old XLS
 * for all its cells, text and ODS next to nothing.
 *
 * Returns: (transfer full)
 */
QonysSheet *qonys_sheet_open (const char *path, const QonysSheetOptions *options,
                              GPtrArray *diagnostics, GError **error);
void qonys_sheet_free (QonysSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSheet, qonys_sheet_free)

const char *qonys_sheet_get_name (const QonysSheet *sheet);
const QonysSheetShape *qonys_sheet_get_shape (const QonysSheet *sheet);
/** The encoding of text; NULL of a workbook. */
const char *qonys_sheet_get_encoding (const QonysSheet *sheet);
/** The delimiter of text; 0 of a workbook. */
char qonys_sheet_get_delimiter (const QonysSheet *sheet);

/**
 * qonys_sheet_next:
 *
 * Reads the next row that is not empty, whatever its kind: titles and names too, for all are
 * scanned for persons. Cells joined downwards all bear their text.
 *
 * Returns: FALSE at the end, or with @error set where the file is damaged
 */
gboolean qonys_sheet_next (QonysSheet *sheet, QonysSheetRow *row, GError **error);

/** Begins again with the first row. */
gboolean qonys_sheet_rewind (QonysSheet *sheet, GError **error);

/** How much of the file is read, 0 … 1. */
double qonys_sheet_get_progress (const QonysSheet *sheet);

/** After the last row: says what was noticed in them: hidden rows and columns, formulas without
 * results, errors of formulas, joined cells, rows longer or shorter than the names, texts that
 * could not be decoded, quotes never closed. */
void qonys_sheet_note (const QonysSheet *sheet, GPtrArray *diagnostics);

/**
 * QonysHiddenTextFunc:
 * @place: translated: "comments", "names" … ; the same pointer for the same place
 * @row: as the spreadsheet shows it, 0 unknown
 * @text: UTF-8, @length bytes, not NUL-terminated; may be empty where only the place speaks: the
 *   name of a pivot table's column stands in it
 */
typedef void (*QonysHiddenTextFunc) (const char *place, gint64 row, const char *text, gsize length,
                                     gpointer data);

/**
 * qonys_sheet_scan_hidden:
 *
 * Hands over every text of a workbook that is not in a cell: names of sheets, comments and their
 * replies, defined names, stored pivot tables, text boxes, names and addresses of pictures and
 * links, headers and footers, choices of validation, properties of the document; of an old XLS
 * every run of printable characters in the file. Names of authors of the file and its comments
 * are not handed over. A text file has none. Embedded files are said in @diagnostics.
 *
 * Returns: FALSE with @error where the file is damaged
 */
gboolean qonys_sheet_scan_hidden (const char *path, QonysHiddenTextFunc func, gpointer data,
                                  GPtrArray *diagnostics, GError **error);

G_END_DECLS
