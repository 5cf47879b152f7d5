/* Each thing that can be found is provoked once, and gone when it is cured. */

#include "release-support.h"

#include "base/error.h"
#include "base/language.h"
#include "domain/scene.h"
#include "domain/setting.h"
#include "release/preflight.h"
#include <glib/gstdio.h>

/* A city with suspicions and operations of @day. */
static QonysProject *
make_city_in (const char *path, const char *day, gboolean is_synthetic)
{
  World *world = world_new ();

  world->path = path;
  world->is_synthetic = is_synthetic;
  world_add_dwellings (world, 71.45, 51.12, 50, 8);
  for (guint i = 0; i < 8; i++)
    world_add_suspicion (world, i, QONYS_STATUS_SUSPECTED, 71.45, 51.12);
  if (day != NULL)
    world_add_operations (world, "711110000", day, 7);
  return world_finish (world);
}

static QonysProject *
make_city (const char *day, gboolean is_synthetic)
{
  return make_city_in (NULL, day, is_synthetic);
}

static QonysEntry *
make_map (const char *style)
{
  const char *values[QONYS_SCENE_N_FIELDS] = {
      [QONYS_SCENE_POSITION] = "1",       [QONYS_SCENE_KIND] = "map",
      [QONYS_SCENE_TITLE_KK] = "Карта",   [QONYS_SCENE_TITLE_RU] = "Карта",
      [QONYS_SCENE_TITLE_EN] = "Map",     [QONYS_SCENE_WEST_DEG] = "71.3",
      [QONYS_SCENE_SOUTH_DEG] = "51.0",   [QONYS_SCENE_EAST_DEG] = "71.6",
      [QONYS_SCENE_NORTH_DEG] = "51.3",   [QONYS_SCENE_STYLE] = style,
      [QONYS_SCENE_HAS_ANNOTATIONS] = "1"};

  return qonys_entry_new (QONYS_ENTRY_SCENE, "s1", values);
}

#define RAIDS                                                                                      \
  "base=schematic;items=1;annotations=1;districts=0,1,marks,0;raids=1,1,marks,0;fictitious=0,1,"   \
  "marks,0;overcrowded=0,1,marks,0"

/* A story of @scene; takes @scene and @other (nullable). */
static QonysDeck *
make_deck (QonysProject *project, QonysAudience audience, QonysEntry *scene, QonysEntry *other)
{
  g_autoptr (QonysRelease) release = release_for (project, audience, NULL);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (QonysPlan) plan = NULL;

  g_ptr_array_set_free_func (entries, (GDestroyNotify)qonys_entry_unref);
  if (scene != NULL)
    g_ptr_array_add (entries, scene);
  if (other != NULL)
    g_ptr_array_add (entries, other);
  plan = qonys_plan_new (entries);
  return qonys_deck_new (release, plan, NULL);
}

/* The findings of such a story as text. */
static char *
check (QonysProject *project, QonysAudience audience, QonysEntry *scene, QonysEntry *other,
       int width_px, int height_px)
{
  g_autoptr (QonysDeck) deck = make_deck (project, audience, scene, other);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysPreflight) preflight =
      qonys_preflight_run (deck, width_px, height_px, FALSE, NULL, &error);

  g_assert_no_error (error);
  return qonys_preflight_to_text (preflight);
}

static void
assert_says (char *text, const char *part)
{
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
  g_free (text);
}

static void
assert_ready (char *text)
{
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "Ready: 1 scene\n"));
  g_free (text);
}

static char *
check_scene (QonysEntry *scene)
{
  g_autoptr (QonysProject) project = make_city ("2025-12-03", FALSE);

  return check (project, QONYS_AUDIENCE_PUBLIC, scene, NULL, 1024, 768);
}

static QonysEntry *
change (guint field, const char *value)
{
  g_autoptr (QonysEntry) map = make_map (RAIDS);

  return qonys_entry_with (map, field, value);
}

static void
test_ready (void)
{
  assert_ready (check_scene (make_map (RAIDS)));
  assert_says (check_scene (make_map (RAIDS)), "contrast of letters beside the map");
  g_assert_cmpfloat (qonys_slide_get_contrast (FALSE), >=, 4.5);
  g_assert_cmpfloat (qonys_slide_get_contrast (TRUE), >=, 4.5);
}

