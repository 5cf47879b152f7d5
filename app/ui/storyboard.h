#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_STORYBOARD (qonys_storyboard_get_type ())

/** The scenes of the story in a strip, with pictures of what the public may see of them. What is
 * selected can be shown, edited, moved, duplicated and deleted, by keys, buttons and dragging. Its
 * input is the property "session". */
G_DECLARE_FINAL_TYPE (QonysStoryboard, qonys_storyboard, QONYS, STORYBOARD, AdwBin)

/** The id of the scene that is selected; NULL: none. */
const char *qonys_storyboard_get_selected (QonysStoryboard *self);
void qonys_storyboard_select (QonysStoryboard *self, const char *id);

/** Makes a scene of what the map shows, behind the selected one, and selects it. */
void qonys_storyboard_capture (QonysStoryboard *self, const QonysBox *box);
/** What the map shows, for the button that captures the selected scene again. Called when it is
 * pressed. */
typedef QonysBox (*QonysGetBoxFunc) (gpointer data);
void qonys_storyboard_set_map (QonysStoryboard *self, QonysGetBoxFunc get_box, gpointer data);

/** Are all pictures that are seen the newest? For tests. */
gboolean qonys_storyboard_is_settled (QonysStoryboard *self);

G_END_DECLS
