/* The bundled catalogue: all of the resolution, in three languages, nothing dangling. */

#include "domain/bundle.h"
#include "domain/catalogue.h"

#include <math.h>

static void
assert_translated (const QonysText3 *text, const char *what)
{
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++)
    if (text->text[i] == NULL || *text->text[i] == '\0')
      g_error ("%s has no %s text", what, qonys_language_get_code (i));
}

static void
assert_known (char **ids, const char *what, gconstpointer (*find) (const char *id))
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (find (ids[i]) == NULL)
      g_error ("%s names %s, which is not in the catalogue", what, ids[i]);
}

#define FIND(name) ((gconstpointer (*) (const char *))qonys_catalogue_find_##name)

static void
test_complete (void)
{
  const QonysCatalogue *catalogue = qonys_catalogue_get ();
  guint n_given = 0;

  for (guint i = 0; i < catalogue->figures->len; i++) {
    const QonysFigure *figure = g_ptr_array_index (catalogue->figures, i);

    n_given += !figure->is_derived;
    assert_translated (&figure->title, figure->id);
    assert_translated (&figure->period, figure->id);
    g_assert_nonnull (qonys_catalogue_find_paragraph (figure->paragraph));
  }
  g_assert_cmpuint (n_given, ==, 20);
  g_assert_cmpuint (catalogue->problems->len, ==, 19);
  g_assert_cmpuint (catalogue->measures->len, ==, 15);
  g_assert_cmpuint (catalogue->indicators->len, ==, 28);
  g_assert_cmpuint (catalogue->statuses->len, ==, 8);

  for (guint i = 0; i < catalogue->problems->len; i++) {
    const QonysProblem *problem = g_ptr_array_index (catalogue->problems, i);

    assert_translated (&problem->title, problem->id);
    assert_translated (&problem->description, problem->id);
    if (!problem->is_on_map || problem->layers[0] == NULL)
      assert_translated (&problem->why_no_place, problem->id);
    g_assert_nonnull (qonys_catalogue_find_category (problem->category));
    assert_known (problem->indicators, problem->id, FIND (indicator));
    assert_known (problem->figures, problem->id, FIND (figure));
    assert_known (problem->paragraphs, problem->id, FIND (paragraph));
  }
  for (guint i = 0; i < catalogue->measures->len; i++) {
    const QonysMeasure *measure = g_ptr_array_index (catalogue->measures, i);

    assert_translated (&measure->title, measure->id);
    assert_translated (&measure->text, measure->id);
    g_assert_nonnull (measure->bodies[0]);
    g_assert_nonnull (qonys_catalogue_find_status (measure->status));
    assert_known (measure->bodies, measure->id, FIND (body));
    assert_known (measure->problems, measure->id, FIND (problem));
    assert_known (measure->effect_indicators, measure->id, FIND (indicator));
  }
  for (guint i = 0; i < catalogue->indicators->len; i++) {
    const QonysIndicator *indicator = g_ptr_array_index (catalogue->indicators, i);

    assert_translated (&indicator->title, indicator->id);
    assert_translated (&indicator->unit, indicator->id);
  }
}

static double
value (const char *id)
{
  return qonys_catalogue_find_figure (id)->value;
}

static void
test_consistency (void)
{
  const QonysFigure *remainder = NULL;

  for (guint i = 0; i < qonys_catalogue_get ()->figures->len; i++) {
    const QonysFigure *figure = g_ptr_array_index (qonys_catalogue_get ()->figures, i);

    if (figure->is_derived)
      remainder = figure;
  }
  /* C1: the three channels do not add up, and nobody corrects them. */
  g_assert_cmpfloat (value ("F01"), ==, 594002);
  g_assert_cmpfloat (value ("F02") + value ("F03") + value ("F04"), ==, 569857);
  g_assert_cmpfloat (remainder->value, ==, 24145);
  /* C2 */
  g_assert_cmpfloat (value ("F17") - value ("F18"), ==, value ("F19"));
  /* C5: a lower bound is not a value. */
  g_assert_cmpint (qonys_catalogue_find_figure ("F06")->qualifier, ==, '>');
  /* C3: periods differ, and some are not stated. */
  g_assert_false (qonys_catalogue_find_figure ("F09")->is_period_stated);
  g_assert_true (qonys_catalogue_find_figure ("F17")->is_period_stated);
}

static void
test_measures (void)
{
  g_autoptr (GPtrArray) for_p16 = qonys_catalogue_get_measures_for ("P16");
  g_autoptr (GPtrArray) for_p01 = qonys_catalogue_get_measures_for ("P01");
  const QonysMeasure *item_5 = qonys_catalogue_find_measure ("5");
  QonysDay due = qonys_day_from_ymd (2024, 2, 26);

  g_assert_cmpuint (for_p16->len, ==, 0); /* the resolution gives none */
  g_assert_cmpuint (for_p01->len, ==, 2);
  g_assert_true (qonys_catalogue_find_measure ("3.2")->is_recommended);
  g_assert_false (item_5->is_recommended);
  g_assert_cmpint (item_5->deadline_due, ==, due);
  g_assert_true (qonys_measure_is_overdue (item_5, due + 1));
  g_assert_false (qonys_measure_is_overdue (item_5, due));
  g_assert_false (qonys_measure_is_overdue (qonys_catalogue_find_measure ("3.5"), due + 1000));
}

static void
test_refugees_have_no_place (void)
{
  const QonysProblem *problem = qonys_catalogue_find_problem ("P16");

  g_assert_false (problem->is_on_map);
  g_assert_cmpstr (problem->map_level, ==, "city");
  g_assert_cmpstr (problem->finest_public_level, ==, "city");
  g_assert_null (problem->layers[0]);
  g_assert_cmpstr (qonys_catalogue_find_indicator ("I21")->finest_level, ==, "city");
}

/* Numbers are written as the program writes them, in every language: thousands behind U+00A0, so
 * that no line ends in the middle of one. */
static void
test_numbers (void)
{
  static const char *const names[] = {"catalogue.json", "story.json"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GBytes) bytes = qonys_bundle_load (names[i]);
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_autoptr (GRegex) regex = g_regex_new ("[0-9][ ,][0-9]{3}(?![0-9])", 0, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;

    if (g_regex_match (regex, text, 0, &match)) {
      g_autofree char *number = g_match_info_fetch (match, 0);

      g_error ("%s: a number written as “%s”", names[i], number);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/catalogue/complete", test_complete);
  g_test_add_func ("/domain/catalogue/consistency", test_consistency);
  g_test_add_func ("/domain/catalogue/numbers", test_numbers);
  g_test_add_func ("/domain/catalogue/measures", test_measures);
  g_test_add_func ("/domain/catalogue/refugees-have-no-place", test_refugees_have_no_place);
  return g_test_run ();
}
