#pragma once

#include "ui/session.h"
#include "ui/show.h"

G_BEGIN_DECLS

typedef struct {
  GdkMonitor *monitor; /* (nullable): the wall; NULL: the last one that is not the window's */
  QonysAudience audience;
  const char *purpose; /* (nullable): for the public */
  gboolean is_dark;
  guint first; /* the scene to begin with */
} QonysStageOptions;

/**
 * QonysStage:
 *
 * A story on the wall: the full-screen window of the wall and, on another screen, the presenter's.
 * It follows the session: an edit or another language makes the slides anew. While it is open the
 * screen stays on, where the desktop lets it.
 *
 * Signals: "closed".
 */
#define QONYS_TYPE_STAGE (qonys_stage_get_type ())
G_DECLARE_FINAL_TYPE (QonysStage, qonys_stage, QONYS, STAGE, GObject)

/**
 * qonys_stage_open:
 * @window: the one it is opened from, which stays where it is
 *
 * The audience of the wall is that of @options whatever the session shows. Without a release of it
 * yet one is made in a job first.
 *
 * Returns: (transfer none): it is its own until it is closed
 */
QonysStage *qonys_stage_open (GtkWindow *window, QonysSession *session,
                              const QonysStageOptions *options);
void qonys_stage_close (QonysStage *self);

/** NULL until the first release is there. */
QonysShow *qonys_stage_get_show (QonysStage *self);

/** Screens that show different things: two mirrored ones are one. Returns: (transfer full)
 * (element-type GdkMonitor) */
GPtrArray *qonys_stage_list_monitors (GdkDisplay *display);

G_END_DECLS
