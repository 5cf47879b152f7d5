/* Tiles below the data: one fetch and one PNG decoding (about 1 ms) a tile, some thirty a screen.
 * A tile that cannot be fetched stays empty; why is the client's state, shown by the window. */

#include "map/tile-map.h"

struct _QonysTileMap {
  ShumateMapSource parent_instance;
  QonysTileClient *client;
};

G_DEFINE_FINAL_TYPE (QonysTileMap, qonys_tile_map, SHUMATE_TYPE_MAP_SOURCE)

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ShumateTile *tile = g_task_get_task_data (task);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  bytes = qonys_tile_client_fetch_finish (QONYS_TILE_CLIENT (source), result, &error);
  if (bytes != NULL)
    texture = gdk_texture_new_from_bytes (bytes, &error);
  if (texture == NULL) {
    g_task_return_error (task, error);
    return;
  }
  shumate_tile_set_paintable (tile, GDK_PAINTABLE (texture));
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (task, TRUE);
}

static void
qonys_tile_map_fill_tile_async (ShumateMapSource *source, ShumateTile *tile,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  QonysTileMap *self = QONYS_TILE_MAP (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, qonys_tile_map_fill_tile_async);
  g_task_set_task_data (task, g_object_ref (tile), g_object_unref);
  if (self->client == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  qonys_tile_client_fetch_async (self->client, shumate_tile_get_zoom_level (tile),
                                 shumate_tile_get_x (tile), shumate_tile_get_y (tile), cancellable,
                                 fetched_cb, task);
}

static gboolean
qonys_tile_map_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
qonys_tile_map_dispose (GObject *object)
{
  g_clear_object (&QONYS_TILE_MAP (object)->client);
  G_OBJECT_CLASS (qonys_tile_map_parent_class)->dispose (object);
}

static void
qonys_tile_map_class_init (QonysTileMapClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qonys_tile_map_dispose;
  source_class->fill_tile_async = qonys_tile_map_fill_tile_async;
  source_class->fill_tile_finish = qonys_tile_map_fill_tile_finish;
}

static void
qonys_tile_map_init (QonysTileMap *self)
{
}

QonysTileMap *
qonys_tile_map_new (QonysTileClient *client)
{
  QonysTileMap *self = g_object_new (QONYS_TYPE_TILE_MAP, "id", "qonys", "name", "Qonys",
                                     "min-zoom-level", 0, "max-zoom-level", 19, "tile-size", 256,
                                     "projection", SHUMATE_MAP_PROJECTION_MERCATOR, NULL);

  if (client != NULL)
    self->client = g_object_ref (client);
  return self;
}
