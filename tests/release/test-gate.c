/* The gate: who may see what, and what a release says of it. */

#include "release-support.h"

#include "base/error.h"
#include "release/release-private.h"

#include <math.h>

#define A_LON 71.45
#define A_LAT 51.12

static QonysProject *
make_city (void)
{
  World *world = world_new ();

  world_add_dwellings (world, A_LON, A_LAT, 50, 8);
  world_add_dwellings (world, 71.55, 51.15, 60, 9);
  for (guint i = 0; i < 8; i++)
    world_add_suspicion (world, i, QONYS_STATUS_SUSPECTED, A_LON, A_LAT);
  world_add_suspicion (world, 8, QONYS_STATUS_QUEUED, A_LON, A_LAT);
  world_add_suspicion (world, 9, QONYS_STATUS_CHECKED_CONFIRMED, A_LON, A_LAT);
  world_add_suspicion (world, 10, QONYS_STATUS_CHECKED_NOT_CONFIRMED, A_LON, A_LAT);
  world_add_suspicion (world, 11, QONYS_STATUS_EXPIRED, A_LON, A_LAT);
  world_add_operations (world, "711110000", "2025-02-03", 7);
  world_add_operations (world, "711310000", "2025-05-03", 9);
  return world_finish (world);
}

static void
assert_refused (QonysAudience audience, const char *purpose)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_release_new (project, audience, purpose, 5, NULL, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED);
  g_assert_cmpint (qonys_error_get_exit_code (error), ==, 9);
}

static void
test_purpose (void)
{
  assert_refused (QONYS_AUDIENCE_OFFICIAL, NULL);
  assert_refused (QONYS_AUDIENCE_COMMITTEE, "");
  assert_refused (QONYS_AUDIENCE_OFFICIAL, "  short    ");
  assert_refused (QONYS_AUDIENCE_OFFICIAL, "check of 991231100010"); /* an IIN */
  assert_refused (QONYS_AUDIENCE_PUBLIC, "for +7 701 123 45 67");
}

static void
test_threshold_is_never_below_five (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) low =
      qonys_release_new (project, QONYS_AUDIENCE_PUBLIC, NULL, 2, NULL, NULL, NULL);
  g_autoptr (QonysRelease) high =
      qonys_release_new (project, QONYS_AUDIENCE_PUBLIC, NULL, 50, NULL, NULL, NULL);

  g_assert_cmpint (qonys_release_get_content (low)->threshold, ==, 5);
  g_assert_cmpint (qonys_release_get_content (high)->threshold, ==, 50);
}

static void
test_public_has_no_addresses (void)
{
  g_autoptr (QonysProject) project = make_city ();

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_COMMITTEE; who++) {
    g_autoptr (QonysRelease) release = release_for (project, who, NULL);
    const QonysContent *content = qonys_release_get_content (release);

    for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++) {
      const QonysMarkLayer *layer = &content->layers[i];

      g_assert_false (layer->is_addresses);
      g_assert_null (layer->amounts);
      g_assert_null (layer->lon_deg);
      g_assert_null (layer->lat_deg);
      g_assert_null (layer->categories);
      g_assert_cmpuint (layer->n_rows, <=, 4);
    }
  }
}

static void
test_public_marks (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  const QonysContent *content = qonys_release_get_content (release);
  const QonysMarkLayer *layer = &content->layers[QONYS_LAYER_OVERCROWDED];

  g_assert_cmpuint (layer->cells->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const QonysCellMark *cell = &g_array_index (layer->cells, QonysCellMark, i);

    g_assert_cmpint (cell->state, ==, QONYS_VALUE_SHOWN);
    g_assert_true (cell->count == 8 || cell->count == 9);
    g_assert_cmpfloat (layer->weights[i], ==, cell->count);
  }
  layer = &content->layers[QONYS_LAYER_RAIDS];
  g_assert_null (layer->cells);
  g_assert_cmpuint (qonys_points_get_n (layer->points), ==, 2);
}

static void
test_official_marks (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  const QonysContent *content = qonys_release_get_content (release);
  const QonysMarkLayer *layer = &content->layers[QONYS_LAYER_FICTITIOUS];
  guint n_confirmed = 0;

  /* Not confirmed and expired: as if they had never been. */
  g_assert_true (layer->is_addresses);
  g_assert_cmpuint (qonys_points_get_n (layer->points), ==, 10);
  for (gsize i = 0; i < layer->n_rows; i++)
    n_confirmed += layer->categories[i];
  g_assert_cmpuint (n_confirmed, ==, 1);

  layer = &content->layers[QONYS_LAYER_OVERCROWDED];
  for (guint i = 0; i < 6; i++) /* on the street, in the block, in the district */
    g_assert_cmpuint (layer->approximate[i], ==, i >= 1 && i <= 3);
  g_assert_cmpuint (qonys_points_get_n (layer->points), ==, 17);
  g_assert_cmpint (layer->amounts[0], ==, 8); /* ten in 35.7 m²: two may */
  /* As points all dwellings are there, not those above the norm alone. */
  g_assert_cmpuint (layer->n_rows, ==, 110);
  for (gsize i = 0; i < layer->n_rows; i++)
    g_assert_false (isnan (layer->lon_deg[i]) || isnan (layer->lat_deg[i]));
}

