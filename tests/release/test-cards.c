/* Cards: unknown is not zero, hidden is neither, and a number bears its day. */

#include "release-support.h"

#include "base/language.h"

#include <math.h>

static const QonysCardRow *
find_row (const QonysCard *card, const char *label)
{
  for (guint i = 0; i < card->rows->len; i++) {
    const QonysCardRow *row = g_ptr_array_index (card->rows, i);

    if (g_str_equal (row->label, label))
      return row;
  }
  return NULL;
}

static gboolean
has_note (const QonysCard *card, const char *part)
{
  for (guint i = 0; i < card->notes->len; i++)
    if (strstr (g_ptr_array_index (card->notes, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static QonysProject *
make_city (gboolean is_synthetic)
{
  World *world = world_new ();

  world->is_synthetic = is_synthetic;
  world_add_dwellings (world, 71.45, 51.12, 100, 3);
  world_add_dwellings (world, 71.45, 51.18, 100, 0);
  world_add_dwellings (world, 71.55, 51.15, 100, 40);
  world_add_operations (world, "711110000", "2025-02-03", 2);
  world_add_operations (world, "711310000", "2025-02-03", 30);
  world_add_flow (world, "110000000", QONYS_CITY_KATO, "2023-09-01", QONYS_FLOW_INTER_REGIONAL,
                  74161, 38406);
  return world_finish (world);
}

/* One district each: hidden for being small, hidden for its neighbour, zero; and missing. */
static void
test_zero_missing_hidden (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysCard) almaty = qonys_release_get_district_card (release, "711110000");
  g_autoptr (QonysCard) sarayshyk = qonys_release_get_district_card (release, "711610000");
  const QonysCardRow *row;

  g_assert_cmpstr (almaty->title, ==, "Almaty");
  row = find_row (almaty, "Raid operations, year 2025");
  g_assert_cmpint (row->state, ==, QONYS_VALUE_SUPPRESSED);
  g_assert_cmpstr (row->value, ==, "< 5");
  row = find_row (sarayshyk, "Raid operations, year 2025");
  g_assert_cmpint (row->state, ==, QONYS_VALUE_SHOWN);
  g_assert_cmpstr (row->value, ==, "0");
  row = find_row (sarayshyk, "Overcrowded addresses, share");
  g_assert_cmpint (row->state, ==, QONYS_VALUE_SHOWN);
  g_assert_true (g_str_has_prefix (row->value, "0"));
  row = find_row (almaty, "Overcrowded addresses, share");
  g_assert_cmpint (row->state, ==, QONYS_VALUE_SUPPRESSED);
  g_assert_cmpstr (row->value, ==, "…");
  row = find_row (almaty, "Migration balance (saldo)");
  g_assert_cmpint (row->state, ==, QONYS_VALUE_MISSING);
  g_assert_true (g_str_has_prefix (row->value, "–"));
  g_assert_nonnull (row->remark);
  g_assert_true (has_note (almaty, "Addresses are not shown"));
  g_assert_true (has_note (almaty, "Hidden does not"));
}

static void
test_city (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysCard) city = qonys_release_get_district_card (release, QONYS_CITY_KATO);
  const QonysCardRow *row = find_row (city, "Migration balance (saldo)");

  g_assert_cmpint (row->state, ==, QONYS_VALUE_SHOWN);
  g_assert_true (g_str_has_prefix (row->value, "35\u00a0755"));
  g_assert_null (qonys_release_get_district_card (release, "711999999"));
}

/* The city under a norm, as each audience may see it. */
static void
test_norm (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysProject) wide = NULL;
  g_autoptr (QonysRelease) public = NULL;
  g_autoptr (QonysRelease) official = NULL;
  g_autoptr (QonysRelease) all = NULL;
  g_autoptr (QonysCard) public_card = NULL;
  g_autoptr (QonysCard) official_card = NULL;
  g_autoptr (QonysCard) all_card = NULL;
  g_autoptr (QonysProject) many = NULL;
  g_autoptr (QonysRelease) some = NULL;
  g_autoptr (QonysCard) some_card = NULL;
  QonysNorm norm;

  world_add_dwellings (world, 71.45, 51.12, 100, 3);
  project = world_finish (world);
  public = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  official = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  public_card = qonys_release_get_norm_card (public);
  official_card = qonys_release_get_norm_card (official);
  g_assert_cmpstr (find_row (public_card, "Overcrowded addresses")->value, ==, "< 5");
  g_assert_cmpint (find_row (public_card, "Overcrowded addresses")->state, ==,
                   QONYS_VALUE_SUPPRESSED);
  g_assert_cmpstr (find_row (official_card, "Overcrowded addresses")->value, ==, "3");
  g_assert_true (g_str_has_prefix (find_row (official_card, "Registrants above the norm")->value,
                                   "24")); /* 3 × (10 − 2) */
  g_assert_cmpstr (find_row (public_card, "Left out: area or registrants unknown")->value, ==, "0");
  g_assert_nonnull (strstr (public_card->title, "15"));
  g_assert_true (has_note (public_card, "upper bound"));

  /* All of them: whoever lives there is known to. */
  norm = *qonys_project_get_norm (project);
  norm.norm_m2 = 50;
  wide = qonys_project_with_norm (project, &norm);
  all = release_for (wide, QONYS_AUDIENCE_PUBLIC, NULL);
  all_card = qonys_release_get_norm_card (all);
  g_assert_cmpstr (find_row (all_card, "Overcrowded addresses")->value, ==, "…");

  world = world_new ();
  world_add_dwellings (world, 71.45, 51.12, 100, 40);
  many = world_finish (world);
  some = release_for (many, QONYS_AUDIENCE_PUBLIC, NULL);
  some_card = qonys_release_get_norm_card (some);
  g_assert_cmpstr (find_row (some_card, "Overcrowded addresses")->value, ==, "40");
}

static void
test_norm_without_dwellings (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;

  world_add_operations (world, "711110000", "2025-02-03", 2);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_assert_null (qonys_release_get_norm_card (release));
}

static void
test_synthetic_says_so (void)
{
  g_autoptr (QonysProject) project = make_city (TRUE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  g_autoptr (QonysCard) card = qonys_release_get_district_card (release, "711110000");

  g_assert_true (has_note (card, "ОҚУ ДЕРЕКТЕРІ"));
}

static void
test_problems (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysCard) card = qonys_release_get_district_card (release, "711310000");
  gboolean has_overcrowding = FALSE;

  for (guint i = 0; i < card->problem_ids->len; i++) {
    const char *id = g_ptr_array_index (card->problem_ids, i);

    g_assert_cmpstr (id, !=, "P16"); /* refugees: city only */
    has_overcrowding |= g_str_equal (id, "P02");
  }
  g_assert_true (has_overcrowding);
}

/* S2: the map is not coloured, the legend gives the period and the city's figure. */
static void
test_note_of_city_figure (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, "balance");
  const QonysContent *content = qonys_release_get_content (release);

  g_assert_cmpuint (content->n_classes, ==, 0);
  g_assert_nonnull (strstr (content->statistic_note, "2023"));
  g_assert_nonnull (strstr (content->statistic_note, "city total 35\u00a0755"));
  g_assert_nonnull (strstr (content->statistic_note, "district data: none loaded"));
  /* On the districts of 2023. */
  g_assert_cmpuint (content->districts->len, ==, 2);
}

