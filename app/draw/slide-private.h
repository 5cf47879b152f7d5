#pragma once

#include "draw/private.h"
#include "draw/slide.h"

G_BEGIN_DECLS

/* Slides are laid out in units: 1 px where the wall is 1024 × 768. */

#define QONYS_SLIDE_WIDTH 1024.0
#define QONYS_SLIDE_HEIGHT 768.0
#define QONYS_SLIDE_MIN_TEXT 24.0
#define QONYS_SLIDE_GAP 14.0
#define QONYS_SLIDE_BORDER 9.0 /* of a restricted audience */

/** Every ink is 7 : 1 or more on the ground. */
typedef struct {
  QonysColor ground, ink, muted, alarm, rule;
} QonysSlideTheme;

const QonysSlideTheme *qonys_slide_theme_get (gboolean is_dark);

/** What stands upon a map. */
typedef enum {
  QONYS_PANEL_BEFORE,
  QONYS_PANEL_AFTER,
  QONYS_PANEL_LEGEND,
  QONYS_PANEL_CAPTION,
  QONYS_PANEL_MODEL,
  QONYS_PANEL_BAR,
  QONYS_N_PANELS
} QonysPanel;

/** A slide in hand. */
typedef struct {
  cairo_t *cr; /* NULL: measuring */
  const QonysSlideContent *slide;
  const QonysSlideView *view;
  const QonysSlideTheme *theme;
  PangoContext *text;
  GCancellable *cancellable;
  double unit_px;
  double left, top, right, bottom; /* the room that is left, units */
  GPtrArray *cut;                  /* (nullable) (element-type char*): parts that do not fit */
  double smallest;                 /* letters so far, units */
  QonysBox panels[QONYS_N_PANELS]; /* units; of no size where there is none */
  QonysBox clear;                  /* what they leave of the map, px */
} QonysSlidePaint;

typedef struct {
  const char *part; /* what it is called when it does not fit */
  const char *text;
  QonysTextFace face;
  double size, min_size; /* the largest that fits is taken */
  QonysColor ink;
} QonysSlideText;

/** Its height in a box of this width, no more than @max_height; and the size of its letters. */
double qonys_slide_fit (const QonysSlidePaint *paint, const QonysSlideText *text, double width,
                        double max_height, double *size);
/** Writes it with its top left at x, y, or only measures; what does not fit ends in "…" and is
 * noted. Returns: its height */
double qonys_slide_put (QonysSlidePaint *paint, const QonysSlideText *text, double x, double y,
                        double width, double max_height);
void qonys_slide_note_cut (QonysSlidePaint *paint, const char *part);

/* What stands between head and foot; one for each kind. */
void qonys_slide_paint_title (QonysSlidePaint *paint);
void qonys_slide_paint_figures (QonysSlidePaint *paint);
void qonys_slide_paint_closing (QonysSlidePaint *paint);
/** Returns: FALSE if cancelled */
gboolean qonys_slide_paint_map (QonysSlidePaint *paint);
/** Where the map stands, px, what it shows, and the panels upon it. */
void qonys_slide_find_frame (QonysSlidePaint *paint, QonysBox *frame, QonysCamera *camera);
/** What names keep off: the panels, and the line between two maps. Returns: (transfer full) */
QonysLabels *qonys_slide_labels_new (const QonysSlidePaint *paint, const QonysBox *frame,
                                     const QonysCamera *camera);

/** Ground, head and foot; what is between them is the room left. The text context is to be freed.
 * @cut: (nullable) */
QonysSlidePaint qonys_slide_begin (cairo_t *cr, const QonysSlideContent *slide,
                                   const QonysSlideView *view, GPtrArray *cut);

G_END_DECLS
