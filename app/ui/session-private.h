#pragma once

/* Shared by session.c, session-jobs.c and session-plan.c only. */

#include "ui/session.h"

G_BEGIN_DECLS

struct _QonysSession {
  GObject parent_instance;

  QonysProject *project;
  QonysRelease *release;
  QonysRelease *public_release; /* of the same project, to go back to at once */
  QonysAudience audience;
  char *purpose;
  const QonysStatistic *statistic;
  QonysStyle style;
  QonysTileClient *tiles;
  QonysPick selection;
  GError *error;
  QonysJob *job;
  gboolean can_overtake; /* the job only makes a release anew */
  gboolean is_counting;  /* the job makes it under this norm */
  QonysNorm norm;
  gboolean refreshes_after; /* asked for while busy */

  QonysPlan *plan; /* NULL: nothing open */
  QonysHistory *history;
  GQueue *pending; /* edits on their way to the disk, the first is being written */
  gboolean is_writing;
};

void _qonys_session_changed (QonysSession *self, QonysChange changes);
/** Takes over a new state; @release is of @project. */
void _qonys_session_take (QonysSession *self, QonysProject *project, QonysRelease *release);
/** Takes over a plan and its history. @plan, @history: (transfer full) */
void _qonys_session_take_plan (QonysSession *self, QonysPlan *plan, QonysHistory *history);
/** Makes the release one of the plan; what is selected stays so if it is still there. The
 * caller says that the plan changed. */
void _qonys_session_update_release (QonysSession *self);
void _qonys_session_clear_plan (QonysSession *self);
/** Writes edits that wait, after a draft is saved if the project is in no file. */
void _qonys_session_write_pending (QonysSession *self);

G_END_DECLS
