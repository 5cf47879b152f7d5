/* What people wrote is painted, once each, legibly, and found under the pointer. */

#include "draw-support.h"

#include "geo/mercator.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LON_DEG 71.43
#define LAT_DEG 51.14

/* ---- contents ---- */

static QonysNoteMark *
add_note (QonysContent *content, QonysNoteKind kind, const char *id, double x, double y,
          const char *text)
{
  const char *item[QONYS_ITEM_N_FIELDS] = {"P01", "point"};
  const char *annotation[QONYS_ANNOTATION_N_FIELDS] = {NULL};
  gboolean is_item = kind == QONYS_NOTE_ITEM;
  g_autoptr (QonysEntry) entry = qonys_entry_new (
      is_item ? QONYS_ENTRY_ITEM : QONYS_ENTRY_ANNOTATION, id, is_item ? item : annotation);
  QonysNoteMark *note = qonys_note_mark_new (kind, entry);

  note->x = x;
  note->y = y;
  note->title = g_strdup ("");
  note->text = g_strdup (text);
  if (is_item)
    g_ptr_array_insert (content->notes, (int)content->n_items++, note);
  else
    g_ptr_array_add (content->notes, note);
  return note;
}

static void
set_line (QonysNoteMark *note, double x1, double y1, double x2, double y2)
{
  const guint starts[] = {0, 2};
  const double x[] = {x1, x2}, y[] = {y1, y2};

  note->shape = qonys_shape_new (1, starts, x, y);
}

static void
set_square (QonysNoteMark *note, double half)
{
  const guint starts[] = {0, 5};
  const double x[] = {note->x - half, note->x + half, note->x + half, note->x - half,
                      note->x - half};
  const double y[] = {note->y - half, note->y - half, note->y + half, note->y + half,
                      note->y - half};

  note->shape = qonys_shape_new (1, starts, x, y);
  note->is_ring = TRUE;
}

static double
get_unit (void)
{
  return 1000 / qonys_mercator_m_per_unit (LAT_DEG); /* a kilometre */
}

static QonysCamera
camera_at (double x, double y, double zoom)
{
  return (QonysCamera){x, y, zoom, 600, 400};
}

static QonysCamera
middle_camera (double zoom)
{
  return camera_at (qonys_mercator_x (LON_DEG), qonys_mercator_y (LAT_DEG), zoom);
}

/* ---- painting ---- */

/* The box of the pixels that are not the same; empty if all are. */
static QonysBox
get_changed (cairo_surface_t *a, cairo_surface_t *b)
{
  QonysBox box = qonys_box_empty ();

  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++)
      if (get_pixel (a, x, y) != get_pixel (b, x, y))
        qonys_box_add (&box, x, y);
  return box;
}

/* A style of nothing but a ground: base names move out of the way of annotations. */
static QonysStyle
bare_style (gboolean is_dark)
{
  QonysStyle style = qonys_style_get_default ();

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = FALSE;
  style.has_schematic_base = FALSE;
  style.is_dark = is_dark;
  return style;
}

