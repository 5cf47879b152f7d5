/* A project looks in QGIS as it looks here: QGIS's picture of districts, marked places and
 * annotations is laid beside our own of the same ground. Letters and small shifts of some pixels
 * may differ; what is there, where, how large and in which colour may not. */

#include "support.h" /* first: assertions stay in */

#include "domain/demo.h"
#include "domain/history.h"
#include "draw/private.h"
#include "release-support.h"
#include "store/store.h"

#include <math.h>

#define WIDTH_PX 1000
#define HEIGHT_PX 760
#define SQUARE_PX 5 /* of the ground */

/* ---- the project ---- */

static const char *const ITEMS[][6] = {
    /* id, problem, shape, solved on, place, which */
    {"i1", "P02", "POINT (71.43 51.13)", NULL, "point", NULL},
    {"i2", "P11", "POINT (71.50 51.06)", NULL, "point", NULL},
    {"i3", "P07", "POINT (71.36 51.19)", "2026-05-04", "point", NULL},
    {"i4", "P19",
     "POLYGON ((71.475 50.958, 71.53 50.958, 71.53 50.99, 71.475 50.99, 71.475 50.958))", NULL,
     "area", NULL},
    {"i5", "P03", NULL, NULL, "cell", "E1320N11313"},
    {"i6", "P12", NULL, NULL, "district", "711110000"},
    {"i7", "P13", NULL, "2026-05-04", "district", "711310000"},
    {"i8", "P05", NULL, NULL, "city", QONYS_CITY_KATO}, /* on no map */
};

static const char *const NOTES[][4] = {
    /* id, kind, shape, text */
    {"n1", "pin", "POINT (71.30 51.11)", "Жаңа құрылыс"},
    {"n2", "callout", "LINESTRING (71.47 51.17, 71.50 51.225)", "Тіркелген, бірақ тұрмайды"},
    {"n3", "arrow", "LINESTRING (71.34 51.03, 71.40 51.06, 71.44 51.08)", "Ағын осында"},
    {"n4", "area",
     "POLYGON ((71.60 51.07, 71.67 51.07, 71.69 51.10, 71.64 51.12, 71.60 51.11, 71.60 51.07))",
     "Қайта тіркеу аймағы"},
    {"n5", "freehand",
     "LINESTRING (71.27 51.15, 71.28 51.16, 71.29 51.163, 71.30 51.168, 71.31 51.178, 71.32 51.18)",
     NULL},
    {"n6", "before_after", "POINT (71.52 51.12)", NULL},
};

static void
write_entries (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.add", NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ITEMS); i++) {
    const char *values[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PROBLEM] = ITEMS[i][1],
                                               [QONYS_ITEM_SHAPE] = ITEMS[i][2],
                                               [QONYS_ITEM_SOLVED_ON] = ITEMS[i][3],
                                               [QONYS_ITEM_PLACE_KIND] = ITEMS[i][4],
                                               [QONYS_ITEM_PLACE_REF] = ITEMS[i][5]};
    g_autoptr (QonysEntry) entry = qonys_entry_new (QONYS_ENTRY_ITEM, ITEMS[i][0], values);

    qonys_edit_add (edit, NULL, entry);
  }
  for (guint i = 0; i < G_N_ELEMENTS (NOTES); i++) {
    const char *values[QONYS_ANNOTATION_N_FIELDS] = {[QONYS_ANNOTATION_KIND] = NOTES[i][1],
                                                     [QONYS_ANNOTATION_SHAPE] = NOTES[i][2],
                                                     [QONYS_ANNOTATION_TEXT_KK] = NOTES[i][3]};
    g_autoptr (QonysEntry) entry = qonys_entry_new (QONYS_ENTRY_ANNOTATION, NOTES[i][0], values);

    qonys_edit_add (edit, NULL, entry);
  }
  g_assert_true (qonys_store_apply_edit (path, edit, 0, &error));
  g_assert_no_error (error);
}

/* Training data, so that districts have values and colours. */
static QonysRelease *
make_release (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (&error);
  g_autoptr (GPtrArray) base = qonys_store_load_bundled_base (&error);
  g_autoptr (QonysProject) project = qonys_demo_make (districts, base, 2000, 1, NULL, &error);
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysPlan) plan = NULL;
  QonysHistory *history;

  g_assert_no_error (error);
  g_assert_true (qonys_store_write_project (project, path, NULL, &error));
  write_entries (path);
  plan = qonys_store_read_plan (path, &history, NULL, &error);
  g_assert_no_error (error);
  qonys_history_free (history);
  release = release_for (project, QONYS_AUDIENCE_OFFICIAL, "overcrowded_share");
  return qonys_release_with_plan (release, plan);
}

/* ---- the pictures ---- */

