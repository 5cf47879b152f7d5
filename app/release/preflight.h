#pragma once

#include "release/deck.h"

G_BEGIN_DECLS

/* What would go wrong in the hall, found before. */

typedef enum {
  QONYS_PREFLIGHT_NOTE,    /* good to know; nothing is to be done */
  QONYS_PREFLIGHT_WARNING, /* it is shown, but not as it should be */
  QONYS_PREFLIGHT_STOP     /* the scene cannot be shown */
} QonysPreflightLevel;

typedef struct {
  QonysPreflightLevel level;
  guint scene;    /* from 1; 0: of the whole story */
  char *sentence; /* in the language of the check */
  char *cure;     /* (nullable): a sentence */
} QonysPreflightFinding;

/** What was found of a story on one wall. Immutable once made; atomic reference count. */
typedef struct {
  gatomicrefcount ref_count;
  int width_px, height_px;
  gboolean is_dark;
  QonysAudience audience;
  char *project, *project_id; /* its file's name without the ending; what tells it from others */
  GPtrArray *titles;          /* element-type char*: of the scenes */
  GPtrArray *findings;        /* element-type QonysPreflightFinding: by scene */
} QonysPreflight;

/**
 * qonys_preflight_run:
 * @width_px, @height_px: of the wall
 * @job: (nullable)
 *
 * Makes and measures each scene as it will stand on the wall: what it lacks, versions that are
 * gone, layers with nothing to be seen, texts that are cut, letters too small or in no font,
 * pictures that are not there, what the audience sees more coarsely than the scene asks, the
 * data's days. On any thread, in the language now set. Cost: that of its slides and 10 ms a scene.
 * Errors: cancelled.
 *
 * Returns: (transfer full)
 */
QonysPreflight *qonys_preflight_run (QonysDeck *deck, int width_px, int height_px, gboolean is_dark,
                                     QonysJob *job, GError **error);
QonysPreflight *qonys_preflight_ref (QonysPreflight *preflight);
void qonys_preflight_unref (QonysPreflight *preflight);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysPreflight, qonys_preflight_unref)

/** How many findings of a level there are. */
guint qonys_preflight_count (const QonysPreflight *preflight, QonysPreflightLevel level);
/** “Ready: 8 scenes”, or how many scenes need a look. Returns: (transfer full) */
char *qonys_preflight_summarize (const QonysPreflight *preflight);
/** All of it as lines, without paths. Returns: (transfer full) */
char *qonys_preflight_to_text (const QonysPreflight *preflight);

gboolean qonys_preflight_write (const QonysPreflight *preflight, const char *path, GError **error);
/** Writes it into the user's data folder, the last of a day for a project. */
gboolean qonys_preflight_keep (const QonysPreflight *preflight, GError **error);

G_END_DECLS
