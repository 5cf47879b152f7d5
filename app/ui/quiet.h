#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** A request that the desktop keeps its notifications back. */
typedef struct _QonysQuiet QonysQuiet;

/** Asks for it where the desktop offers it: Inhibit of org.freedesktop.Notifications, as Plasma has
 * it (GNOME keeps them back itself before a window that fills the screen). The desktop forgets it
 * when the program ends. @bus: (nullable): the session's; @app_id: of the desktop file. */
QonysQuiet *qonys_quiet_begin (GDBusConnection *bus, const char *app_id, const char *reason);
/** Takes it back. @quiet: (nullable) (transfer full) */
void qonys_quiet_end (QonysQuiet *quiet);

G_END_DECLS
