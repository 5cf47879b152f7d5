/* Files in trouble, in a session: one that may only be read, one that is damaged, one that is gone
 * or locked for a while, one that another program writes into. The monitor wakes up at every write,
 * our own too: only when the file is other than we left it is its plan read, on a thread. */

#include "base/error.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define SETTLE_MS 400 /* another program's transaction is over */
#define RETRY_S 2

static const char READ_ONLY[] = N_ ("This project can only be read. Save a copy to go on writing.");

QonysStamp
_qonys_stamp_get (const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return (QonysStamp){0};
  return (QonysStamp){(gint64)info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000,
                      info.st_size};
}

gboolean
qonys_session_is_read_only (QonysSession *self)
{
  return self->is_read_only;
}

const char *
qonys_session_get_trouble (QonysSession *self)
{
  return self->is_read_only ? _ (READ_ONLY) : self->trouble;
}

const char *
qonys_session_get_damaged (QonysSession *self)
{
  return self->damaged;
}

/* ---- what may only be read ---- */

gboolean
_qonys_session_hold (QonysSession *self, QonysEdit *edit, GError **error)
{
  if (!self->is_read_only)
    return FALSE;
  if (self->held != NULL)
    qonys_edit_unref (self->held);
  self->held = qonys_edit_ref (edit);
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_PERMISSION, _ (READ_ONLY));
  g_signal_emit_by_name (self, "copy-wanted");
  return TRUE;
}

void
qonys_session_drop_held (QonysSession *self)
{
  g_clear_pointer (&self->held, qonys_edit_unref);
}

void
_qonys_session_do_held (QonysSession *self)
{
  g_autoptr (QonysEdit) edit = g_steal_pointer (&self->held);
  GError *error = NULL;

  if (edit != NULL && !qonys_session_edit (self, edit, &error))
    qonys_session_set_error (self, error);
}

/* ---- what is gone or locked ---- */

static void watch (QonysSession *self);
static void file_changed_cb (QonysSession *self);

char *
_qonys_session_describe_trouble (const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (g_access (path, F_OK) != 0)
    return g_strdup_printf (_ ("“%s” is gone: its disk was pulled out, or its folder was renamed. "
                               "Bring it back, or save a copy; changes are kept until then."),
                            name);
  if (g_error_matches (error, QONYS_ERROR, QONYS_ERROR_LOCKED))
    return g_strdup_printf (_ ("“%s” is in use by another program. Close it there, or save a "
                               "copy; changes are kept until then."),
                            name);
  return g_error_matches (error, QONYS_ERROR, QONYS_ERROR_PERMISSION) ? g_strdup (error->message)
                                                                      : NULL;
}

static gboolean
retry_cb (gpointer data)
{
  QonysSession *self = data;

  if (_qonys_session_is_writing (self) || qonys_session_is_busy (self))
    return G_SOURCE_CONTINUE;
  if (self->pending == NULL || g_queue_is_empty (self->pending)) {
    if (self->watched == NULL || g_access (self->watched, F_OK) == 0)
      _qonys_session_set_trouble (self, NULL);
    return G_SOURCE_CONTINUE;
  }
  self->is_held = FALSE;
  _qonys_session_write_pending (self);
  return G_SOURCE_CONTINUE;
}

void
_qonys_session_try_again (QonysSession *self)
{
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

void
_qonys_session_set_trouble (QonysSession *self, char *sentence)
{
  gboolean is_new = g_strcmp0 (self->trouble, sentence) != 0;

  g_free (self->trouble);
  self->trouble = sentence;
  if (sentence != NULL)
    _qonys_session_try_again (self);
  else
    g_clear_handle_id (&self->retry_id, g_source_remove);
  if (is_new && sentence == NULL && self->watched != NULL) { /* a folder that is another now */
    watch (self);
    file_changed_cb (self);
  }
  if (is_new)
    _qonys_session_changed (self, QONYS_CHANGED_ERROR);
}

/* ---- what another program writes ---- */

typedef struct {
  char *path;
  QonysPlan *plan;
  QonysHistory *history;
  QonysStamp stamp;
} Reload;

static void
reload_free (gpointer data)
{
  Reload *reload = data;

  g_free (reload->path);
  g_clear_pointer (&reload->plan, qonys_plan_unref);
  g_clear_pointer (&reload->history, qonys_history_free);
  g_free (reload);
}

static void
reload_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reload *reload = data;

  reload->plan = qonys_store_read_plan (reload->path, &reload->history, NULL, NULL);
  reload->stamp = _qonys_stamp_get (reload->path); /* what was found may have been written down */
  g_task_return_boolean (task, reload->plan != NULL);
}

static gboolean
is_same_plan (const QonysPlan *a, const QonysPlan *b)
{
  g_autoptr (GPtrArray) changes = qonys_plan_compare (a, b);

  return changes->len == 0;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QonysSession *self = QONYS_SESSION (source);
  Reload *reload = g_task_get_task_data (G_TASK (result));

  /* Half a file, another project now, or our own edits came between: the next change wakes us. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->plan == NULL ||
      g_strcmp0 (reload->path, self->watched) != 0 || qonys_session_has_pending_edits (self))
    return;
  self->stamp = reload->stamp;
  if (qonys_history_get_last_number (reload->history) ==
          qonys_history_get_last_number (self->history) &&
      is_same_plan (self->plan, reload->plan))
    return;
  _qonys_session_take_plan (self, g_steal_pointer (&reload->plan),
                            g_steal_pointer (&reload->history));
  _qonys_session_update_release (self);
  _qonys_session_changed (self, QONYS_CHANGED_PLAN);
  _qonys_session_apply_settings (self);
  g_signal_emit_by_name (self, "finished",
                         _ ("Another program wrote into this project; what it wrote is shown now"),
                         NULL);
}

static gboolean
settled_cb (gpointer data)
{
  QonysSession *self = data;
  g_autoptr (GTask) task = NULL;
  QonysStamp stamp;
  Reload *reload;

  self->settle_id = 0;
  if (self->watched == NULL || self->plan == NULL || qonys_session_has_pending_edits (self) ||
      qonys_session_is_busy (self))
    return G_SOURCE_REMOVE;
  stamp = _qonys_stamp_get (self->watched);
  if (g_access (self->watched, F_OK) != 0)
    _qonys_session_set_trouble (self, _qonys_session_describe_trouble (self->watched, NULL));
  if (stamp.size == 0 || (stamp.time_us == self->stamp.time_us && stamp.size == self->stamp.size))
    return G_SOURCE_REMOVE;
  reload = g_new0 (Reload, 1);
  reload->path = g_strdup (self->watched);
  task = g_task_new (self, NULL, reloaded_cb, NULL);
  g_task_set_task_data (task, reload, reload_free);
  g_task_run_in_thread (task, reload_in_thread);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (QonysSession *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
watch (QonysSession *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->watched);

  g_clear_object (&self->monitor);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

void
_qonys_session_watch (QonysSession *self)
{
  const char *path = self->project != NULL ? qonys_project_get_path (self->project) : NULL;

  if (path != NULL)
    self->stamp = _qonys_stamp_get (path);
  if (g_strcmp0 (path, self->watched) == 0)
    return;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_free (self->watched);
  self->watched = g_strdup (path);
  self->is_read_only = path != NULL && qonys_store_is_read_only (path);
  if (path != NULL)
    watch (self);
}

void
_qonys_session_unwatch (QonysSession *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->watched, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->damaged, g_free);
  qonys_session_drop_held (self);
}
