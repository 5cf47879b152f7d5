/* The legend: a section a visible layer, stacked in one column or several. Measured and painted by
 * the same code (a NULL cairo_t measures), so that what fits is what is drawn. About 50 lines of
 * text, 2 ms. */

#include "base/format.h"
#include "draw/private.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TEXT_PX 11.5
#define HEADING_PX 12.5
#define NOTE_PX 10.5
#define SWATCH_WIDTH_PX 26.0
#define SWATCH_HEIGHT_PX 14.0
#define SECTION_GAP_PX 13.0
#define COMPACT_GAP_PX 5.0
#define COMPACT_LINE_SPACING 0.9

typedef struct {
  cairo_t *cr; /* NULL: measuring */
  const QonysContent *content;
  const QonysStyle *style;
  const QonysPalette *palette;
  PangoContext *text;
  double scale, x, y, max_width;
  double width;        /* used so far */
  gboolean is_compact; /* for a wall: no notes, nothing smaller than %TEXT_PX */
} Flow;

static void
grow_width (Flow *flow, double width)
{
  flow->width = MAX (flow->width, width);
}

/* A paragraph @indent px from the left. Returns its height. */
static double
put_text (Flow *flow, const char *text, QonysTextFace face, double size_px, QonysColor ink,
          double indent, double y)
{
  g_autoptr (PangoLayout) layout = qonys_text_layout (flow->text, text, face, size_px * flow->scale,
                                                      MAX (flow->max_width - indent, 20));
  double width, height;

  if (flow->is_compact)
    pango_layout_set_line_spacing (layout, COMPACT_LINE_SPACING);
  qonys_text_size (layout, &width, &height);
  grow_width (flow, indent + width);
  if (flow->cr)
    qonys_text_draw (flow->cr, layout, flow->x + indent, y, ink, flow->palette->halo, 0);
  return height;
}

static double
get_note_px (const Flow *flow)
{
  return flow->is_compact ? TEXT_PX : NOTE_PX;
}

static double
get_heading_px (const Flow *flow)
{
  return flow->is_compact ? TEXT_PX : HEADING_PX;
}

/* A note without which colours and numbers mean nothing. */
static void
add_key (Flow *flow, const char *text)
{
  flow->y += put_text (flow, text, QONYS_TEXT_PLAIN, get_note_px (flow), flow->palette->muted, 0,
                       flow->y) +
             2 * flow->scale;
}

static void
add_note (Flow *flow, const char *text)
{
  if (text && *text && !flow->is_compact)
    add_key (flow, text);
}

static void
add_day (Flow *flow, const char *format, QonysDay day)
{
  g_autofree char *date = NULL, *text = NULL;

  if (day == QONYS_DAY_MISSING)
    return;
  date = qonys_format_day (day);
  text = g_strdup_printf (format, date);
  add_note (flow, text);
}

typedef void (*SwatchFunc) (Flow *flow, const QonysBox *box, gpointer data);

/* A swatch with its meaning. */
static void
add_row (Flow *flow, SwatchFunc swatch, gpointer data, double swatch_width, double swatch_height,
         const char *text)
{
  double indent = swatch_width + 8 * flow->scale, row;
  double used = flow->width;
  cairo_t *cr = flow->cr;
  double height;

  flow->cr = NULL;
  height = put_text (flow, text, QONYS_TEXT_PLAIN, TEXT_PX, flow->palette->ink, indent, 0);
  flow->cr = cr;
  flow->width = used;
  row = MAX (height, swatch_height);
  put_text (flow, text, QONYS_TEXT_PLAIN, TEXT_PX, flow->palette->ink, indent,
            flow->y + (row - height) / 2);
  if (cr) {
    double top = flow->y + (row - swatch_height) / 2;
    QonysBox box = {flow->x, top, flow->x + swatch_width, top + swatch_height};

    cairo_save (cr);
    swatch (flow, &box, data);
    cairo_restore (cr);
  }
  flow->y += row + 3.5 * flow->scale;
}