static void
test_upper_bound_is_said (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  const QonysContent *content = qonys_release_get_content (release);

  g_assert_nonnull (strstr (content->layer_notes[QONYS_LAYER_OVERCROWDED], "upper bound"));
  g_assert_nonnull (strstr (content->layer_notes[QONYS_LAYER_OVERCROWDED], "15 m²"));
}

static void
test_cell_card (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  const GArray *cells = qonys_release_get_content (release)->layers[QONYS_LAYER_OVERCROWDED].cells;

  g_assert_cmpuint (cells->len, ==, 2);
  for (guint i = 0; i < cells->len; i++) {
    QonysPick pick = {.kind = QONYS_PICK_CELL, .layer = QONYS_LAYER_OVERCROWDED, .index = i};
    g_autoptr (QonysCard) card = qonys_release_get_card (release, &pick);
    const QonysCardRow *row = find_row (card, "Above the norm");

    g_assert_true (g_str_equal (row->value, "< 5") || g_str_equal (row->value, "…"));
    g_assert_cmpint (row->state, ==, QONYS_VALUE_SUPPRESSED);
    g_assert_cmpstr (find_row (card, "Suspected fictitious registration")->value, ==, "–");
    g_assert_true (has_note (card, "Addresses are not shown"));
  }
}

static void
test_official_dwelling (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  QonysPick pick = {.kind = QONYS_PICK_MARK,
                    .layer = QONYS_LAYER_OVERCROWDED,
                    .mark = {.n_points = 1, .weight = 1, .first_row = 0}};
  g_autoptr (QonysCard) card = qonys_release_get_card (release, &pick);

  g_assert_cmpstr (find_row (card, "May be registered by the norm")->value, ==, "2");
  g_assert_cmpstr (find_row (card, "Registrants above the norm")->value, ==, "8");
  g_assert_nonnull (find_row (card, "Registrants above the norm")->remark);
  g_assert_null (find_row (card, "Flat"));
}

