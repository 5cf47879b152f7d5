#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A colour: sRGB, 8 bits a channel, alpha not premultiplied. */
typedef struct {
  guint8 red, green, blue, alpha;
} QonysColor;

/** The WCAG 2.1 contrast ratio of two opaque colours, 1–21. */
double qonys_color_get_contrast (QonysColor a, QonysColor b);

G_END_DECLS
