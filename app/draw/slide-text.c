/* Slides of words and numbers: title, figures of the resolution, closing. And the words for what is
 * to be seen, and the pages of notes. */

#include "draw/slide-private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_WIDTH 8.0

/* The scene's text under its title. */
static void
put_lead (QonysSlidePaint *paint, double size, double share)
{
  const QonysSlideText text = {_ ("text"), paint->slide->text,   QONYS_TEXT_PLAIN,
                               size,       QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
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

#define LEAST_VALUE 34.0
#define MOST_VALUE 128.0
#define MOST_TEXT 34.0  /* of what a number is of */
#define WORDS_SHARE 0.4 /* of the number's letters: those of its unit */
#define MAX_VALUE_SHARE 0.56
#define MAX_ROWS 6
#define COLUMN_GAP 32.0
#define ROW_PAD 4.0

/* Figures stand one below the other: the number at the left, what it is of at the right. */
typedef struct {
  guint n_columns, n_rows;
  double width, height; /* of a figure, units */
  double value, value_width;
  double text; /* letters of what it is of */
} Grid;

/* The number is what is looked at: the words in its value are small. Returns: (transfer full) */
static PangoLayout *
make_value (QonysSlidePaint *paint, const char *value, double size, double width)
{
  double words = MAX (WORDS_SHARE * size, QONYS_SLIDE_MIN_TEXT);
  PangoLayout *layout = qonys_text_layout (paint->text, value, QONYS_TEXT_BOLD, words, width);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *scale = pango_attr_scale_new (size / words);
  const char *end = value + strcspn (value, "0123456789");

  scale->start_index = (guint)(end - value);
  for (const char *p = end; g_ascii_isdigit (*p) || g_utf8_get_char (p) == 0xA0;
       p = g_utf8_next_char (p))
    if (g_ascii_isdigit (*p))
      end = p + 1;
  if (g_utf8_strlen (end, -1) == 2) /* a currency's sign is no word */
    end += strlen (end);
  scale->end_index = (guint)(end - value);
  pango_attr_list_insert (attributes, scale);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  paint->smallest = MIN (paint->smallest, words);
  return layout;
}

static QonysSlideText
make_title (const QonysSlidePaint *paint, const QonysSlideFigure *figure, double size)
{
  return (QonysSlideText){figure->id, figure->title,        QONYS_TEXT_PLAIN,
                          size,       QONYS_SLIDE_MIN_TEXT, paint->theme->ink};
}

static QonysSlideText
make_origin (const QonysSlidePaint *paint, const QonysSlideFigure *figure, const char *text,
             double size)
{
  return (QonysSlideText){figure->id,           text,
                          QONYS_TEXT_PLAIN,     MAX (0.8 * size, QONYS_SLIDE_MIN_TEXT),
                          QONYS_SLIDE_MIN_TEXT, paint->theme->muted};
}

/* No line begins with the dot. Returns: (transfer full) */
static char *
dup_origin (const QonysSlideFigure *figure)
{
  return g_strdup_printf ("%s\u00a0· %s", figure->period, figure->source);
}

/* Of one size all over a slide: a larger number would seem to mean more. Returns: do they fit? */
static gboolean
try_sizes (const QonysSlidePaint *paint, Grid *grid)
{
  const GPtrArray *figures = paint->slide->figures;
  QonysSlidePaint measuring = *paint;
  double tallest = 0, text_width, size;

  grid->value_width = 0;
  for (guint i = 0; i < figures->len; i++) {
    const QonysSlideFigure *figure = g_ptr_array_index (figures, i);
    g_autoptr (PangoLayout) value = make_value (&measuring, figure->value, grid->value, 0);
    double width, height;

    qonys_text_size (value, &width, &height);
    grid->value_width = MAX (grid->value_width, ceil (width) + 1);
    tallest = MAX (tallest, height);
  }
  if (grid->value_width > MAX_VALUE_SHARE * grid->width) {
    grid->value_width = MAX_VALUE_SHARE * grid->width;
    return FALSE;
  }
  text_width = grid->width - grid->value_width - COLUMN_GAP;
  for (guint i = 0; i < figures->len; i++) {
    const QonysSlideFigure *figure = g_ptr_array_index (figures, i);
    g_autofree char *words = dup_origin (figure);
    const QonysSlideText title = make_title (paint, figure, grid->text);
    const QonysSlideText origin = make_origin (paint, figure, words, grid->text);

    tallest = MAX (tallest, qonys_slide_fit (paint, &title, text_width, INFINITY, &size) +
                                qonys_slide_fit (paint, &origin, text_width, INFINITY, &size));
  }
  return tallest <= grid->height - 2 * ROW_PAD;
}

static void
paint_figure (QonysSlidePaint *paint, const QonysSlideFigure *figure, const Grid *grid, double x,
              double y)
{
  g_autofree char *words = dup_origin (figure);
  const QonysSlideText title = make_title (paint, figure, grid->text);
  const QonysSlideText origin = make_origin (paint, figure, words, grid->text);
  g_autoptr (PangoLayout) value = make_value (paint, figure->value, grid->value, grid->value_width);
  double text_x = x + grid->value_width + COLUMN_GAP;
  double text_width = grid->width - grid->value_width - COLUMN_GAP;
  double room = grid->height - 2 * ROW_PAD, value_height, title_height, origin_height, size;

  qonys_text_size (value, NULL, &value_height);
  if (value_height > room)
    qonys_slide_note_cut (paint, figure->id);
  if (paint->cr != NULL) {
    cairo_rectangle (paint->cr, x, y, grid->width, 3);
    qonys_set_color (paint->cr, qonys_palette_get (paint->view->is_dark)->accent, 1);
    cairo_fill (paint->cr);
    qonys_text_draw (paint->cr, value, x, y + (grid->height - value_height) / 2, paint->theme->ink,
                     paint->theme->ground, 0);
  }
  origin_height = qonys_slide_fit (paint, &origin, text_width, 0.7 * room, &size);
  title_height = qonys_slide_fit (paint, &title, text_width, room - origin_height, &size);
  y += (grid->height - title_height - origin_height) / 2;
  qonys_slide_put (paint, &title, text_x, y, text_width, title_height);
  qonys_slide_put (paint, &origin, text_x, y + title_height, text_width, origin_height);
}

void
qonys_slide_paint_figures (QonysSlidePaint *paint)
{
  const GPtrArray *figures = paint->slide->figures;
  guint n = MAX (figures->len, 1);
  Grid grid = {.n_columns = n > MAX_ROWS ? 2 : 1};

  grid.n_rows = (n + grid.n_columns - 1) / grid.n_columns;
  put_lead (paint, n > 4 ? QONYS_SLIDE_MIN_TEXT : 28, 0.3);
  grid.width = (paint->right - paint->left - (grid.n_columns - 1) * COLUMN_GAP) / grid.n_columns;
  grid.height = (paint->bottom - paint->top) / grid.n_rows;
  for (double share = 1; share > -0.01; share -= 0.05) {
    double more = MAX (2 * share - 1, 0); /* what a number is of gives way first */

    grid.value = LEAST_VALUE + share * (MOST_VALUE - LEAST_VALUE);
    grid.text = QONYS_SLIDE_MIN_TEXT + more * (MOST_TEXT - QONYS_SLIDE_MIN_TEXT);
    if (try_sizes (paint, &grid))
      break;
  }
  for (guint i = 0; i < figures->len; i++)
    paint_figure (paint, g_ptr_array_index (figures, i), &grid,
                  paint->left + (i / grid.n_rows) * (grid.width + COLUMN_GAP),
                  paint->top + (i % grid.n_rows) * grid.height);
}

/* ---- closing ---- */

/* Returns: its height */
static double
paint_task (QonysSlidePaint *paint, const QonysSlideTask *task, double size, double y,
            double max_height)
{
  double width = paint->right - paint->left, gap = 24, first = 0.58 * width - gap, height, second;
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

  put_lead (paint, 28, tasks->len > 0 ? 0.34 : 1);
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
