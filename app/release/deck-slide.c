/* From a scene to what its slide says and shows: a few dozen strings and one or two contents, 1 ms.
 */

#include "release/deck-private.h"

#include "base/format.h"
#include "domain/scene.h"
#include "domain/workflow.h"
#include "release/release-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- texts ---- */

/* The text in the language now set; else another one behind its language's code, never silently;
 * "" if there is none. */
static char *
dup_text (const QonysEntry *entry, guint field, gboolean *is_untranslated)
{
  const char *text = qonys_entry_get_text3 (entry, field);

  if (text != NULL)
    return g_strdup (text);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if ((text = qonys_entry_get (entry, field + i)) != NULL) {
      *is_untranslated = TRUE;
      return g_strdup_printf ("[%s] %s", qonys_language_get_code (i), text);
    }
  return g_strdup ("");
}

static char *
join (GPtrArray *parts, const char *separator)
{
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (separator, (char **)parts->pdata);
}

/* ---- title ---- */

static void
fill_title (QonysSlideContent *slide)
{
  const QonysTerm *commission = qonys_catalogue_find_body ("commission");

  slide->byline = g_strdup (qonys_text3_get (&commission->title));
  slide->date = qonys_format_day (qonys_day_today ());
  if (*slide->title == '\0') {
    g_free (slide->title);
    slide->title = g_strdup (qonys_text3_get (&qonys_catalogue_get ()->document_title));
  }
}

/* ---- figures ---- */

/* "paragraph A6" is never broken, at its space or its hyphen. Returns: (transfer full) */
static char *
make_paragraph (const char *number)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, _ ("paragraph %s"), number);
  g_string_replace (text, " ", "\u00a0", 0);
  g_string_replace (text, "-", "\u2011", 0);
  return g_string_free (text, FALSE);
}

static void
fill_figures (QonysSlideContent *slide, const QonysEntry *scene)
{
  g_auto (GStrv) ids = qonys_entry_dup_ids (scene, QONYS_SCENE_FIGURES);

  for (guint i = 0; ids[i] != NULL; i++) {
    const QonysFigure *from = qonys_catalogue_find_figure (ids[i]);
    QonysSlideFigure *figure;

    if (from == NULL)
      continue;
    figure = g_new0 (QonysSlideFigure, 1);
    figure->id = g_strdup (from->id);
    figure->value = qonys_figure_format (from);
    figure->title = g_strdup (qonys_text3_get (&from->title));
    figure->period = g_strdup (qonys_text3_get (&from->period));
    if (*figure->period == '\0') {
      g_free (figure->period);
      figure->period = g_strdup (_ ("period not stated"));
    }
    figure->source = from->is_derived || from->paragraph == NULL
                         ? g_strdup (_ ("computed by us, not in the resolution"))
                         : make_paragraph (from->paragraph);
    g_ptr_array_add (slide->figures, figure);
  }
  slide->sources = g_strdup (_ ("Source: the commission’s resolution of 25.01.2024."));
}

/* ---- closing ---- */

typedef struct {
  const QonysEntry *measure;
  QonysDay due; /* missing: last */
} OpenMeasure;

typedef struct {
  char *title;
  GString *measures;
  OpenMeasure next;
  guint n;
} Body;

static char *
dup_measure_name (const QonysEntry *measure)
{
  gboolean is_untranslated = FALSE;

  if (qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN))
    return dup_text (measure, QONYS_MEASURE_TITLE_KK, &is_untranslated);
  return g_strdup (qonys_entry_get_id (measure)); /* the resolution's own number */
}

static gboolean
is_sooner (QonysDay a, QonysDay b)
{
  return a != QONYS_DAY_MISSING && (b == QONYS_DAY_MISSING || a < b);
}

static int
compare_bodies (gconstpointer a, gconstpointer b)
{
  QonysDay x = (*(const Body *const *)a)->next.due, y = (*(const Body *const *)b)->next.due;

  return is_sooner (x, y) ? -1 : is_sooner (y, x) ? 1 : 0;
}

static void
body_free (gpointer data)
{
  Body *body = data;

  g_free (body->title);
  g_string_free (body->measures, TRUE);
  g_free (body);
}

