/* The jobs of a session: one at a time. Each is a request, of which the work makes the next
 * project (session-work.c); the release is made from it in the same job, so that the window never
 * shows one without the other. Work that is out of date (another audience while the release is
 * being made) is cancelled and its outcome dropped. */

#include "base/error.h"
#include "privacy/suppress.h"
#include "ui/session-private.h"
#include "ui/session-work.h"
#include <glib/gi18n-lib.h>

static void
outcome_free (QonysOutcome *outcome)
{
  g_clear_pointer (&outcome->project, qonys_project_unref);
  g_clear_pointer (&outcome->release, qonys_release_unref);
  g_clear_pointer (&outcome->report, qonys_import_report_free);
  g_clear_pointer (&outcome->examination, qonys_examination_free);
  g_clear_error (&outcome->failure);
  g_clear_pointer (&outcome->plan, qonys_plan_unref);
  g_clear_pointer (&outcome->history, qonys_history_free);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysOutcome, outcome_free)

static void
request_free (QonysRequest *request)
{
  g_clear_pointer (&request->project, qonys_project_unref);
  g_clear_pointer (&request->release, qonys_release_unref);
  g_clear_pointer (&request->plan, qonys_plan_unref);
  g_clear_pointer (&request->edits, g_ptr_array_unref);
  g_free (request->purpose);
  g_free (request->path);
  g_free (request->layer);
  g_free (request->crs);
  g_free (request->addresses);
  g_clear_pointer (&request->withdrawn, g_array_unref);
  g_clear_pointer (&request->comparison, qonys_comparison_unref);
  g_clear_pointer (&request->pages, qonys_pages_unref);
  g_clear_pointer (&request->deck, qonys_deck_unref);
  g_clear_pointer (&request->recipe, qonys_recipe_free);
  g_clear_pointer (&request->report, qonys_import_report_free);
  g_free (request);
}

static QonysRequest *
request_new (QonysSession *self)
{
  QonysRequest *request = g_new0 (QonysRequest, 1);

  if (self->project != NULL)
    request->project = qonys_project_ref (self->project);
  if (self->project != NULL)
    _qonys_session_get_wanted_data (self, &request->norm, &request->withdrawn,
                                    &request->district_set);
  if (self->release != NULL)
    request->release = qonys_release_ref (self->release);
  if (self->plan != NULL)
    request->plan = qonys_plan_ref (self->plan);
  request->audience = self->audience;
  request->purpose = g_strdup (self->purpose);
  request->statistic = self->statistic;
  request->style = self->style;
  return request;
}

static gpointer
copy_edit (gconstpointer edit, gpointer data)
{
  return qonys_edit_ref ((QonysEdit *)edit);
}

/* What is written with the project, as it is now. */
static void
take_edits (QonysRequest *request, QonysSession *self)
{
  GPtrArray *edits = (GPtrArray *)qonys_history_get_edits (self->history);

  request->edits = g_ptr_array_copy (edits, copy_edit, NULL);
}

