/* One instance a show. A flight draws three textures moved and scaled, the city's below those of
 * the two views, so that the wall is never empty however fast it goes; what stands beside the map
 * fades over. Where animations are off the next scene is simply there. */

#include "ui/wall-view.h"

#include "draw/flight.h"
#include "draw/slide.h"
#include "ui/why.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FADE_S 0.35
#define LASER_PX 11.0 /* on a wall of 768 lines, as all below */
#define NOTE_PX 18.0

/** What is put on the wall; references. */
typedef struct {
  GdkTexture *whole, *before, *map;
  QonysBox frame;
  QonysCamera camera;
} Put;

struct _QonysWallView {
  GtkWidget parent_instance;

  QonysShow *show;
  Put now, from; /* from: while flying */
  QonysFlight flight;
  gint64 start_us;
  double duration_s;
  guint tick_id; /* 0: at rest */
  gboolean is_mirror, is_drawing, is_splitting;
};

G_DEFINE_FINAL_TYPE (QonysWallView, qonys_wall_view, GTK_TYPE_WIDGET)

/* Of what is drawn, on a wall of any size. */
static double
get_scale (QonysWallView *self)
{
  return qonys_show_get_size (self->show)->height_px / 768.0;
}

/* Widget pixels a pixel of the wall; a mirror has black bars where its shape is another. */
static double
get_factor (QonysWallView *self, double *left, double *top)
{
  const QonysWallSize *size = qonys_show_get_size (self->show);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double factor = 1;

  if (self->is_mirror && size->width_px > 0)
    factor = MIN (width / size->width_px, height / size->height_px);
  *left = self->is_mirror ? (width - factor * size->width_px) / 2 : 0;
  *top = self->is_mirror ? (height - factor * size->height_px) / 2 : 0;
  return factor;
}

static void
to_wall (QonysWallView *self, double *x, double *y)
{
  double left, top, factor = get_factor (self, &left, &top);

  *x = (*x - left) / factor;
  *y = (*y - top) / factor;
}

static void
put_clear (Put *put)
{
  g_clear_object (&put->whole);
  g_clear_object (&put->before);
  g_clear_object (&put->map);
}

static void
put_set (Put *put, const QonysWallPicture *picture)
{
  g_set_object (&put->whole, picture->whole);
  g_set_object (&put->before, picture->before);
  g_set_object (&put->map, picture->map);
  put->frame = picture->frame;
  put->camera = picture->camera;
}

/* ---- flying ---- */

static void
land (QonysWallView *self)
{
  put_clear (&self->from);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static gboolean
tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  QonysWallView *self = QONYS_WALL_VIEW (widget);
  double elapsed_s =
      (double)(gdk_frame_clock_get_frame_time (clock) - self->start_us) / G_USEC_PER_SEC;

  gtk_widget_queue_draw (widget);
  if (elapsed_s < self->duration_s)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  land (self);
  return G_SOURCE_REMOVE;
}

/* From what was put to what is put now. */
static void
take_off (QonysWallView *self)
{
  gboolean is_animated = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &is_animated,
                NULL);
  if (!is_animated || self->from.whole == NULL || self->now.whole == NULL ||
      !gtk_widget_get_mapped (GTK_WIDGET (self))) {
    land (self);
    return;
  }
  self->duration_s = FADE_S;
  if (self->from.map != NULL && self->now.map != NULL) {
    self->flight = qonys_flight_make (&self->from.camera, &self->now.camera);
    self->duration_s = MAX (FADE_S, qonys_flight_get_duration_s (&self->flight));
  }
  self->start_us = g_get_monotonic_time ();
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
}

