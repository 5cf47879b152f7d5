#pragma once

#include "draw/painter.h"
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* What the painters share among themselves; nothing here is for other rooms. */

/* ---- palette.c ---- */

/** Colours of one look. Marks are Okabe–Ito's, districts one neutral scale, water is blue. */
typedef struct {
  QonysColor outside, land;    /* beyond and inside the city */
  QonysColor ink, muted, halo; /* text; halo has alpha */
  QonysColor water, water_edge, water_ink;
  QonysColor road, road_edge, main_road, main_road_edge;
  QonysColor rail, rail_tie;
  QonysColor border, unknown, pattern;  /* district lines; fill and strokes of "no data" */
  QonysColor ramp_low, ramp_high;       /* districts */
  QonysColor mark[QONYS_N_LAYERS];      /* fills */
  QonysColor mark_edge[QONYS_N_LAYERS]; /* outlines, 3 : 1 against the land */
  QonysColor cell_low[QONYS_N_LAYERS], cell_high[QONYS_N_LAYERS];
  QonysColor accent;             /* what is selected */
  QonysColor panel, panel_edge;  /* behind the scale bar, around frames */
  QonysColor symbol, symbol_ink; /* landmarks */
  QonysColor park;
  QonysColor item, note; /* what people wrote: plates of items; annotations */
} QonysPalette;

const QonysPalette *qonys_palette_get (gboolean is_dark);

/** Mixes in CIE L*a*b*, so that equal steps look equal. @t 0 … 1. */
QonysColor qonys_color_mix (QonysColor a, QonysColor b, double t);

/** Colour of class @i of @n between two ends. */
QonysColor qonys_color_class (QonysColor low, QonysColor high, guint i, guint n);

/** CIE L*, 0–100. */
double qonys_color_get_lightness (QonysColor color);

/** Dark or light ink, whichever is easier to read on @ground. */
QonysColor qonys_color_ink_on (QonysColor ground);

void qonys_set_color (cairo_t *cr, QonysColor color, double opacity);

/* ---- text.c ---- */

typedef enum { QONYS_TEXT_PLAIN, QONYS_TEXT_BOLD, QONYS_TEXT_ITALIC } QonysTextFace;

/** A Pango context whose measures do not depend on the surface. */
typedef PangoContext QonysTextContext;
QonysTextContext *qonys_text_context_new (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysTextContext, g_object_unref)

/** @wrap_px: 0 for one line. Returns: (transfer full) */
PangoLayout *qonys_text_layout (PangoContext *context, const char *text, QonysTextFace face,
                                double size_px, double wrap_px);
void qonys_text_size (PangoLayout *layout, double *width_px, double *height_px);

/** Draws with the top left at x, y; a halo of @halo_px around the letters if above 0. */
void qonys_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y, QonysColor ink,
                      QonysColor halo, double halo_px);

/** "12 345" with a narrow space, as it stands in a mark. Returns: (transfer full) */
char *qonys_text_count (double count);

/* ---- the paint in hand ---- */

typedef struct _QonysLabels QonysLabels;
typedef struct _QonysSprites QonysSprites;

typedef struct {
  cairo_t *cr;
  const QonysContent *content;
  const QonysStyle *style;
  const QonysCamera *camera;
  const QonysPalette *palette;
  GCancellable *cancellable;
  PangoContext *text;
  QonysLabels *labels;
  QonysSprites *sprites;
  double device_scale; /* device pixels a pixel */
  double scale;        /* of text and symbols */
  double zoom;         /* the zoom details are chosen by: less where text is larger */
  double px_per_unit;  /* of the mercator square */
  double left, top;    /* of the picture, in px of the whole world */
  double m_per_px;
  gboolean is_vector;
} QonysPaint;

/** As qonys_paint_map(): @labels keep off what stands upon the map, and then have its names.
 * @has_names_first: districts' names stand where they stand whatever the marks are */
gboolean qonys_paint_map_among (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                                const QonysCamera *camera, QonysLabels *labels,
                                gboolean has_names_first, GCancellable *cancellable);

gboolean qonys_paint_is_cancelled (const QonysPaint *paint);

