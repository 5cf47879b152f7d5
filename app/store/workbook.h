#pragma once

#include "store/package.h"
#include "store/row-reader.h"

G_BEGIN_DECLS

/* What a workbook says of its sheets, and the ways to their rows. */

typedef enum {
  QONYS_WORKBOOK_NONE, /* text or something else */
  QONYS_WORKBOOK_XLSX,
  QONYS_WORKBOOK_ODS,
  QONYS_WORKBOOK_XLS
} QonysWorkbookKind;

typedef struct {
  char *name;
  char *part; /* (nullable): of XLSX */
  gboolean is_hidden;
} QonysWorkbookSheet;

typedef struct {
  char *path;
  QonysWorkbookKind kind;
  QonysPackage *package;       /* (nullable): of XLSX and ODS */
  GPtrArray *sheets;           /* element-type QonysWorkbookSheet */
  gboolean is_1904;            /* of XLSX */
  char *shared_texts, *styles; /* (nullable): parts of XLSX */
} QonysWorkbook;

/** What the file is by its first bytes and its ending. Errors: it is a workbook that is not read
 * (password, web page, XML, XLSB), with what to do. */
gboolean qonys_workbook_recognise (const char *path, QonysWorkbookKind *kind, GError **error);

QonysWorkbook *qonys_workbook_open (const char *path, GError **error);
void qonys_workbook_free (QonysWorkbook *workbook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysWorkbook, qonys_workbook_free)

/** Adds a sheet to the list. Returns: (transfer none) */
QonysWorkbookSheet *qonys_workbook_add_sheet (QonysWorkbook *workbook, const char *name,
                                              const char *part, gboolean is_hidden);

/** Each fills in what the kind of workbook says of its sheets. */
gboolean qonys_xlsx_list (QonysWorkbook *workbook, GError **error);
gboolean qonys_ods_list (QonysWorkbook *workbook, GError **error);
gboolean qonys_xls_list (QonysWorkbook *workbook, GError **error);

QonysRowReader *qonys_xlsx_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error);
QonysRowReader *qonys_ods_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error);
QonysRowReader *qonys_xls_rows_open (const QonysWorkbook *workbook, guint sheet, GError **error);

G_END_DECLS
