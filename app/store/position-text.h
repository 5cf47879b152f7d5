#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Reads one coordinate: a number as people write it, or degrees, minutes and seconds: "51.13",
 * «51°07′48″», "71 25 48 E". NaN if nothing stands there. Returns: FALSE if it is none */
gboolean qonys_coordinate_parse (const char *text, gsize length, double *value);

/**
 * qonys_position_parse:
 * @x: (out): the second of the two; @y: (out): the first: "lat, lon" is how people write them
 *
 * Reads two coordinates in one text: "51.13, 71.43", «51,13; 71,43», «51°07′48″ с.ш. 71°25′48″
 * в.д.». NaN if nothing stands there. Returns: FALSE if it is none
 */
gboolean qonys_position_parse (const char *text, gsize length, double *x, double *y);

/** Reads geometry as text: the middle of what it is. Returns: FALSE if it is none */
gboolean qonys_wkt_parse (const char *text, gsize length, double *x, double *y);

G_END_DECLS
