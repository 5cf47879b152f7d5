/* What the program carries with it: four text files, read once each at start, compiled in so
 * that there is nothing to find, on any machine. */

#include "domain/bundle.h"
#include <gio/gio.h>

/* Generated from resources/qonys-data.gresource.xml. */
GResource *qonys_data_get_resource (void);

GBytes *
qonys_bundle_load (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/qonys/Qonys/data/", name, NULL);

  return g_resource_lookup_data (qonys_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}
