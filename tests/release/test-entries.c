/* What people wrote at the gate: who sees which shape and which words, on map, card and in files;
 * and what an edit leaves as it was. */

#include "release-support.h"

#include "geo/mercator.h"
#include "geo/wkt.h"
#include "release/release-private.h"

#include <math.h>
#include <string.h>

static QonysProject *
make_city (void)
{
  return world_finish (world_new ());
}

/* A point of UTM 42N as WKT's two numbers. */
static char *
at (double east_m, double north_m)
{
  double lon_deg, lat_deg;
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

  qonys_utm42_unproject (&east_m, &north_m, 1, &lon_deg, &lat_deg);
  return g_strdup_printf ("%s %s", g_ascii_formatd (lon, sizeof lon, "%.7f", lon_deg),
                          g_ascii_formatd (lat, sizeof lat, "%.7f", lat_deg));
}

#define EAST_M 669000.0 /* a corner of a square */
#define NORTH_M 5668500.0

/* "POLYGON ((…))" of vertices given as east, north from the corner. */
static char *
make_wkt (const char *kind, guint n, const double *offsets)
{
  gboolean is_polygon = g_str_equal (kind, "POLYGON");
  GString *text = g_string_new (kind);

  g_string_append (text, is_polygon ? " ((" : " (");
  for (guint i = 0; i < n; i++) {
    g_autofree char *vertex = at (EAST_M + offsets[2 * i], NORTH_M + offsets[2 * i + 1]);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", vertex);
  }
  g_string_append (text, is_polygon ? "))" : ")");
  return g_string_free (text, FALSE);
}

static QonysEntry *
make_item (const char *id, const char *place_kind, const char *place_ref, const char *wkt)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {
      [QONYS_ITEM_PROBLEM] = "P01",
      [QONYS_ITEM_PLACE_KIND] = place_kind,
      [QONYS_ITEM_PLACE_REF] = place_ref,
      [QONYS_ITEM_SHAPE] = wkt,
      [QONYS_ITEM_TEXT_KK] = "Тіркелген, бірақ тұрмайды",
      [QONYS_ITEM_SEVERITY] = "4",
      [QONYS_ITEM_SEVERITY_REASONS] = "grave-reasons",
      [QONYS_ITEM_INDICATOR] = "I03",
      [QONYS_ITEM_INDICATOR_VALUE] = "35.7",
      [QONYS_ITEM_INDICATOR_DAY] = "2024-01-25",
      [QONYS_ITEM_DOCUMENT] = "secret-paper",
      [QONYS_ITEM_AUTHOR_ROLE] = "analyst",
      [QONYS_ITEM_DAY] = "2024-02-01",
  };

  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

static QonysEntry *
make_annotation (const char *id, const char *kind, const char *wkt, const char *text_ru)
{
  const char *values[QONYS_ANNOTATION_N_FIELDS] = {
      [QONYS_ANNOTATION_KIND] = kind,
      [QONYS_ANNOTATION_SHAPE] = wkt,
      [QONYS_ANNOTATION_TEXT_RU] = text_ru,
      [QONYS_ANNOTATION_ITEMS] = "i1",
      [QONYS_ANNOTATION_MEASURES] = "3.2",
      [QONYS_ANNOTATION_BEFORE] = "old-picture.jpg",
      [QONYS_ANNOTATION_AFTER] = "new-picture.jpg",
  };

  return qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
}

static QonysPlan *
make_plan (QonysEntry *const *entries, guint n)
{
  g_autoptr (QonysPlan) measures = qonys_plan_new_default ();
  const GPtrArray *list = qonys_plan_get_entries (measures, QONYS_ENTRY_MEASURE);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (all, qonys_entry_ref (list->pdata[i]));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, entries[i]); /* takes them */
  return qonys_plan_new (all);
}

static QonysRelease *
release_of (QonysProject *project, QonysAudience audience, QonysPlan *plan)
{
  g_autoptr (QonysRelease) bare = release_for (project, audience, NULL);

  return qonys_release_with_plan (bare, plan);
}

static const QonysNoteMark *
get_note (const QonysRelease *release, const char *id)
{
  const QonysContent *content = qonys_release_get_content (release);
  int index = qonys_content_find_note (content, id);

  g_assert_cmpint (index, >=, 0);
  return content->notes->pdata[index];
}

