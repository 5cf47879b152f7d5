/* Drawing on the map: one sketch at a time takes keys and pointer from the walk and the pick; wheel
 * and drags that are not its own still move the map. Drawn with the view itself, over its
 * children, whose pictures GTK keeps. */

#include "map/map-view-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define STEP_PX 8
#define LONG_STEP_PX 64
#define CLICK_PX 6
#define EDGE_PX 48 /* as near the cross comes to the view's edge */

static void
changed (QonysMapView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  qonys_sketch_get_message (self->sketch), -1);
  _qonys_map_view_sketch_changed (self);
}

static void
end (QonysMapView *self)
{
  g_clear_pointer (&self->sketch, qonys_sketch_free);
  gtk_widget_set_cursor (GTK_WIDGET (self->data_layer), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  _qonys_map_walk_stop (self); /* says again what the keys do */
  _qonys_map_view_sketch_changed (self);
}

static void
follow (QonysMapView *self, QonysSketchState state)
{
  if (state == QONYS_SKETCH_GOES_ON) {
    changed (self);
  } else if (state == QONYS_SKETCH_GIVEN_UP) {
    end (self);
    _qonys_map_view_sketched (self, NULL);
  } else {
    g_autofree char *wkt = qonys_sketch_to_wkt (self->sketch);

    end (self);
    _qonys_map_view_sketched (self, wkt);
  }
}

/* ---- keys ---- */

/* What is moved by keys stays in view. */
static void
keep_in_view (QonysMapView *self, const QonysCamera *camera)
{
  QonysVertex cursor = qonys_sketch_get_cursor (self->sketch);
  double x, y, in_x, in_y, to_x, to_y;

  qonys_camera_to_px (camera, cursor.x, cursor.y, &x, &y);
  in_x = CLAMP (x, MIN (EDGE_PX, camera->width_px / 2), camera->width_px - EDGE_PX);
  in_y = CLAMP (y, MIN (EDGE_PX, camera->height_px / 2), camera->height_px - EDGE_PX);
  if (in_x == x && in_y == y)
    return;
  qonys_camera_from_px (camera, camera->width_px / 2 + x - in_x, camera->height_px / 2 + y - in_y,
                        &to_x, &to_y);
  qonys_map_view_go_to (self, to_x, to_y, camera->zoom, FALSE);
}

static gboolean
step (QonysMapView *self, guint key, GdkModifierType state)
{
  const struct {
    guint key, keypad;
    int dx, dy;
  } arrows[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0},
                {GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0},
                {GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1},
                {GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1}};
  int px = state & GDK_SHIFT_MASK ? 1 : state & GDK_CONTROL_MASK ? LONG_STEP_PX : STEP_PX;
  QonysCamera camera = qonys_map_view_get_camera (self);

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (key == arrows[i].key || key == arrows[i].keypad) {
      qonys_sketch_set_snapping (self->sketch, self->is_snapping && !(state & GDK_ALT_MASK));
      qonys_sketch_step (self->sketch, &camera, px * arrows[i].dx, px * arrows[i].dy);
      keep_in_view (self, &camera);
      changed (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
key_pressed_cb (QonysMapView *self, guint key, guint code, GdkModifierType state)
{
  const struct {
    guint key;
    QonysSketchKey meaning;
    gboolean is_of_editing;
  } keys[] = {
      {GDK_KEY_space, QONYS_SKETCH_SET, FALSE},
      {GDK_KEY_KP_Space, QONYS_SKETCH_SET, FALSE},
      {GDK_KEY_Return, QONYS_SKETCH_ENTER, FALSE},
      {GDK_KEY_KP_Enter, QONYS_SKETCH_ENTER, FALSE},
      {GDK_KEY_Escape, QONYS_SKETCH_GIVE_UP, FALSE},
      {GDK_KEY_BackSpace, QONYS_SKETCH_TAKE_BACK, FALSE},
      {GDK_KEY_Delete, QONYS_SKETCH_DELETE, FALSE},
      {GDK_KEY_KP_Delete, QONYS_SKETCH_DELETE, FALSE},
      {GDK_KEY_Insert, QONYS_SKETCH_INSERT, TRUE},
      {GDK_KEY_KP_Insert, QONYS_SKETCH_INSERT, TRUE},
      {GDK_KEY_Tab, QONYS_SKETCH_NEXT, TRUE},
      {GDK_KEY_ISO_Left_Tab, QONYS_SKETCH_PREVIOUS, TRUE},
  };
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (self->sketch == NULL)
    return FALSE;
  if (step (self, key, state))
    return TRUE;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) /* the window's */
    return FALSE;
  if (key == GDK_KEY_s || key == GDK_KEY_S) {
    self->is_snapping = !self->is_snapping;
    qonys_sketch_set_snapping (self->sketch, self->is_snapping);
    changed (self);
    return TRUE;
  }
  if (key == GDK_KEY_Tab && (state & GDK_SHIFT_MASK))
    key = GDK_KEY_ISO_Left_Tab;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (key == keys[i].key && (!keys[i].is_of_editing || qonys_sketch_is_editing (self->sketch))) {
      follow (self, qonys_sketch_key (self->sketch, &camera, keys[i].meaning));
      return TRUE;
    }
  return FALSE;
}

/* ---- pointer ---- */

static void
set_snapping_by (QonysMapView *self, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  qonys_sketch_set_snapping (self->sketch, self->is_snapping && !(state & GDK_ALT_MASK));
}

gboolean
_qonys_map_sketch_hover (QonysMapView *self, GtkEventController *controller, double x_px,
                         double y_px)
{
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (self->sketch == NULL)
    return FALSE;
  set_snapping_by (self, controller);
  qonys_sketch_hover (self->sketch, &camera, x_px, y_px);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->data_layer),
                                   qonys_sketch_is_editing (self->sketch) ? "move" : "crosshair");
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

gboolean
_qonys_map_sketch_click (QonysMapView *self, double x_px, double y_px, int n_press)
{
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (self->sketch == NULL)
    return FALSE;
  self->click_time_us = g_get_monotonic_time ();
  follow (self, qonys_sketch_click (self->sketch, &camera, x_px, y_px, n_press));
  return TRUE;
}

/* Does this press follow soon on the last click? */
static gboolean
is_double (QonysMapView *self)
{
  int double_ms;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &double_ms,
                NULL);
  return g_get_monotonic_time () - self->click_time_us < double_ms * 1000;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x_px, double y_px, QonysMapView *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (self->sketch != NULL && qonys_sketch_press (self->sketch, &camera, x_px, y_px)) {
    gtk_widget_grab_focus (GTK_WIDGET (self));
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    changed (self);
  } else if (self->sketch != NULL && is_double (self)) { /* the map would zoom */
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    _qonys_map_sketch_click (self, x_px, y_px, 2);
  } else {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  }
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx_px, double dy_px, QonysMapView *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self);
  double x, y;

  if (self->sketch == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  set_snapping_by (self, GTK_EVENT_CONTROLLER (gesture));
  qonys_sketch_drag (self->sketch, &camera, x + dx_px, y + dy_px);
  changed (self);
}

