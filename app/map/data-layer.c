/* The one layer that shows data. It holds one picture of the viewport and 15 % around it (about
 * 7 MB on a laptop screen), painted by a worker; a pan inside the margin paints nothing, a zoom
 * shows the old picture scaled until the new one is there. One job is in flight at a time and the
 * newest state wins: a job whose content is out of date is cancelled, one that is merely a little
 * behind the camera is shown and followed by the next, at a pace. Putting the picture costs one
 * snapshot node a frame. No tick callback is kept: on libshumate 1.0 one starves its own layers. */

#include "map/data-layer.h"
#include "geo/mercator.h"
#include <math.h>

#define MARGIN 0.15
#define RING_RADIUS_PX 16
#define PACE_US 50000 /* between pictures while the camera moves */

/* One painting: what is asked of the worker, and afterwards what the picture shows. */
typedef struct {
  QonysContent *content; /* the worker's, which lets go of it first: freeing may be slow */
  QonysAudience audience;
  QonysStyle style;
  QonysCamera camera;
  int scale;
  guint serial;
} Painting;

struct _QonysDataLayer {
  ShumateLayer parent_instance;

  QonysContent *content;
  QonysStyle style;
  guint serial; /* of content and style */

  cairo_surface_t *picture;
  GdkTexture *texture;       /* of the picture, where the renderer wants one */
  Painting *shown;           /* what the picture shows */
  Painting *in_flight;       /* owned by the task */
  GCancellable *cancellable; /* of the task in flight */
  guint update_id;
  gint64 shown_us; /* since when the picture is there */

  double ring_x, ring_y;
  char *ring_label;
};

G_DEFINE_FINAL_TYPE (QonysDataLayer, qonys_data_layer, SHUMATE_TYPE_LAYER)

enum { PAINTED, N_SIGNALS };
static guint signals[N_SIGNALS];

QonysCamera
qonys_data_layer_get_camera (QonysDataLayer *self)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  ShumateLocation *location = SHUMATE_LOCATION (viewport);

  return (QonysCamera){
      .center_x = qonys_mercator_x (shumate_location_get_longitude (location)),
      .center_y = qonys_mercator_y (shumate_location_get_latitude (location)),
      .zoom = shumate_viewport_get_zoom_level (viewport),
      .width_px = gtk_widget_get_width (GTK_WIDGET (self)),
      .height_px = gtk_widget_get_height (GTK_WIDGET (self)),
  };
}

static gboolean
covers (const QonysCamera *outer, const QonysCamera *inner)
{
  QonysBox a = qonys_camera_get_box (outer);
  QonysBox b = qonys_camera_get_box (inner);

  return a.min_x <= b.min_x && a.min_y <= b.min_y && a.max_x >= b.max_x && a.max_y >= b.max_y;
}

static gboolean
is_current (QonysDataLayer *self, const Painting *painting)
{
  QonysCamera camera = qonys_data_layer_get_camera (self);

  return painting != NULL && painting->serial == self->serial &&
         painting->scale == gtk_widget_get_scale_factor (GTK_WIDGET (self)) &&
         fabs (painting->camera.zoom - camera.zoom) < 1e-9 && covers (&painting->camera, &camera);
}

static gboolean
needs_painting (QonysDataLayer *self)
{
  return self->content != NULL && gtk_widget_get_width (GTK_WIDGET (self)) > 0 &&
         gtk_widget_get_height (GTK_WIDGET (self)) > 0 && !is_current (self, self->shown);
}

gboolean
qonys_data_layer_is_settled (QonysDataLayer *self)
{
  return self->content != NULL && self->picture != NULL && self->in_flight == NULL &&
         !needs_painting (self);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Painting *painting = data;
  int width = (int)ceil (painting->camera.width_px * painting->scale);
  int height = (int)ceil (painting->camera.height_px * painting->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  gboolean is_whole;

  cairo_scale (cr, painting->scale, painting->scale);
  is_whole =
      qonys_paint_map (cr, painting->content, &painting->style, &painting->camera, cancellable);
  g_clear_pointer (&painting->content, qonys_content_unref);
  cairo_destroy (cr);
  if (!is_whole)
    g_clear_pointer (&surface, cairo_surface_destroy);
  g_task_return_pointer (task, surface, (GDestroyNotify)cairo_surface_destroy);
}

static void queue_update (QonysDataLayer *self);

/* @picture: (transfer full) (nullable) */
static void
set_picture (QonysDataLayer *self, cairo_surface_t *picture)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = picture;
}