static void
test_scene (void)
{
  g_autofree char *words = g_strnfill (3000, 'w');
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3000; i += 6)
    words[i] = ' ';
  assert_says (check_scene (change (QONYS_SCENE_TITLE_RU, NULL)), "* The title is missing in");
  assert_says (check_scene (change (QONYS_SCENE_AS_OF, "v9")), "! The scene cannot be made");
  assert_says (check_scene (change (QONYS_SCENE_TITLE_EN, words)), "* The text does not fit");
  assert_says (check_scene (change (QONYS_SCENE_TITLE_EN, "Map \363\260\200\200")),
               "* No font here has the letters: \363\260\200\200");
  text = check_scene (make_map (RAIDS));
  g_assert_null (strstr (text, "No font"));
}

static void
test_story (void)
{
  g_autoptr (QonysProject) real = make_city ("2025-12-03", FALSE);
  g_autoptr (QonysProject) synthetic = make_city ("2025-12-03", TRUE);
  const char *tiles = "base=tiles;items=1;annotations=1;districts=0,1,marks,0;raids=1,1,marks,0";
  g_autofree char *text = NULL;

  assert_says (check (real, QONYS_AUDIENCE_PUBLIC, NULL, NULL, 1024, 768),
               "! The story has no scenes");
  assert_says (check (synthetic, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL, 1024, 768),
               "- The data are training data");
  assert_says (check_scene (make_map (tiles)), "- Tiles come from the internet");
  assert_ready (check_scene (make_map (tiles))); /* a note is no fault */
  assert_says (check (real, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL, 640, 480),
               "* The smallest letters are 15 pixels");
  text = check_scene (make_map (RAIDS));
  g_assert_null (strstr (text, "Tiles"));
  g_assert_null (strstr (text, "training"));
  g_assert_null (strstr (text, "smallest"));
}

static void
test_data (void)
{
  g_autoptr (QonysProject) none = make_city (NULL, FALSE);
  g_autoptr (QonysProject) good = make_city ("2025-12-03", FALSE);
  const char *points =
      "base=schematic;districts=0,1,marks,0;raids=1,1,marks,0;fictitious=1,1,points,0";
  g_autofree char *text = NULL;

  g_setenv ("QONYS_TODAY", "2027-01-15", TRUE);
  assert_says (check_scene (make_map (RAIDS)), "more than a year old");
  g_setenv ("QONYS_TODAY", "2026-01-15", TRUE);
  assert_ready (check_scene (make_map (RAIDS)));
  text = check (none, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL, 1024, 768);
  g_assert_nonnull (strstr (text, "* Nothing is to be seen of the layer"));
  assert_says (g_steal_pointer (&text), "* The map shows no data that bear a date");
  assert_says (check (good, QONYS_AUDIENCE_COMMITTEE, make_map (points), NULL, 1024, 768),
               "asks for every address");
  text = check (good, QONYS_AUDIENCE_OFFICIAL, make_map (points), NULL, 1024, 768);
  g_assert_null (strstr (text, "asks for every address"));
}

static void
unref_nothing (gpointer data)
{
}

