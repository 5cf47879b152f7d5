/* What people write, in a session: an edit shows at once and is written behind the screen, one
 * transaction after the other on a thread; until the disk has it, it is pending. If one cannot be
 * written, it and those after it are taken back and the sentence says why. A project that is in
 * no file yet is first saved as a draft: nothing people write is ever unsaved. */

#include "base/error.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *path;
  QonysEdit *edit;
  gint64 last_number;
  QonysPlan *plan; /* if it failed: what the file holds; NULL: it cannot be read */
  QonysHistory *history;
} Write;

static void
write_clear (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  qonys_edit_unref (write->edit);
  g_clear_pointer (&write->plan, qonys_plan_unref);
  g_clear_pointer (&write->history, qonys_history_free);
}

/* The queue and the thread that writes hold one each. */
static void
write_free (gpointer write)
{
  g_atomic_rc_box_release_full (write, write_clear);
}

static void write_next (QonysSession *self);

QonysPlan *
qonys_session_get_plan (QonysSession *self)
{
  return self->plan;
}

const QonysHistory *
qonys_session_get_history (QonysSession *self)
{
  return self->history;
}

gboolean
qonys_session_has_pending_edits (QonysSession *self)
{
  return self->pending != NULL && !g_queue_is_empty (self->pending);
}

void
_qonys_session_take_plan (QonysSession *self, QonysPlan *plan, QonysHistory *history)
{
  g_clear_pointer (&self->plan, qonys_plan_unref);
  g_clear_pointer (&self->history, qonys_history_free);
  self->plan = plan;
  self->history = history;
  _qonys_session_changed (self, QONYS_CHANGED_PLAN);
}

void
_qonys_session_clear_plan (QonysSession *self)
{
  g_clear_pointer (&self->plan, qonys_plan_unref);
  g_clear_pointer (&self->history, qonys_history_free);
  if (self->pending != NULL)
    g_queue_free_full (g_steal_pointer (&self->pending), write_free);
}

/* ---- writing ---- */

/* What the file holds is what counts. If it cannot even be read (a stick that was pulled out), the
 * edits wait and are written with the next one. */
static void
take_back (QonysSession *self, Write *write, GError *error)
{
  QonysPlan *plan = g_steal_pointer (&write->plan);
  QonysHistory *history = g_steal_pointer (&write->history);

  if (plan != NULL) {
    g_queue_clear_full (self->pending, write_free);
    _qonys_session_take_plan (self, plan, history);
    _qonys_session_update_release (self);
    _qonys_session_changed (self, QONYS_CHANGED_PLAN);
  }
  qonys_session_set_error (self, error);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QonysSession *self = QONYS_SESSION (source);
  GError *error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);
  Write *write = g_queue_peek_head (self->pending);

  self->is_writing = FALSE;
  if (write == NULL || write != g_task_get_task_data (G_TASK (result))) { /* another project now */
    g_clear_error (&error);
    write_next (self);
    return;
  }
  if (!ok) {
    take_back (self, write, error);
    return;
  }
  write_free (g_queue_pop_head (self->pending));
  if (g_queue_is_empty (self->pending))
    _qonys_session_changed (self, QONYS_CHANGED_PLAN);
  write_next (self);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Write *write = data;
  GError *error = NULL;

  if (qonys_store_apply_edit (write->path, write->edit, write->last_number, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  write->plan = qonys_store_read_plan (write->path, &write->history, NULL, NULL);
  g_task_return_error (task, error);
}

static void
write_next (QonysSession *self)
{
  g_autoptr (GTask) task = NULL;
  Write *write;

  if (self->is_writing || !qonys_session_has_pending_edits (self))
    return;
  write = g_queue_peek_head (self->pending);
  if (write->path == NULL) /* waits for the draft */
    return;
  self->is_writing = TRUE;
  task = g_task_new (self, NULL, write_cb, NULL);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (write), write_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* Where projects that nobody has saved yet are kept. */
static char *
make_draft_path (QonysSession *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "qonys", "drafts", NULL);
  g_autofree char *title = qonys_session_dup_title (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *name = g_strdup_printf ("%s %s.gpkg", title, time);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

void
_qonys_session_write_pending (QonysSession *self)
{
  const char *path = self->project != NULL ? qonys_project_get_path (self->project) : NULL;

  if (!qonys_session_has_pending_edits (self))
    return;
  if (path == NULL && !qonys_session_is_busy (self)) {
    g_autofree char *draft = make_draft_path (self);

    qonys_session_save_as (self, draft);
    return;
  }
  for (GList *link = self->pending->head; link != NULL && path != NULL; link = link->next)
    if (((Write *)link->data)->path == NULL)
      ((Write *)link->data)->path = g_strdup (path);
  write_next (self);
}

static void
push (QonysSession *self, QonysEdit *edit, gint64 last_number)
{
  Write *write = g_atomic_rc_box_new0 (Write);

  write->edit = qonys_edit_ref (edit);
  write->last_number = last_number;
  if (self->pending == NULL)
    self->pending = g_queue_new ();
  g_queue_push_tail (self->pending, write);
  _qonys_session_write_pending (self);
}

gboolean
qonys_session_edit (QonysSession *self, QonysEdit *edit, GError **error)
{
  gint64 last_number;
  g_autoptr (QonysEdit) merged = NULL;
  QonysPlan *next;

  g_return_val_if_fail (self->plan != NULL, FALSE);
  if (edit->changes->len == 0)
    return TRUE;
  if (qonys_session_is_busy (self) && qonys_project_get_path (self->project) != NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("Wait until the present work is done, or cancel it"));
    return FALSE;
  }
  for (guint i = 0; i < edit->changes->len; i++)
    if (!qonys_store_check_change (edit->changes->pdata[i], error))
      return FALSE;
  next = qonys_plan_apply (self->plan, edit, error);
  if (next == NULL)
    return FALSE;
  last_number = qonys_history_get_last_number (self->history);
  merged = qonys_history_merge (self->history, edit);
  if (merged == NULL) {
    edit->number = last_number + 1;
    merged = qonys_edit_ref (edit);
  }
  qonys_history_add (self->history, merged);
  qonys_plan_unref (self->plan);
  self->plan = next;
  _qonys_session_update_release (self);
  push (self, merged, last_number);
  _qonys_session_changed (self, QONYS_CHANGED_PLAN);
  return TRUE;
}

static void
step (QonysSession *self, QonysEdit *edit)
{
  GError *error = NULL;

  if (edit == NULL)
    return;
  if (!qonys_session_edit (self, edit, &error))
    qonys_session_set_error (self, error);
  qonys_edit_unref (edit);
}

void
qonys_session_undo (QonysSession *self)
{
  step (self, qonys_history_make_undo (self->history));
}

void
qonys_session_redo (QonysSession *self)
{
  step (self, qonys_history_make_redo (self->history));
}

void
qonys_session_revert (QonysSession *self, gint64 number)
{
  step (self, qonys_history_make_revert (self->history, self->plan, number));
}