static void
painted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QonysDataLayer *self = QONYS_DATA_LAYER (source);
  cairo_surface_t *picture = g_task_propagate_pointer (G_TASK (result), NULL);
  const Painting *painting = g_task_get_task_data (G_TASK (result));
  gboolean is_shown =
      picture != NULL && self->content != NULL && painting->audience <= self->content->audience;

  self->in_flight = NULL;
  g_clear_object (&self->cancellable);
  if (is_shown) {
    set_picture (self, picture);
    self->shown_us = g_get_monotonic_time ();
    g_clear_pointer (&self->shown, g_free);
    self->shown = g_memdup2 (painting, sizeof *painting);
    gtk_widget_queue_draw (GTK_WIDGET (self));
  } else {
    g_clear_pointer (&picture, cairo_surface_destroy);
  }
  if (needs_painting (self))
    queue_update (self);
  else if (is_shown)
    g_signal_emit (self, signals[PAINTED], 0);
}

/* A job in flight that shows other data, another zoom or another place is worth nothing. */
static gboolean
is_worth_waiting_for (QonysDataLayer *self, const Painting *painting)
{
  QonysCamera camera = qonys_data_layer_get_camera (self);
  QonysBox box = qonys_camera_get_box (&painting->camera);

  return painting->serial == self->serial && fabs (painting->camera.zoom - camera.zoom) < 0.75 &&
         qonys_box_contains (&box, camera.center_x, camera.center_y);
}

static gboolean
update (gpointer data)
{
  QonysDataLayer *self = data;
  g_autoptr (GTask) task = NULL;
  Painting *painting;
  gint64 wait_us = self->shown_us + PACE_US - g_get_monotonic_time ();

  self->update_id = 0;
  if (!needs_painting (self))
    return G_SOURCE_REMOVE;
  if (self->in_flight != NULL) {
    if (!is_worth_waiting_for (self, self->in_flight))
      g_cancellable_cancel (self->cancellable);
    return G_SOURCE_REMOVE;
  }
  if (wait_us > 0 && self->shown != NULL && self->shown->serial == self->serial) {
    self->update_id =
        g_timeout_add_full (G_PRIORITY_HIGH_IDLE, (guint)(wait_us / 1000) + 1, update, self, NULL);
    return G_SOURCE_REMOVE;
  }

  painting = g_new (Painting, 1);
  painting->content = qonys_content_ref (self->content);
  painting->audience = self->content->audience;
  painting->style = self->style;
  painting->camera = qonys_data_layer_get_camera (self);
  painting->style.margin_x_px = ceil (painting->camera.width_px * MARGIN);
  painting->style.margin_y_px = ceil (painting->camera.height_px * MARGIN);
  painting->camera.width_px = round (painting->camera.width_px * (1 + 2 * MARGIN));
  painting->camera.height_px = round (painting->camera.height_px * (1 + 2 * MARGIN));
  painting->scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  painting->serial = self->serial;

  self->in_flight = painting;
  self->cancellable = g_cancellable_new ();
  /* The cancellable is the painter's alone: the task itself always brings back what it has. */
  task = g_task_new (self, self->cancellable, painted_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, update);
  g_task_set_task_data (task, painting, g_free);
  g_task_run_in_thread (task, paint);
  return G_SOURCE_REMOVE;
}

/* Location and zoom notify one after the other: look once, before the next frame. */
static void
queue_update (QonysDataLayer *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update, self, NULL);
}

static void
viewport_changed_cb (QonysDataLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  queue_update (self);
}

static void
snapshot_ring (QonysDataLayer *self, GtkSnapshot *snapshot, const QonysCamera *camera)
{
  const GdkRGBA outer = {1, 1, 1, 1}, inner = {0.10, 0.37, 0.71, 1};
  const float radius = RING_RADIUS_PX;
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), self->ring_label);
  GskRoundedRect ring, bubble;
  double x, y;
  int width, height;
  float left, top;

  qonys_camera_to_px (camera, self->ring_x, self->ring_y, &x, &y);
  gsk_rounded_rect_init_from_rect (
      &ring, &GRAPHENE_RECT_INIT ((float)x - radius, (float)y - radius, 2 * radius, 2 * radius),
      radius);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){5, 5, 5, 5},
                              (GdkRGBA[4]){outer, outer, outer, outer});
  gsk_rounded_rect_shrink (&ring, 1, 1, 1, 1);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){3, 3, 3, 3},
                              (GdkRGBA[4]){inner, inner, inner, inner});

  pango_layout_get_pixel_size (layout, &width, &height);
  left = (float)CLAMP (x - width / 2.0 - 8, 4, MAX (4, camera->width_px - width - 20));
  top = (float)(y + radius + 6);
  if (top + (float)height + 10 > camera->height_px)
    top = (float)(y - radius - 14 - height);
  gsk_rounded_rect_init_from_rect (
      &bubble, &GRAPHENE_RECT_INIT (left, top, (float)width + 16, (float)height + 8), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &bubble);
  gtk_snapshot_append_color (snapshot, &inner, &bubble.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left + 8, top + 4));
  gtk_snapshot_append_layout (snapshot, layout, &outer);
  gtk_snapshot_restore (snapshot);
}

