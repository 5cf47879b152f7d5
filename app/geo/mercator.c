/* Projections: every coordinate passes here once when a table is read (Mercator) and once when it
 * is measured (UTM). Mercator costs about 15 ns a point, UTM about 50 ns; both on threads.
 *
 * UTM is the Krüger series as in Karney, Transverse Mercator with an accuracy of a few nanometers,
 * J. Geodesy 85 (2011): to n^4 the rest is below a micrometre in the zone. */

#include "geo/mercator.h"

#include "base/job.h"

#include <math.h>

#define MIN_CHUNK 16384
#define DEG (G_PI / 180.0)

double
qonys_mercator_x (double lon_deg)
{
  return lon_deg / 360.0 + 0.5;
}

double
qonys_mercator_y (double lat_deg)
{
  if (isnan (lat_deg))
    return lat_deg;
  double s = sin (CLAMP (lat_deg, -QONYS_MAX_LAT_DEG, QONYS_MAX_LAT_DEG) * DEG);

  return 0.5 - log ((1.0 + s) / (1.0 - s)) / (4.0 * G_PI);
}

double
qonys_mercator_lon_deg (double x)
{
  return (x - 0.5) * 360.0;
}

double
qonys_mercator_lat_deg (double y)
{
  return atan (sinh ((1.0 - 2.0 * y) * G_PI)) / DEG;
}

/* Two arrays in, two out. */
typedef struct {
  const double *in1, *in2;
  double *out1, *out2;
} Arrays;

static void
project_mercator (gsize begin, gsize end, guint part, gpointer data)
{
  const Arrays *arrays = data;

  for (gsize i = begin; i < end; i++) {
    arrays->out1[i] = qonys_mercator_x (arrays->in1[i]);
    arrays->out2[i] = qonys_mercator_y (arrays->in2[i]);
  }
}

void
qonys_mercator_project (const double *lon_deg, const double *lat_deg, gsize n, double *x, double *y)
{
  Arrays arrays = {lon_deg, lat_deg, x, y};

  qonys_parallel_for (n, MIN_CHUNK, project_mercator, &arrays);
}

double
qonys_mercator_m_per_unit (double lat_deg)
{
  return 2.0 * G_PI * QONYS_EARTH_RADIUS_M * cos (lat_deg * DEG);
}

double
qonys_mercator_m_per_px (double zoom, double lat_deg)
{
  return qonys_mercator_m_per_unit (lat_deg) / (QONYS_TILE_SIZE_PX * exp2 (zoom));
}

/* WGS84 and zone 42N. n = f / (2 − f); the series are Karney's eq. (35) and (36). */
#define FLATTENING (1.0 / 298.257223563)
#define N1 (FLATTENING / (2.0 - FLATTENING))
#define N2 (N1 * N1)
#define N3 (N2 * N1)
#define N4 (N2 * N2)
#define ECCENTRICITY2 (FLATTENING * (2.0 - FLATTENING))
#define SCALE_M (0.9996 * QONYS_EARTH_RADIUS_M / (1.0 + N1) * (1.0 + N2 / 4.0 + N4 / 64.0))
#define FALSE_EAST_M 500000.0
#define CENTRAL_DEG 69.0

static const double alpha[4] = {
    N1 / 2.0 - 2.0 / 3.0 * N2 + 5.0 / 16.0 * N3 + 41.0 / 180.0 * N4,
    13.0 / 48.0 * N2 - 3.0 / 5.0 * N3 + 557.0 / 1440.0 * N4,
    61.0 / 240.0 * N3 - 103.0 / 140.0 * N4,
    49561.0 / 161280.0 * N4,
};

static const double beta[4] = {
    -(N1 / 2.0 - 2.0 / 3.0 * N2 + 37.0 / 96.0 * N3 - 1.0 / 360.0 * N4),
    -(1.0 / 48.0 * N2 + 1.0 / 15.0 * N3 - 437.0 / 1440.0 * N4),
    -(17.0 / 480.0 * N3 - 37.0 / 840.0 * N4),
    -(4397.0 / 161280.0 * N4),
};

/* Adds Σ c_j sin 2j(ξ + iη) to ξ + iη (Clenshaw's summation in complex numbers). @s, @t: sine and
 * cosine of 2ξ; @sh, @ch: hyperbolic ones of 2η */
