#pragma once

#include "store/import-address.h"
#include "store/row.h"
#include "store/store.h"

G_BEGIN_DECLS

/** Counts a row that is not stored and keeps the first thousand. @row: its number as a spreadsheet
 * shows it, 0 unknown yet; @field: −1 the position; @value: (nullable) */
void qonys_import_report_reject (QonysImportReport *report, gint64 row, const QonysSchema *schema,
                                 QonysReason reason, int field, const char *value);

/** Counts a row of sums, or one of nothing. */
void qonys_import_report_skip (QonysImportReport *report, gint64 row, QonysReason reason);

/** Forgets all rows: of a file with data of persons nothing is kept. */
void qonys_import_report_clear_rows (QonysImportReport *report);

/** The reason most rows were rejected for; NULL if none was. */
const char *qonys_import_report_get_main_reason (const QonysImportReport *report);

/** What rows are checked against besides themselves, and what is noticed on the way. */
typedef struct _QonysImportContext QonysImportContext;

/** @old_rows_stay: whether the project's rows of the type stay in use beside the new ones */
QonysImportContext *qonys_import_context_new (QonysProject *project, QonysRecordType type,
                                              gboolean old_rows_stay);
void qonys_import_context_free (QonysImportContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysImportContext, qonys_import_context_free)

/** Rows of dwellings without a position are placed by their addresses. @addresses: frozen; lives
 * as long as the context */
void qonys_import_context_set_addresses (QonysImportContext *context,
                                         const QonysAddressIndex *addresses);

/** Gives a row, before the first is read into it, the fields that are joined. */
void qonys_import_context_prepare (const QonysImportContext *context, QonysRow *row);

/** Forgets the rows admitted. */
void qonys_import_context_forget (QonysImportContext *context);

typedef enum {
  QONYS_ROW_HAS_JUMP = 1 << 0,
  QONYS_ROW_HAS_UNKNOWN_DWELLING = 1 << 1,
  QONYS_ROW_PLACED = 1 << 2, /* times QonysPlaced */
} QonysRowNotes;

/** Joins what the project knows of the row's place. From any thread. */
QonysRowNotes qonys_import_context_join (const QonysImportContext *context, QonysRow *row);

/** Hash of what qonys_row_add_identity() gives. */
guint32 qonys_identity_hash (const char *identity);

/** Says that a row of this hash comes soon: its place in the set of all, which is large, is fetched
 * meanwhile. */
void qonys_import_context_expect (const QonysImportContext *context, guint32 hash);

/** Counts a good row, in the order of the file. @earlier: (out): the good row that it repeats,
 * counted from 1 on; 0 none. Returns: why it is rejected after all, if it is there already */
QonysReason qonys_import_context_admit (QonysImportContext *context, const char *identity,
                                        guint32 hash, QonysRowNotes notes, guint32 *earlier);

/** Says what was noticed of the rows that were stored. */
void qonys_import_context_note (QonysImportContext *context, const QonysTable *rows,
                                GPtrArray *diagnostics);

G_END_DECLS
