/* Where the words of annotations stand: as near to their place as they can be without covering a
 * mark, an item or one another, and wholly in the picture. Up to 100 in view get words, a layout of
 * 30 µs each; the others their symbol alone, one every 14 px. Painting and picking ask the same
 * placing, so that what is seen is what is found. */

#include "draw/private.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_WITH_WORDS 100
#define BARE_STEP_PX 14.0
#define WRAP_PX 168.0
#define MARGIN_PX 4.0

static void
placed_clear (gpointer data)
{
  QonysPlacedNote *placed = data;

  g_clear_object (&placed->layout);
}

/* ---- which ---- */

static gboolean
is_in_view (const QonysNoteMark *note, const QonysBox *view)
{
  if (isnan (note->x))
    return FALSE;
  if (note->shape != NULL)
    return qonys_box_intersects (&note->shape->box, view);
  return qonys_box_contains (view, note->x, note->y);
}

/* An area that fills the picture has its words in the picture's middle. */
static void
find_anchor (const QonysNoteMark *note, const QonysBox *view, const QonysCamera *camera, double *px,
             double *py)
{
  double x = note->x, y = note->y;

  if (note->is_ring && !qonys_box_contains (view, x, y) &&
      qonys_shape_contains (note->shape, camera->center_x, camera->center_y)) {
    x = camera->center_x;
    y = camera->center_y;
  }
  qonys_camera_to_px (camera, x, y, px, py);
}

/* ---- what ---- */

static void
add_reference (GString *text, const char *format, const char *reference)
{
  if (reference == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, format, reference);
}

/* Returns: (transfer full) (nullable): no words at all */
static char *
compose_words (const QonysNoteMark *note)
{
  GString *text = g_string_new (note->text);

  if (note->is_text_missing)
    g_string_append (text, _ ("No text in this language"));
  if (note->kind == QONYS_NOTE_BEFORE_AFTER) {
    /* Translators: the reference of a picture */
    add_reference (text, _ ("Before: %s"), qonys_entry_get (note->entry, QONYS_ANNOTATION_BEFORE));
    add_reference (text, _ ("After: %s"), qonys_entry_get (note->entry, QONYS_ANNOTATION_AFTER));
  }
  return g_string_free (text, text->len == 0);
}

/* ---- where ---- */

typedef struct {
  QonysBox picture; /* what is seen of it, if the place is; px */
  const QonysLabels *labels;
  double width, height; /* of the words */
  double least;         /* cost of the best so far */
  QonysBox best;
} Search;

/* The part of the picture that a place is in: what is seen, or the margin around too. */
static QonysBox
get_part (const QonysStyle *style, const QonysCamera *camera, double px, double py)
{
  QonysBox all = {0, 0, camera->width_px, camera->height_px};
  QonysBox seen = {style->margin_x_px, style->margin_y_px, camera->width_px - style->margin_x_px,
                   camera->height_px - style->margin_y_px};

  return qonys_box_contains (&seen, px, py) ? seen : all;
}

/* The box whose middle is here, moved into the picture. Returns: is it free, and where it was
 * wanted? */
static gboolean
try_at (Search *search, double middle_x, double middle_y, double cost)
{
  double left = middle_x - search->width / 2, top = middle_y - search->height / 2, x, y;

  x = MAX (MIN (left, search->picture.max_x - MARGIN_PX - search->width),
           search->picture.min_x + MARGIN_PX);
  y = MAX (MIN (top, search->picture.max_y - MARGIN_PX - search->height),
           search->picture.min_y + MARGIN_PX);
  cost += 20 * qonys_labels_get_overlap (search->labels, x, y, search->width, search->height) +
          hypot (x - left, y - top);
  if (cost < search->least) {
    search->least = cost;
    search->best = (QonysBox){x, y, x + search->width, y + search->height};
  }
  return cost == 0;
}

/* Round about a place, nearer ones and those to the upper right first. */
static void
try_around (Search *search, double px, double py, double gap)
{
  static const double ways[][2] = {{1, -1}, {-1, -1}, {1, 1}, {-1, 1},
                                   {0, -1}, {0, 1},   {1, 0}, {-1, 0}};
  static const double distances[] = {1, 3.2, 6, 10};

  for (guint ring = 0; ring < G_N_ELEMENTS (distances); ring++) {
    double distance = gap * distances[ring];

    for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
      if (try_at (search, px + ways[i][0] * (search->width / 2 + distance),
                  py + ways[i][1] * (search->height / 2 + distance), ring * 40.0 + i))
        return;
    if (search->least < (ring + 1) * 40.0) /* the next ring is farther */
      return;
  }
}