/** Is it paper (PDF, SVG …) rather than pixels? */
gboolean qonys_surface_is_vector (cairo_t *cr);

/** Adds a shape to the path in pixels, leaving out vertices nearer than @step_px to the one
 * before. @is_closed: rings; else lines, smoothed if @is_smooth. */
void qonys_paint_add_shape (const QonysPaint *paint, const QonysShape *shape, double step_px,
                            gboolean is_closed, gboolean is_smooth);

static inline double
qonys_paint_px (const QonysPaint *paint, double x)
{
  return x * paint->px_per_unit - paint->left;
}

static inline double
qonys_paint_py (const QonysPaint *paint, double y)
{
  return y * paint->px_per_unit - paint->top;
}

/* ---- sprites.c: pictures kept from one painting to the next ---- */

/** A picture from the point x, y of its own on, or a size alone. */
typedef struct {
  double x, y;
  cairo_surface_t *surface; /* (nullable) */
} QonysSprite;

QonysSprites *qonys_sprites_new (void);
void qonys_sprites_free (QonysSprites *sprites);
/** Those that are kept, or new ones while another painter has them. */
QonysSprites *qonys_sprites_take (void);
/** @sprites: (transfer full) */
void qonys_sprites_give_back (QonysSprites *sprites);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSprites, qonys_sprites_give_back)

/** Returns: (nullable): valid until another is added */
const QonysSprite *qonys_sprites_find (QonysSprites *sprites, const char *key);
/** @sprite: its surface is taken over. */
const QonysSprite *qonys_sprites_add (QonysSprites *sprites, const char *key,
                                      const QonysSprite *sprite);
/** The picture that @draw makes in a box around the origin, if it is not there yet. @key: what it
 * depends on besides look and scale. */
const QonysSprite *qonys_sprites_draw (const QonysPaint *paint, const char *key,
                                       const QonysBox *box,
                                       void (*draw) (const QonysPaint *paint, gconstpointer data),
                                       gconstpointer data);
/** Puts a picture down with its origin at a point, moved to whole device pixels. */
void qonys_sprites_put (const QonysPaint *paint, const QonysSprite *sprite, double x, double y);

/* ---- labels.c: who stands where ---- */

QonysLabels *qonys_labels_new (double width_px, double height_px);
void qonys_labels_free (QonysLabels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysLabels, qonys_labels_free)

/** Keeps labels off a box. */
void qonys_labels_block (QonysLabels *labels, double x, double y, double width, double height);
/** The same of what will cover the map: a name must not run under it either. */
void qonys_labels_hide (QonysLabels *labels, double x, double y, double width, double height);
gboolean qonys_labels_is_hidden (const QonysLabels *labels, double x, double y, double width,
                                 double height);
gboolean qonys_labels_is_free (const QonysLabels *labels, double x, double y, double width,
                               double height);
/** Covered area, px². */
double qonys_labels_get_overlap (const QonysLabels *labels, double x, double y, double width,
                                 double height);

/** A name that was written. */
typedef struct {
  char *text;
  QonysBox box; /* px */
} QonysLabel;

/** Keeps labels off a box and remembers what is written there. */
void qonys_labels_write (QonysLabels *labels, const char *text, double x, double y, double width,
                         double height);
/** The same if it is free and wholly in the picture. */
gboolean qonys_labels_take (QonysLabels *labels, const char *text, double x, double y, double width,
                            double height);
/** (element-type QonysLabel): in the order they were written */
const GArray *qonys_labels_get_written (const QonysLabels *labels);

/* ---- one file a theme ---- */

typedef enum {
  QONYS_PATTERN_HATCH,     /* no data */
  QONYS_PATTERN_DOTS,      /* hidden value */
  QONYS_PATTERN_FINE_DOTS, /* the same, in many small cells */
  QONYS_PATTERN_CROSSES,   /* an area somebody drew */
} QonysPattern;

/** Fills the current path, and ends it. The pattern is counted from the offset. */
void qonys_fill_pattern (cairo_t *cr, QonysPattern pattern, double offset_x, double offset_y,
                         double step_px, QonysColor color);