/* Each kind changes pixels round its place and none elsewhere; switched off, none at all. */
static void
test_kinds (void)
{
  QonysCamera camera = middle_camera (12);
  double unit = get_unit (), x = camera.center_x, y = camera.center_y;

  for (gboolean is_dark = FALSE; is_dark <= TRUE; is_dark++)
    for (QonysNoteKind kind = QONYS_NOTE_ITEM; kind <= QONYS_NOTE_BEFORE_AFTER; kind++) {
      g_autoptr (QonysContent) empty = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
      g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
      QonysStyle style = bare_style (is_dark), off = style;
      QonysNoteMark *note = add_note (content, kind, "a", x, y, "Мәтін");
      cairo_surface_t *before, *after, *hidden;
      QonysBox changed;

      if (kind == QONYS_NOTE_ARROW || kind == QONYS_NOTE_FREEHAND)
        set_line (note, x - unit, y, x, y);
      if (kind == QONYS_NOTE_AREA)
        set_square (note, unit / 2);
      off.has_items = off.has_annotations = FALSE;
      before = paint_map (empty, &style, &camera);
      after = paint_map (content, &style, &camera);
      hidden = paint_map (content, &off, &camera);
      changed = get_changed (before, after);
      g_assert_false (qonys_box_is_empty (&changed));
      g_assert_cmpfloat (changed.min_x, >, 300 - 150);
      g_assert_cmpfloat (changed.max_x, <, 300 + 120);
      g_assert_cmpfloat (changed.min_y, >, 200 - 90);
      g_assert_cmpfloat (changed.max_y, <, 200 + 90);
      g_assert_cmpuint (count_all_differences (before, hidden), ==, 0);
      cairo_surface_destroy (before);
      cairo_surface_destroy (after);
      cairo_surface_destroy (hidden);
    }
}

/* A solved item, an approximate one and a selected one look unlike an open one. */
static void
test_states (void)
{
  QonysCamera camera = middle_camera (12);
  QonysStyle style = bare_style (FALSE), selected = style;
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysNoteMark *note =
      add_note (content, QONYS_NOTE_ITEM, "a", camera.center_x, camera.center_y, "");
  const QonysPalette *palette = qonys_palette_get (FALSE);
  cairo_surface_t *open, *solved, *approximate, *chosen;

  open = paint_map (content, &style, &camera);
  note->is_solved = TRUE;
  solved = paint_map (content, &style, &camera);
  note->is_solved = FALSE;
  note->is_generalised = TRUE;
  approximate = paint_map (content, &style, &camera);
  note->is_generalised = FALSE;
  qonys_style_select_entries (&selected, (const char *[]){"a", NULL});
  chosen = paint_map (content, &selected, &camera);
  g_assert_cmpuint (count_color (open, palette->item), >, 3 * count_color (solved, palette->item));
  g_assert_cmpuint (count_all_differences (open, approximate), >, 20);
  g_assert_cmpuint (count_color (open, palette->accent), ==, 0);
  g_assert_cmpuint (count_color (chosen, palette->accent), >, 10);
  cairo_surface_destroy (open);
  cairo_surface_destroy (solved);
  cairo_surface_destroy (approximate);
  cairo_surface_destroy (chosen);
}

/* ---- words ---- */

static GArray *
place_notes (const QonysContent *content, const QonysStyle *style, const QonysCamera *camera)
{
  g_autoptr (QonysTextContext) text = qonys_text_context_new ();
  g_autoptr (GArray) marks = qonys_marks_place (content, style, camera);
  g_autoptr (GArray) items = qonys_items_place (content, style, camera);

  return qonys_annotations_place (content, style, camera, text, marks, items);
}

static void
test_text_size (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE), wall = style;
  QonysCamera far = middle_camera (10), near = middle_camera (14);
  g_autoptr (GArray) from_afar = NULL, near_by = NULL, large = NULL;
  const QonysBox *a, *b, *c;

  add_note (content, QONYS_NOTE_CALLOUT, "a", far.center_x, far.center_y,
            "Бір пәтерде тіркелгендердің саны нормадан асады; тексеру керек");
  wall.text_scale = 1.5;
  from_afar = place_notes (content, &style, &far);
  near_by = place_notes (content, &style, &near);
  large = place_notes (content, &wall, &near);
  a = &g_array_index (from_afar, QonysPlacedNote, 0).words;
  b = &g_array_index (near_by, QonysPlacedNote, 0).words;
  c = &g_array_index (large, QonysPlacedNote, 0).words;
  g_assert_cmpfloat_with_epsilon (a->max_x - a->min_x, b->max_x - b->min_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (a->max_y - a->min_y, b->max_y - b->min_y, 1e-9);
  g_assert_cmpfloat (a->max_y - a->min_y, >, 2 * QONYS_ANNOTATION_TEXT_PX); /* wrapped */
  g_assert_cmpfloat_with_epsilon (c->max_x - c->min_x, 1.5 * (b->max_x - b->min_x), 12);
}

