/* Slides of a story: everything fits, nothing passes the gate, and what is written is whole. */

#define _GNU_SOURCE /* memmem() */

#include "release-support.h"

#include "base/error.h"
#include "domain/scene.h"
#include "release/deck.h"
#include "release/release-private.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>

static QonysProject *
make_city (void)
{
  World *world = world_new ();

  world->is_synthetic = TRUE;
  world_add_dwellings (world, 71.45, 51.12, 50, 8);
  world_add_dwellings (world, 71.55, 51.15, 60, 9);
  for (guint i = 0; i < 8; i++) {
    world_add_suspicion (world, i, QONYS_STATUS_SUSPECTED, 71.45, 51.12);
    world_add_suspicion (world, 50 + i, QONYS_STATUS_SUSPECTED, 71.55, 51.15);
  }
  world_add_operations (world, "711110000", "2025-02-03", 7);
  world_add_operations (world, "711310000", "2025-05-03", 9);
  return world_finish (world);
}

/* The measures of the resolution and these scenes, which are given up. */
static QonysPlan *
make_plan (GPtrArray *scenes)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (GPtrArray) entries = scenes;
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);

  for (guint i = 0; i < measures->len; i++)
    g_ptr_array_add (entries, qonys_entry_ref (g_ptr_array_index (measures, i)));
  return qonys_plan_new (entries);
}

static QonysDeck *
make_deck (QonysAudience audience)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, audience, "overcrowded_share");
  g_autoptr (QonysPlan) plan = make_plan (qonys_story_make_default ());

  return qonys_deck_new (release, plan, NULL);
}

static QonysSlide *
make_slide (QonysDeck *deck, const QonysEntry *scene)
{
  g_autoptr (GError) error = NULL;
  QonysSlide *slide = qonys_deck_make_slide (deck, scene, NULL, &error);

  g_assert_no_error (error);
  return slide;
}

static QonysSlide *
make_nth (QonysDeck *deck, guint i)
{
  return make_slide (deck, g_ptr_array_index (qonys_deck_get_scenes (deck), i));
}

static const double sizes[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}};

static void
assert_fits (const QonysSlide *slide, guint number)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint is_dark = 0; is_dark < 2; is_dark++) {
      const QonysSlideView view = {sizes[i][0], sizes[i][1], is_dark, 0.5, NULL};
      double smallest_px;
      g_auto (GStrv) cut =
          qonys_slide_measure (qonys_slide_get_content (slide), &view, &smallest_px);
      g_autofree char *parts = g_strjoinv (", ", cut);

      if (*parts != '\0')
        g_test_message ("%s, scene %u at %g × %g", qonys_language_get_code (qonys_language_get ()),
                        number + 1, sizes[i][0], sizes[i][1]);
      g_assert_cmpstr (parts, ==, "");
      g_assert_cmpfloat (smallest_px, >=, 24 * MIN (sizes[i][0] / 1024, sizes[i][1] / 768) - 1e-6);
    }
}

static void
test_fits (void)
{
  static const char *const source[] = {"Дереккөз", "Источник", "Source"};
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);

  g_assert_cmpuint (qonys_deck_get_scenes (deck)->len, ==, 8);
  for (guint language = 0; language < QONYS_N_LANGUAGES; language++) {
    qonys_language_set (language);
    for (guint i = 0; i < 8; i++) {
      g_autoptr (QonysSlide) slide = make_nth (deck, i);

      g_assert_cmpint (qonys_slide_get_content (slide)->language, ==, (int)language);
      g_assert_false (qonys_slide_get_content (slide)->is_untranslated);
      if (i == 1)
        g_assert_true (
            g_str_has_prefix (qonys_slide_get_content (slide)->sources, source[language]));
      assert_fits (slide, i);
    }
  }
  qonys_language_set (QONYS_EN);
}

/* The story of a project with addresses, shown to the public, has none. */
static void
assert_no_address (const QonysContent *content)
{
  for (guint i = QONYS_LAYER_FICTITIOUS; content != NULL && i < QONYS_N_LAYERS; i++) {
    const QonysMarkLayer *layer = &content->layers[i];

    g_assert_false (layer->is_addresses);
    g_assert_null (layer->amounts);
    g_assert_null (layer->lon_deg);
    g_assert_null (layer->categories);
    g_assert_cmpuint (layer->n_rows, <=, 4);
  }
}

