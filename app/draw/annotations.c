/* Annotations as people drew them: pins, callouts, arrows, areas, freehand lines, before/after
 * pairs. Sizes are in pixels whatever the zoom; a halo of the ground's colour keeps them apart from
 * what lies below. Up to 100 in full, 20 to 60 µs each, their words kept; the others of a crowd all
 * at once, their dots kept. */

#include "draw/private.h"
#include "geo/mercator.h"
#include <math.h>

#define LINE_PX 2.4
#define HEAD_PX 13.0
#define PIN_PX 9.0
#define PATTERN_STEP_PX 12.0

/* ---- symbols ---- */

/* A drop that stands on the origin; @radius of its round part. */
static void
pin_path (cairo_t *cr, double radius)
{
  double y = -2.1 * radius, angle = 0.62;

  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, y, radius, G_PI - angle, 2 * G_PI + angle);
  cairo_line_to (cr, 0, 0);
  cairo_close_path (cr);
}

/* A pin with a hole; of a before/after pair with two halves and a line between. */
static void
draw_pin (cairo_t *cr, const QonysPalette *palette, QonysNoteKind kind, QonysColor color,
          double scale)
{
  double radius = PIN_PX * scale, y = -2.1 * radius;

  pin_path (cr, radius);
  qonys_set_color (cr, palette->halo, 1);
  cairo_set_line_width (cr, 4 * scale);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, color, 1);
  cairo_fill (cr);
  if (kind == QONYS_NOTE_BEFORE_AFTER) {
    cairo_arc (cr, 0, y, 0.66 * radius, -G_PI / 2, G_PI / 2); /* the right half is the new one */
    cairo_close_path (cr);
    qonys_set_color (cr, palette->land, 1);
    cairo_fill (cr);
    cairo_arc (cr, 0, y, 0.66 * radius, 0, 2 * G_PI);
    cairo_set_line_width (cr, 1.2 * scale);
  } else {
    cairo_arc (cr, 0, y, 0.4 * radius, 0, 2 * G_PI);
    qonys_set_color (cr, palette->land, 1);
    cairo_fill (cr);
    return;
  }
  qonys_set_color (cr, palette->land, 1);
  cairo_stroke (cr);
}

/* Strokes the path twice: its halo, then itself; and ends it. */
static void
stroke (cairo_t *cr, const QonysPalette *palette, QonysColor color, double width, double scale)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  qonys_set_color (cr, palette->halo, 1);
  cairo_set_line_width (cr, width + 3.2 * scale);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, color, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

/* A head at a point that a line comes to from another. */
static void
head_path (cairo_t *cr, double from_x, double from_y, double x, double y, double scale)
{
  double angle = atan2 (y - from_y, x - from_x), size = HEAD_PX * scale;

  cairo_move_to (cr, x, y);
  for (int side = -1; side <= 1; side += 2)
    cairo_line_to (cr, x - size * cos (angle + side * 0.45), y - size * sin (angle + side * 0.45));
  cairo_close_path (cr);
}

/* The heads of the path, which ends. */
static void
draw_heads (cairo_t *cr, const QonysPalette *palette, QonysColor color, double scale)
{
  qonys_set_color (cr, palette->halo, 1);
  cairo_set_line_width (cr, 3 * scale);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, color, 1);
  cairo_fill (cr);
}

