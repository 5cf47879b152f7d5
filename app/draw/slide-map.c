/* Slides with a map, and the two maps of before and after: the map fills all between head and foot;
 * legend, caption and notes are panels upon it, and the scene's box is fitted into what they leave
 * clear. Of some dozen arrangements the one is taken that leaves it largest. The maps cost what
 * they cost on the screen; all else 10 ms. */

#include "draw/slide-private.h"
#include "geo/mercator.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAP_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 10) /* its smallest numbers are 10 px */
#define BAR_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 10.5)
#define LEGEND_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 11.5)
#define BAR_SHARE 0.26 /* of the map's width */
#define FIT_MARGIN 10.0
#define EDGE 10.0 /* panels off the frame */
#define GAP 8.0   /* and off each other */
#define PAD 8.0   /* words off a panel's edge */
#define PILL_PAD 4.0
#define PILL_SIDE 9.0
#define PANEL_OPACITY 0.9
#define RADIUS 8.0
#define MIN_COLUMN 210.0
#define COLUMN_STEP 32.0
#define MAX_COLUMN_SHARE 0.44
#define MAX_CAPTION_SHARE 0.5 /* of the map's height, where it lies below */
#define MODEL_HEIGHT 66.0     /* two lines of assumptions */
#define DIVIDER_ROOM 7.0      /* names keep off the line between two maps, */
#define GRIP_RADIUS 21.0      /* and off its grip, */
#define GRIP_HEIGHT 0.9       /* which stands near the foot: names have less to give way to */

static gboolean
is_comparison (const QonysSlidePaint *paint)
{
  return paint->slide->kind == QONYS_SCENE_IS_BEFORE_AFTER && paint->slide->before != NULL;
}

static QonysStyle
get_style (const QonysSlidePaint *paint, double text_scale)
{
  QonysStyle style = paint->slide->style;

  style.is_dark = paint->view->is_dark;
  style.text_scale = text_scale;
  return style;
}

/* ---- the panels' words ---- */

