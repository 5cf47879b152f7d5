/* qonys compare: what became of places and measures between two states of a project. */

#include "base/error.h"
#include "base/format.h"
#include "cli/cli-private.h"
#include "domain/words.h"
#include "release/pages.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

static void
print_state (const char *label, const QonysState *state)
{
  g_autofree char *day = qonys_format_day (state->day);

  _qonys_cli_print_fields (label, state->title, day, NULL);
}

static void
print_counts (const char *title, const GPtrArray *counts, gboolean are_bodies)
{
  if (counts->len == 0)
    return;
  g_print ("\n%s", title);
  for (guint k = 0; k < QONYS_N_DIFFERENCES; k++)
    g_print ("\t%s %s", qonys_difference_get_sign (k), qonys_difference_get_title (k));
  g_print ("\n");
  for (guint i = 0; i < counts->len; i++) {
    const QonysDifferenceCount *count = counts->pdata[i];

    g_print ("%s", are_bodies ? qonys_body_get_title (*count->key == '\0' ? NULL : count->key)
                              : qonys_kato_get_title (count->key));
    for (guint k = 0; k < QONYS_N_DIFFERENCES; k++)
      g_print ("\t%u", count->n[k]);
    g_print ("\n");
  }
}

static void
print_comparison (QonysRelease *release, const QonysComparison *comparison)
{
  g_autoptr (GPtrArray) lines = qonys_release_describe_comparison (release, comparison);

  print_state (_ ("From"), comparison->from);
  print_state (_ ("To"), comparison->to);
  if (lines->len == 0)
    g_print ("%s\n", _ ("Nothing has changed between these two states."));
  print_counts (_ ("District"), comparison->by_district, FALSE);
  print_counts (_ ("Responsible body"), comparison->by_body, TRUE);
  if (lines->len > 0)
    g_print ("\n");
  for (guint i = 0; i < lines->len; i++) {
    const QonysChangeLine *line = lines->pdata[i];

    g_print ("%s ", qonys_difference_get_sign (line->difference->kind));
    _qonys_cli_print_fields (qonys_difference_get_title (line->difference->kind), line->what,
                             line->place, line->bodies, line->detail, NULL);
  }
}

static QonysComparison *
compare (QonysProject *project, const char *from, const char *to, GError **error)
{
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan =
      qonys_store_read_plan (qonys_project_get_path (project), &history, NULL, error);
  g_autoptr (QonysState) before = NULL;
  g_autoptr (QonysState) after = NULL;

  before = plan != NULL ? qonys_state_find (history, plan, from != NULL ? from : "0", error) : NULL;
  after = before != NULL ? qonys_state_find (history, plan, to, error) : NULL;
  return after != NULL ? qonys_comparison_new (before, after, qonys_project_get_districts (project))
                       : NULL;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *from = NULL, *to = NULL, *output = NULL, *audience = NULL, *purpose = NULL;
  gboolean is_help;
  const GOptionEntry entries[] = {
      {"from", 0, 0, G_OPTION_ARG_STRING, &from,
       N_ ("The earlier state: a version’s name or a step’s number (0, the beginning)"), "STATE"},
      {"to", 0, 0, G_OPTION_ARG_STRING, &to,
       N_ ("The later state: a version’s name, a step’s number or now (now)"), "STATE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("The file to write: .pdf, .csv or .json; without it a table is printed"), "FILE"},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &audience,
       N_ ("Who gets it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      G_OPTION_ENTRY_NULL};
  g_autoptr (QonysProgress) progress = NULL;
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysComparison) comparison = NULL;
  g_autoptr (QonysRelease) release = NULL;
  QonysJob *job;

  if (!_qonys_cli_parse (&_qonys_command_compare, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  progress = _qonys_progress_new (_ ("Comparing"));
  job = _qonys_progress_get_job (progress);
  project = _qonys_cli_open_project (argv[1], job, error);
  comparison = project != NULL ? compare (project, from, to, error) : NULL;
  if (comparison == NULL)
    return FALSE;
  release = _qonys_cli_make_release (&_qonys_command_compare, project, audience, purpose, 0, NULL,
                                     job, error);
  if (release == NULL)
    return FALSE;
  if (output != NULL)
    return qonys_release_write_comparison (release, comparison, output, job, error);
  print_comparison (release, comparison);
  return TRUE;
}

const QonysCommand _qonys_command_compare = {
    "compare", "PROJECT", N_ ("What has changed between two states of a project"),
    "  qonys compare city.gpkg --from \"Before the session\"\n"
    "  qonys compare city.gpkg --from 0 --to 12 -o changes.pdf --lang kk",
    run};