static void
test_gate (void)
{
  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who++) {
    g_autoptr (QonysDeck) deck = make_deck (who);

    for (guint i = 0; i < 8; i++) {
      g_autoptr (QonysSlide) slide = make_nth (deck, i);
      const QonysSlideContent *content = qonys_slide_get_content (slide);

      g_assert_cmpint (content->audience, ==, who);
      g_assert_cmpint (qonys_release_get_audience (qonys_slide_get_release (slide)), ==, who);
      g_assert_true ((content->watermark != NULL) == (who != QONYS_AUDIENCE_PUBLIC));
      if (who == QONYS_AUDIENCE_OFFICIAL)
        continue;
      assert_no_address (content->content);
      assert_no_address (content->before);
    }
  }
}

/* However near the scene looks, the public's map goes no nearer than 1 : 25 000. */
static void
test_zoom (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  QonysEntry *map = g_ptr_array_index (qonys_deck_get_scenes (deck), 3);
  g_autoptr (QonysEntry) west = qonys_entry_with (map, QONYS_SCENE_WEST_DEG, "71.4500");
  g_autoptr (QonysEntry) east = qonys_entry_with (west, QONYS_SCENE_EAST_DEG, "71.4501");
  g_autoptr (QonysEntry) south = qonys_entry_with (east, QONYS_SCENE_SOUTH_DEG, "51.1200");
  g_autoptr (QonysEntry) near = qonys_entry_with (south, QONYS_SCENE_NORTH_DEG, "51.1201");
  g_autoptr (QonysSlide) slide = make_slide (deck, near);
  QonysCamera camera, flying = {0.7, 0.3, 19, 0, 0};
  const QonysSlideView view = {1920, 1080, FALSE, 0, NULL},
                       flight = {1920, 1080, FALSE, 0, &flying};
  QonysBox frame;

  g_assert_true (
      qonys_slide_get_map (qonys_slide_get_content (slide), &view, &frame, &camera, NULL));
  g_assert_cmpfloat (camera.zoom, <=, QONYS_PUBLIC_MAX_ZOOM);
  g_assert_true (
      qonys_slide_get_map (qonys_slide_get_content (slide), &flight, &frame, &camera, NULL));
  g_assert_cmpfloat (camera.zoom, <=, QONYS_PUBLIC_MAX_ZOOM);
  g_assert_cmpfloat (camera.center_x, ==, 0.7);
  g_assert_cmpfloat (camera.width_px, ==, frame.max_x - frame.min_x);
}

/* Scenes of one norm and time share what is dear; those of the next state of the plan too. */
static void
test_sharing (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (QonysPlan) plan = make_plan (qonys_story_make_default ());
  g_autoptr (QonysDeck) next = qonys_deck_with_plan (deck, plan, NULL);
  g_autoptr (QonysSlide) a = make_nth (deck, 4), b = make_nth (deck, 4), c = make_nth (next, 4);
  const QonysSlideContent *x = qonys_slide_get_content (a), *y = qonys_slide_get_content (b);
  const QonysSlideContent *z = qonys_slide_get_content (c);
  const QonysLayer layer = QONYS_LAYER_OVERCROWDED;

  g_assert_true (x->content->layers[layer].cells == y->content->layers[layer].cells);
  g_assert_true (x->before->layers[layer].cells == z->before->layers[layer].cells);
  g_assert_true (x->content->layers[layer].cells != x->before->layers[layer].cells);
}

static void
test_comparison (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (QonysSlide) slide = make_nth (deck, 4);
  const QonysSlideContent *content = qonys_slide_get_content (slide);

  g_assert_cmpint (content->kind, ==, QONYS_SCENE_IS_BEFORE_AFTER);
  g_assert_cmpstr (content->before_label, ==, "no norm");
  g_assert_cmpstr (content->after_label, ==, "15 m² a person");
  g_assert_cmpstr (content->model_note, ==, "A model, not a forecast.");
  g_assert_nonnull (strstr (content->assumptions, "the same registrations"));
  g_assert_true (qonys_release_get_project (qonys_slide_get_release (slide)) != NULL);
  /* One colour, one meaning. */
  g_assert_cmpuint (content->before->n_classes, ==, content->content->n_classes);
  for (guint i = 0; i < content->content->n_classes; i++)
    g_assert_cmpfloat (content->before->class_limits[i], ==, content->content->class_limits[i]);
  g_assert_true (content->before->layers[QONYS_LAYER_OVERCROWDED].compared_cells ==
                 content->content->layers[QONYS_LAYER_OVERCROWDED].cells);
}

