/* The view: a plain value, arithmetic only. */

#include "draw/painter.h"
#include "geo/mercator.h"
#include <math.h>

/* What is shown when there is nothing to show: the middle of Astana. */
#define START_LON_DEG 71.435
#define START_LAT_DEG 51.135
#define START_ZOOM 10.0
#define MAX_FIT_ZOOM 18.0

static double
px_per_unit (const QonysCamera *camera)
{
  return QONYS_TILE_SIZE_PX * exp2 (camera->zoom);
}

QonysCamera
qonys_camera_fit (const QonysBox *box, double width_px, double height_px, double margin_px)
{
  QonysCamera camera = {qonys_mercator_x (START_LON_DEG), qonys_mercator_y (START_LAT_DEG),
                        START_ZOOM, width_px, height_px};
  double width = MAX (width_px - 2 * margin_px, 1), height = MAX (height_px - 2 * margin_px, 1);

  if (qonys_box_is_empty (box))
    return camera;
  camera.center_x = (box->min_x + box->max_x) / 2;
  camera.center_y = (box->min_y + box->max_y) / 2;
  /* A division by zero is an infinity, which the limit takes away. */
  camera.zoom = log2 (MIN (width / (box->max_x - box->min_x), height / (box->max_y - box->min_y)) /
                      QONYS_TILE_SIZE_PX);
  camera.zoom = CLAMP (camera.zoom, 0, MAX_FIT_ZOOM);
  return camera;
}

QonysBox
qonys_camera_get_box (const QonysCamera *camera)
{
  double half_x = camera->width_px / 2 / px_per_unit (camera);
  double half_y = camera->height_px / 2 / px_per_unit (camera);

  return (QonysBox){camera->center_x - half_x, camera->center_y - half_y, camera->center_x + half_x,
                    camera->center_y + half_y};
}

void
qonys_camera_to_px (const QonysCamera *camera, double x, double y, double *px, double *py)
{
  *px = (x - camera->center_x) * px_per_unit (camera) + camera->width_px / 2;
  *py = (y - camera->center_y) * px_per_unit (camera) + camera->height_px / 2;
}

void
qonys_camera_from_px (const QonysCamera *camera, double px, double py, double *x, double *y)
{
  *x = (px - camera->width_px / 2) / px_per_unit (camera) + camera->center_x;
  *y = (py - camera->height_px / 2) / px_per_unit (camera) + camera->center_y;
}
