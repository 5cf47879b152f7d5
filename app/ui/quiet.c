/* No notifications before a hall: one request while a story is shown. */

#include "ui/quiet.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

struct _QonysQuiet {
  GDBusConnection *bus;
  gboolean is_asked, is_over; /* no answer yet; it is not wanted any more */
  gboolean is_granted;
  guint32 cookie;
};

static void
quiet_free (QonysQuiet *quiet)
{
  g_clear_object (&quiet->bus);
  g_free (quiet);
}

static void
take_back (QonysQuiet *quiet)
{
  if (quiet->is_granted)
    g_dbus_connection_call (quiet->bus, NAME, PATH, NAME, "UnInhibit",
                            g_variant_new ("(u)", quiet->cookie), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  quiet_free (quiet);
}

/* A desktop that does not offer it says so: then they are shown. */
static void
answered_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  QonysQuiet *quiet = data;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  quiet->is_asked = FALSE;
  if (answer != NULL) {
    g_variant_get (answer, "(u)", &quiet->cookie);
    quiet->is_granted = TRUE;
  }
  if (quiet->is_over)
    take_back (quiet);
}

QonysQuiet *
qonys_quiet_begin (GDBusConnection *bus, const char *app_id, const char *reason)
{
  QonysQuiet *quiet;

  if (bus == NULL)
    return NULL;
  quiet = g_new0 (QonysQuiet, 1);
  quiet->bus = g_object_ref (bus);
  quiet->is_asked = TRUE;
  g_dbus_connection_call (bus, NAME, PATH, NAME, "Inhibit",
                          g_variant_new ("(ssa{sv})", app_id, reason, NULL), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, answered_cb, quiet);
  return quiet;
}

void
qonys_quiet_end (QonysQuiet *quiet)
{
  if (quiet == NULL)
    return;
  quiet->is_over = TRUE;
  if (!quiet->is_asked)
    take_back (quiet);
}
