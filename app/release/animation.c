/* Films of time: a sheet a step, one after the other, some 0.1 s each; one picture is in memory at
 * a time. Each is painted of the release at that time, as the screen is. */

#include "release/apng-private.h"
#include "release/log-private.h"
#include "release/picture-private.h"
#include "release/write-private.h"

#include "base/error.h"
#include "base/sha256.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_FRAMES 2000

/* Everything a frame is painted of. */
typedef struct {
  QonysRelease *release;
  const QonysStyle *style;
  const QonysBox *box;
  const char *title;
  double width, height;
  GArray *periods; /* element-type QonysPeriod: one a frame */
  QonysJob *job;
} Film;

static GArray *
list_periods (QonysRelease *release, const QonysStyle *style, const QonysAnimation *animation)
{
  g_autoptr (GArray) bins = qonys_release_get_timeline (release, style, animation->step);
  GArray *periods = g_array_new (FALSE, FALSE, sizeof (QonysPeriod));
  guint width = MAX (animation->n_steps, 1), n = 0;

  for (guint i = 0; i < bins->len; i++) {
    const QonysBin *bin = &g_array_index (bins, QonysBin, i);

    if (qonys_period_meets (&animation->period, bin->period.from, bin->period.to - 1))
      g_array_index (bins, QonysBin, n++) = *bin;
  }
  if (!animation->is_cumulative)
    width = MIN (width, MAX (n, 1));
  for (guint i = animation->is_cumulative ? 0 : width - 1; i < n; i++) {
    const QonysPeriod period = {animation->is_cumulative
                                    ? QONYS_DAY_MISSING
                                    : g_array_index (bins, QonysBin, i + 1 - width).period.from,
                                g_array_index (bins, QonysBin, i).period.to};

    g_array_append_val (periods, period);
  }
  return periods;
}

static GByteArray *
paint_frame (const Film *film, guint i, GError **error)
{
  g_autoptr (QonysRelease) release =
      qonys_release_with_period (film->release, &g_array_index (film->periods, QonysPeriod, i));

  if (qonys_job_is_cancelled (film->job, error))
    return NULL;
  qonys_job_set_progress (film->job, (double)i / film->periods->len);
  return _qonys_picture_to_png (release, film->style, film->box, film->title, film->width,
                                film->height, error);
}

/* ---- one file ---- */

static gboolean
write_file (const Film *film, double rate, const char *layers, const char *path, GError **error)
{
  g_autoptr (QonysFile) file =
      _qonys_file_new (path, film->release->audience != QONYS_AUDIENCE_PUBLIC, error);
  QonysApng apng = {.file = file, .n_frames = film->periods->len, .rate = rate};

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < film->periods->len; i++) {
    g_autoptr (GByteArray) png = paint_frame (film, i, error);

    if (png == NULL || !_qonys_apng_add (&apng, png, error))
      return FALSE;
  }
  return _qonys_apng_finish (&apng, error) &&
         _qonys_write_finish (file, film->release, layers, "apng", path, error);
}

/* ---- a folder ---- */

static char *
get_frame_path (const char *folder, guint i)
{
  g_autofree char *name = g_strdup_printf ("frame-%04u.png", i + 1);

  return g_build_filename (folder, name, NULL);
}

static gboolean
write_frames (const Film *film, const char *folder, QonysSha256 *sha, gint64 *size, GError **error)
{
  for (guint i = 0; i < film->periods->len; i++) {
    g_autofree char *path = get_frame_path (folder, i);
    g_autoptr (GByteArray) png = paint_frame (film, i, error);
    g_autoptr (QonysFile) file = NULL;

    if (png == NULL)
      return FALSE;
    file = _qonys_file_new (path, film->release->audience != QONYS_AUDIENCE_PUBLIC, error);
    if (file == NULL || !_qonys_file_write (file, (const char *)png->data, png->len, error) ||
        !_qonys_file_finish (file, error))
      return FALSE;
    qonys_sha256_add (sha, png->data, png->len);
    *size += png->len;
  }
  return TRUE;
}

static gboolean
fail (const char *path, GError **error)
{
  int code = errno;

  qonys_error_set_from_gio (
      error, path,
      g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)));
  return FALSE;
}

/* Logged before any frame has its place. */
static gboolean
publish (const Film *film, const char *temporary, const char *folder, const QonysLogEntry *entry,
         GError **error)
{
  if (!_qonys_log_append (entry, error))
    return FALSE;
  for (guint i = 0; i < film->periods->len; i++) {
    g_autofree char *from = get_frame_path (temporary, i), *to = get_frame_path (folder, i);

    if (g_rename (from, to) != 0)
      return fail (to, error);
  }
  return TRUE;
}

static gboolean
write_folder (const Film *film, const char *layers, const char *folder, GError **error)
{
  g_autofree char *temporary = g_build_filename (folder, ".qonys-XXXXXX", NULL);
  g_autofree char *name = g_path_get_basename (folder);
  gboolean is_new = !g_file_test (folder, G_FILE_TEST_EXISTS), is_ok;
  QonysSha256 *sha;
  gint64 size = 0;

  if (g_mkdir_with_parents (folder, 0777) != 0 || g_mkdtemp (temporary) == NULL)
    return fail (folder, error);
  sha = qonys_sha256_new ();
  is_ok = write_frames (film, temporary, sha, &size, error);
  if (is_ok) {
    const QonysLogEntry entry = {.release = film->release,
                                 .layer = layers,
                                 .format = "png-frames",
                                 .file_name = name,
                                 .sha256 = qonys_sha256_get (sha),
                                 .size = size};

    is_ok = publish (film, temporary, folder, &entry, error);
  }
  qonys_sha256_free (sha);
  for (guint i = 0; i < film->periods->len; i++) {
    g_autofree char *left = get_frame_path (temporary, i);

    g_unlink (left);
  }
  g_rmdir (temporary);
  if (!is_ok && is_new)
    g_rmdir (folder);
  return is_ok;
}

gboolean
qonys_release_write_animation (QonysRelease *release, const QonysStyle *style, const QonysBox *box,
                               const char *title, double width, double height,
                               const QonysAnimation *animation, const char *path, QonysJob *job,
                               GError **error)
{
  g_autoptr (GArray) periods = list_periods (release, style, animation);
  g_autofree char *layers = _qonys_picture_list_layers (style), *lower = NULL;
  Film film = {release, style, box, title, width, height, periods, job};

  if (!_qonys_picture_check_size (width, height, error))
    return FALSE;
  if (!(animation->rate >= 0.1 && animation->rate <= 30)) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_USAGE,
                         _ ("An animation shows from 0.1 to 30 pictures a second."));
    return FALSE;
  }
  if (periods->len == 0 || periods->len > MAX_FRAMES) {
    g_set_error_literal (
        error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
        periods->len == 0
            ? _ ("None of the layers shown has records of that time in this view. Show raid "
                 "operations, or an indicator of operations or of arrivals and departures, and "
                 "choose a time of which there are data.")
            : _ ("The animation would have more than two thousand pictures; choose a shorter time "
                 "or a longer step."));
    return FALSE;
  }
  lower = g_ascii_strdown (path, -1);
  return g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".apng")
             ? write_file (&film, animation->rate, layers, path, error)
             : write_folder (&film, layers, path, error);
}