static void
place_words (const QonysNoteMark *note, const QonysCamera *camera, const QonysStyle *style,
             double scale, const QonysLabels *labels, QonysPlacedNote *placed)
{
  double padding =
      note->kind == QONYS_NOTE_CALLOUT ? QONYS_ANNOTATION_PADDING_PX * scale : 1.5 * scale;
  Search search = {
      get_part (style, camera, placed->px, placed->py), labels, 0, 0, G_MAXDOUBLE, {0}};
  double x = placed->px, y = placed->py;

  qonys_text_size (placed->layout, &search.width, &search.height);
  search.width += 2 * padding;
  search.height += 2 * padding;
  if (note->shape != NULL && !note->is_ring) {
    /* An arrow's words stand at its tail, a callout's where its line ends. */
    guint at = note->kind == QONYS_NOTE_ARROW || note->kind == QONYS_NOTE_FREEHAND
                   ? 0
                   : note->shape->ring_starts[1] - 1;

    qonys_camera_to_px (camera, note->shape->x[at], note->shape->y[at], &x, &y);
  }
  if (note->is_ring || (note->kind == QONYS_NOTE_CALLOUT && note->shape != NULL)) {
    if (try_at (&search, x, y, 0)) {
      placed->words = search.best;
      return;
    }
    search.least += 20; /* a free place beside is better than one half covered */
  }
  try_around (&search, x, y, (note->kind == QONYS_NOTE_CALLOUT ? 16 : 10) * scale);
  placed->words = search.best;
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const QonysPlacedNote *m = a, *n = b;

  if (m->is_selected != n->is_selected)
    return m->is_selected ? -1 : 1;
  return m->note < n->note ? -1 : m->note > n->note;
}

/* ---- all ---- */

static void
block_marks (QonysLabels *labels, const GArray *marks, const GArray *items)
{
  for (guint i = 0; i < marks->len; i++) {
    const QonysPlacedMark *mark = &g_array_index (marks, QonysPlacedMark, i);

    qonys_labels_block (labels, mark->px - mark->radius_px, mark->py - mark->radius_px,
                        2 * mark->radius_px, 2 * mark->radius_px);
  }
  for (guint i = 0; i < items->len; i++) {
    const QonysPlacedItem *item = &g_array_index (items, QonysPlacedItem, i);

    qonys_labels_block (labels, item->px - item->width_px / 2, item->top_px, item->width_px,
                        item->py - item->top_px);
  }
}

/* Those beyond the number that can have words, one a bin. */
static void
thin (GArray *placed, const QonysCamera *camera, double scale)
{
  double bin = BARE_STEP_PX * scale;
  gint64 n_columns = (gint64)ceil (camera->width_px / bin) + 2;
  g_autoptr (GHashTable) bins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < placed->len; i++) {
    QonysPlacedNote *note = &g_array_index (placed, QonysPlacedNote, i);

    if (i >= MAX_WITH_WORDS) {
      gint64 key = (gint64)floor (note->py / bin) * n_columns + (gint64)floor (note->px / bin);

      if (!g_hash_table_add (bins, g_memdup2 (&key, sizeof key)))
        continue;
      note->is_bare = TRUE;
    }
    g_array_index (placed, QonysPlacedNote, n++) = *note;
  }
  g_array_set_size (placed, n);
}

static void
reverse (GArray *placed)
{
  for (guint i = 0; i < placed->len / 2; i++) {
    QonysPlacedNote *a = &g_array_index (placed, QonysPlacedNote, i);
    QonysPlacedNote *b = &g_array_index (placed, QonysPlacedNote, placed->len - 1 - i), kept = *a;

    *a = *b;
    *b = kept;
  }
}

GArray *
qonys_annotations_place (const QonysContent *content, const QonysStyle *style,
                         const QonysCamera *camera, PangoContext *text, const GArray *marks,
                         const GArray *items)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (QonysPlacedNote));
  g_autoptr (QonysLabels) labels = NULL;
  g_autoptr (GHashTable) selected = qonys_style_get_selected_set (style);
  double scale = style->text_scale > 0 ? style->text_scale : 1;
  QonysBox view = qonys_camera_get_box (camera);

  /* Pins half in view are drawn. */
  qonys_box_grow (&view, 32 * scale * (view.max_x - view.min_x) / MAX (camera->width_px, 1));
  for (guint i = content->n_items; style->has_annotations && i < content->notes->len; i++) {
    const QonysNoteMark *note = content->notes->pdata[i];
    QonysPlacedNote one = {.note = i};

    if (!is_in_view (note, &view))
      continue;
    one.is_selected =
        selected != NULL && g_hash_table_contains (selected, qonys_entry_get_id (note->entry));
    find_anchor (note, &view, camera, &one.px, &one.py);
    g_array_append_val (placed, one);
  }
  if (placed->len == 0)
    return placed;
  g_array_sort (placed, compare_placed);
  thin (placed, camera, scale);
  g_array_set_clear_func (placed, placed_clear);
  labels = qonys_labels_new (camera->width_px, camera->height_px);
  block_marks (labels, marks, items);
  for (guint i = 0; i < placed->len; i++) { /* words keep off all places, too */
    const QonysPlacedNote *one = &g_array_index (placed, QonysPlacedNote, i);

    qonys_labels_block (labels, one->px - 4 * scale, one->py - 4 * scale, 8 * scale, 8 * scale);
  }
  for (guint i = 0; i < placed->len; i++) {
    QonysPlacedNote *one = &g_array_index (placed, QonysPlacedNote, i);
    const QonysNoteMark *note = content->notes->pdata[one->note];
    g_autofree char *words = one->is_bare ? NULL : compose_words (note);

    if (words == NULL)
      continue;
    one->layout = qonys_text_layout (text, words,
                                     note->is_text_missing ? QONYS_TEXT_ITALIC : QONYS_TEXT_PLAIN,
                                     QONYS_ANNOTATION_TEXT_PX * scale, WRAP_PX * scale);
    place_words (note, camera, style, scale, labels, one);
    qonys_labels_block (labels, one->words.min_x, one->words.min_y,
                        one->words.max_x - one->words.min_x, one->words.max_y - one->words.min_y);
  }
  reverse (placed); /* what was placed first lies on top */
  return placed;
}
