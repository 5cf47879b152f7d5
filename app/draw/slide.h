#pragma once

#include "base/language.h"
#include "domain/scene.h"
#include "draw/painter.h"

G_BEGIN_DECLS

/* A scene of a story as it stands on a wall, on paper and in a file. The content is made by the
 * release gate and by nobody else (release/deck.h); immutable once made, painters on any thread
 * share it. No letter is smaller than 24 px where the wall is 1024 × 768, and larger on larger
 * walls in proportion. */

/** A number of the resolution. */
typedef struct {
  char *value; /* with its qualifier and unit */
  char *title, *period, *source;
  char *id;
} QonysSlideFigure;

/** What a body has to do next. */
typedef struct {
  char *body, *measures; /* "2.1, 2.2" */
  char *due;             /* (nullable): a sentence */
  gboolean is_overdue;
} QonysSlideTask;

/** Strings are in the language that was set when the content was made; set it again to paint:
 * names on the map and words of the legend are looked up then. */
typedef struct {
  QonysSceneType kind;
  QonysLanguage language;
  QonysAudience audience;
  gboolean is_synthetic;
  char *title, *text;       /* never NULL */
  gboolean is_untranslated; /* a title or text stands in another language, marked with its code */
  char *notes;              /* (nullable): for the speaker alone; never painted by the slide */
  guint duration_s;
  char *byline, *date; /* (nullable): of a title */
  char *as_of;         /* (nullable): the data's day, or the version that is shown */
  char *sources;       /* (nullable) */
  char *watermark;     /* (nullable): purpose, user, day of a restricted output */

  /* map, before_after */
  QonysContent *content, *before; /* NULL where there is none */
  QonysStyle style;
  QonysBox box;                     /* what the frame shows at least, unit square */
  char *before_label, *after_label; /* (nullable): what sets the sides apart, in short */
  char *model_note;                 /* (nullable): "a model, not a forecast" */
  char *assumptions;                /* (nullable): all of them; painted where there is room */
  char *short_assumptions;          /* (nullable): what is painted else */

  GPtrArray *figures; /* element-type QonysSlideFigure */
  GPtrArray *tasks;   /* element-type QonysSlideTask */
} QonysSlideContent;

/** Returns: (transfer full): to be filled in */
QonysSlideContent *qonys_slide_content_new (QonysSceneType kind);
void qonys_slide_content_unref (QonysSlideContent *slide);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSlideContent, qonys_slide_content_unref)

/** What the wall is; a plain value. */
typedef struct {
  double width_px, height_px;
  gboolean is_dark; /* the hall's theme: light letters on a dark ground */
  /* of a before_after: what part of the map, from the left, is before, 0–1; below 0: up to the
   * middle of the scene's box */
  double split;
  /* (nullable): another view of the map than the scene's, as while flying; its size is that of
   * the frame of qonys_slide_get_map() */
  const QonysCamera *camera;
} QonysSlideView;

/**
 * qonys_paint_slide:
 * @cr: origin at the slide's top left, units pixels
 * @cancellable: (nullable): a painting cancelled leaves the picture unfinished
 *
 * Paints the whole slide. Cost: its map, twice for a before_after that is split, and some 3 ms of
 * text. The views of the public and the commission go no nearer than %QONYS_PUBLIC_MAX_ZOOM.
 *
 * Returns: FALSE if cancelled
 */
gboolean qonys_paint_slide (cairo_t *cr, const QonysSlideContent *slide, const QonysSlideView *view,
                            GCancellable *cancellable);

/**
 * qonys_slide_get_map:
 * @frame: (out): where the map stands on the wall, px
 * @camera: (out): what it shows, of the frame's size
 * @clear: (out) (nullable): what panels leave of the frame, px
 *
 * Returns: FALSE if the slide has no map
 */
gboolean qonys_slide_get_map (const QonysSlideContent *slide, const QonysSlideView *view,
                              QonysBox *frame, QonysCamera *camera, QonysBox *clear);

/** The line with a grip where the two maps of a before_after meet. @cr: origin at the map's top
 * left, units pixels; @unit_px: as large as 1 px is on a slide of 768 lines */
void qonys_slide_paint_divider (cairo_t *cr, double x, double height_px, double unit_px);

/** What part of the map is left of the middle of the scene's box. */
double qonys_slide_get_middle (const QonysSlideContent *slide, const QonysCamera *camera);

/**
 * qonys_slide_measure:
 * @smallest_px: (out) (optional): the smallest letters beside the map
 *
 * Returns: (transfer full): the names of parts whose text does not fit and is cut, in the language
 * now set, NULL-terminated; none if all is well
 */
char **qonys_slide_measure (const QonysSlideContent *slide, const QonysSlideView *view,
                            double *smallest_px);

/** The lowest contrast of a text beside the map against its ground, 1–21. */
double qonys_slide_get_contrast (gboolean is_dark);

/** Letters of a slide's texts, and Kazakh ones in any case, that no font here has. Returns:
 * (transfer full): NULL if there are none such */
char *qonys_slide_find_unknown_letters (const QonysSlideContent *slide);

/** Is a layer switched on of which there is nothing to be seen, on either side? */
gboolean qonys_slide_lacks_layer (const QonysSlideContent *slide, QonysLayer layer);

/** What is to be seen, in words, without title and text. Returns: (transfer full) */
char *qonys_slide_describe (const QonysSlideContent *slide);

/**
 * qonys_paint_slide_notes:
 * @line: (inout): the first line to be written; then the one the next page begins with
 *
 * The speaker's notes from @line on, as large as on paper (units 1/96 inch).
 *
 * Returns: TRUE if there are more for another page
 */
gboolean qonys_paint_slide_notes (cairo_t *cr, const QonysSlideContent *slide, double width_px,
                                  double height_px, guint *line);

G_END_DECLS