static inline void
add_series (const double c[4], double s, double t, double sh, double ch, double *xi, double *eta)
{
  double ar = 2.0 * t * ch, ai = -2.0 * s * sh; /* 2 cos 2ζ */
  double br1 = 0.0, bi1 = 0.0, br2 = 0.0, bi2 = 0.0;

  for (int j = 3; j >= 0; j--) {
    double br = ar * br1 - ai * bi1 - br2 + c[j];
    double bi = ar * bi1 + ai * br1 - bi2;

    br2 = br1, bi2 = bi1;
    br1 = br, bi1 = bi;
  }
  /* sin 2ζ = s·ch + i t·sh */
  *xi += s * ch * br1 - t * sh * bi1;
  *eta += s * ch * bi1 + t * sh * br1;
}

/* The tangent of the conformal latitude from that of the geographic one. */
static double
conformal_tan (double tau)
{
  double e = sqrt (ECCENTRICITY2);
  double hyp = sqrt (1.0 + tau * tau);
  double sigma = sinh (e * atanh (e * tau / hyp));

  return tau * sqrt (1.0 + sigma * sigma) - sigma * hyp;
}

/* The sine of the conformal latitude but for the factor cos φ′ / cos φ, from that of the geographic
 * one: sin φ √(1 + σ²) − σ with σ = sinh (e artanh (e sin φ)). e² < 0.007: the series end below
 * rounding. */
static inline double
conformal_sin (double s)
{
  double u = ECCENTRICITY2 * s * s;
  double z = ECCENTRICITY2 * s *
             (1.0 + u * (1.0 / 3 + u * (1.0 / 5 + u * (1.0 / 7 + u * (1.0 / 9 + u * (1.0 / 11))))));
  double sigma = z * (1.0 + z * z * (1.0 / 6 + z * z * (1.0 / 120)));
  double q = sigma * sigma;

  return s * (1.0 + q * (1.0 / 2 - q * (1.0 / 8 - q * (1.0 / 16)))) - sigma;
}

static void
project_utm42 (gsize begin, gsize end, guint part, gpointer data)
{
  const Arrays *arrays = data;

  for (gsize i = begin; i < end; i++) {
    double lambda = (arrays->in1[i] - CENTRAL_DEG) * DEG, phi = arrays->in2[i] * DEG;
    double cos_phi = cos (phi);
    /* All three times cos φ, which divides away: up, and along and across the meridian. */
    double up = conformal_sin (sin (phi));
    double along = cos_phi * cos (lambda), across = cos_phi * sin (lambda);
    double r = 1.0 / (up * up + along * along);
    double sh = across * sqrt (r), ch = sqrt (1.0 + sh * sh); /* of η */
    double xi = atan2 (up, along);
    double eta = copysign (log (fabs (sh) + ch), sh);

    add_series (alpha, 2.0 * up * along * r, (along * along - up * up) * r, 2.0 * sh * ch,
                1.0 + 2.0 * sh * sh, &xi, &eta);
    arrays->out1[i] = FALSE_EAST_M + SCALE_M * eta;
    arrays->out2[i] = SCALE_M * xi;
  }
}

static void
unproject_utm42 (gsize begin, gsize end, guint part, gpointer data)
{
  const Arrays *arrays = data;

  for (gsize i = begin; i < end; i++) {
    double xi = arrays->in2[i] / SCALE_M;
    double eta = (arrays->in1[i] - FALSE_EAST_M) / SCALE_M;

    double e = exp (2.0 * eta);

    add_series (beta, sin (2.0 * xi), cos (2.0 * xi), (e - 1.0 / e) / 2.0, (e + 1.0 / e) / 2.0, &xi,
                &eta);
    double sh = sinh (eta), c = cos (xi);
    double target = sin (xi) / hypot (sh, c);
    /* Newton's method from the spherical guess; the second step already is below rounding. */
    double tau = target / (1.0 - ECCENTRICITY2);

    for (int step = 0; step < 3; step++) {
      double now = conformal_tan (tau);

      tau += (target - now) / sqrt (1.0 + now * now) * (1.0 + (1.0 - ECCENTRICITY2) * tau * tau) /
             ((1.0 - ECCENTRICITY2) * sqrt (1.0 + tau * tau));
    }
    arrays->out1[i] = CENTRAL_DEG + atan2 (sh, c) / DEG;
    arrays->out2[i] = atan (tau) / DEG;
  }
}

void
qonys_utm42_project (const double *lon_deg, const double *lat_deg, gsize n, double *east_m,
                     double *north_m)
{
  Arrays arrays = {lon_deg, lat_deg, east_m, north_m};

  qonys_parallel_for (n, MIN_CHUNK / 4, project_utm42, &arrays);
}

void
qonys_utm42_unproject (const double *east_m, const double *north_m, gsize n, double *lon_deg,
                       double *lat_deg)
{
  Arrays arrays = {east_m, north_m, lon_deg, lat_deg};

  qonys_parallel_for (n, MIN_CHUNK / 4, unproject_utm42, &arrays);
}