void qonys_paint_ground (const QonysPaint *paint);
void qonys_paint_water (const QonysPaint *paint);
void qonys_paint_roads (const QonysPaint *paint);
void qonys_paint_base_labels (const QonysPaint *paint);

void qonys_paint_district_fills (const QonysPaint *paint);
void qonys_paint_district_borders (const QonysPaint *paint);
/** Names with values, apart from each other where letters are large. Returns: (transfer full) */
GArray *qonys_districts_place_names (const QonysPaint *paint);
void qonys_paint_district_names (const QonysPaint *paint, const GArray *names);
QonysColor qonys_districts_get_class_color (const QonysPalette *palette, guint i, guint n);

void qonys_paint_watermark (const QonysPaint *paint);
void qonys_paint_selected_place (const QonysPaint *paint);

/* cells.c */

/** Limits 1–2–5 of the counts of a layer's cells, and of those it is compared with, at most 5
 * classes. */
guint qonys_cells_get_limits (const QonysMarkLayer *layer, double limits[5]);
/** Are a layer's cells drawn as cells at this view (else as groups)? */
gboolean qonys_cells_are_shown (const QonysContent *content, const QonysStyle *style,
                                const QonysCamera *camera, QonysLayer layer);
/** The part of a cell a layer's colour takes, px: cells of several layers share the square.
 * Returns: FALSE if it is out of the picture */
gboolean qonys_cells_get_part (const QonysContent *content, const QonysStyle *style,
                               const QonysCamera *camera, QonysLayer layer,
                               const QonysCellMark *cell, double x[4], double y[4]);
void qonys_paint_cells (const QonysPaint *paint, QonysLayer layer);
void qonys_paint_cell_numbers (const QonysPaint *paint, QonysLayer layer);

/* marks.c */

typedef enum {
  QONYS_MARK_GROUP,  /* several places */
  QONYS_MARK_STACK,  /* several records at one address */
  QONYS_MARK_SINGLE, /* one record */
  QONYS_MARK_HIDDEN, /* an area whose count is hidden */
} QonysMarkKind;

typedef struct {
  QonysLayer layer;
  QonysMarkKind kind;
  QonysCluster cluster;
  int cluster_zoom;
  gboolean is_hollow, is_approximate;
  double px, py, radius_px; /* where it is drawn: marks of several layers make room */
} QonysPlacedMark;

/** The marks of a view, lowest first. Returns: (transfer full) (element-type QonysPlacedMark) */
GArray *qonys_marks_place (const QonysContent *content, const QonysStyle *style,
                           const QonysCamera *camera);
gboolean qonys_paint_marks (const QonysPaint *paint, GArray *marks);
/** The outline of a layer's mark around the origin. */
void qonys_mark_path (cairo_t *cr, QonysLayer layer, double radius_px);
void qonys_mark_draw (cairo_t *cr, const QonysPalette *palette, QonysLayer layer,
                      QonysMarkKind kind, gboolean is_hollow, gboolean is_approximate,
                      double radius_px);
/** The radius of a mark by the persons above the norm. */
double qonys_mark_get_amount_radius (double amount);

/* items.c */

typedef struct {
  guint note;           /* of a group the first */
  QonysCluster cluster; /* n_points 1: one item */
  int cluster_zoom;
  gboolean is_selected;
  double px, py;                      /* the tip */
  double top_px, width_px, height_px; /* of the plate above it */
} QonysPlacedItem;

/** Items in view, one by one or in groups, each in one place only, lowest first. Returns: (transfer
 * full) (element-type QonysPlacedItem) */
GArray *qonys_items_place (const QonysContent *content, const QonysStyle *style,
                           const QonysCamera *camera);
/** Squares and areas of what stands alone: below the marks. */
void qonys_paint_item_areas (const QonysPaint *paint, const GArray *items);
/** Returns: FALSE if cancelled */
gboolean qonys_paint_items (const QonysPaint *paint, const GArray *items);
/** The symbol with its tip at the origin. */
void qonys_item_draw (cairo_t *cr, const QonysPalette *palette, PangoContext *text,
                      const char *label, gboolean is_group, gboolean is_hollow,
                      gboolean is_approximate, double scale);

/* annotations.c, annotation-place.c */

