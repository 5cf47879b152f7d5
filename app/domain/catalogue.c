/* The catalogue: one JSON text of about 150 kB, parsed once in a few milliseconds, then looked up
 * by id in lists of at most forty. */

#include "domain/catalogue.h"

#include "base/format.h"
#include "domain/bundle.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

/* ---- reading members; what is not there is NULL, FALSE, missing ---- */

static char *
dup_string (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static QonysText3
get_text3 (JsonObject *object, const char *name)
{
  JsonObject *member = object == NULL ? NULL : get_object (object, name);
  QonysText3 text = {{NULL}};

  for (guint i = 0; member != NULL && i < QONYS_N_LANGUAGES; i++)
    text.text[i] = dup_string (member, qonys_language_get_code (i));
  return text;
}

static char **
get_strings (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **strings;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      g_strv_builder_add (builder, json_array_get_string_element (array, i));
  }
  strings = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return strings;
}

static gboolean
get_boolean (JsonObject *object, const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

static QonysDay
get_day (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, NULL);
  QonysDay day = QONYS_DAY_MISSING;

  if (text != NULL)
    qonys_day_parse (text, &day);
  return day;
}

typedef gpointer (*ReadFunc) (JsonObject *object);

static GPtrArray *
read_list (JsonObject *root, const char *name, ReadFunc read)
{
  GPtrArray *list = g_ptr_array_new ();
  JsonArray *array = json_object_get_array_member (root, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (list, read (json_array_get_object_element (array, i)));
  return list;
}

/* ---- one reader a kind ---- */

static gpointer
read_term (JsonObject *object)
{
  QonysTerm *term = g_new0 (QonysTerm, 1);

  term->id = dup_string (object, "id");
  term->title = get_text3 (object, "title");
  return term;
}

static gpointer
read_paragraph (JsonObject *object)
{
  QonysParagraph *paragraph = g_new0 (QonysParagraph, 1);

  paragraph->id = dup_string (object, "id");
  paragraph->text = get_text3 (object, "text");
  return paragraph;
}

static gpointer
read_figure (JsonObject *object)
{
  QonysFigure *figure = g_new0 (QonysFigure, 1);

  figure->id = dup_string (object, "id");
  figure->title = get_text3 (object, "title");
  figure->value = json_object_get_double_member_with_default (object, "value", NAN);
  figure->unit = dup_string (object, "unit");
  figure->period = get_text3 (object, "period");
  figure->period_start = get_day (object, "period_start");
  figure->period_end = get_day (object, "period_end");
  figure->is_period_stated = get_boolean (object, "period_stated");
  figure->qualifier =
      *json_object_get_string_member_with_default (object, "qualifier", "=") == '>' ? '>' : '=';
  figure->part_of = dup_string (object, "part_of");
  figure->paragraph = dup_string (object, "source_paragraph");
  figure->is_derived = get_boolean (object, "derived");
  figure->formula = dup_string (object, "formula");
  return figure;
}

static gpointer
read_indicator (JsonObject *object)
{
  QonysIndicator *indicator = g_new0 (QonysIndicator, 1);

  indicator->id = dup_string (object, "id");
  indicator->title = get_text3 (object, "title");
  indicator->unit = get_text3 (object, "unit");
  indicator->formula = get_text3 (object, "formula");
  indicator->finest_level = dup_string (object, "finest_level");
  indicator->aggregate = dup_string (object, "aggregate");
  indicator->privacy = dup_string (object, "privacy");
  indicator->is_rate = get_boolean (object, "rate");
  return indicator;
}

static gpointer
read_problem (JsonObject *object)
{
  QonysProblem *problem = g_new0 (QonysProblem, 1);

  problem->id = dup_string (object, "id");
  problem->title = get_text3 (object, "title");
  problem->description = get_text3 (object, "description");
  problem->why_no_place = get_text3 (object, "why_no_place");
  problem->category = dup_string (object, "category");
  problem->is_on_map = get_boolean (object, "on_map");
  problem->map_level = dup_string (object, "map_level");
  problem->finest_public_level = dup_string (object, "finest_public_level");
  problem->basis = dup_string (object, "basis");
  problem->indicators = get_strings (object, "indicators");
  problem->figures = get_strings (object, "figures");
  problem->paragraphs = get_strings (object, "paragraphs");
  problem->layers = get_strings (object, "layers");
  return problem;
}

static gpointer
read_development (JsonObject *object)
{
  QonysDevelopment *development = g_new0 (QonysDevelopment, 1);

  development->date = dup_string (object, "date");
  development->text = get_text3 (object, "text");
  development->source = dup_string (object, "source");
  return development;
}

static gpointer
read_measure (JsonObject *object)
{
  QonysMeasure *measure = g_new0 (QonysMeasure, 1);
  JsonObject *deadline = get_object (object, "deadline");

  measure->id = dup_string (object, "id");
  measure->title = get_text3 (object, "title");
  measure->text = get_text3 (object, "text");
  measure->bodies = get_strings (object, "bodies");
  measure->problems = get_strings (object, "problems");
  measure->effect_indicators = get_strings (object, "effect_indicators");
  measure->paragraphs = get_strings (object, "paragraphs");
  measure->kind = dup_string (object, "kind");
  measure->is_recommended =
      g_strcmp0 (json_object_get_string_member_with_default (object, "modality", ""),
                 "recommended") == 0;
  measure->status = dup_string (object, "status");
  measure->deadline_base = measure->deadline_due = QONYS_DAY_MISSING;
  if (deadline != NULL) {
    measure->has_deadline = TRUE;
    measure->deadline_rule = dup_string (deadline, "rule");
    measure->deadline_text = get_text3 (deadline, "text");
    measure->deadline_note = get_text3 (deadline, "note");
    measure->deadline_base = get_day (deadline, "base_date");
    measure->deadline_due = get_day (deadline, "next_working_day");
    if (measure->deadline_due == QONYS_DAY_MISSING)
      measure->deadline_due = get_day (deadline, "due_date");
  }
  measure->developments = json_object_has_member (object, "later_developments")
                              ? read_list (object, "later_developments", read_development)
                              : g_ptr_array_new ();
  return measure;
}

static gpointer
read_check (JsonObject *object)
{
  QonysCheck *check = g_new0 (QonysCheck, 1);

  check->id = dup_string (object, "id");
  check->text = get_text3 (object, "text");
  check->is_ok = get_boolean (object, "ok");
  return check;
}

static gpointer
read_catalogue (gpointer unused)
{
  g_autoptr (GBytes) bytes = qonys_bundle_load ("catalogue.json");
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  QonysCatalogue *catalogue = g_new0 (QonysCatalogue, 1);
  JsonObject *root;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (!json_parser_load_from_data (parser, text, size, NULL))
    g_assert_not_reached (); /* compiled in, and parsed by the tests */
  root = json_node_get_object (json_parser_get_root (parser));
  catalogue->document_title = get_text3 (get_object (root, "document"), "title");
  catalogue->bodies = read_list (root, "bodies", read_term);
  catalogue->categories = read_list (root, "categories", read_term);
  catalogue->statuses = read_list (root, "statuses", read_term);
  catalogue->paragraphs = read_list (root, "paragraphs", read_paragraph);
  catalogue->figures = read_list (root, "figures", read_figure);
  catalogue->indicators = read_list (root, "indicators", read_indicator);
  catalogue->problems = read_list (root, "problems", read_problem);
  catalogue->measures = read_list (root, "measures", read_measure);
  catalogue->checks = read_list (root, "consistency", read_check);
  return catalogue;
}

const QonysCatalogue *
qonys_catalogue_get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_catalogue, NULL);
}

