/* Notifications are kept back while a story is shown, by a desktop of the test's own. */

#include "ui/quiet.h"

#define NAME "org.freedesktop.Notifications"

static const char INTERFACE[] =
    "<node><interface name='" NAME "'>"
    "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='UnInhibit'><arg type='u' direction='in'/></method></interface></node>";

typedef struct {
  GTestDBus *dbus;
  GDBusConnection *desktop, *program;
  guint n_inhibited, n_taken_back;
  guint32 taken_back;
} Fixture;

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *args, GDBusMethodInvocation *invocation, gpointer data)
{
  Fixture *fixture = data;

  if (g_str_equal (method, "Inhibit")) {
    const char *app, *reason;

    g_variant_get (args, "(&s&sa{sv})", &app, &reason, NULL);
    g_assert_cmpstr (app, ==, "org.qonys.Qonys");
    g_assert_cmpstr (reason, ==, "a story");
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(u)", 40 + ++fixture->n_inhibited));
  } else {
    fixture->n_taken_back++;
    g_variant_get (args, "(u)", &fixture->taken_back);
    g_dbus_method_invocation_return_value (invocation, NULL);
  }
}

static GDBusConnection *
connect (Fixture *fixture)
{
  GError *error = NULL;
  GDBusConnection *bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (fixture->dbus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return bus;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->dbus);
  fixture->desktop = connect (fixture);
  fixture->program = connect (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->program);
  g_clear_object (&fixture->desktop);
  g_test_dbus_down (fixture->dbus);
  g_clear_object (&fixture->dbus);
}

static void
offer (Fixture *fixture)
{
  static const GDBusInterfaceVTable TABLE = {.method_call = call_cb};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (INTERFACE, NULL);
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;

  g_dbus_connection_register_object (fixture->desktop, "/org/freedesktop/Notifications",
                                     node->interfaces[0], &TABLE, fixture, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (fixture->desktop, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (const guint *count, guint wanted)
{
  guint id = g_timeout_add (20, wake, NULL);

  for (guint i = 0; i < 1000 && *count < wanted; i++)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_cmpuint (*count, ==, wanted);
}

static void
test_kept_back (Fixture *fixture, gconstpointer data)
{
  QonysQuiet *quiet;

  offer (fixture);
  quiet = qonys_quiet_begin (fixture->program, "org.qonys.Qonys", "a story");
  wait_for (&fixture->n_inhibited, 1);
  g_assert_cmpuint (fixture->n_taken_back, ==, 0);
  qonys_quiet_end (quiet); /* perhaps before the answer came */
  wait_for (&fixture->n_taken_back, 1);
  g_assert_cmpuint (fixture->taken_back, ==, 41);
  qonys_quiet_end (qonys_quiet_begin (fixture->program, "org.qonys.Qonys", "a story"));
  wait_for (&fixture->n_taken_back, 2);
  g_assert_cmpuint (fixture->taken_back, ==, 42);
}

/* A desktop that offers nothing, and none at all. */
static void
test_not_offered (Fixture *fixture, gconstpointer data)
{
  QonysQuiet *quiet = qonys_quiet_begin (fixture->program, "org.qonys.Qonys", "a story");
  guint id = g_timeout_add (20, wake, NULL);

  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  qonys_quiet_end (quiet);
  qonys_quiet_end (qonys_quiet_begin (NULL, "org.qonys.Qonys", "a story"));
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL) {
    g_print ("1..0 # SKIP no dbus-daemon\n");
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/quiet/kept-back", Fixture, NULL, set_up, test_kept_back, tear_down);
  g_test_add ("/ui/quiet/not-offered", Fixture, NULL, set_up, test_not_offered, tear_down);
  return g_test_run ();
}
