/* What the jobs of a session do, each one function from a request to the next project: seconds at a
 * million rows, on a thread of its own. */

#include "ui/session-work.h"

#include "base/error.h"
#include "domain/demo.h"
#include "store/address-layer.h"
#include "ui/session-private.h"
#include <glib/gi18n-lib.h>

#define DEMO_SEED 2024

/* What people wrote in the project, another than before. */
static gboolean
read_plan (const QonysProject *project, QonysOutcome *outcome, GPtrArray *diagnostics,
           GError **error)
{
  const char *path = qonys_project_get_path (project);

  if (path != NULL) {
    outcome->plan = qonys_store_read_plan (path, &outcome->history, diagnostics, error);
  } else {
    outcome->plan = qonys_plan_new_default ();
    outcome->history = qonys_history_new ();
  }
  return outcome->plan != NULL;
}

/* The project, if its plan can be read. @project: (transfer full) (nullable) */
static QonysProject *
with_plan (QonysProject *project, QonysOutcome *outcome, GError **error)
{
  if (project != NULL && !read_plan (project, outcome, NULL, error))
    g_clear_pointer (&project, qonys_project_unref);
  return project;
}

/* A report that has no rows, for what is told of outlines and projects. */
static QonysImportReport *
report_of (GPtrArray *diagnostics)
{
  QonysImportReport *report;

  if (diagnostics->len == 0)
    return NULL;
  report = qonys_import_report_new ();
  report->n_read = -1;
  g_ptr_array_unref (report->diagnostics);
  report->diagnostics = g_ptr_array_ref (diagnostics);
  return report;
}

/* The project with the outlines the plan says. */
static QonysProject *
with_district_set (QonysProject *project, const QonysRequest *request, GError **error)
{
  return qonys_project_get_district_set (project) == request->district_set
             ? qonys_project_ref (project)
             : qonys_store_set_districts (project, request->district_set, error);
}

QonysProject *
_qonys_work_read_districts (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                            GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysDistricts) districts = NULL;
  QonysProject *next;

  project = request->project != NULL ? with_district_set (request->project, request, error)
                                     : qonys_store_new_project (error);
  if (project == NULL)
    return NULL;
  districts = qonys_store_read_districts (request->path, request->crs, QONYS_DAY_MISSING, job,
                                          diagnostics, error);
  if (districts == NULL)
    return NULL;
  if (request->project == NULL && !read_plan (project, outcome, NULL, error))
    return NULL;
  next = qonys_store_add_districts (project, districts, job, error);
  outcome->has_districts = next != NULL;
  outcome->report = report_of (diagnostics);
  return next;
}

/* A project with what people wrote in it, and what there is to tell of it. */
static QonysProject *
open_project (const char *path, GPtrArray *diagnostics, QonysJob *job, QonysOutcome *outcome,
              GError **error)
{
  g_autoptr (QonysProject) project = qonys_store_open_project (path, job, diagnostics, error);

  if (project == NULL || !read_plan (project, outcome, diagnostics, error))
    return NULL;
  outcome->report = report_of (diagnostics);
  return g_steal_pointer (&project);
}

static QonysProject *
open_file (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome, GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  return qonys_store_is_project (request->path)
             ? open_project (request->path, diagnostics, job, outcome, error)
             : _qonys_work_read_districts (request, job, outcome, error);
}

