#pragma once

#include "release/deck.h"
#include "release/file-private.h"

G_BEGIN_DECLS

struct _QonysSlide {
  gatomicrefcount ref_count;
  QonysRelease *release;
  QonysSlideContent *content;
};

/** What one side of a scene is of. */
typedef struct {
  QonysRelease *release; /* of its norm, time and statistic; owned */
  QonysPeriod period;
  const QonysEntry *version; /* (nullable): of the plan; borrowed */
} QonysDeckSide;

/** Fills in a content from a scene. @before: of a before_after, else NULL. Takes references. */
QonysSlideContent *_qonys_slide_content_make (const QonysEntry *scene, const QonysDeckSide *side,
                                              const QonysDeckSide *before);

/** Gives two contents that nobody has seen yet the same classes. */
void _qonys_content_compare (QonysContent *a, QonysContent *b);

/** Is there a story, and can slides be of this size? */
gboolean _qonys_deck_check (const QonysDeck *deck, const QonysDeckFormat *format, GError **error);
/** Logs a written file and gives it its name. */
gboolean _qonys_deck_finish_file (const QonysDeck *deck, QonysFile *file, const char *format,
                                  const char *path, GError **error);

/** A slide that goes out: none whose map shows a torn layer. As qonys_deck_make_slide(). */
QonysSlide *_qonys_deck_make_whole_slide (QonysDeck *deck, const QonysEntry *scene, QonysJob *job,
                                          GError **error);

G_END_DECLS
