/* The journal in memory: one a project. Undo and redo are stacks of places in it, found by going
 * through it once when it is read and kept from then on. */

#include "domain/history.h"

#define MERGE_S 3

struct _QonysHistory {
  GPtrArray *edits;
  GArray *undo, *redo; /* gsize: places in edits, the next one last */
};

QonysHistory *
qonys_history_new (void)
{
  QonysHistory *history = g_new0 (QonysHistory, 1);

  history->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_edit_unref);
  history->undo = g_array_new (FALSE, FALSE, sizeof (gsize));
  history->redo = g_array_new (FALSE, FALSE, sizeof (gsize));
  return history;
}

void
qonys_history_free (QonysHistory *history)
{
  g_ptr_array_unref (history->edits);
  g_array_unref (history->undo);
  g_array_unref (history->redo);
  g_free (history);
}

const GPtrArray *
qonys_history_get_edits (const QonysHistory *history)
{
  return history->edits;
}

static const QonysEdit *
get_last (const QonysHistory *history)
{
  return history->edits->len > 0 ? history->edits->pdata[history->edits->len - 1] : NULL;
}

gint64
qonys_history_get_last_number (const QonysHistory *history)
{
  const QonysEdit *last = get_last (history);

  return last != NULL ? last->number : 0;
}

static const QonysEdit *
get_top (const QonysHistory *history, const GArray *stack)
{
  return stack->len > 0 ? history->edits->pdata[g_array_index (stack, gsize, stack->len - 1)]
                        : NULL;
}

/* Moves the top of one stack to the other, if it is the edit meant. */
static void
move_top (const QonysHistory *history, GArray *from, GArray *to, gint64 number)
{
  const QonysEdit *top = get_top (history, from);

  if (top == NULL || top->number != number)
    return;
  g_array_append_val (to, g_array_index (from, gsize, from->len - 1));
  g_array_set_size (from, from->len - 1);
}

void
qonys_history_add (QonysHistory *history, QonysEdit *edit)
{
  gsize place = history->edits->len;

  if (place > 0 && qonys_history_get_last_number (history) == edit->number) {
    qonys_edit_unref (history->edits->pdata[place - 1]);
    history->edits->pdata[place - 1] = qonys_edit_ref (edit);
    return;
  }
  g_ptr_array_add (history->edits, qonys_edit_ref (edit));
  switch (edit->type) {
  case QONYS_EDIT_UNDO:
    move_top (history, history->undo, history->redo, edit->target);
    break;
  case QONYS_EDIT_REDO:
    move_top (history, history->redo, history->undo, edit->target);
    break;
  case QONYS_EDIT_DO:
  case QONYS_EDIT_EXTERNAL:
  case QONYS_EDIT_REVERT:
  default:
    g_array_append_val (history->undo, place);
    g_array_set_size (history->redo, 0);
  }
}

const QonysEdit *
qonys_history_get_undo (const QonysHistory *history)
{
  return get_top (history, history->undo);
}

const QonysEdit *
qonys_history_get_redo (const QonysHistory *history)
{
  return get_top (history, history->redo);
}

/* ---- edits of edits ---- */

static QonysEdit *
repeat (const QonysEdit *edit, QonysEditType type)
{
  QonysEdit *next = qonys_edit_new (edit->action, edit->subject, edit->role, NULL);
  gboolean is_back = type == QONYS_EDIT_UNDO;

  next->type = type;
  next->target = edit->number;
  for (guint i = 0; i < edit->changes->len; i++) {
    /* Backwards, since a later change may rest on an earlier one. */
    const QonysEntryChange *change = edit->changes->pdata[is_back ? edit->changes->len - 1 - i : i];

    qonys_edit_add (next, is_back ? change->after : change->before,
                    is_back ? change->before : change->after);
  }
  return next;
}

QonysEdit *
qonys_history_make_undo (const QonysHistory *history)
{
  const QonysEdit *edit = qonys_history_get_undo (history);

  return edit != NULL ? repeat (edit, QONYS_EDIT_UNDO) : NULL;
}

QonysEdit *
qonys_history_make_redo (const QonysHistory *history)
{
  const QonysEdit *edit = qonys_history_get_redo (history);

  return edit != NULL ? repeat (edit, QONYS_EDIT_REDO) : NULL;
}

static QonysEntry *
find_before (const QonysEdit *edit, const QonysEntryChange *change, gboolean *is_there)
{
  for (guint i = 0; i < edit->changes->len; i++) {
    const QonysEntryChange *other = edit->changes->pdata[i];

    *is_there = qonys_entry_change_get_kind (other) == qonys_entry_change_get_kind (change) &&
                g_str_equal (qonys_entry_change_get_id (other), qonys_entry_change_get_id (change));
    if (*is_there)
      return other->before;
  }
  return NULL;
}

QonysEdit *
qonys_history_merge (const QonysHistory *history, const QonysEdit *edit)
{
  const QonysEdit *last = get_last (history);
  g_autoptr (QonysEdit) merged = NULL;

  if (last == NULL || edit->merge_key == NULL || edit->type != QONYS_EDIT_DO ||
      last->type != QONYS_EDIT_DO || g_strcmp0 (last->merge_key, edit->merge_key) != 0 ||
      edit->time_s - last->time_s > MERGE_S || last->changes->len != edit->changes->len)
    return NULL;
  merged = qonys_edit_new (edit->action, edit->subject, edit->role, edit->merge_key);
  merged->number = last->number;
  merged->time_s = edit->time_s;
  for (guint i = 0; i < edit->changes->len; i++) {
    const QonysEntryChange *change = edit->changes->pdata[i];
    gboolean is_there;
    QonysEntry *before = find_before (last, change, &is_there);

    if (!is_there || qonys_entry_equal (before, change->after)) /* a step that does nothing */
      return NULL;
    g_ptr_array_add (merged->changes, qonys_entry_change_new (before, change->after));
  }
  return g_steal_pointer (&merged);
}

/* ---- earlier states ---- */

QonysPlan *
qonys_history_get_state (const QonysHistory *history, QonysPlan *now, gint64 number)
{
  QonysPlan *plan = qonys_plan_ref (now);

  for (guint i = history->edits->len; i-- > 0;) {
    const QonysEdit *edit = history->edits->pdata[i];
    g_autoptr (QonysEdit) back = NULL;
    QonysPlan *before;

    if (edit->number <= number)
      break;
    back = repeat (edit, QONYS_EDIT_UNDO);
    before = qonys_plan_apply (plan, back, NULL);
    if (before == NULL) /* a journal with a gap: as far back as it goes */
      break;
    qonys_plan_unref (plan);
    plan = before;
  }
  return plan;
}

QonysEdit *
qonys_history_make_revert (const QonysHistory *history, QonysPlan *now, gint64 number)
{
  g_autoptr (QonysPlan) then = qonys_history_get_state (history, now, number);
  QonysEdit *edit = qonys_edit_new ("revert", NULL, NULL, NULL);

  edit->type = QONYS_EDIT_REVERT;
  edit->target = number;
  g_ptr_array_unref (edit->changes);
  edit->changes = qonys_plan_compare (now, then);
  return edit;
}