/* ---- swatches ---- */

static void
rectangle (cairo_t *cr, const QonysBox *box)
{
  cairo_rectangle (cr, box->min_x + 0.5, box->min_y + 0.5, box->max_x - box->min_x - 1,
                   box->max_y - box->min_y - 1);
}

static void
frame (Flow *flow, const QonysBox *box)
{
  rectangle (flow->cr, box);
  qonys_set_color (flow->cr, flow->palette->border, 0.8);
  cairo_set_line_width (flow->cr, 0.8);
  cairo_stroke (flow->cr);
}

static void
fill_swatch (Flow *flow, const QonysBox *box, gpointer color)
{
  rectangle (flow->cr, box);
  qonys_set_color (flow->cr, *(const QonysColor *)color, 1);
  cairo_fill (flow->cr);
  frame (flow, box);
}

static void
pattern_swatch (Flow *flow, const QonysBox *box, QonysPattern pattern, QonysColor color)
{
  QonysColor ground = flow->palette->unknown;

  fill_swatch (flow, box, &ground);
  rectangle (flow->cr, box);
  qonys_fill_pattern (flow->cr, pattern, box->min_x + 3, box->min_y + 3,
                      pattern == QONYS_PATTERN_HATCH ? 6 : 7, color);
  frame (flow, box);
}

static void
missing_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  pattern_swatch (flow, box, QONYS_PATTERN_HATCH, flow->palette->pattern);
}

static void
hidden_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  QonysLayer layer = GPOINTER_TO_UINT (data);

  pattern_swatch (flow, box, QONYS_PATTERN_DOTS,
                  layer == QONYS_LAYER_DISTRICTS ? flow->palette->pattern
                                                 : flow->palette->mark_edge[layer]);
}

static void
border_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  double y = (box->min_y + box->max_y) / 2;

  for (guint pass = 0; pass < 2; pass++) {
    cairo_move_to (flow->cr, box->min_x, y);
    cairo_line_to (flow->cr, box->max_x, y);
    qonys_set_color (flow->cr, flow->palette->border, pass == 0 ? 0.2 : 1);
    cairo_set_line_width (flow->cr, (pass == 0 ? 6 : 1.4) * flow->scale);
    cairo_stroke (flow->cr);
  }
}

typedef struct {
  QonysLayer layer;
  QonysMarkKind kind;
  gboolean is_hollow, is_approximate;
  double radius_px;
  const char *number;
} MarkSwatch;

static void
mark_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  const MarkSwatch *mark = data;
  double x = (box->min_x + box->max_x) / 2, y = (box->min_y + box->max_y) / 2;

  cairo_translate (flow->cr, x, y);
  qonys_mark_draw (flow->cr, flow->palette, mark->layer, mark->kind, mark->is_hollow,
                   mark->is_approximate, mark->radius_px * flow->scale);
  if (mark->number) {
    g_autoptr (PangoLayout) layout =
        qonys_text_layout (flow->text, mark->number, QONYS_TEXT_BOLD, 8.5 * flow->scale, 0);
    double width, height;

    qonys_text_size (layout, &width, &height);
    qonys_text_draw (flow->cr, layout, -width / 2, -height / 2,
                     mark->kind == QONYS_MARK_HIDDEN
                         ? flow->palette->ink
                         : qonys_color_ink_on (flow->palette->mark[mark->layer]),
                     flow->palette->halo, 0);
  }
}

static void
add_mark (Flow *flow, QonysLayer layer, QonysMarkKind kind, gboolean is_hollow, double radius_px,
          const char *number, const char *text)
{
  MarkSwatch mark = {layer, kind, is_hollow, FALSE, radius_px, number};

  add_row (flow, mark_swatch, &mark, SWATCH_WIDTH_PX * flow->scale,
           MAX (SWATCH_HEIGHT_PX, 2.6 * radius_px) * flow->scale, text);
}