static void
test_figures (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (QonysSlide) services = make_nth (deck, 6), raids = make_nth (deck, 5);
  const GPtrArray *figures = qonys_slide_get_content (services)->figures;
  const QonysSlideFigure *derived = g_ptr_array_index (figures, 4);
  const QonysSlideFigure *stated = g_ptr_array_index (figures, 0);
  const QonysSlideFigure *raid = g_ptr_array_index (qonys_slide_get_content (raids)->figures, 0);

  g_assert_cmpstr (stated->source, ==, "paragraph\u00a0A2");
  g_assert_nonnull (strstr (derived->source, "computed"));
  g_assert_nonnull (strstr (raid->period, "not stated"));
  /* They are the resolution's own, whatever the project holds. */
  g_assert_false (qonys_slide_get_content (services)->is_synthetic);
}

static void
test_closing (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  g_autoptr (QonysSlide) slide = make_nth (deck, 7);
  const GPtrArray *tasks = qonys_slide_get_content (slide)->tasks;
  const QonysSlideTask *first = g_ptr_array_index (tasks, 0);

  g_assert_cmpuint (tasks->len, >=, 4);
  g_assert_true (first->is_overdue); /* measure 5, by 26.02.2024 */
  g_assert_nonnull (strstr (first->due, "26.02.2024"));
}

/* ---- versions and languages ---- */