static gpointer
work (QonysJob *job, gpointer data, GError **error)
{
  QonysRequest *request = data;
  g_autoptr (QonysOutcome) outcome = g_new0 (QonysOutcome, 1);
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (GError) local_error = NULL;
  QonysPlan *plan;

  outcome->project = request->make (request, job, outcome, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (outcome->project == NULL) /* an export, a question */
    return g_steal_pointer (&outcome);

  qonys_job_set_message (job, _ ("Preparing the map…"));
  release = qonys_release_new (outcome->project, request->audience, request->purpose,
                               QONYS_MIN_THRESHOLD, request->statistic, job, error);
  if (release == NULL)
    return NULL;
  plan = outcome->plan != NULL ? outcome->plan : request->plan;
  outcome->release = qonys_release_with_plan (release, plan);
  return g_steal_pointer (&outcome);
}

typedef struct {
  QonysSession *session;
  const char *(*get_done_text) (void);
  gboolean shows_city, reads_outlines, imports, saves;
  char *path, *title;
  QonysAudience audience;
  char *purpose;
  QonysImportFunc func;
  gpointer func_data;
  GDestroyNotify free_func_data;
} After;

static void
after_free (After *after)
{
  g_object_unref (after->session);
  g_free (after->path);
  g_free (after->title);
  g_free (after->purpose);
  if (after->free_func_data != NULL)
    after->free_func_data (after->func_data);
  g_free (after);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (After, after_free)

/* What was stored is reported to all; the answer to a question goes to who asked. */
static void
answer (const After *after, QonysOutcome *outcome, const GError *error)
{
  QonysImportAnswer answer = {.error = error};

  if (outcome != NULL && outcome->project == NULL) {
    answer.examination = g_steal_pointer (&outcome->examination);
    answer.report = g_steal_pointer (&outcome->report);
    answer.error = outcome->failure;
  }
  after->func (&answer, after->func_data);
  g_clear_pointer (&answer.examination, qonys_examination_free);
  g_clear_pointer (&answer.report, qonys_import_report_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (After) after = data;
  QonysSession *self = after->session;
  QonysJob *job = QONYS_JOB (source);
  gboolean was_settling = self->is_settling;
  QonysChange looks = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysOutcome) outcome = qonys_job_finish (job, result, &error);

  if (self->job != job)
    return; /* overtaken */
  g_clear_object (&self->job);
  self->is_settling = FALSE;
  if (after->saves)
    _qonys_session_drop_saved (self, error == NULL);

  if (outcome != NULL && outcome->release != NULL) {
    self->audience = after->audience;
    g_free (self->purpose);
    self->purpose = g_steal_pointer (&after->purpose);
    if (outcome->plan != NULL) {
      _qonys_session_clear_plan (self);
      qonys_session_drop_held (self);
      _qonys_session_take_plan (self, g_steal_pointer (&outcome->plan),
                                g_steal_pointer (&outcome->history));
      looks = _qonys_session_apply_looks (self);
    }
    if (after->shows_city) /* other data, other times */
      self->period = QONYS_PERIOD_OPEN;
    _qonys_session_take (self, outcome->project, outcome->release);
    if (looks & QONYS_CHANGED_STYLE)
      _qonys_session_changed (self, QONYS_CHANGED_STYLE);
    if (after->imports) {
      const GPtrArray *datasets = qonys_project_get_datasets (outcome->project);

      _qonys_session_note_import (self, datasets->pdata[datasets->len - 1]);
    }
    if (outcome->has_districts)
      _qonys_session_note_districts (self, after->title);
    if (after->shows_city)
      qonys_session_show_city (self);
  }
  _qonys_session_changed (self, QONYS_CHANGED_JOB);
  if (error == NULL || (self->project != NULL && qonys_project_get_path (self->project) != NULL))
    _qonys_session_write_pending (self);
  if (error == NULL || !was_settling)
    _qonys_session_apply_settings (self);
  if (error == NULL && !self->is_read_only)
    _qonys_session_do_held (self);
  if (self->refreshes_after)
    qonys_session_refresh (self);
  if (after->func != NULL)
    answer (after, outcome, error);
  if (error != NULL) {
    if (after->func == NULL && !g_error_matches (error, QONYS_ERROR, QONYS_ERROR_CANCELLED) &&
        !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      if (g_error_matches (error, QONYS_ERROR, QONYS_ERROR_DAMAGED)) {
        g_free (self->damaged);
        self->damaged = g_strdup (after->path);
      }
      qonys_session_set_error (self, g_error_copy (error));
    }
    if (g_error_matches (error, QONYS_ERROR, QONYS_ERROR_CRS) && after->reads_outlines)
      g_signal_emit_by_name (self, "crs-wanted", after->path);
    return;
  }
  if (after->get_done_text != NULL)
    g_signal_emit_by_name (self, "finished", after->get_done_text (), after->path);
  if (outcome->report != NULL)
    g_signal_emit_by_name (self, "reported", after->title, outcome->report);
}

/* Actions are off while work is done; a file dropped is not. */
static void
refuse (QonysSession *self, QonysRequest *request, const char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (QONYS_ERROR, QONYS_ERROR_FAILED, sentence);
  QonysImportAnswer answer = {NULL, g_steal_pointer (&request->report), error};

  if (request->func != NULL)
    request->func (&answer, request->func_data);
  else
    qonys_session_set_error (self, g_steal_pointer (&error));
  if (request->free_func_data != NULL)
    request->free_func_data (request->func_data);
  g_clear_pointer (&answer.report, qonys_import_report_free);
  request_free (request);
}

/* Would it open another project while changes wait for the file of this one? */
static gboolean
loses_changes (QonysSession *self, const QonysRequest *request)
{
  return self->trouble != NULL && qonys_session_has_pending_edits (self) &&
         (request->make == _qonys_work_open || request->make == _qonys_work_new_project ||
          request->make == _qonys_work_new_demo || request->make == _qonys_work_recover);
}

static void
run (QonysSession *self, QonysRequest *request, const char *title)
{
  After *after;

  if (qonys_session_is_busy (self)) {
    refuse (self, request, _ ("Wait until the present work is done, or cancel it"));
    return;
  }
  if (loses_changes (self, request)) {
    refuse (self, request,
            _ ("What you changed last is not in the file yet. Save a copy first, then open "
               "another project."));
    return;
  }
  after = g_new0 (After, 1);
  after->session = g_object_ref (self);
  after->get_done_text = request->get_done_text;
  after->shows_city = request->shows_city;
  after->reads_outlines =
      request->make == _qonys_work_read_districts || request->make == _qonys_work_open;
  after->imports = request->make == _qonys_work_import;
  after->saves = request->make == _qonys_work_save_as;
  after->path = g_strdup (request->path);
  after->title = request->path == NULL ? g_strdup (title) : g_path_get_basename (request->path);
  after->audience = request->audience;
  after->purpose = g_strdup (request->purpose);
  after->func = request->func;
  after->func_data = request->func_data;
  after->free_func_data = request->free_func_data;

  if (self->job != NULL) {
    qonys_job_cancel (self->job);
    g_object_unref (self->job);
  }
  if (self->error != NULL)
    qonys_session_set_error (self, NULL);
  self->can_overtake = request->make == _qonys_work_settle ||
                       request->make == _qonys_work_examine ||
                       (request->make == _qonys_work_keep && request->audience == self->audience);
  self->is_settling = request->make == _qonys_work_settle;
  if (self->is_settling) {
    self->norm = request->norm;
    self->district_set = request->district_set;
    g_clear_pointer (&self->withdrawn, g_array_unref);
    self->withdrawn = g_array_ref (request->withdrawn);
  }
  self->refreshes_after = FALSE;
  self->job = qonys_job_new (title);
  qonys_job_run (self->job, work, request, (GDestroyNotify)request_free,
                 (GDestroyNotify)outcome_free, done_cb, after);
  _qonys_session_changed (self, QONYS_CHANGED_JOB);
}

static const char *
get_saved_text (void)
{
  return _ ("Project saved");
}

static const char *
get_copied_text (void)
{
  return _ ("Copy saved");
}

static const char *
get_recovered_text (void)
{
  return _ ("What could be read was saved into a copy, which is open now");
}

static const char *
get_stored_text (void)
{
  return _ ("Data added");
}

static const char *
get_exported_text (void)
{
  return _ ("Exported");
}

static const char *
get_districts_text (void)
{
  return _ ("District outlines replaced");
}

void
qonys_session_open (QonysSession *self, const char *path)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_open;
  request->path = g_strdup (path);
  request->shows_city = TRUE;
  run (self, request, _ ("Opening…"));
}

void
qonys_session_open_districts (QonysSession *self, const char *path, const char *crs)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_read_districts;
  request->path = g_strdup (path);
  request->crs = g_strdup (crs);
  request->shows_city = TRUE;
  request->get_done_text = get_districts_text;
  run (self, request, _ ("Reading district outlines…"));
}

