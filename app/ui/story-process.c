/* A story's page for the browser is written by this program once more, without a window: the page
 * is in three languages, and the language is the process's. Some 3 s and a second reading of the
 * project a page, one at a time. */

#include "base/error.h"
#include "base/language.h"
#include "ui/session-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>

static char *program;

void
qonys_session_set_program (const char *name)
{
  g_free (program);
  program = g_find_program_in_path (name);
}

/* Its progress is the job's. Returns: (transfer full): the last line of what else it said; NULL: if
 * it said nothing, or with @error set */
static char *
follow (GSubprocess *process, QonysJob *job, GError **error)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  GError *cause = NULL;
  char *said = NULL, *line;

  /* Shut, the pipe would end the program before it has cleared up. */
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while ((line = g_data_input_stream_read_line_utf8 (lines, NULL, qonys_job_get_cancellable (job),
                                                     &cause)) != NULL) {
    const char *text = g_strstrip (line);

    if (g_str_has_prefix (text, QONYS_PROGRESS_MARK)) {
      qonys_job_set_progress (job,
                              g_ascii_strtod (text + strlen (QONYS_PROGRESS_MARK), NULL) / 1000);
    } else if (*text != '\0') {
      g_free (said);
      said = g_strdup (g_str_has_prefix (text, "qonys: ") ? text + strlen ("qonys: ") : text);
    }
    g_free (line);
  }
  if (cause != NULL) {
    g_clear_pointer (&said, g_free);
    g_propagate_error (error, cause);
  }
  return said;
}

static gboolean
run (const char *project_path, const QonysDeckFormat *format, const char *path, QonysJob *job,
     GError **error)
{
  g_autofree char *size = g_strdup_printf ("%dx%d", (int)format->width_px, (int)format->height_px);
  const char *words[] = {program != NULL ? program : "qonys",
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
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *said = NULL;
  GError *cause = NULL;

  g_subprocess_launcher_setenv (launcher, QONYS_PROGRESS_VARIABLE, "1", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, words, error);
  if (process == NULL)
    return FALSE;
  said = follow (process, job, &cause);
  if (cause != NULL)
    g_subprocess_send_signal (process, SIGINT); /* it leaves no half-written file */
  g_subprocess_wait (process, NULL, NULL);
  if (cause != NULL)
    g_propagate_error (error, cause);
  else if (!g_subprocess_get_successful (process))
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         said != NULL ? said
                                      : _ ("The page could not be written. Try “qonys story” in a "
                                           "terminal: it says why."));
  else
    return TRUE;
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
