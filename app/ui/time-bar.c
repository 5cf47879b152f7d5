/* One below the map. What is shown is the session's; the bar knows steps, mode and rate. Playing
 * goes by a timer, but never past a picture that is not painted yet. */

#include "ui/time-bar.h"
#include "ui/time-track.h"
#include <glib/gi18n-lib.h>
#include <math.h>

struct _QonysTimeBar {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkButton *play_button;
  GtkLabel *label;
  GtkDropDown *mode_drop, *step_drop;
  GtkSpinButton *rate_spin;
  GtkPopover *options;
  QonysTimeTrack *track;

  /* Owned */
  QonysSession *session;
  QonysMapView *view;
  gboolean is_open, is_updating;
  guint play_id;
};

G_DEFINE_FINAL_TYPE (QonysTimeBar, qonys_time_bar, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, PROP_VIEW, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* In the order of the step list. */
static const QonysStep STEPS[] = {QONYS_STEP_MONTH, QONYS_STEP_QUARTER, QONYS_STEP_WEEK};

static gboolean
is_cumulative (QonysTimeBar *self)
{
  return gtk_drop_down_get_selected (self->mode_drop) == 1;
}

static QonysStep
get_step (QonysTimeBar *self)
{
  guint selected = MIN (gtk_drop_down_get_selected (self->step_drop), G_N_ELEMENTS (STEPS) - 1);
  QonysRelease *release = qonys_session_get_release (self->session);

  return release != NULL ? qonys_release_limit_step (release, STEPS[selected]) : STEPS[selected];
}

/* ---- what the bar says ---- */

static void
update_label (QonysTimeBar *self)
{
  QonysRelease *release = qonys_session_get_release (self->session);
  QonysPeriod period;
  g_autofree char *text = NULL, *shown = NULL;

  if (release == NULL)
    return;
  period = qonys_release_get_period (release);
  text = qonys_period_format (&period);
  if (qonys_time_track_get_n (self->track) == 0)
    shown = g_strdup (_ ("None of what is shown here is divided by time"));
  else if (qonys_period_is_open (&period) ||
           qonys_release_get_audience (release) == QONYS_AUDIENCE_OFFICIAL)
    shown = g_strdup (text);
  else
    shown = g_strdup_printf (_ ("%s · whole quarters"), text);
  gtk_label_set_text (self->label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), shown);
}

static void
update_play_button (QonysTimeBar *self)
{
  const char *text = self->play_id == 0 ? _ ("Play (Space)") : _ ("Pause (Space)");

  gtk_button_set_icon_name (self->play_button, self->play_id == 0
                                                   ? "media-playback-start-symbolic"
                                                   : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->play_id == 0 ? _ ("Play") : _ ("Pause"), -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->play_button),
                            qonys_time_track_get_n (self->track) > 1);
}

/* The window on the track that is the session's period. */
static void
place_window (QonysTimeBar *self, const GArray *bins)
{
  QonysPeriod period = qonys_session_get_period (self->session);
  guint first = 0, end = bins->len;

  if (qonys_period_is_open (&period))
    return;
  while (first + 1 < bins->len && period.from != QONYS_DAY_MISSING &&
         g_array_index (bins, QonysBin, first).period.to <= period.from)
    first++;
  while (end > first + 1 && period.to != QONYS_DAY_MISSING &&
         g_array_index (bins, QonysBin, end - 1).period.from >= period.to)
    end--;
  qonys_time_track_set_window (self->track, first, end);
}

static void
update (QonysTimeBar *self)
{
  QonysRelease *release = qonys_session_get_release (self->session);
  g_autoptr (GArray) bins = NULL;
  QonysStep step = get_step (self);

  if (!self->is_open || release == NULL)
    return;
  bins = qonys_release_get_timeline (release, qonys_session_get_style (self->session), step);
  self->is_updating = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->step_drop),
                            qonys_release_limit_step (release, QONYS_STEP_MONTH) ==
                                QONYS_STEP_MONTH);
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (STEPS[i] == step)
      gtk_drop_down_set_selected (self->step_drop, i);
  self->is_updating = FALSE;
  qonys_time_track_set_bins (self->track, bins,
                             step == QONYS_STEP_MONTH     ? 12
                             : step == QONYS_STEP_QUARTER ? 4
                                                          : 52);
  qonys_time_track_set_cumulative (self->track, is_cumulative (self));
  place_window (self, bins);
  update_label (self);
  update_play_button (self);
}

static void
changed_cb (QonysTimeBar *self, guint changes)
{
  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_STYLE))
    update (self);
}

/* ---- playing ---- */

static void
stop (QonysTimeBar *self)
{
  g_clear_handle_id (&self->play_id, g_source_remove);
  update_play_button (self);
}

static void
show_window (QonysTimeBar *self)
{
  QonysPeriod period = qonys_time_track_get_period (self->track);

  qonys_session_set_period (self->session, &period);
}

/* One step on. Returns: FALSE at the end */
static gboolean
step_on (QonysTimeBar *self)
{
  guint first, end;

  qonys_time_track_get_window (self->track, &first, &end);
  if (end >= qonys_time_track_get_n (self->track))
    return FALSE;
  qonys_time_track_set_window (self->track, is_cumulative (self) ? 0 : first + 1, end + 1);
  show_window (self);
  return TRUE;
}