static void
add_measure (GPtrArray *bodies, const QonysEntry *measure, const char *body_id)
{
  const QonysTerm *term = qonys_catalogue_find_body (body_id);
  const char *title = term != NULL ? qonys_text3_get (&term->title) : body_id;
  QonysDay due = qonys_entry_get_day (measure, QONYS_MEASURE_DUE_DAY);
  g_autofree char *name = dup_measure_name (measure);
  Body *body = NULL;

  for (guint i = 0; i < bodies->len && body == NULL; i++)
    if (g_str_equal (((Body *)g_ptr_array_index (bodies, i))->title, title))
      body = g_ptr_array_index (bodies, i);
  if (body == NULL) {
    body = g_new0 (Body, 1);
    body->title = g_strdup (title);
    body->measures = g_string_new (NULL);
    body->next.due = QONYS_DAY_MISSING;
    g_ptr_array_add (bodies, body);
  }
  g_string_append_printf (body->measures, "%s%s", body->n++ > 0 ? ", " : "", name);
  if (is_sooner (due, body->next.due))
    body->next = (OpenMeasure){measure, due};
}

/* What is still to be done, by body; the next to be due first. */
static void
fill_tasks (QonysSlideContent *slide, const QonysPlan *plan)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (body_free);

  for (guint i = 0; i < measures->len; i++) {
    const QonysEntry *measure = g_ptr_array_index (measures, i);
    const char *status = qonys_entry_get (measure, QONYS_MEASURE_STATUS);
    const char *ids = qonys_entry_get (measure, QONYS_MEASURE_BODY);
    g_auto (GStrv) names =
        g_strsplit (ids != NULL ? ids : _ ("No body named"), ids ? " " : "\n", -1);

    if (status != NULL && qonys_status_is_closed (status))
      continue;
    for (guint j = 0; names[j] != NULL; j++)
      add_measure (bodies, measure, names[j]);
  }
  g_ptr_array_sort (bodies, compare_bodies);
  for (guint i = 0; i < bodies->len; i++) {
    const Body *body = g_ptr_array_index (bodies, i);
    QonysSlideTask *task = g_new0 (QonysSlideTask, 1);

    task->body = g_strdup (body->title);
    task->measures =
        g_strdup_printf (ngettext ("%u open measure: %s", "%u open measures: %s", body->n), body->n,
                         body->measures->str);
    if (body->next.measure != NULL) {
      g_autofree char *day = qonys_format_day (body->next.due);
      g_autofree char *name = dup_measure_name (body->next.measure);

      task->is_overdue = qonys_workflow_is_overdue (body->next.measure, qonys_day_today ());
      /* Translators: number of a measure, then a day */
      task->due =
          g_strdup_printf (task->is_overdue ? _ ("%s: was due by %s, overdue by our reckoning")
                                            : _ ("%s: due by %s"),
                           name, day);
    }
    g_ptr_array_add (slide->tasks, task);
  }
}

/* ---- maps ---- */

void
_qonys_content_compare (QonysContent *a, QonysContent *b)
{
  QonysContent *both[] = {a, b};
  guint n = a->districts->len + b->districts->len, at = 0;
  g_autofree double *values = g_new (double, MAX (n, 1));
  double limits[G_N_ELEMENTS (a->class_limits)];
  guint n_classes;

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < both[side]->districts->len; i++)
      values[at++] = g_array_index (both[side]->districts, QonysDistrictMark, i).value;
  n_classes = _qonys_content_find_classes (values, n, limits);
  for (guint side = 0; side < 2; side++) {
    both[side]->n_classes = n_classes;
    memcpy (both[side]->class_limits, limits, sizeof limits);
    for (guint i = 0; i < QONYS_N_LAYERS; i++)
      if (both[1 - side]->layers[i].cells != NULL)
        both[side]->layers[i].compared_cells = g_array_ref (both[1 - side]->layers[i].cells);
  }
}

static void
fill_style (QonysSlideContent *slide, const QonysEntry *scene)
{
  const char *text = qonys_entry_get (scene, QONYS_SCENE_STYLE);
  const char *selected = qonys_entry_get (scene, QONYS_SCENE_SELECTED);
  g_auto (GStrv) items = qonys_entry_dup_ids (scene, QONYS_SCENE_ITEMS);
  QonysStyle *style = &slide->style;

  if (text != NULL)
    qonys_style_parse (text, style);
  style->has_schematic_base = TRUE; /* no tiles on a wall without internet */
  style->has_annotations = qonys_entry_get_bool (scene, QONYS_SCENE_HAS_ANNOTATIONS);
  if (selected != NULL)
    g_strlcpy (style->selected_kato, selected, sizeof style->selected_kato);
  qonys_style_select_entries (style, (const char *const *)items);
  if (slide->kind == QONYS_SCENE_IS_BEFORE_AFTER)
    for (guint i = 0; i < QONYS_N_LAYERS; i++)
      if (style->layers[i].mode == QONYS_MODE_HEAT) /* each scaled to its own maximum */
        style->layers[i].mode = QONYS_MODE_MARKS;
}