typedef struct {
  guint note;
  gboolean is_selected;
  gboolean is_bare; /* too many are here: the symbol alone, no words */
  gboolean is_dot;  /* and that a dot: it has no shape, or one too small to be told */
  double px, py;    /* the anchor */
  char *text;       /* (nullable): the words */
  QonysBox words;   /* where they stand, with the frame of a callout; px */
} QonysPlacedNote;

/** Returns: (transfer full): the words of a note, @scale of text */
PangoLayout *qonys_annotation_layout (PangoContext *text, const QonysNoteMark *note,
                                      const char *words, double scale);

/** Annotations in view with their words off each other, off @marks, off @items and off what is
 * @taken, as by panels upon the map, where that can be, lowest first. @taken: (nullable). Returns:
 * (transfer full) (element-type QonysPlacedNote) */
GArray *qonys_annotations_place (const QonysContent *content, const QonysStyle *style,
                                 const QonysCamera *camera, PangoContext *text,
                                 QonysSprites *sprites, const GArray *marks, const GArray *items,
                                 const QonysLabels *taken);
/** The size of an annotation's words, whatever the zoom. */
#define QONYS_ANNOTATION_TEXT_PX 12.5
#define QONYS_ANNOTATION_PADDING_PX 6.0

/** Areas: below the marks. */
void qonys_paint_annotation_areas (const QonysPaint *paint, const GArray *notes);
void qonys_paint_annotations (const QonysPaint *paint, const GArray *notes);
/** A kind's symbol in a box, for the legend. */
void qonys_annotation_draw_swatch (cairo_t *cr, const QonysPalette *palette, QonysNoteKind kind,
                                   const QonysBox *box, double scale);
/** How far a point is from what is drawn of an annotation, px: 0 on it; areas count by their
 * outline. */
double qonys_annotation_get_distance (const QonysContent *content, const QonysCamera *camera,
                                      const QonysPlacedNote *placed, double px, double py,
                                      double scale);

/* icons.c */

/** A landmark's symbol around the origin. Returns: FALSE if the kind has none (massifs). */
gboolean qonys_paint_landmark (cairo_t *cr, const QonysPalette *palette, const char *kind,
                               double size_px);

/* heat.c */

typedef struct _QonysHeat QonysHeat;

void qonys_heat_free (QonysHeat *heat);
void qonys_paint_heat (const QonysPaint *paint, QonysLayer layer);
/** The highest density of a layer, units a km². */
double qonys_heat_get_max_per_km2 (const QonysContent *content, QonysLayer layer);
/** Bandwidth of the kernel on the ground. */
#define QONYS_HEAT_RADIUS_M 1000.0
/** Colour of density @t (0–1 of the maximum), alpha included. */
QonysColor qonys_heat_get_color (const QonysPalette *palette, QonysLayer layer, double t);

/* stamp.c: many small pictures put down from the topmost to the lowest */

/** A disc (up to 3 px: a square of whole pixels) as it is put down, once for each place within a
 * pixel it may stand at. */
typedef struct {
  guint side;       /* px, at most %QONYS_STAMP_MAX_SIDE */
  guint n_phases;   /* places within a pixel each way: 4, or 1 of a square */
  double offset;    /* from its edge to its centre, in phases */
  guint32 *pixels;  /* premultiplied [phase y][phase x][row][column] */
  guint64 *columns; /* [phase y][phase x][row]: bits of the columns that are not clear */
} QonysStamp;

#define QONYS_STAMP_MAX_SIDE 56
/** Shares of the middle across hollow discs: a category's own, and a thin ring. */
#define QONYS_STAMP_HOLE 0.55
#define QONYS_STAMP_THIN_HOLE 0.7

/** @size_px: device pixels; @ring: around the disc, which is @fill; @center: of a hollow one, else
 * @fill again; @hole: its share of the disc across. Colours are opaque. */
QonysStamp *qonys_stamp_new (double size_px, QonysColor ring, QonysColor fill, QonysColor center,
                             double hole);
void qonys_stamp_free (QonysStamp *stamp);

