/* Flights of the camera over the wall: arithmetic only, some ten nanoseconds a frame. */

#include "draw/flight.h"

#include "geo/mercator.h"

#include <math.h>

#define RHO 1.42 /* the paper's compromise of what people liked */
#define MIN_S 0.4
#define MAX_S 1.6
#define S_PER_LENGTH 0.45

static double
get_width (const QonysCamera *camera, double width_px)
{
  return width_px / (QONYS_TILE_SIZE_PX * exp2 (camera->zoom));
}

/* ln(−b + √(b² + 1)), which is −arsinh b and loses no digits where b is large. */
static double
get_r (double b)
{
  return -asinh (b);
}

QonysFlight
qonys_flight_make (const QonysCamera *from, const QonysCamera *to)
{
  QonysFlight flight = {.from = *from, .to = *to};
  double w0, w1, u, rho2 = RHO * RHO;

  flight.from.width_px = to->width_px;
  flight.from.height_px = to->height_px;
  w0 = flight.w0 = get_width (from, MAX (to->width_px, 1));
  w1 = flight.w1 = get_width (to, MAX (to->width_px, 1));
  u = flight.distance = hypot (to->center_x - from->center_x, to->center_y - from->center_y);
  if (u < 1e-6 * MIN (w0, w1)) {
    flight.distance = 0;
    flight.length = fabs (log (w1 / w0)) / RHO;
  } else {
    double growth = w1 * w1 - w0 * w0, way = rho2 * rho2 * u * u;

    flight.r0 = get_r ((growth + way) / (2 * w0 * rho2 * u));
    flight.length = (get_r ((growth - way) / (2 * w1 * rho2 * u)) - flight.r0) / RHO;
  }
  return flight;
}

QonysCamera
qonys_flight_get (const QonysFlight *flight, double t)
{
  QonysCamera camera = flight->to;
  double s = t * flight->length, width, way = 0;

  if (t <= 0)
    return flight->from;
  if (t >= 1 || flight->length <= 0)
    return flight->to;
  if (flight->distance <= 0) {
    width = flight->w0 * exp ((flight->w1 > flight->w0 ? 1 : -1) * RHO * s);
    way = t;
  } else {
    double cosh_r0 = cosh (flight->r0);

    width = flight->w0 * cosh_r0 / cosh (RHO * s + flight->r0);
    way = flight->w0 / (RHO * RHO) * (cosh_r0 * tanh (RHO * s + flight->r0) - sinh (flight->r0)) /
          flight->distance;
  }
  camera.center_x = flight->from.center_x + way * (flight->to.center_x - flight->from.center_x);
  camera.center_y = flight->from.center_y + way * (flight->to.center_y - flight->from.center_y);
  camera.zoom = log2 (MAX (camera.width_px, 1) / width / QONYS_TILE_SIZE_PX);
  return camera;
}

double
qonys_flight_get_duration_s (const QonysFlight *flight)
{
  return flight->length > 0 ? CLAMP (flight->length * S_PER_LENGTH, MIN_S, MAX_S) : 0;
}
