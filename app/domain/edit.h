#pragma once

#include "domain/entry.h"

G_BEGIN_DECLS

/** One entry before and after; one of them NULL: it was made or deleted. */
typedef struct {
  QonysEntry *before, *after;
} QonysEntryChange;

QonysEntryChange *qonys_entry_change_new (QonysEntry *before,
                                          QonysEntry *after); /* takes references */
void qonys_entry_change_free (QonysEntryChange *change);
QonysEntryKind qonys_entry_change_get_kind (const QonysEntryChange *change);
const char *qonys_entry_change_get_id (const QonysEntryChange *change);

typedef enum {
  QONYS_EDIT_DO,
  QONYS_EDIT_UNDO,     /* takes back the edit numbered target */
  QONYS_EDIT_REDO,     /* does it again */
  QONYS_EDIT_EXTERNAL, /* found in the file: another program made it */
  QONYS_EDIT_REVERT,   /* to the state after the edit numbered target */
} QonysEditType;

/**
 * QonysEdit:
 *
 * One step: one journal entry, one undo step, one transaction. Immutable; atomic reference count.
 * The journal is only ever added to: undoing is an edit too.
 */
typedef struct {
  gatomicrefcount ref_count;
  gint64 number; /* 1 … in the order of the journal; 0 not yet stored */
  gint64 time_s; /* Unix */
  QonysEditType type;
  gint64 target;   /* 0 none */
  char *action;    /* "item.move": told to people by qonys_edit_describe() */
  char *subject;   /* (nullable): what it was done to: an id or a title */
  char *role;      /* (nullable) */
  char *merge_key; /* (nullable): of edits that follow one another as one: an entry's field */
  GPtrArray *read_changes; /* these two are for qonys_edit_get_changes() alone */
  char *changes_json;
} QonysEdit;

/** @action: one of those qonys_edit_describe() knows; (nullable): @subject, @role, @merge_key.
 * Returns: (transfer full): without changes, of now */
QonysEdit *qonys_edit_new (const char *action, const char *subject, const char *role,
                           const char *merge_key);
QonysEdit *qonys_edit_ref (QonysEdit *edit);
void qonys_edit_unref (QonysEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysEdit, qonys_edit_unref)

/** For the making of an edit only. Nothing is added if both are equal. */
void qonys_edit_add (QonysEdit *edit, QonysEntry *before, QonysEntry *after);
/** For the making of an edit only. @changes: (transfer full) (element-type QonysEntryChange): all
 * there are */
void qonys_edit_take_changes (QonysEdit *edit, GPtrArray *changes);
/** The same, as the journal has them. @json: (transfer full): read when first asked for; a change
 * that cannot be read, and what is behind it, is left out */
void qonys_edit_take_json (QonysEdit *edit, char *json);

/** What it does, in this order. By any thread. (element-type QonysEntryChange) */
const GPtrArray *qonys_edit_get_changes (const QonysEdit *edit);

/** The step in words, in the language now set: “Move the marked place”. Returns: (transfer full) */
char *qonys_edit_describe (const QonysEdit *edit);

/** Its changes as one line of JSON, for the journal. Returns: (transfer full) */
char *qonys_edit_changes_to_json (const QonysEdit *edit);

G_END_DECLS