/* Nothing goes out that says "none" of what is lost. */
static void
assert_stays (QonysProject *project)
{
  static gboolean (*const WRITERS[]) (QonysDeck *, const QonysDeckFormat *, const char *,
                                      QonysJob *, GError **) = {
      qonys_deck_write_pdf, qonys_deck_write_png, qonys_deck_write_html};
  const QonysDeckFormat format = {640, 480, FALSE, FALSE};
  g_autoptr (QonysDeck) deck = make_deck (project, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (WRITERS); i++) {
    g_autofree char *name = g_strdup_printf ("torn-%u", i);
    g_autofree char *path = g_build_filename (support_temp_dir (), name, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_false (WRITERS[i](deck, &format, path, NULL, &error));
    g_assert_error (error, QONYS_ERROR, QONYS_ERROR_DAMAGED);
    g_assert_false (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  }
}

/* A table torn out of the file is told from one with nothing in it. */
static void
test_torn (void)
{
  static const char broken[] = "! A layer is broken";
  g_autoptr (QonysProject) whole = make_city ("2025-12-03", FALSE);
  g_autoptr (QonysProject) none = make_city (NULL, FALSE);
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  const GPtrArray *kept = qonys_project_get_datasets (whole);
  GPtrArray *datasets = g_ptr_array_new_with_free_func (unref_nothing); /* @whole has them */
  g_autoptr (QonysProject) torn = NULL;
  const char *hidden = "base=schematic;districts=1,1,marks,0;raids=0,1,marks,0";
  g_autofree char *text = NULL;

  for (guint i = 0; i < kept->len; i++)
    g_ptr_array_add (datasets, kept->pdata[i]);
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    if (type != QONYS_RECORD_OPERATION)
      tables[type] = qonys_table_ref (qonys_project_get_table (whole, type));
  torn = qonys_project_with_rows (whole, tables, NULL, datasets);
  g_assert_true (qonys_project_has_lost (torn, QONYS_RECORD_OPERATION));
  g_assert_false (qonys_project_has_lost (torn, QONYS_RECORD_DWELLING));
  assert_says (check (torn, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL, 1024, 768), broken);
  text = check (none, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), NULL, 1024, 768);
  g_assert_null (strstr (text, broken));
  g_free (text);
  text = check (torn, QONYS_AUDIENCE_PUBLIC, make_map (hidden), NULL, 1024, 768);
  g_assert_null (strstr (text, broken)); /* it is not asked for */
  assert_stays (torn);
}

static QonysEntry *
make_annotation (const char *picture)
{
  const char *values[QONYS_ANNOTATION_N_FIELDS] = {[QONYS_ANNOTATION_KIND] = "before_after",
                                                   [QONYS_ANNOTATION_SHAPE] = "POINT (71.45 51.12)",
                                                   [QONYS_ANNOTATION_BEFORE] = picture};

  return qonys_entry_new (QONYS_ENTRY_ANNOTATION, "a1", values);
}

static void
test_pictures (void)
{
  g_autoptr (QonysProject) project = make_city ("2025-12-03", FALSE);
  g_autofree char *path = g_build_filename (support_temp_dir (), "yard.jpg", NULL);

  assert_says (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS), make_annotation (path),
                      1024, 768),
               "* A picture or document is not there: yard.jpg");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_ready (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS), make_annotation (path),
                       1024, 768));
  g_remove (path); /* the public is not told of it */
  assert_ready (
      check (project, QONYS_AUDIENCE_PUBLIC, make_map (RAIDS), make_annotation (path), 1024, 768));
  assert_says (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS),
                      make_annotation ("https://example.org/yard.jpg"), 1024, 768),
               "* A picture or document is on the internet");
  assert_ready (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS),
                       make_annotation ("archive, box 4"), 1024, 768));
}

static QonysEntry *
make_item (const char *document)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PROBLEM] = "P02",
                                             [QONYS_ITEM_PLACE_KIND] = "point",
                                             [QONYS_ITEM_SHAPE] = "POINT (71.45 51.12)",
                                             [QONYS_ITEM_TEXT_EN] = "A queue at the door",
                                             [QONYS_ITEM_DOCUMENT] = document};

  return qonys_entry_new (QONYS_ENTRY_ITEM, "i1", values);
}

/* A document is named as it lies beside the project; the project's own file may be away. */
static void
test_files (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *path = g_build_filename (folder, "city.gpkg", NULL);
  g_autofree char *document = g_build_filename (folder, "act.pdf", NULL);
  g_autoptr (QonysProject) project = make_city_in (path, "2025-12-03", FALSE);

  assert_says (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS), NULL, 1024, 768),
               "* The project’s file is no longer there");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_says (
      check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS), make_item ("act.pdf"), 1024, 768),
      "* A picture or document is not there: act.pdf");
  g_assert_true (g_file_set_contents (document, "", 0, NULL));
  assert_ready (check (project, QONYS_AUDIENCE_COMMITTEE, make_map (RAIDS), make_item ("act.pdf"),
                       1024, 768));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_init ("en");
  g_setenv ("QONYS_TODAY", "2026-01-15", TRUE);
  g_test_add_func ("/preflight/ready", test_ready);
  g_test_add_func ("/preflight/scene", test_scene);
  g_test_add_func ("/preflight/story", test_story);
  g_test_add_func ("/preflight/data", test_data);
  g_test_add_func ("/preflight/torn", test_torn);
  g_test_add_func ("/preflight/pictures", test_pictures);
  g_test_add_func ("/preflight/files", test_files);
  return release_test_run ();
}