/* A picture that is late is waited for: none is left out. */
static gboolean
play_cb (gpointer data)
{
  QonysTimeBar *self = data;

  if (!qonys_map_view_is_settled (self->view))
    return G_SOURCE_CONTINUE;
  if (step_on (self))
    return G_SOURCE_CONTINUE;
  self->play_id = 0;
  update_play_button (self);
  return G_SOURCE_REMOVE;
}

static void
start (QonysTimeBar *self)
{
  guint first, end, n = qonys_time_track_get_n (self->track);

  if (n < 2)
    return;
  qonys_time_track_get_window (self->track, &first, &end);
  if (end == n) { /* from the beginning, with as wide a window unless it is all */
    qonys_time_track_set_window (self->track, 0,
                                 is_cumulative (self) || end - first == n ? 1 : end - first);
    show_window (self);
  }
  self->play_id = g_timeout_add ((guint)lround (1000 / gtk_spin_button_get_value (self->rate_spin)),
                                 play_cb, self);
  update_play_button (self);
}

static void
toggle_play (QonysTimeBar *self)
{
  if (self->play_id != 0)
    stop (self);
  else
    start (self);
}

static gboolean
play_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  toggle_play (QONYS_TIME_BAR (widget));
  return TRUE;
}

static void
rate_changed_cb (QonysTimeBar *self)
{
  if (self->play_id == 0)
    return;
  g_source_remove (self->play_id);
  self->play_id = g_timeout_add ((guint)lround (1000 / gtk_spin_button_get_value (self->rate_spin)),
                                 play_cb, self);
}

/* ---- choosing ---- */

static void
track_changed_cb (QonysTimeBar *self)
{
  if (self->play_id != 0)
    stop (self);
  show_window (self);
}

static void
choices_changed_cb (QonysTimeBar *self)
{
  QonysPeriod period;

  if (self->is_updating || !self->is_open)
    return;
  stop (self);
  update (self);
  period = qonys_session_get_period (self->session);
  if (!qonys_period_is_open (&period))
    show_window (self);
}

static void
all_dates_cb (QonysTimeBar *self)
{
  stop (self);
  gtk_popover_popdown (self->options);
  qonys_session_set_period (self->session, NULL);
}

static void
close_options_cb (QonysTimeBar *self)
{
  gtk_popover_popdown (self->options);
}

void
qonys_time_bar_set_open (QonysTimeBar *self, gboolean is_open)
{
  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  gtk_widget_set_visible (GTK_WIDGET (self), is_open);
  if (is_open) {
    update (self);
    gtk_widget_grab_focus (GTK_WIDGET (self->track));
    return;
  }
  stop (self);
  qonys_session_set_period (self->session, NULL);
}

QonysAnimation
qonys_time_bar_get_animation (QonysTimeBar *self)
{
  guint first, end;

  qonys_time_track_get_window (self->track, &first, &end);
  return (QonysAnimation){
      .step = get_step (self),
      .is_cumulative = is_cumulative (self),
      .n_steps = end - first == qonys_time_track_get_n (self->track) ? 1 : end - first,
      .period = QONYS_PERIOD_OPEN,
      .rate = gtk_spin_button_get_value (self->rate_spin),
  };
}

/* ---- the widget ---- */

static void
qonys_time_bar_constructed (GObject *object)
{
  QonysTimeBar *self = QONYS_TIME_BAR (object);
  const char *modes[] = {_ ("Window"), _ ("From the beginning"), NULL};
  const char *steps[] = {_ ("Months"), _ ("Quarters"), _ ("Weeks"), NULL};
  g_autoptr (GtkStringList) mode_names = gtk_string_list_new (modes);
  g_autoptr (GtkStringList) step_names = gtk_string_list_new (steps);

  G_OBJECT_CLASS (qonys_time_bar_parent_class)->constructed (object);
  gtk_drop_down_set_model (self->mode_drop, G_LIST_MODEL (mode_names));
  gtk_drop_down_set_model (self->step_drop, G_LIST_MODEL (step_names));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  update_play_button (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
qonys_time_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QonysTimeBar *self = QONYS_TIME_BAR (object);

  if (prop_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    self->view = g_value_dup_object (value);
}

static void
qonys_time_bar_dispose (GObject *object)
{
  QonysTimeBar *self = QONYS_TIME_BAR (object);

  g_clear_handle_id (&self->play_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (qonys_time_bar_parent_class)->dispose (object);
}

static void
qonys_time_bar_class_init (QonysTimeBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_time_bar_constructed;
  object_class->set_property = qonys_time_bar_set_property;
  object_class->dispose = qonys_time_bar_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VIEW] =
      g_param_spec_object ("view", NULL, NULL, QONYS_TYPE_MAP_VIEW,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (QONYS_TYPE_TIME_TRACK);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, play_key, NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/time-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, label);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, mode_drop);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, step_drop);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, rate_spin);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, options);
  gtk_widget_class_bind_template_child (widget_class, QonysTimeBar, track);
  gtk_widget_class_bind_template_callback (widget_class, toggle_play);
  gtk_widget_class_bind_template_callback (widget_class, rate_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_dates_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_options_cb);
  gtk_widget_class_bind_template_callback (widget_class, choices_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, track_changed_cb);
}

static void
qonys_time_bar_init (QonysTimeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
