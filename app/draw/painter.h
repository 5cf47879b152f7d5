#pragma once

#include "draw/content.h"
#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The one painter: screen, PNG, SVG, PDF, print and tests. */

typedef enum {
  QONYS_MODE_MARKS,
  QONYS_MODE_HEAT,
  QONYS_MODE_POINTS /* every address; where there are none to show, as marks */
} QonysLayerMode;

#define QONYS_MIN_POINT_SIZE_PX 2.0
#define QONYS_MAX_POINT_SIZE_PX 12.0

typedef struct {
  gboolean is_visible;
  double opacity; /* 0–1 */
  QonysLayerMode mode;
  double point_size_px; /* of points; 0: by zoom, 2 px from afar to 7 px near by */
} QonysLayerStyle;

/** What the user chose about looks; a plain value. */
typedef struct {
  QonysLayerStyle layers[QONYS_N_LAYERS];
  gboolean has_schematic_base; /* else a tile layer lies below */
  gboolean is_dark;
  double text_scale; /* 1; larger on a wall */
  /* of each side: painted beyond what is seen; words are kept inside */
  double margin_x_px, margin_y_px;
  /* highlighted: NULL or the KATO of the selected district; NaN or a selected place */
  char selected_kato[10];
  double selected_x, selected_y;
  /* ids of the items or annotations that are selected, a line each; interned; NULL none */
  const char *selected_entries;
  gboolean has_items, has_annotations; /* what people wrote is painted */
} QonysStyle;

QonysStyle qonys_style_get_default (void);

/** @ids: (nullable) (array zero-terminated=1): of items or annotations; NULL none */
void qonys_style_select_entries (QonysStyle *style, const char *const *ids);
/** Their ids. Returns: (transfer full) (array zero-terminated=1) */
char **qonys_style_dup_selected_entries (const QonysStyle *style);
/** The same as a set. Returns: (transfer full) (nullable) (element-type utf8): NULL if none is */
GHashTable *qonys_style_get_selected_set (const QonysStyle *style);
/** The one item or annotation that is selected; "" if there is none or there are several. */
const char *qonys_style_get_selected_entry (const QonysStyle *style);

/** What of a style belongs to a project, not to a screen: layers, what people wrote and base.
 * "base=schematic;items=1;annotations=1;districts=1,1,marks,0;…": visible, opacity, mode, point
 * size. Returns: (transfer full) */
char *qonys_style_to_text (const QonysStyle *style);
/** Sets what the text says and nothing else. Returns: FALSE, with @style untouched, if it is no
 * such text; layers that are not known are passed over */
gboolean qonys_style_parse (const char *text, QonysStyle *style);

/** A view: centre in the mercator unit square, zoom (256-px tiles, fractional). */
typedef struct {
  double center_x, center_y, zoom;
  double width_px, height_px; /* logical pixels */
} QonysCamera;

/** The camera that shows @box (unit square) with a margin. */
QonysCamera qonys_camera_fit (const QonysBox *box, double width_px, double height_px,
                              double margin_px);
/** The box seen. */
QonysBox qonys_camera_get_box (const QonysCamera *camera);
void qonys_camera_to_px (const QonysCamera *camera, double x, double y, double *px, double *py);
void qonys_camera_from_px (const QonysCamera *camera, double px, double py, double *x, double *y);

/** The public view's largest zoom: about 1 : 25 000. */
#define QONYS_PUBLIC_MAX_ZOOM 14.0

/**
 * qonys_paint_map:
 * @cr: origin at the picture's top left, units logical pixels
 * @cancellable: (nullable): a painting cancelled leaves the picture unfinished
 *
 * Paints base, districts, cells, clusters, heat or points. On an image surface marks are blitted
 * from sprites; on a vector surface they are paths and text stays text.
 *
 * Returns: FALSE if cancelled
 */
gboolean qonys_paint_map (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                          const QonysCamera *camera, GCancellable *cancellable);