static void
update (QonysWallView *self)
{
  const QonysWallPicture *picture = qonys_show_get_shown (self->show);

  if (picture != NULL && picture->whole != self->now.whole) {
    Put from = self->now;

    self->now = (Put){0};
    put_set (&self->now, picture);
    put_clear (&self->from);
    self->from = from;
    take_off (self);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- putting ---- */

/** Where a frame is put together. A renderer without a graphics card copies every texture, pixel by
 * pixel, before it paints it (GTK 4.8: 4 ms), and every group once more: for it there is one
 * drawing of all. */
typedef struct {
  GtkSnapshot *snapshot;
  cairo_t *cr; /* NULL: the renderer takes textures */
  gboolean is_flying;
} Canvas;

static void
canvas_begin (Canvas *canvas, QonysWallView *self, float width, float height)
{
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));

  if (GSK_IS_CAIRO_RENDERER (renderer))
    canvas->cr =
        gtk_snapshot_append_cairo (canvas->snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
canvas_end (Canvas *canvas)
{
  g_clear_pointer (&canvas->cr, cairo_destroy);
}

static void
canvas_push_clip (Canvas *canvas, const QonysBox *box)
{
  const double width = box->max_x - box->min_x, height = box->max_y - box->min_y;

  if (canvas->cr == NULL) {
    gtk_snapshot_push_clip (
        canvas->snapshot,
        &GRAPHENE_RECT_INIT ((float)box->min_x, (float)box->min_y, (float)width, (float)height));
    return;
  }
  cairo_save (canvas->cr);
  cairo_rectangle (canvas->cr, box->min_x, box->min_y, width, height);
  cairo_clip (canvas->cr);
}

/* All but @hole, which something else will hide. */
static void
canvas_push_clip_around (Canvas *canvas, const QonysBox *wall, const QonysBox *hole)
{
  if (canvas->cr == NULL) {
    canvas_push_clip (canvas, wall);
    return;
  }
  cairo_save (canvas->cr);
  cairo_set_fill_rule (canvas->cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_rectangle (canvas->cr, wall->min_x, wall->min_y, wall->max_x, wall->max_y);
  cairo_rectangle (canvas->cr, hole->min_x, hole->min_y, hole->max_x - hole->min_x,
                   hole->max_y - hole->min_y);
  cairo_clip (canvas->cr);
}

static void
canvas_pop_clip (Canvas *canvas)
{
  if (canvas->cr == NULL)
    gtk_snapshot_pop (canvas->snapshot);
  else
    cairo_restore (canvas->cr);
}

static void
put_surface (Canvas *canvas, cairo_surface_t *surface, const QonysBox *at, double opacity)
{
  cairo_t *cr = canvas->cr;

  cairo_save (cr);
  cairo_translate (cr, at->min_x, at->min_y);
  cairo_scale (cr, (at->max_x - at->min_x) / cairo_image_surface_get_width (surface),
               (at->max_y - at->min_y) / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  if (canvas->is_flying)
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha (cr, opacity);
  cairo_restore (cr);
}

static void
put_texture (Canvas *canvas, GdkTexture *texture, const QonysBox *at, double opacity)
{
  cairo_surface_t *surface = qonys_wall_texture_get_surface (texture);

  if (opacity <= 0)
    return;
  if (canvas->cr != NULL) {
    put_surface (canvas, surface, at, opacity);
    return;
  }
  if (opacity < 1)
    gtk_snapshot_push_opacity (canvas->snapshot, opacity);
  gtk_snapshot_append_texture (canvas->snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float)at->min_x, (float)at->min_y,
                                                    (float)(at->max_x - at->min_x),
                                                    (float)(at->max_y - at->min_y)));
  if (opacity < 1)
    gtk_snapshot_pop (canvas->snapshot);
}

/* Where a map stands that is seen through another camera. */
static QonysBox
place_map (const QonysCamera *shown, const QonysBox *frame, const QonysCamera *camera)
{
  QonysBox box = qonys_camera_get_box (shown), at;

  qonys_camera_to_px (camera, box.min_x, box.min_y, &at.min_x, &at.min_y);
  qonys_camera_to_px (camera, box.max_x, box.max_y, &at.max_x, &at.max_y);
  return (QonysBox){at.min_x + frame->min_x, at.min_y + frame->min_y, at.max_x + frame->min_x,
                    at.max_y + frame->min_y};
}

static gboolean
covers (const QonysBox *at, const QonysBox *frame)
{
  return at->min_x <= frame->min_x && at->min_y <= frame->min_y && at->max_x >= frame->max_x &&
         at->max_y >= frame->max_y;
}

/* From below: the city, the view before, the view now; what the next one hides is left out. */
static void
put_flight (QonysWallView *self, Canvas *canvas, double t)
{
  const QonysWallPicture *overview = qonys_show_get_overview (self->show);
  QonysCamera camera = qonys_flight_get (&self->flight, t * t * (3 - 2 * t));
  const QonysBox *frame = &self->now.frame;
  const QonysBox from = place_map (&self->from.camera, frame, &camera);
  const QonysBox now = place_map (&self->now.camera, frame, &camera);
  double opacity = CLAMP (2 * t - 0.5, 0, 1);
  gboolean is_hidden = opacity >= 1 && covers (&now, frame);

  canvas_push_clip (canvas, frame);
  if (overview != NULL && overview->map != NULL && !is_hidden && !covers (&from, frame)) {
    QonysBox at = place_map (&overview->camera, frame, &camera);

    put_texture (canvas, overview->map, &at, 1);
  }
  if (!is_hidden)
    put_texture (canvas, self->from.map, &from, 1);
  put_texture (canvas, self->now.map, &now, opacity);
  canvas_pop_clip (canvas);
}

static double
get_split_px (QonysWallView *self)
{
  const QonysBox *frame = &self->now.frame;

  return frame->min_x + qonys_show_get_split (self->show) * (frame->max_x - frame->min_x);
}

/* The left part of a before_after is before. */
static void
put_before (QonysWallView *self, Canvas *canvas, const QonysBox *wall)
{
  const QonysBox left = {0, self->now.frame.min_y, get_split_px (self), self->now.frame.max_y};

  canvas_push_clip (canvas, &left);
  put_texture (canvas, self->now.before, wall, 1);
  canvas_pop_clip (canvas);
}

static void
snapshot_split (QonysWallView *self, GtkSnapshot *snapshot, float width, float height)
{
  const QonysBox *frame = &self->now.frame;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_rectangle (cr, frame->min_x, frame->min_y, frame->max_x - frame->min_x,
                   frame->max_y - frame->min_y);
  cairo_clip (cr);
  cairo_translate (cr, frame->min_x, frame->min_y);
  qonys_slide_paint_divider (cr, get_split_px (self) - frame->min_x, frame->max_y - frame->min_y,
                             get_scale (self));
  cairo_destroy (cr);
}

static void
snapshot_drawn (QonysWallView *self, GtkSnapshot *snapshot, float width, float height)
{
  const GPtrArray *strokes = qonys_show_get_strokes (self->show);
  double scale = get_scale (self), asked_x, asked_y;
  gboolean is_asked = qonys_show_get_asked (self->show, &asked_x, &asked_y) &&
                      qonys_show_get_card (self->show) == NULL;
  cairo_t *cr;

  if (self->now.map == NULL || (strokes->len == 0 && !is_asked))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_rectangle (cr, self->now.frame.min_x, self->now.frame.min_y,
                   self->now.frame.max_x - self->now.frame.min_x,
                   self->now.frame.max_y - self->now.frame.min_y);
  cairo_clip (cr);
  cairo_translate (cr, self->now.frame.min_x, self->now.frame.min_y);
  if (is_asked)
    qonys_paint_asked_place (cr, asked_x, asked_y, &self->now.camera, scale);
  for (guint i = 0; i < strokes->len; i++)
    qonys_paint_stroke (cr, strokes->pdata[i], &self->now.camera, scale);
  cairo_destroy (cr);
}

static void
snapshot_spot (QonysWallView *self, GtkSnapshot *snapshot, double x, double y)
{
  float r = (float)(LASER_PX * get_scale (self));
  GskRoundedRect spot;
  const GdkRGBA red = {0.9f, 0.05f, 0.05f, 0.85f}, white = {1, 1, 1, 0.9f};

  gsk_rounded_rect_init_from_rect (
      &spot, &GRAPHENE_RECT_INIT ((float)x - r, (float)y - r, 2 * r, 2 * r), r);
  gtk_snapshot_push_rounded_clip (snapshot, &spot);
  gtk_snapshot_append_color (snapshot, &red, &spot.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &spot, (float[4]){2, 2, 2, 2},
                              (GdkRGBA[4]){white, white, white, white});
}

static void
snapshot_note (QonysWallView *self, GtkSnapshot *snapshot, const char *text, float width,
               float height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_new ();
  const GdkRGBA ground = {0, 0, 0, 0.7f}, ink = {1, 1, 1, 1};
  float size = (float)(NOTE_PX * get_scale (self));
  int text_width, text_height;
  float left;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(0.9 * width * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  left = width - (float)text_width - 2 * size; /* at the left are dates and sources */
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT (left, height - (float)text_height - size,
                                                  width - left, (float)text_height + size));
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (left + size, height - (float)text_height - size / 2));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
}

static void
snapshot_slide (QonysWallView *self, GtkSnapshot *snapshot, float width, float height)
{
  const QonysBox wall = {0, 0, width, height};
  double t = self->tick_id != 0 ? (double)(g_get_monotonic_time () - self->start_us) /
                                      G_USEC_PER_SEC / self->duration_s
                                : 1;
  Canvas canvas = {.snapshot = snapshot, .is_flying = t < 1};
  gboolean is_flight = self->from.map != NULL && self->now.map != NULL && t < 1;
  gboolean is_split = !is_flight && self->now.before != NULL;

  t = CLAMP (t, 0, 1);
  canvas_begin (&canvas, self, width, height);
  canvas_push_clip_around (&canvas, &wall, is_flight ? &self->now.frame : &(QonysBox){0});
  if (self->from.whole != NULL && t < 1)
    put_texture (&canvas, self->from.whole, &wall, 1);
  if (self->now.whole != NULL)
    put_texture (&canvas, self->now.whole, &wall, t);
  canvas_pop_clip (&canvas);
  if (is_flight) {
    put_flight (self, &canvas, t);
    put_texture (&canvas, self->now.whole, &wall, 4 * t - 3); /* the panels upon it */
  } else if (is_split) {
    put_before (self, &canvas, &wall);
  }
  canvas_end (&canvas);
  if (is_split)
    snapshot_split (self, snapshot, width, height);
  if (t >= 1)
    snapshot_drawn (self, snapshot, width, height);
}

/* Why something is not shown, as a slide: the same letters and the same ground. */
static void
snapshot_why (QonysWallView *self, GtkSnapshot *snapshot, float width, float height)
{
  const QonysLanguage language = qonys_language_get ();
  QonysSlideView view = {width, height, qonys_show_get_size (self->show)->is_dark, 0, NULL};
  g_autoptr (QonysSlideContent) slide = qonys_slide_content_new (QONYS_SCENE_IS_CLOSING);
  const char *sentences[QONYS_WHY_N_SENTENCES + 1] = {NULL};
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  for (guint i = 0; i < QONYS_WHY_N_SENTENCES; i++)
    sentences[i] = qonys_why_get_sentence (language, i);
  slide->title = g_strdup (qonys_why_get_question (language));
  slide->text = g_strjoinv ("\n\n", (char **)sentences);
  qonys_paint_slide (cr, slide, &view, NULL);
  cairo_destroy (cr);
}

static void
qonys_wall_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QonysWallView *self = QONYS_WALL_VIEW (widget);
  const QonysWallSize *size = qonys_show_get_size (self->show);
  float width = (float)size->width_px, height = (float)size->height_px;
  double left, top, factor = get_factor (self, &left, &top), x, y;
  const QonysWallPicture *picture = qonys_show_get_shown (self->show);
  QonysBlank blank = qonys_show_get_blank (self->show);
  const GdkRGBA black = {0, 0, 0, 1}, white = {1, 1, 1, 1};

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)left, (float)top));
  gtk_snapshot_scale (snapshot, (float)factor, (float)factor);
  gtk_snapshot_append_color (snapshot, blank == QONYS_BLANK_WHITE ? &white : &black,
                             &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (blank != QONYS_BLANK_NONE)
    return;
  if (qonys_show_is_explaining (self->show)) {
    snapshot_why (self, snapshot, width, height);
    return;
  }
  snapshot_slide (self, snapshot, width, height);
  if (qonys_show_get_laser (self->show, &x, &y))
    snapshot_spot (self, snapshot, x, y);
  if (picture != NULL && picture->error != NULL)
    snapshot_note (self, snapshot,
                   picture->slide != NULL ? _ ("A layer of this scene is missing")
                   : picture->is_kept     ? _ ("An earlier picture: this scene cannot be made now")
                                          : _ ("This scene cannot be made now"),
                   width, height);
}