static void
add_approximate (Flow *flow, QonysLayer layer)
{
  MarkSwatch mark = {layer, QONYS_MARK_SINGLE, TRUE, TRUE, 6.5, NULL};

  add_row (flow, mark_swatch, &mark, SWATCH_WIDTH_PX * flow->scale,
           MAX (SWATCH_HEIGHT_PX, 2.6 * mark.radius_px) * flow->scale, _ ("Approximate position"));
}

static void
add_hidden (Flow *flow, QonysLayer layer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, _ ("Hidden value (< %d)"), (int)flow->content->threshold);
  g_string_replace (text, "< ", "<\u00a0", 0); /* one word */
  add_row (flow, hidden_swatch, GUINT_TO_POINTER (layer), SWATCH_WIDTH_PX * flow->scale,
           SWATCH_HEIGHT_PX * flow->scale, text->str);
}

/* A strip of colours with numbers under it: under the right end of each colour, or (@is_smooth)
 * spread from end to end. Numbers that would touch the next are left out. */
static void
add_strip (Flow *flow, const QonysColor *colors, guint n, char *const *labels, guint n_labels,
           gboolean is_smooth)
{
  double width = MIN (flow->max_width, 230 * flow->scale), height = 12 * flow->scale, below = 0;
  double free_to = width + 1;

  grow_width (flow, width);
  if (flow->cr) {
    cairo_t *cr = flow->cr;
    QonysBox box = {flow->x, flow->y, flow->x + width, flow->y + height};
    cairo_pattern_t *ramp = cairo_pattern_create_linear (flow->x, 0, flow->x + width, 0);

    /* Hard joints are two stops at one place. */
    for (guint i = 0; i < n; i++)
      for (guint end = 0; end < (is_smooth ? 1 : 2); end++)
        cairo_pattern_add_color_stop_rgba (ramp, is_smooth ? i / (n - 1.0) : (double)(i + end) / n,
                                           colors[i].red / 255.0, colors[i].green / 255.0,
                                           colors[i].blue / 255.0, colors[i].alpha / 255.0);
    rectangle (cr, &box);
    cairo_set_source (cr, ramp);
    cairo_fill (cr);
    cairo_pattern_destroy (ramp);
    frame (flow, &box);
  }
  for (guint i = n_labels; i-- > 0;) {
    g_autoptr (PangoLayout) layout = qonys_text_layout (flow->text, labels[i], QONYS_TEXT_PLAIN,
                                                        get_note_px (flow) * flow->scale, 0);
    double label_width, label_height, left;

    qonys_text_size (layout, &label_width, &label_height);
    if (is_smooth)
      left = (width - label_width) * i / (n_labels - 1);
    else
      left = width * (i + 1) / n - label_width;
    if (left < -0.5 || left + label_width > free_to)
      continue;
    free_to = left - (flow->is_compact ? 5 : 3) * flow->scale;
    below = MAX (below, label_height);
    if (flow->cr)
      qonys_text_draw (flow->cr, layout, flow->x + left, flow->y + height + 1, flow->palette->ink,
                       flow->palette->halo, 0);
  }
  flow->y += height + below + 5 * flow->scale;
}

/* ---- sections ---- */

static void
add_heading (Flow *flow, QonysLayer layer, const char *text)
{
  double size = 20 * flow->scale, indent = 0, height;
  gboolean has_symbol = layer != QONYS_LAYER_DISTRICTS;

  if (has_symbol) {
    indent = size + 6 * flow->scale;
    if (flow->cr) {
      cairo_save (flow->cr);
      cairo_translate (flow->cr, flow->x, flow->y - 1 * flow->scale);
      qonys_paint_symbol (flow->cr, layer, size, flow->style->is_dark);
      cairo_restore (flow->cr);
    }
  }
  height = put_text (flow, text, QONYS_TEXT_BOLD, get_heading_px (flow), flow->palette->ink, indent,
                     flow->y);
  flow->y += MAX (height, has_symbol ? size : 0) + 4 * flow->scale;
}

