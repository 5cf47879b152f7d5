#pragma once

#include "domain/history.h"

G_BEGIN_DECLS

/* States of the plan that have a name. A name is an entry like any other: giving it is an edit
 * that can be undone. */

/** The edit that names the state after the last edit of @history. @note: (nullable). The errors
 * are those of the title: missing, or taken. Returns: (transfer full) */
QonysEdit *qonys_version_make_add (QonysPlan *plan, const QonysHistory *history, const char *title,
                                   const char *note, GError **error);
/** Another title and note for a version of @plan. Returns: (transfer full) */
QonysEdit *qonys_version_make_rename (QonysPlan *plan, const char *id, const char *title,
                                      const char *note, GError **error);
/** Returns: (transfer full) */
QonysEdit *qonys_version_make_delete (QonysPlan *plan, const char *id);

/** The versions, the newest state first. Returns: (transfer container) (element-type QonysEntry) */
GPtrArray *qonys_versions_list (const QonysPlan *plan);

/**
 * QonysState:
 *
 * A state of the plan with what it is called. Immutable; atomic reference count.
 */
typedef struct {
  char *title;   /* of a version its own, else in the language of its making: “Now” */
  gint64 number; /* of the last edit in it; 0: before the first */
  QonysDay day;  /* of that edit; of the state now: today */
  QonysPlan *plan;
} QonysState;

/**
 * qonys_state_find:
 * @word: (nullable): a version's id or title, the number of an edit, "now"; NULL: now
 *
 * Returns: (transfer full): NULL with @error set if there is none such
 */
QonysState *qonys_state_find (const QonysHistory *history, QonysPlan *now, const char *word,
                              GError **error);
QonysState *qonys_state_ref (QonysState *state);
void qonys_state_unref (QonysState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysState, qonys_state_unref)

G_END_DECLS