/* A point's card is its row's, and says how many more stand there. */
static void
test_point (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  g_autoptr (QonysRelease) public = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  QonysPick pick = {.kind = QONYS_PICK_POINT,
                    .layer = QONYS_LAYER_OVERCROWDED,
                    .mark = {.n_points = 1, .weight = 1, .first_row = 0}};
  g_autoptr (QonysCard) one = qonys_release_get_card (release, &pick);
  g_autoptr (QonysCard) many = NULL;

  g_assert_cmpstr (find_row (one, "Registrants above the norm")->value, ==, "8");
  g_assert_false (has_note (one, "Records at this place"));
  pick.mark.n_points = 3;
  many = qonys_release_get_card (release, &pick);
  g_assert_true (has_note (many, "Records at this place: 3"));
  g_assert_null (qonys_release_get_card (public, &pick));
}

static void
test_nothing (void)
{
  g_autoptr (QonysProject) project = make_city (FALSE);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  QonysPick pick = {.kind = QONYS_PICK_NONE};

  g_assert_null (qonys_release_get_card (release, &pick));
}

/* A Kazakh unit may begin with a number: it is not read as part of the value. */
static void
test_units (void)
{
  const QonysStatistic *rate = qonys_statistic_find ("above_norm_per_1000");
  g_autofree char *en = qonys_statistic_format (rate, 325.6), *kk = NULL;

  g_assert_cmpstr (en, ==, "325.6\u00a0per 1\u00a0000 registered");
  qonys_language_set (QONYS_KK);
  kk = qonys_statistic_format (rate, 325.6);
  qonys_language_set (QONYS_EN);
  g_assert_true (g_str_has_prefix (kk, "325,6\u00a0(1"));
  g_assert_true (g_str_has_suffix (kk, ")"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_init ("en");
  g_test_add_func ("/release/cards/units", test_units);
  g_test_add_func ("/release/cards/zero-missing-hidden", test_zero_missing_hidden);
  g_test_add_func ("/release/cards/city", test_city);
  g_test_add_func ("/release/cards/norm", test_norm);
  g_test_add_func ("/release/cards/norm-without-dwellings", test_norm_without_dwellings);
  g_test_add_func ("/release/cards/synthetic-says-so", test_synthetic_says_so);
  g_test_add_func ("/release/cards/problems", test_problems);
  g_test_add_func ("/release/cards/note-of-city-figure", test_note_of_city_figure);
  g_test_add_func ("/release/cards/upper-bound-is-said", test_upper_bound_is_said);
  g_test_add_func ("/release/cards/cell-card", test_cell_card);
  g_test_add_func ("/release/cards/official-dwelling", test_official_dwelling);
  g_test_add_func ("/release/cards/point", test_point);
  g_test_add_func ("/release/cards/nothing", test_nothing);
  return release_test_run ();
}
