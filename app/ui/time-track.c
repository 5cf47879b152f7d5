/* Up to a few hundred bars and three sliders; drawn anew when the window moves, 0.1 ms. */

#include "ui/time-track.h"
#include "base/format.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define HANDLE_WIDTH_PX 14
#define CHART_HEIGHT_PX 34
#define LABEL_HEIGHT_PX 16
#define HATCH_PX 5.0

typedef enum { PART_WINDOW, PART_FROM, PART_TO, N_PARTS } Part; /* the handles lie on top */

struct _QonysTimeTrack {
  GtkWidget parent_instance;

  GtkWidget *parts[N_PARTS];
  GArray *bins; /* element-type QonysBin */
  guint first, end, steps_a_year;
  gboolean is_cumulative;

  Part dragged;
  guint drag_first, drag_end; /* the window when the drag began */
  double drag_x;
};

G_DEFINE_FINAL_TYPE (QonysTimeTrack, qonys_time_track, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- where what is ---- */

static double
get_x (QonysTimeTrack *self, guint step)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - HANDLE_WIDTH_PX;

  return HANDLE_WIDTH_PX / 2.0 + (self->bins->len == 0 ? 0 : width * step / self->bins->len);
}

static int
get_step (QonysTimeTrack *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - HANDLE_WIDTH_PX;

  return width <= 0 ? 0 : (int)lround ((x - HANDLE_WIDTH_PX / 2.0) * self->bins->len / width);
}

static const QonysBin *
get_bin (QonysTimeTrack *self, guint i)
{
  return &g_array_index (self->bins, QonysBin, i);
}

QonysPeriod
qonys_time_track_get_period (QonysTimeTrack *self)
{
  if (self->bins->len == 0)
    return QONYS_PERIOD_OPEN;
  return (QonysPeriod){self->is_cumulative ? QONYS_DAY_MISSING
                                           : get_bin (self, self->first)->period.from,
                       get_bin (self, self->end - 1)->period.to};
}

/* ---- what a screen reader says ---- */

/* "quarter I of 2023: 12" */
static char *
describe (QonysTimeTrack *self, const QonysPeriod *period, guint first, guint end)
{
  g_autofree char *time = qonys_period_format (period), *number = NULL;
  gint64 n = QONYS_BIG_MISSING;

  for (guint i = first; i < end; i++)
    if (get_bin (self, i)->n != QONYS_BIG_MISSING)
      n = MAX (n, 0) + MAX (get_bin (self, i)->n, 0);
  if (n == QONYS_BIG_MISSING)
    return g_strdup_printf (_ ("%s: no data"), time);
  number = qonys_format_int (n);
  return g_strdup_printf ("%s: %s", time, number);
}

static void
say (QonysTimeTrack *self, Part part, guint value, const QonysPeriod *period)
{
  g_autofree char *text = describe (self, period, self->is_cumulative ? 0 : self->first, self->end);

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->parts[part]), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)self->bins->len, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
      (double)value, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