/* A limit with as many digits behind the comma as the others have. */
static char *
format_limit (double value, int decimals)
{
  g_autofree char *text = qonys_format_decimal (value, decimals);
  const char *mark = strpbrk (text, ".,");
  GString *padded = g_string_new (text);

  if (!mark && decimals > 0)
    g_string_append_c (padded, qonys_language_get () == QONYS_EN ? '.' : ',');
  for (int i = mark ? (int)strlen (mark + 1) : 0; i < decimals; i++)
    g_string_append_c (padded, '0');
  return g_string_free (padded, FALSE);
}

static int
count_decimals (const QonysContent *content, double lowest)
{
  int decimals = 0;

  for (guint i = 0; i <= content->n_classes && content->n_classes > 0; i++) {
    double value = i < content->n_classes ? content->class_limits[i] : lowest;
    g_autofree char *text = qonys_format_decimal (value, content->statistic->decimals);
    const char *mark = strpbrk (text, ".,");

    decimals = MAX (decimals, mark ? (int)strlen (mark + 1) : 0);
  }
  return decimals;
}

static char *
format_class (double from, double to, int decimals)
{
  g_autofree char *low = format_limit (from, decimals);
  g_autofree char *high = format_limit (to, decimals);

  if (g_str_equal (low, high))
    return g_steal_pointer (&low);
  return g_strdup_printf ("%s – %s", low, high);
}

/* A row a class. */
static void
add_class_rows (Flow *flow, double lowest)
{
  const QonysContent *content = flow->content;

  for (guint i = 0; i < content->n_classes; i++) {
    double from = i > 0 ? content->class_limits[i - 1] : lowest;
    QonysColor color = qonys_districts_get_class_color (flow->palette, i, content->n_classes);
    g_autofree char *text = NULL;

    if (i > 0 && content->statistic->decimals == 0)
      from = floor (from) + 1; /* whole numbers: the class begins after the limit */
    text = format_class (MIN (from, content->class_limits[i]), content->class_limits[i],
                         count_decimals (content, lowest));
    add_row (flow, fill_swatch, &color, SWATCH_WIDTH_PX * flow->scale,
             SWATCH_HEIGHT_PX * flow->scale, text);
  }
}

/* All classes side by side, with their upper limits. */
static void
add_class_strip (Flow *flow)
{
  const QonysContent *content = flow->content;
  QonysColor colors[G_N_ELEMENTS (content->class_limits)];
  char *labels[G_N_ELEMENTS (content->class_limits)];
  guint n = content->n_classes;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++) {
    g_autofree char *limit =
        qonys_format_decimal (content->class_limits[i], content->statistic->decimals);

    colors[i] = qonys_districts_get_class_color (flow->palette, i, n);
    labels[i] = g_strconcat (i == 0 ? "≤ " : "", limit, NULL);
  }
  add_strip (flow, colors, n, labels, n, FALSE);
  for (guint i = 0; i < n; i++)
    g_free (labels[i]);
}