static void
fill_sources (QonysSlideContent *slide)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sources = qonys_content_get_sources (slide->content);
  const GPtrArray *base = qonys_project_get_base (slide->content->project);

  if (sources != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_ ("Sources: %s."), sources));
  if (slide->content->is_schematic)
    g_ptr_array_add (parts, g_strdup (_ ("Outlines are schematic.")));
  if (base != NULL && base->len > 0)
    g_ptr_array_add (parts, g_strdup ("© OpenStreetMap, ODbL."));
  slide->sources = join (parts, " ");
}

/* ---- as of ---- */

static const char *
get_version_title (const QonysEntry *version)
{
  const char *title = qonys_entry_get (version, QONYS_VERSION_TITLE);

  return title != NULL ? title : qonys_entry_get_id (version);
}

/* Of live data their day; of a state that is frozen its name too. */
static void
fill_as_of (QonysSlideContent *slide, const QonysEntry *version)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  QonysDay day = slide->content != NULL ? qonys_content_get_day (slide->content, &slide->style)
                                        : QONYS_DAY_MISSING;

  if (slide->before != NULL)
    day = MAX (day, qonys_content_get_day (slide->before, &slide->style));
  if (day != QONYS_DAY_MISSING) {
    g_autofree char *text = qonys_format_day (day);

    g_ptr_array_add (parts, g_strdup_printf (_ ("Data as of %s."), text));
  }
  if (version != NULL) {
    g_autofree char *text = qonys_format_day (qonys_entry_get_day (version, QONYS_VERSION_DAY));

    g_ptr_array_add (parts, g_strdup_printf (_ ("Frozen as of the version “%s”, %s."),
                                             get_version_title (version), text));
  }
  slide->as_of = join (parts, " ");
}

/* ---- before and after ---- */

static char *
describe_period (const QonysPeriod *period)
{
  return qonys_period_is_open (period) ? g_strdup (_ ("the whole time"))
                                       : qonys_period_format (period);
}

/* Do the norms differ by nothing but their size? */
static gboolean
is_same_rule (const QonysNorm *a, const QonysNorm *b)
{
  QonysNorm resized = *a;

  resized.norm_m2 = b->norm_m2;
  return qonys_norm_equal (&resized, b);
}

/* Next to no area is asked for: as before there was a norm. */
static gboolean
is_no_norm (const QonysNorm *norm)
{
  return norm->norm_m2 <= 1;
}

/* What sets a norm apart from another. */
static char *
describe_norm (const QonysNorm *norm, const QonysNorm *other)
{
  g_autofree char *size = qonys_format_decimal (norm->norm_m2, 1);

  if (is_no_norm (norm) && is_same_rule (norm, other))
    return g_strdup (_ ("no norm"));
  return is_same_rule (norm, other) ? g_strdup_printf (_ ("%s m² a person"), size)
                                    : _qonys_norm_describe (norm);
}

static char *
describe_side (const QonysDeckSide *side, const QonysDeckSide *other)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const QonysNorm *norm = qonys_project_get_norm (side->release->project);
  const QonysNorm *other_norm = qonys_project_get_norm (other->release->project);

  if (!qonys_norm_equal (norm, other_norm))
    g_ptr_array_add (parts, describe_norm (norm, other_norm));
  if (!qonys_period_equal (&side->period, &other->period))
    g_ptr_array_add (parts, describe_period (&side->period));
  if (side->version != other->version)
    g_ptr_array_add (parts,
                     side->version != NULL
                         ? g_strdup_printf (_ ("version “%s”"), get_version_title (side->version))
                         : g_strdup (_ ("the state now")));
  return join (parts, "; ");
}