/* ---- finding ---- */

/* Every kind begins with its id. */
static gconstpointer
find (const GPtrArray *list, const char *id)
{
  for (guint i = 0; id != NULL && i < list->len; i++) {
    const char *const *item = g_ptr_array_index (list, i);

    if (g_str_equal (*item, id))
      return item;
  }
  return NULL;
}

const QonysTerm *
qonys_catalogue_find_body (const char *id)
{
  return find (qonys_catalogue_get ()->bodies, id);
}

const QonysTerm *
qonys_catalogue_find_category (const char *id)
{
  return find (qonys_catalogue_get ()->categories, id);
}

const QonysTerm *
qonys_catalogue_find_status (const char *id)
{
  return find (qonys_catalogue_get ()->statuses, id);
}

const QonysParagraph *
qonys_catalogue_find_paragraph (const char *id)
{
  return find (qonys_catalogue_get ()->paragraphs, id);
}

const QonysFigure *
qonys_catalogue_find_figure (const char *id)
{
  return find (qonys_catalogue_get ()->figures, id);
}

const QonysIndicator *
qonys_catalogue_find_indicator (const char *id)
{
  return find (qonys_catalogue_get ()->indicators, id);
}

const QonysProblem *
qonys_catalogue_find_problem (const char *id)
{
  return find (qonys_catalogue_get ()->problems, id);
}

const QonysMeasure *
qonys_catalogue_find_measure (const char *id)
{
  return find (qonys_catalogue_get ()->measures, id);
}

GPtrArray *
qonys_catalogue_get_measures_for (const char *problem_id)
{
  const GPtrArray *all = qonys_catalogue_get ()->measures;
  GPtrArray *measures = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    QonysMeasure *measure = g_ptr_array_index (all, i);

    if (g_strv_contains ((const char *const *)measure->problems, problem_id))
      g_ptr_array_add (measures, measure);
  }
  return measures;
}

/* ---- telling ---- */

/* "%s services" for so many of them. */
static const char *
get_unit_format (const char *unit, gulong n)
{
  if (g_str_equal (unit, "services"))
    return ngettext ("%s service", "%s services", n);
  if (g_str_equal (unit, "persons"))
    return ngettext ("%s person", "%s persons", n);
  if (g_str_equal (unit, "operations"))
    return ngettext ("%s operation", "%s operations", n);
  if (g_str_equal (unit, "invitations"))
    return ngettext ("%s invitation", "%s invitations", n);
  if (g_str_equal (unit, "decisions"))
    return ngettext ("%s decision", "%s decisions", n);
  if (g_str_equal (unit, "permits"))
    return ngettext ("%s permit", "%s permits", n);
  if (g_str_equal (unit, "units"))
    return ngettext ("%s unit", "%s units", n);
  if (g_str_equal (unit, "month"))
    return ngettext ("%s month", "%s months", n);
  return g_str_equal (unit, "tenge") ? "%s ₸" : "%s";
}

char *
qonys_figure_format (const QonysFigure *figure)
{
  gint64 value = llround (figure->value);
  g_autofree char *number = qonys_format_int (value);

  if (figure->qualifier == '>' && g_str_equal (figure->unit, "persons"))
    return g_strdup_printf (ngettext ("more than %s person", "more than %s persons", value),
                            number);
  return g_strdup_printf (get_unit_format (figure->unit, value), number);
}

gboolean
qonys_measure_is_overdue (const QonysMeasure *measure, QonysDay today)
{
  return measure->deadline_due != QONYS_DAY_MISSING && today > measure->deadline_due &&
         g_strcmp0 (measure->status, "done") != 0 && g_strcmp0 (measure->status, "withdrawn") != 0;
}