static void
add_districts (Flow *flow)
{
  const QonysContent *content = flow->content;
  const QonysStatistic *statistic = content->statistic;
  double swatch_width = SWATCH_WIDTH_PX * flow->scale,
         swatch_height = SWATCH_HEIGHT_PX * flow->scale;
  double lowest = INFINITY;
  guint n_missing = 0, n_hidden = 0;

  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *mark = &g_array_index (content->districts, QonysDistrictMark, i);

    n_missing += mark->state == QONYS_VALUE_MISSING;
    n_hidden += mark->state == QONYS_VALUE_SUPPRESSED;
    if (mark->state == QONYS_VALUE_SHOWN && mark->value < lowest)
      lowest = mark->value;
  }
  if (!statistic) {
    add_heading (flow, QONYS_LAYER_DISTRICTS, qonys_layer_get_title (QONYS_LAYER_DISTRICTS));
    add_row (flow, border_swatch, NULL, swatch_width, swatch_height, _ ("District boundary"));
  } else {
    g_autofree char *heading = NULL;

    heading = statistic->unit && *statistic->unit
                  ? g_strdup_printf ("%s, %s", _ (statistic->title), _ (statistic->unit))
                  : g_strdup (_ (statistic->title));
    add_heading (flow, QONYS_LAYER_DISTRICTS, heading);
    if (flow->is_compact)
      add_class_strip (flow);
    else
      add_class_rows (flow, lowest);
    if (n_missing > 0)
      add_row (flow, missing_swatch, NULL, swatch_width, swatch_height, _ ("No data"));
    if (n_hidden > 0)
      add_hidden (flow, QONYS_LAYER_DISTRICTS);
    add_note (flow, content->statistic_note);
    add_note (flow, content->layer_notes[QONYS_LAYER_DISTRICTS]);
    add_day (flow, _ ("Data as of %s"), content->data_days[QONYS_LAYER_DISTRICTS]);
  }
  add_day (flow, _ ("Districts as they were on %s"), content->districts_day);
  if (content->is_schematic)
    add_note (flow, _ ("Outlines are schematic"));
}

static void
add_heat (Flow *flow, QonysLayer layer)
{
  QonysColor colors[25];
  double max = qonys_heat_get_max_per_km2 (flow->content, layer);
  g_autofree char *quarter = NULL, *top = NULL, *text = NULL;
  char *labels[3] = {(char *)"0", NULL, NULL};
  int decimals = max >= 40 ? 0 : 1;

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    colors[i] = qonys_heat_get_color (flow->palette, layer, i / (G_N_ELEMENTS (colors) - 1.0));
  labels[1] = quarter = qonys_format_decimal (max / 4, decimals);
  labels[2] = top = qonys_format_decimal (max, decimals);
  add_strip (flow, colors, G_N_ELEMENTS (colors), labels, 3, TRUE);
  add_key (flow, _ ("per km², within 1 km"));
}

static void
add_cells (Flow *flow, QonysLayer layer)
{
  const GArray *cells = flow->content->layers[layer].cells;
  double limits[5];
  guint n = qonys_cells_get_limits (&flow->content->layers[layer], limits);
  QonysColor colors[5];
  char *labels[6] = {0};
  gboolean has_hidden = FALSE;

  for (guint i = 0; i < n; i++) {
    g_autofree char *limit = qonys_text_count (limits[i]);

    colors[i] =
        qonys_color_class (flow->palette->cell_low[layer], flow->palette->cell_high[layer], i, n);
    labels[i] = g_strconcat (i == 0 ? "≤ " : "", limit, NULL);
  }
  for (guint i = 0; i < cells->len && !has_hidden; i++)
    has_hidden = g_array_index (cells, QonysCellMark, i).state == QONYS_VALUE_SUPPRESSED;
  if (n > 0)
    add_strip (flow, colors, n, labels, n, FALSE);
  if (has_hidden)
    add_hidden (flow, layer);
  add_note (flow, _ ("In a square of 500 m; from afar squares are summed in groups"));
  if (has_hidden)
    add_note (flow, _ ("Sums leave hidden values out"));
  for (guint i = 0; i < n; i++)
    g_free (labels[i]);
}