/* A press that did not move is a click; two of them soon after one another a double one. */
static void
drag_end_cb (GtkGestureDrag *gesture, double dx_px, double dy_px, QonysMapView *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self);
  double x, y;

  if (self->sketch == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (hypot (dx_px, dy_px) > CLICK_PX) {
    follow (self, qonys_sketch_drop (self->sketch, &camera));
    return;
  }
  _qonys_map_sketch_click (self, x, y, is_double (self) ? 2 : 1);
}

/* ---- the view's ---- */

void
_qonys_map_sketch_init (QonysMapView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->is_snapping = TRUE;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
_qonys_map_sketch_snapshot (QonysMapView *self, GtkSnapshot *snapshot)
{
  QonysCamera camera = qonys_map_view_get_camera (self);
  cairo_t *cr;

  if (self->sketch == NULL || camera.width_px <= 0)
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width_px, (float)camera.height_px));
  qonys_paint_sketch (cr, self->sketch, &camera);
  cairo_destroy (cr);
}

gboolean
qonys_map_view_begin_sketch (QonysMapView *self, QonysSketchMode mode, const char *wkt,
                             const char *except)
{
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);
  QonysCamera camera = qonys_map_view_get_camera (self);
  QonysSnaps *snaps;

  g_return_val_if_fail (QONYS_IS_MAP_VIEW (self), FALSE);

  if (content == NULL)
    return FALSE;
  qonys_map_view_cancel_sketch (self);
  snaps = qonys_snaps_new ();
  qonys_snaps_add_districts (snaps, content);
  for (guint i = 0; i < content->notes->len; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];
    const char *shape = qonys_entry_get (
        note->entry, note->kind == QONYS_NOTE_ITEM ? QONYS_ITEM_SHAPE : QONYS_ANNOTATION_SHAPE);

    if (g_strcmp0 (qonys_entry_get_id (note->entry), except) != 0)
      qonys_snaps_add_wkt (snaps, shape);
  }
  _qonys_map_walk_stop (self);
  self->sketch = wkt == NULL ? qonys_sketch_new (mode, snaps, &camera)
                             : qonys_sketch_new_from_wkt (wkt, snaps);
  if (self->sketch == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  changed (self);
  return TRUE;
}

void
qonys_map_view_finish_sketch (QonysMapView *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (self->sketch != NULL)
    follow (self, qonys_sketch_key (self->sketch, &camera, QONYS_SKETCH_FINISH));
}

void
qonys_map_view_cancel_sketch (QonysMapView *self)
{
  if (self->sketch != NULL)
    follow (self, QONYS_SKETCH_GIVEN_UP);
}

const char *
qonys_map_view_get_sketch_message (QonysMapView *self)
{
  return self->sketch == NULL ? NULL : qonys_sketch_get_message (self->sketch);
}