static void
add_rule (GPtrArray *parts, const QonysNorm *norm)
{
  const char *areas[] = {_ ("useful area"), _ ("living area"), _ ("total area")};

  g_ptr_array_add (parts, g_strdup (areas[norm->area_kind]));
  g_ptr_array_add (parts, g_strdup (norm->exempt_relatives ? _ ("relatives not counted")
                                                           : _ ("relatives counted")));
  if (norm->future_only) {
    g_autofree char *day = qonys_format_day (norm->valid_from);

    g_ptr_array_add (parts, g_strdup_printf (_ ("registrations since %s only"), day));
  }
}

static void
fill_comparison (QonysSlideContent *slide, const QonysDeckSide *side, const QonysDeckSide *before)
{
  const QonysNorm *norm = qonys_project_get_norm (side->release->project);
  const QonysNorm *before_norm = qonys_project_get_norm (before->release->project);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *assumptions = NULL, *notes = NULL;
  gint64 n_unknown;

  slide->before = qonys_content_ref (before->release->content);
  _qonys_content_compare (side->release->content, before->release->content);
  slide->before_label = describe_side (before, side);
  slide->after_label = describe_side (side, before);
  if (qonys_norm_equal (norm, before_norm))
    return;
  slide->model_note = g_strdup (_ ("A model, not a forecast."));
  g_ptr_array_add (parts, g_strdup (_ ("the same registrations on both sides")));
  if (is_same_rule (norm, before_norm)) { /* else each side says it */
    g_autoptr (GPtrArray) rule = g_ptr_array_new_with_free_func (g_free);

    if (is_no_norm (norm) || is_no_norm (before_norm))
      g_ptr_array_add (parts, g_strdup (_ ("no norm is counted as 1 m² a person")));
    if (side->release->safe->is_upper_bound || before->release->safe->is_upper_bound)
      g_ptr_array_add (rule, g_strdup (_ ("upper bound"))); /* said however little room there is */
    add_rule (parts, norm);
    add_rule (rule, norm);
    slide->short_assumptions = join (rule, "; ");
  }
  if (side->release->safe->is_upper_bound || before->release->safe->is_upper_bound)
    g_ptr_array_add (parts, g_strdup (_ ("upper bound: who may be a relative is counted")));
  n_unknown = _qonys_release_get_n_norm_unknown (side->release);
  if (n_unknown >= side->release->threshold) {
    g_autofree char *number = qonys_format_int (n_unknown);

    g_ptr_array_add (parts, g_strdup_printf (_ ("dwellings left out as unknown: %s"), number));
  }
  assumptions = join (parts, "; ");
  slide->assumptions = g_strdup_printf (_ ("Assumptions: %s."), assumptions);
  /* All of them, for the one who is asked. */
  notes = slide->notes;
  slide->notes = g_strdup_printf ("%s%s%s %s", notes, *notes != '\0' ? "\n\n" : "",
                                  slide->model_note, slide->assumptions);
}

/* ---- the slide ---- */

QonysSlideContent *
_qonys_slide_content_make (const QonysEntry *scene, const QonysDeckSide *side,
                           const QonysDeckSide *before)
{
  QonysSlideContent *slide = qonys_slide_content_new (qonys_scene_get_type (scene));
  QonysContent *content = side->release->content;
  gboolean ignored;

  slide->audience = side->release->audience;
  slide->title = dup_text (scene, QONYS_SCENE_TITLE_KK, &slide->is_untranslated);
  slide->text = dup_text (scene, QONYS_SCENE_TEXT_KK, &slide->is_untranslated);
  slide->notes = dup_text (scene, QONYS_SCENE_NOTES_KK, &ignored);
  slide->duration_s = qonys_scene_get_duration_s (scene);
  slide->watermark = g_strdup (content->watermark);
  fill_style (slide, scene);
  if (!qonys_scene_get_box (scene, &slide->box))
    slide->box =
        qonys_districts_get_main_box (qonys_project_get_districts (side->release->project));
  switch (slide->kind) {
  case QONYS_SCENE_IS_TITLE:
    fill_title (slide);
    slide->is_synthetic = content->is_synthetic;
    break;
  case QONYS_SCENE_IS_FIGURES:
    fill_figures (slide, scene);
    break;
  case QONYS_SCENE_IS_CLOSING:
    fill_tasks (slide, side->release->plan);
    break;
  default:
    slide->content = qonys_content_ref (content);
    slide->is_synthetic = content->is_synthetic;
    if (before != NULL)
      fill_comparison (slide, side, before);
    fill_sources (slide);
  }
  fill_as_of (slide, side->version);
  return slide;
}
