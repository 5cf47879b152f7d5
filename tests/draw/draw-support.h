#pragma once

#undef G_DISABLE_ASSERT
#include "draw/private.h"

G_BEGIN_DECLS

/* A city of four square districts, 10 km each, round 71.43° E 51.14° N: south-west, south-east,
 * north-west, north-east, with values 0, 10, 20, 30 of a statistic; a river, an avenue, places. */

typedef enum { WITH_NOTHING = 0, WITH_CELLS = 1, WITH_ADDRESSES = 2, WITH_RAIDS = 4 } WithMarks;

QonysContent *make_content (QonysAudience audience, WithMarks with);

/** The centre of district @i in the mercator square. */
void get_district_center (const QonysContent *content, guint i, double *x, double *y);

/** A camera over the four districts. */
QonysCamera make_camera (double width_px, double height_px);

/** Paints a map. Returns: (transfer full): an ARGB32 image */
cairo_surface_t *paint_map (const QonysContent *content, const QonysStyle *style,
                            const QonysCamera *camera);
cairo_surface_t *paint_sheet (const QonysContent *content, const QonysStyle *style, int width,
                              int height, const char *title);

guint32 get_pixel (cairo_surface_t *image, int x, int y);
/** The number of pixels in a box that are not the same in both. */
guint count_differences (cairo_surface_t *a, cairo_surface_t *b, int x, int y, int width,
                         int height);
guint count_all_differences (cairo_surface_t *a, cairo_surface_t *b);
/** The number of pixels of one colour. */
guint count_color (cairo_surface_t *image, QonysColor color);

G_END_DECLS
