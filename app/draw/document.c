/* Documents: a list of blocks, each measured and painted by the same code, put on pages from the
 * top. One at a time, when somebody prints or exports; a page of text takes about 5 ms. */

#include "draw/document.h"

#include "base/format.h"
#include "draw/private.h"

#include <glib/gi18n-lib.h>

#define MARGIN_PT 40.0
#define BORDER_PT 5.0
#define BAND_PT 16.0
#define TITLE_PT 16.0
#define HEADING_PT 12.0
#define TEXT_PT 9.5
#define NOTE_PT 8.0
#define CELL_GAP_PT 8.0
#define SIGN_PT 9.0
#define LEGEND_PT 220.0

typedef enum { BLOCK_HEADING, BLOCK_TEXT, BLOCK_NOTE, BLOCK_MAP, BLOCK_HEADS, BLOCK_ROW } BlockKind;

typedef struct {
  BlockKind kind;
  char *text; /* of headings and paragraphs */
  int sign;   /* of rows; −1 none */
  guint n_cells;
  char *cells[QONYS_DOCUMENT_MAX_COLUMNS];
  double shares[QONYS_DOCUMENT_MAX_COLUMNS];
  int heads;            /* of rows: the number of the block of their heads */
  cairo_surface_t *map; /* what was drawn of it */
  double width_pt, height_pt;
} Block;

struct _QonysDocument {
  QonysContent *content;
  char *title, *subtitle;
  char *audience, *attribution, *page_words; /* what stands on every page; the first may be NULL */
  GPtrArray *blocks;                         /* element-type Block */
  int heads;                                 /* the last block of heads, −1 none */
  QonysTextContext *text;
  const QonysPalette *palette;

  GArray *firsts; /* guint: the first block of each page */
  double width_pt, height_pt;
};

/* ---- signs ---- */

static const QonysColor SIGN_COLORS[QONYS_N_DIFFERENCES] = {
    {0x00, 0x5A, 0x96, 255}, {0x8A, 0x66, 0x00, 255}, {0x00, 0x74, 0x55, 255},
    {0xB8, 0x48, 0x00, 255}, {0x59, 0x59, 0x59, 255},
};

void
qonys_paint_sign (cairo_t *cr, QonysDifferenceKind kind, double x, double y, double size)
{
  double half = size / 2, arm = 0.84 * half;

  cairo_save (cr);
  cairo_new_path (cr);
  qonys_set_color (cr, SIGN_COLORS[kind], 1);
  cairo_set_line_width (cr, 0.22 * size);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  switch (kind) {
  case QONYS_DIFFERENCE_APPEARED:
    cairo_move_to (cr, x, y - arm);
    cairo_line_to (cr, x, y + arm);
    /* fall through */
  case QONYS_DIFFERENCE_REMOVED:
    cairo_move_to (cr, x - arm, y);
    cairo_line_to (cr, x + arm, y);
    cairo_stroke (cr);
    break;
  case QONYS_DIFFERENCE_SOLVED:
    cairo_move_to (cr, x - arm, y);
    cairo_line_to (cr, x - 0.2 * half, y + 0.7 * arm);
    cairo_line_to (cr, x + arm, y - 0.8 * arm);
    cairo_stroke (cr);
    break;
  case QONYS_DIFFERENCE_WORSENED:
    cairo_move_to (cr, x, y - half);
    cairo_line_to (cr, x + half, y + 0.8 * half);
    cairo_line_to (cr, x - half, y + 0.8 * half);
    cairo_fill (cr);
    break;
  case QONYS_DIFFERENCE_CHANGED:
  default:
    cairo_arc (cr, x, y, 0.72 * half, 0, 2 * G_PI);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}

/* ---- making ---- */

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->text);
  for (guint i = 0; i < block->n_cells; i++)
    g_free (block->cells[i]);
  g_clear_pointer (&block->map, cairo_surface_destroy);
  g_free (block);
}