/** A band of rows of a picture that is painted from the front to the back. */
typedef struct {
  guint32 *pixels; /* of the picture; clear at first; borrowed */
  int stride, width, top, bottom;
  guint8 *covered; /* bits of the pixels nothing can be added to, with margins */
  gsize covered_stride;
} QonysBand;

void qonys_band_init (QonysBand *band, guint32 *pixels, int stride, int width, int top, int bottom);
void qonys_band_clear (QonysBand *band);

/** Puts the stamp under what the band holds, at points [begin, end) of @x and @y, the first being
 * the topmost. A point is at phase @per_unit * x − @left of the picture. One that falls to the
 * same phases as the one before it in the arrays adds nothing and is left out. */
void qonys_band_put (QonysBand *band, const QonysStamp *stamp, const double *x, const double *y,
                     gsize begin, gsize end, double per_unit, double left, double top);

/* dots.c */

typedef struct _QonysDots QonysDots;

void qonys_dots_free (QonysDots *dots);
/** Are a layer's addresses painted one by one where it is drawn? */
gboolean qonys_dots_are_shown (const QonysContent *content, const QonysStyle *style,
                               QonysLayer layer);
/** The layers in the order their points are painted: dwellings, which are everywhere, lowest. */
#define QONYS_N_DOT_LAYERS 3
extern const QonysLayer qonys_dot_layers[QONYS_N_DOT_LAYERS];
/** Returns: FALSE if cancelled */
gboolean qonys_paint_dots (const QonysPaint *paint, QonysLayer layer);
/** The diameter at a zoom (less where text is larger), before text is scaled. */
double qonys_dots_get_size_px (const QonysStyle *style, QonysLayer layer, double zoom);

/** Categories of a layer, the lowest painted first. */
guint qonys_dots_get_n_categories (QonysLayer layer);
/** In the language now set. */
const char *qonys_dots_get_title (QonysLayer layer, guint category);
/** Colours of the disc and of its middle. */
QonysColor qonys_dots_get_color (const QonysPalette *palette, QonysLayer layer, guint category,
                                 QonysColor *center);
/** The points of a category that stand at their house, or those that stand near it only; NULL if
 * there are none. */
const QonysPoints *qonys_dots_get_points (const QonysContent *content, QonysLayer layer,
                                          guint category, gboolean is_approximate);
/** Addresses whose position is not known. */
gsize qonys_dots_get_n_nowhere (const QonysContent *content, QonysLayer layer);
/** The topmost disc at a point, else the nearest within @radius_px. Returns: FALSE if none */
gboolean qonys_dots_pick (const QonysContent *content, const QonysStyle *style,
                          const QonysCamera *camera, QonysLayer layer, double px, double py,
                          double radius_px, QonysPick *pick);
/** Appends what is in view to @picks (element-type QonysPick) if it is no more than @max. */
void qonys_dots_pick_all (const QonysContent *content, const QonysBox *view, QonysLayer layer,
                          gsize max, GArray *picks);

/* legend.c */

/** The legend in columns; sections stay whole. */
void qonys_paint_legend_columns (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                                 guint n_columns, double max_width_px, double *width_px,
                                 double *height_px);

/** The legend of a wall: what colours and symbols mean, and no notes. */
void qonys_paint_legend_compact (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                                 double max_width_px, double *width_px, double *height_px);

/* content.c */

/** "For official use": what stands on every sheet of a restricted audience; NULL in public. */
const char *qonys_audience_get_tag (QonysAudience audience);

/** What is made of a content on first use, by whichever painter comes first. */
typedef struct {
  QonysContent content;
  gatomicrefcount n_refs;
  QonysContent *lender;            /* (nullable): whose marks these are */
  gboolean is_own[QONYS_N_LAYERS]; /* not the lender's */
  GMutex mutex;                    /* of what is made on first use */
  QonysHeat *heats[QONYS_N_LAYERS];
  QonysDots *dots[QONYS_N_LAYERS]; /* the lender's if there is one */
  QonysPoints *item_points;
  QonysClusters *item_clusters;
} QonysContentFull;

/** Is the layer switched on and is there anything in it? */
gboolean qonys_layer_is_drawn (const QonysContent *content, const QonysStyle *style,
                               QonysLayer layer);

G_END_DECLS
