/* Slides as such: what does not fit is said, letters grow with the wall, before and after. */

#include "draw-support.h"

#include "draw/slide-private.h"

static QonysSlideContent *
make_slide (QonysSceneType kind, const char *title, const char *text)
{
  QonysSlideContent *slide = qonys_slide_content_new (kind);

  slide->title = g_strdup (title);
  slide->text = g_strdup (text);
  return slide;
}

static QonysSlideContent *
make_map (QonysAudience audience, const char *text)
{
  QonysSlideContent *slide = make_slide (QONYS_SCENE_IS_MAP, "Қала картасы", text);
  QonysCamera camera = make_camera (500, 500);

  slide->audience = audience;
  slide->content = make_content (audience, WITH_CELLS);
  slide->box = qonys_camera_get_box (&camera);
  return slide;
}

static cairo_surface_t *
paint (const QonysSlideContent *slide, const QonysSlideView *view)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)view->width_px, (int)view->height_px);
  cairo_t *cr = cairo_create (image);

  g_assert_true (qonys_paint_slide (cr, slide, view, NULL));
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  return image;
}

static const QonysSlideView small = {1024, 768, FALSE, 0.5, NULL};
static const QonysSlideView large = {1920, 1080, TRUE, 0.5, NULL};

static void
assert_cut (const QonysSlideContent *slide, const char *expected)
{
  g_auto (GStrv) cut = qonys_slide_measure (slide, &small, NULL);
  g_autofree char *parts = g_strjoinv (",", cut);

  g_assert_cmpstr (parts, ==, expected);
}

static char *
repeat (const char *word, guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, word);
  return g_string_free (text, FALSE);
}

static void
test_overflow (void)
{
  g_autofree char *words = repeat ("заңдылық, құқық тәртібі ", 60);
  g_autoptr (QonysSlideContent) well = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
  g_autoptr (QonysSlideContent) text = make_map (QONYS_AUDIENCE_PUBLIC, words);
  g_autoptr (QonysSlideContent) title = make_slide (QONYS_SCENE_IS_TITLE, words, "");
  g_autoptr (QonysSlideContent) closing = make_slide (QONYS_SCENE_IS_CLOSING, "Келесі", "");
  g_autoptr (QonysSlideContent) figures = make_slide (QONYS_SCENE_IS_FIGURES, "Сандар", "");

  assert_cut (well, "");
  assert_cut (text, "text");
  assert_cut (title, "title");
  assert_cut (closing, "");
  for (guint i = 0; i < 30; i++) {
    QonysSlideTask *task = g_new0 (QonysSlideTask, 1);

    task->body = g_strdup ("Әкімдік");
    task->measures = g_strdup ("2.1");
    g_ptr_array_add (closing->tasks, task);
  }
  for (guint i = 0; i < 2; i++) {
    QonysSlideFigure *figure = g_new0 (QonysSlideFigure, 1);

    figure->id = g_strdup (i == 0 ? "F01" : "F02");
    figure->value = g_strdup ("594 002");
    figure->title = g_strdup (i == 0 ? "Қызмет" : words);
    figure->period = g_strdup ("2023");
    figure->source = g_strdup ("A2");
    g_ptr_array_add (figures->figures, figure);
  }
  assert_cut (figures, "F02");
  {
    g_auto (GStrv) cut = qonys_slide_measure (closing, &small, NULL);

    g_assert_cmpstr (cut[0], ==, "measures");
  }
}

