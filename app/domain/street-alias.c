/* Old and new names of streets: some tens, read from the bundled table when an index is made. */
#include "domain/street-alias.h"

#include "domain/bundle.h"

#include <json-glib/json-glib.h>

static void
free_alias (gpointer data)
{
  QonysStreetAlias *alias = data;

  g_strfreev (alias->now);
  g_strfreev (alias->was);
  g_free (alias->renamed);
  g_free (alias);
}

static GStrv
read_names (JsonObject *object, const char *member)
{
  JsonArray *array = json_object_get_array_member (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

GPtrArray *
qonys_street_aliases_load (void)
{
  g_autoptr (GBytes) bytes = qonys_bundle_load ("street-aliases.json");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  GPtrArray *aliases = g_ptr_array_new_with_free_func (free_alias);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonArray *array;

  if (!json_parser_load_from_data (parser, text, (gssize)size, NULL))
    return aliases;
  array = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                        "streets");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    QonysStreetAlias *alias = g_new0 (QonysStreetAlias, 1);

    alias->now = read_names (object, "now");
    alias->was = read_names (object, "was");
    alias->renamed = g_strdup (json_object_get_string_member_with_default (object, "renamed", ""));
    alias->is_same = json_object_get_boolean_member_with_default (object, "same", FALSE);
    g_ptr_array_add (aliases, alias);
  }
  return aliases;
}
