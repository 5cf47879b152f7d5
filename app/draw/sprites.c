/* Small pictures and measures of words that are the same in one painting after the other: plates of
 * items, words and symbols of annotations, a few hundred of 1 to 40 KB. One painter has them at a
 * time; another that comes meanwhile begins with none. A key says all that a picture depends on. */

#include "draw/private.h"
#include <math.h>

#define MAX_BYTES (24u << 20) /* then one begins anew */

struct _QonysSprites {
  GHashTable *table; /* key → QonysSprite */
  gsize n_bytes;
};

static QonysSprites *kept; /* of nobody now; atomic */

static void
sprite_free (gpointer data)
{
  QonysSprite *sprite = data;

  g_clear_pointer (&sprite->surface, cairo_surface_destroy);
  g_free (sprite);
}

QonysSprites *
qonys_sprites_new (void)
{
  QonysSprites *self = g_new0 (QonysSprites, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sprite_free);
  return self;
}

void
qonys_sprites_free (QonysSprites *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

QonysSprites *
qonys_sprites_take (void)
{
  QonysSprites *self = g_atomic_pointer_exchange (&kept, NULL);

  return self != NULL ? self : qonys_sprites_new ();
}

void
qonys_sprites_give_back (QonysSprites *self)
{
  QonysSprites *other = g_atomic_pointer_exchange (&kept, NULL);

  if (other != NULL && other->n_bytes > self->n_bytes) {
    QonysSprites *fuller = other;

    other = self;
    self = fuller;
  }
  g_clear_pointer (&other, qonys_sprites_free);
  other = g_atomic_pointer_exchange (&kept, self);
  g_clear_pointer (&other, qonys_sprites_free);
}

const QonysSprite *
qonys_sprites_find (QonysSprites *self, const char *key)
{
  return g_hash_table_lookup (self->table, key);
}

const QonysSprite *
qonys_sprites_add (QonysSprites *self, const char *key, const QonysSprite *sprite)
{
  QonysSprite *own = g_memdup2 (sprite, sizeof *sprite);
  gsize n_bytes = 256;

  if (own->surface != NULL)
    n_bytes += (gsize)cairo_image_surface_get_stride (own->surface) *
               (gsize)cairo_image_surface_get_height (own->surface);
  if (self->n_bytes + n_bytes > MAX_BYTES) {
    g_hash_table_remove_all (self->table);
    self->n_bytes = 0;
  }
  self->n_bytes += n_bytes;
  g_hash_table_replace (self->table, g_strdup (key), own);
  return own;
}

const QonysSprite *
qonys_sprites_draw (const QonysPaint *paint, const char *key, const QonysBox *box,
                    void (*draw) (const QonysPaint *paint, gconstpointer data), gconstpointer data)
{
  QonysPaint own = *paint;
  QonysSprite sprite = {box->min_x, box->min_y, NULL};
  g_autofree char *whole = g_strdup_printf ("%d %a %a %s", paint->style->is_dark, paint->scale,
                                            paint->device_scale, key);
  const QonysSprite *found = qonys_sprites_find (paint->sprites, whole);

  if (found != NULL)
    return found;
  sprite.surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)ceil ((box->max_x - box->min_x) * paint->device_scale),
      (int)ceil ((box->max_y - box->min_y) * paint->device_scale));
  cairo_surface_set_device_scale (sprite.surface, paint->device_scale, paint->device_scale);
  own.cr = cairo_create (sprite.surface);
  cairo_set_antialias (own.cr, cairo_get_antialias (paint->cr));
  cairo_translate (own.cr, -box->min_x, -box->min_y);
  draw (&own, data);
  cairo_destroy (own.cr);
  return qonys_sprites_add (paint->sprites, whole, &sprite);
}

void
qonys_sprites_put (const QonysPaint *paint, const QonysSprite *sprite, double x, double y)
{
  double surface_x = 1, surface_y = 1;
  cairo_t *cr = paint->cr;

  x += sprite->x;
  y += sprite->y;
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);
  cairo_user_to_device (cr, &x, &y); /* on whole device pixels a sprite stays sharp */
  x = round (x * surface_x) / surface_x;
  y = round (y * surface_y) / surface_y;
  cairo_device_to_user (cr, &x, &y);
  cairo_set_source_surface (cr, sprite->surface, x, y);
  cairo_paint (cr);
}
