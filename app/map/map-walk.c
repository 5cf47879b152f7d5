/* Walking the marks in view by keyboard: Tab in reading order, Alt+arrows to the nearest one in a
 * direction. A view holds some hundred marks; they are collected anew at each step, 0.1 ms. The
 * mark walked to gets a ring and its name, and the name is what a screen reader reads. */

#include "base/format.h"
#include "map/map-view-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_same (const QonysPick *a, const QonysPick *b)
{
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind) {
  case QONYS_PICK_DISTRICT:
    return a->index == b->index;
  case QONYS_PICK_CELL:
    return a->layer == b->layer && a->index == b->index;
  case QONYS_PICK_MARK:
  case QONYS_PICK_POINT:
    return a->layer == b->layer && a->mark.first_row == b->mark.first_row;
  case QONYS_PICK_ITEM:
  case QONYS_PICK_ANNOTATION:
    return a->index == b->index;
  default:
    return TRUE;
  }
}

/* A marked place, a group of them or an annotation. */
static char *
describe_note (QonysContent *content, const QonysPick *pick)
{
  const QonysNoteMark *note = content->notes->pdata[pick->index];
  g_autofree char *number = qonys_format_int (pick->mark.n_points);

  if (pick->mark.n_points > 1)
    return g_strdup_printf ("%s: %s", _ ("Marked places"), number);
  return g_strdup_printf ("%s: %s", qonys_note_kind_get_title (note->kind),
                          note->text[0] != '\0' ? note->text : note->title);
}

static char *
describe (QonysContent *content, const QonysPick *pick)
{
  const char *layer = qonys_layer_get_title (pick->layer);
  g_autofree char *number = NULL;
  gint64 n;

  if (pick->kind == QONYS_PICK_DISTRICT)
    return g_strdup (qonys_text3_get (
        &g_array_index (content->districts, QonysDistrictMark, pick->index).district->name));
  if (pick->kind == QONYS_PICK_ITEM || pick->kind == QONYS_PICK_ANNOTATION)
    return describe_note (content, pick);
  if (pick->kind == QONYS_PICK_CELL) {
    const QonysCellMark *cell =
        &g_array_index (content->layers[pick->layer].cells, QonysCellMark, pick->index);

    if (cell->state == QONYS_VALUE_SUPPRESSED)
      return g_strdup_printf (_ ("%s: hidden value"), layer);
    n = cell->count;
  } else {
    n = (gint64)pick->mark.weight;
  }
  number = qonys_format_int (n);
  return g_strdup_printf ("%s: %s", layer, number);
}

static void
walk_to (QonysMapView *self, const QonysPick *pick, guint position, guint n)
{
  QonysCamera camera = qonys_map_view_get_camera (self);
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);
  g_autofree char *name = describe (content, pick);
  /* Translators: a mark on the map and its place among those in view */
  g_autofree char *label = g_strdup_printf (_ ("%s, number %u, total %u"), name, position + 1, n);
  double x, y;

  self->walked = *pick;
  self->is_walk_picked = FALSE;
  qonys_data_layer_set_ring (self->data_layer, pick->x, pick->y, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Press Enter to read more"), -1);
  qonys_camera_to_px (&camera, pick->x, pick->y, &x, &y);
  if (x < 24 || y < 24 || x > camera.width_px - 24 || y > camera.height_px - 24)
    qonys_map_view_go_to (self, pick->x, pick->y, camera.zoom, TRUE);
}

static GArray *
collect (QonysMapView *self)
{
  QonysContent *content = qonys_data_layer_get_content (self->data_layer);
  QonysCamera camera = qonys_map_view_get_camera (self);

  if (content == NULL || camera.width_px <= 0)
    return g_array_new (FALSE, FALSE, sizeof (QonysPick));
  return qonys_pick_all (content, qonys_data_layer_get_style (self->data_layer), &camera);
}

gboolean
_qonys_map_walk_step (QonysMapView *self, int by)
{
  g_autoptr (GArray) picks = collect (self);
  int at = by > 0 ? -1 : (int)picks->len;

  for (guint i = 0; self->walked.kind != QONYS_PICK_NONE && i < picks->len; i++)
    if (is_same (&g_array_index (picks, QonysPick, i), &self->walked))
      at = (int)i;
  at += by;
  if (at < 0 || at >= (int)picks->len) {
    _qonys_map_walk_stop (self);
    return FALSE;
  }
  walk_to (self, &g_array_index (picks, QonysPick, at), (guint)at, picks->len);
  return TRUE;
}

void
_qonys_map_walk_stop (QonysMapView *self)
{
  self->walked.kind = QONYS_PICK_NONE;
  qonys_data_layer_set_ring (self->data_layer, 0, 0, NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Map"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _ ("Arrow keys move the map, Tab goes through what is on it, Enter reads it"), -1);
}

/* The nearest mark ahead; what lies aside counts double, so that a row is followed. */
static gboolean
walk_direction (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);
  QonysCamera camera = qonys_map_view_get_camera (self);
  g_autoptr (GArray) picks = collect (self);
  double from_x = camera.width_px / 2, from_y = camera.height_px / 2;
  double best_cost = G_MAXDOUBLE;
  int best = -1, dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  if (self->walked.kind != QONYS_PICK_NONE)
    qonys_camera_to_px (&camera, self->walked.x, self->walked.y, &from_x, &from_y);
  for (guint i = 0; i < picks->len; i++) {
    const QonysPick *pick = &g_array_index (picks, QonysPick, i);
    double x, y, ahead, aside;

    if (is_same (pick, &self->walked))
      continue;
    qonys_camera_to_px (&camera, pick->x, pick->y, &x, &y);
    ahead = (x - from_x) * dx + (y - from_y) * dy;
    aside = fabs ((x - from_x) * dy) + fabs ((y - from_y) * dx);
    if (ahead > 0.5 && ahead + 2 * aside < best_cost) {
      best_cost = ahead + 2 * aside;
      best = (int)i;
    }
  }
  if (best >= 0)
    walk_to (self, &g_array_index (picks, QonysPick, best), (guint)best, picks->len);
  return TRUE;
}

static gboolean
pick_walked (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);

  if (self->walked.kind == QONYS_PICK_NONE)
    return FALSE;
  if (self->is_walk_picked) /* what more can be done with it is the window's */
    return FALSE;
  self->is_walk_picked = TRUE;
  _qonys_map_view_pick (self, &self->walked);
  return TRUE;
}

static gboolean
stop_walk (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapView *self = QONYS_MAP_VIEW (widget);

  if (self->walked.kind == QONYS_PICK_NONE)
    return FALSE;
  _qonys_map_walk_stop (self);
  return TRUE;
}

void
_qonys_map_walk_class_init (GtkWidgetClass *widget_class)
{
  const struct {
    guint key, keypad;
    int dx, dy;
  } arrows[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0},
                {GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0},
                {GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1},
                {GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++) {
    gtk_widget_class_add_binding (widget_class, arrows[i].key, GDK_ALT_MASK, walk_direction, "(ii)",
                                  arrows[i].dx, arrows[i].dy);
    gtk_widget_class_add_binding (widget_class, arrows[i].keypad, GDK_ALT_MASK, walk_direction,
                                  "(ii)", arrows[i].dx, arrows[i].dy);
  }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, pick_walked, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, pick_walked, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, pick_walked, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, stop_walk, NULL);
}