/* ---- pointer ---- */

static gboolean
is_on_split (QonysWallView *self, double x)
{
  return self->now.before != NULL && fabs (x - get_split_px (self)) < 24 * get_scale (self);
}

static void
drag_begin_cb (QonysWallView *self, double x, double y)
{
  to_wall (self, &x, &y);
  self->is_drawing = qonys_show_get_tool (self->show) != QONYS_TOOL_NONE;
  self->is_splitting = !self->is_drawing && is_on_split (self, x);
  if (self->is_drawing)
    qonys_show_draw (self->show, x, y, TRUE);
}

static void
drag_update_cb (QonysWallView *self, double dx, double dy, GtkGestureDrag *drag)
{
  const QonysBox *frame = &self->now.frame;
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  x += dx;
  y += dy;
  to_wall (self, &x, &y);
  if (self->is_drawing)
    qonys_show_draw (self->show, x, y, FALSE);
  else if (self->is_splitting)
    qonys_show_set_split (self->show, (x - frame->min_x) / (frame->max_x - frame->min_x));
}

static void
drag_end_cb (QonysWallView *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  to_wall (self, &x, &y);
  if (!self->is_drawing && !self->is_splitting && hypot (dx, dy) < 6)
    qonys_show_click (self->show, x, y);
}

static void
motion_cb (QonysWallView *self, double x, double y)
{
  double laser_x, laser_y;
  gboolean has_laser = qonys_show_get_laser (self->show, &laser_x, &laser_y);
  const char *cursor = NULL;

  to_wall (self, &x, &y);
  if (has_laser)
    cursor = "none";
  else if (qonys_show_get_tool (self->show) != QONYS_TOOL_NONE)
    cursor = "crosshair";
  else if (is_on_split (self, x))
    cursor = "col-resize";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
  qonys_show_point_at (self->show, x, y);
}

