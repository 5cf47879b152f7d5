/* Every writer is tried for hidden numbers: those of 1 to 4, those that would give them away, and
 * all that is of an address. */

#include "release-support.h"

#include "domain/summary.h"
#include "release/release-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Cells of 3, 40 and 57 dwellings, far from one another. */
static QonysProject *
make_three_cells (void)
{
  World *world = world_new ();

  world_add_dwellings (world, 71.55, 51.12, 3, 1);
  world_add_dwellings (world, 71.55, 51.15, 40, 2);
  world_add_dwellings (world, 71.55, 51.18, 57, 11);
  return world_finish (world);
}

static void
test_smallest_neighbour_is_hidden (void)
{
  g_autoptr (QonysProject) project = make_three_cells ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autofree char *text = export_text (release, "cells", "csv");
  g_autoptr (GPtrArray) rows = csv_rows (text);
  guint n_shown = 0;

  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++) {
    GHashTable *row = g_ptr_array_index (rows, i);
    const char *dwellings = csv_get (row, "dwellings");
    gboolean is_shown = g_str_equal (csv_get (row, "dwellings_state"), "shown");

    g_assert_cmpstr (dwellings, ==, is_shown ? "57" : "");
    n_shown += is_shown;
    if (!is_shown)
      g_assert_cmpstr (csv_get (row, "dwellings_state"), ==, "suppressed");
    /* Nothing of suspicions was loaded: neither zero nor hidden. */
    g_assert_cmpstr (csv_get (row, "suspected"), ==, "");
    g_assert_cmpstr (csv_get (row, "suspected_state"), ==, "missing");
  }
  g_assert_cmpuint (n_shown, ==, 1);
}

/* The same numbers whatever the view: not a number more from another statistic or layer. */
static void
test_layers_agree (void)
{
  g_autoptr (QonysProject) project = make_three_cells ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autofree char *cells = export_text (release, "cells", "csv");
  g_autofree char *overcrowded = export_text (release, "overcrowded", "csv");
  g_autoptr (GPtrArray) all = csv_rows (cells), some = csv_rows (overcrowded);

  for (guint i = 0; i < some->len; i++)
    for (guint j = 0; j < all->len; j++) {
      GHashTable *a = g_ptr_array_index (some, i), *b = g_ptr_array_index (all, j);

      if (g_str_equal (csv_get (a, "cell"), csv_get (b, "cell"))) {
        g_assert_cmpstr (csv_get (a, "overcrowded"), ==, csv_get (b, "overcrowded"));
        g_assert_cmpstr (csv_get (a, "dwellings"), ==, csv_get (b, "dwellings"));
      }
    }
}

/* A cell of which every dwelling is overcrowded tells of each of them. */
static void
test_all_of_a_cell (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  world_add_dwellings (world, 71.55, 51.12, 9, 9);
  world_add_dwellings (world, 71.55, 51.15, 40, 20);
  world_add_dwellings (world, 71.55, 51.18, 57, 30);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  text = export_text (release, "cells", "csv");
  rows = csv_rows (text);
  for (guint i = 0; i < rows->len; i++) {
    GHashTable *row = g_ptr_array_index (rows, i);

    if (g_str_equal (csv_get (row, "dwellings"), "9"))
      g_assert_cmpstr (csv_get (row, "overcrowded_state"), ==, "suppressed");
  }
}

static gint64
parse (const char *text)
{
  return *text == '\0' ? QONYS_BIG_MISSING : g_ascii_strtoll (text, NULL, 10);
}

/* Random cities: what the city publishes less the cells that are shown is never one cell, nor a
 * sum below five; and a hidden district is never the sum of its cells. */
