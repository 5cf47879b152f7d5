/* One error at a time, the newest: a sentence with its cure, and behind a button what the library
 * that failed said itself. */

#include "ui/info-bar.h"
#include <glib/gi18n-lib.h>

struct _QonysInfoBar {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *revealer;
  GtkLabel *error_label, *details_label;
  GtkWidget *details_button;

  QonysSession *session;
};

G_DEFINE_FINAL_TYPE (QonysInfoBar, qonys_info_bar, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* GDAL's own words stand in brackets behind the sentence that names the cure. */
static void
set_error (QonysInfoBar *self, const GError *error)
{
  g_autofree char *sentence = NULL;
  const char *bracket;
  gsize length;

  gtk_revealer_set_reveal_child (self->revealer, error != NULL);
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
}

static void
dismiss_cb (QonysInfoBar *self)
{
  qonys_session_set_error (self->session, NULL);
}

static void
qonys_info_bar_constructed (GObject *object)
{
  QonysInfoBar *self = QONYS_INFO_BAR (object);

  G_OBJECT_CLASS (qonys_info_bar_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self, QONYS_CHANGED_ERROR);
}

static void
qonys_info_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_INFO_BAR (object)->session = g_value_dup_object (value);
}

static void
qonys_info_bar_dispose (GObject *object)
{
  g_clear_object (&QONYS_INFO_BAR (object)->session);
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
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, error_label);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, details_label);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, details_button);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
qonys_info_bar_init (QonysInfoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
