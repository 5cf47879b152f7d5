#pragma once

#include "domain/scene.h"
#include "ui/session.h"

G_BEGIN_DECLS

/* Scenes and what is on screen. Each change is one edit; what does not fit becomes the session's
 * error. */

/**
 * qonys_session_capture_scene:
 * @box: what the map shows, unit square
 * @at: its place in the story; beyond its end, the last
 *
 * Makes a scene of what is on screen: place, look, statistic, selected district, a norm other than
 * the project's. Its title is that of what the map shows, in three languages.
 *
 * Returns: (transfer full) (nullable): its id
 */
char *qonys_session_capture_scene (QonysSession *self, const QonysBox *box, guint at);
/** The same scene, with its texts, of what is on screen now. */
void qonys_session_recapture_scene (QonysSession *self, const QonysBox *box, const char *id);

/** Shows on the map what a scene shows: place, look, statistic, selected district. */
void qonys_session_show_scene (QonysSession *self, const char *id);

/** Does an edit that may be NULL, which it takes. Returns: was it done? */
gboolean qonys_session_do (QonysSession *self, QonysEdit *edit);

G_END_DECLS
