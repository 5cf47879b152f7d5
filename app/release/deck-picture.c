/* Pictures of scenes kept for bad days: a dozen a story, some 100 kB each. */

#include "release/deck.h"

#include "base/error.h"
#include "base/language.h"

/* Returns: (transfer full) (nullable): of an audience that is not the public nothing is kept */
static char *
get_path (QonysDeck *deck, const QonysEntry *scene, const QonysDeckFormat *format,
          QonysLanguage language)
{
  QonysRelease *release = qonys_deck_get_release (deck);
  const char *path = qonys_project_get_path (qonys_release_get_project (release));
  g_autofree char *what = NULL, *sum = NULL, *name = NULL;

  if (qonys_release_get_audience (release) != QONYS_AUDIENCE_PUBLIC)
    return NULL;
  what = g_strdup_printf ("%s %s %s %d %d %d", path != NULL ? path : "", qonys_entry_get_id (scene),
                          qonys_language_get_code (language), (int)format->width_px,
                          (int)format->height_px, format->is_dark);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, what, -1);
  name = g_strconcat (sum, ".png", NULL);
  return g_build_filename (g_get_user_cache_dir (), "qonys", "scenes", name, NULL);
}

gboolean
qonys_deck_keep_picture (QonysDeck *deck, const QonysEntry *scene, const QonysDeckFormat *format,
                         GBytes *png, GError **error)
{
  g_autofree char *path = get_path (deck, scene, format, qonys_language_get ()), *folder = NULL;
  GError *cause = NULL;
  gsize size;
  const char *data = g_bytes_get_data (png, &size);

  if (path == NULL)
    return TRUE;
  folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &cause))
    return TRUE;
  qonys_error_set_from_gio (error, path, cause);
  return FALSE;
}

GBytes *
qonys_deck_read_kept_picture (QonysDeck *deck, const QonysEntry *scene,
                              const QonysDeckFormat *format)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) { /* the one now set first */
    QonysLanguage language = (qonys_language_get () + i) % QONYS_N_LANGUAGES;
    g_autofree char *path = get_path (deck, scene, format, language);
    char *data;
    gsize size;

    if (path != NULL && g_file_get_contents (path, &data, &size, NULL))
      return g_bytes_new_take (data, size);
  }
  return NULL;
}
