/* What is kept between two starts: eleven keys. */

#include "ui/settings.h"

#define OSM_URL "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
#define OSM_CREDIT "© OpenStreetMap"

GSettings *
qonys_settings_get (void)
{
  static GSettings *settings;
  static gboolean is_looked_up;

  if (!is_looked_up) {
    GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
    g_autoptr (GSettingsSchema) schema =
        source == NULL ? NULL : g_settings_schema_source_lookup (source, QONYS_APP_ID, TRUE);

    is_looked_up = TRUE;
    if (schema != NULL)
      settings = g_settings_new_full (schema, NULL, NULL);
  }
  return settings;
}

char *
qonys_settings_dup_string (const char *key)
{
  GSettings *settings = qonys_settings_get ();

  return settings == NULL ? g_strdup ("") : g_settings_get_string (settings, key);
}

void
qonys_settings_set_string (const char *key, const char *value)
{
  GSettings *settings = qonys_settings_get ();

  if (settings != NULL)
    g_settings_set_string (settings, key, value);
}

QonysTileClient *
qonys_settings_make_tile_client (GError **error)
{
  g_autofree char *url = qonys_settings_dup_string ("tile-url");
  g_autofree char *credit = qonys_settings_dup_string ("tile-credit");

  return qonys_tile_client_new (*url == '\0' ? OSM_URL : url, *credit == '\0' ? OSM_CREDIT : credit,
                                error);
}
