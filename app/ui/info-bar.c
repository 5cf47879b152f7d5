/* One error at a time, the newest: a sentence with its cure, and behind a button what the library
 * that failed said itself. Where the cure can be had at once, it is a button too. */

#include "ui/info-bar.h"
#include "base/error.h"
#include "ui/open-dialogs.h"
#include <glib/gi18n-lib.h>

struct _QonysInfoBar {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *revealer;
  GtkLabel *error_label, *details_label;
  GtkWidget *details_button, *cure_button, *close_button;

  QonysSession *session;
};

G_DEFINE_FINAL_TYPE (QonysInfoBar, qonys_info_bar, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
show_sentence (QonysInfoBar *self, const char *sentence)
{
  gtk_label_set_text (self->error_label, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

/* GDAL's own words stand in brackets behind the sentence that names the cure. */
static void
set_error (QonysInfoBar *self, const GError *error)
{
  gsize length = strlen (error->message);
  const char *bracket = strstr (error->message, " [");
  g_autofree char *sentence = NULL;

  if (bracket != NULL && error->message[length - 1] == ']') {
    g_autofree char *details =
        g_strndup (bracket + 2, length - (gsize)(bracket - error->message) - 3);

    sentence = g_strndup (error->message, (gsize)(bracket - error->message));
    gtk_label_set_text (self->details_label, details);
  } else {
    sentence = g_strdup (error->message);
    bracket = NULL;
  }
  show_sentence (self, sentence);
  gtk_widget_set_visible (self->details_button, bracket != NULL);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, QONYS_ERROR, QONYS_ERROR_DAMAGED);
}

/* Without an error the bar says what holds for as long as the file is in trouble. */
static void
update (QonysInfoBar *self, guint changes)
{
  const GError *error = qonys_session_get_error (self->session);
  const char *trouble = qonys_session_get_trouble (self->session);
  gboolean has_cure = is_damage (error) || trouble != NULL;

  if ((changes & (QONYS_CHANGED_ERROR | QONYS_CHANGED_RELEASE)) == 0)
    return;
  gtk_revealer_set_reveal_child (self->revealer, error != NULL || trouble != NULL);
  if (error != NULL)
    set_error (self, error);
  else if (trouble != NULL)
    show_sentence (self, trouble);
  if (error == NULL)
    gtk_widget_set_visible (self->details_button, FALSE);
  gtk_widget_set_visible (self->close_button, error != NULL);
  gtk_widget_set_visible (self->cure_button, has_cure);
  gtk_button_set_label (GTK_BUTTON (self->cure_button),
                        is_damage (error) ? _ ("Recover into a copy…") : _ ("Save a copy…"));
}

static void
cure_cb (QonysInfoBar *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (is_damage (qonys_session_get_error (self->session)))
    qonys_ask_recover (window, self->session);
  else
    qonys_ask_save_as (window, self->session);
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
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, cure_button);
  gtk_widget_class_bind_template_child (widget_class, QonysInfoBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, cure_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
qonys_info_bar_init (QonysInfoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