/* Callouts side by side keep off each other and stay in the picture, wherever their places are. */
static void
test_boxes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  QonysStyle style = bare_style (FALSE);
  QonysCamera camera = middle_camera (12);

  for (guint round = 0; round < 20; round++) {
    g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
    g_autoptr (GArray) placed = NULL;

    for (guint i = 0; i < 6; i++) {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      double px = g_rand_double_range (rand, 0, 600), py = g_rand_double_range (rand, 0, 400), x, y;

      qonys_camera_from_px (&camera, px, py, &x, &y);
      add_note (content, QONYS_NOTE_CALLOUT, id, x, y, "Тіркеу бекетінде кезек ұзақ");
    }
    placed = place_notes (content, &style, &camera);
    g_assert_cmpuint (placed->len, ==, 6);
    for (guint i = 0; i < placed->len; i++) {
      const QonysBox *a = &g_array_index (placed, QonysPlacedNote, i).words;

      g_assert_true (a->min_x >= 0 && a->min_y >= 0 && a->max_x <= 600 && a->max_y <= 400);
      for (guint j = i + 1; j < placed->len; j++)
        g_assert_false (
            qonys_box_intersects (a, &g_array_index (placed, QonysPlacedNote, j).words));
    }
  }
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* On paper words are words that can be searched and copied. */
static void
test_paper (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_PUBLIC, WITH_NOTHING);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  QonysStyle style = bare_style (FALSE);
  QonysCamera camera = middle_camera (12);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 600, 400);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *path = NULL, *text = NULL;
  double x, y;

  add_note (content, QONYS_NOTE_CALLOUT, "a", camera.center_x, camera.center_y, "Кезек ұзақ");
  qonys_camera_from_px (&camera, 100, 100, &x, &y);
  add_note (content, QONYS_NOTE_PIN, "b", x, y, "Жаңа бекет");
  add_note (content, QONYS_NOTE_ITEM, "c", x, camera.center_y, "");
  g_assert_true (qonys_paint_map (cr, content, &style, &camera, NULL));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (bytes->len, >, 1000);
  if (program == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  g_close (g_file_open_tmp ("qonys-XXXXXX.pdf", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, (const char *)bytes->data, bytes->len, NULL));
  g_assert_true (g_spawn_sync (NULL, (char *[]){program, path, (char *)"-", NULL}, NULL,
                               G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, NULL));
  g_remove (path);
  g_assert_nonnull (strstr (text, "Кезек ұзақ"));
  g_assert_nonnull (strstr (text, "Жаңа бекет"));
  g_assert_nonnull (strstr (text, "P01"));
}

/* ---- many ---- */

/* Ten thousand items are each in one place of the picture, and there are no more places than the
 * picture has room for. */
static void
test_many (void)
{
  enum { N = 10000 };
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  QonysStyle style = bare_style (FALSE);
  double x = qonys_mercator_x (LON_DEG), y = qonys_mercator_y (LAT_DEG), unit = get_unit ();
  cairo_surface_t *image;

  for (guint i = 0; i < N; i++) {
    g_autofree char *id = g_strdup_printf ("i%05u", i);

    add_note (content, QONYS_NOTE_ITEM, id, x + g_rand_double_range (rand, -4, 4) * unit,
              y + g_rand_double_range (rand, -4, 4) * unit, "");
  }
  for (double zoom = 10; zoom <= 13.5; zoom += 0.5) {
    QonysCamera camera = {x, y, zoom, 1366, 768};
    g_autoptr (GArray) placed = qonys_items_place (content, &style, &camera);
    g_autofree guint8 *is_seen = g_new0 (guint8, N);
    guint n = 0;

    g_assert_cmpuint (placed->len, <, 1366 * 768 / (20 * 20));
    for (guint i = 0; i < placed->len; i++) {
      const QonysPlacedItem *item = &g_array_index (placed, QonysPlacedItem, i);
      QonysPick pick = {.kind = QONYS_PICK_ITEM,
                        .index = item->note,
                        .mark = item->cluster,
                        .cluster_zoom = item->cluster_zoom};
      g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (guint32));

      qonys_content_get_items (content, &pick, notes);
      g_assert_cmpuint (notes->len, ==, item->cluster.n_points);
      for (guint j = 0; j < notes->len; j++)
        g_assert_cmpuint (is_seen[g_array_index (notes, guint32, j)]++, ==, 0);
      n += notes->len;
    }
    if (zoom <= 12) /* all of them are in view */
      g_assert_cmpuint (n, ==, N);
  }
  image = paint_map (content, &style, &(QonysCamera){x, y, 12, 1366, 768});
  cairo_surface_destroy (image);
}