static void
add_addresses (Flow *flow, QonysLayer layer)
{
  const QonysMarkLayer *marks = &flow->content->layers[layer];

  if (marks->categories && layer == QONYS_LAYER_FICTITIOUS) {
    add_mark (flow, layer, QONYS_MARK_SINGLE, TRUE, 6.5, NULL, _ ("Suspected"));
    add_mark (flow, layer, QONYS_MARK_SINGLE, FALSE, 6.5, NULL, _ ("Confirmed by a check"));
  }
  if (marks->amounts) {
    static const int amounts[] = {1, 10, 100};

    for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
      /* Translators: size key of a symbol: persons registered above the norm. */
      g_autofree char *text = g_strdup_printf (
          ngettext ("%d person above the norm", "%d persons above the norm", amounts[i]),
          amounts[i]);
      add_mark (flow, layer, QONYS_MARK_SINGLE, FALSE, qonys_mark_get_amount_radius (amounts[i]),
                NULL, text);
    }
  }
  if (marks->approximate)
    add_approximate (flow, layer);
  add_mark (flow, layer, QONYS_MARK_STACK, FALSE, 11, "3", _ ("Several records at one address"));
  add_mark (flow, layer, QONYS_MARK_GROUP, FALSE, 10, "25", _ ("Group of addresses"));
}

typedef struct {
  QonysColor color, center;
  double size_px, hole;
} DiscSwatch;

static void
disc_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  const DiscSwatch *disc = data;
  const QonysColor colors[] = {disc->color, disc->center};
  double radius = disc->size_px / 2;

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++, radius *= disc->hole) {
    cairo_arc (flow->cr, (box->min_x + box->max_x) / 2, (box->min_y + box->max_y) / 2, radius, 0,
               2 * G_PI);
    qonys_set_color (flow->cr, colors[i], 1);
    cairo_fill (flow->cr);
  }
}

static void
add_counted (Flow *flow, const DiscSwatch *disc, const char *title, gsize n)
{
  g_autofree char *count = qonys_format_int ((gint64)n);
  g_autofree char *text = g_strdup_printf ("%s: %s", title, count);

  if (disc)
    add_row (flow, disc_swatch, (gpointer)disc, SWATCH_WIDTH_PX * flow->scale,
             SWATCH_HEIGHT_PX * flow->scale, text);
  else
    add_note (flow, text);
}

/* The worst first, as it lies on top. */
static void
add_dots (Flow *flow, QonysLayer layer)
{
  guint n = qonys_dots_get_n_categories (layer);
  gsize n_nowhere = qonys_dots_get_n_nowhere (flow->content, layer), n_approximate = 0;
  DiscSwatch disc = {.size_px = MAX (8, flow->style->layers[layer].point_size_px) * flow->scale,
                     .hole = 0.5};

  for (guint i = n; i-- > 0;) {
    gsize n_points = 0;

    for (guint near = 0; near < 2; near++) {
      const QonysPoints *points = qonys_dots_get_points (flow->content, layer, i, near);
      gsize n_more = points ? qonys_points_get_n (points) : 0;

      n_points += n_more;
      n_approximate += near ? n_more : 0;
    }
    disc.color = qonys_dots_get_color (flow->palette, layer, i, &disc.center);
    add_counted (flow, &disc, qonys_dots_get_title (layer, i), n_points);
  }
  if (n_approximate > 0) {
    disc.color = qonys_dots_get_color (flow->palette, layer, n - 1, &disc.center);
    disc.center = flow->palette->land;
    disc.hole = QONYS_STAMP_THIN_HOLE;
    add_counted (flow, &disc, _ ("Approximate position"), n_approximate);
  }
  if (n_nowhere > 0)
    add_counted (flow, NULL, _ ("Position not known"), n_nowhere);
  if (n > 1)
    add_note (flow, _ ("Where points meet, the worst is on top"));
}

/* ---- what people wrote ---- */

typedef struct {
  const char *label;
  gboolean is_group, is_hollow, is_approximate;
} ItemSwatch;

static void
item_swatch (Flow *flow, const QonysBox *box, gpointer data)
{
  const ItemSwatch *item = data;

  cairo_translate (flow->cr, (box->min_x + box->max_x) / 2, box->max_y - 1);
  qonys_item_draw (flow->cr, flow->palette, flow->text, item->label, item->is_group,
                   item->is_hollow, item->is_approximate, 0.74 * flow->scale);
}

