/* One job at a time; it tells of itself at most once an idle. */

#include "ui/job-row.h"

/* Jobs shorter than this are not worth a row that flashes. */
#define REVEAL_AFTER_MS 300

struct _QonysJobRow {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *bar;

  /* Owned */
  QonysSession *session;
  QonysJob *job;
  guint reveal_id;
};

G_DEFINE_FINAL_TYPE (QonysJobRow, qonys_job_row, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
progressed_cb (QonysJobRow *self)
{
  g_autofree char *message = qonys_job_dup_message (self->job);
  double progress = qonys_job_get_progress (self->job);

  gtk_label_set_text (self->label, message != NULL ? message : qonys_job_get_title (self->job));
  if (progress < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
}

static gboolean
reveal_cb (gpointer data)
{
  QonysJobRow *self = data;

  self->reveal_id = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
set_job (QonysJobRow *self, QonysJob *job)
{
  if (job == self->job)
    return;
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  gtk_widget_set_can_target (GTK_WIDGET (self), job != NULL);
  if (job == NULL) {
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
    return;
  }
  gtk_progress_bar_set_fraction (self->bar, 0);
  g_signal_connect_swapped (job, "notify", G_CALLBACK (progressed_cb), self);
  progressed_cb (self);
  if (qonys_session_get_project (self->session) == NULL) { /* there is nothing else to look at */
    gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
    gtk_revealer_set_reveal_child (self->revealer, TRUE);
  } else {
    gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
    self->reveal_id = g_timeout_add (REVEAL_AFTER_MS, reveal_cb, self);
  }
}

static void
update (QonysJobRow *self, guint changes)
{
  if (changes & QONYS_CHANGED_JOB)
    set_job (self, qonys_session_get_job (self->session));
}

static void
cancel_cb (QonysJobRow *self)
{
  if (self->job != NULL)
    qonys_job_cancel (self->job);
}

static void
qonys_job_row_constructed (GObject *object)
{
  QonysJobRow *self = QONYS_JOB_ROW (object);

  G_OBJECT_CLASS (qonys_job_row_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  update (self, QONYS_CHANGED_JOB);
}

static void
qonys_job_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_JOB_ROW (object)->session = g_value_dup_object (value);
}

static void
qonys_job_row_dispose (GObject *object)
{
  QonysJobRow *self = QONYS_JOB_ROW (object);

  g_clear_handle_id (&self->reveal_id, g_source_remove);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_job_row_parent_class)->dispose (object);
}

static void
qonys_job_row_class_init (QonysJobRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_job_row_constructed;
  object_class->set_property = qonys_job_row_set_property;
  object_class->dispose = qonys_job_row_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysJobRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, QonysJobRow, label);
  gtk_widget_class_bind_template_child (widget_class, QonysJobRow, bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
qonys_job_row_init (QonysJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