static cairo_surface_t *
paint_ours (const QonysContent *content, const QonysCamera *camera)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH_PX, HEIGHT_PX);
  cairo_t *cr = cairo_create (picture);
  QonysStyle style = qonys_style_get_default ();

  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = FALSE;
  style.has_schematic_base = FALSE;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  g_assert_true (qonys_paint_map (cr, content, &style, camera, NULL));
  cairo_destroy (cr);
  return picture;
}

static char *
format_metres (double unit)
{
  return g_strdup_printf ("%.3f", (unit * 2 - 1) * 20037508.342789244);
}

static cairo_surface_t *
paint_in_qgis (const char *python, const char *path, const QonysCamera *camera, const char *picture)
{
  QonysBox box = qonys_camera_get_box (camera);
  g_autofree char *script =
      g_build_filename (support_source_root (), "tests", "release", "render-in-qgis.py", NULL);
  g_autofree char *west = format_metres (box.min_x), *east = format_metres (box.max_x);
  g_autofree char *south = format_metres (1 - box.max_y), *north = format_metres (1 - box.min_y);
  g_autofree char *width = g_strdup_printf ("%d", WIDTH_PX);
  g_autofree char *height = g_strdup_printf ("%d", HEIGHT_PX);
  const char *argv[] = {python, script, path,  picture, west, south,
                        east,   north,  width, height,  NULL};
  g_auto (SupportRun) run = support_run_python (argv);
  cairo_surface_t *surface;

  if (run.exit_code != 0)
    g_error ("%s%s", run.output, run.errors);
  surface = cairo_image_surface_create_from_png (picture);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, WIDTH_PX);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, HEIGHT_PX);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *picture, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (picture) +
                      (gsize)y * (gsize)cairo_image_surface_get_stride (picture);

  return ((const guint32 *)(gconstpointer)row)[x] & 0xFFFFFF;
}

/* ---- comparing ---- */

static gboolean
is_like (guint32 pixel, QonysColor color, int tolerance)
{
  return abs ((int)(pixel >> 16 & 255) - color.red) <= tolerance &&
         abs ((int)(pixel >> 8 & 255) - color.green) <= tolerance &&
         abs ((int)(pixel & 255) - color.blue) <= tolerance;
}

typedef struct {
  guint n;
  QonysBox box; /* px */
} Found;

/* What of a window has a colour. */
static Found
find_color (cairo_surface_t *picture, const QonysBox *window, QonysColor color)
{
  Found found = {0, qonys_box_empty ()};

  for (int y = MAX ((int)window->min_y, 0); y <= MIN ((int)window->max_y, HEIGHT_PX - 1); y++)
    for (int x = MAX ((int)window->min_x, 0); x <= MIN ((int)window->max_x, WIDTH_PX - 1); x++)
      if (is_like (get_pixel (picture, x, y), color, 48)) {
        found.n++;
        qonys_box_add (&found.box, x, y);
      }
  return found;
}

/* The same colour, as much of it within a share, at the same place within some pixels. */
static void
assert_alike (cairo_surface_t *ours, cairo_surface_t *theirs, const char *what,
              const QonysBox *window, QonysColor color, double share, double shift_px)
{
  Found a = find_color (ours, window, color), b = find_color (theirs, window, color);
  const double differences[] = {a.box.min_x - b.box.min_x, a.box.min_y - b.box.min_y,
                                a.box.max_x - b.box.max_x, a.box.max_y - b.box.max_y};

  g_test_message ("%s: %u px here, %u in QGIS; edges differ by %.0f %.0f %.0f %.0f px", what, a.n,
                  b.n, differences[0], differences[1], differences[2], differences[3]);
  g_assert_cmpuint (a.n, >, 10);
  g_assert_cmpfloat (b.n, >=, (1 - share) * a.n);
  g_assert_cmpfloat (b.n, <=, a.n / (1 - share));
  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    g_assert_cmpfloat (fabs (differences[i]), <=, shift_px);
}

/* Is most of a square not white? Letters' halos are, upon the ground. */
static gboolean
is_city (cairo_surface_t *picture, int left, int top)
{
  const QonysColor white = {255, 255, 255, 255};
  guint n = 0;

  for (int y = top; y < top + SQUARE_PX; y++)
    for (int x = left; x < left + SQUARE_PX; x++)
      n += !is_like (get_pixel (picture, x, y), white, 3);
  return 2 * n > SQUARE_PX * SQUARE_PX;
}

/* The share of the squares of the city in either picture that are so in both; and their colour,
 * which in QGIS is that of land: of no class. */