static void
test_cells_and_city (void)
{
  for (guint round = 0; round < 30; round++) {
    World *world = world_new ();
    g_autoptr (QonysProject) project = NULL;
    g_autoptr (QonysRelease) release = NULL;
    g_autofree char *text = NULL;
    g_autoptr (GPtrArray) rows = NULL;
    gint64 n_all = 0, n_shown = 0;
    guint n_hidden = 0, n_cells = g_test_rand_int_range (2, 12);

    for (guint i = 0; i < n_cells; i++) {
      guint n = g_test_rand_bit () ? g_test_rand_int_range (1, 8) : g_test_rand_int_range (8, 50);

      world_add_dwellings (world, 71.41 + 0.015 * i, 51.11 + 0.02 * (i % 4), n, n / 3);
      n_all += n;
    }
    project = world_finish (world);
    release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
    text = export_text (release, "cells", "csv");
    rows = csv_rows (text);
    g_assert_cmpuint (rows->len, ==, n_cells);
    for (guint i = 0; i < rows->len; i++) {
      gint64 count = parse (csv_get (g_ptr_array_index (rows, i), "dwellings"));

      if (count == QONYS_BIG_MISSING)
        n_hidden++;
      else {
        g_assert_cmpint (count, >=, 5);
        n_shown += count;
      }
    }
    if (n_all >= 5 && n_hidden > 0) {
      g_assert_cmpuint (n_hidden, >, 1);
      g_assert_cmpint (n_all - n_shown, >=, 5);
    }
  }
}

static gint64
find_quarter (const GPtrArray *rows, const char *kato, guint year, guint quarter, char **state)
{
  g_autofree char *year_text = g_strdup_printf ("%u", year);
  g_autofree char *quarter_text = g_strdup_printf ("%u", quarter);

  for (guint i = 0; i < rows->len; i++) {
    GHashTable *row = g_ptr_array_index (rows, i);

    if (g_str_equal (csv_get (row, "kato"), kato) &&
        g_str_equal (csv_get (row, "year"), year_text) &&
        g_str_equal (csv_get (row, "quarter"), quarter_text)) {
      *state = (char *)csv_get (row, "operations_state");
      return parse (csv_get (row, "operations"));
    }
  }
  *state = NULL;
  return QONYS_BIG_MISSING;
}

static void
test_quarters (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  char *state;

  world_add_operations (world, "711110000", "2023-02-01", 3);
  world_add_operations (world, "711110000", "2023-05-01", 20);
  world_add_operations (world, "711110000", "2023-08-01", 30);
  world_add_operations (world, "711310000", "2023-02-01", 40);
  world_add_operations (world, "711310000", "2023-05-01", 50);
  world_add_operations (world, "711310000", "2023-08-01", 60);
  world_add_operations (world, "711110000", "2023-11-01", 45);
  world_add_operations (world, "711110000", "2024-02-01", 45);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  text = export_text (release, "raids", "csv");
  rows = csv_rows (text);

  g_assert_cmpint (find_quarter (rows, "711110000", 2023, 1, &state), ==, QONYS_BIG_MISSING);
  g_assert_cmpstr (state, ==, "suppressed");
  /* Its row, its column, and the corner of the square. */
  find_quarter (rows, "711110000", 2023, 2, &state);
  g_assert_cmpstr (state, ==, "suppressed");
  find_quarter (rows, "711310000", 2023, 1, &state);
  g_assert_cmpstr (state, ==, "suppressed");
  find_quarter (rows, "711310000", 2023, 2, &state);
  g_assert_cmpstr (state, ==, "suppressed");
  /* The rest is there; a zero of events is a zero. */
  g_assert_cmpint (find_quarter (rows, "711110000", 2023, 3, &state), ==, 30);
  g_assert_cmpint (find_quarter (rows, "711310000", 2023, 4, &state), ==, 0);
  g_assert_cmpstr (state, ==, "shown");
  /* The data end in the first quarter of 2024: nothing is known of the second. */
  find_quarter (rows, "711110000", 2024, 2, &state);
  g_assert_null (state);
  /* There was no Sarayshyk in 2023. */
  find_quarter (rows, "711610000", 2023, 1, &state);
  g_assert_null (state);

  g_assert_cmpint (qonys_release_get_n_operations (release, "711110000", 2023), ==, 98);
  g_assert_cmpint (qonys_release_get_n_operations (release, QONYS_CITY_KATO, 2023), ==, 248);
  g_assert_cmpint (qonys_release_get_n_operations (release, "711110000", 2022), ==,
                   QONYS_BIG_MISSING);
  g_assert_cmpint (qonys_release_get_n_operations (release, "711610000", 2023), ==,
                   QONYS_BIG_MISSING);
}

