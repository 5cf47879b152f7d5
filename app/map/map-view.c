/* The map of the window: one Shumate map with the data layer and, where wanted, a tile layer below
 * it. Holds no data of its own; converts between the painter's camera (mercator unit square) and
 * Shumate's degrees. One instance a window. */

#include "geo/mercator.h"
#include "map/map-view-private.h"
#include "map/tile-map.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MIN_ZOOM 8
#define PICK_RADIUS_PX 14
#define FIT_MARGIN_PX 28
#define FLY_MS 450
#define PAN_STEP_PX 64

G_DEFINE_FINAL_TYPE (QonysMapView, qonys_map_view, GTK_TYPE_WIDGET)

enum { PICKED, VIEW_CHANGED, PAINTED, RESIZED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
painted_cb (QonysMapView *self)
{
  g_signal_emit (self, signals[PAINTED], 0);
}

/* However far one drags, the middle of the window stays over the city and its surroundings: the
 * map is never blank. */
static void
viewport_changed_cb (QonysMapView *self)
{
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);

  if (content != NULL) {
    QonysCamera camera = qonys_map_view_get_camera (self);
    QonysBox box = qonys_districts_get_box (qonys_project_get_districts (content->project));

    if (!qonys_box_is_empty (&box) && !qonys_box_contains (&box, camera.center_x, camera.center_y))
      shumate_location_set_location (
          SHUMATE_LOCATION (self->viewport),
          qonys_mercator_lat_deg (CLAMP (camera.center_y, box.min_y, box.max_y)),
          qonys_mercator_lon_deg (CLAMP (camera.center_x, box.min_x, box.max_x)));
  }
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static QonysPick
pick_at (QonysMapView *self, double x, double y)
{
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (content == NULL || camera.width_px <= 0)
    return (QonysPick){.kind = QONYS_PICK_NONE};
  return qonys_pick (content, qonys_data_layer_get_style (self->data_layer), &camera, x, y,
                     PICK_RADIUS_PX);
}

void
_qonys_map_view_pick (QonysMapView *self, const QonysPick *pick)
{
  g_signal_emit (self, signals[PICKED], 0, pick);
}

static void
pressed_cb (QonysMapView *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->press_x = x;
  self->press_y = y;
}

static void
released_cb (QonysMapView *self, int n_press, double x, double y)
{
  QonysPick pick;

  if (n_press != 1 || hypot (x - self->press_x, y - self->press_y) > 6)
    return; /* a drag, or the second of a double click, which zooms */
  _qonys_map_walk_stop (self);
  pick = pick_at (self, x, y);
  _qonys_map_view_pick (self, &pick);
}

static void
motion_cb (QonysMapView *self, double x, double y)
{
  QonysPick pick = pick_at (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->data_layer),
                                   pick.kind == QONYS_PICK_NONE ? NULL : "pointer");
}

static gboolean
pan (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);
  QonysCamera camera = qonys_map_view_get_camera (self);
  int dx, dy;
  double x, y;

  g_variant_get (args, "(ii)", &dx, &dy);
  qonys_camera_from_px (&camera, camera.width_px / 2 + dx * PAN_STEP_PX,
                        camera.height_px / 2 + dy * PAN_STEP_PX, &x, &y);
  qonys_map_view_go_to (self, x, y, camera.zoom, FALSE);
  return TRUE;
}

static gboolean
zoom_by_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  qonys_map_view_zoom (QONYS_MAP_VIEW (widget), g_variant_get_double (args));
  return TRUE;
}

static gboolean
go_home (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);

  if (content != NULL) {
    QonysBox box = qonys_districts_get_main_box (qonys_project_get_districts (content->project));

    qonys_map_view_show_box (self, &box, TRUE);
  }
  return TRUE;
}

/* Tab first comes to the map itself, then goes through its marks, then on. */
static gboolean
qonys_map_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);

  if (!gtk_widget_is_focus (widget)) {
    gtk_widget_grab_focus (widget);
    return TRUE;
  }
  if (direction == GTK_DIR_TAB_FORWARD)
    return _qonys_map_walk_step (self, 1);
  if (direction == GTK_DIR_TAB_BACKWARD && self->walked.kind != QONYS_PICK_NONE)
    return _qonys_map_walk_step (self, -1);
  return FALSE;
}

