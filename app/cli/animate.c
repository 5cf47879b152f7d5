/* qonys animate: a film of time, as one animated PNG or as numbered pictures. No display needed. */

#include "cli/cli-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *output, *layers, *indicator, *box, *size, *audience, *purpose, *title;
  char *step, *mode, *from, *to;
  double rate;
  int n_steps;
  gboolean is_dark;
} Options;

static void
options_clear (Options *options)
{
  char **const texts[] = {&options->output,  &options->layers, &options->indicator,
                          &options->box,     &options->size,   &options->audience,
                          &options->purpose, &options->title,  &options->step,
                          &options->mode,    &options->from,   &options->to};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* "2023-01-01". */
static gboolean
parse_day (const char *text, QonysDay *day, GError **error)
{
  if (text == NULL || qonys_day_parse (text, day))
    return TRUE;
  _qonys_cli_set_usage_error (error, &_qonys_command_animate,
                              _ ("“%s” is no date: write it as 2024-01-25."), text);
  return FALSE;
}

static gboolean
parse_animation (const Options *options, QonysAnimation *animation, GError **error)
{
  *animation = (QonysAnimation){.step = QONYS_STEP_QUARTER,
                                .n_steps = (guint)CLAMP (options->n_steps, 1, 1000),
                                .period = QONYS_PERIOD_OPEN,
                                .rate = options->rate};
  if (options->step != NULL && !qonys_step_parse (options->step, &animation->step)) {
    _qonys_cli_set_usage_error (error, &_qonys_command_animate,
                                _ ("There is no step “%s”: steps are month, quarter and week."),
                                options->step);
    return FALSE;
  }
  animation->is_cumulative = g_strcmp0 (options->mode, "cumulative") == 0;
  if (options->mode != NULL && !animation->is_cumulative &&
      !g_str_equal (options->mode, "window")) {
    _qonys_cli_set_usage_error (error, &_qonys_command_animate,
                                _ ("There is no mode “%s”: modes are window and cumulative."),
                                options->mode);
    return FALSE;
  }
  if (!parse_day (options->from, &animation->period.from, error) ||
      !parse_day (options->to, &animation->period.to, error))
    return FALSE;
  if (animation->period.to != QONYS_DAY_MISSING)
    animation->period.to++; /* the day itself too */
  return TRUE;
}

static gboolean
animate (const char *path, const Options *options, GError **error)
{
  g_autoptr (QonysProgress) progress = _qonys_progress_new (_ ("Drawing"));
  QonysJob *job = _qonys_progress_get_job (progress);
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  QonysStyle style = qonys_style_get_default ();
  int width_px = 1280, height_px = 720;
  QonysAnimation animation;
  QonysBox box;

  if (!parse_animation (options, &animation, error) ||
      !_qonys_cli_choose_layers (&_qonys_command_animate, options->layers, options->indicator,
                                 &style, error) ||
      (options->size != NULL && !_qonys_cli_parse_size (&_qonys_command_animate, options->size,
                                                        &width_px, &height_px, error)) ||
      (options->box != NULL &&
       !_qonys_cli_parse_box (&_qonys_command_animate, options->box, &box, error)))
    return FALSE;
  style.is_dark = options->is_dark;
  style.has_schematic_base = TRUE;

  project = _qonys_cli_open_project (path, job, error);
  if (project == NULL)
    return FALSE;
  if (options->box == NULL)
    box = qonys_districts_get_main_box (qonys_project_get_districts (project));
  release = _qonys_cli_make_release (&_qonys_command_animate, project, options->audience,
                                     options->purpose, 0, options->indicator, job, error);
  return release != NULL &&
         qonys_release_write_animation (release, &style, &box, options->title, width_px, height_px,
                                        &animation, options->output, job, error);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_auto (Options) options = {.rate = 2, .n_steps = 1};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
       N_ ("An animated picture, .png or .apng, or a folder for numbered ones"), "FILE|FOLDER"},
      {"step", 0, 0, G_OPTION_ARG_STRING, &options.step,
       N_ ("A picture a month, quarter or week (quarter); quarters but for the official audience"),
       "STEP"},
      {"mode", 0, 0, G_OPTION_ARG_STRING, &options.mode,
       N_ ("What each shows: window or cumulative, from the beginning (window)"), "MODE"},
      {"window", 0, 0, G_OPTION_ARG_INT, &options.n_steps, N_ ("Steps the window is wide (1)"),
       "N"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("The first day (the data’s)"), "DATE"},
      {"to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("The last day (the data’s)"), "DATE"},
      {"rate", 0, 0, G_OPTION_ARG_DOUBLE, &options.rate, N_ ("Pictures a second (2)"), "N"},
      {"layer", 0, 0, G_OPTION_ARG_STRING, &options.layers,
       N_ ("What to draw: districts, fictitious, overcrowded, raids, items, annotations"),
       "LAYER[,LAYER…]"},
      {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator,
       N_ ("What the districts are coloured by, or none (overcrowded_share)"), "ID"},
      {"bbox", 0, 0, G_OPTION_ARG_STRING, &options.box, N_ ("What to show, in degrees"), "W,S,E,N"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &options.size, N_ ("Pixels (1280x720)"), "WxH"},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &options.audience,
       N_ ("Who sees it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      {"dark", 0, 0, G_OPTION_ARG_NONE, &options.is_dark, N_ ("Light marks on a dark ground"),
       NULL},
      {"title", 0, 0, G_OPTION_ARG_STRING, &options.title, N_ ("The title of the sheet"), "TEXT"},
      G_OPTION_ENTRY_NULL};
  gboolean is_help;

  if (!_qonys_cli_parse (&_qonys_command_animate, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (options.output == NULL) {
    _qonys_cli_set_usage_error (error, &_qonys_command_animate,
                                _ ("Say with -o which file or folder to write."));
    return FALSE;
  }
  return animate (argv[1], &options, error);
}

const QonysCommand _qonys_command_animate = {
    "animate", "PROJECT", N_ ("Draw the map as it was, step by step"),
    "  qonys animate city.gpkg -o raids.png --layer districts,raids --indicator operations\n"
    "  qonys animate city.gpkg -o frames --step month --mode cumulative --rate 4 \\\n"
    "    --audience official --purpose \"check of 12 March\"",
    run};