/* ---- widget ---- */

static void
qonys_wall_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QonysWallView *self = QONYS_WALL_VIEW (widget);
  QonysWallSize size = *qonys_show_get_size (self->show);

  if (self->is_mirror)
    return;
  size.width_px = width;
  size.height_px = height;
  size.scale = gtk_widget_get_scale_factor (widget);
  qonys_show_set_size (self->show, &size);
}

static void
qonys_wall_view_dispose (GObject *object)
{
  QonysWallView *self = QONYS_WALL_VIEW (object);

  land (self);
  put_clear (&self->now);
  g_clear_object (&self->show);
  G_OBJECT_CLASS (qonys_wall_view_parent_class)->dispose (object);
}

static void
qonys_wall_view_class_init (QonysWallViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qonys_wall_view_dispose;
  widget_class->snapshot = qonys_wall_view_snapshot;
  widget_class->size_allocate = qonys_wall_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
qonys_wall_view_init (QonysWallView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
qonys_wall_view_new (QonysShow *show, gboolean is_mirror)
{
  QonysWallView *self = g_object_new (QONYS_TYPE_WALL_VIEW, NULL);

  self->show = g_object_ref (show);
  self->is_mirror = is_mirror;
  g_signal_connect_object (show, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (show, "pictures-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

gboolean
qonys_wall_view_is_flying (QonysWallView *self)
{
  g_return_val_if_fail (QONYS_IS_WALL_VIEW (self), FALSE);

  return self->tick_id != 0;
}
