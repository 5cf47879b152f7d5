/* Slides of words and numbers: title, figures of the resolution, closing. And the words for what is
 * to be seen, and the pages of notes. */

#include "draw/slide-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_WIDTH 8.0

/* The scene's text under its title. */
static void
put_lead (QonysSlidePaint *paint, double share)
{
  const QonysSlideText text = {_ ("text"), paint->slide->text,   QONYS_TEXT_PLAIN,
                               28,         QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
  double height =
      qonys_slide_put (paint, &text, paint->left, paint->top, paint->right - paint->left,
                       share * (paint->bottom - paint->top));

  paint->top += height > 0 ? height + QONYS_SLIDE_GAP : 0;
}

/* ---- title ---- */

void
qonys_slide_paint_title (QonysSlidePaint *paint)
{
  const QonysSlideContent *slide = paint->slide;
  double left = paint->left + BAR_WIDTH + 22, width = paint->right - left, size;
  double top = paint->top + (slide->audience != QONYS_AUDIENCE_PUBLIC ? 52 : 16), room;
  double title_height, text_height, gap = 20, y;
  const QonysSlideText byline = {_ ("commission"),     slide->byline,      QONYS_TEXT_PLAIN, 28,
                                 QONYS_SLIDE_MIN_TEXT, paint->theme->muted};
  const QonysSlideText date = {_ ("date"), slide->date,          QONYS_TEXT_BOLD,
                               28,         QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
  const QonysSlideText title = {_ ("title"), slide->title, QONYS_TEXT_BOLD,
                                62,          32,           paint->theme->ink};
  const QonysSlideText text = {_ ("text"), slide->text,          QONYS_TEXT_PLAIN,
                               34,         QONYS_SLIDE_MIN_TEXT, paint->theme->ink};

  room = paint->bottom - top;
  top += qonys_slide_put (paint, &byline, left, top, width, 0.24 * room) + gap;
  if (slide->date != NULL) {
    double height = qonys_slide_fit (paint, &date, width, 0.12 * room, &size);

    paint->bottom -= height;
    qonys_slide_put (paint, &date, left, paint->bottom, width, height);
    paint->bottom -= gap;
  }
  room = paint->bottom - top;
  title_height = qonys_slide_fit (paint, &title, width, 0.6 * room, &size);
  text_height = *slide->text != '\0'
                    ? qonys_slide_fit (paint, &text, width, room - title_height - gap, &size)
                    : 0;
  y = top + MAX (room - title_height - text_height - gap, 0) / 2;
  if (paint->cr != NULL) {
    cairo_rectangle (paint->cr, paint->left, y + 6, BAR_WIDTH, title_height + text_height + gap);
    qonys_set_color (paint->cr, qonys_palette_get (paint->view->is_dark)->accent, 1);
    cairo_fill (paint->cr);
  }
  qonys_slide_put (paint, &title, left, y, width, title_height);
  qonys_slide_put (paint, &text, left, y + title_height + gap, width, room - title_height - gap);
}

/* ---- figures ---- */

static void
paint_figure (QonysSlidePaint *paint, const QonysSlideFigure *figure, double x, double y,
              double width, double height)
{
  g_autofree char *below = g_strdup_printf ("%s · %s", figure->period, figure->source);
  const QonysSlideText value = {figure->id, figure->value,    QONYS_TEXT_BOLD, 64,
                                30,         paint->theme->ink};
  const QonysSlideText title = {figure->id, figure->title,        QONYS_TEXT_PLAIN,
                                30,         QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
  const QonysSlideText rest = {
      figure->id, below, QONYS_TEXT_PLAIN, 25, QONYS_SLIDE_MIN_TEXT, paint->theme->muted};
  double size, rest_height, bottom = y + height;

  if (paint->cr != NULL) {
    cairo_rectangle (paint->cr, x, y, width, 4);
    qonys_set_color (paint->cr, qonys_palette_get (paint->view->is_dark)->accent, 1);
    cairo_fill (paint->cr);
  }
  y += 8;
  rest_height = qonys_slide_fit (paint, &rest, width, 0.5 * height, &size);
  y += qonys_slide_put (paint, &value, x, y, width, MIN (90, 0.45 * height));
  y += qonys_slide_put (paint, &title, x, y, width, MAX (bottom - rest_height - y, 1)) + 4;
  qonys_slide_put (paint, &rest, x, y, width, MAX (bottom - y, 1));
}

void
qonys_slide_paint_figures (QonysSlidePaint *paint)
{
  const GPtrArray *figures = paint->slide->figures;
  guint n = MAX (figures->len, 1), n_columns = n < 2 ? 1 : n < 5 ? 2 : 3;
  guint n_rows = (n + n_columns - 1) / n_columns;
  double gap = 26, width, height;

  put_lead (paint, 0.3);
  width = (paint->right - paint->left - (n_columns - 1) * gap) / n_columns;
  height = (paint->bottom - paint->top - (n_rows - 1) * QONYS_SLIDE_GAP) / n_rows;
  for (guint i = 0; i < figures->len; i++)
    paint_figure (paint, g_ptr_array_index (figures, i),
                  paint->left + (i % n_columns) * (width + gap),
                  paint->top + (i / n_columns) * (height + QONYS_SLIDE_GAP), width, height);
}

/* ---- closing ---- */

/* Returns: its height */
static double
paint_task (QonysSlidePaint *paint, const QonysSlideTask *task, double size, double y,
            double max_height)
{
  double width = paint->right - paint->left, gap = 24, first = 0.52 * width - gap, height, second;
  const QonysSlideText body = {_ ("measures"), task->body, QONYS_TEXT_BOLD,
                               size,           size,       paint->theme->ink};
  const QonysSlideText measures = {_ ("measures"), task->measures, QONYS_TEXT_PLAIN,
                                   size,           size,           paint->theme->ink};
  const QonysSlideText due = {
      _ ("measures"), task->due, task->is_overdue ? QONYS_TEXT_BOLD : QONYS_TEXT_PLAIN,
      size,           size,      task->is_overdue ? paint->theme->alarm : paint->theme->muted};

  height = qonys_slide_put (paint, &body, paint->left, y, first, max_height);
  second = qonys_slide_put (paint, &measures, paint->left + first + gap, y, width - first - gap,
                            max_height);
  second += qonys_slide_put (paint, &due, paint->left + first + gap, y + second,
                             width - first - gap, MAX (max_height - second, 1));
  return MAX (height, second);
}

static double
measure_tasks (const QonysSlidePaint *paint, double size)
{
  QonysSlidePaint measuring = *paint;
  double sum = 0;

  measuring.cr = NULL;
  measuring.cut = NULL;
  for (guint i = 0; i < paint->slide->tasks->len; i++)
    sum += paint_task (&measuring, g_ptr_array_index (paint->slide->tasks, i), size, 0, INFINITY);
  return sum;
}

void
qonys_slide_paint_closing (QonysSlidePaint *paint)
{
  const GPtrArray *tasks = paint->slide->tasks;
  double size = 28, needed, room, gap;

  put_lead (paint, tasks->len > 0 ? 0.34 : 1);
  room = paint->bottom - paint->top;
  while ((needed = measure_tasks (paint, size) + tasks->len * 6) > room &&
         size > QONYS_SLIDE_MIN_TEXT)
    size = MAX (size - 1, QONYS_SLIDE_MIN_TEXT);
  gap = tasks->len > 0 ? CLAMP (6 + (room - needed) / tasks->len, 6, 26) : 0;
  for (guint i = 0; i < tasks->len; i++) {
    if (paint->cr != NULL) {
      cairo_rectangle (paint->cr, paint->left, paint->top + gap / 2 - 1, paint->right - paint->left,
                       1.5);
      qonys_set_color (paint->cr, paint->theme->rule, 1);
      cairo_fill (paint->cr);
    }
    paint->top += gap;
    paint->top += paint_task (paint, g_ptr_array_index (tasks, i), size, paint->top,
                              MAX (paint->bottom - paint->top, 1));
  }
}

/* ---- in words ---- */

static void
add_sentence (GString *words, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, strchr (".!?…", words->str[words->len - 1]) ? " " : ". ");
  g_string_append (words, text);
}

static void
add_map (GString *words, const QonysSlideContent *slide)
{
  const QonysContent *content = slide->content;
  const QonysStatistic *statistic = content->statistic;

  add_sentence (words, _ ("Map of Astana"));
  if (statistic != NULL && slide->style.layers[QONYS_LAYER_DISTRICTS].is_visible) {
    add_sentence (words, _ (statistic->title));
    for (guint i = 0; i < content->districts->len; i++) {
      const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);
      g_autofree char *value = NULL, *text = NULL;

      if (mark->state != QONYS_VALUE_SHOWN)
        continue;
      value = qonys_statistic_format (statistic, mark->value);
      text = g_strdup_printf ("%s: %s", qonys_text3_get (&mark->district->name), value);
      add_sentence (words, text);
    }
  }
  for (guint i = QONYS_LAYER_FICTITIOUS; i < QONYS_N_LAYERS; i++)
    if (qonys_layer_is_drawn (content, &slide->style, i))
      add_sentence (words, qonys_layer_get_title (i));
}

char *
qonys_slide_describe (const QonysSlideContent *slide)
{
  GString *words = g_string_new (NULL);

  add_sentence (words, slide->byline);
  add_sentence (words, slide->date);
  if (slide->content != NULL)
    add_map (words, slide);
  if (slide->kind == QONYS_SCENE_IS_BEFORE_AFTER) {
    add_sentence (words, slide->before_label);
    add_sentence (words, slide->after_label);
  }
  add_sentence (words, slide->model_note);
  add_sentence (words, slide->assumptions);
  for (guint i = 0; i < slide->figures->len; i++) {
    const QonysSlideFigure *figure = g_ptr_array_index (slide->figures, i);
    g_autofree char *text = g_strdup_printf ("%s: %s (%s; %s)", figure->title, figure->value,
                                             figure->period, figure->source);
    add_sentence (words, text);
  }
  for (guint i = 0; i < slide->tasks->len; i++) {
    const QonysSlideTask *task = g_ptr_array_index (slide->tasks, i);
    g_autofree char *text =
        g_strdup_printf ("%s: %s%s%s", task->body, task->measures, task->due != NULL ? ", " : "",
                         task->due != NULL ? task->due : "");
    add_sentence (words, text);
  }
  add_sentence (words, slide->as_of);
  add_sentence (words, slide->sources);
  return g_string_free (words, FALSE);
}

/* ---- notes ---- */

#define NOTES_PX 17.0
#define PAPER_MARGIN_PX 56.0

gboolean
qonys_paint_slide_notes (cairo_t *cr, const QonysSlideContent *slide, double width_px,
                         double height_px, guint *line)
{
  g_autoptr (QonysTextContext) context = qonys_text_context_new ();
  g_autoptr (PangoLayout) layout =
      qonys_text_layout (context, slide->notes != NULL ? slide->notes : "", QONYS_TEXT_PLAIN,
                         NOTES_PX, width_px - 2 * PAPER_MARGIN_PX);
  guint n = (guint)pango_layout_get_line_count (layout);
  double y = 0;

  qonys_set_color (cr, qonys_slide_theme_get (FALSE)->ink, 1);
  for (; *line < n; (*line)++) {
    PangoLayoutLine *text = pango_layout_get_line_readonly (layout, (int)*line);
    PangoRectangle box;
    double height;

    pango_layout_line_get_extents (text, NULL, &box);
    height = (double)box.height / PANGO_SCALE;
    if (y + height > height_px && y > 0)
      return TRUE;
    cairo_move_to (cr, PAPER_MARGIN_PX, y - (double)box.y / PANGO_SCALE);
    pango_cairo_show_layout_line (cr, text);
    y += height;
  }
  return FALSE;
}