/* Of ten thousand annotations some have words, and no two symbols stand in one spot. */
static void
test_many_annotations (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  QonysStyle style = bare_style (FALSE);
  QonysCamera camera = middle_camera (12);
  g_autoptr (GArray) placed = NULL;
  guint n_with_words = 0;

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *id = g_strdup_printf ("n%05u", i);

    add_note (content, QONYS_NOTE_PIN, id,
              camera.center_x + g_rand_double_range (rand, -2, 2) * get_unit (),
              camera.center_y + g_rand_double_range (rand, -2, 2) * get_unit (), "Бекет");
  }
  qonys_style_select_entries (&style, (const char *[]){"n09999", NULL});
  placed = place_notes (content, &style, &camera);
  for (guint i = 0; i < placed->len; i++)
    n_with_words += g_array_index (placed, QonysPlacedNote, i).layout != NULL;
  g_assert_cmpuint (n_with_words, ==, 100);
  g_assert_cmpuint (placed->len, <, 100 + 700 * 500 / (14 * 14));
  /* What is selected lies on top, with its words. */
  g_assert_true (g_array_index (placed, QonysPlacedNote, placed->len - 1).is_selected);
  g_assert_nonnull (g_array_index (placed, QonysPlacedNote, placed->len - 1).layout);
}

/* ---- picking ---- */