static void
fly (QonysMapView *self, double x, double y, double zoom, gboolean is_animated)
{
  double lat_deg = qonys_mercator_lat_deg (y), lon_deg = qonys_mercator_lon_deg (x);

  zoom = CLAMP (zoom, MIN_ZOOM, self->max_zoom);
  shumate_map_stop_go_to (self->map);
  if (is_animated && gtk_widget_get_mapped (GTK_WIDGET (self))) {
    shumate_map_go_to_full_with_duration (self->map, lat_deg, lon_deg, zoom, FLY_MS);
  } else {
    shumate_viewport_set_zoom_level (self->viewport, zoom);
    shumate_location_set_location (SHUMATE_LOCATION (self->viewport), lat_deg, lon_deg);
  }
}

static void
qonys_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->map), width, height, baseline, NULL);
  g_signal_emit (self, signals[RESIZED], 0, width);
  if (!qonys_box_is_empty (&self->pending_box) && width > 1 && height > 1) {
    QonysBox box = self->pending_box;

    self->pending_box = qonys_box_empty ();
    qonys_map_view_show_box (self, &box, FALSE);
  }
}

static void
qonys_map_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 200;
  *natural = 600;
}

static void
qonys_map_view_dispose (GObject *object)
{
  QonysMapView *self = QONYS_MAP_VIEW (object);

  if (self->map != NULL) {
    g_signal_handlers_disconnect_by_data (self->viewport, self);
    shumate_map_stop_go_to (self->map);
    gtk_widget_unparent (GTK_WIDGET (self->map));
    self->map = NULL;
  }
  g_clear_object (&self->tile_client);
  G_OBJECT_CLASS (qonys_map_view_parent_class)->dispose (object);
}

static void
qonys_map_view_class_init (QonysMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const struct {
    guint key, keypad;
    int dx, dy;
  } arrows[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0},
                {GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0},
                {GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1},
                {GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1}};
  const guint zoom_in[] = {GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add};
  const guint zoom_out[] = {GDK_KEY_minus, GDK_KEY_underscore, GDK_KEY_KP_Subtract};

  G_OBJECT_CLASS (klass)->dispose = qonys_map_view_dispose;
  widget_class->focus = qonys_map_view_focus;
  widget_class->size_allocate = qonys_map_view_size_allocate;
  widget_class->measure = qonys_map_view_measure;
  gtk_widget_class_set_css_name (widget_class, "qonysmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++) {
    gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, pan, "(ii)", arrows[i].dx,
                                  arrows[i].dy);
    gtk_widget_class_add_binding (widget_class, arrows[i].keypad, 0, pan, "(ii)", arrows[i].dx,
                                  arrows[i].dy);
  }
  for (guint i = 0; i < G_N_ELEMENTS (zoom_in); i++) {
    gtk_widget_class_add_binding (widget_class, zoom_in[i], 0, zoom_by_key, "d", 0.5);
    gtk_widget_class_add_binding (widget_class, zoom_out[i], 0, zoom_by_key, "d", -0.5);
  }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, go_home, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, go_home, NULL);
  _qonys_map_walk_class_init (widget_class);

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PAINTED] = g_signal_new ("painted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

/* Shumate turns the map with two fingers; the painter does not, and north is up on every sheet. */
static void
lock_rotation (ShumateMap *map)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (map));

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

    if (GTK_IS_GESTURE_ROTATE (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}

static void
qonys_map_view_init (QonysMapView *self)
{
  g_autoptr (QonysTileMap) projection = qonys_tile_map_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->max_zoom = QONYS_PUBLIC_MAX_ZOOM;
  self->pending_box = qonys_box_empty ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->map = shumate_map_new ();
  self->viewport = shumate_map_get_viewport (self->map);
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self->map), FALSE);
  lock_rotation (self->map);
  shumate_viewport_set_reference_map_source (self->viewport, SHUMATE_MAP_SOURCE (projection));
  shumate_viewport_set_min_zoom_level (self->viewport, MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (self->viewport, (guint)self->max_zoom);
  self->data_layer = qonys_data_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->data_layer));
  /* Astana, until there is something to show. */
  shumate_viewport_set_zoom_level (self->viewport, 10.5);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), 51.14, 71.43);

  g_signal_connect_object (self->data_layer, "painted", G_CALLBACK (painted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->viewport, "notify::latitude", G_CALLBACK (viewport_changed_cb),
                            self);
  g_signal_connect_swapped (self->viewport, "notify::zoom-level", G_CALLBACK (viewport_changed_cb),
                            self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  _qonys_map_walk_stop (self);
}

GtkWidget *
qonys_map_view_new (void)
{
  return g_object_new (QONYS_TYPE_MAP_VIEW, NULL);
}

void
qonys_map_view_set_content (QonysMapView *self, QonysContent *content)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  if (content == qonys_data_layer_get_content (self->data_layer))
    return;
  qonys_data_layer_set_content (self->data_layer, content);
  _qonys_map_walk_stop (self);
}

