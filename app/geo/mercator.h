#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Web Mercator (EPSG:3857) on the unit square: x 0 (180° W) … 1 (180° E), y 0 (85.0511° N) … 1,
 * y down, as tiles count. A map at zoom z is 256 · 2^z pixels wide. Not a CRS for measuring. */

#define QONYS_EARTH_RADIUS_M 6378137.0
#define QONYS_TILE_SIZE_PX 256.0
#define QONYS_MAX_LAT_DEG 85.051128779806589

/** Latitudes beyond ±%QONYS_MAX_LAT_DEG are put at the rim. */
double qonys_mercator_x (double lon_deg);
double qonys_mercator_y (double lat_deg);
double qonys_mercator_lon_deg (double x);
double qonys_mercator_lat_deg (double y);

/** Projects @n points; @x, @y may be @lon_deg, @lat_deg. NaN stays NaN. Cost: about 15 ns a point;
 * large arrays are split over threads. Error against PROJ: below 1e-14 of the world's width. */
void qonys_mercator_project (const double *lon_deg, const double *lat_deg, gsize n, double *x,
                             double *y);

/** Ground metres of one pixel at a zoom level (may be fractional) and latitude. */
double qonys_mercator_m_per_px (double zoom, double lat_deg);

/** Ground metres of one unit of the square at a latitude. */
double qonys_mercator_m_per_unit (double lat_deg);

/** Transverse Mercator UTM zone 42N (EPSG:32642), Krüger series to n^4, WGS84: millimetres
 * within 10° of 69° E. The metric plane of grids, density and clustering. */
void qonys_utm42_project (const double *lon_deg, const double *lat_deg, gsize n, double *east_m,
                          double *north_m);
void qonys_utm42_unproject (const double *east_m, const double *north_m, gsize n, double *lon_deg,
                            double *lat_deg);

G_END_DECLS
