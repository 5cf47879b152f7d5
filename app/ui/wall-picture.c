/* Pictures of a wall: one to three textures a scene, 3 MB each at 1024 × 768, made by the same
 * painter as every file. A wall of 1920 × 1080 takes some 30 ms a scene, the first of a norm what
 * its release costs. */

#include "ui/wall-picture.h"

#include <math.h>

void
qonys_wall_picture_free (QonysWallPicture *picture)
{
  g_clear_pointer (&picture->slide, qonys_slide_unref);
  g_clear_object (&picture->whole);
  g_clear_object (&picture->before);
  g_clear_object (&picture->map);
  g_clear_error (&picture->error);
  g_free (picture);
}

/* ---- painting ---- */

/* Takes @surface; the texture keeps it. */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  int width_px = cairo_image_surface_get_width (surface);
  int height_px = cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  cairo_surface_flush (surface);
  bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize)height_px,
                                  (GDestroyNotify)cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width_px, height_px, GDK_MEMORY_DEFAULT, bytes, stride);
  g_object_set_data_full (G_OBJECT (texture), "surface", cairo_surface_reference (surface),
                          (GDestroyNotify)cairo_surface_destroy);
  return texture;
}

cairo_surface_t *
qonys_wall_texture_get_surface (GdkTexture *texture)
{
  return g_object_get_data (G_OBJECT (texture), "surface");
}

static cairo_t *
begin (double width_px, double height_px, int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)ceil (width_px * scale), (int)ceil (height_px * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, scale, scale);
  return cr;
}

static GdkTexture *
end (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  cairo_destroy (cr);
  return make_texture (surface);
}

static GdkTexture *
paint_whole (const QonysSlideContent *slide, const QonysWallSize *size, const QonysCamera *camera,
             double split, GCancellable *cancellable)
{
  QonysSlideView view = {size->width_px, size->height_px, size->is_dark, split, camera};
  cairo_t *cr = begin (size->width_px, size->height_px, size->scale);

  qonys_paint_slide (cr, slide, &view, cancellable);
  return end (cr);
}

static GdkTexture *
paint_map (const QonysWallPicture *picture, const QonysSlideContent *slide,
           const QonysWallSize *size, GCancellable *cancellable)
{
  cairo_t *cr = begin (picture->camera.width_px, picture->camera.height_px, size->scale);
  QonysStyle style = slide->style;

  style.is_dark = size->is_dark;
  qonys_paint_map (cr, slide->content, &style, &picture->camera, cancellable);
  return end (cr);
}

/* ---- the last good picture ---- */

gboolean
qonys_wall_picture_store (const QonysWallPicture *picture, QonysDeck *deck, const QonysEntry *scene,
                          const QonysWallSize *size, GError **error)
{
  const QonysDeckFormat format = {size->width_px, size->height_px, size->is_dark, FALSE};
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) png = NULL;

  if (picture->slide == NULL || picture->whole == NULL)
    return TRUE;
  texture = picture->before == NULL ? g_object_ref (picture->whole)
                                    : paint_whole (qonys_slide_get_content (picture->slide), size,
                                                   NULL, -1 /* both sides, as on paper */, NULL);
  png = gdk_texture_save_to_png_bytes (texture);
  return qonys_deck_keep_picture (deck, scene, &format, png, error);
}

static gboolean
take_stored (QonysWallPicture *picture, QonysDeck *deck, const QonysEntry *scene,
             const QonysWallSize *size)
{
  const QonysDeckFormat format = {size->width_px, size->height_px, size->is_dark, FALSE};
  g_autoptr (GBytes) png = qonys_deck_read_kept_picture (deck, scene, &format);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, NULL) : NULL;
  cairo_surface_t *surface;

  if (texture == NULL)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                        gdk_texture_get_height (texture));
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize)cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  picture->whole = make_texture (surface);
  picture->is_kept = TRUE;
  return TRUE;
}

/* The scene's title and text, which want no data. */
static void
paint_words (QonysWallPicture *picture, QonysDeck *deck, const QonysEntry *scene,
             const QonysWallSize *size, GCancellable *cancellable)
{
  const char *values[QONYS_SCENE_N_FIELDS] = {[QONYS_SCENE_KIND] =
                                                  qonys_scene_type_get_word (QONYS_SCENE_IS_TITLE)};
  g_autoptr (QonysEntry) words = NULL;
  QonysSlide *slide;

  for (guint field = QONYS_SCENE_TITLE_KK; field <= QONYS_SCENE_TEXT_EN; field++)
    values[field] = qonys_entry_get (scene, field);
  words = qonys_entry_new (QONYS_ENTRY_SCENE, qonys_entry_get_id (scene), values);
  slide = qonys_deck_make_slide (deck, words, NULL, NULL);
  if (slide == NULL)
    return;
  picture->whole = paint_whole (qonys_slide_get_content (slide), size, NULL, 0, cancellable);
  qonys_slide_unref (slide);
}

QonysWallPicture *
qonys_wall_picture_paint (QonysDeck *deck, const QonysEntry *scene, const QonysWallSize *size,
                          const QonysCamera *camera, GCancellable *cancellable)
{
  g_autoptr (QonysWallPicture) picture = g_new0 (QonysWallPicture, 1);
  QonysSlideView view = {size->width_px, size->height_px, size->is_dark, 0, camera};
  QonysSlideContent *slide;

  picture->slide = qonys_deck_make_slide (deck, scene, NULL, &picture->error);
  if (picture->slide == NULL) {
    if (!take_stored (picture, deck, scene, size))
      paint_words (picture, deck, scene, size, cancellable);
    return g_steal_pointer (&picture);
  }
  /* What is torn goes for want of an earlier picture only, and never becomes one. */
  if (!qonys_slide_check_rows (picture->slide, &picture->error) && camera == NULL &&
      take_stored (picture, deck, scene, size)) {
    g_clear_pointer (&picture->slide, qonys_slide_unref);
    return g_steal_pointer (&picture);
  }
  slide = qonys_slide_get_content (picture->slide);
  picture->whole = paint_whole (slide, size, camera, 0, cancellable);
  if (slide->before != NULL)
    picture->before = paint_whole (slide, size, camera, 1, cancellable);
  if (qonys_slide_get_map (slide, &view, &picture->frame, &picture->camera, &picture->clear))
    picture->map = paint_map (picture, slide, size, cancellable);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&picture);
}
