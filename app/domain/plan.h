#pragma once

#include "domain/edit.h"

G_BEGIN_DECLS

/**
 * QonysPlan:
 *
 * One state of everything people wrote: the entries of each kind. Immutable, shared by threads;
 * an edit makes the next state, which shares what did not change. Atomic reference count.
 */
typedef struct _QonysPlan QonysPlan;

/** The fifteen measures of the resolution, none with a status, and its story in eight scenes.
 * Returns: (transfer full) */
QonysPlan *qonys_plan_new_default (void);
/** @entries: (element-type QonysEntry): of all kinds, in any order; of equal ids the last counts.
 * Returns: (transfer full) */
QonysPlan *qonys_plan_new (const GPtrArray *entries);
QonysPlan *qonys_plan_ref (QonysPlan *plan);
void qonys_plan_unref (QonysPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysPlan, qonys_plan_unref)

/** Of one kind, by id. (element-type QonysEntry) */
const GPtrArray *qonys_plan_get_entries (const QonysPlan *plan, QonysEntryKind kind);
/** NULL if there is none such. Logarithmic. */
QonysEntry *qonys_plan_find (const QonysPlan *plan, QonysEntryKind kind, const char *id);

/**
 * qonys_plan_apply:
 *
 * Does what an edit says. The error is that of an edit made of another state: what it says was
 * there before is not there now.
 *
 * Returns: (transfer full): the next state
 */
QonysPlan *qonys_plan_apply (QonysPlan *plan, const QonysEdit *edit, GError **error);

/** What leads from one state to another. Returns: (transfer full) (element-type QonysEntryChange)
 */
GPtrArray *qonys_plan_compare (const QonysPlan *before, const QonysPlan *after);

/** SHA-256 of all entries: equal for equal states. Returns: (transfer full) */
char *qonys_plan_get_hash (const QonysPlan *plan);

G_END_DECLS
