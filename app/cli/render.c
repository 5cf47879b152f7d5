/* qonys render: a sheet as PNG, PDF or SVG, as the audience may see it. No display needed. */

#include "cli/cli-private.h"

#include "domain/setting.h"
#include "geo/mercator.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

typedef struct {
  char *output, *layers, *indicator, *box, *size, *audience, *purpose, *title;
  double point_size_px;
  gboolean is_heat, has_points, is_dark;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->layers);
  g_free (options->indicator);
  g_free (options->box);
  g_free (options->size);
  g_free (options->audience);
  g_free (options->purpose);
  g_free (options->title);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
choose_layers (const Options *options, QonysStyle *style, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (options->layers != NULL) {
    for (guint i = 0; i < QONYS_N_LAYERS; i++)
      style->layers[i].is_visible = FALSE;
    style->has_items = style->has_annotations = FALSE;
    names = g_strsplit (options->layers, ",", -1);
    for (guint i = 0; names[i] != NULL; i++) {
      QonysLayer layer;

      if (g_str_equal (names[i], "items")) {
        style->has_items = TRUE;
      } else if (g_str_equal (names[i], "annotations")) {
        style->has_annotations = TRUE;
      } else if (qonys_layer_parse (names[i], &layer)) {
        style->layers[layer].is_visible = TRUE;
      } else {
        _qonys_cli_set_usage_error (error, &_qonys_command_render,
                                    _ ("There is no layer “%s” to draw: layers are districts, "
                                       "fictitious, overcrowded, raids, items and annotations."),
                                    names[i]);
        return FALSE;
      }
    }
  }
  if (options->indicator != NULL)
    style->layers[QONYS_LAYER_DISTRICTS].is_visible = TRUE;
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    if (options->point_size_px > 0)
      style->layers[i].point_size_px = options->point_size_px;
    if (options->is_heat)
      style->layers[i].mode = QONYS_MODE_HEAT;
    else if (options->has_points)
      style->layers[i].mode = QONYS_MODE_POINTS;
  }
  return TRUE;
}

/* "71.2,51.0,71.6,51.3": west, south, east, north in degrees. */
static gboolean
parse_box (const char *text, QonysBox *box, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  double sides[4];
  gboolean is_ok = g_strv_length (words) == 4;

  for (guint i = 0; is_ok && i < 4; i++) {
    char *end;

    sides[i] = g_ascii_strtod (words[i], &end);
    is_ok = end != words[i] && *end == '\0' && isfinite (sides[i]);
  }
  if (!is_ok || sides[0] >= sides[2] || sides[1] >= sides[3] || fabs (sides[0]) > 180 ||
      fabs (sides[2]) > 180 || fabs (sides[1]) > QONYS_MAX_LAT_DEG ||
      fabs (sides[3]) > QONYS_MAX_LAT_DEG) {
    _qonys_cli_set_usage_error (error, &_qonys_command_render,
                                _ ("“%s” is no box: write west, south, east, north in degrees, as "
                                   "in 71.2,51.0,71.6,51.3."),
                                text);
    return FALSE;
  }
  *box = (QonysBox){qonys_mercator_x (sides[0]), qonys_mercator_y (sides[3]),
                    qonys_mercator_x (sides[2]), qonys_mercator_y (sides[1])};
  return TRUE;
}

static gboolean
parse_size (const char *text, int *width_px, int *height_px, GError **error)
{
  char rest;

  if (sscanf (text, "%5dx%5d%c", width_px, height_px, &rest) == 2 && *width_px > 0 &&
      *height_px > 0)
    return TRUE;
  _qonys_cli_set_usage_error (error, &_qonys_command_render,
                              _ ("“%s” is no size: write it as 1600x1000."), text);
  return FALSE;
}

static gboolean
check_form (const Options *options, GError **error)
{
  if (options->is_heat && options->has_points) {
    _qonys_cli_set_usage_error (error, &_qonys_command_render,
                                _ ("Choose one of --heat and --points."));
    return FALSE;
  }
  if (options->point_size_px == 0 || (options->point_size_px >= QONYS_MIN_POINT_SIZE_PX &&
                                      options->point_size_px <= QONYS_MAX_POINT_SIZE_PX))
    return TRUE;
  _qonys_cli_set_usage_error (error, &_qonys_command_render,
                              _ ("Points are from %d to %d pixels wide."),
                              (int)QONYS_MIN_POINT_SIZE_PX, (int)QONYS_MAX_POINT_SIZE_PX);
  return FALSE;
}