static void
draw_dot (cairo_t *cr, const QonysPalette *palette, QonysColor color, double x, double y,
          double radius)
{
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  qonys_set_color (cr, palette->halo, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke_preserve (cr);
  qonys_set_color (cr, color, 1);
  cairo_fill (cr);
}

static void
rounded_box (cairo_t *cr, const QonysBox *box, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, box->max_x - radius, box->min_y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, box->max_x - radius, box->max_y - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, box->min_x + radius, box->max_y - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, box->min_x + radius, box->min_y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* ---- painting ---- */

static const QonysNoteMark *
get_note (const QonysPaint *paint, const QonysPlacedNote *placed)
{
  return paint->content->notes->pdata[placed->note];
}

static QonysColor
get_color (const QonysPaint *paint, const QonysPlacedNote *placed)
{
  return placed->is_selected ? paint->palette->accent : paint->palette->note;
}

/* The world's point the crosses are counted from, near the picture. */
static double
get_offset (double edge, double step)
{
  return -fmod (edge, step);
}

/* The areas of the path, which ends. */
static void
draw_areas (const QonysPaint *paint, QonysColor color, double width_px)
{
  cairo_t *cr = paint->cr;
  double step = PATTERN_STEP_PX * paint->scale;
  QonysColor faint = color;
  cairo_path_t *path = cairo_copy_path (cr);

  faint.alpha = 110;
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  qonys_set_color (cr, color, 0.08);
  cairo_fill_preserve (cr);
  qonys_fill_pattern (cr, QONYS_PATTERN_CROSSES, get_offset (paint->left, step),
                      get_offset (paint->top, step), step, faint);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  stroke (cr, paint->palette, color, width_px * paint->scale, paint->scale);
}

/* Is it one of those that are painted all at once? They lie below the others. */
static gboolean
is_in_crowd (const QonysPlacedNote *placed)
{
  return placed->is_bare && !placed->is_selected;
}

void
qonys_paint_annotation_areas (const QonysPaint *paint, const GArray *notes)
{
  guint n_crowd = 0;

  cairo_save (paint->cr);
  cairo_new_path (paint->cr);
  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < notes->len; i++) {
      const QonysPlacedNote *placed = &g_array_index (notes, QonysPlacedNote, i);
      const QonysNoteMark *note = get_note (paint, placed);

      if (!note->is_ring || placed->is_dot || is_in_crowd (placed) != (pass == 0))
        continue;
      qonys_paint_add_shape (paint, note->shape, 0.6, TRUE, FALSE);
      if (pass == 0)
        n_crowd++;
      else
        draw_areas (paint, get_color (paint, placed), placed->is_selected ? 3.2 : 2);
    }
    if (pass == 0 && n_crowd > 0)
      draw_areas (paint, paint->palette->note, 2);
  }
  cairo_restore (paint->cr);
}

static gboolean
is_line (const QonysPlacedNote *placed, const QonysNoteMark *note)
{
  return note->shape != NULL && !note->is_ring && note->kind != QONYS_NOTE_CALLOUT &&
         !placed->is_dot;
}

static void
add_line (const QonysPaint *paint, const QonysNoteMark *note)
{
  qonys_paint_add_shape (paint, note->shape, 0.6, FALSE, note->kind == QONYS_NOTE_FREEHAND);
}

static void
add_head (const QonysPaint *paint, const QonysNoteMark *note)
{
  const QonysShape *shape = note->shape;
  guint last = shape->ring_starts[1] - 1;

  if (note->kind == QONYS_NOTE_ARROW)
    head_path (paint->cr, qonys_paint_px (paint, shape->x[last - 1]),
               qonys_paint_py (paint, shape->y[last - 1]), qonys_paint_px (paint, shape->x[last]),
               qonys_paint_py (paint, shape->y[last]), paint->scale);
}

static void
draw_bare_dot (const QonysPaint *paint, gconstpointer placed)
{
  draw_dot (paint->cr, paint->palette, get_color (paint, placed), 0, 0, 3 * paint->scale);
}

static void
paint_bare_dot (const QonysPaint *paint, const QonysPlacedNote *placed)
{
  double half = 6 * paint->scale;
  const QonysSprite *sprite =
      qonys_sprites_draw (paint, placed->is_selected ? "dot 1" : "dot 0",
                          &(QonysBox){-half, -half, half, half}, draw_bare_dot, placed);

  qonys_sprites_put (paint, sprite, placed->px, placed->py);
}

/* Lines all at once, then their heads; dots above them. */
static void
paint_crowd (const QonysPaint *paint, const GArray *notes)
{
  QonysColor color = paint->palette->note;

  cairo_new_path (paint->cr);
  for (guint part = 0; part < 2; part++) {
    for (guint i = 0; i < notes->len; i++) {
      const QonysPlacedNote *placed = &g_array_index (notes, QonysPlacedNote, i);
      const QonysNoteMark *note = get_note (paint, placed);

      if (!is_in_crowd (placed) || !is_line (placed, note))
        continue;
      if (part == 0)
        add_line (paint, note);
      else
        add_head (paint, note);
    }
    if (part == 0)
      stroke (paint->cr, paint->palette, color, LINE_PX * paint->scale, paint->scale);
    else
      draw_heads (paint->cr, paint->palette, color, paint->scale);
  }
}