static QonysSlideText
make_caption (const QonysSlidePaint *paint)
{
  return (QonysSlideText){_ ("text"),           paint->slide->text,   QONYS_TEXT_PLAIN,
                          QONYS_SLIDE_MIN_TEXT, QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
}

static QonysSlideText
make_model (const QonysSlidePaint *paint)
{
  return (QonysSlideText){_ ("assumptions"),    paint->slide->model_note, QONYS_TEXT_BOLD,
                          QONYS_SLIDE_MIN_TEXT, QONYS_SLIDE_MIN_TEXT,     paint->theme->alarm};
}

/* All of them if two lines hold them. */
static QonysSlideText
make_assumptions (const QonysSlidePaint *paint, double width)
{
  QonysSlideText text = {_ ("assumptions"),    paint->slide->assumptions, QONYS_TEXT_PLAIN,
                         QONYS_SLIDE_MIN_TEXT, QONYS_SLIDE_MIN_TEXT,      paint->theme->ink};
  double size;

  if (text.text != NULL && paint->slide->short_assumptions != NULL &&
      qonys_slide_fit (paint, &text, width, INFINITY, &size) > MODEL_HEIGHT)
    text.text = paint->slide->short_assumptions;
  return text;
}

/* What a side is, in few words. Returns: (transfer full) */
static char *
make_side (const QonysSlidePaint *paint, QonysPanel panel)
{
  gboolean is_before = panel == QONYS_PANEL_BEFORE;
  const char *label = is_before ? paint->slide->before_label : paint->slide->after_label;

  return g_strdup_printf ("%s%s%s", is_before ? _ ("Before") : _ ("After"),
                          label != NULL ? ": " : "", label != NULL ? label : "");
}

static QonysSlideText
make_pill (const QonysSlidePaint *paint, QonysPanel panel, const char *text)
{
  return (QonysSlideText){panel == QONYS_PANEL_BEFORE ? _ ("before") : _ ("after"),
                          text,
                          QONYS_TEXT_BOLD,
                          QONYS_SLIDE_MIN_TEXT,
                          QONYS_SLIDE_MIN_TEXT,
                          paint->theme->ink};
}

static double
measure (const QonysSlidePaint *paint, const QonysSlideText *text, double width)
{
  double size;

  return text->text == NULL || *text->text == '\0'
             ? 0
             : qonys_slide_fit (paint, text, width, INFINITY, &size);
}

static void
measure_pill (const QonysSlidePaint *paint, QonysPanel panel, double max_width, double *width,
              double *height)
{
  g_autofree char *text = make_side (paint, panel);
  g_autoptr (PangoLayout) layout = qonys_text_layout (
      paint->text, text, QONYS_TEXT_BOLD, QONYS_SLIDE_MIN_TEXT, max_width - 4 * PILL_SIDE);
  const QonysSlideText pill = make_pill (paint, panel, text);

  qonys_text_size (layout, width, height);
  *width = ceil (*width) + 1;
  *height = measure (paint, &pill, *width) + 2 * PILL_PAD;
  *width += 4 * PILL_SIDE;
}

/* ---- arrangements ---- */

typedef struct {
  QonysBox panels[QONYS_N_PANELS];
  double right, top, bottom; /* what they take of the frame */
  double fit;                /* 1 and the share of the caption that fits; 0: not the legend */
} Plan;

static double
get_width (const QonysBox *box)
{
  return box->max_x - box->min_x;
}

static double
get_height (const QonysBox *box)
{
  return box->max_y - box->min_y;
}

static void
measure_legend (const QonysSlidePaint *paint, double max_width, double *width, double *height)
{
  QonysStyle style = get_style (paint, LEGEND_TEXT_SCALE);

  qonys_paint_legend_compact (NULL, paint->slide->content, &style, max_width, width, height);
}

/* Before at the left, after at the right. Returns: what they take of the
 * column */
static double
plan_sides (const QonysSlidePaint *paint, const QonysBox *room, double column, Plan *plan)
{
  double width[2], height[2], right;
  gboolean is_beside;

  for (guint i = 0; i < 2; i++)
    measure_pill (paint, QONYS_PANEL_BEFORE + i, (get_width (room) - 2 * GAP) / 2, &width[i],
                  &height[i]);
  plan->panels[QONYS_PANEL_BEFORE] =
      (QonysBox){room->min_x, room->min_y, room->min_x + width[0], room->min_y + height[0]};
  /* Beside the column if both have room there: over what is after. */
  is_beside = width[0] + width[1] + GAP <= get_width (room) - column - GAP;
  right = room->max_x - (is_beside ? column + GAP : 0);
  plan->panels[QONYS_PANEL_AFTER] =
      (QonysBox){right - width[1], room->min_y, right, room->min_y + height[1]};
  plan->top = MAX (height[0], height[1]);
  return is_beside ? 0 : plan->top + GAP;
}

/* What stands in the column below the legend; the rest at the foot of the map. */
typedef enum { BESIDE_NONE, BESIDE_CAPTION, BESIDE_ALL, N_BESIDE } Beside;

/* A column of this width at the right: the legend, and what else is beside the map. */
static void
plan_panels (const QonysSlidePaint *paint, const QonysBox *frame, double column, Beside beside,
             const QonysBox *bar, Plan *plan)
{
  const QonysBox room = {frame->min_x + EDGE, frame->min_y + EDGE, frame->max_x - EDGE,
                         frame->max_y - EDGE};
  double inner = column - 2 * PAD, legend_width = 0, legend_height = 0, top = room.min_y;
  double below_left = bar->max_x + GAP, below_width = room.max_x - below_left, bottom = room.max_y;
  double available, caption_height, caption_left = room.max_x - column, caption_top;
  const QonysSlideText caption = make_caption (paint), model = make_model (paint);
  double model_left = beside == BESIDE_ALL ? caption_left : below_left;
  double model_inner = room.max_x - model_left - 2 * PAD;
  const QonysSlideText assumptions = make_assumptions (paint, model_inner);
  double model_height =
      measure (paint, &model, model_inner) + measure (paint, &assumptions, model_inner);
  gboolean is_below = beside == BESIDE_NONE;

  *plan = (Plan){.fit = 2};
  plan->panels[QONYS_PANEL_BAR] = *bar;
  if (is_comparison (paint))
    top += plan_sides (paint, &room, column, plan);
  if (model_height > 0) {
    bottom -= model_height + 2 * PAD;
    plan->panels[QONYS_PANEL_MODEL] = (QonysBox){model_left, bottom, room.max_x, room.max_y};
    bottom -= GAP;
    if (beside == BESIDE_ALL)
      plan->right = column + EDGE;
  }
  caption_height = measure (paint, &caption, is_below ? below_width - 2 * PAD : inner);
  if (caption_height > 0 && is_below) {
    available = MAX_CAPTION_SHARE * get_height (&room);
    plan->fit = 1 + MIN (1, available / caption_height);
    plan->panels[QONYS_PANEL_CAPTION] = (QonysBox){
        below_left, bottom - MIN (caption_height, available) - 2 * PAD, room.max_x, bottom};
    bottom = plan->panels[QONYS_PANEL_CAPTION].min_y - GAP;
  }
  if (bottom < room.max_y && beside != BESIDE_ALL)
    plan->bottom = frame->max_y - bottom - GAP;
  measure_legend (paint, inner, &legend_width, &legend_height);
  if (legend_height > 0) {
    double end = MIN (top + legend_height + 2 * PAD, bottom);

    if (end < top + legend_height + 2 * PAD - 1 || legend_width > inner + 1)
      plan->fit = 0;
    plan->panels[QONYS_PANEL_LEGEND] =
        (QonysBox){room.max_x - column, top, room.max_x, MAX (end, top + 1)};
    plan->right = column + EDGE;
  }
  if (caption_height > 0 && !is_below) {
    caption_top = legend_height > 0 ? plan->panels[QONYS_PANEL_LEGEND].max_y + GAP : top;
    available = MAX (bottom - caption_top - 2 * PAD, QONYS_SLIDE_MIN_TEXT);
    plan->fit = MIN (plan->fit, 1 + MIN (1, available / caption_height));
    caption_height = MIN (caption_height, available);
    caption_top = bottom - caption_height - 2 * PAD; /* at the foot of its column */
    plan->panels[QONYS_PANEL_CAPTION] = (QonysBox){caption_left, caption_top, caption_left + column,
                                                   caption_top + caption_height + 2 * PAD};
    plan->right = column + EDGE;
  }
}

/* The camera that shows the scene's box in what a plan leaves clear; px. */
static QonysCamera
fit (const QonysSlidePaint *paint, const QonysBox *frame_px, const Plan *plan)
{
  double unit = paint->unit_px, width = get_width (frame_px), height = get_height (frame_px);
  QonysCamera camera =
      qonys_camera_fit (&paint->slide->box, MAX (width - (plan->right) * unit, 1),
                        MAX (height - (plan->top + plan->bottom) * unit, 1), FIT_MARGIN * unit);
  double px_per_unit;

  if (paint->slide->audience != QONYS_AUDIENCE_OFFICIAL)
    camera.zoom = MIN (camera.zoom, QONYS_PUBLIC_MAX_ZOOM);
  px_per_unit = QONYS_TILE_SIZE_PX * exp2 (camera.zoom);
  camera.center_x += (plan->right) * unit / 2 / px_per_unit;
  camera.center_y += (plan->bottom - plan->top) * unit / 2 / px_per_unit;
  camera.width_px = width;
  camera.height_px = height;
  return camera;
}

/* ---- the map ---- */

static void
measure_bar (const QonysSlidePaint *paint, const QonysCamera *camera, double *width_px,
             double *height_px)
{
  QonysStyle style = get_style (paint, BAR_TEXT_SCALE * paint->unit_px);

  qonys_paint_scale_bar (NULL, camera, &style, BAR_SHARE * camera->width_px, width_px, height_px);
}

void
qonys_slide_find_frame (QonysSlidePaint *paint, QonysBox *frame, QonysCamera *camera)
{
  double unit = paint->unit_px;
  double edge = paint->slide->audience == QONYS_AUDIENCE_PUBLIC ? 0 : QONYS_SLIDE_BORDER;
  double width_px = paint->view->width_px, bar_width, bar_height;
  Plan best = {.fit = 0};
  QonysBox units, bar;
  gboolean has_best = FALSE;

  *frame = (QonysBox){round (edge * unit), round (paint->top * unit),
                      width_px - round (edge * unit), round (paint->bottom * unit)};
  frame->max_x = MAX (frame->max_x, frame->min_x + 1);
  frame->max_y = MAX (frame->max_y, frame->min_y + 1);
  units = (QonysBox){frame->min_x / unit, frame->min_y / unit, frame->max_x / unit,
                     frame->max_y / unit};
  *camera = fit (paint, frame, &best);
  measure_bar (paint, camera, &bar_width, &bar_height);
  bar = (QonysBox){units.min_x + EDGE, units.max_y - EDGE - bar_height / unit,
                   units.min_x + EDGE + BAR_SHARE * get_width (&units), units.max_y - EDGE};
  for (double column = MIN_COLUMN; column <= MAX_COLUMN_SHARE * get_width (&units);
       column += COLUMN_STEP)
    for (Beside beside = 0; beside < N_BESIDE; beside++) {
      QonysCamera fitted;
      Plan plan;

      plan_panels (paint, &units, column, beside, &bar, &plan);
      fitted = fit (paint, frame, &plan);
      if (has_best && (plan.fit < best.fit - 1e-9 ||
                       (plan.fit < best.fit + 1e-9 && fitted.zoom <= camera->zoom + 1e-9)))
        continue;
      best = plan;
      has_best = TRUE;
      *camera = fitted;
    }
  if (paint->view->camera != NULL) {
    camera->center_x = paint->view->camera->center_x;
    camera->center_y = paint->view->camera->center_y;
    camera->zoom = paint->view->camera->zoom;
    if (paint->slide->audience != QONYS_AUDIENCE_OFFICIAL)
      camera->zoom = MIN (camera->zoom, QONYS_PUBLIC_MAX_ZOOM);
  }
  measure_bar (paint, camera, &bar_width, &bar_height);
  best.panels[QONYS_PANEL_BAR].max_x = bar.min_x + bar_width / unit;
  memcpy (paint->panels, best.panels, sizeof best.panels);
  paint->clear = (QonysBox){frame->min_x, frame->min_y + best.top * unit,
                            frame->max_x - best.right * unit, frame->max_y - best.bottom * unit};
}

QonysLabels *
qonys_slide_labels_new (const QonysSlidePaint *paint, const QonysBox *frame,
                        const QonysCamera *camera)
{
  QonysLabels *labels = qonys_labels_new (get_width (frame), get_height (frame));
  double unit = paint->unit_px;

  for (guint i = 0; i < QONYS_N_PANELS; i++) {
    const QonysBox *box = &paint->panels[i];

    if (get_width (box) > 0)
      qonys_labels_hide (labels, box->min_x * unit - frame->min_x, box->min_y * unit - frame->min_y,
                         get_width (box) * unit, get_height (box) * unit);
  }
  if (is_comparison (paint)) { /* where the line is at first: names do not move with it */
    double x = qonys_slide_get_middle (paint->slide, camera) * camera->width_px;
    double y = GRIP_HEIGHT * camera->height_px;
    double room = DIVIDER_ROOM * unit, grip = GRIP_RADIUS * unit;

    qonys_labels_block (labels, x - room, 0, 2 * room, camera->height_px);
    qonys_labels_block (labels, x - grip, y - grip, 2 * grip, 2 * grip);
  }
  return labels;
}

void
qonys_slide_paint_divider (cairo_t *cr, double x, double height_px, double unit_px)
{
  static const QonysColor edge = {0, 0, 0, 255}, core = {255, 255, 255, 255};
  double middle = round (GRIP_HEIGHT * height_px);

  for (guint pass = 0; pass < 2; pass++) {
    cairo_move_to (cr, x, 0);
    cairo_line_to (cr, x, height_px);
    qonys_set_color (cr, pass == 0 ? edge : core, 1);
    cairo_set_line_width (cr, (pass == 0 ? 7 : 4) * unit_px);
    cairo_stroke (cr);
    cairo_arc (cr, x, middle, (GRIP_RADIUS - 2 * pass) * unit_px, 0, 2 * G_PI);
    cairo_fill (cr);
  }
  for (int side = -1; side <= 1; side += 2) {
    cairo_move_to (cr, x + side * 14 * unit_px, middle);
    cairo_line_to (cr, x + side * 4 * unit_px, middle - 8 * unit_px);
    cairo_line_to (cr, x + side * 4 * unit_px, middle + 8 * unit_px);
    cairo_close_path (cr);
    qonys_set_color (cr, edge, 1);
    cairo_fill (cr);
  }
}

double
qonys_slide_get_middle (const QonysSlideContent *slide, const QonysCamera *camera)
{
  double x, y;

  if (qonys_box_is_empty (&slide->box))
    return 0.5;
  qonys_camera_to_px (camera, (slide->box.min_x + slide->box.max_x) / 2,
                      (slide->box.min_y + slide->box.max_y) / 2, &x, &y);
  return CLAMP (x / camera->width_px, 0.1, 0.9);
}

static gboolean
paint_part (const QonysSlidePaint *paint, const QonysContent *content, const QonysBox *frame,
            const QonysCamera *camera, double from, double to)
{
  QonysStyle style = get_style (paint, MAP_TEXT_SCALE * paint->unit_px);
  g_autoptr (QonysLabels) labels = NULL;
  gboolean is_done;

  if (to <= from)
    return TRUE;
  labels = qonys_slide_labels_new (paint, frame, camera);
  cairo_save (paint->cr);
  cairo_rectangle (paint->cr, from, 0, to - from, camera->height_px);
  cairo_clip (paint->cr);
  is_done = qonys_paint_map_among (paint->cr, content, &style, camera, labels,
                                   is_comparison (paint), paint->cancellable);
  cairo_restore (paint->cr);
  return is_done;
}

static void
paint_bar (const QonysSlidePaint *paint, const QonysBox *frame, const QonysCamera *camera)
{
  QonysStyle style = get_style (paint, BAR_TEXT_SCALE * paint->unit_px);
  const QonysBox *box = &paint->panels[QONYS_PANEL_BAR];

  cairo_save (paint->cr);
  cairo_translate (paint->cr, box->min_x * paint->unit_px - frame->min_x,
                   box->min_y * paint->unit_px - frame->min_y);
  qonys_paint_scale_bar (paint->cr, camera, &style, BAR_SHARE * camera->width_px, NULL, NULL);
  cairo_restore (paint->cr);
}

/* ---- painting the panels ---- */

static gboolean
paint_ground (const QonysSlidePaint *paint, QonysPanel panel, double radius)
{
  const QonysBox *box = &paint->panels[panel];
  cairo_t *cr = paint->cr;

  if (get_width (box) <= 0)
    return FALSE;
  if (cr == NULL)
    return TRUE;
  cairo_new_sub_path (cr);
  cairo_arc (cr, box->max_x - radius, box->min_y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, box->max_x - radius, box->max_y - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, box->min_x + radius, box->max_y - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, box->min_x + radius, box->min_y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  qonys_set_color (cr, paint->theme->ground, PANEL_OPACITY);
  cairo_fill_preserve (cr);
  qonys_set_color (cr, paint->theme->rule, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  return TRUE;
}

static void
paint_legend (QonysSlidePaint *paint)
{
  const QonysBox *box = &paint->panels[QONYS_PANEL_LEGEND];
  QonysStyle style = get_style (paint, LEGEND_TEXT_SCALE);
  double inner = get_width (box) - 2 * PAD, width, height;

  if (!paint_ground (paint, QONYS_PANEL_LEGEND, RADIUS))
    return;
  paint->smallest = MIN (paint->smallest, QONYS_SLIDE_MIN_TEXT);
  measure_legend (paint, inner, &width, &height);
  if (height > get_height (box) - 2 * PAD + 1 || width > inner + 2)
    qonys_slide_note_cut (paint, _ ("legend"));
  if (paint->cr == NULL)
    return;
  cairo_save (paint->cr);
  cairo_rectangle (paint->cr, box->min_x, box->min_y, get_width (box), get_height (box));
  cairo_clip (paint->cr);
  cairo_translate (paint->cr, box->min_x + PAD, box->min_y + PAD);
  qonys_paint_legend_compact (paint->cr, paint->slide->content, &style, inner, NULL, NULL);
  cairo_restore (paint->cr);
}

static void
paint_panels (QonysSlidePaint *paint)
{
  const QonysBox *caption = &paint->panels[QONYS_PANEL_CAPTION];
  const QonysBox *model = &paint->panels[QONYS_PANEL_MODEL];

  paint_legend (paint);
  if (paint_ground (paint, QONYS_PANEL_CAPTION, RADIUS)) {
    const QonysSlideText text = make_caption (paint);

    qonys_slide_put (paint, &text, caption->min_x + PAD, caption->min_y + PAD,
                     get_width (caption) - 2 * PAD, get_height (caption) - 2 * PAD);
  }
  if (paint_ground (paint, QONYS_PANEL_MODEL, RADIUS)) {
    double width = get_width (model) - 2 * PAD, y = model->min_y + PAD;
    const QonysSlideText note = make_model (paint), rest = make_assumptions (paint, width);

    y += qonys_slide_put (paint, &note, model->min_x + PAD, y, width, get_height (model));
    qonys_slide_put (paint, &rest, model->min_x + PAD, y, width, get_height (model));
  }
  for (QonysPanel panel = QONYS_PANEL_BEFORE; panel <= QONYS_PANEL_AFTER; panel++) {
    const QonysBox *box = &paint->panels[panel];
    g_autofree char *label = make_side (paint, panel);
    const QonysSlideText text = make_pill (paint, panel, label);

    if (paint_ground (paint, panel, MIN (get_height (box) / 2, 20)))
      qonys_slide_put (paint, &text, box->min_x + 2 * PILL_SIDE, box->min_y + PILL_PAD,
                       get_width (box) - 4 * PILL_SIDE, 100);
  }
}

gboolean
qonys_slide_paint_map (QonysSlidePaint *paint)
{
  cairo_t *cr = paint->cr;
  QonysCamera camera;
  QonysBox frame;
  gboolean is_done;

  if (paint->slide->content == NULL)
    return TRUE;
  qonys_slide_find_frame (paint, &frame, &camera);
  if (cr == NULL) {
    paint_panels (paint);
    return TRUE;
  }
  /* In whole pixels: pictures of marks and dots are made for them. */
  cairo_save (cr);
  cairo_scale (cr, 1 / paint->unit_px, 1 / paint->unit_px);
  cairo_translate (cr, frame.min_x, frame.min_y);
  if (is_comparison (paint)) {
    double split = paint->view->split < 0 ? qonys_slide_get_middle (paint->slide, &camera)
                                          : paint->view->split;
    double edge = round (CLAMP (split, 0, 1) * camera.width_px);

    is_done = paint_part (paint, paint->slide->before, &frame, &camera, 0, edge) &&
              paint_part (paint, paint->slide->content, &frame, &camera, edge, camera.width_px);
    if (edge > 0 && edge < camera.width_px)
      qonys_slide_paint_divider (cr, edge, camera.height_px, paint->unit_px);
  } else {
    is_done = paint_part (paint, paint->slide->content, &frame, &camera, 0, camera.width_px);
  }
  paint_bar (paint, &frame, &camera);
  cairo_restore (cr);
  paint_panels (paint);
  return is_done;
}