/* The years' operations below five, in the card, the marks and the statistic alike. */
static void
test_hidden_year (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  const QonysContent *content;

  world_add_operations (world, "711110000", "2023-02-01", 2);
  world_add_operations (world, "711310000", "2023-05-01", 9);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, "operations");
  content = qonys_release_get_content (release);

  g_assert_cmpint (qonys_release_get_n_operations (release, "711110000", 2023), ==, -1);
  g_assert_cmpint (qonys_release_get_n_operations (release, "711310000", 2023), ==, -1);
  /* Marks that say only that something is there. */
  g_assert_cmpuint (qonys_points_get_n (content->layers[QONYS_LAYER_RAIDS].points), ==, 2);
  for (gsize i = 0; i < content->layers[QONYS_LAYER_RAIDS].n_rows; i++)
    g_assert_cmpfloat (content->layers[QONYS_LAYER_RAIDS].weights[i], ==, 0);
  g_assert_cmpuint (content->n_classes, ==, 0);
  for (guint i = 0; i < content->districts->len; i++)
    g_assert_cmpint (g_array_index (content->districts, QonysDistrictMark, i).state, ==,
                     QONYS_VALUE_SUPPRESSED);
  g_assert_nonnull (strstr (content->statistic_note, "hidden"));
}

/* What operations found is shown where it is large enough, though the operations are few. */
static void
test_violations_of_few_operations (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  const QonysMarkLayer *raids;

  world_add_violations (world, "711110000", "2023-02-01", 120);
  world_add_violations (world, "711310000", "2023-05-01", 80);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, "operations");
  raids = &qonys_release_get_content (release)->layers[QONYS_LAYER_RAIDS];

  g_assert_cmpint (qonys_release_get_n_operations (release, "711110000", 2023), ==, -1);
  g_assert_cmpuint (qonys_points_get_n (raids->points), ==, 2);
  g_assert_cmpfloat (raids->weights[0] + raids->weights[1], ==, 200);
}

static void
test_flows (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  world_add_flow (world, "110000000", QONYS_CITY_KATO, "2023-03-01", QONYS_FLOW_INTER_REGIONAL, 3,
                  100);
  world_add_flow (world, "150000000", QONYS_CITY_KATO, "2023-03-01", QONYS_FLOW_INTER_REGIONAL, 40,
                  200);
  world_add_flow (world, "190000000", QONYS_CITY_KATO, "2023-03-01", QONYS_FLOW_INTER_REGIONAL, 57,
                  0);
  world_add_flow (world, "abroad-other", QONYS_CITY_KATO, "2023-03-01", QONYS_FLOW_EXTERNAL, 19,
                  QONYS_INT_MISSING);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  text = export_text (release, "flows", "csv");
  rows = csv_rows (text);
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    GHashTable *row = g_ptr_array_index (rows, i);
    const char *origin = csv_get (row, "origin");

    if (g_str_equal (origin, "110000000")) {
      g_assert_cmpstr (csv_get (row, "arrivals_state"), ==, "suppressed");
      g_assert_cmpstr (csv_get (row, "departures"), ==, "100");
    } else if (g_str_equal (origin, "190000000")) {
      g_assert_cmpstr (csv_get (row, "arrivals"), ==, "57");
      g_assert_cmpstr (csv_get (row, "departures"), ==, "0");
      g_assert_cmpstr (csv_get (row, "departures_state"), ==, "shown");
    } else if (g_str_equal (origin, "abroad-other")) {
      /* Nineteen from abroad are too few. */
      g_assert_cmpstr (csv_get (row, "arrivals_state"), ==, "suppressed");
      g_assert_cmpstr (csv_get (row, "departures_state"), ==, "missing");
    }
  }
}

/* ---- no word of an address in anything public ---- */

static void
assert_clean (const char *text)
{
  static const char *const WORDS[] = {"flat-secret",  "даңғылы",     "\"d0\"",    ";d0;",
                                      "dwelling_key", "owner_group", "place_ref", "reg_permanent"};

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    g_assert_null (strstr (text, WORDS[i]));
}