/* The lowest letters are the same share of any wall. */
static void
test_letters (void)
{
  g_autoptr (QonysSlideContent) slide = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
  const QonysSlideView narrow = {512, 768, FALSE, 0.5, NULL};
  double small_px, large_px, narrow_px;

  g_strfreev (qonys_slide_measure (slide, &small, &small_px));
  g_strfreev (qonys_slide_measure (slide, &large, &large_px));
  g_strfreev (qonys_slide_measure (slide, &narrow, &narrow_px));
  g_assert_cmpfloat_with_epsilon (small_px, 24, 1e-6);
  g_assert_cmpfloat_with_epsilon (large_px, 24 * 1080 / 768.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (narrow_px, 12, 1e-6);
}

static void
test_contrast (void)
{
  g_assert_cmpfloat (qonys_slide_get_contrast (FALSE), >=, 7);
  g_assert_cmpfloat (qonys_slide_get_contrast (TRUE), >=, 7);
}

/* On a small wall every district has its name, on no other one, under no panel and not on the line
 * between before and after; of a part of the city (not @is_whole) perhaps not every one. */
static void
assert_names (const QonysSlideContent *slide, gboolean is_whole)
{
  gboolean is_comparison = slide->before != NULL;
  QonysSlidePaint paint = qonys_slide_begin (NULL, slide, &small, NULL);
  g_autoptr (QonysLabels) labels = NULL;
  QonysStyle style = slide->style;
  QonysCamera camera;
  QonysBox frame;
  const GArray *names;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1024, 768);
  cairo_t *cr = cairo_create (image);
  double line;
  guint n_found = 0;

  qonys_slide_find_frame (&paint, &frame, &camera);
  labels = qonys_slide_labels_new (&paint, &frame, &camera);
  line = qonys_slide_get_middle (slide, &camera) * camera.width_px;
  style.text_scale = 2.4;
  g_assert_true (
      qonys_paint_map_among (cr, slide->content, &style, &camera, labels, is_comparison, NULL));
  names = qonys_labels_get_written (labels);
  for (guint i = 0; i < names->len; i++) {
    const QonysLabel *a = &g_array_index (names, QonysLabel, i);

    g_assert_false (is_comparison && a->box.min_x < line + 3 && a->box.max_x > line - 3);
    for (guint j = 0; j < i; j++)
      g_assert_false (qonys_box_intersects (&a->box, &g_array_index (names, QonysLabel, j).box));
    for (guint j = 0; j < slide->content->districts->len; j++) {
      const QonysDistrictMark *mark =
          &g_array_index (slide->content->districts, QonysDistrictMark, j);

      n_found += strstr (qonys_text3_get (&mark->district->name), a->text) != NULL;
    }
    for (guint j = 0; j < QONYS_N_PANELS; j++) {
      QonysBox panel = paint.panels[j];

      panel.min_x -= frame.min_x, panel.max_x -= frame.min_x;
      panel.min_y -= frame.min_y, panel.max_y -= frame.min_y;
      g_assert_false (panel.max_x > panel.min_x && qonys_box_intersects (&a->box, &panel));
    }
  }
  g_assert_cmpuint (n_found, >=, is_whole ? slide->content->districts->len : 1);
  g_object_unref (paint.text);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* The line through a district's own point, where its name would stand. */
static void
put_in_middle (QonysSlideContent *slide, guint i)
{
  const QonysDistrict *district =
      g_array_index (slide->content->districts, QonysDistrictMark, i).district;
  double half = (slide->box.max_x - slide->box.min_x) / 2;

  slide->box.min_x = district->label_x - half;
  slide->box.max_x = district->label_x + half;
}

static void
test_names (void)
{
  for (QonysLanguage language = 0; language < QONYS_N_LANGUAGES; language++)
    for (guint sides = 1; sides <= 2; sides++) {
      g_autoptr (QonysSlideContent) slide = NULL;

      qonys_language_set (language);
      slide = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
      if (sides == 2) {
        slide->kind = QONYS_SCENE_IS_BEFORE_AFTER;
        slide->before = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
        put_in_middle (slide, language);
      }
      assert_names (slide, TRUE);
      for (guint i = 0; sides == 1 && i < slide->content->districts->len; i++) {
        slide->box =
            g_array_index (slide->content->districts, QonysDistrictMark, i).district->shape->box;
        assert_names (slide, FALSE);
      }
    }
  qonys_language_set (QONYS_EN);
}

/* The frame is where the map is: elsewhere nothing changes when only the map does. */
static void
test_frame (void)
{
  g_autoptr (QonysSlideContent) slide = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
  QonysCamera camera;
  QonysSlideView flying = small;
  QonysBox frame;
  cairo_surface_t *a, *b;
  guint inside;

  g_assert_true (qonys_slide_get_map (slide, &small, &frame, &camera, NULL));
  camera.center_x += 0.0001;
  flying.camera = &camera;
  a = paint (slide, &small);
  b = paint (slide, &flying);
  inside = count_differences (a, b, (int)frame.min_x, (int)frame.min_y,
                              (int)(frame.max_x - frame.min_x), (int)(frame.max_y - frame.min_y));
  g_assert_cmpuint (inside, >, 1000);
  g_assert_cmpuint (count_all_differences (a, b), ==, inside);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
}

static void
test_swipe (void)
{
  g_autoptr (QonysSlideContent) slide = make_slide (QONYS_SCENE_IS_BEFORE_AFTER, "Норма", "Мәтін");
  QonysSlideView view = small;
  QonysCamera camera = make_camera (500, 500);
  QonysBox frame;
  cairo_surface_t *after, *before, *split;
  int middle, height, top;

  slide->content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_CELLS);
  slide->before = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  slide->box = qonys_camera_get_box (&camera);
  g_assert_true (qonys_slide_get_map (slide, &view, &frame, &camera, NULL));
  middle = (int)((frame.min_x + frame.max_x) / 2);
  top = (int)frame.min_y;
  height = (int)(frame.max_y - frame.min_y);
  split = paint (slide, &view);
  view.split = 0;
  after = paint (slide, &view);
  view.split = 1;
  before = paint (slide, &view);
  g_assert_cmpuint (count_all_differences (before, after), >, 100);
  g_assert_cmpuint (count_differences (split, before, (int)frame.min_x, top,
                                       middle - 30 - (int)frame.min_x, height),
                    ==, 0);
  g_assert_cmpuint (
      count_differences (split, after, middle + 30, top, (int)frame.max_x - middle - 30, height),
      ==, 0);
  cairo_surface_destroy (after);
  cairo_surface_destroy (before);
  cairo_surface_destroy (split);
}

