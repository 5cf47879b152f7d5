#pragma once

#include "store-support.h"

#include "store/sheet.h"

G_BEGIN_DECLS

/* Workbooks written by hand, so that each oddity can be put into one. */

/** Writes a zip of parts: names and contents by turns, to NULL. Returns: its path */
char *put_package (const char *name, const char *part, const char *content,
                   ...) G_GNUC_NULL_TERMINATED;

/** An XLSX of one sheet, @rows what stands in <sheetData>, @behind what stands behind it; @more
 * parts as above, a part of the usual names replaces it. Returns: its path */
char *put_xlsx (const char *name, const char *rows, const char *behind, ...) G_GNUC_NULL_TERMINATED;

/** An ODS; @styles within <office:automatic-styles>, @tables within the spreadsheet. */
char *put_ods (const char *name, const char *styles, const char *tables);

/** An XLS of Excel 2: cells by row; texts, or numbers where they are such. */
char *put_xls (const char *name, const char *const *cells, guint n_columns);

/** Bytes into a file of the test's folder. Returns: its path */
char *put_bytes (const char *name, const char *bytes, gsize length);

/** All rows as text: "5 D: a|b|", a line a row; kinds are T titles, H, N, U, D, S sums, R. */
char *read_sheet (const char *path, const QonysSheetOptions *options, GPtrArray *diagnostics);

/** All hidden texts: "place 5: text", a line each. */
char *read_hidden (const char *path, GPtrArray *diagnostics);

#define assert_holds(haystack, needle)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((haystack), (needle)) == NULL)                                                     \
      g_error ("%s: “%s” is not in:\n%s", G_STRLOC, (needle), (haystack));                         \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
