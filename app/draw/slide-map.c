/* Slides with a map, and the two maps of before and after: frame, legend beside it, caption below.
 * The maps cost what they cost on the screen; all else 3 ms. */

#include "draw/slide-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAP_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 10) /* its smallest numbers are 10 px */
#define BAR_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 10.5)
#define LEGEND_TEXT_SCALE (QONYS_SLIDE_MIN_TEXT / 11.5)
#define FIT_MARGIN 14.0

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

/* ---- what stands around the map ---- */

/* What the sides are, left and right above the map. */
static void
put_sides (QonysSlidePaint *paint)
{
  const QonysSlideContent *slide = paint->slide;
  double gap = 30, width = (paint->right - paint->left - gap) / 2;
  g_autofree char *before =
      g_strdup_printf ("◀ %s%s%s", _ ("Before"), slide->before_label != NULL ? ": " : "",
                       slide->before_label != NULL ? slide->before_label : "");
  g_autofree char *after =
      g_strdup_printf ("%s ▶%s%s", _ ("After"), slide->after_label != NULL ? " " : "",
                       slide->after_label != NULL ? slide->after_label : "");
  const QonysSlideText left = {_ ("before"),         before,           QONYS_TEXT_BOLD, 26,
                               QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
  const QonysSlideText right = {_ ("after"),      after, QONYS_TEXT_BOLD, 26, QONYS_SLIDE_MIN_TEXT,
                                paint->theme->ink};
  double height = qonys_slide_put (paint, &left, paint->left, paint->top, width, 132);

  height = MAX (height,
                qonys_slide_put (paint, &right, paint->left + width + gap, paint->top, width, 132));
  paint->top += height + 8;
}

/* From the bottom up: caption, assumptions, the line that it is a model. */
static void
put_below (QonysSlidePaint *paint)
{
  const QonysSlideContent *slide = paint->slide;
  double width = paint->right - paint->left, room = paint->bottom - paint->top;
  const QonysSlideText texts[] = {
      {_ ("text"), slide->text, QONYS_TEXT_PLAIN, 28, QONYS_SLIDE_MIN_TEXT, paint->theme->ink},
      {_ ("assumptions"), slide->assumptions, QONYS_TEXT_PLAIN, QONYS_SLIDE_MIN_TEXT,
       QONYS_SLIDE_MIN_TEXT, paint->theme->ink},
      {_ ("text"), slide->model_note, QONYS_TEXT_BOLD, 26, QONYS_SLIDE_MIN_TEXT,
       paint->theme->alarm},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    double size, height;

    if (texts[i].text == NULL || *texts[i].text == '\0')
      continue;
    height = qonys_slide_fit (paint, &texts[i], width, 0.24 * room, &size);
    qonys_slide_put (paint, &texts[i], paint->left, paint->bottom - height, width, height);
    paint->bottom -= height + 6;
  }
  paint->bottom -= QONYS_SLIDE_GAP - 6;
}

static void
put_legend (QonysSlidePaint *paint)
{
  QonysStyle style = get_style (paint, LEGEND_TEXT_SCALE);
  double width = CLAMP (0.27 * (paint->right - paint->left), 270, 350), needed_width, needed;
  double height = paint->bottom - paint->top;

  qonys_paint_legend_compact (NULL, paint->slide->content, &style, width, &needed_width, &needed);
  if (needed <= 0)
    return;
  paint->smallest = MIN (paint->smallest, QONYS_SLIDE_MIN_TEXT);
  if (needed > height + 0.5 || needed_width > width + 2)
    qonys_slide_note_cut (paint, _ ("legend"));
  width = MIN (width, needed_width);
  if (paint->cr != NULL) {
    cairo_save (paint->cr);
    cairo_rectangle (paint->cr, paint->right - width - 2, paint->top, width + 4, height);
    cairo_clip (paint->cr);
    cairo_translate (paint->cr, paint->right - width, paint->top);
    qonys_paint_legend_compact (paint->cr, paint->slide->content, &style, width, NULL, NULL);
    cairo_restore (paint->cr);
  }
  paint->right -= width + 18;
}

/* ---- the map ---- */

void
qonys_slide_find_frame (QonysSlidePaint *paint, QonysBox *frame, QonysCamera *camera)
{
  double unit = paint->unit_px;

  if (is_comparison (paint))
    put_sides (paint);
  put_below (paint);
  put_legend (paint);
  *frame = (QonysBox){round (paint->left * unit), round (paint->top * unit),
                      round (paint->right * unit), round (paint->bottom * unit)};
  frame->max_x = MAX (frame->max_x, frame->min_x + 1);
  frame->max_y = MAX (frame->max_y, frame->min_y + 1);
  *camera = qonys_camera_fit (&paint->slide->box, frame->max_x - frame->min_x,
                              frame->max_y - frame->min_y, FIT_MARGIN * unit);
  if (paint->view->camera != NULL) {
    camera->center_x = paint->view->camera->center_x;
    camera->center_y = paint->view->camera->center_y;
    camera->zoom = paint->view->camera->zoom;
  }
  if (paint->slide->audience != QONYS_AUDIENCE_OFFICIAL)
    camera->zoom = MIN (camera->zoom, QONYS_PUBLIC_MAX_ZOOM);
}

/* A line with a grip where the two meet. */
static void
paint_divider (cairo_t *cr, double x, double height, double unit)
{
  static const QonysColor edge = {0, 0, 0, 255}, core = {255, 255, 255, 255};

  for (guint pass = 0; pass < 2; pass++) {
    cairo_move_to (cr, x, 0);
    cairo_line_to (cr, x, height);
    qonys_set_color (cr, pass == 0 ? edge : core, 1);
    cairo_set_line_width (cr, (pass == 0 ? 7 : 4) * unit);
    cairo_stroke (cr);
    cairo_arc (cr, x, height / 2, (pass == 0 ? 21 : 19) * unit, 0, 2 * G_PI);
    cairo_fill (cr);
  }
  for (int side = -1; side <= 1; side += 2) {
    cairo_move_to (cr, x + side * 14 * unit, height / 2);
    cairo_line_to (cr, x + side * 4 * unit, height / 2 - 8 * unit);
    cairo_line_to (cr, x + side * 4 * unit, height / 2 + 8 * unit);
    cairo_close_path (cr);
    qonys_set_color (cr, edge, 1);
    cairo_fill (cr);
  }
}

static gboolean
paint_part (const QonysSlidePaint *paint, const QonysContent *content, const QonysCamera *camera,
            double from, double to)
{
  QonysStyle style = get_style (paint, MAP_TEXT_SCALE * paint->unit_px);
  gboolean is_done;

  if (to <= from)
    return TRUE;
  cairo_save (paint->cr);
  cairo_rectangle (paint->cr, from, 0, to - from, camera->height_px);
  cairo_clip (paint->cr);
  is_done = qonys_paint_map (paint->cr, content, &style, camera, paint->cancellable);
  cairo_restore (paint->cr);
  return is_done;
}

static void
paint_bar (const QonysSlidePaint *paint, const QonysCamera *camera)
{
  double unit = paint->unit_px, height;
  QonysStyle style = get_style (paint, BAR_TEXT_SCALE * unit);

  qonys_paint_scale_bar (NULL, camera, &style, 0.5 * camera->width_px, NULL, &height);
  cairo_save (paint->cr);
  cairo_translate (paint->cr, 8 * unit, camera->height_px - height - 8 * unit);
  qonys_paint_scale_bar (paint->cr, camera, &style, 0.5 * camera->width_px, NULL, NULL);
  cairo_restore (paint->cr);
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
  if (cr == NULL)
    return TRUE;
  /* In whole pixels: pictures of marks and dots are made for them. */
  cairo_save (cr);
  cairo_scale (cr, 1 / paint->unit_px, 1 / paint->unit_px);
  cairo_translate (cr, frame.min_x, frame.min_y);
  if (is_comparison (paint)) {
    double edge = round (CLAMP (paint->view->split, 0, 1) * camera.width_px);

    is_done = paint_part (paint, paint->slide->before, &camera, 0, edge) &&
              paint_part (paint, paint->slide->content, &camera, edge, camera.width_px);
    if (edge > 0 && edge < camera.width_px)
      paint_divider (cr, edge, camera.height_px, paint->unit_px);
  } else {
    is_done = paint_part (paint, paint->slide->content, &camera, 0, camera.width_px);
  }
  paint_bar (paint, &camera);
  cairo_rectangle (cr, 0, 0, camera.width_px, camera.height_px);
  qonys_set_color (cr, paint->theme->rule, 1);
  cairo_set_line_width (cr, 1.5 * paint->unit_px);
  cairo_stroke (cr);
  cairo_restore (cr);
  return is_done;
}