static void
add_item (Flow *flow, const ItemSwatch *item, const char *text)
{
  add_row (flow, item_swatch, (gpointer)item, SWATCH_WIDTH_PX * flow->scale, 23 * flow->scale,
           text);
}

/* Only what there is. */
static void
add_items (Flow *flow)
{
  const QonysContent *content = flow->content;
  const char *open = NULL, *solved = NULL, *approximate = NULL;

  for (guint i = 0; i < content->n_items; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];
    const char *problem = qonys_entry_get (note->entry, QONYS_ITEM_PROBLEM);

    if (isnan (note->x) || problem == NULL)
      continue;
    if (note->is_solved)
      solved = problem;
    else
      open = problem;
    if (note->is_generalised)
      approximate = problem;
  }
  flow->y += put_text (flow, _ ("Marked places"), QONYS_TEXT_BOLD, get_heading_px (flow),
                       flow->palette->ink, 0, flow->y) +
             4 * flow->scale;
  if (open)
    add_item (flow, &(ItemSwatch){open, FALSE, FALSE, FALSE}, _ ("Problem by its number"));
  if (solved)
    add_item (flow, &(ItemSwatch){solved, FALSE, TRUE, FALSE}, _ ("Solved"));
  if (approximate)
    add_item (flow, &(ItemSwatch){approximate, FALSE, FALSE, TRUE},
              _ ("Approximate: somewhere in a square of 500 m"));
  if (content->n_items > 1)
    add_item (flow, &(ItemSwatch){"3", TRUE, FALSE, FALSE}, _ ("Several places and how many"));
}

static void
annotation_swatch (Flow *flow, const QonysBox *box, gpointer kind)
{
  qonys_annotation_draw_swatch (flow->cr, flow->palette, GPOINTER_TO_UINT (kind), box, flow->scale);
}

static void
add_annotations (Flow *flow)
{
  const QonysContent *content = flow->content;
  guint kinds = 0;
  gboolean is_generalised = FALSE;

  for (guint i = content->n_items; i < content->notes->len; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];

    kinds |= isnan (note->x) ? 0 : 1u << note->kind;
    is_generalised |= note->is_generalised;
  }
  flow->y += put_text (flow, _ ("Annotations"), QONYS_TEXT_BOLD, HEADING_PX, flow->palette->ink, 0,
                       flow->y) +
             4 * flow->scale;
  for (guint kind = QONYS_NOTE_PIN; kind <= QONYS_NOTE_BEFORE_AFTER; kind++)
    if (kinds & 1u << kind)
      add_row (flow, annotation_swatch, GUINT_TO_POINTER (kind), SWATCH_WIDTH_PX * flow->scale,
               20 * flow->scale, qonys_note_kind_get_title (kind));
  if (is_generalised)
    add_note (flow, _ ("Positions are rounded to 100 m"));
}

static void
add_layer (Flow *flow, QonysLayer layer)
{
  const QonysMarkLayer *marks = &flow->content->layers[layer];

  if (layer == QONYS_LAYER_DISTRICTS) {
    add_districts (flow);
    return;
  }
  if (flow->is_compact && marks->cells && flow->style->layers[layer].mode != QONYS_MODE_HEAT) {
    g_autofree char *heading =
        g_strdup_printf ("%s, %s", qonys_layer_get_title (layer), _ ("500 × 500 m"));

    add_heading (flow, layer, heading);
  } else {
    add_heading (flow, layer, qonys_layer_get_title (layer));
  }
  if (flow->style->layers[layer].mode == QONYS_MODE_HEAT)
    add_heat (flow, layer);
  else if (qonys_dots_are_shown (flow->content, flow->style, layer))
    add_dots (flow, layer);
  else if (marks->cells)
    add_cells (flow, layer);
  else if (marks->is_addresses)
    add_addresses (flow, layer);
  else
    add_key (flow, _ ("Number in a district"));
  add_note (flow, flow->content->layer_notes[layer]);
  add_day (flow, _ ("Data as of %s"), flow->content->data_days[layer]);
}

