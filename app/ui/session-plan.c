/* What people write, in a session: an edit shows at once and is written behind the screen, one
 * transaction after the other on a thread; until the disk has it, it is pending. While the file is
 * gone or locked they wait, and are written when it is back. If one cannot be written for another
 * reason, it and those after it are taken back and the sentence says why. A project that is in
 * no file yet is first saved as a draft: nothing people write is ever unsaved. Settings alone make
 * no file: looking at a map is not writing. */

#include "base/error.h"
#include "domain/setting.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>

#define SLOW_S 5 /* a disk that works takes no longer for an edit */

typedef struct {
  char *path;
  QonysEdit *edit;
  gint64 last_number;
  gboolean is_saved; /* it is in the file being saved */
  QonysStamp stamp;  /* of the file after it */
  char *trouble;     /* if it failed: why it must wait; NULL: it cannot be written at all */
  QonysPlan *plan;   /* if so: what the file holds; NULL: it cannot be read */
  QonysHistory *history;
} Write;

static void
write_clear (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_free (write->trouble);
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

static gboolean
is_empty (QonysSession *self)
{
  return self->pending == NULL || g_queue_is_empty (self->pending);
}

/* Can what is not written yet stay so? */
static gboolean
are_settings_alone (QonysSession *self)
{
  for (GList *link = is_empty (self) ? NULL : self->pending->head; link != NULL; link = link->next)
    if (!qonys_edit_is_of_settings (((Write *)link->data)->edit))
      return FALSE;
  return TRUE;
}

gboolean
qonys_session_has_pending_edits (QonysSession *self)
{
  gboolean can_wait =
      self->is_held || self->is_read_only || qonys_project_get_path (self->project) == NULL;

  return !is_empty (self) && !(can_wait && are_settings_alone (self));
}

void
_qonys_session_take_plan (QonysSession *self, QonysPlan *plan, QonysHistory *history)
{
  g_clear_pointer (&self->plan, qonys_plan_unref);
  g_clear_pointer (&self->history, qonys_history_free);
  self->plan = plan;
  self->history = history;
  _qonys_session_changed (self, QONYS_CHANGED_PLAN | QONYS_CHANGED_HISTORY);
}

void
_qonys_session_clear_plan (QonysSession *self)
{
  g_clear_pointer (&self->plan, qonys_plan_unref);
  g_clear_pointer (&self->history, qonys_history_free);
  if (self->pending != NULL)
    g_queue_free_full (g_steal_pointer (&self->pending), write_free);
  self->is_held = self->has_told_held = FALSE;
  self->writing = NULL;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->save_path, g_free);
  _qonys_session_set_trouble (self, NULL);
}

/* ---- writing ---- */

/* Settings that cannot be written hold in memory: no reason for an error. */
static void
hold (QonysSession *self)
{
  self->is_held = TRUE;
  for (GList *link = self->pending->head; link != NULL; link = link->next)
    g_clear_pointer (&((Write *)link->data)->path, g_free);
  if (!self->has_told_held)
    g_signal_emit_by_name (self, "finished",
                           _ ("The project cannot be written: what the map looks like is kept "
                              "until it is closed"),
                           NULL);
  self->has_told_held = TRUE;
  _qonys_session_changed (self, QONYS_CHANGED_HISTORY);
}

/* What the file holds is what counts, but for looks, which stay as they are seen. */
static void
take_back (QonysSession *self, Write *write, GError *error)
{
  QonysPlan *plan = g_steal_pointer (&write->plan);
  QonysHistory *history = g_steal_pointer (&write->history);
  gboolean is_moved = plan != NULL && qonys_history_get_last_number (history) != write->last_number;
  gboolean can_wait = are_settings_alone (self);

  if (is_moved) {
    g_clear_error (&error);
    error = g_error_new_literal (
        QONYS_ERROR, QONYS_ERROR_FAILED,
        _ ("Another program wrote into this project meanwhile. What it wrote is shown now; make "
           "your last change again."));
  }
  if (plan != NULL && (is_moved || !can_wait)) {
    self->stamp = _qonys_stamp_get (write->path);
    g_queue_clear_full (self->pending, write_free);
    _qonys_session_take_plan (self, plan, history);
    _qonys_session_keep_looks (self, "setting.style", NULL, NULL);
    _qonys_session_update_release (self);
    _qonys_session_changed (self, QONYS_CHANGED_PLAN);
    _qonys_session_apply_settings (self);
  } else {
    g_clear_pointer (&plan, qonys_plan_unref);
    g_clear_pointer (&history, qonys_history_free);
  }
  if (!can_wait) {
    qonys_session_set_error (self, error);
    return;
  }
  g_error_free (error);
  if (!is_moved)
    hold (self);
}

/* Until the file is back or free, which is tried again and again. */
static void
wait_for_file (QonysSession *self, Write *write)
{
  if (are_settings_alone (self)) {
    hold (self);
    _qonys_session_try_again (self);
  } else {
    _qonys_session_set_trouble (self, g_steal_pointer (&write->trouble));
  }
}