static void
test_watermark (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) open = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysRelease) official = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  const char *mark = qonys_release_get_content (official)->watermark;

  g_assert_null (qonys_release_get_content (open)->watermark);
  g_assert_nonnull (strstr (mark, "Для служебного пользования"));
  g_assert_nonnull (strstr (mark, "test of the writers"));
  g_assert_nonnull (strstr (mark, "01.11.2026"));
}

static void
test_address_layer_is_refused_in_public (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autofree char *path = g_build_filename (support_temp_dir (), "x.geojson", NULL);

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_COMMITTEE; who++) {
    g_autoptr (QonysRelease) release = release_for (project, who, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_false (qonys_release_write_geojson (release, "dwellings", path, NULL, &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED);
    g_assert_nonnull (strstr (error->message, "cells"));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

static void
test_unknown_layer (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (qonys_release_write_csv (release, "persons", "/nowhere/x.csv", NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "districts"));
}

static void
test_another_statistic_shares_marks (void)
{
  g_autoptr (QonysProject) project = make_city ();
  QonysRelease *release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "registered");
  g_autoptr (QonysRelease) other =
      qonys_release_with_statistic (release, qonys_statistic_find ("overcrowded_share"));
  const QonysMarkLayer *layer = &qonys_release_get_content (other)->layers[QONYS_LAYER_OVERCROWDED];

  g_assert_true (layer->points ==
                 qonys_release_get_content (release)->layers[QONYS_LAYER_OVERCROWDED].points);
  g_assert_cmpstr (qonys_release_get_content (other)->statistic->id, ==, "overcrowded_share");
  qonys_release_unref (release);
  g_assert_cmpuint (qonys_points_get_n (layer->points), ==, 17); /* still alive */
}

static void
test_classes (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, "registered");
  const QonysContent *content = qonys_release_get_content (release);
  guint n_shown = 0;

  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);

    n_shown += mark->state == QONYS_VALUE_SHOWN;
    g_assert_true ((mark->state == QONYS_VALUE_SHOWN) == !isnan (mark->value));
  }
  g_assert_cmpuint (content->districts->len, ==, 3);
  g_assert_cmpuint (n_shown, ==, 2); /* nothing is known of Sarayshyk */
  g_assert_cmpuint (content->n_classes, ==, 2);
}

/* Two sums of a statistic, their difference and one of them hidden: then the difference too. */
static void
test_balance_gives_nothing_away (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  const QonysContent *content;

  world_add_flow (world, "110000000", "711110000", "2025-03-01", QONYS_FLOW_INTER_REGIONAL, 3, 50);
  world_add_flow (world, "110000000", "711310000", "2025-03-01", QONYS_FLOW_INTER_REGIONAL, 40, 60);
  world_add_flow (world, "110000000", "711610000", "2025-03-01", QONYS_FLOW_INTER_REGIONAL, 90, 70);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_PUBLIC, "balance");
  content = qonys_release_get_content (release);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);

    g_assert_cmpint (mark->state, ==,
                     g_str_equal (mark->district->kato, "711610000") ? QONYS_VALUE_SHOWN
                                                                     : QONYS_VALUE_SUPPRESSED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/gate/purpose", test_purpose);
  g_test_add_func ("/release/gate/threshold-is-never-below-five",
                   test_threshold_is_never_below_five);
  g_test_add_func ("/release/gate/public-has-no-addresses", test_public_has_no_addresses);
  g_test_add_func ("/release/gate/public-marks", test_public_marks);
  g_test_add_func ("/release/gate/official-marks", test_official_marks);
  g_test_add_func ("/release/gate/watermark", test_watermark);
  g_test_add_func ("/release/gate/address-layer-is-refused-in-public",
                   test_address_layer_is_refused_in_public);
  g_test_add_func ("/release/gate/unknown-layer", test_unknown_layer);
  g_test_add_func ("/release/gate/another-statistic-shares-marks",
                   test_another_statistic_shares_marks);
  g_test_add_func ("/release/gate/classes", test_classes);
  g_test_add_func ("/release/gate/balance-gives-nothing-away", test_balance_gives_nothing_away);
  return release_test_run ();
}
