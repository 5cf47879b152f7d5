#pragma once

#include "ui/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QONYS_TYPE_THUMBNAILS (qonys_thumbnails_get_type ())

#define QONYS_THUMBNAIL_WIDTH_PX 160
#define QONYS_THUMBNAIL_HEIGHT_PX 90

/**
 * QonysThumbnails:
 *
 * Small pictures of the scenes of a session's story, as the public may see them whatever the window
 * shows. They are painted on a thread, one at a time, those asked for last first, and anew when
 * their scene or the data changed. Main thread only.
 *
 * Signal: "painted" (const char *id): the picture of a scene is another, or must be asked for
 * again.
 */
G_DECLARE_FINAL_TYPE (QonysThumbnails, qonys_thumbnails, QONYS, THUMBNAILS, GObject)

QonysThumbnails *qonys_thumbnails_new (QonysSession *session);

/** A picture of the scene, perhaps of an earlier state of it; what is out of date is painted
 * anew. Returns: (transfer none) (nullable): NULL: not painted yet */
GdkTexture *qonys_thumbnails_get (QonysThumbnails *self, QonysEntry *scene);

/** Nothing more is painted of what was asked for. */
void qonys_thumbnails_stop (QonysThumbnails *self);

/** Is nothing being painted? For tests. */
gboolean qonys_thumbnails_is_settled (QonysThumbnails *self);

G_END_DECLS
