#pragma once

#include <glib.h>
#include <math.h>

/** Great-circle (haversine) distance on the sphere of radius 6 371 008.8 m. */
static inline double
support_distance_m (double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg)
{
  double d = G_PI / 180.0;
  double a = sin ((lat2_deg - lat1_deg) * d / 2.0), b = sin ((lon2_deg - lon1_deg) * d / 2.0);
  double h = a * a + cos (lat1_deg * d) * cos (lat2_deg * d) * b * b;

  return 2.0 * 6371008.8 * asin (sqrt (MIN (h, 1.0)));
}
