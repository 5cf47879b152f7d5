#pragma once

/* Shared by session.c and session-jobs.c only. */

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
};

void _qonys_session_changed (QonysSession *self, QonysChange changes);
/** Takes over a new state; @release is of @project. */
void _qonys_session_take (QonysSession *self, QonysProject *project, QonysRelease *release);

G_END_DECLS
