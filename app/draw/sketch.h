#pragma once

#include "draw/snaps.h"

G_BEGIN_DECLS

typedef enum {
  QONYS_SKETCH_POINT,
  QONYS_SKETCH_LINE, /* an arrow: two vertices or more */
  QONYS_SKETCH_POLYGON,
  QONYS_SKETCH_FREEHAND, /* a line drawn in one stroke, or vertex by vertex */
} QonysSketchMode;

typedef enum {
  QONYS_SKETCH_GOES_ON,
  QONYS_SKETCH_DONE, /* the shape is good */
  QONYS_SKETCH_GIVEN_UP,
} QonysSketchState;

typedef enum {
  QONYS_SKETCH_SET,       /* Space: a vertex where the cross is */
  QONYS_SKETCH_ENTER,     /* Return: the same, or finishes where there is nothing new to set */
  QONYS_SKETCH_FINISH,    /* a button that says so */
  QONYS_SKETCH_GIVE_UP,   /* Escape */
  QONYS_SKETCH_TAKE_BACK, /* Backspace: the last vertex; of a shape that is edited the active one */
  QONYS_SKETCH_NEXT,      /* Tab: of the vertices of a shape that is edited, then the whole */
  QONYS_SKETCH_PREVIOUS,  /* Shift+Tab */
  QONYS_SKETCH_INSERT,    /* a vertex after the active one */
  QONYS_SKETCH_DELETE,    /* the active one */
} QonysSketchKey;

typedef struct {
  double x, y; /* mercator unit square */
} QonysVertex;

/**
 * QonysSketch:
 *
 * A shape in the making, or an existing one whose vertices are handles, as a state machine that
 * knows no display: keys and pointer go in, vertices and a sentence come out. Positions of the
 * pointer are pixels of the camera given with them.
 */
typedef struct _QonysSketch QonysSketch;

/** The cross begins in the middle of the view. @snaps: (transfer full) (nullable) */
QonysSketch *qonys_sketch_new (QonysSketchMode mode, QonysSnaps *snaps, const QonysCamera *camera);
/** Of an existing shape. Returns: (nullable): NULL if @wkt is none; @snaps is taken in any case */
QonysSketch *qonys_sketch_new_from_wkt (const char *wkt, QonysSnaps *snaps);
void qonys_sketch_free (QonysSketch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSketch, qonys_sketch_free)

/** Holds snapping off and on again. */
void qonys_sketch_set_snapping (QonysSketch *self, gboolean is_snapping);

QonysSketchState qonys_sketch_key (QonysSketch *self, const QonysCamera *camera,
                                   QonysSketchKey key);
/** Arrow keys: moves the cross, the active vertex or the whole. A step of one pixel is fine work
 * and never snaps. */
void qonys_sketch_step (QonysSketch *self, const QonysCamera *camera, double dx_px, double dy_px);

void qonys_sketch_hover (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px);
/** Returns: TRUE if a drag from there is the sketch's; else it moves the map */
gboolean qonys_sketch_press (QonysSketch *self, const QonysCamera *camera, double x_px,
                             double y_px);
void qonys_sketch_drag (QonysSketch *self, const QonysCamera *camera, double x_px, double y_px);
/** The end of a drag that was the sketch's. */
QonysSketchState qonys_sketch_drop (QonysSketch *self, const QonysCamera *camera);
/** A press and release in one place. @n_press: 2 of a double click, which finishes */
QonysSketchState qonys_sketch_click (QonysSketch *self, const QonysCamera *camera, double x_px,
                                     double y_px, int n_press);

/** What can be done, what is wrong, or a warning; in the language now set. */
const char *qonys_sketch_get_message (const QonysSketch *self);

QonysSketchMode qonys_sketch_get_mode (const QonysSketch *self);
/** (array length=n): without the closing one of a ring */
const QonysVertex *qonys_sketch_get_vertices (const QonysSketch *self, guint *n);
/** The number of the handle that keys move; −1: the whole shape, or a cross that sets vertices. */
int qonys_sketch_get_active (const QonysSketch *self);
/** The cross, snapped; of a shape that is edited its active vertex or its middle. */
QonysVertex qonys_sketch_get_cursor (const QonysSketch *self);
/** Is the cross there, or a shape with handles? */
gboolean qonys_sketch_is_editing (const QonysSketch *self);
gboolean qonys_sketch_is_snapped (const QonysSketch *self);

/** Returns: (transfer full) (nullable): NULL while the shape is not good */
char *qonys_sketch_to_wkt (const QonysSketch *self);

/** Draws it. Cost: its vertices. */
void qonys_paint_sketch (cairo_t *cr, const QonysSketch *self, const QonysCamera *camera);

G_END_DECLS