QonysDocument *
qonys_document_new (QonysContent *content, const char *title, const char *subtitle)
{
  QonysDocument *self = g_new0 (QonysDocument, 1);
  QonysStyle style = qonys_style_get_default ();

  style.has_schematic_base = TRUE;
  self->audience = g_strdup (qonys_audience_get_tag (content->audience));
  self->attribution = qonys_content_get_attribution (content, &style);
  /* Translators: the foot of a page: the day it was made, its number and how many there are */
  self->page_words = g_strdup (_ ("%s · page %u of %u"));
  self->content = qonys_content_ref (content);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->heads = -1;
  self->palette = qonys_palette_get (FALSE);
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
qonys_document_free (QonysDocument *self)
{
  qonys_content_unref (self->content);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->audience);
  g_free (self->attribution);
  g_free (self->page_words);
  g_ptr_array_unref (self->blocks);
  g_clear_object (&self->text);
  g_array_unref (self->firsts);
  g_free (self);
}

static Block *
add_block (QonysDocument *self, BlockKind kind, const char *text)
{
  Block *block = g_new0 (Block, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  block->sign = -1;
  block->heads = -1;
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
qonys_document_add_heading (QonysDocument *self, const char *text)
{
  add_block (self, BLOCK_HEADING, text);
}

void
qonys_document_add_text (QonysDocument *self, const char *text, gboolean is_note)
{
  add_block (self, is_note ? BLOCK_NOTE : BLOCK_TEXT, text);
}

void
qonys_document_add_table (QonysDocument *self, guint n_columns, const double *shares,
                          const char *const *heads)
{
  Block *block = add_block (self, BLOCK_HEADS, NULL);

  g_return_if_fail (n_columns <= QONYS_DOCUMENT_MAX_COLUMNS);
  self->heads = (int)self->blocks->len - 1;
  block->n_cells = n_columns;
  for (guint i = 0; i < n_columns; i++) {
    block->cells[i] = g_strdup (heads[i]);
    block->shares[i] = shares[i];
  }
}

void
qonys_document_add_row (QonysDocument *self, int sign, const char *const *cells)
{
  const Block *heads = self->blocks->pdata[self->heads];
  Block *block = add_block (self, BLOCK_ROW, NULL);

  block->sign = sign;
  block->heads = self->heads;
  block->n_cells = heads->n_cells;
  for (guint i = 0; i < heads->n_cells; i++) {
    block->cells[i] = g_strdup (cells[i]);
    block->shares[i] = heads->shares[i];
  }
}

/* ---- painting a block ---- */

/* A paragraph; its height. @cr: NULL only measures */
static double
put_text (QonysDocument *self, cairo_t *cr, const char *text, QonysTextFace face, double size,
          QonysColor ink, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = qonys_text_layout (self->text, text, face, size, width);
  double height;

  qonys_text_size (layout, NULL, &height);
  if (cr != NULL)
    qonys_text_draw (cr, layout, x, y, ink, self->palette->halo, 0);
  return height;
}

static void
put_sign_mark (QonysDocument *self, cairo_t *cr, const QonysSignMark *mark, double x, double y)
{
  static const QonysColor white = {255, 255, 255, 255};
  g_autofree char *number = mark->n > 1 ? qonys_text_count (mark->n) : g_strdup ("");
  g_autoptr (PangoLayout) layout =
      qonys_text_layout (self->text, number, QONYS_TEXT_BOLD, SIGN_PT, 0);
  double width, height;

  qonys_text_size (layout, &width, &height);
  width += SIGN_PT + (mark->n > 1 ? 9 : 6);
  cairo_rectangle (cr, x - width / 2, y - SIGN_PT * 0.75, width, SIGN_PT * 1.5);
  qonys_set_color (cr, white, 0.92);
  cairo_fill_preserve (cr);
  qonys_set_color (cr, self->palette->panel_edge, 1);
  cairo_set_line_width (cr, 0.5);
  cairo_stroke (cr);
  qonys_paint_sign (cr, mark->kind, x - width / 2 + 3 + SIGN_PT / 2, y, SIGN_PT);
  qonys_text_draw (cr, layout, x - width / 2 + 6 + SIGN_PT, y - height / 2, self->palette->ink,
                   self->palette->halo, 0);
}

/* Signs at one place stand side by side. */
static void
put_signs (QonysDocument *self, cairo_t *cr, const GArray *signs, const QonysCamera *camera)
{
  for (guint i = 0; i < signs->len; i++) {
    const QonysSignMark *mark = &g_array_index (signs, QonysSignMark, i);
    guint n_before = 0;
    double x, y;

    for (guint j = 0; j < i; j++) {
      const QonysSignMark *other = &g_array_index (signs, QonysSignMark, j);

      n_before += other->x == mark->x && other->y == mark->y;
    }
    qonys_camera_to_px (camera, mark->x, mark->y, &x, &y);
    put_sign_mark (self, cr, mark, x + n_before * 3.2 * SIGN_PT, y + 1.8 * SIGN_PT);
  }
}

/* The map as it stands on the page, recorded: its words are in the language of the making. */
static void
record_map (QonysDocument *self, Block *block, const QonysStyle *look, const QonysBox *box,
            const GArray *signs)
{
  const cairo_rectangle_t frame = {0, 0, block->width_pt, block->height_pt};
  gboolean has_legend = self->content->statistic != NULL;
  double width = block->width_pt - (has_legend ? LEGEND_PT : 0), bar_height;
  QonysCamera camera = qonys_camera_fit (box, width, block->height_pt, 8);
  QonysStyle style = *look;
  cairo_t *cr;

  style.is_dark = FALSE;
  style.has_schematic_base = TRUE;
  style.text_scale = 0.8;
  if (self->content->audience == QONYS_AUDIENCE_PUBLIC)
    camera.zoom = MIN (camera.zoom, QONYS_PUBLIC_MAX_ZOOM);
  block->map = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &frame);
  cr = cairo_create (block->map);
  if (has_legend) {
    cairo_save (cr);
    cairo_translate (cr, width + CELL_GAP_PT, 0);
    qonys_paint_legend (cr, self->content, &style, LEGEND_PT - CELL_GAP_PT, NULL, NULL);
    cairo_restore (cr);
  }
  cairo_rectangle (cr, 0, 0, width, block->height_pt);
  cairo_clip (cr);
  qonys_paint_map (cr, self->content, &style, &camera, NULL);
  cairo_rectangle (cr, 0, 0, width, block->height_pt);
  cairo_clip_preserve (cr);
  qonys_set_color (cr, self->palette->panel_edge, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  if (signs != NULL) {
    self->text = qonys_text_context_new ();
    put_signs (self, cr, signs, &camera);
    g_clear_object (&self->text); /* it belongs to the thread */
  }
  qonys_paint_scale_bar (NULL, &camera, &style, 140, NULL, &bar_height);
  cairo_translate (cr, 6, block->height_pt - bar_height - 6);
  qonys_paint_scale_bar (cr, &camera, &style, 140, NULL, NULL);
  cairo_destroy (cr);
}

void
qonys_document_add_map (QonysDocument *self, const QonysStyle *style, const QonysBox *box,
                        const GArray *signs, double width_pt, double height_pt)
{
  Block *block = add_block (self, BLOCK_MAP, NULL);

  block->width_pt = width_pt;
  block->height_pt = height_pt;
  record_map (self, block, style, box, signs);
}

static double
put_map (cairo_t *cr, const Block *block, double x, double y, double width)
{
  double scale = width / block->width_pt;

  if (cr != NULL) {
    cairo_save (cr);
    cairo_translate (cr, x, y);
    cairo_scale (cr, scale, scale);
    cairo_set_source_surface (cr, block->map, 0, 0);
    cairo_rectangle (cr, 0, 0, block->width_pt, block->height_pt);
    cairo_fill (cr);
    cairo_restore (cr);
  }
  return block->height_pt * scale + 8;
}

static double
put_row (QonysDocument *self, cairo_t *cr, const Block *block, double x, double y, double width)
{
  gboolean is_head = block->kind == BLOCK_HEADS;
  double total = 0, height = 0, at = x;

  for (guint i = 0; i < block->n_cells; i++)
    total += block->shares[i];
  for (guint i = 0; i < block->n_cells; i++) {
    double cell = width * block->shares[i] / total;
    double indent = i == 0 && block->sign >= 0 ? SIGN_PT + 5 : 0;
    double used =
        put_text (self, cr, block->cells[i], is_head ? QONYS_TEXT_BOLD : QONYS_TEXT_PLAIN,
                  is_head ? NOTE_PT : TEXT_PT, is_head ? self->palette->muted : self->palette->ink,
                  at + indent, y + 3, MAX (cell - indent - CELL_GAP_PT, 20));

    if (indent > 0 && cr != NULL)
      qonys_paint_sign (cr, block->sign, at + SIGN_PT / 2, y + 3 + 0.7 * TEXT_PT, SIGN_PT);
    height = MAX (height, used);
    at += cell;
  }
  height += 6;
  if (cr != NULL) {
    cairo_move_to (cr, x, y + height);
    cairo_line_to (cr, x + width, y + height);
    qonys_set_color (cr, self->palette->panel_edge, is_head ? 1 : 0.5);
    cairo_set_line_width (cr, is_head ? 1 : 0.5);
    cairo_stroke (cr);
  }
  return height;
}

static double
put_block (QonysDocument *self, cairo_t *cr, const Block *block, double x, double y, double width)
{
  switch (block->kind) {
  case BLOCK_HEADING:
    return 14 + put_text (self, cr, block->text, QONYS_TEXT_BOLD, HEADING_PT, self->palette->ink, x,
                          y + 10, width);
  case BLOCK_TEXT:
    return 4 + put_text (self, cr, block->text, QONYS_TEXT_PLAIN, TEXT_PT, self->palette->ink, x, y,
                         width);
  case BLOCK_NOTE:
    return 4 + put_text (self, cr, block->text, QONYS_TEXT_PLAIN, NOTE_PT, self->palette->muted, x,
                         y, width);
  case BLOCK_MAP:
    return put_map (cr, block, x, y, width);
  case BLOCK_HEADS:
  case BLOCK_ROW:
  default:
    return put_row (self, cr, block, x, y, width);
  }
}

/* ---- pages ---- */

/* What stands above the blocks; its height. */
static double
put_top (QonysDocument *self, cairo_t *cr, guint page, double x, double y, double width)
{
  const char *mark = qonys_content_get_synthetic_mark (self->content);
  double start = y;

  if (self->audience != NULL)
    y += 3 + put_text (self, cr, self->audience, QONYS_TEXT_BOLD, TEXT_PT,
                       qonys_audience_get_color (self->content->audience), x, y, width);
  if (mark != NULL) {
    static const QonysColor ground = {0xFB, 0xDD, 0x84, 255}, ink = {0x2A, 0x22, 0x08, 255};

    if (cr != NULL) {
      cairo_rectangle (cr, x, y, width, BAND_PT);
      qonys_set_color (cr, ground, 1);
      cairo_fill (cr);
    }
    put_text (self, cr, mark, QONYS_TEXT_BOLD, TEXT_PT, ink, x + 6, y + 1.5, width - 12);
    y += BAND_PT + 6;
  }
  if (page > 0)
    return y + 8 - start +
           put_text (self, cr, self->title, QONYS_TEXT_PLAIN, NOTE_PT, self->palette->muted, x, y,
                     width);
  y += 2 +
       put_text (self, cr, self->title, QONYS_TEXT_BOLD, TITLE_PT, self->palette->ink, x, y, width);
  if (self->subtitle != NULL)
    y += put_text (self, cr, self->subtitle, QONYS_TEXT_PLAIN, TEXT_PT + 1, self->palette->muted, x,
                   y, width);
  return y + 8 - start;
}

/* What stands below them, its bottom at @bottom; its height. */
static double
put_foot (QonysDocument *self, cairo_t *cr, guint page, double x, double bottom, double width)
{
  g_autofree char *day = qonys_format_day (qonys_day_today ());
  g_autoptr (GString) text = g_string_new (NULL);
  double height;

  if (self->content->watermark != NULL)
    g_string_append_printf (text, "%s\n", self->content->watermark);
  g_string_append_printf (text, "%s\n", self->attribution);
  g_string_append_printf (text, self->page_words, day, page + 1, MAX (self->firsts->len, 1));
  height = put_text (self, NULL, text->str, QONYS_TEXT_PLAIN, NOTE_PT, self->palette->muted, x, 0,
                     width);
  put_text (self, cr, text->str, QONYS_TEXT_PLAIN, NOTE_PT, self->palette->muted, x,
            bottom - height, width);
  return height + 8;
}

/* Where a page's block is a row whose heads stand on an earlier one. */
static const Block *
get_repeated_heads (const QonysDocument *self, guint first)
{
  const Block *block = first < self->blocks->len ? self->blocks->pdata[first] : NULL;

  return block != NULL && block->kind == BLOCK_ROW ? self->blocks->pdata[block->heads] : NULL;
}

/* How many blocks from @first fit into a height; one at least. A heading, or the heads of a
 * table, do not stand alone at the end. */
static guint
fit (QonysDocument *self, guint first, double width, double height)
{
  const Block *heads = get_repeated_heads (self, first);
  double used = heads != NULL ? put_block (self, NULL, heads, 0, 0, width) : 0;
  guint n = 0;

  while (first + n < self->blocks->len) {
    used += put_block (self, NULL, self->blocks->pdata[first + n], 0, 0, width);
    if (used > height)
      break;
    n++;
  }
  while (n > 1 && first + n < self->blocks->len) {
    BlockKind last = ((const Block *)self->blocks->pdata[first + n - 1])->kind;

    if (last != BLOCK_HEADING && last != BLOCK_HEADS)
      break;
    n--;
  }
  return MAX (n, 1);
}

guint
qonys_document_paginate (QonysDocument *self, double width_pt, double height_pt)
{
  double width = width_pt - 2 * MARGIN_PT;
  guint first = 0;

  g_clear_object (&self->text); /* it belongs to the thread */
  self->text = qonys_text_context_new ();
  self->width_pt = width_pt;
  self->height_pt = height_pt;
  g_array_set_size (self->firsts, 0);
  do {
    guint page = self->firsts->len;
    double height = height_pt - 2 * MARGIN_PT -
                    put_top (self, NULL, page, MARGIN_PT, MARGIN_PT, width) -
                    put_foot (self, NULL, page, MARGIN_PT, 0, width);

    g_array_append_val (self->firsts, first);
    if (first < self->blocks->len)
      first += fit (self, first, width, height);
  } while (first < self->blocks->len);
  return self->firsts->len;
}

guint
qonys_document_get_n_pages (const QonysDocument *self)
{
  return self->firsts->len;
}

static void
put_border (const QonysDocument *self, cairo_t *cr)
{
  QonysColor color = qonys_audience_get_color (self->content->audience);

  if (color.alpha == 0)
    return;
  cairo_rectangle (cr, 10, 10, self->width_pt - 20, self->height_pt - 20);
  qonys_set_color (cr, color, 1);
  cairo_set_line_width (cr, BORDER_PT);
  cairo_stroke (cr);
}

void
qonys_document_paint (QonysDocument *self, cairo_t *cr, guint page)
{
  double width = self->width_pt - 2 * MARGIN_PT, y = MARGIN_PT;
  guint first, end;
  const Block *heads;

  g_return_if_fail (page < self->firsts->len);
  first = g_array_index (self->firsts, guint, page);
  end = page + 1 < self->firsts->len ? g_array_index (self->firsts, guint, page + 1)
                                     : self->blocks->len;
  heads = get_repeated_heads (self, first);
  cairo_save (cr);
  y += put_top (self, cr, page, MARGIN_PT, y, width);
  if (heads != NULL)
    y += put_block (self, cr, heads, MARGIN_PT, y, width);
  for (guint i = first; i < end; i++)
    y += put_block (self, cr, self->blocks->pdata[i], MARGIN_PT, y, width);
  put_foot (self, cr, page, MARGIN_PT, self->height_pt - MARGIN_PT, width);
  put_border (self, cr);
  cairo_restore (cr);
}