static void
assert_districts (cairo_surface_t *ours, cairo_surface_t *theirs)
{
  QonysColor land = qonys_palette_get (FALSE)->land;
  guint n_both = 0, n_any = 0, n_land = 0;

  for (int y = 0; y + SQUARE_PX <= HEIGHT_PX; y += SQUARE_PX)
    for (int x = 0; x + SQUARE_PX <= WIDTH_PX; x += SQUARE_PX) {
      gboolean is_ours = is_city (ours, x, y), is_theirs = is_city (theirs, x, y);

      n_both += is_ours && is_theirs;
      n_any += is_ours || is_theirs;
      n_land += is_like (get_pixel (theirs, x, y), land, 2);
    }
  g_test_message ("districts: %u of %u squares, %u of the colour", n_both, n_any, n_land);
  g_assert_cmpuint (n_any, >, WIDTH_PX * HEIGHT_PX / (SQUARE_PX * SQUARE_PX) / 4);
  g_assert_cmpfloat ((double)n_both / n_any, >=, 0.97);
  g_assert_cmpfloat ((double)n_land / n_any, >=, 0.7);
}

/* Where a thing's own colour is looked for: around its anchor, or around all of its shape. */
static QonysBox
get_window (const QonysNoteMark *note, const QonysCamera *camera)
{
  QonysBox box = qonys_box_empty ();
  double px, py;

  if (note->shape != NULL) {
    for (guint i = 0; i < note->shape->ring_starts[1]; i++) {
      qonys_camera_to_px (camera, note->shape->x[i], note->shape->y[i], &px, &py);
      qonys_box_add (&box, px, py);
    }
    qonys_box_grow (&box, 8);
  } else {
    qonys_camera_to_px (camera, note->x, note->y, &px, &py);
    box = (QonysBox){px - 22, py - 32, px + 22, py + 6};
  }
  return box;
}

static void
assert_notes (cairo_surface_t *ours, cairo_surface_t *theirs, const QonysContent *content,
              const QonysCamera *camera)
{
  const QonysPalette *palette = qonys_palette_get (FALSE);

  for (guint i = 0; i < content->notes->len; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];
    gboolean is_item = note->kind == QONYS_NOTE_ITEM, is_callout = note->kind == QONYS_NOTE_CALLOUT;
    QonysBox window;

    if (isnan (note->x))
      continue;
    window = get_window (note, camera);
    /* A callout's frame is as wide as its letters; lines alone are softer in one than in the
     * other; where a district is widest is searched for in other steps. */
    assert_alike (ours, theirs, qonys_entry_get_id (note->entry), &window,
                  is_item ? palette->item : palette->note,
                  is_callout || note->is_solved ? 0.4 : 0.25, note->district != NULL ? 6 : 3);
  }
}

/* Letters are drawn by other hands: as much ink, no more can be said. */
static void
assert_words (cairo_surface_t *ours, cairo_surface_t *theirs)
{
  const QonysBox all = {0, 0, WIDTH_PX - 1, HEIGHT_PX - 1};

  assert_alike (ours, theirs, "words", &all, qonys_palette_get (FALSE)->ink, 0.3, WIDTH_PX);
}

static gboolean
can_paint (const char *python)
{
  const char *argv[] = {python, "-c",
                        "from qgis.PyQt.QtGui import QGuiApplication as A; "
                        "A(['', '-platform', 'offscreen'])",
                        NULL};
  g_auto (SupportRun) run = support_run_python (argv);

  return run.exit_code == 0;
}

static void
test_picture (void)
{
  const char *python = support_find_python ("qgis.core");
  const char *folder = g_getenv ("QONYS_QGIS_PICTURES"); /* to look at them */
  g_autofree char *path = NULL, *name = NULL;
  g_autoptr (QonysRelease) release = NULL;
  QonysContent *content;
  QonysCamera camera;
  QonysBox box;
  cairo_surface_t *ours, *theirs;

  if (python == NULL) {
    g_test_skip ("no PyQGIS here (Debian's package is python3-qgis)");
    return;
  }
  if (!can_paint (python)) {
    g_test_skip ("Qt cannot paint without a display here (its platform plugin \"offscreen\")");
    return;
  }
  if (folder == NULL)
    folder = support_temp_dir ();
  path = g_build_filename (support_temp_dir (), "city.gpkg", NULL);
  name = g_build_filename (folder, "qgis.png", NULL);
  qonys_language_set (QONYS_KK);
  release = make_release (path);
  content = qonys_release_get_content (release);
  g_clear_pointer (&content->watermark, g_free); /* what only our pictures bear */
  content->is_synthetic = FALSE;
  box = qonys_districts_get_main_box (qonys_project_get_districts (content->project));
  camera = qonys_camera_fit (&box, WIDTH_PX, HEIGHT_PX, 20);
  ours = paint_ours (content, &camera);
  theirs = paint_in_qgis (python, path, &camera, name);
  if (g_getenv ("QONYS_QGIS_PICTURES") != NULL) {
    g_autofree char *here = g_build_filename (folder, "ours.png", NULL);

    cairo_surface_write_to_png (ours, here);
  }
  assert_districts (ours, theirs);
  assert_notes (ours, theirs, content, &camera);
  assert_words (ours, theirs);
  cairo_surface_destroy (ours);
  cairo_surface_destroy (theirs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/qgis/picture", test_picture);
  return release_test_run ();
}