static gboolean
render (const char *path, const Options *options, GError **error)
{
  g_autoptr (QonysProgress) progress = _qonys_progress_new (_ ("Drawing"));
  QonysJob *job = _qonys_progress_get_job (progress);
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autofree char *look = qonys_store_read_setting (path, QONYS_SETTING_STYLE);
  g_autofree char *indicator = qonys_store_read_setting (path, QONYS_SETTING_STATISTIC);
  QonysStyle style = qonys_style_get_default ();
  int width_px = 1600, height_px = 1000;
  QonysBox box;

  if (look != NULL) /* what was chosen in the window, where the options say nothing else */
    qonys_style_parse (look, &style);
  if (indicator != NULL && !g_str_equal (indicator, "none") &&
      qonys_statistic_find (indicator) == NULL)
    g_clear_pointer (&indicator, g_free);
  if (!check_form (options, error) || !choose_layers (options, &style, error) ||
      (options->size != NULL && !parse_size (options->size, &width_px, &height_px, error)) ||
      (options->box != NULL && !parse_box (options->box, &box, error)))
    return FALSE;
  style.is_dark = options->is_dark;
  style.has_schematic_base = TRUE;

  project = _qonys_cli_open_project (path, job, error);
  if (project == NULL)
    return FALSE;
  if (options->box == NULL)
    box = qonys_districts_get_main_box (qonys_project_get_districts (project));
  release = _qonys_cli_make_release (
      &_qonys_command_render, project, options->audience, options->purpose, 0,
      options->indicator != NULL ? options->indicator : indicator, job, error);
  return release != NULL &&
         qonys_release_write_picture (release, &style, &box, options->title, width_px, height_px,
                                      options->output, job, error);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
       N_ ("The picture to write: .png, .pdf or .svg"), "FILE"},
      {"layer", 0, 0, G_OPTION_ARG_STRING, &options.layers,
       N_ ("What to draw: districts, fictitious, overcrowded, raids, items, annotations"),
       "LAYER[,LAYER…]"},
      {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator,
       N_ ("What the districts are coloured by, or none (overcrowded_share)"), "ID"},
      {"heat", 0, 0, G_OPTION_ARG_NONE, &options.is_heat, N_ ("Density instead of marks"), NULL},
      {"points", 0, 0, G_OPTION_ARG_NONE, &options.has_points,
       N_ ("Every address as a point instead of marks; official only"), NULL},
      {"point-size", 0, 0, G_OPTION_ARG_DOUBLE, &options.point_size_px,
       N_ ("How wide points are, 2 to 12 (by zoom)"), "PIXELS"},
      {"bbox", 0, 0, G_OPTION_ARG_STRING, &options.box, N_ ("What to show, in degrees"), "W,S,E,N"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &options.size, N_ ("Pixels (1600x1000)"), "WxH"},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &options.audience,
       N_ ("Who sees it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      {"dark", 0, 0, G_OPTION_ARG_NONE, &options.is_dark, N_ ("Light marks on a dark ground"),
       NULL},
      {"title", 0, 0, G_OPTION_ARG_STRING, &options.title, N_ ("The title of the sheet"), "TEXT"},
      G_OPTION_ENTRY_NULL};
  gboolean is_help;

  if (!_qonys_cli_parse (&_qonys_command_render, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (options.output == NULL) {
    _qonys_cli_set_usage_error (error, &_qonys_command_render,
                                _ ("Say with -o which file to write."));
    return FALSE;
  }
  return render (argv[1], &options, error);
}

const QonysCommand _qonys_command_render = {
    "render", "PROJECT", N_ ("Draw the map as a picture"),
    "  qonys render city.gpkg -o map.png --indicator overcrowded_share\n"
    "  qonys render city.gpkg -o sheet.pdf --layer overcrowded --heat --size 1587x1123 --lang ru\n"
    "  qonys render city.gpkg -o addresses.png --layer fictitious --audience official \\\n"
    "    --purpose \"check of 12 March\"",
    run};
