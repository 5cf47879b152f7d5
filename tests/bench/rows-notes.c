/* Redrawing 10,000 items and 10,000 annotations in a window of 1366 × 768 pixels: nothing else is
 * drawn but the districts' ground. They lie all over the city, so that a window of zoom 11 has all
 * of them and one of zoom 14 some four hundred of each. */

#include "bench.h"

#include "draw/painter.h"
#include "geo/mercator.h"
#include "release/release.h"
#include "store/store.h"

#include <math.h>

#define N_EACH 10000
#define WIDTH_PX 1366
#define HEIGHT_PX 768

static QonysRelease *release;

static QonysEntry *
make_item (GRand *rand, guint i)
{
  g_autofree char *id = g_strdup_printf ("item-%05u", i);
  g_autofree char *problem = g_strdup_printf ("P%02u", 1 + i % 19);
  double x = g_rand_double_range (rand, 71.22, 71.68), y = g_rand_double_range (rand, 51.02, 51.26);
  gboolean is_area = i % 10 == 0;
  g_autofree char *shape =
      is_area ? g_strdup_printf ("POLYGON ((%.5f %.5f, %.5f %.5f, %.5f %.5f, %.5f %.5f))", x, y,
                                 x + 0.012, y, x + 0.012, y + 0.008, x, y)
              : g_strdup_printf ("POINT (%.5f %.5f)", x, y);
  const char *values[QONYS_ITEM_N_FIELDS] = {NULL};

  values[QONYS_ITEM_PROBLEM] = problem;
  values[QONYS_ITEM_PLACE_KIND] = is_area ? "area" : "point";
  values[QONYS_ITEM_SHAPE] = shape;
  values[QONYS_ITEM_SOLVED_ON] = i % 4 == 0 ? "2025-03-01" : NULL;
  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

static QonysEntry *
make_annotation (GRand *rand, guint i)
{
  static const char *const kinds[] = {"pin",  "callout",  "arrow",
                                      "area", "freehand", "before_after"};
  const char *kind = kinds[i % G_N_ELEMENTS (kinds)];
  g_autofree char *id = g_strdup_printf ("note-%05u", i);
  g_autofree char *text = g_strdup_printf ("Нөмірі %u: тексеру керек, себебі тіркелгендер көп", i);
  double x = g_rand_double_range (rand, 71.22, 71.68), y = g_rand_double_range (rand, 51.02, 51.26);
  g_autofree char *shape = NULL;
  const char *values[QONYS_ANNOTATION_N_FIELDS] = {NULL};

  if (g_str_equal (kind, "area"))
    shape = g_strdup_printf ("POLYGON ((%.5f %.5f, %.5f %.5f, %.5f %.5f, %.5f %.5f))", x, y,
                             x + 0.006, y, x + 0.003, y + 0.004, x, y);
  else if (g_str_equal (kind, "arrow") || g_str_equal (kind, "freehand"))
    shape = g_strdup_printf ("LINESTRING (%.5f %.5f, %.5f %.5f, %.5f %.5f)", x, y, x + 0.003,
                             y + 0.003, x + 0.007, y + 0.001);
  else
    shape = g_strdup_printf ("POINT (%.5f %.5f)", x, y);
  values[QONYS_ANNOTATION_KIND] = kind;
  values[QONYS_ANNOTATION_SHAPE] = shape;
  values[QONYS_ANNOTATION_TEXT_EN] = text;
  return qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
}

static void
paint (double zoom)
{
  QonysStyle style = qonys_style_get_default ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH_PX, HEIGHT_PX);
  cairo_t *cr = cairo_create (surface);

  style.has_schematic_base = FALSE;
  for (guint k = 0; k < N_WINDOWS; k++) {
    QonysCamera camera = {qonys_mercator_x (71.44), qonys_mercator_y (51.14), zoom, WIDTH_PX,
                          HEIGHT_PX};

    camera.center_x += ((double)k - 10) * 13.66 / (QONYS_TILE_SIZE_PX * exp2 (zoom));
    qonys_paint_map (cr, qonys_release_get_content (release), &style, &camera, NULL);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
run_z11 (City *city)
{
  paint (11);
}

static void
run_z12 (City *city)
{
  paint (12);
}

static void
run_z13 (City *city)
{
  paint (13);
}

static void
run_z14 (City *city)
{
  paint (14);
}

/* Fonts are looked up, and the groups are made, by the first painting. */
static void
need_notes (City *city)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (QonysRelease) empty = NULL;

  if (release != NULL)
    return;
  if (project == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < N_EACH; i++) {
    g_ptr_array_add (entries, make_item (rand, i));
    g_ptr_array_add (entries, make_annotation (rand, i));
  }
  plan = qonys_plan_new (entries);
  empty =
      qonys_release_new (project, QONYS_AUDIENCE_OFFICIAL, "how fast it is", 5, NULL, NULL, &error);
  if (empty == NULL)
    g_error ("%s", error->message);
  release = qonys_release_with_plan (empty, plan);
  run_z11 (city);
}

const Row rows_notes[] = {
    {"notes-z11", need_notes, run_z11, 15, N_WINDOWS},
    {"notes-z12", need_notes, run_z12, 15, N_WINDOWS},
    {"notes-z13", need_notes, run_z13, 15, N_WINDOWS},
    {"notes-z14", need_notes, run_z14, 15, N_WINDOWS},
    {0},
};