update (QonysTimeTrack *self)
{
  QonysPeriod period = qonys_time_track_get_period (self);
  gboolean has_bins = self->bins->len > 0;

  gtk_widget_set_visible (self->parts[PART_FROM], has_bins && !self->is_cumulative);
  gtk_widget_set_visible (self->parts[PART_WINDOW], has_bins && !self->is_cumulative);
  gtk_widget_set_visible (self->parts[PART_TO], has_bins);
  if (has_bins) {
    say (self, PART_FROM, self->first, &period);
    say (self, PART_WINDOW, self->first, &period);
    say (self, PART_TO, self->end, &period);
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- moving ---- */

static void
move_to (QonysTimeTrack *self, Part part, int first, int end)
{
  int n = (int)self->bins->len, width = (int)(self->end - self->first);
  guint old_first = self->first, old_end = self->end;

  if (n == 0)
    return;
  switch (part) {
  case PART_FROM:
    self->first = CLAMP (first, 0, (int)self->end - 1);
    break;
  case PART_TO:
    self->end = CLAMP (end, self->is_cumulative ? 1 : (int)self->first + 1, n);
    if (self->is_cumulative)
      self->first = MIN (self->first, self->end - 1);
    break;
  default:
    self->first = CLAMP (first, 0, n - width);
    self->end = self->first + width;
  }
  if (self->first == old_first && self->end == old_end)
    return;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        QonysTimeTrack *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = (int)self->bins->len, by;
  Part part = PART_WINDOW;

  while (self->parts[part] != widget)
    part++;
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    by = is_mirrored ? 1 : -1;
    break;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    by = is_mirrored ? -1 : 1;
    break;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    by = -(int)self->steps_a_year;
    break;
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    by = (int)self->steps_a_year;
    break;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
    by = -n;
    break;
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
    by = n;
    break;
  default:
    return FALSE;
  }
  move_to (self, part, (int)self->first + by, (int)self->end + by);
  return TRUE;
}

static void
drag_begin_cb (QonysTimeTrack *self, double x, double y)
{
  double from_x = get_x (self, self->first), to_x = get_x (self, self->end);
  double to_from = ABS (x - from_x), to_to = ABS (x - to_x);

  if (self->bins->len == 0)
    return;
  self->drag_x = x;
  self->drag_first = self->first;
  self->drag_end = self->end;
  if (self->is_cumulative || (to_to <= HANDLE_WIDTH_PX && to_to <= to_from) || x > to_x)
    self->dragged = PART_TO;
  else if (to_from <= HANDLE_WIDTH_PX || x < from_x)
    self->dragged = PART_FROM;
  else
    self->dragged = PART_WINDOW;
  gtk_widget_grab_focus (self->parts[self->dragged]);
  if (self->dragged != PART_WINDOW) /* the handle comes to where the track is pressed */
    move_to (self, self->dragged, get_step (self, x), get_step (self, x));
}

static void
drag_update_cb (QonysTimeTrack *self, double dx, double dy)
{
  int step = get_step (self, self->drag_x + dx);
  int moved = step - get_step (self, self->drag_x);

  if (self->dragged == PART_WINDOW)
    move_to (self, PART_WINDOW, (int)self->drag_first + moved, (int)self->drag_end + moved);
  else
    move_to (self, self->dragged, step, step);
}

/* ---- drawing ---- */

static void
add_bar (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_rectangle (cr, x, y, MAX (width - (width > 4 ? 1 : 0), 0.5), height);
}

/* Nothing is known: hatched; known and hidden: dotted. Never as low as zero. */
static void
draw_pattern (cairo_t *cr, double x, double width, gboolean is_hidden)
{
  cairo_save (cr);
  add_bar (cr, x, 0, width, CHART_HEIGHT_PX);
  cairo_clip (cr);
  if (is_hidden)
    for (double py = HATCH_PX / 2; py < CHART_HEIGHT_PX; py += HATCH_PX)
      for (double px = floor (x / HATCH_PX) * HATCH_PX; px < x + width; px += HATCH_PX)
        cairo_rectangle (cr, px, py, 1.5, 1.5);
  else
    for (double px = floor ((x - CHART_HEIGHT_PX) / HATCH_PX) * HATCH_PX; px < x + width;
         px += HATCH_PX) {
      cairo_move_to (cr, px, CHART_HEIGHT_PX);
      cairo_line_to (cr, px + CHART_HEIGHT_PX, 0);
    }
  cairo_set_line_width (cr, 1);
  if (is_hidden)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_year (QonysTimeTrack *self, cairo_t *cr, double x, int year)
{
  g_autofree char *text = g_strdup_printf ("%d", year);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  cairo_rectangle (cr, floor (x), CHART_HEIGHT_PX, 1, LABEL_HEIGHT_PX - 3);
  cairo_fill (cr);
  cairo_move_to (cr, floor (x) + 4, CHART_HEIGHT_PX);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_bins (QonysTimeTrack *self, cairo_t *cr, const GdkRGBA *ink, const GdkRGBA *accent)
{
  gint64 most = 1;

  for (guint i = 0; i < self->bins->len; i++)
    most = MAX (most, get_bin (self, i)->n);
  for (guint i = 0; i < self->bins->len; i++) {
    const QonysBin *bin = get_bin (self, i);
    double x = get_x (self, i), width = get_x (self, i + 1) - x;
    gboolean is_in = i < self->end && (self->is_cumulative || i >= self->first);
    GdkRGBA color = is_in ? *accent : *ink;

    color.alpha *= is_in ? 1 : 0.4f;
    gdk_cairo_set_source_rgba (cr, &color);
    if (bin->n < 0) {
      draw_pattern (cr, x, width, bin->n != QONYS_BIG_MISSING);
    } else {
      double height = bin->n == 0 ? 1.5 : MAX (CHART_HEIGHT_PX * (double)bin->n / (double)most, 3);

      add_bar (cr, x, CHART_HEIGHT_PX - height, width, height);
      cairo_fill (cr);
    }
  }
}

/* As many years as have room. */
static void
draw_years (QonysTimeTrack *self, cairo_t *cr, const GdkRGBA *ink)
{
  double behind = 0;

  gdk_cairo_set_source_rgba (cr, ink);
  for (guint i = 0; i < self->bins->len; i++) {
    double x = get_x (self, i);
    int year, before;

    qonys_day_get_ymd (get_bin (self, i)->period.to - 1, &year, NULL, NULL);
    qonys_day_get_ymd (get_bin (self, i)->period.from - 1, &before, NULL, NULL);
    if ((i > 0 && year == before) || x < behind ||
        x + 30 > gtk_widget_get_width (GTK_WIDGET (self)))
      continue;
    draw_year (self, cr, x, year);
    behind = x + 44;
  }
}

static void
qonys_time_track_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QonysTimeTrack *self = QONYS_TIME_TRACK (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA ink, accent, shade;
  cairo_t *cr;

  gtk_style_context_get_color (context, &ink);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = ink;
  if (self->bins->len > 0) {
    double begin = get_x (self, self->is_cumulative ? 0 : self->first);

    cr = gtk_snapshot_append_cairo (snapshot, &bounds);
    shade = accent;
    shade.alpha = 0.16f;
    gdk_cairo_set_source_rgba (cr, &shade);
    cairo_rectangle (cr, begin, 0, get_x (self, self->end) - begin, CHART_HEIGHT_PX);
    cairo_fill (cr);
    draw_bins (self, cr, &ink, &accent);
    ink.alpha *= 0.75f;
    draw_years (self, cr, &ink);
    cairo_destroy (cr);
  }
  for (guint part = 0; part < N_PARTS; part++)
    gtk_widget_snapshot_child (widget, self->parts[part], snapshot);
}

/* ---- the widget ---- */

static void
qonys_time_track_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  QonysTimeTrack *self = QONYS_TIME_TRACK (widget);

  *minimum = *natural =
      orientation == GTK_ORIENTATION_VERTICAL ? CHART_HEIGHT_PX + LABEL_HEIGHT_PX : 160;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = 400;
  for (guint part = 0; part < N_PARTS; part++)
    gtk_widget_measure (self->parts[part], orientation, -1, NULL, NULL, NULL, NULL);
}

static void
allocate_part (QonysTimeTrack *self, Part part, double x, double width)
{
  GtkAllocation place = {(int)floor (x), 0, MAX ((int)width, 1), CHART_HEIGHT_PX};

  if (gtk_widget_should_layout (self->parts[part]))
    gtk_widget_size_allocate (self->parts[part], &place, -1);
}

static void
qonys_time_track_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QonysTimeTrack *self = QONYS_TIME_TRACK (widget);
  double from_x = get_x (self, self->first), to_x = get_x (self, self->end);

  allocate_part (self, PART_FROM, from_x - HANDLE_WIDTH_PX / 2.0, HANDLE_WIDTH_PX);
  allocate_part (self, PART_TO, to_x - HANDLE_WIDTH_PX / 2.0, HANDLE_WIDTH_PX);
  allocate_part (self, PART_WINDOW, from_x, to_x - from_x);
}

static gboolean
qonys_time_track_grab_focus (GtkWidget *widget)
{
  QonysTimeTrack *self = QONYS_TIME_TRACK (widget);

  return gtk_widget_grab_focus (self->parts[self->is_cumulative ? PART_TO : PART_WINDOW]);
}

static void
qonys_time_track_dispose (GObject *object)
{
  QonysTimeTrack *self = QONYS_TIME_TRACK (object);

  for (guint part = 0; part < N_PARTS; part++)
    g_clear_pointer (&self->parts[part], gtk_widget_unparent);
  g_clear_pointer (&self->bins, g_array_unref);
  G_OBJECT_CLASS (qonys_time_track_parent_class)->dispose (object);
}

static void
qonys_time_track_class_init (QonysTimeTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qonys_time_track_dispose;
  widget_class->grab_focus = qonys_time_track_grab_focus;
  widget_class->measure = qonys_time_track_measure;
  widget_class->size_allocate = qonys_time_track_size_allocate;
  widget_class->snapshot = qonys_time_track_snapshot;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
qonys_time_track_init (QonysTimeTrack *self)
{
  const char *const names[N_PARTS] = {_ ("Period shown"), _ ("Beginning of the period"),
                                      _ ("End of the period")};
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->bins = g_array_new (FALSE, FALSE, sizeof (QonysBin));
  self->steps_a_year = 12;
  for (guint part = 0; part < N_PARTS; part++) {
    GtkWidget *widget =
        g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_SLIDER,
                      "focusable", TRUE, "can-target", FALSE, "visible", FALSE, NULL);
    GtkEventController *keys = gtk_event_controller_key_new ();

    gtk_widget_add_css_class (widget,
                              part == PART_WINDOW ? "qonys-time-window" : "qonys-time-handle");
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    names[part], -1);
    g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
    gtk_widget_add_controller (widget, keys);
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
    self->parts[part] = widget;
  }
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
qonys_time_track_set_bins (QonysTimeTrack *self, const GArray *bins, guint steps_a_year)
{
  g_array_set_size (self->bins, 0);
  g_array_append_vals (self->bins, bins->data, bins->len);
  self->steps_a_year = steps_a_year;
  self->first = 0;
  self->end = bins->len;
  update (self);
}

void
qonys_time_track_set_cumulative (QonysTimeTrack *self, gboolean is_cumulative)
{
  self->is_cumulative = is_cumulative;
  update (self);
}

void
qonys_time_track_set_window (QonysTimeTrack *self, guint first, guint end)
{
  if (self->bins->len == 0)
    return;
  self->first = MIN (first, self->bins->len - 1);
  self->end = CLAMP (end, self->first + 1, self->bins->len);
  update (self);
}

void
qonys_time_track_get_window (QonysTimeTrack *self, guint *first, guint *end)
{
  *first = self->first;
  *end = self->end;
}

guint
qonys_time_track_get_n (QonysTimeTrack *self)
{
  return self->bins->len;
}
