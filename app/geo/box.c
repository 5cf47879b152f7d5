/* Boxes: a handful on the stack wherever something is asked for by area. All O(1). */

#include "geo/box.h"

#include <math.h>

QonysBox
qonys_box_empty (void)
{
  return (QonysBox){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

gboolean
qonys_box_is_empty (const QonysBox *box)
{
  return !(box->min_x <= box->max_x && box->min_y <= box->max_y);
}

void
qonys_box_add (QonysBox *box, double x, double y)
{
  if (isnan (x) || isnan (y))
    return;
  box->min_x = MIN (box->min_x, x);
  box->min_y = MIN (box->min_y, y);
  box->max_x = MAX (box->max_x, x);
  box->max_y = MAX (box->max_y, y);
}

void
qonys_box_join (QonysBox *box, const QonysBox *other)
{
  if (qonys_box_is_empty (other))
    return;
  qonys_box_add (box, other->min_x, other->min_y);
  qonys_box_add (box, other->max_x, other->max_y);
}

gboolean
qonys_box_contains (const QonysBox *box, double x, double y)
{
  return x >= box->min_x && x <= box->max_x && y >= box->min_y && y <= box->max_y;
}

gboolean
qonys_box_intersects (const QonysBox *a, const QonysBox *b)
{
  return !qonys_box_is_empty (a) && !qonys_box_is_empty (b) && a->min_x <= b->max_x &&
         b->min_x <= a->max_x && a->min_y <= b->max_y && b->min_y <= a->max_y;
}

void
qonys_box_grow (QonysBox *box, double by)
{
  if (qonys_box_is_empty (box))
    return;
  box->min_x -= by;
  box->min_y -= by;
  box->max_x += by;
  box->max_y += by;
}
