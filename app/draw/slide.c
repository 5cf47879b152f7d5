/* Slides: what all kinds have in common. A slide is laid out anew at every painting, some thirty
 * layouts, 3 ms; measured and painted by the same code, so that what is said to fit does. */

#include "draw/slide.h"

#include "base/format.h"
#include "draw/slide-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MARGIN 24.0
#define BAND_HEIGHT 36.0
#define LINE_SPACING 0.92

#define RGB(hex)                                                                                   \
  {                                                                                                \
    (hex) >> 16 & 255, (hex) >> 8 & 255, (hex)&255, 255                                            \
  }

static const QonysSlideTheme light = {
    .ground = RGB (0xFFFFFF),
    .ink = RGB (0x0E1215),
    .muted = RGB (0x3B4247),
    .alarm = RGB (0x8E1B00),
    .rule = RGB (0x9AA1A6),
};

static const QonysSlideTheme dark = {
    .ground = RGB (0x0B0D10),
    .ink = RGB (0xF8FAFB),
    .muted = RGB (0xC6CDD2),
    .alarm = RGB (0xFFB59A),
    .rule = RGB (0x5B636A),
};

/* Of the synthetic mark, in both themes. */
static const QonysColor band_ground = RGB (0xFBDD84), band_ink = RGB (0x2A2208);

const QonysSlideTheme *
qonys_slide_theme_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

double
qonys_slide_get_contrast (gboolean is_dark)
{
  const QonysSlideTheme *theme = qonys_slide_theme_get (is_dark);
  const QonysPalette *palette = qonys_palette_get (is_dark); /* of the legend */
  const QonysColor inks[] = {theme->ink, theme->muted, theme->alarm, palette->ink, palette->muted};
  double lowest = qonys_color_get_contrast (band_ink, band_ground);

  for (guint i = 0; i < G_N_ELEMENTS (inks); i++)
    lowest = MIN (lowest, qonys_color_get_contrast (inks[i], theme->ground));
  return lowest;
}

/* ---- the content ---- */

typedef struct {
  QonysSlideContent content;
  gatomicrefcount n_refs;
} Full;

static void
figure_free (gpointer data)
{
  QonysSlideFigure *figure = data;

  g_free (figure->value);
  g_free (figure->title);
  g_free (figure->period);
  g_free (figure->source);
  g_free (figure->id);
  g_free (figure);
}

static void
task_free (gpointer data)
{
  QonysSlideTask *task = data;

  g_free (task->body);
  g_free (task->measures);
  g_free (task->due);
  g_free (task);
}

QonysSlideContent *
qonys_slide_content_new (QonysSceneType kind)
{
  Full *full = g_new0 (Full, 1);

  g_atomic_ref_count_init (&full->n_refs);
  full->content.kind = kind;
  full->content.language = qonys_language_get ();
  full->content.style = qonys_style_get_default ();
  full->content.figures = g_ptr_array_new_with_free_func (figure_free);
  full->content.tasks = g_ptr_array_new_with_free_func (task_free);
  return &full->content;
}

void
qonys_slide_content_unref (QonysSlideContent *slide)
{
  char **texts[] = {&slide->title,
                    &slide->text,
                    &slide->notes,
                    &slide->byline,
                    &slide->date,
                    &slide->as_of,
                    &slide->sources,
                    &slide->watermark,
                    &slide->before_label,
                    &slide->after_label,
                    &slide->model_note,
                    &slide->assumptions,
                    &slide->short_assumptions};

  if (!g_atomic_ref_count_dec (&((Full *)slide)->n_refs))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_clear_pointer (&slide->content, qonys_content_unref);
  g_clear_pointer (&slide->before, qonys_content_unref);
  g_ptr_array_unref (slide->figures);
  g_ptr_array_unref (slide->tasks);
  g_free (slide);
}

/* ---- text ---- */

static PangoLayout *
make_layout (const QonysSlidePaint *paint, const QonysSlideText *text, double size, double width)
{
  PangoLayout *layout = qonys_text_layout (paint->text, text->text, text->face, size, width);

  pango_layout_set_line_spacing (layout, LINE_SPACING);
  return layout;
}

/* A word that had to be broken looks as if it did not fit. */
static gboolean
has_broken_word (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  int n_lines = pango_layout_get_line_count (layout);

  for (int i = 1; i < n_lines; i++) {
    const char *start = text + pango_layout_get_line_readonly (layout, i)->start_index;
    const char *before = g_utf8_find_prev_char (text, start);

    if (before != NULL && g_unichar_isalnum (g_utf8_get_char (before)) &&
        g_unichar_isalnum (g_utf8_get_char (start)))
      return TRUE;
  }
  return FALSE;
}

double
qonys_slide_fit (const QonysSlidePaint *paint, const QonysSlideText *text, double width,
                 double max_height, double *size)
{
  double height;

  for (*size = text->size;; *size = MAX (*size * 0.95, text->min_size)) {
    g_autoptr (PangoLayout) layout = make_layout (paint, text, *size, width);

    qonys_text_size (layout, NULL, &height);
    if (*size <= text->min_size || (height <= max_height && !has_broken_word (layout)))
      return MIN (height, max_height);
  }
}