void
qonys_session_new_project (QonysSession *self)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_new_project;
  request->shows_city = TRUE;
  run (self, request, _ ("Starting a new project…"));
}

void
qonys_session_new_demo (QonysSession *self, gsize n_dwellings)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_new_demo;
  request->n_dwellings = n_dwellings;
  request->shows_city = TRUE;
  run (self, request, _ ("Making training data…"));
}

void
qonys_session_save_as (QonysSession *self, const char *path)
{
  QonysRequest *request;

  g_return_if_fail (self->project != NULL);

  if (_qonys_session_is_writing (self) && self->trouble == NULL) { /* it is in both then */
    g_free (self->save_path);
    self->save_path = g_strdup (path);
    return;
  }
  request = request_new (self);
  request->make = _qonys_work_save_as;
  request->path = g_strdup (path);
  take_edits (request, self);
  if (!qonys_session_is_busy (self))
    _qonys_session_mark_saved (self);
  request->get_done_text = get_saved_text;
  run (self, request, _ ("Saving…"));
}

void
qonys_session_save_copy (QonysSession *self, const char *path)
{
  QonysRequest *request;

  g_return_if_fail (self->project != NULL);

  request = request_new (self);
  request->make = _qonys_work_write_copy;
  request->path = g_strdup (path);
  take_edits (request, self);
  request->get_done_text = get_copied_text;
  run (self, request, _ ("Saving a copy…"));
}