static void
to_utm (double x, double y, double *east_m, double *north_m)
{
  double lon_deg = qonys_mercator_lon_deg (x), lat_deg = qonys_mercator_lat_deg (y);

  qonys_utm42_project (&lon_deg, &lat_deg, 1, east_m, north_m);
}

/* Every vertex of a shape is on a grid, to the centimetre a file keeps. */
static void
assert_on_grid (const QonysShape *shape, double step_m)
{
  for (guint i = 0; i < shape->ring_starts[1]; i++) {
    double east_m, north_m;

    to_utm (shape->x[i], shape->y[i], &east_m, &north_m);
    g_assert_cmpfloat (fabs (east_m - round (east_m / step_m) * step_m), <, 0.02);
    g_assert_cmpfloat (fabs (north_m - round (north_m / step_m) * step_m), <, 0.02);
  }
}

/* Is it the square whose south-west corner is so far from ours? */
static void
assert_is_square (const QonysNoteMark *note, double east_m, double north_m)
{
  double center_east_m, center_north_m;

  g_assert_true (note->is_ring);
  g_assert_cmpuint (note->shape->ring_starts[1], ==, 5);
  assert_on_grid (note->shape, 500);
  to_utm (note->x, note->y, &center_east_m, &center_north_m);
  g_assert_cmpfloat (fabs (center_east_m - EAST_M - east_m - 250), <, 3);
  g_assert_cmpfloat (fabs (center_north_m - NORTH_M - north_m - 250), <, 3);
}

/* ---- shapes ---- */

static void
test_point (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){137.3, 411.9});
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_item ("i1", "point", "Кенесары көшесі, 1", wkt)}, 1);

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who++) {
    g_autoptr (QonysRelease) release = release_of (project, who, plan);
    const QonysNoteMark *note = get_note (release, "i1");
    g_autofree char *json = export_text (release, "items", "geojson");
    g_autofree char *csv = export_text (release, "items", "csv");

    if (who == QONYS_AUDIENCE_OFFICIAL) {
      double east_m, north_m;

      to_utm (note->x, note->y, &east_m, &north_m);
      g_assert_cmpfloat (fabs (east_m - EAST_M - 137.3), <, 0.02);
      g_assert_cmpfloat (fabs (north_m - NORTH_M - 411.9), <, 0.02);
      g_assert_null (note->shape);
      g_assert_false (note->is_generalised);
      g_assert_nonnull (strstr (json, "\"Point\""));
      g_assert_nonnull (strstr (json, "Кенесары"));
      continue;
    }
    assert_is_square (note, 0, 0);
    g_assert_true (note->is_generalised);
    g_assert_null (strstr (json, "\"Point\""));
    g_assert_null (strstr (json, "Кенесары"));
    g_assert_null (strstr (csv, "Кенесары"));
    /* Not even the entry behind it knows the place. */
    g_assert_null (qonys_entry_get (note->entry, QONYS_ITEM_SHAPE));
  }
}

/* Moved within its square a point leaves no trace in what is public. */
static void
test_moved_within_square (void)
{
  static const double offsets[][2] = {{1, 1}, {499, 499}, {250, 13}, {77.7, 333.3}};
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) {
    g_autofree char *wkt = make_wkt ("POINT", 1, offsets[i]);
    g_autoptr (QonysPlan) plan =
        make_plan ((QonysEntry *[]){make_item ("i1", "point", NULL, wkt)}, 1);
    g_autoptr (QonysRelease) release = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
    g_autofree char *json = export_text (release, "items", "geojson");
    g_autofree char *csv = export_text (release, "items", "csv");
    g_autofree char *both = g_strconcat (json, csv, NULL);

    if (first == NULL)
      first = g_strdup (both);
    g_assert_cmpstr (both, ==, first);
  }
}