/** What lies at a point of the picture: for clicking, hovering and the keyboard. */
typedef enum {
  QONYS_PICK_NONE,
  QONYS_PICK_DISTRICT,
  QONYS_PICK_CELL,
  QONYS_PICK_MARK,
  QONYS_PICK_POINT,
  QONYS_PICK_ITEM,      /* a marked place, or a group of them */
  QONYS_PICK_ANNOTATION /* number in the content's notes */
} QonysPickKind;

typedef struct {
  QonysPickKind kind;
  QonysLayer layer; /* cells, marks and points */
  /* district, cell or note number in the content; of a group of items the first's */
  guint index;
  /* of a point: its row is the first, its records those at the same place; of items: n_points */
  QonysCluster mark;
  int cluster_zoom; /* the zoom the mark is of */
  double x, y;      /* where it stands, unit square */
} QonysPick;

/** The topmost visible thing within @radius_px of a point. */
QonysPick qonys_pick (const QonysContent *content, const QonysStyle *style,
                      const QonysCamera *camera, double px, double py, double radius_px);

/** What selects an item or annotation by itself, though it is painted in a group; @index: in the
 * content's notes */
QonysPick qonys_pick_note (const QonysContent *content, guint index);

/** The group of items one is in, or itself if it stands alone; @cluster_zoom: as of a pick, @index:
 * of an item in the content's notes. All groups are looked through: some ms for 10,000 items. */
QonysPick qonys_pick_group (const QonysContent *content, guint index, int cluster_zoom);

/** The items of a pick of them. @notes: (element-type guint32): appended: numbers in the content's
 * notes, ascending */
void qonys_content_get_items (const QonysContent *content, const QonysPick *pick, GArray *notes);

/** Marks, items, annotations and districts in view in reading order, for walking by keyboard.
 * Returns: (transfer full) (element-type QonysPick) */
GArray *qonys_pick_all (const QonysContent *content, const QonysStyle *style,
                        const QonysCamera *camera);

/* ---- what stands beside the map ---- */

/** Legend of what is visible: swatches, symbols with their names, classes with limits and units,
 * hatched "no data", dotted "hidden value", notes, data dates. With cr NULL only measures. */
void qonys_paint_legend (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                         double max_width_px, double *width_px, double *height_px);

/** Scale bar (whole 1–2–5 metres), north arrow. */
void qonys_paint_scale_bar (cairo_t *cr, const QonysCamera *camera, const QonysStyle *style,
                            double max_width_px, double *width_px, double *height_px);

/** "Register of dwellings (Migration Service), …": each source that is no training data, once.
 * Returns: (transfer full) (nullable) */
char *qonys_content_get_sources (const QonysContent *content);
/** The latest day of what is drawn; missing if nothing is dated. */
QonysDay qonys_content_get_day (const QonysContent *content, const QonysStyle *style);

/** The lines every picture bears: sources, "schematic outlines", the synthetic mark, data date.
 * Returns: (transfer full): one paragraph in the language now set */
char *qonys_content_get_attribution (const QonysContent *content, const QonysStyle *style);

/** The synthetic mark «ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ»; NULL if the data are real. */
const char *qonys_content_get_synthetic_mark (const QonysContent *content);

/** A symbol of a layer alone, for lists; @size_px square around the origin's quadrant. */
void qonys_paint_symbol (cairo_t *cr, QonysLayer layer, double size_px, gboolean is_dark);
/** The same of an item or a kind of annotation. */
void qonys_paint_note_symbol (cairo_t *cr, QonysNoteKind kind, double size_px, gboolean is_dark);

/** Border and accent colour of an audience (official red-orange, committee blue; public none). */
QonysColor qonys_audience_get_color (QonysAudience audience);

/**
 * qonys_paint_sheet:
 * @width, @height: of the whole sheet, in units of @cr (px or pt)
 * @box: what the map frame shall show at least
 * @title: (nullable): the resolution's title when NULL
 *
 * A complete picture: title, map frame, legend, scale bar, north, attribution, data dates, the
 * synthetic mark, watermark and coloured border of a restricted audience.
 */
void qonys_paint_sheet (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                        double width, double height, const QonysBox *box, const char *title);

G_END_DECLS