void
qonys_session_recover (QonysSession *self, const char *copy_path)
{
  QonysRequest *request;

  g_return_if_fail (self->damaged != NULL);

  request = request_new (self);
  request->make = _qonys_work_recover;
  request->layer = g_strdup (self->damaged);
  request->path = g_strdup (copy_path);
  request->shows_city = TRUE;
  request->get_done_text = get_recovered_text;
  run (self, request, _ ("Recovering what can be read…"));
}

void
qonys_session_write_comparison (QonysSession *self, QonysComparison *comparison, const char *path)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_write_comparison;
  request->comparison = qonys_comparison_ref (comparison);
  request->path = g_strdup (path);
  request->get_done_text = get_exported_text;
  run (self, request, _ ("Exporting…"));
}

void
qonys_session_write_pages (QonysSession *self, QonysPages *pages, const char *path)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_write_pages;
  request->pages = qonys_pages_ref (pages);
  request->path = g_strdup (path);
  request->get_done_text = get_exported_text;
  run (self, request, _ ("Exporting…"));
}

static QonysRequest *
file_request_new (QonysSession *self, const char *path, const QonysRecipe *recipe,
                  QonysImportFunc func, gpointer data, GDestroyNotify free_data)
{
  QonysRequest *request = request_new (self);

  request->path = g_strdup (path);
  request->recipe = recipe != NULL ? qonys_recipe_copy (recipe) : NULL;
  request->func = func;
  request->func_data = data;
  request->free_func_data = free_data;
  return request;
}

void
qonys_session_examine (QonysSession *self, const char *path, const QonysRecipe *recipe,
                       QonysImportFunc func, gpointer data, GDestroyNotify free_data)
{
  QonysRequest *request;

  g_return_if_fail (self->project != NULL);

  request = file_request_new (self, path, recipe, func, data, free_data);
  request->make = _qonys_work_examine;
  run (self, request, _ ("Looking through the file…"));
}