static void
test_areas (void)
{
  const double small[] = {10, 10, 200, 10, 200, 300, 10, 10};
  const double large[] = {33, 41, 1212, 77, 1490, 1333, 48, 1017, 33, 41};
  /* Vertices that fall together, and a whole area that is a line on the grid. */
  const double close[] = {110, 110, 130, 120, 120, 130, 110, 110};
  const double thin[] = {0, 0, 900, 1, 900, 20, 0, 21, 0, 0};
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *small_wkt = make_wkt ("POLYGON", 4, small);
  g_autofree char *large_wkt = make_wkt ("POLYGON", 5, large);
  g_autofree char *close_wkt = make_wkt ("POLYGON", 4, close);
  g_autofree char *thin_wkt = make_wkt ("POLYGON", 5, thin);
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_item ("small", "area", NULL, small_wkt),
                                  make_item ("large", "area", NULL, large_wkt),
                                  make_annotation ("close", "area", close_wkt, "А"),
                                  make_annotation ("thin", "area", thin_wkt, "Б"),
                                  make_annotation ("wide", "area", large_wkt, "В")},
                 5);
  g_autoptr (QonysRelease) official = release_of (project, QONYS_AUDIENCE_OFFICIAL, plan);

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_COMMITTEE; who++) {
    g_autoptr (QonysRelease) release = release_of (project, who, plan);
    const QonysNoteMark *note = get_note (release, "large");

    assert_is_square (get_note (release, "small"), 0, 0);
    assert_is_square (get_note (release, "close"), 0, 0);
    assert_is_square (get_note (release, "thin"), 0, 0);
    g_assert_cmpuint (note->shape->ring_starts[1], ==, 5);
    assert_on_grid (note->shape, 100);
    g_assert_true (note->is_generalised);
    assert_on_grid (get_note (release, "wide")->shape, 100);
  }
  g_assert_false (get_note (official, "small")->is_generalised);
  g_assert_cmpuint (get_note (official, "small")->shape->ring_starts[1], ==, 4);
}

static void
test_lines (void)
{
  const double far[] = {12, 17, 333, 444, 341, 438, 1888, 777};
  const double near[] = {12, 17, 20, 30};
  const double place[] = {149, 151};
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *far_wkt = make_wkt ("LINESTRING", 4, far);
  g_autofree char *near_wkt = make_wkt ("LINESTRING", 2, near);
  g_autofree char *place_wkt = make_wkt ("POINT", 1, place);
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_annotation ("far", "arrow", far_wkt, "А"),
                                  make_annotation ("near", "freehand", near_wkt, "Б"),
                                  make_annotation ("pin", "pin", place_wkt, "В")},
                 3);
  g_autoptr (QonysRelease) release = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
  g_autofree char *json = export_text (release, "annotations", "geojson");
  const QonysNoteMark *note = get_note (release, "far");
  double east_m, north_m;

  g_assert_cmpuint (note->shape->ring_starts[1], ==, 3); /* two fell together */
  assert_on_grid (note->shape, 100);
  g_assert_nonnull (strstr (json, "\"LineString\""));
  g_assert_cmpfloat_with_epsilon (note->x, note->shape->x[2], 1e-15); /* where it points to */
  note = get_note (release, "near");
  g_assert_null (note->shape);
  g_assert_false (isnan (note->x));
  to_utm (get_note (release, "pin")->x, get_note (release, "pin")->y, &east_m, &north_m);
  g_assert_cmpfloat (fabs (east_m - EAST_M - 100), <, 0.02);
  g_assert_cmpfloat (fabs (north_m - NORTH_M - 200), <, 0.02);
}

/* Squares, districts and the city are what they are for everybody; a place somebody drew besides
 * is not told. */
static void
test_coarse_places (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){137, 411});
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_item ("cell", "cell", "E1339N11337", NULL),
                                  make_item ("drawn", "cell", NULL, wkt),
                                  make_item ("district", "district", "711310000", wkt),
                                  make_item ("city", "city", NULL, wkt),
                                  make_item ("gone", "district", "719990000", NULL)},
                 5);

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who++) {
    g_autoptr (QonysRelease) release = release_of (project, who, plan);
    g_autofree char *json = export_text (release, "items", "geojson");

    assert_is_square (get_note (release, "cell"), 500, 0);
    g_assert_false (get_note (release, "cell")->is_generalised);
    if (who != QONYS_AUDIENCE_OFFICIAL)
      assert_is_square (get_note (release, "drawn"), 0, 0);
    g_assert_cmpstr (get_note (release, "district")->district->kato, ==, "711310000");
    g_assert_cmpfloat (get_note (release, "district")->x, ==,
                       get_note (release, "district")->district->label_x);
    g_assert_true (isnan (get_note (release, "city")->x));
    g_assert_true (isnan (get_note (release, "gone")->x));
    g_assert_nonnull (strstr (json, "\"geometry\":null"));
  }
}