static void
test_no_address_leaves_in_public (void)
{
  g_autoptr (QonysProject) project = make_three_cells ();
  static const char *const FORMATS[] = {"csv", "geojson"};

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_COMMITTEE; who++) {
    g_autoptr (QonysRelease) release = release_for (project, who, "registered");
    const char *const *layers = qonys_release_get_export_layers ();

    for (guint i = 0; layers[i] != NULL; i++)
      for (guint j = 0; j < G_N_ELEMENTS (FORMATS) && !g_str_equal (layers[i], "dwellings"); j++) {
        g_autofree char *text = export_text (release, layers[i], FORMATS[j]);

        assert_clean (text);
      }
  }
}

/* The flat stays in the restricted view even there. */
static void
test_no_flat_leaves_at_all (void)
{
  g_autoptr (QonysProject) project = make_three_cells ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  static const char *const LAYERS[] = {"dwellings", "overcrowded"};

  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++) {
    g_autofree char *text = export_text (release, LAYERS[i], "csv");

    g_assert_nonnull (strstr (text, "d0"));
    g_assert_null (strstr (text, "flat-secret"));
  }
}

/* The picture bears only what the content holds: hidden counts do not stand in the SVG's text. */
static void
test_picture (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  QonysStyle style = qonys_style_get_default ();
  g_autofree char *path = g_build_filename (support_temp_dir (), "map.svg", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  QonysBox box;
  const QonysContent *content;

  world_add_dwellings (world, 71.55, 51.12, 1000, 3);
  world_add_dwellings (world, 71.55, 51.15, 1000, 4242 - 4000);
  world_add_dwellings (world, 71.55, 51.18, 1000, 777);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  content = qonys_release_get_content (release);
  for (guint i = 0; i < content->layers[QONYS_LAYER_OVERCROWDED].cells->len; i++) {
    const QonysCellMark *mark =
        &g_array_index (content->layers[QONYS_LAYER_OVERCROWDED].cells, QonysCellMark, i);

    g_assert_cmpuint (mark->count, ==, mark->state == QONYS_VALUE_SHOWN ? 777 : 0);
  }
  box = qonys_districts_get_box (qonys_project_get_districts (project));
  g_assert_true (
      qonys_release_write_picture (release, &style, &box, NULL, 800, 600, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_clean (text);
}

/* What the model has no words for cannot leave it: no score, nothing of a person. */
static void
test_no_score (void)
{
  static const char *const WORDS[] = {"score",       "rank",        "risk",
                                      "nationality", "citizenship", "name_person"};

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    const QonysSchema *schema = qonys_schema_get (type);

    for (guint i = 0; i < schema->n_fields; i++)
      for (guint j = 0; j < G_N_ELEMENTS (WORDS); j++)
        g_assert_null (strstr (schema->fields[i].name, WORDS[j]));
  }
  for (guint i = 0; qonys_statistics_get (i) != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (WORDS); j++)
      g_assert_null (strstr (qonys_statistics_get (i)->id, WORDS[j]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/leaks/smallest-neighbour-is-hidden",
                   test_smallest_neighbour_is_hidden);
  g_test_add_func ("/release/leaks/layers-agree", test_layers_agree);
  g_test_add_func ("/release/leaks/all-of-a-cell", test_all_of_a_cell);
  g_test_add_func ("/release/leaks/cells-and-city", test_cells_and_city);
  g_test_add_func ("/release/leaks/quarters", test_quarters);
  g_test_add_func ("/release/leaks/hidden-year", test_hidden_year);
  g_test_add_func ("/release/leaks/violations-of-few-operations",
                   test_violations_of_few_operations);
  g_test_add_func ("/release/leaks/flows", test_flows);
  g_test_add_func ("/release/leaks/no-address-leaves-in-public", test_no_address_leaves_in_public);
  g_test_add_func ("/release/leaks/no-flat-leaves-at-all", test_no_flat_leaves_at_all);
  g_test_add_func ("/release/leaks/picture", test_picture);
  g_test_add_func ("/release/leaks/no-score", test_no_score);
  return release_test_run ();
}
