/* qonys report: the information on implementation that item 5 of the resolution asks for. */

#include "base/language.h"
#include "cli/cli-private.h"
#include "release/pages.h"

#include <glib/gi18n-lib.h>

/* "kk,ru": in this order. */
static gboolean
parse_languages (const char *text, QonysLanguage languages[QONYS_N_LANGUAGES], guint *n,
                 GError **error)
{
  g_auto (GStrv) codes = g_strsplit (text, ",", -1);

  for (*n = 0; codes[*n] != NULL; (*n)++)
    if (*n == QONYS_N_LANGUAGES || !qonys_language_parse (g_strstrip (codes[*n]), &languages[*n])) {
      _qonys_cli_set_usage_error (error, &_qonys_command_report,
                                  _ ("“%s” is no list of languages such as kk,ru."), text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *output = NULL, *audience = NULL, *purpose = NULL, *recipient = NULL;
  g_autofree char *indicator = NULL, *words = NULL;
  gboolean is_help;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write: .pdf"), "FILE"},
      {"recipient", 0, 0, G_OPTION_ARG_STRING, &recipient,
       N_ ("To whom it goes: a body; printed and logged"), "TEXT"},
      {"languages", 0, 0, G_OPTION_ARG_STRING, &words,
       N_ ("Languages of the report, one behind the other: kk,ru (that of --lang)"), "LIST"},
      {"indicator", 0, 0, G_OPTION_ARG_STRING, &indicator,
       N_ ("What the districts of the annex are coloured by"), "ID"},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &audience,
       N_ ("Who gets it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      G_OPTION_ENTRY_NULL};
  QonysLanguage languages[QONYS_N_LANGUAGES];
  g_autoptr (QonysProgress) progress = NULL;
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysPages) pages = NULL;
  g_autofree char *name = NULL;
  guint n = 0;
  QonysJob *job;

  if (!_qonys_cli_parse (&_qonys_command_report, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  name = output != NULL ? g_ascii_strdown (output, -1) : g_strdup ("");
  if (!g_str_has_suffix (name, ".pdf")) {
    _qonys_cli_set_usage_error (error, &_qonys_command_report,
                                _ ("A report is a .pdf file; name it with -o."));
    return FALSE;
  }
  if (words != NULL && !parse_languages (words, languages, &n, error))
    return FALSE;
  progress = _qonys_progress_new (_ ("Writing the report"));
  job = _qonys_progress_get_job (progress);
  project = _qonys_cli_open_project (argv[1], job, error);
  release = project == NULL ? NULL
                            : _qonys_cli_make_release (&_qonys_command_report, project, audience,
                                                       purpose, 0, indicator, job, error);
  pages = release == NULL
              ? NULL
              : qonys_release_make_implementation (release, qonys_release_get_plan (release),
                                                   languages, n, recipient, error);
  return pages != NULL && qonys_pages_write_pdf (pages, output, job, error);
}

const QonysCommand _qonys_command_report = {
    "report", "PROJECT", N_ ("The information on implementation of the resolution (its item 5)"),
    "  qonys report city.gpkg -o report.pdf --lang kk\n"
    "  qonys report city.gpkg -o report.pdf --languages kk,ru --recipient \"City maslikhat\"",
    run};