static void
test_version (void)
{
  const char *values[QONYS_VERSION_N_FIELDS] = {"Before the session", "0", "2026-01-12", NULL};
  g_autoptr (QonysEntry) version = qonys_entry_new (QONYS_ENTRY_VERSION, "v1", values);
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysHistory) history = qonys_history_new ();
  GPtrArray *scenes = qonys_story_make_default ();
  QonysEntry *frozen = qonys_entry_with (g_ptr_array_index (scenes, 3), QONYS_SCENE_AS_OF, "v1");
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (QonysDeck) deck = NULL;
  g_autoptr (QonysSlide) slide = NULL;
  g_autoptr (QonysEntry) lost = qonys_entry_with (frozen, QONYS_SCENE_AS_OF, "v2");
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (scenes, frozen); /* the last of an id counts */
  g_ptr_array_add (scenes, qonys_entry_ref (version));
  plan = make_plan (scenes);
  deck = qonys_deck_new (release, plan, history);
  slide = make_nth (deck, 3);
  g_assert_nonnull (strstr (qonys_slide_get_content (slide)->as_of, "Before the session"));
  g_assert_nonnull (strstr (qonys_slide_get_content (slide)->as_of, "12.01.2026"));
  g_assert_null (qonys_deck_make_slide (deck, lost, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
}

static void
test_untranslated (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  QonysEntry *map = g_ptr_array_index (qonys_deck_get_scenes (deck), 3);
  g_autoptr (QonysEntry) kazakh = qonys_entry_with (map, QONYS_SCENE_TITLE_EN, NULL);
  g_autoptr (QonysSlide) slide = make_slide (deck, kazakh);

  g_assert_true (qonys_slide_get_content (slide)->is_untranslated);
  g_assert_true (g_str_has_prefix (qonys_slide_get_content (slide)->title, "[kk] "));
}

/* ---- files ---- */

static char *
run (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *program = g_find_program_in_path (first);
  char *text = NULL;
  va_list rest;

  if (program == NULL)
    return NULL;
  va_start (rest, first);
  for (const char *word = first; word != NULL; word = va_arg (rest, const char *))
    g_ptr_array_add (words, (gpointer)word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  g_spawn_sync (NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, &text, NULL, NULL, NULL);
  return text;
}

static void
test_pdf (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  QonysDeckFormat format = {1024, 768, FALSE, FALSE};
  g_autofree char *path = g_build_filename (support_temp_dir (), "s.pdf", NULL);
  g_autofree char *text = NULL, *info = NULL, *noted = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (qonys_deck_write_pdf (deck, &format, path, NULL, &error));
  g_assert_no_error (error);
  info = run ("pdfinfo", path, NULL);
  text = run ("pdftotext", path, "-", NULL);
  if (info == NULL || text == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  g_assert_true (g_regex_match_simple ("Pages:\\s+8\n", info, 0, 0));
  g_assert_nonnull (strstr (info, "768 x 576 pts"));
  g_assert_true (g_regex_match_simple ("594[ \u00a0]002", text, 0, 0));
  g_assert_nonnull (strstr (text, "ОҚУ ДЕРЕКТЕРІ"));
  g_assert_null (strstr (text, "d0")); /* a dwelling's key */
  g_assert_null (strstr (text, "This is that map"));

  format.has_notes = TRUE;
  g_assert_true (qonys_deck_write_pdf (deck, &format, path, NULL, &error));
  noted = run ("pdftotext", path, "-", NULL);
  g_assert_nonnull (strstr (noted, "This is that map"));
}

/* The smallest letters of a page of PDF, maps and all, in its own units. */
static double
find_smallest_letters (const char *bytes, gsize length)
{
  const char *end = bytes + length;
  double smallest = INFINITY;

  for (const char *p = memmem (bytes, length, "stream\n", 7); p != NULL;
       p = memmem (p, (gsize)(end - p), "stream\n", 7)) {
    g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    g_autofree char *plain = g_malloc0 (1 << 23);
    gsize n_read, n_written;

    p += strlen ("stream\n");
    if (g_converter_convert (G_CONVERTER (zlib), p, end - p, plain, (1 << 23) - 1, 0, &n_read,
                             &n_written, NULL) == G_CONVERTER_ERROR)
      continue;
    for (const char *tm = strstr (plain, " Tm"); tm != NULL; tm = strstr (tm + 1, " Tm")) {
      const char *line = tm;
      double a, b;

      while (line > plain && line[-1] != '\n')
        line--;
      a = g_ascii_strtod (line, (char **)&line);
      b = g_ascii_strtod (line, NULL);
      smallest = MIN (smallest, hypot (a, b));
    }
  }
  return smallest;
}

static void
test_letters (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  const QonysDeckFormat format = {1024, 768, FALSE, FALSE};
  g_autofree char *path = g_build_filename (support_temp_dir (), "l.pdf", NULL), *bytes = NULL;
  double smallest;
  gsize length;

  g_assert_true (qonys_deck_write_pdf (deck, &format, path, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  smallest = find_smallest_letters (bytes, length);
  g_assert_cmpfloat (smallest, <, 100);
  g_assert_cmpfloat (smallest, >=, 24 * 0.75 - 0.01); /* the page is in points */
}

static void
test_png (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_COMMITTEE);
  const QonysDeckFormat format = {640, 480, TRUE, FALSE};
  g_autofree char *folder = g_build_filename (support_temp_dir (), "pictures", NULL);
  static const char *const names[] = {"01-title",        "02-figures", "03-figures", "04-map",
                                      "05-before_after", "06-figures", "07-figures", "08-closing"};
  g_autofree char *log = qonys_release_log_get_path ();
  g_autoptr (GError) error = NULL;
  gint64 n_before = 0, n_after = 0;

  qonys_release_log_verify (log, &n_before, NULL);
  g_assert_true (qonys_deck_write_png (deck, &format, folder, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qonys_release_log_verify (log, &n_after, &error));
  g_assert_cmpint (n_after - n_before, ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strconcat (names[i], ".png", NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    cairo_surface_t *image = cairo_image_surface_create_from_png (path);
    GStatBuf status;

    g_assert_cmpint (cairo_image_surface_get_width (image), ==, 640);
    g_assert_cmpint (cairo_image_surface_get_height (image), ==, 480);
    cairo_surface_destroy (image);
    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 077, ==, 0);
  }
}

static void
test_no_story (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysDeck) deck = qonys_deck_new (release, plan, NULL);
  const QonysDeckFormat format = {1024, 768, FALSE, FALSE};
  g_autoptr (GError) error = NULL;

  g_assert_false (qonys_deck_write_pdf (deck, &format, "/nowhere/x.pdf", NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
}

/* ---- the page ---- */

static char *
write_page (char **path)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_PUBLIC);
  const QonysDeckFormat format = {640, 480, FALSE, FALSE};
  g_autoptr (GError) error = NULL;
  char *page;

  *path = g_build_filename (support_temp_dir (), "story.html", NULL);
  qonys_language_set (QONYS_EN);
  g_assert_true (qonys_deck_write_html (deck, &format, *path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (qonys_language_get (), ==, QONYS_EN);
  g_assert_true (g_file_get_contents (*path, &page, NULL, NULL));
  return page;
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;
  return n;
}

static void
test_page (void)
{
  g_autofree char *path = NULL, *page = write_page (&path);

  g_assert_cmpuint (count (page, "<section>"), ==, 8);
  g_assert_cmpuint (count (page, "<img "), ==, 24);
  g_assert_cmpuint (count (page, " alt=\""), ==, 24);
  g_assert_cmpuint (count (page, "src=\"data:image/"), ==, 24);
  g_assert_cmpuint (count (page, "<h2 "), ==, 24);
  g_assert_null (strstr (page, "http:"));
  g_assert_null (strstr (page, "https:"));
  g_assert_null (strstr (page, "url("));
  g_assert_nonnull (strstr (page, "default-src 'none'"));
  g_assert_null (strstr (page, "_HASH@"));
  g_assert_nonnull (strstr (page, "Көші-қон сальдосы"));
  g_assert_nonnull (strstr (page, "Сальдо миграции"));
  g_assert_nonnull (strstr (page, "Migration balance"));
  g_assert_null (strstr (page, "This is that map")); /* notes are the speaker's */
}

static void
test_page_refused (void)
{
  g_autoptr (QonysDeck) deck = make_deck (QONYS_AUDIENCE_COMMITTEE);
  const QonysDeckFormat format = {640, 480, FALSE, FALSE};
  g_autofree char *path = g_build_filename (support_temp_dir (), "no.html", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (qonys_deck_write_html (deck, &format, path, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The page in a browser that reaches no network, after its script has run. */
static char *
browse (const char *path, const char *fragment)
{
  g_autofree char *address = g_strconcat ("file://", path, fragment, NULL);
  g_autofree char *profile =
      g_strconcat ("--user-data-dir=", support_temp_dir (), "/profile", NULL);

  return run ("chromium", "--headless", "--no-sandbox", "--disable-gpu", profile,
              "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
              "--virtual-time-budget=3000", "--dump-dom", address, NULL);
}

static void
assert_shown (const char *dom, const char *language, const char *title, guint number)
{
  g_autofree char *root =
      g_strdup_printf ("<html lang=\"%s\" data-lang=\"%s\"", language, language);
  g_autofree char *head = g_strdup_printf ("<title>%s", title);
  g_autofree char *place = g_strdup_printf ("id=\"number\">%u<", number);

  g_assert_nonnull (strstr (dom, root));
  g_assert_nonnull (strstr (dom, head));
  g_assert_nonnull (strstr (dom, place));
  g_assert_cmpuint (count (dom, "<section class=\"now\">"), ==, 1);
}

/* What the address says; and, with the keys pressed by a script of the test, which the page's
 * policy would not let in, what keys do. */
static void
test_browser (void)
{
  g_autofree char *program = g_find_program_in_path ("chromium");
  g_autofree char *path = NULL, *page = write_page (&path), *dom = NULL, *pressed = NULL;
  static const char end_of_script[] = "  read();\n})();\n";
  static const char keys[] =
      "  read();\n"
      "  ['End', 'ArrowLeft', ' ', 'PageUp', 'l', '3'].forEach(function (key) {\n"
      "    document.dispatchEvent(new KeyboardEvent('keydown', {key: key, bubbles: true}));\n"
      "  });\n})();\n";
  g_autoptr (GString) changed = g_string_new (page);

  if (program == NULL) {
    g_test_skip ("no chromium here");
    return;
  }
  dom = browse (path, "#scene=3&lang=ru");
  assert_shown (dom, "ru", "Сальдо миграции", 3);

  g_assert_cmpuint (g_string_replace (changed, end_of_script, keys, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  pressed = browse (path, "#lang=en");
  g_assert_null (strstr (pressed, "<html lang=\"en\" data-lang=\"en\" class=\"js\"")); /* refused */
  g_string_replace (changed, "Content-Security-Policy", "X", 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  g_free (pressed);
  pressed = browse (path, "#lang=en");
  assert_shown (pressed, "kk", "Көші-қон сальдосы", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_init ("en"); /* with the catalogues: words of all languages have to fit */
  g_test_add_func ("/deck/fits", test_fits);
  g_test_add_func ("/deck/gate", test_gate);
  g_test_add_func ("/deck/zoom", test_zoom);
  g_test_add_func ("/deck/sharing", test_sharing);
  g_test_add_func ("/deck/comparison", test_comparison);
  g_test_add_func ("/deck/figures", test_figures);
  g_test_add_func ("/deck/closing", test_closing);
  g_test_add_func ("/deck/version", test_version);
  g_test_add_func ("/deck/untranslated", test_untranslated);
  g_test_add_func ("/deck/pdf", test_pdf);
  g_test_add_func ("/deck/letters", test_letters);
  g_test_add_func ("/deck/png", test_png);
  g_test_add_func ("/deck/no-story", test_no_story);
  g_test_add_func ("/deck/page", test_page);
  g_test_add_func ("/deck/page-refused", test_page_refused);
  g_test_add_func ("/deck/browser", test_browser);
  return release_test_run ();
}
