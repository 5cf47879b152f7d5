#pragma once

#include "release/deck.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What a wall is; a plain value. */
typedef struct {
  int width_px, height_px, scale; /* logical pixels; device pixels a logical one */
  gboolean is_dark;
} QonysWallSize;

/** What the wall shows of one scene, or of a question. */
typedef struct {
  QonysSlide *slide;  /* NULL: it failed; the picture is then the last good one, else its words */
  gboolean is_kept;   /* whole is the last good one */
  GdkTexture *whole;  /* nullable */
  GdkTexture *before; /* of a before_after: the wall with its left side only; else NULL */
  GdkTexture *map;    /* the map alone; NULL: the slide has none */
  QonysBox frame;     /* where the map stands, px of the wall */
  QonysBox clear;     /* what panels leave of it */
  QonysCamera camera; /* what it shows, of the frame's size */
  GError *error;      /* why it is not as it should be; NULL: all is well */
} QonysWallPicture;

void qonys_wall_picture_free (QonysWallPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysWallPicture, qonys_wall_picture_free)

/** Returns: (transfer none): the pixels of a picture's texture, for renderers that would copy it
 * each frame */
cairo_surface_t *qonys_wall_texture_get_surface (GdkTexture *texture);

/**
 * qonys_wall_picture_paint:
 * @camera: (nullable): another view than the scene's
 * @cancellable: (nullable)
 *
 * Makes and paints a slide; on any thread, in the language now set. A slide that fails, or whose
 * layers are torn out of the file, is the last picture stored of it; where there is none, its title
 * and text, or what is left of it.
 *
 * Returns: (transfer full): NULL if cancelled
 */
QonysWallPicture *qonys_wall_picture_paint (QonysDeck *deck, const QonysEntry *scene,
                                            const QonysWallSize *size, const QonysCamera *camera,
                                            GCancellable *cancellable);

/** Keeps a good picture for the day when its scene fails: of the public view only, in the user's
 * cache, by project, scene, language and shape of the wall. On any thread. */
gboolean qonys_wall_picture_store (const QonysWallPicture *picture, QonysDeck *deck,
                                   const QonysEntry *scene, const QonysWallSize *size,
                                   GError **error);

G_END_DECLS
