#pragma once

#include "ui/session.h"

typedef struct _QonysRequest QonysRequest;

/** What came of a job. */
typedef struct {
  QonysProject *project; /* NULL: nothing new to show */
  QonysRelease *release;
  QonysImportReport *report; /* NULL: nothing to report */
  QonysExamination *examination;
  gboolean has_districts; /* other outlines than before */
  GError *failure;        /* of what has a report all the same */
  QonysPlan *plan;        /* NULL: as before */
  QonysHistory *history;
} QonysOutcome;

/** What a job is asked to do; it has a reference of its own to all it needs. */
struct _QonysRequest {
  const char *(*get_done_text) (void); /* NULL: nothing is said when done */
  gboolean shows_city;                 /* another place or another city's worth of data */
  QonysProject *(*make) (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                         GError **error);

  QonysProject *project;
  QonysRelease *release;
  QonysPlan *plan; /* of the project */
  GPtrArray *edits;
  QonysAudience audience;
  char *purpose;
  const QonysStatistic *statistic;
  QonysStyle style;
  QonysNorm norm;    /* as the plan says */
  GArray *withdrawn; /* element-type gint32; NULL: nothing open */
  guint district_set;

  char *path, *layer, *crs;
  QonysBox box;
  QonysAnimation animation;
  int width_px, height_px; /* of its pictures */
  gsize n_dwellings;

  QonysComparison *comparison;
  QonysPages *pages;

  QonysDeck *deck;
  QonysStoryForm form;
  QonysDeckFormat format;
  gboolean is_written; /* all of it is in the project's file */

  QonysRecipe *recipe;
  char *addresses; /* as qonys_session_import_by() */
  QonysImportReport *report;
  QonysImportFunc func; /* NULL: nobody but the session is told */
  gpointer func_data;
  GDestroyNotify free_func_data;
};

/* ---- what jobs do, on a thread of their own: the next project, or NULL with @error set or where
 * there is none (an export, a question) ---- */

/** A project, or outlines that begin one. */
QonysProject *_qonys_work_open (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                GError **error);
/** Outlines put into the project, or into a new one. */
QonysProject *_qonys_work_read_districts (const QonysRequest *request, QonysJob *job,
                                          QonysOutcome *outcome, GError **error);
/** What can be read of the file "layer", in a copy. */
QonysProject *_qonys_work_recover (const QonysRequest *request, QonysJob *job,
                                   QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_new_project (const QonysRequest *request, QonysJob *job,
                                       QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_new_demo (const QonysRequest *request, QonysJob *job,
                                    QonysOutcome *outcome, GError **error);
/** The same project as its plan says it shall be. */
QonysProject *_qonys_work_settle (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                  GError **error);
/** The same in a file, with all that was written. */
QonysProject *_qonys_work_save_as (const QonysRequest *request, QonysJob *job,
                                   QonysOutcome *outcome, GError **error);
/** The same for another audience or in another language. */
QonysProject *_qonys_work_keep (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                GError **error);
QonysProject *_qonys_work_examine (const QonysRequest *request, QonysJob *job,
                                   QonysOutcome *outcome, GError **error);
/** An import that stores nothing. */
QonysProject *_qonys_work_check (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                 GError **error);
QonysProject *_qonys_work_import (const QonysRequest *request, QonysJob *job, QonysOutcome *outcome,
                                  GError **error);
QonysProject *_qonys_work_write_import_report (const QonysRequest *request, QonysJob *job,
                                               QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_copy (const QonysRequest *request, QonysJob *job,
                                      QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_comparison (const QonysRequest *request, QonysJob *job,
                                            QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_pages (const QonysRequest *request, QonysJob *job,
                                       QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_export (const QonysRequest *request, QonysJob *job,
                                        QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_animation (const QonysRequest *request, QonysJob *job,
                                           QonysOutcome *outcome, GError **error);
QonysProject *_qonys_work_write_story (const QonysRequest *request, QonysJob *job,
                                       QonysOutcome *outcome, GError **error);
