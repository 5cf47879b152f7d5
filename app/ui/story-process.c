/* A story's page for the browser is written by this program once more, without a window: the page
 * is in three languages, and the language is the process's. Some 3 s and a second reading of the
 * project a page, one at a time. */

#include "base/error.h"
#include "base/language.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>

/* The same program even if a newer one was installed meanwhile. */
#define THIS_PROGRAM "/proc/self/exe"

static char *
dup_reason (const char *said)
{
  g_autofree char *text = g_strstrip (g_strdup (said != NULL ? said : ""));
  const char *last = strrchr (text, '\n');

  last = last != NULL ? last + 1 : text;
  if (g_str_has_prefix (last, "qonys: "))
    last += strlen ("qonys: ");
  return *last != '\0' ? g_strdup (last)
                       : g_strdup (_ ("The page could not be written. Try “qonys story” in a "
                                      "terminal: it says why."));
}

static gboolean
run (const char *project_path, const QonysDeckFormat *format, const char *path, QonysJob *job,
     GError **error)
{
  g_autofree char *size = g_strdup_printf ("%dx%d", (int)format->width_px, (int)format->height_px);
  const char *words[] = {THIS_PROGRAM,
                         "story",
                         project_path,
                         "-o",
                         path,
                         "--size",
                         size,
                         "--lang",
                         qonys_language_get_code (qonys_language_get ()),
                         format->is_dark ? "--dark" : NULL,
                         NULL};
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDERR_PIPE, error);
  g_autofree char *said = NULL, *reason = NULL;

  if (process == NULL)
    return FALSE;
  qonys_job_set_progress (job, -1);
  if (!g_subprocess_communicate_utf8 (process, NULL, qonys_job_get_cancellable (job), NULL, &said,
                                      error)) {
    g_subprocess_send_signal (process, SIGINT); /* it leaves no half-written file */
    g_subprocess_wait (process, NULL, NULL);
    return FALSE;
  }
  if (g_subprocess_get_successful (process))
    return TRUE;
  reason = dup_reason (said);
  g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED, reason);
  return FALSE;
}

gboolean
_qonys_session_run_story (QonysProject *project, const QonysPlan *plan, const GPtrArray *edits,
                          gboolean is_written, const QonysDeckFormat *format, const char *path,
                          QonysJob *job, GError **error)
{
  const char *own = qonys_project_get_path (project);
  g_autofree char *folder = NULL, *copy = NULL;
  gboolean is_ok;

  if (is_written)
    return run (own, format, path, job, error);
  folder = g_dir_make_tmp ("qonys-XXXXXX", error);
  if (folder == NULL)
    return FALSE;
  copy = g_build_filename (folder, "story.gpkg", NULL);
  is_ok = qonys_store_write_copy (project, plan, edits, copy, NULL, job, error) &&
          run (copy, format, path, job, error);
  g_unlink (copy);
  g_rmdir (folder);
  return is_ok;
}