/* Who sees it is to be seen. */
static void
test_audience (void)
{
  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who++) {
    g_autoptr (QonysSlideContent) slide = make_slide (QONYS_SCENE_IS_TITLE, "Астана", "");
    cairo_surface_t *image;

    slide->audience = who;
    image = paint (slide, &small);
    if (who == QONYS_AUDIENCE_PUBLIC)
      g_assert_cmpuint (get_pixel (image, 4, 400) & 0xFFFFFF, ==, 0xFFFFFF);
    else
      g_assert_cmpuint (count_color (image, qonys_audience_get_color (who)), >, 20000);
    cairo_surface_destroy (image);
  }
}

static void
test_cancelled (void)
{
  g_autoptr (QonysSlideContent) slide = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 100, 100);
  cairo_t *cr = cairo_create (image);

  g_cancellable_cancel (cancellable);
  g_assert_false (qonys_paint_slide (cr, slide, &small, cancellable));
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

static void
test_words (void)
{
  g_autoptr (QonysSlideContent) slide = make_map (QONYS_AUDIENCE_PUBLIC, "Мәтін");
  const QonysDistrictMark *mark = &g_array_index (slide->content->districts, QonysDistrictMark, 1);
  g_autofree char *value = qonys_statistic_format (slide->content->statistic, mark->value);
  g_autofree char *expected =
      g_strdup_printf ("%s: %s", qonys_text3_get (&mark->district->name), value);
  g_autofree char *words = NULL;

  slide->as_of = g_strdup ("Data as of 01.10.2026.");
  words = qonys_slide_describe (slide);
  g_assert_nonnull (strstr (words, "Map of Astana"));
  g_assert_nonnull (strstr (words, expected));
  g_assert_nonnull (strstr (words, "01.10.2026"));
}

/* Notes go on where the page ended, and none is lost. */
static void
test_notes (void)
{
  g_autoptr (QonysSlideContent) slide = make_slide (QONYS_SCENE_IS_TITLE, "Астана", "");
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 800, 300);
  cairo_t *cr = cairo_create (image);
  guint line = 0, last = 0, n_pages = 0;

  slide->notes = repeat ("Бұл — сол карта. Картада жеке адам туралы дерек жоқ. ", 100);
  while (qonys_paint_slide_notes (cr, slide, 800, 300, &line)) {
    g_assert_cmpuint (line, >, last);
    last = line;
    n_pages++;
  }
  g_assert_cmpuint (n_pages, >=, 3);
  g_assert_cmpuint (line, >, last);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slide/overflow", test_overflow);
  g_test_add_func ("/slide/letters", test_letters);
  g_test_add_func ("/slide/contrast", test_contrast);
  g_test_add_func ("/slide/names", test_names);
  g_test_add_func ("/slide/frame", test_frame);
  g_test_add_func ("/slide/swipe", test_swipe);
  g_test_add_func ("/slide/audience", test_audience);
  g_test_add_func ("/slide/cancelled", test_cancelled);
  g_test_add_func ("/slide/words", test_words);
  g_test_add_func ("/slide/notes", test_notes);
  return g_test_run ();
}
