#pragma once

#include "domain/plan.h"

G_BEGIN_DECLS

/**
 * QonysHistory:
 *
 * The journal of a project and what of it can be undone and redone. Unlimited, and as long-lived
 * as the project: yesterday's edit can be undone today. Not shared between threads.
 */
typedef struct _QonysHistory QonysHistory;

QonysHistory *qonys_history_new (void);
void qonys_history_free (QonysHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysHistory, qonys_history_free)

/** Edits in the order of the journal. (element-type QonysEdit) */
const GPtrArray *qonys_history_get_edits (const QonysHistory *history);
gint64 qonys_history_get_last_number (const QonysHistory *history); /* 0: none */

/** Adds an edit that is stored; its number follows the last one's, or is the last one's, which it
 * then replaces (it was merged). */
void qonys_history_add (QonysHistory *history, QonysEdit *edit);

/** What undo would take back, what redo would do again; NULL: nothing. */
const QonysEdit *qonys_history_get_undo (const QonysHistory *history);
const QonysEdit *qonys_history_get_redo (const QonysHistory *history);

/** The edit that takes back, or does again; not yet stored. Returns: (transfer full) (nullable) */
QonysEdit *qonys_history_make_undo (const QonysHistory *history);
QonysEdit *qonys_history_make_redo (const QonysHistory *history);

/**
 * qonys_history_merge:
 *
 * Whether @edit goes on with the last one: same merge key, within three seconds, nothing undone
 * between, and not just its undoing.
 *
 * Returns: (transfer full) (nullable): both as one, numbered as the last one; NULL if not
 */
QonysEdit *qonys_history_merge (const QonysHistory *history, const QonysEdit *edit);

/** The state after the edit of that number (0: the first), got from the state now by going back.
 * Returns: (transfer full) */
QonysPlan *qonys_history_get_state (const QonysHistory *history, QonysPlan *now, gint64 number);

/** The edit that makes the state after that number the state again. Returns: (transfer full) */
QonysEdit *qonys_history_make_revert (const QonysHistory *history, QonysPlan *now, gint64 number);

G_END_DECLS