void
qonys_slide_note_cut (QonysSlidePaint *paint, const char *part)
{
  if (paint->cut != NULL && !g_ptr_array_find_with_equal_func (paint->cut, part, g_str_equal, NULL))
    g_ptr_array_add (paint->cut, g_strdup (part));
}

double
qonys_slide_put (QonysSlidePaint *paint, const QonysSlideText *text, double x, double y,
                 double width, double max_height)
{
  g_autoptr (PangoLayout) layout = NULL;
  double size, height, text_height;

  if (text->text == NULL || *text->text == '\0')
    return 0;
  height = qonys_slide_fit (paint, text, width, max_height, &size);
  layout = make_layout (paint, text, size, width);
  qonys_text_size (layout, NULL, &text_height);
  paint->smallest = MIN (paint->smallest, size);
  if (text_height > height + 0.5) {
    qonys_slide_note_cut (paint, text->part);
    pango_layout_set_height (layout, (int)(MAX (height, 1) * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  if (paint->cr != NULL)
    qonys_text_draw (paint->cr, layout, x, y, text->ink, paint->theme->ground, 0);
  return height;
}

/* ---- head and foot ---- */

static void
paint_ground (QonysSlidePaint *paint, double width, double height)
{
  cairo_t *cr = paint->cr;

  if (cr == NULL)
    return;
  qonys_set_color (cr, paint->theme->ground, 1);
  cairo_paint (cr);
  if (paint->slide->audience == QONYS_AUDIENCE_PUBLIC)
    return;
  cairo_rectangle (cr, QONYS_SLIDE_BORDER / 2, QONYS_SLIDE_BORDER / 2, width - QONYS_SLIDE_BORDER,
                   height - QONYS_SLIDE_BORDER);
  qonys_set_color (cr, qonys_audience_get_color (paint->slide->audience), 1);
  cairo_set_line_width (cr, QONYS_SLIDE_BORDER);
  cairo_stroke (cr);
}

static void
paint_band (QonysSlidePaint *paint)
{
  /* The same words whatever the language: the picture travels. */
  static const char mark[] = "ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ";
  g_autoptr (PangoLayout) layout = NULL;
  double width, height;

  if (!paint->slide->is_synthetic)
    return;
  if (paint->cr != NULL) {
    layout = qonys_text_layout (paint->text, mark, QONYS_TEXT_BOLD, QONYS_SLIDE_MIN_TEXT, 0);
    qonys_text_size (layout, &width, &height);
    cairo_rectangle (paint->cr, paint->left, paint->top, paint->right - paint->left, BAND_HEIGHT);
    qonys_set_color (paint->cr, band_ground, 1);
    cairo_fill (paint->cr);
    qonys_text_draw (paint->cr, layout, (paint->left + paint->right - width) / 2,
                     paint->top + (BAND_HEIGHT - height) / 2, band_ink, band_ground, 0);
  }
  paint->top += BAND_HEIGHT + QONYS_SLIDE_GAP / 2;
}

/* Whom it is for, framed in the audience's colour at the top right. Returns: its width with a gap
 */
static double
paint_tag (QonysSlidePaint *paint)
{
  const char *text = paint->slide->audience == QONYS_AUDIENCE_OFFICIAL ? _ ("For official use")
                                                                       : _ ("For the commission");
  g_autoptr (PangoLayout) layout = NULL;
  double width, height;

  if (paint->slide->audience == QONYS_AUDIENCE_PUBLIC)
    return 0;
  layout = qonys_text_layout (paint->text, text, QONYS_TEXT_BOLD, QONYS_SLIDE_MIN_TEXT, 0);
  qonys_text_size (layout, &width, &height);
  width += 24;
  if (paint->cr != NULL) {
    cairo_rectangle (paint->cr, paint->right - width, paint->top + 2, width - 2, height + 6);
    qonys_set_color (paint->cr, qonys_audience_get_color (paint->slide->audience), 1);
    cairo_set_line_width (paint->cr, 4);
    cairo_stroke (paint->cr);
    qonys_text_draw (paint->cr, layout, paint->right - width + 11, paint->top + 5,
                     paint->theme->ink, paint->theme->ground, 0);
  }
  return width + 24;
}

static void
paint_foot (QonysSlidePaint *paint)
{
  const QonysSlideContent *slide = paint->slide;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *foot = NULL;
  double height, size, width = paint->right - paint->left;
  QonysSlideText text = {_ ("sources"),        NULL,
                         QONYS_TEXT_PLAIN,     QONYS_SLIDE_MIN_TEXT,
                         QONYS_SLIDE_MIN_TEXT, paint->theme->muted};

  if (slide->as_of != NULL)
    g_ptr_array_add (parts, slide->as_of);
  if (slide->sources != NULL)
    g_ptr_array_add (parts, slide->sources);
  if (slide->watermark != NULL && slide->content == NULL)
    g_ptr_array_add (parts, slide->watermark);
  if (parts->len == 0)
    return;
  g_ptr_array_add (parts, NULL);
  text.text = foot = g_strjoinv (" ", (char **)parts->pdata);
  height = qonys_slide_fit (paint, &text, width, 0.18 * (paint->bottom - paint->top), &size);
  paint->bottom -= height;
  qonys_slide_put (paint, &text, paint->left, paint->bottom, width, height);
  paint->bottom -= slide->content != NULL ? 4 : QONYS_SLIDE_GAP;
}

#define ONE_LINE 52.0
#define TWO_LINES 92.0

/* One line above a map if letters of 28 px make it one. */
static void
paint_head (QonysSlidePaint *paint)
{
  double width = paint->right - paint->left - paint_tag (paint), size, height = TWO_LINES;
  QonysSlideText text = {_ ("title"), paint->slide->title, QONYS_TEXT_BOLD, 28,
                         28,          paint->theme->ink};

  if (paint->slide->content != NULL &&
      qonys_slide_fit (paint, &text, width, TWO_LINES, &size) <= ONE_LINE)
    height = ONE_LINE;
  text.size = 38;
  paint->top += qonys_slide_put (paint, &text, paint->left, paint->top, width, height) + 6;
}

/* ---- the slide ---- */

QonysSlidePaint
qonys_slide_begin (cairo_t *cr, const QonysSlideContent *slide, const QonysSlideView *view,
                   GPtrArray *cut)
{
  QonysSlidePaint paint = {.cr = cr,
                           .slide = slide,
                           .view = view,
                           .theme = qonys_slide_theme_get (view->is_dark),
                           .cut = cut};
  double width, height;

  paint.unit_px =
      MAX (MIN (view->width_px / QONYS_SLIDE_WIDTH, view->height_px / QONYS_SLIDE_HEIGHT), 0.01);
  width = view->width_px / paint.unit_px;
  height = view->height_px / paint.unit_px;
  paint.text = qonys_text_context_new ();
  paint.smallest = INFINITY;
  paint.left = paint.top = MARGIN;
  paint.right = width - MARGIN;
  paint.bottom = height - 0.7 * MARGIN;
  if (slide->content != NULL) { /* the map is what it is about */
    paint.top = 0.5 * MARGIN;
    paint.bottom = height - 0.4 * MARGIN;
  }
  if (cr != NULL) {
    cairo_rectangle (cr, 0, 0, view->width_px, view->height_px);
    cairo_clip (cr);
    cairo_scale (cr, paint.unit_px, paint.unit_px);
  }
  paint_ground (&paint, width, height);
  paint_band (&paint);
  if (slide->kind == QONYS_SCENE_IS_TITLE)
    paint_tag (&paint);
  else
    paint_head (&paint);
  paint_foot (&paint);
  return paint;
}

static gboolean
paint_body (QonysSlidePaint *paint)
{
  switch (paint->slide->kind) {
  case QONYS_SCENE_IS_TITLE:
    qonys_slide_paint_title (paint);
    break;
  case QONYS_SCENE_IS_FIGURES:
    qonys_slide_paint_figures (paint);
    break;
  case QONYS_SCENE_IS_CLOSING:
    qonys_slide_paint_closing (paint);
    break;
  default:
    return qonys_slide_paint_map (paint);
  }
  return TRUE;
}

gboolean
qonys_paint_slide (cairo_t *cr, const QonysSlideContent *slide, const QonysSlideView *view,
                   GCancellable *cancellable)
{
  QonysSlidePaint paint;
  gboolean is_done;

  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    return FALSE;
  cairo_save (cr);
  paint = qonys_slide_begin (cr, slide, view, NULL);
  paint.cancellable = cancellable;
  is_done = paint_body (&paint);
  g_object_unref (paint.text);
  cairo_restore (cr);
  return is_done;
}

gboolean
qonys_slide_get_map (const QonysSlideContent *slide, const QonysSlideView *view, QonysBox *frame,
                     QonysCamera *camera, QonysBox *clear)
{
  QonysSlidePaint paint;

  if (slide->content == NULL)
    return FALSE;
  paint = qonys_slide_begin (NULL, slide, view, NULL);
  qonys_slide_find_frame (&paint, frame, camera);
  if (clear != NULL)
    *clear = paint.clear;
  g_object_unref (paint.text);
  return TRUE;
}

char **
qonys_slide_measure (const QonysSlideContent *slide, const QonysSlideView *view,
                     double *smallest_px)
{
  g_autoptr (GPtrArray) cut = g_ptr_array_new ();
  QonysSlidePaint paint = qonys_slide_begin (NULL, slide, view, cut);

  paint_body (&paint);
  g_object_unref (paint.text);
  if (smallest_px != NULL)
    *smallest_px = paint.smallest * paint.unit_px;
  g_ptr_array_add (cut, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&cut), FALSE);
}
