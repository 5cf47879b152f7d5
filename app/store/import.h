#pragma once

#include "store/row.h"
#include "store/store.h"

G_BEGIN_DECLS

QonysImportReport *qonys_import_report_new (void);

/** Counts a row that is not stored and keeps the first thousand. @number: 1-based */
void qonys_import_report_reject (QonysImportReport *report, gint64 number, const QonysRow *row);

/** The reason most rows were rejected for; NULL if none was. */
const char *qonys_import_report_get_main_reason (const QonysImportReport *report);

/** What rows are checked against besides themselves, and what is noticed on the way. */
typedef struct _QonysImportContext QonysImportContext;

/** @old_rows_stay: whether the project's rows of the type stay in use beside the new ones */
QonysImportContext *qonys_import_context_new (QonysProject *project, QonysRecordType type,
                                              gboolean old_rows_stay);
void qonys_import_context_free (QonysImportContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysImportContext, qonys_import_context_free)

/** Joins what the project knows of the row's place and checks that it is there once. Returns:
 * FALSE if the row is rejected */
gboolean qonys_import_context_settle (QonysImportContext *context, QonysRow *row);

/** Says what was noticed of the rows that were stored. */
void qonys_import_context_note (QonysImportContext *context, const QonysTable *rows,
                                GPtrArray *diagnostics);

G_END_DECLS
