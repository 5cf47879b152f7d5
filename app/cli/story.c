/* qonys story: the scenes of a project to take along: PDF, pictures, a page for the browser. No
 * display needed. */

#include "cli/cli-private.h"

#include "base/error.h"
#include "domain/scene.h"
#include "release/preflight.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *output, *size, *audience, *purpose;
  gboolean has_notes, is_dark, is_check;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->size);
  g_free (options->audience);
  g_free (options->purpose);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The plan with the story that comes with the program, if it has none. */
static QonysPlan *
with_story (QonysPlan *plan)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (qonys_plan_get_entries (plan, QONYS_ENTRY_SCENE)->len > 0)
    return qonys_plan_ref (plan);
  g_printerr ("%s: %s\n", _ ("note"),
              _ ("The project has no story; the one that comes with the program is taken."));
  entries = qonys_story_make_default ();
  for (guint kind = 0; kind < QONYS_N_ENTRY_KINDS; kind++) {
    const GPtrArray *some = qonys_plan_get_entries (plan, kind);

    for (guint i = 0; i < some->len; i++)
      g_ptr_array_add (entries, qonys_entry_ref (g_ptr_array_index (some, i)));
  }
  return qonys_plan_new (entries);
}

static QonysDeck *
make_deck (const char *path, const Options *options, QonysJob *job, GError **error)
{
  g_autoptr (QonysProject) project = _qonys_cli_open_project (path, job, error);
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysPlan) plan = NULL, told = NULL;
  g_autoptr (QonysRelease) release = NULL;

  if (project == NULL)
    return NULL;
  plan = qonys_store_read_plan (path, &history, NULL, error);
  if (plan == NULL)
    return NULL;
  release = _qonys_cli_make_release (&_qonys_command_story, project, options->audience,
                                     options->purpose, 0, "none", job, error);
  if (release == NULL)
    return NULL;
  told = with_story (plan);
  return qonys_deck_new (release, told, history);
}

static gboolean
has_ending (const char *path, const char *ending)
{
  g_autofree char *name = g_ascii_strdown (path, -1);

  return g_str_has_suffix (name, ending);
}

/* Prints what would go wrong on a wall. */
static gboolean
check_story (QonysDeck *deck, const QonysDeckFormat *format, QonysJob *job, GError **error)
{
  g_autoptr (QonysPreflight) preflight = qonys_preflight_run (
      deck, (int)format->width_px, (int)format->height_px, format->is_dark, job, error);
  g_autofree char *text = NULL;
  guint n_stops;

  if (preflight == NULL)
    return FALSE;
  text = qonys_preflight_to_text (preflight);
  g_print ("%s", text);
  n_stops = qonys_preflight_count (preflight, QONYS_PREFLIGHT_STOP);
  if (n_stops > 0)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS,
                 ngettext ("%u thing cannot be shown. Follow the lines marked with “!”.",
                           "%u things cannot be shown. Follow the lines marked with “!”.", n_stops),
                 n_stops);
  return n_stops == 0;
}

static gboolean
write_story (const char *path, const Options *options, GError **error)
{
  g_autoptr (QonysProgress) progress =
      _qonys_progress_new (options->is_check ? _ ("Checking the scenes") : _ ("Drawing"));
  QonysJob *job = _qonys_progress_get_job (progress);
  gboolean is_pdf = !options->is_check && has_ending (options->output, ".pdf");
  g_autoptr (QonysDeck) deck = NULL;
  QonysDeckFormat format = {1920, 1080, options->is_dark, options->has_notes};
  int width_px, height_px;

  if (options->has_notes && !is_pdf) {
    _qonys_cli_set_usage_error (error, &_qonys_command_story,
                                _ ("Notes are written into a PDF only: name a file that ends in "
                                   ".pdf, or leave --notes out."));
    return FALSE;
  }
  if (options->size != NULL) {
    if (!_qonys_cli_parse_size (&_qonys_command_story, options->size, &width_px, &height_px, error))
      return FALSE;
    format.width_px = width_px;
    format.height_px = height_px;
  }
  deck = make_deck (path, options, job, error);
  if (deck == NULL)
    return FALSE;
  if (options->is_check)
    return check_story (deck, &format, job, error);
  if (is_pdf)
    return qonys_deck_write_pdf (deck, &format, options->output, job, error);
  if (has_ending (options->output, ".html"))
    return qonys_deck_write_html (deck, &format, options->output, job, error);
  return qonys_deck_write_png (deck, &format, options->output, job, error);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
       N_ ("What to write: .pdf, .html, or a folder of PNG pictures"), "FILE"},
      {"check", 0, 0, G_OPTION_ARG_NONE, &options.is_check,
       N_ ("Write nothing: say what would go wrong on a wall of that size"), NULL},
      {"size", 0, 0, G_OPTION_ARG_STRING, &options.size, N_ ("Pixels of a slide (1920x1080)"),
       "WxH"},
      {"notes", 0, 0, G_OPTION_ARG_NONE, &options.has_notes,
       N_ ("Pages of A4 with the speaker’s notes; PDF only"), NULL},
      {"dark", 0, 0, G_OPTION_ARG_NONE, &options.is_dark, N_ ("Light letters on a dark ground"),
       NULL},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &options.audience,
       N_ ("Who sees it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      G_OPTION_ENTRY_NULL};
  gboolean is_help;

  if (!_qonys_cli_parse (&_qonys_command_story, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if ((options.output == NULL) != options.is_check) {
    _qonys_cli_set_usage_error (error, &_qonys_command_story,
                                _ ("Say with -o which file or folder to write, or --check alone."));
    return FALSE;
  }
  return write_story (argv[1], &options, error);
}

const QonysCommand _qonys_command_story = {
    "story", "PROJECT", N_ ("Take the story along: slides as PDF, pictures or a page"),
    "  qonys story city.gpkg -o story.pdf --size 1024x768 --notes\n"
    "  qonys story city.gpkg -o slides --dark --lang ru\n"
    "  qonys story city.gpkg -o story.html\n"
    "  qonys story city.gpkg --check --size 1024x768",
    run};