void
qonys_session_import_by (QonysSession *self, const char *path, const QonysRecipe *recipe,
                         const char *addresses, gboolean is_dry_run, QonysImportFunc func,
                         gpointer data, GDestroyNotify free_data)
{
  QonysRequest *request;

  g_return_if_fail (self->project != NULL);

  request = file_request_new (self, path, recipe, func, data, free_data);
  request->addresses = g_strdup (addresses);
  request->make = is_dry_run ? _qonys_work_check : _qonys_work_import;
  request->get_done_text = is_dry_run ? NULL : get_stored_text;
  run (self, request, is_dry_run ? _ ("Checking the rows…") : _ ("Adding data…"));
}

void
qonys_session_write_import_report (QonysSession *self, const char *path, const QonysRecipe *recipe,
                                   QonysImportReport *report, const char *target,
                                   QonysImportFunc func, gpointer data, GDestroyNotify free_data)
{
  QonysRequest *request = file_request_new (self, path, recipe, func, data, free_data);

  request->make = _qonys_work_write_import_report;
  request->report = report;
  request->layer = g_strdup (target);
  run (self, request, _ ("Writing the report…"));
}

void
qonys_session_export (QonysSession *self, const char *layer, const QonysBox *box, const char *path)
{
  QonysRequest *request;

  g_return_if_fail (self->release != NULL);

  request = request_new (self);
  request->make = _qonys_work_write_export;
  request->layer = g_strdup (layer);
  request->box = *box;
  request->path = g_strdup (path);
  request->get_done_text = get_exported_text;
  run (self, request, _ ("Exporting…"));
}

void
qonys_session_export_animation (QonysSession *self, const QonysAnimation *animation,
                                const QonysBox *box, int width_px, int height_px, const char *path)
{
  QonysRequest *request;

  g_return_if_fail (self->release != NULL);

  request = request_new (self);
  request->make = _qonys_work_write_animation;
  request->animation = *animation;
  request->width_px = width_px;
  request->height_px = height_px;
  request->box = *box;
  request->path = g_strdup (path);
  request->get_done_text = get_exported_text;
  run (self, request, _ ("Exporting the animation…"));
}

void
qonys_session_write_story (QonysSession *self, QonysStoryForm form, const QonysDeckFormat *format,
                           const char *path)
{
  QonysRequest *request;

  g_return_if_fail (self->release != NULL);

  request = request_new (self);
  request->make = _qonys_work_write_story;
  request->is_written = qonys_project_get_path (self->project) != NULL &&
                        (self->pending == NULL || g_queue_is_empty (self->pending));
  take_edits (request, self);
  request->deck = qonys_deck_new (self->release, self->plan, self->history);
  request->form = form;
  request->format = *format;
  request->path = g_strdup (path);
  request->get_done_text = get_exported_text;
  run (self, request, _ ("Exporting the story…"));
}

void
qonys_session_set_audience (QonysSession *self, QonysAudience audience, const char *purpose)
{
  QonysRequest *request;

  g_return_if_fail (self->project != NULL);

  if (audience == QONYS_AUDIENCE_PUBLIC && self->public_release != NULL && self->job == NULL) {
    self->audience = audience;
    g_clear_pointer (&self->purpose, g_free);
    _qonys_session_take (self, self->project, self->public_release);
    return;
  }
  request = request_new (self);
  request->make = _qonys_work_keep;
  request->audience = audience;
  g_free (request->purpose);
  request->purpose = g_strdup (purpose);
  run (self, request, _ ("Preparing the map…"));
}

void
_qonys_session_settle (QonysSession *self)
{
  QonysRequest *request = request_new (self);

  request->make = _qonys_work_settle;
  run (self, request, _ ("Counting anew…"));
}

void
qonys_session_refresh (QonysSession *self)
{
  QonysRequest *request;

  if (self->project == NULL)
    return;
  if (self->job != NULL) {
    self->refreshes_after = TRUE;
    return;
  }
  g_clear_pointer (&self->public_release, qonys_release_unref); /* of the other language */
  request = request_new (self);
  request->make = _qonys_work_keep;
  run (self, request, _ ("Preparing the map…"));
}
