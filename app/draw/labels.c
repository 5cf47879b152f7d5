/* Who stands where in a picture: boxes already taken, in a grid of 64 px. A few thousand boxes a
 * picture; asking costs about 0.1 µs a box nearby. Lives for one painting. */

#include "draw/private.h"
#include <math.h>

#define BIN_PX 64.0
#define GAP_PX 3.0 /* between words side by side */

struct _QonysLabels {
  double width, height;
  guint n_columns, n_rows;
  GArray **bins;  /* element-type QonysBox; a box lies in every bin it touches; NULL: none */
  GArray *hidden; /* element-type QonysBox: of the boxes those that cover the map */
  GArray *written;
};

static void
label_clear (gpointer label)
{
  g_free (((QonysLabel *)label)->text);
}

QonysLabels *
qonys_labels_new (double width_px, double height_px)
{
  QonysLabels *self = g_new0 (QonysLabels, 1);

  self->width = width_px;
  self->height = height_px;
  self->n_columns = (guint)ceil (MAX (width_px, 1) / BIN_PX);
  self->n_rows = (guint)ceil (MAX (height_px, 1) / BIN_PX);
  self->bins = g_new0 (GArray *, (gsize)self->n_columns * self->n_rows);
  self->hidden = g_array_new (FALSE, FALSE, sizeof (QonysBox));
  self->written = g_array_new (FALSE, FALSE, sizeof (QonysLabel));
  g_array_set_clear_func (self->written, label_clear);
  return self;
}

void
qonys_labels_free (QonysLabels *self)
{
  for (gsize i = 0; i < (gsize)self->n_columns * self->n_rows; i++)
    g_clear_pointer (&self->bins[i], g_array_unref);
  g_free (self->bins);
  g_array_unref (self->hidden);
  g_array_unref (self->written);
  g_free (self);
}

static void
get_bins (const QonysLabels *self, const QonysBox *box, guint *column0, guint *column1, guint *row0,
          guint *row1)
{
  *column0 = (guint)CLAMP (box->min_x / BIN_PX, 0, self->n_columns - 1.0);
  *column1 = (guint)CLAMP (box->max_x / BIN_PX, 0, self->n_columns - 1.0);
  *row0 = (guint)CLAMP (box->min_y / BIN_PX, 0, self->n_rows - 1.0);
  *row1 = (guint)CLAMP (box->max_y / BIN_PX, 0, self->n_rows - 1.0);
}

void
qonys_labels_block (QonysLabels *self, double x, double y, double width, double height)
{
  QonysBox box = {x, y, x + width, y + height};
  guint column0, column1, row0, row1;

  if (box.max_x < 0 || box.max_y < 0 || box.min_x > self->width || box.min_y > self->height)
    return;
  get_bins (self, &box, &column0, &column1, &row0, &row1);
  for (guint row = row0; row <= row1; row++)
    for (guint column = column0; column <= column1; column++) {
      GArray **bin = &self->bins[(gsize)row * self->n_columns + column];
      if (!*bin)
        *bin = g_array_new (FALSE, FALSE, sizeof (QonysBox));
      g_array_append_val (*bin, box);
    }
}

void
qonys_labels_hide (QonysLabels *self, double x, double y, double width, double height)
{
  QonysBox box = {x, y, x + width, y + height};

  g_array_append_val (self->hidden, box);
  qonys_labels_block (self, x, y, width, height);
}

gboolean
qonys_labels_is_hidden (const QonysLabels *self, double x, double y, double width, double height)
{
  const QonysBox box = {x, y, x + width, y + height};

  for (guint i = 0; i < self->hidden->len; i++)
    if (qonys_box_intersects (&box, &g_array_index (self->hidden, QonysBox, i)))
      return TRUE;
  return FALSE;
}

double
qonys_labels_get_overlap (const QonysLabels *self, double x, double y, double width, double height)
{
  QonysBox box = {x, y, x + width, y + height};
  guint column0, column1, row0, row1;
  double overlap = 0;

  get_bins (self, &box, &column0, &column1, &row0, &row1);
  for (guint row = row0; row <= row1; row++)
    for (guint column = column0; column <= column1; column++) {
      const GArray *bin = self->bins[(gsize)row * self->n_columns + column];
      for (guint i = 0; bin && i < bin->len; i++) {
        const QonysBox *other = &g_array_index (bin, QonysBox, i);
        double dx = MIN (box.max_x, other->max_x) - MAX (box.min_x, other->min_x);
        double dy = MIN (box.max_y, other->max_y) - MAX (box.min_y, other->min_y);
        if (dx > 0 && dy > 0)
          overlap += dx * dy;
      }
    }
  return overlap;
}

gboolean
qonys_labels_is_free (const QonysLabels *self, double x, double y, double width, double height)
{
  return x >= 1 && y >= 1 && x + width <= self->width - 1 && y + height <= self->height - 1 &&
         qonys_labels_get_overlap (self, x - GAP_PX, y, width + 2 * GAP_PX, height) == 0;
}

void
qonys_labels_write (QonysLabels *self, const char *text, double x, double y, double width,
                    double height)
{
  QonysLabel label = {g_strdup (text), {x, y, x + width, y + height}};

  g_array_append_val (self->written, label);
  qonys_labels_block (self, x, y, width, height);
}

gboolean
qonys_labels_take (QonysLabels *self, const char *text, double x, double y, double width,
                   double height)
{
  if (!qonys_labels_is_free (self, x, y, width, height))
    return FALSE;
  qonys_labels_write (self, text, x, y, width, height);
  return TRUE;
}

const GArray *
qonys_labels_get_written (const QonysLabels *self)
{
  return self->written;
}