/* What marks the place itself. */
static void
paint_symbol (const QonysPaint *paint, const QonysPlacedNote *placed, const QonysNoteMark *note)
{
  cairo_t *cr = paint->cr;
  QonysColor color = get_color (paint, placed);

  if (is_line (placed, note)) {
    cairo_new_path (cr);
    add_line (paint, note);
    stroke (cr, paint->palette, color, (placed->is_selected ? LINE_PX + 1 : LINE_PX) * paint->scale,
            paint->scale);
    add_head (paint, note);
    draw_heads (cr, paint->palette, color, paint->scale);
  } else if (placed->is_dot && !paint->is_vector) {
    paint_bare_dot (paint, placed);
  } else if (placed->is_dot || note->kind == QONYS_NOTE_CALLOUT) {
    draw_dot (cr, paint->palette, color, placed->px, placed->py,
              (placed->is_dot ? 3 : 4) * paint->scale);
  } else if (!note->is_ring) {
    cairo_save (cr);
    cairo_translate (cr, placed->px, placed->py);
    draw_pin (cr, paint->palette, note->kind, color, paint->scale);
    cairo_restore (cr);
  }
}

static void
paint_leader (const QonysPaint *paint, const QonysPlacedNote *placed)
{
  cairo_t *cr = paint->cr;
  const QonysBox *box = &placed->words;

  /* To the nearest point of the frame. */
  cairo_move_to (cr, placed->px, placed->py);
  cairo_line_to (cr, CLAMP (placed->px, box->min_x, box->max_x),
                 CLAMP (placed->py, box->min_y, box->max_y));
  stroke (cr, paint->palette, get_color (paint, placed), 1.6 * paint->scale, paint->scale);
}

typedef struct {
  const QonysPlacedNote *placed;
  const QonysNoteMark *note;
} Words;

/* In their frame, from the origin on. */
static void
draw_words (const QonysPaint *paint, gconstpointer data)
{
  const Words *words = data;
  const QonysPlacedNote *placed = words->placed;
  cairo_t *cr = paint->cr;
  const QonysPalette *palette = paint->palette;
  double padding = 1.5 * paint->scale, halo = 2 * paint->scale;
  QonysColor ink = words->note->is_text_missing ? palette->muted : palette->ink;
  g_autoptr (PangoLayout) layout =
      qonys_annotation_layout (paint->text, words->note, placed->text, paint->scale);

  if (words->note->kind == QONYS_NOTE_CALLOUT) {
    QonysColor ground = palette->panel;
    const QonysBox box = {0, 0, placed->words.max_x - placed->words.min_x,
                          placed->words.max_y - placed->words.min_y};

    ground.alpha = 255;
    padding = QONYS_ANNOTATION_PADDING_PX * paint->scale;
    halo = 0;
    rounded_box (cr, &box, 4 * paint->scale);
    qonys_set_color (cr, palette->halo, 1);
    cairo_set_line_width (cr, 4 * paint->scale);
    cairo_stroke_preserve (cr);
    qonys_set_color (cr, ground, 1);
    cairo_fill_preserve (cr);
    qonys_set_color (cr, get_color (paint, placed), 1);
    cairo_set_line_width (cr, (placed->is_selected ? 2.6 : 1.6) * paint->scale);
    cairo_stroke (cr);
  }
  qonys_text_draw (cr, layout, padding, padding, ink, palette->halo, halo);
}

static void
paint_words (const QonysPaint *paint, const QonysPlacedNote *placed, const QonysNoteMark *note)
{
  const Words words = {placed, note};
  double reach = ceil (4 * paint->scale);
  g_autofree char *key = NULL;

  if (paint->is_vector) {
    cairo_save (paint->cr);
    cairo_translate (paint->cr, placed->words.min_x, placed->words.min_y);
    draw_words (paint, &words);
    cairo_restore (paint->cr);
    return;
  }
  key = g_strdup_printf ("words %d%d%d%s", note->kind == QONYS_NOTE_CALLOUT, placed->is_selected,
                         note->is_text_missing, placed->text);
  qonys_sprites_put (
      paint,
      qonys_sprites_draw (paint, key,
                          &(QonysBox){-reach, -reach,
                                      placed->words.max_x - placed->words.min_x + reach,
                                      placed->words.max_y - placed->words.min_y + reach},
                          draw_words, &words),
      placed->words.min_x, placed->words.min_y);
}

