/* Everything shown is derived in one update() from the session's error and job. */

#include "ui/info-bar.h"
#include <glib/gi18n-lib.h>

struct _QonysInfoBar {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *error_revealer, *job_revealer;
  GtkLabel *error_label, *details_label;
  GtkWidget *details_button;
  GtkLabel *job_label;
  GtkProgressBar *job_bar;

  /* Owned */
  QonysSession *session;
  QonysJob *job;
  guint reveal_id;
};

G_DEFINE_FINAL_TYPE (QonysInfoBar, qonys_info_bar, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Jobs shorter than this are not worth a bar that flashes. */
#define REVEAL_AFTER_MS 300

static void
job_progressed_cb (QonysInfoBar *self)
{
  g_autofree char *message = NULL;
  double progress;

  if (self->job == NULL)
    return;
  message = qonys_job_dup_message (self->job);
  progress = qonys_job_get_progress (self->job);
  gtk_label_set_text (self->job_label, message != NULL ? message : qonys_job_get_title (self->job));
  if (progress < 0)
    gtk_progress_bar_pulse (self->job_bar);
  else
    gtk_progress_bar_set_fraction (self->job_bar, CLAMP (progress, 0, 1));
}

static gboolean
reveal_job_cb (gpointer data)
{
  QonysInfoBar *self = data;

  self->reveal_id = 0;
  gtk_revealer_set_reveal_child (self->job_revealer, self->job != NULL);
  return G_SOURCE_REMOVE;
}

static void
set_job (QonysInfoBar *self, QonysJob *job)
{
  if (job == self->job)
    return;
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  if (job == NULL) {
    gtk_revealer_set_reveal_child (self->job_revealer, FALSE);
    return;
  }
  gtk_progress_bar_set_fraction (self->job_bar, 0);
  g_signal_connect_swapped (job, "notify", G_CALLBACK (job_progressed_cb), self);
  job_progressed_cb (self);
  self->reveal_id = g_timeout_add (REVEAL_AFTER_MS, reveal_job_cb, self);
}

/* GDAL's own words stand in brackets behind the sentence that names the cure. */
static void
set_error (QonysInfoBar *self, const GError *error)
{
  g_autofree char *sentence = NULL;
  const char *bracket;
  gsize length;

  gtk_revealer_set_reveal_child (self->error_revealer, error != NULL);
  if (error == NULL)
    return;
  length = strlen (error->message);
  bracket = strstr (error->message, " [");
  if (bracket != NULL && length > 0 && error->message[length - 1] == ']') {
    g_autofree char *details =
        g_strndup (bracket + 2, length - (gsize)(bracket - error->message) - 3);

    sentence = g_strndup (error->message, (gsize)(bracket - error->message));
    gtk_label_set_text (self->details_label, details);
  } else {
    sentence = g_strdup (error->message);
    bracket = NULL;
  }
  gtk_label_set_text (self->error_label, sentence);
  gtk_widget_set_visible (self->details_button, bracket != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

static void
update (QonysInfoBar *self, guint changes)
{
  if (changes & QONYS_CHANGED_ERROR)
    set_error (self, qonys_session_get_error (self->session));
  if (changes & QONYS_CHANGED_JOB)
    set_job (self, qonys_session_get_job (self->session));
}

static void
dismiss_cb (QonysInfoBar *self)
{
  qonys_session_set_error (self->session, NULL);
}

static void
cancel_cb (QonysInfoBar *self)
{
  if (self->job != NULL)
    qonys_job_cancel (self->job);
}

static void
qonys_info_bar_constructed (GObject *object)
{
  QonysInfoBar *self = QONYS_INFO_BAR (object);

  G_OBJECT_CLASS (qonys_info_bar_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self, QONYS_CHANGED_ERROR | QONYS_CHANGED_JOB);
}

static void
qonys_info_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_INFO_BAR (object)->session = g_value_dup_object (value);
}

static void
qonys_info_bar_dispose (GObject *object)
{
  QonysInfoBar *self = QONYS_INFO_BAR (object);

  g_clear_handle_id (&self->reveal_id, g_source_remove);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_info_bar_parent_class)->dispose (object);
}

static void
qonys_info_bar_class_init (QonysInfoBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_info_bar_constructed;
  object_class->set_property = qonys_info_bar_set_property;
  object_class->dispose = qonys_info_bar_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/info-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, job_revealer);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, error_label);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, details_label);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, details_button);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, job_label);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, job_bar);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
qonys_info_bar_init (QonysInfoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