/* A save that waited for the edits on their way. */
static void
save_after (QonysSession *self)
{
  g_autofree char *path = g_steal_pointer (&self->save_path);

  if (path != NULL)
    qonys_session_save_as (self, path);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QonysSession *self = QONYS_SESSION (source);
  GError *error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);
  Write *write = self->writing;

  if (write == NULL || write != g_task_get_task_data (G_TASK (result))) { /* another file now */
    g_clear_error (&error);
    return;
  }
  self->writing = NULL;
  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (ok) {
    self->stamp = write->stamp;
    _qonys_session_set_trouble (self, NULL);
    write_free (g_queue_pop_head (self->pending));
    if (g_queue_is_empty (self->pending))
      _qonys_session_changed (self, QONYS_CHANGED_HISTORY);
    write_next (self);
  } else if (write->is_saved) { /* what is being saved has it */
    g_clear_error (&error);
  } else if (write->trouble != NULL) {
    g_clear_error (&error);
    wait_for_file (self, write);
  } else {
    _qonys_session_set_trouble (self, NULL);
    take_back (self, write, error);
  }
  if (!_qonys_session_is_writing (self))
    save_after (self);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Write *write = data;
  GError *error = NULL;

  if (qonys_store_apply_edit (write->path, write->edit, write->last_number, &error)) {
    write->stamp = _qonys_stamp_get (write->path);
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_free (write->trouble);
  write->trouble = _qonys_session_describe_trouble (write->path, error);
  if (write->trouble == NULL)
    write->plan = qonys_store_read_plan (write->path, &write->history, NULL, NULL);
  if (write->trouble == NULL && write->plan == NULL)
    write->trouble = g_strdup (error->message);
  g_task_return_error (task, error);
}

gboolean
_qonys_session_is_writing (QonysSession *self)
{
  return self->writing != NULL;
}

/* A network share may let a thread wait for ever. */
static gboolean
slow_cb (gpointer data)
{
  QonysSession *self = data;
  g_autofree char *name = g_filename_display_basename (((Write *)self->writing)->path);

  self->slow_id = 0;
  _qonys_session_set_trouble (
      self, g_strdup_printf (_ ("The disk of “%s” does not answer. Check it and try again, or save "
                                "a copy in another place."),
                             name));
  save_after (self);
  return G_SOURCE_REMOVE;
}

static void
write_next (QonysSession *self)
{
  g_autoptr (GTask) task = NULL;
  Write *write;

  if (self->writing != NULL || is_empty (self))
    return;
  write = g_queue_peek_head (self->pending);
  if (write->path == NULL) /* waits for the draft, or for the job */
    return;
  self->writing = write;
  if (self->trouble == NULL && !are_settings_alone (self))
    self->slow_id = g_timeout_add_seconds (SLOW_S, slow_cb, self);
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

  if (is_empty (self) ||
      (are_settings_alone (self) && (path == NULL || self->is_held || self->is_read_only)))
    return;
  if (path == NULL && !qonys_session_is_busy (self)) {
    g_autofree char *draft = make_draft_path (self);

    qonys_session_save_as (self, draft);
    return;
  }
  self->is_held = FALSE;
  for (GList *link = self->pending->head;
       link != NULL && path != NULL && !qonys_session_is_busy (self); link = link->next)
    if (((Write *)link->data)->path == NULL)
      ((Write *)link->data)->path = g_strdup (path);
  write_next (self);
}

void
_qonys_session_mark_saved (QonysSession *self)
{
  for (GList *link = is_empty (self) ? NULL : self->pending->head; link != NULL; link = link->next)
    ((Write *)link->data)->is_saved = TRUE;
}

void
_qonys_session_drop_saved (QonysSession *self, gboolean is_saved)
{
  for (GList *link = is_empty (self) ? NULL : self->pending->head; link != NULL;) {
    GList *next = link->next;
    Write *write = link->data;

    if (is_saved && write->is_saved) {
      if (write == self->writing) {
        self->writing = NULL;
        g_clear_handle_id (&self->slow_id, g_source_remove);
      }
      g_queue_delete_link (self->pending, link);
      write_free (write);
    } else {
      write->is_saved = FALSE;
    }
    link = next;
  }
  if (is_saved)
    _qonys_session_set_trouble (self, NULL);
}

static void
push (QonysSession *self, QonysEdit *edit, gint64 last_number)
{
  Write *last = self->pending == NULL ? NULL : g_queue_peek_tail (self->pending);
  Write *write;

  if (last != NULL && last->edit->number == edit->number && last != self->writing &&
      !last->is_saved) { /* a slider is faster than the disk */
    qonys_edit_unref (last->edit);
    last->edit = qonys_edit_ref (edit);
    _qonys_session_write_pending (self);
    return;
  }
  write = g_atomic_rc_box_new0 (Write);
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
  const GPtrArray *changes = qonys_edit_get_changes (edit);
  gboolean is_of_settings = qonys_edit_is_of_settings (edit);
  gint64 last_number;
  g_autoptr (QonysEdit) merged = NULL;
  QonysPlan *next;

  g_return_val_if_fail (self->plan != NULL, FALSE);
  if (changes->len == 0)
    return TRUE;
  if (!is_of_settings && qonys_session_is_busy (self) &&
      qonys_project_get_path (self->project) != NULL) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("Wait until the present work is done, or cancel it"));
    return FALSE;
  }
  for (guint i = 0; i < changes->len; i++)
    if (!qonys_store_check_change (changes->pdata[i], error))
      return FALSE;
  if (!is_of_settings && _qonys_session_hold (self, edit, error))
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
  if (!is_of_settings)
    _qonys_session_update_release (self);
  push (self, merged, last_number);
  _qonys_session_changed (self, is_of_settings ? QONYS_CHANGED_HISTORY
                                               : QONYS_CHANGED_PLAN | QONYS_CHANGED_HISTORY);
  _qonys_session_apply_settings (self);
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