/* ---- words ---- */

static gboolean
card_has (const QonysCard *card, const char *word)
{
  for (guint i = 0; i < card->rows->len; i++) {
    const QonysCardRow *row = g_ptr_array_index (card->rows, i);

    if (strstr (row->value, word) != NULL || strstr (row->label, word) != NULL ||
        (row->remark != NULL && strstr (row->remark, word) != NULL))
      return TRUE;
  }
  return FALSE;
}

static QonysCard *
get_card (const QonysRelease *release, const char *id)
{
  const QonysContent *content = qonys_release_get_content (release);
  QonysPick pick = qonys_pick_note (content, (guint)qonys_content_find_note (content, id));
  QonysCard *card = qonys_release_get_card (release, &pick);

  g_assert_cmpstr (card->entry_id, ==, id);
  return card;
}

static void
test_fields (void)
{
  static const char *const secrets[] = {"grave-reasons", "secret-paper", "analyst", "severity",
                                        "old-picture"};
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){137, 411});
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_item ("i1", "point", NULL, wkt),
                                  make_annotation ("a1", "before_after", wkt, "Пункт открыт")},
                 2);

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who++) {
    g_autoptr (QonysRelease) release = release_of (project, who, plan);
    g_autofree char *items = export_text (release, "items", "csv");
    g_autofree char *annotations = export_text (release, "annotations", "geojson");
    g_autofree char *all = g_strconcat (items, annotations, NULL);
    g_autoptr (QonysCard) card = get_card (release, "i1");
    gboolean is_public = who == QONYS_AUDIENCE_PUBLIC;

    for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
      g_assert_cmpint (strstr (all, secrets[i]) == NULL, ==, is_public);
    g_assert_nonnull (strstr (all, "35.7"));
    g_assert_nonnull (strstr (all, "2024-02-01"));
    g_assert_nonnull (strstr (all, "Тіркелген"));
    g_assert_nonnull (strstr (all, "Пункт открыт"));
    g_assert_nonnull (strstr (all, "\"text_kk\":null"));
    g_assert_cmpint (card_has (card, "secret-paper"), ==, !is_public);
    g_assert_cmpint (card_has (card, "grave-reasons"), ==, !is_public);
    g_assert_cmpint (card_has (card, "approximate"), ==, who != QONYS_AUDIENCE_OFFICIAL);
    g_assert_true (card_has (card, "35.7"));
  }
}

/* A text that is missing in the language now set is said to be missing, never borrowed. */
static void
test_missing_language (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){137, 411});
  g_autoptr (QonysPlan) plan =
      make_plan ((QonysEntry *[]){make_annotation ("a1", "pin", wkt, "Пункт открыт"),
                                  make_annotation ("a2", "pin", wkt, NULL)},
                 2);
  g_autoptr (QonysRelease) english = NULL, russian = NULL;
  g_autoptr (QonysCard) card = NULL;

  english = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
  g_assert_cmpstr (get_note (english, "a1")->text, ==, "");
  g_assert_true (get_note (english, "a1")->is_text_missing);
  g_assert_false (get_note (english, "a2")->is_text_missing);
  card = get_card (english, "a1");
  g_assert_false (card_has (card, "Пункт"));
  g_assert_true (card_has (card, "No text in this language"));
  qonys_language_set (QONYS_RU);
  russian = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
  qonys_language_set (QONYS_EN);
  g_assert_cmpstr (get_note (russian, "a1")->text, ==, "Пункт открыт");
  g_assert_false (get_note (russian, "a1")->is_text_missing);
}

/* ---- measures ---- */