void
qonys_paint_annotations (const QonysPaint *paint, const GArray *notes)
{
  cairo_save (paint->cr);
  paint_crowd (paint, notes);
  for (guint i = 0; i < notes->len; i++) {
    const QonysPlacedNote *placed = &g_array_index (notes, QonysPlacedNote, i);
    const QonysNoteMark *note = get_note (paint, placed);

    if (note->kind == QONYS_NOTE_CALLOUT && placed->text != NULL)
      paint_leader (paint, placed);
    if (!is_in_crowd (placed) || placed->is_dot)
      paint_symbol (paint, placed, note);
    qonys_labels_block (paint->labels, placed->px - 5 * paint->scale, placed->py - 5 * paint->scale,
                        10 * paint->scale, 10 * paint->scale);
  }
  /* Words above all symbols. */
  for (guint i = 0; i < notes->len; i++) {
    const QonysPlacedNote *placed = &g_array_index (notes, QonysPlacedNote, i);
    const QonysBox *box = &placed->words;

    if (placed->text == NULL)
      continue;
    paint_words (paint, placed, get_note (paint, placed));
    qonys_labels_block (paint->labels, box->min_x, box->min_y, box->max_x - box->min_x,
                        box->max_y - box->min_y);
  }
  cairo_restore (paint->cr);
}

/* ---- the legend ---- */

void
qonys_annotation_draw_swatch (cairo_t *cr, const QonysPalette *palette, QonysNoteKind kind,
                              const QonysBox *box, double scale)
{
  double middle_x = (box->min_x + box->max_x) / 2, middle_y = (box->min_y + box->max_y) / 2;
  QonysColor color = palette->note, faint = color;
  QonysBox inner = {box->min_x + 2, box->min_y + 2, box->max_x - 2, box->max_y - 2};

  cairo_save (cr);
  switch (kind) {
  case QONYS_NOTE_CALLOUT:
    inner.max_y -= 3 * scale;
    cairo_move_to (cr, box->min_x + 3, box->max_y);
    cairo_line_to (cr, middle_x, inner.max_y);
    stroke (cr, palette, color, 1.4 * scale, 0);
    rounded_box (cr, &inner, 3 * scale);
    qonys_set_color (cr, palette->panel, 1);
    cairo_fill_preserve (cr);
    stroke (cr, palette, color, 1.4 * scale, 0);
    break;
  case QONYS_NOTE_ARROW:
    cairo_move_to (cr, box->min_x + 2, middle_y);
    cairo_line_to (cr, box->max_x - 2, middle_y);
    stroke (cr, palette, color, LINE_PX * scale, scale);
    head_path (cr, box->min_x, middle_y, box->max_x, middle_y, 0.8 * scale);
    draw_heads (cr, palette, color, 0.8 * scale);
    break;
  case QONYS_NOTE_AREA:
    faint.alpha = 110;
    rounded_box (cr, &inner, 1);
    qonys_fill_pattern (cr, QONYS_PATTERN_CROSSES, box->min_x + 5, middle_y, 7 * scale, faint);
    rounded_box (cr, &inner, 1);
    stroke (cr, palette, color, 1.6 * scale, 0);
    break;
  case QONYS_NOTE_FREEHAND:
    cairo_move_to (cr, box->min_x + 2, box->max_y - 3);
    cairo_curve_to (cr, middle_x, box->min_y - 6, middle_x, box->max_y + 6, box->max_x - 2,
                    box->min_y + 3);
    stroke (cr, palette, color, LINE_PX * scale, scale);
    break;
  case QONYS_NOTE_ITEM:
  case QONYS_NOTE_PIN:
  case QONYS_NOTE_BEFORE_AFTER:
  default:
    cairo_translate (cr, middle_x, box->max_y);
    draw_pin (cr, palette, kind, color, (box->max_y - box->min_y) / (3.2 * PIN_PX));
  }
  cairo_restore (cr);
}

/* ---- picking ---- */

double
qonys_annotation_get_distance (const QonysContent *content, const QonysCamera *camera,
                               const QonysPlacedNote *placed, double px, double py, double scale)
{
  const QonysNoteMark *note = content->notes->pdata[placed->note];
  double least = G_MAXDOUBLE, x, y;

  if (placed->text != NULL && qonys_box_contains (&placed->words, px, py))
    return 0;
  if (note->shape != NULL && note->kind != QONYS_NOTE_CALLOUT && !placed->is_dot) {
    qonys_camera_from_px (camera, px, py, &x, &y);
    least =
        qonys_shape_get_distance (note->shape, x, y) * exp2 (camera->zoom) * QONYS_TILE_SIZE_PX -
        LINE_PX * scale;
  } else {
    double radius = PIN_PX * scale;

    least = hypot (px - placed->px, py - placed->py) - 4 * scale;
    if (!placed->is_dot && note->kind != QONYS_NOTE_CALLOUT)
      least = MIN (least, hypot (px - placed->px, py - placed->py + 2.1 * radius) - radius);
  }
  return MAX (least, 0);
}
