#pragma once

#include "domain/history.h"
#include "draw/slide.h"
#include "release/release.h"

G_BEGIN_DECLS

/**
 * QonysDeck:
 *
 * The scenes of a plan as slides for the audience of one release. What is painted is made by
 * releases of that audience and no other: a deck can only be made of one. Scenes of the same norm
 * and time share a release, so that all slides of a story at a million dwellings cost little more
 * than one. Immutable to the eye, shared by threads; atomic reference count.
 */
typedef struct _QonysDeck QonysDeck;

/**
 * qonys_deck_new:
 * @release: gives project, audience, purpose and threshold
 * @plan: the state now
 * @history: (nullable): of the versions that scenes are frozen to; read now, not kept
 *
 * Cheap. Returns: (transfer full)
 */
QonysDeck *qonys_deck_new (QonysRelease *release, QonysPlan *plan, const QonysHistory *history);
/** The deck of the next state of the plan, with the releases that are there already. Cheap.
 * Returns: (transfer full) */
QonysDeck *qonys_deck_with_plan (QonysDeck *deck, QonysPlan *plan, const QonysHistory *history);
QonysDeck *qonys_deck_ref (QonysDeck *deck);
void qonys_deck_unref (QonysDeck *deck);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDeck, qonys_deck_unref)

/** Returns: (transfer none): the one it was made of */
QonysRelease *qonys_deck_get_release (const QonysDeck *deck);
/** Returns: (transfer none): the state its scenes are of */
QonysPlan *qonys_deck_get_plan (const QonysDeck *deck);
/** The scenes in the order of the story. (element-type QonysEntry) */
const GPtrArray *qonys_deck_get_scenes (const QonysDeck *deck);

/**
 * QonysSlide:
 *
 * One slide and the releases it was made of. Immutable.
 */
typedef struct _QonysSlide QonysSlide;

/**
 * qonys_deck_make_slide:
 * @scene: of the plan, or one that is not in it yet
 *
 * On any thread, in the language now set. Cost: 1 ms; the first of a norm or time what a release
 * costs. Errors: cancelled; a version the scene is frozen to is not in the plan.
 *
 * Returns: (transfer full)
 */
QonysSlide *qonys_deck_make_slide (QonysDeck *deck, const QonysEntry *scene, QonysJob *job,
                                   GError **error);
void qonys_slide_unref (QonysSlide *slide);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSlide, qonys_slide_unref)

/** %FALSE: its map shows a layer whose rows were torn out of the project's file. It can be painted,
 * as if the city had none of it. Errors: damaged, with the layer. */
gboolean qonys_slide_check_rows (const QonysSlide *slide, GError **error);

/** Returns: (transfer none): what may be painted */
QonysSlideContent *qonys_slide_get_content (const QonysSlide *slide);
/** Returns: (transfer none): for the cards of what is clicked; of a before_after the right side */
QonysRelease *qonys_slide_get_release (const QonysSlide *slide);

/* ---- writers: to take along; each file is logged ---- */

typedef struct {
  double width_px, height_px; /* 1920 × 1080; of PDF 1/96 inch */
  gboolean is_dark, has_notes;
} QonysDeckFormat;

/** A scene a page in the language now set; with notes a page of A4 each, slide above, notes
 * below. */
gboolean qonys_deck_write_pdf (QonysDeck *deck, const QonysDeckFormat *format, const char *path,
                               QonysJob *job, GError **error);

/** "01-title.png" … into a folder, which is made if it is not there; files of these names are
 * replaced. */
gboolean qonys_deck_write_png (QonysDeck *deck, const QonysDeckFormat *format, const char *folder,
                               QonysJob *job, GError **error);

/** One page for any browser with all pictures in it, in three languages; it fetches nothing. Public
 * audience only. Sets the language of the process in turn and back again: nothing else may be
 * translated meanwhile. */
gboolean qonys_deck_write_html (QonysDeck *deck, const QonysDeckFormat *format, const char *path,
                                QonysJob *job, GError **error);

/* ---- the last good picture of a scene, for the day when it cannot be made ---- */

/** Keeps a picture (PNG) in the user's cache, by project, scene, language, size and theme; of the
 * public view only, of another one nothing is kept. On any thread. */
gboolean qonys_deck_keep_picture (QonysDeck *deck, const QonysEntry *scene,
                                  const QonysDeckFormat *format, GBytes *png, GError **error);
/** In the language now set or, rather than nothing, in another. Returns: (transfer full)
 * (nullable): none was kept */
GBytes *qonys_deck_read_kept_picture (QonysDeck *deck, const QonysEntry *scene,
                                      const QonysDeckFormat *format);

G_END_DECLS