/* A renderer without a graphics card copies a texture, pixel by pixel, each frame (GTK 4.8: 15 ms)
 * before it paints it. */
static void
append_picture (QonysDataLayer *self, GtkSnapshot *snapshot, double x, double y, double scale)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const double width = self->shown->camera.width_px, height = self->shown->camera.height_px;

  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (widget)))) {
    cairo_t *cr = gtk_snapshot_append_cairo (
        snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                       (float)gtk_widget_get_height (widget)));

    cairo_translate (cr, x, y);
    cairo_scale (cr, scale / self->shown->scale, scale / self->shown->scale);
    cairo_set_source_surface (cr, self->picture, 0, 0);
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
    cairo_paint (cr);
    cairo_destroy (cr);
    return;
  }
  if (self->texture == NULL) {
    int width_px = cairo_image_surface_get_width (self->picture);
    int height_px = cairo_image_surface_get_height (self->picture);
    gsize stride = (gsize)cairo_image_surface_get_stride (self->picture);
    g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
        cairo_image_surface_get_data (self->picture), stride * (gsize)height_px,
        (GDestroyNotify)cairo_surface_destroy, cairo_surface_reference (self->picture));

    self->texture = gdk_memory_texture_new (width_px, height_px, GDK_MEMORY_DEFAULT, bytes, stride);
  }
  gtk_snapshot_append_texture (
      snapshot, self->texture,
      &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)(width * scale), (float)(height * scale)));
}

static void
qonys_data_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QonysDataLayer *self = QONYS_DATA_LAYER (widget);
  QonysCamera camera = qonys_data_layer_get_camera (self);

  if (needs_painting (self)) /* another size: nothing else tells */
    queue_update (self);
  if (self->picture != NULL) {
    double scale = exp2 (camera.zoom - self->shown->camera.zoom);
    QonysBox box = qonys_camera_get_box (&self->shown->camera);
    double x, y;

    qonys_camera_to_px (&camera, box.min_x, box.min_y, &x, &y);
    if (fabs (scale - 1) < 1e-9) { /* whole device pixels keep the picture sharp */
      x = round (x * self->shown->scale) / self->shown->scale;
      y = round (y * self->shown->scale) / self->shown->scale;
    }
    append_picture (self, snapshot, x, y, scale);
  }
  if (self->ring_label != NULL)
    snapshot_ring (self, snapshot, &camera);
}

static void
qonys_data_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));

  G_OBJECT_CLASS (qonys_data_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (viewport_changed_cb), object,
                           G_CONNECT_SWAPPED);
  g_signal_connect (object, "notify::scale-factor", G_CALLBACK (queue_update), NULL);
}

static void
qonys_data_layer_dispose (GObject *object)
{
  QonysDataLayer *self = QONYS_DATA_LAYER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->update_id, g_source_remove);
  set_picture (self, NULL);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->content, qonys_content_unref);
  g_clear_pointer (&self->ring_label, g_free);
  G_OBJECT_CLASS (qonys_data_layer_parent_class)->dispose (object);
}

static void
qonys_data_layer_class_init (QonysDataLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_data_layer_constructed;
  object_class->dispose = qonys_data_layer_dispose;
  widget_class->snapshot = qonys_data_layer_snapshot;
  signals[PAINTED] = g_signal_new ("painted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_data_layer_init (QonysDataLayer *self)
{
  self->style = qonys_style_get_default ();
  self->serial = 1;
}

QonysDataLayer *
qonys_data_layer_new (ShumateViewport *viewport)
{
  return g_object_new (QONYS_TYPE_DATA_LAYER, "viewport", viewport, NULL);
}

void
qonys_data_layer_set_content (QonysDataLayer *self, QonysContent *content)
{
  if (content == self->content)
    return;
  if (self->content != NULL && content != NULL && content->audience < self->content->audience) {
    set_picture (self, NULL); /* what fewer may see stays on screen not even for a frame */
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  g_clear_pointer (&self->content, qonys_content_unref);
  if (content != NULL)
    self->content = qonys_content_ref (content);
  else
    set_picture (self, NULL);
  self->serial++;
  viewport_changed_cb (self);
}

QonysContent *
qonys_data_layer_get_content (QonysDataLayer *self)
{
  return self->content;
}

void
qonys_data_layer_set_style (QonysDataLayer *self, const QonysStyle *style)
{
  self->style = *style;
  self->serial++;
  queue_update (self);
}

const QonysStyle *
qonys_data_layer_get_style (QonysDataLayer *self)
{
  return &self->style;
}

void
qonys_data_layer_set_ring (QonysDataLayer *self, double x, double y, const char *label)
{
  self->ring_x = x;
  self->ring_y = y;
  g_free (self->ring_label);
  self->ring_label = g_strdup (label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