static void
test_pick (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE), off = style;
  QonysCamera camera = middle_camera (12);
  g_autoptr (GArray) placed = NULL, all = NULL;
  QonysNoteMark *area, *arrow;
  QonysPick pick;
  double x, y, unit = get_unit ();
  guint n_items = 0, n_annotations = 0;

  qonys_camera_from_px (&camera, 100, 100, &x, &y);
  add_note (content, QONYS_NOTE_ITEM, "i1", x, y, "");
  add_note (content, QONYS_NOTE_ITEM, "i2", x, y, "");
  qonys_camera_from_px (&camera, 500, 100, &x, &y);
  add_note (content, QONYS_NOTE_ITEM, "i3", x, y, "");
  qonys_camera_from_px (&camera, 300, 300, &x, &y);
  area = add_note (content, QONYS_NOTE_AREA, "a1", x, y, "");
  set_square (area, unit);
  qonys_camera_from_px (&camera, 420, 200, &x, &y);
  arrow = add_note (content, QONYS_NOTE_ARROW, "a2", x, y, "");
  set_line (arrow, x - 3 * unit, y, x, y);
  qonys_camera_from_px (&camera, 500, 300, &x, &y);
  add_note (content, QONYS_NOTE_CALLOUT, "a3", x, y, "Кезек");

  pick = qonys_pick (content, &style, &camera, 100, 88, 8); /* the plate of two in one place */
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_ITEM);
  g_assert_cmpuint (pick.mark.n_points, ==, 2);
  pick = qonys_pick (content, &style, &camera, 500, 88, 8);
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_ITEM);
  g_assert_cmpuint (pick.index, ==, 2);
  g_assert_cmpuint (pick.mark.n_points, ==, 1);
  pick = qonys_pick (content, &style, &camera, 310, 290, 8); /* inside the area */
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_ANNOTATION);
  g_assert_cmpuint (pick.index, ==, 3);
  pick = qonys_pick (content, &style, &camera, 380, 203, 8); /* by the arrow's line */
  g_assert_cmpuint (pick.index, ==, 4);
  placed = place_notes (content, &style, &camera);
  for (guint i = 0; i < placed->len; i++) {
    const QonysPlacedNote *note = &g_array_index (placed, QonysPlacedNote, i);

    if (note->layout == NULL)
      continue;
    pick = qonys_pick (content, &style, &camera, note->words.max_x - 3, note->words.max_y - 3, 4);
    g_assert_cmpint (pick.kind, ==, QONYS_PICK_ANNOTATION);
    g_assert_cmpuint (pick.index, ==, 5);
  }
  pick = qonys_pick (content, &style, &camera, 30, 380, 8);
  g_assert_true (pick.kind == QONYS_PICK_DISTRICT || pick.kind == QONYS_PICK_NONE);

  all = qonys_pick_all (content, &style, &camera);
  for (guint i = 0; i < all->len; i++) {
    n_items += g_array_index (all, QonysPick, i).kind == QONYS_PICK_ITEM;
    n_annotations += g_array_index (all, QonysPick, i).kind == QONYS_PICK_ANNOTATION;
  }
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_cmpuint (n_annotations, ==, 3);
  off.has_items = off.has_annotations = FALSE;
  pick = qonys_pick (content, &off, &camera, 500, 88, 8);
  g_assert_cmpint (pick.kind, !=, QONYS_PICK_ITEM);
  pick = qonys_pick (content, &off, &camera, 310, 290, 8);
  g_assert_cmpint (pick.kind, !=, QONYS_PICK_ANNOTATION);

  /* One of a group, chosen by its id, stands before it. */
  qonys_style_select_entries (&style, (const char *[]){"i2", NULL});
  pick = qonys_pick (content, &style, &camera, 100, 88, 8);
  g_assert_cmpuint (pick.index, ==, 1);
  g_assert_cmpuint (pick.mark.n_points, ==, 1);
}

/* All that are selected are; a group is found again by one that is in it; no words are cut where
 * the picture goes on unseen. */
static void
test_selected (void)
{
  QonysCamera camera = middle_camera (12);
  double unit = get_unit ();
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE);
  g_autoptr (GArray) items = NULL;
  guint n_selected = 0;
  QonysPick pick;

  add_note (content, QONYS_NOTE_ITEM, "i0", camera.center_x, camera.center_y, "");
  add_note (content, QONYS_NOTE_ITEM, "i1", camera.center_x + unit / 50, camera.center_y, "");
  add_note (content, QONYS_NOTE_ITEM, "i2", camera.center_x + 3 * unit, camera.center_y, "");
  g_assert_cmpstr (qonys_style_get_selected_entry (&style), ==, "");
  qonys_style_select_entries (&style, (const char *[]){"i0", NULL});
  g_assert_cmpstr (qonys_style_get_selected_entry (&style), ==, "i0");
  qonys_style_select_entries (&style, (const char *[]){"i0", "i2", "gone", NULL});
  g_assert_cmpstr (qonys_style_get_selected_entry (&style), ==, "");
  items = qonys_items_place (content, &style, &camera);
  for (guint i = 0; i < items->len; i++)
    n_selected += g_array_index (items, QonysPlacedItem, i).is_selected;
  g_assert_cmpuint (n_selected, ==, 2);
  g_assert_cmpuint (items->len, ==, 3); /* the group, one of it, the other */

  pick = qonys_pick_group (content, 1, 12);
  g_assert_cmpuint (pick.mark.n_points, ==, 2);
  g_assert_cmpint (pick.kind, ==, QONYS_PICK_ITEM);
  pick = qonys_pick_group (content, 2, 12);
  g_assert_cmpuint (pick.mark.n_points, ==, 1);
  g_assert_cmpuint (pick.index, ==, 2);
}

