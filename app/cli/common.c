/* What several commands share: opening projects, printing, making a release. */

#include "base/diagnostic.h"
#include "base/error.h"
#include "cli/cli-private.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

void
_qonys_cli_print_diagnostics (const GPtrArray *diagnostics)
{
  for (guint i = 0; i < diagnostics->len; i++) {
    const QonysDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);

    g_printerr ("%s: %s\n", diagnostic->severity == QONYS_WARNING ? _ ("warning") : _ ("note"),
                diagnostic->text);
  }
}

void
_qonys_cli_print_fields (const char *first, ...)
{
  va_list fields;

  va_start (fields, first);
  g_print ("%s", first);
  for (const char *field = va_arg (fields, const char *); field != NULL;
       field = va_arg (fields, const char *))
    g_print ("\t%s", field);
  g_print ("\n");
  va_end (fields);
}

QonysProject *
_qonys_cli_open_project (const char *path, QonysJob *job, GError **error)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysProject *project = qonys_store_open_project (path, job, diagnostics, error);

  _qonys_cli_print_diagnostics (diagnostics);
  return project;
}

QonysProject *
_qonys_cli_open_or_new_project (const char *path, QonysJob *job, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return qonys_store_new_project (error);
  return _qonys_cli_open_project (path, job, error);
}

static gboolean
parse_audience (const QonysCommand *command, const char *word, QonysAudience *audience,
                GError **error)
{
  static const char *const words[] = {"public", "committee", "official"};

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i])) {
      *audience = (QonysAudience)i;
      return TRUE;
    }
  _qonys_cli_set_usage_error (
      error, command, _ ("There is no audience “%s”: it is public, committee or official."), word);
  return FALSE;
}

static gboolean
parse_indicator (const char *id, const QonysStatistic **statistic, GError **error)
{
  g_autoptr (GString) known = NULL;

  *statistic = qonys_statistic_find (id);
  if (*statistic != NULL)
    return TRUE;
  known = g_string_new (NULL);
  for (guint i = 0; qonys_statistics_get (i) != NULL; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", qonys_statistics_get (i)->id);
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND,
               _ ("There is no indicator “%s”. Choose one of: %s."), id, known->str);
  return FALSE;
}

QonysRelease *
_qonys_cli_make_release (const QonysCommand *command, QonysProject *project, const char *audience,
                         const char *purpose, gint threshold, const char *indicator, QonysJob *job,
                         GError **error)
{
  const QonysStatistic *statistic = qonys_statistics_get (0);
  QonysAudience who = QONYS_AUDIENCE_PUBLIC;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL;

  if (audience != NULL && !parse_audience (command, audience, &who, error))
    return NULL;
  if (g_strcmp0 (indicator, "none") == 0)
    statistic = NULL;
  else if (indicator != NULL && !parse_indicator (indicator, &statistic, error))
    return NULL;
  release = qonys_release_new (project, who, purpose, threshold, statistic, job, error);
  if (release == NULL)
    return NULL;
  plan = qonys_store_read_plan (qonys_project_get_path (project), &history, diagnostics, error);
  _qonys_cli_print_diagnostics (diagnostics);
  return plan != NULL ? qonys_release_with_plan (release, plan) : NULL;
}
