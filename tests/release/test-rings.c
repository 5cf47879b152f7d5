/* Even-odd rings to right-handed polygons: holes, islands in holes, any order and direction. */

#include "release-support.h"

#include "geo/mercator.h"
#include "release/rings-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* A square ring around 71.4° E, 51.1° N; @half_deg. */
static void
add_square (GArray *x, GArray *y, GArray *starts, double lon_deg, double half_deg,
            gboolean is_reversed)
{
  static const int CORNERS[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
  guint end;

  for (guint i = 0; i < 5; i++) {
    const int *corner = CORNERS[is_reversed ? 4 - i : i];
    double px = qonys_mercator_x (lon_deg + corner[0] * half_deg);
    double py = qonys_mercator_y (51.1 + corner[1] * half_deg);

    g_array_append_val (x, px);
    g_array_append_val (y, py);
  }
  end = x->len;
  g_array_append_val (starts, end);
}

static double
get_area (JsonArray *ring)
{
  double area = 0;

  for (guint i = 0; i + 1 < json_array_get_length (ring); i++) {
    JsonArray *a = json_array_get_array_element (ring, i);
    JsonArray *b = json_array_get_array_element (ring, i + 1);

    area += json_array_get_double_element (a, 0) * json_array_get_double_element (b, 1) -
            json_array_get_double_element (b, 0) * json_array_get_double_element (a, 1);
  }
  return area / 2;
}

static JsonNode *
write_squares (const double *lon_deg, const double *half_deg, guint n)
{
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) starts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (QonysShape) shape = NULL;
  g_autofree char *json = NULL;
  QonysText text = {0};

  g_array_set_size (starts, 1);
  for (guint i = 0; i < n; i++)
    add_square (x, y, starts, lon_deg[i], half_deg[i], g_test_rand_bit ());
  shape = qonys_shape_new (n, (const guint *)starts->data, (const double *)x->data,
                           (const double *)y->data);
  _qonys_text_add_geojson_shape (&text, shape);
  json = g_strndup (text.data, text.length);
  _qonys_text_clear (&text);
  return json_from_string (json, NULL);
}

/* An island in a lake in a district, and an exclave, in every order. */
static void
test_nesting (void)
{
  double lon_deg[] = {71.4, 71.4, 71.4, 71.6}, half_deg[] = {0.08, 0.04, 0.01, 0.02};

  for (guint round = 0; round < 100; round++) {
    g_autoptr (JsonNode) node = NULL;
    JsonArray *polygons;
    double total = 0;
    guint n_rings = 0;

    for (guint i = 3; i > 0; i--) {
      guint j = g_test_rand_int_range (0, i + 1);
      double lon = lon_deg[i], half = half_deg[i];

      lon_deg[i] = lon_deg[j];
      half_deg[i] = half_deg[j];
      lon_deg[j] = lon;
      half_deg[j] = half;
    }
    node = write_squares (lon_deg, half_deg, 4);
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "type"), ==,
                     "MultiPolygon");
    polygons = json_object_get_array_member (json_node_get_object (node), "coordinates");
    g_assert_cmpuint (json_array_get_length (polygons), ==, 3);
    for (guint i = 0; i < 3; i++) {
      JsonArray *polygon = json_array_get_array_element (polygons, i);

      for (guint j = 0; j < json_array_get_length (polygon); j++, n_rings++) {
        double area = get_area (json_array_get_array_element (polygon, j));

        g_assert_true (j == 0 ? area > 0 : area < 0);
        total += area;
      }
    }
    g_assert_cmpuint (n_rings, ==, 4);
    g_assert_cmpfloat_with_epsilon (total, 0.16 * 0.16 - 0.08 * 0.08 + 0.02 * 0.02 + 0.04 * 0.04,
                                    1e-8);
  }
}

static void
test_one_ring (void)
{
  const double lon_deg = 71.4, half_deg = 0.05;
  g_autoptr (JsonNode) node = write_squares (&lon_deg, &half_deg, 1);

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "type"), ==,
                   "Polygon");
}

/* Nothing is left of a ring of a millimetre. */
static void
test_vanishing (void)
{
  const double lon_deg = 71.4, half_deg = 1e-9;
  g_autoptr (JsonNode) node = write_squares (&lon_deg, &half_deg, 1);

  g_assert_true (json_node_is_null (node));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/rings/nesting", test_nesting);
  g_test_add_func ("/release/rings/one-ring", test_one_ring);
  g_test_add_func ("/release/rings/vanishing", test_vanishing);
  return release_test_run ();
}