QonysProject *
_qonys_work_open (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome, GError **error)
{
  g_autoptr (GError) failure = NULL;
  QonysProject *project = open_file (request, job, outcome, &failure);

  if (project == NULL && !g_error_matches (failure, QONYS_ERROR, QONYS_ERROR_NEWER) &&
      !g_error_matches (failure, QONYS_ERROR, QONYS_ERROR_CANCELLED) &&
      qonys_store_is_damaged (request->path)) {
    g_autofree char *name = g_filename_display_basename (request->path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_DAMAGED,
                 _ ("“%s” is damaged or cut off. Open its last copy, or recover what can be read."),
                 name);
    return NULL;
  }
  if (project == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return project;
}

QonysProject *
_qonys_work_recover (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                     GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  if (!qonys_store_recover (request->layer, request->path, diagnostics, error))
    return NULL;
  return open_project (request->path, diagnostics, job, outcome, error);
}

QonysProject *
_qonys_work_new_project (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                         GError **error)
{
  return with_plan (qonys_store_new_project (error), outcome, error);
}

QonysProject *
_qonys_work_new_demo (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                      GError **error)
{
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (error);
  g_autoptr (GPtrArray) base = NULL;

  if (districts == NULL || (base = qonys_store_load_bundled_base (error)) == NULL)
    return NULL;
  return with_plan (qonys_demo_make (districts, base, request->n_dwellings, DEMO_SEED, job, error),
                    outcome, error);
}

/* A project as the plan says it shall be. */
static QonysProject *
settle (QonysProject *project, const QonysRequest *request, QonysJob *job, GError **error)
{
  g_autoptr (QonysProject) placed = with_district_set (project, request, error);
  g_autoptr (QonysProject) chosen = NULL;

  if (placed == NULL)
    return NULL;
  chosen = _qonys_project_has_withdrawn (placed, request->withdrawn)
               ? qonys_project_ref (placed)
               : qonys_store_set_withdrawn (placed, request->withdrawn, job, error);
  if (chosen == NULL || qonys_norm_equal (qonys_project_get_norm (chosen), &request->norm))
    return g_steal_pointer (&chosen);
  return qonys_project_with_norm (chosen, &request->norm);
}

QonysProject *
_qonys_work_settle (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                    GError **error)
{
  return settle (request->project, request, job, error);
}

static gboolean
save (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome, GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  gboolean ok = qonys_store_write_copy (request->project, request->plan, request->edits,
                                        request->path, diagnostics, job, error);

  outcome->report = report_of (diagnostics);
  return ok;
}

QonysProject *
_qonys_work_save_as (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                     GError **error)
{
  g_autoptr (QonysProject) project = NULL;

  if (!save (request, job, outcome, error))
    return NULL;
  project = qonys_store_open_project (request->path, job, NULL, error);
  return project == NULL ? NULL : settle (project, request, job, error);
}

QonysProject *
_qonys_work_write_copy (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                        GError **error)
{
  save (request, job, outcome, error);
  return NULL;
}

QonysProject *
_qonys_work_write_comparison (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                              GError **error)
{
  qonys_release_write_comparison (request->release, request->comparison, request->path, job, error);
  return NULL;
}

QonysProject *
_qonys_work_write_pages (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                         GError **error)
{
  qonys_pages_write_pdf (request->pages, request->path, job, error);
  return NULL;
}

QonysProject *
_qonys_work_examine (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                     GError **error)
{
  outcome->examination =
      qonys_store_examine (request->project, request->path, request->recipe, job, error);
  return NULL;
}

/* What is noticed of the layer of addresses is part of the account. */
static QonysProject *
import (const QonysRequest *request, gboolean is_dry_run, QonysJob *job, QonysOutcome *outcome,
        GError **error)
{
  g_autoptr (GPtrArray) noticed = qonys_diagnostics_new ();
  g_autoptr (QonysAddressIndex) addresses = NULL;
  const char *layer = request->addresses;
  QonysProject *next;

  if (layer != NULL) {
    addresses = qonys_store_load_addresses (*layer != '\0' ? layer : NULL, NULL,
                                            qonys_project_get_districts (request->project), job,
                                            noticed, error);
    if (addresses == NULL)
      return NULL;
  }
  next = qonys_store_import_by (request->project, request->path, request->recipe, addresses,
                                is_dry_run, job, &outcome->report, error);
  if (noticed->len > 0)
    g_ptr_array_extend_and_steal (outcome->report->diagnostics, g_steal_pointer (&noticed));
  return next;
}

/* Even if no row could be stored there is something to tell of the rows. */
QonysProject *
_qonys_work_check (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                   GError **error)
{
  g_autoptr (QonysProject) same = import (request, TRUE, job, outcome, &outcome->failure);

  if (outcome->failure != NULL && (outcome->report == NULL || outcome->report->rejected->len == 0))
    g_propagate_error (error, g_steal_pointer (&outcome->failure));
  return NULL;
}

QonysProject *
_qonys_work_import (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                    GError **error)
{
  return import (request, FALSE, job, outcome, error);
}

QonysProject *
_qonys_work_write_import_report (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                 GError **error)
{
  qonys_store_write_import_report (request->path, request->recipe, request->report, request->layer,
                                   job, &outcome->failure);
  outcome->report = g_steal_pointer (&((QonysRequest *)request)->report);
  return NULL;
}

QonysProject *
_qonys_work_keep (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome, GError **error)
{
  return qonys_project_ref (request->project);
}

QonysProject *
_qonys_work_write_export (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                          GError **error)
{
  /* A sheet as wide as a committee room's screen; the painter lays out the rest. */
  const double width_px = 1600, height_px = 1131;

  if (request->layer == NULL)
    qonys_release_write_picture (request->release, &request->style, &request->box, NULL, width_px,
                                 height_px, request->path, job, error);
  else if (g_str_has_suffix (request->path, ".csv"))
    qonys_release_write_csv (request->release, request->layer, request->path, job, error);
  else
    qonys_release_write_geojson (request->release, request->layer, request->path, job, error);
  return NULL;
}

QonysProject *
_qonys_work_write_animation (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                             GError **error)
{
  qonys_release_write_animation (request->release, &request->style, &request->box, NULL,
                                 request->width_px, request->height_px, &request->animation,
                                 request->path, job, error);
  return NULL;
}

QonysProject *
_qonys_work_write_story (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                         GError **error)
{
  switch (request->form) {
  case QONYS_STORY_PDF:
    qonys_deck_write_pdf (request->deck, &request->format, request->path, job, error);
    break;
  case QONYS_STORY_PNG:
    qonys_deck_write_png (request->deck, &request->format, request->path, job, error);
    break;
  case QONYS_STORY_HTML:
  default:
    _qonys_session_run_story (request->project, request->plan, request->edits, request->is_written,
                              &request->format, request->path, job, error);
  }
  return NULL;
}
