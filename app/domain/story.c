/* The story that new projects bring with them: eight scenes of the bundled story.json, some 20 kB,
 * read once a new project in under a millisecond. */

#include "domain/scene.h"

#include "domain/bundle.h"
#include "domain/entry-private.h"

GPtrArray *
qonys_story_make_default (void)
{
  GPtrArray *scenes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  g_autoptr (GBytes) bytes = qonys_bundle_load ("story.json");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonArray *array;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (!json_parser_load_from_data (parser, text, size, NULL))
    g_assert_not_reached (); /* compiled in, and parsed by the tests */
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);

    g_ptr_array_add (scenes,
                     qonys_entry_from_json (QONYS_ENTRY_SCENE,
                                            json_object_get_string_member (object, "id"), object));
  }
  return scenes;
}