/* ---- all sections ---- */

enum { SECTION_ITEMS = QONYS_N_LAYERS, SECTION_ANNOTATIONS, N_SECTIONS };

/* Is any of them on the map? */
static gboolean
has_placed (const QonysContent *content, guint begin, guint end)
{
  for (guint i = begin; i < end; i++)
    if (!isnan (((const QonysNoteMark *)content->notes->pdata[i])->x))
      return TRUE;
  return FALSE;
}

static gboolean
has_section (const QonysContent *content, const QonysStyle *style, guint section)
{
  if (section == SECTION_ITEMS)
    return style->has_items && has_placed (content, 0, content->n_items);
  if (section == SECTION_ANNOTATIONS)
    return style->has_annotations && has_placed (content, content->n_items, content->notes->len);
  return qonys_layer_is_drawn (content, style, section);
}

static void
add_section (Flow *flow, guint section)
{
  if (section == SECTION_ITEMS)
    add_items (flow);
  else if (section == SECTION_ANNOTATIONS)
    add_annotations (flow);
  else
    add_layer (flow, section);
}

static void
paint_legend (cairo_t *cr, const QonysContent *content, const QonysStyle *style, guint n_columns,
              gboolean is_compact, double max_width_px, double *width_px, double *height_px)
{
  g_autoptr (QonysTextContext) text = qonys_text_context_new ();
  double scale = style->text_scale > 0 ? style->text_scale : 1, gap = 24 * scale;
  double column_width = (max_width_px - (n_columns - 1) * gap) / n_columns;
  Flow flow = {.content = content,
               .style = style,
               .palette = qonys_palette_get (style->is_dark),
               .text = text,
               .scale = scale,
               .max_width = column_width,
               .is_compact = is_compact};
  double heights[N_SECTIONS] = {0}, total = 0, share, highest = 0;
  double section_gap = (is_compact ? COMPACT_GAP_PX : SECTION_GAP_PX) * scale;
  guint column = 0;

  for (guint section = 0; section < N_SECTIONS; section++) {
    if (!has_section (content, style, section) ||
        (is_compact && section == SECTION_ANNOTATIONS)) /* they speak for themselves */
      continue;
    flow.y = 0;
    add_section (&flow, section);
    heights[section] = flow.y + section_gap;
    total += heights[section];
  }
  share = total / n_columns;
  flow.cr = cr;
  flow.y = 0;
  for (guint section = 0; section < N_SECTIONS; section++) {
    double end = flow.y + heights[section];

    if (heights[section] == 0)
      continue;
    /* Sections stay whole; a column is full once most of the next one would stick out. */
    if (column + 1 < n_columns && flow.y > 0 && flow.y + heights[section] / 2 > share) {
      column++;
      flow.x += column_width + gap;
      flow.y = 0;
      end = heights[section];
    }
    if (cr)
      add_section (&flow, section);
    flow.y = end;
    highest = MAX (highest, end - section_gap);
  }
  if (width_px)
    *width_px = column * (column_width + gap) + flow.width;
  if (height_px)
    *height_px = highest;
}

void
qonys_paint_legend_columns (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                            guint n_columns, double max_width_px, double *width_px,
                            double *height_px)
{
  paint_legend (cr, content, style, n_columns, FALSE, max_width_px, width_px, height_px);
}

void
qonys_paint_legend_compact (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                            double max_width_px, double *width_px, double *height_px)
{
  paint_legend (cr, content, style, 1, TRUE, max_width_px, width_px, height_px);
}

void
qonys_paint_legend (cairo_t *cr, const QonysContent *content, const QonysStyle *style,
                    double max_width_px, double *width_px, double *height_px)
{
  qonys_paint_legend_columns (cr, content, style, 1, max_width_px, width_px, height_px);
}