/* All places of a measure, however many, are highlighted. */
static void
test_many_selected (void)
{
  enum { N = 300 };
  QonysCamera camera = middle_camera (12);
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE);
  g_auto (GStrv) ids = g_new0 (char *, N + 1);
  g_autoptr (GArray) items = NULL;
  guint n_selected = 0;

  for (guint i = 0; i < N; i++) {
    ids[i] = g_strdup_printf ("i%03u", i);
    add_note (content, QONYS_NOTE_ITEM, ids[i], camera.center_x, camera.center_y, "");
  }
  qonys_style_select_entries (&style, (const char *const *)ids);
  items = qonys_items_place (content, &style, &camera);
  for (guint i = 0; i < items->len; i++)
    n_selected += g_array_index (items, QonysPlacedItem, i).is_selected;
  g_assert_cmpuint (n_selected, ==, N);
}

static void
test_margin (void)
{
  QonysCamera camera = middle_camera (12);
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE);

  style.margin_x_px = 90;
  style.margin_y_px = 60;
  for (guint i = 0; i < 4; i++) {
    const char *const ids[] = {"a", "b", "c", "d"};
    double px = i % 2 == 0 ? 95 : 505, py = i < 2 ? 65 : 335, x, y;

    qonys_camera_from_px (&camera, px, py, &x, &y);
    add_note (content, QONYS_NOTE_CALLOUT, ids[i], x, y, "Мұнда қызмет көрсету орны керек");
  }
  {
    g_autoptr (GArray) placed = place_notes (content, &style, &camera);

    g_assert_cmpuint (placed->len, ==, 4);
    for (guint i = 0; i < placed->len; i++) {
      const QonysBox *words = &g_array_index (placed, QonysPlacedNote, i).words;

      g_assert_cmpfloat (words->min_x, >=, 90);
      g_assert_cmpfloat (words->max_x, <=, 510);
      g_assert_cmpfloat (words->min_y, >=, 60);
      g_assert_cmpfloat (words->max_y, <=, 340);
    }
  }
}

/* ---- the legend ---- */

static void
test_legend (void)
{
  g_autoptr (QonysContent) content = make_content (QONYS_AUDIENCE_OFFICIAL, WITH_NOTHING);
  QonysStyle style = bare_style (FALSE), off = style;
  double none, items, both, hidden;

  off.has_items = off.has_annotations = FALSE;
  qonys_paint_legend (NULL, content, &style, 300, NULL, &none);
  add_note (content, QONYS_NOTE_ITEM, "i", 0.5, 0.5, "");
  qonys_paint_legend (NULL, content, &style, 300, NULL, &items);
  add_note (content, QONYS_NOTE_PIN, "a", 0.5, 0.5, "");
  qonys_paint_legend (NULL, content, &style, 300, NULL, &both);
  qonys_paint_legend (NULL, content, &off, 300, NULL, &hidden);
  g_assert_cmpfloat (items, >, none);
  g_assert_cmpfloat (both, >, items);
  g_assert_cmpfloat_with_epsilon (hidden, none, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notes/kinds", test_kinds);
  g_test_add_func ("/notes/states", test_states);
  g_test_add_func ("/notes/text-size", test_text_size);
  g_test_add_func ("/notes/boxes", test_boxes);
  g_test_add_func ("/notes/paper", test_paper);
  g_test_add_func ("/notes/many", test_many);
  g_test_add_func ("/notes/many-annotations", test_many_annotations);
  g_test_add_func ("/notes/pick", test_pick);
  g_test_add_func ("/notes/selected", test_selected);
  g_test_add_func ("/notes/many-selected", test_many_selected);
  g_test_add_func ("/notes/margin", test_margin);
  g_test_add_func ("/notes/legend", test_legend);
  return g_test_run ();
}