static void
test_measures (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){137, 411});
  g_autoptr (QonysPlan) first =
      make_plan ((QonysEntry *[]){make_item ("i1", "point", NULL, wkt),
                                  make_annotation ("a1", "pin", wkt, "А")},
                 2);
  QonysEntry *measure = qonys_plan_find (first, QONYS_ENTRY_MEASURE, "3.5");
  g_autoptr (QonysEntry) linked = qonys_entry_with (measure, QONYS_MEASURE_ITEMS, "i1");
  g_autoptr (QonysEntry) done = qonys_entry_with (linked, QONYS_MEASURE_STATUS, "in_progress");
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.change", "3.5", NULL, NULL);
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysCard) item = NULL, annotation = NULL;
  g_autofree char *csv = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  qonys_edit_add (edit, measure, done);
  plan = qonys_plan_apply (first, edit, NULL);
  release = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
  item = get_card (release, "i1");
  g_assert_cmpuint (item->measure_ids->len, ==, 1);
  g_assert_cmpstr (item->measure_ids->pdata[0], ==, "3.5");
  g_assert_cmpstr (item->problem_ids->pdata[0], ==, "P01");
  annotation = get_card (release, "a1"); /* its own, and its item's */
  g_assert_cmpuint (annotation->measure_ids->len, ==, 2);
  csv = export_text (release, "measures", "csv");
  rows = csv_rows (csv);
  g_assert_cmpuint (rows->len, ==, 15);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (csv_get (rows->pdata[i], "id"), "3.5")) {
      g_assert_cmpstr (csv_get (rows->pdata[i], "status"), ==, "in_progress");
      g_assert_cmpstr (csv_get (rows->pdata[i], "items"), ==, "i1");
    }
}

/* ---- edits ---- */

/* An edit of one makes one anew and takes the others over; another statistic all of them. */
static void
test_taken_over (void)
{
  enum { N = 500 };
  g_autoptr (QonysProject) project = make_city ();
  QonysEntry *entries[2 * N];
  g_autoptr (QonysPlan) plan = NULL, next = NULL;
  g_autoptr (QonysRelease) before = NULL, after = NULL, other = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.change", NULL, NULL, NULL);
  g_autoptr (QonysEntry) changed = NULL;
  QonysEntry *one;
  const QonysContent *a, *b;
  guint n_same = 0;

  for (guint i = 0; i < N; i++) {
    g_autofree char *item = g_strdup_printf ("i%03u", i), *note = g_strdup_printf ("a%03u", i);
    g_autofree char *wkt = make_wkt ("POINT", 1, (double[]){i * 7.0, i * 5.0});

    entries[2 * i] = make_item (item, i % 2 ? "point" : "district", i % 2 ? NULL : "711310000",
                                i % 2 ? wkt : NULL);
    entries[2 * i + 1] = make_annotation (note, "pin", wkt, "А");
  }
  plan = make_plan (entries, 2 * N);
  before = release_of (project, QONYS_AUDIENCE_PUBLIC, plan);
  one = qonys_plan_find (plan, QONYS_ENTRY_ITEM, "i100");
  changed = qonys_entry_with (one, QONYS_ITEM_SOLVED_ON, "2025-01-01");
  qonys_edit_add (edit, one, changed);
  qonys_edit_add (edit, qonys_plan_find (plan, QONYS_ENTRY_ANNOTATION, "a000"), NULL);
  next = qonys_plan_apply (plan, edit, NULL);
  after = qonys_release_with_plan (before, next);
  other = qonys_release_with_statistic (after, qonys_statistics_get (0));
  a = qonys_release_get_content (before);
  b = qonys_release_get_content (after);
  g_assert_cmpuint (a->notes->len, ==, 2 * N);
  g_assert_cmpuint (b->notes->len, ==, 2 * N - 1);
  g_assert_cmpuint (b->n_items, ==, N);
  for (guint i = 0; i < a->notes->len; i++)
    n_same += g_ptr_array_find (b->notes, a->notes->pdata[i], NULL);
  g_assert_cmpuint (n_same, ==, 2 * N - 2);
  g_assert_true (get_note (after, "i100")->is_solved);
  g_assert_false (get_note (before, "i100")->is_solved);
  g_assert_true (get_note (other, "i101") == get_note (after, "i101"));
  g_assert_true (qonys_release_get_plan (other) == next);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_set (QONYS_EN);
  g_test_add_func ("/entries/point", test_point);
  g_test_add_func ("/entries/moved-within-square", test_moved_within_square);
  g_test_add_func ("/entries/areas", test_areas);
  g_test_add_func ("/entries/lines", test_lines);
  g_test_add_func ("/entries/coarse-places", test_coarse_places);
  g_test_add_func ("/entries/fields", test_fields);
  g_test_add_func ("/entries/missing-language", test_missing_language);
  g_test_add_func ("/entries/measures", test_measures);
  g_test_add_func ("/entries/taken-over", test_taken_over);
  return release_test_run ();
}