void
qonys_map_view_set_style (QonysMapView *self, const QonysStyle *style)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  qonys_data_layer_set_style (self->data_layer, style);
}

const QonysStyle *
qonys_map_view_get_style (QonysMapView *self)
{
  g_return_val_if_fail (QONYS_IS_MAP_VIEW (self), NULL);

  return qonys_data_layer_get_style (self->data_layer);
}

void
qonys_map_view_set_tiles (QonysMapView *self, QonysTileClient *client)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  if (client == self->tile_client)
    return;
  g_set_object (&self->tile_client, client);
  if (self->tile_layer != NULL) {
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (self->tile_layer));
    self->tile_layer = NULL;
  }
  if (client != NULL) {
    g_autoptr (QonysTileMap) source = qonys_tile_map_new (client);

    self->tile_layer = shumate_map_layer_new (SHUMATE_MAP_SOURCE (source), self->viewport);
    shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->tile_layer),
                                     SHUMATE_LAYER (self->data_layer));
  }
}

QonysCamera
qonys_map_view_get_camera (QonysMapView *self)
{
  return qonys_data_layer_get_camera (self->data_layer);
}

/* A narrow window has no room to give away. */
static double
get_padding_px (QonysMapView *self, int width_px)
{
  double padding_px = self->left_px + self->right_px;

  return padding_px < width_px / 2 ? padding_px : 0;
}

QonysBox
qonys_map_view_get_box (QonysMapView *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self);
  double padding_px = get_padding_px (self, (int)camera.width_px);
  double unit = QONYS_TILE_SIZE_PX * exp2 (camera.zoom);
  double half_x = MAX (camera.width_px - padding_px - 2 * FIT_MARGIN_PX, 1) / 2 / unit;
  double half_y = MAX (camera.height_px - 2 * FIT_MARGIN_PX, 1) / 2 / unit;

  if (padding_px > 0)
    camera.center_x += (self->left_px - self->right_px) / 2 / unit;
  return (QonysBox){camera.center_x - half_x, camera.center_y - half_y, camera.center_x + half_x,
                    camera.center_y + half_y};
}

void
qonys_map_view_show_box (QonysMapView *self, const QonysBox *box, gboolean is_animated)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  QonysCamera camera;
  double padding_px;

  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  if (qonys_box_is_empty (box))
    return;
  if (width <= 1 || height <= 1) {
    self->pending_box = *box;
    return;
  }
  padding_px = get_padding_px (self, width);
  camera = qonys_camera_fit (box, width - padding_px, height, FIT_MARGIN_PX);
  camera.zoom = CLAMP (camera.zoom, MIN_ZOOM, self->max_zoom);
  if (padding_px > 0)
    camera.center_x -=
        (self->left_px - self->right_px) / 2 / (QONYS_TILE_SIZE_PX * exp2 (camera.zoom));
  fly (self, camera.center_x, camera.center_y, camera.zoom, is_animated);
}

void
qonys_map_view_set_padding (QonysMapView *self, double left_px, double right_px)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  self->left_px = left_px;
  self->right_px = right_px;
}

void
qonys_map_view_go_to (QonysMapView *self, double x, double y, double zoom, gboolean is_animated)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  self->pending_box = qonys_box_empty ();
  fly (self, x, y, zoom, is_animated);
}

void
qonys_map_view_zoom (QonysMapView *self, double levels)
{
  QonysCamera camera = qonys_map_view_get_camera (self);

  fly (self, camera.center_x, camera.center_y, camera.zoom + levels, TRUE);
}

void
qonys_map_view_set_max_zoom (QonysMapView *self, double zoom)
{
  g_return_if_fail (QONYS_IS_MAP_VIEW (self));

  self->max_zoom = zoom;
  shumate_viewport_set_max_zoom_level (self->viewport, (guint)zoom);
}

gboolean
qonys_map_view_is_settled (QonysMapView *self)
{
  g_return_val_if_fail (QONYS_IS_MAP_VIEW (self), FALSE);

  return qonys_data_layer_is_settled (self->data_layer);
}
