#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside the room: the first look at a text cell, one pass over its bytes, which tells most cells
 * that hold nothing. What it lets pass is looked at; what it stops never holds an identifier. */

typedef struct {
  gsize n_digits, n_spaces, n_points, n_ats;
  gsize n_letters;      /* bytes of them; all that is not ASCII */
  gsize n_other_digits; /* bytes with which digits of other scripts may begin */
} QonysGlance;

/** @text: need not be UTF-8. Costs about half a nanosecond a byte. */
QonysGlance qonys_glance_at (const char *text, gsize length);

/** Whether qonys_patterns_find() may find anything in the text glanced at. */
gboolean qonys_glance_may_hold_pattern (const QonysGlance *glance, const char *text, gsize length);

/** Whether qonys_name_is_possible() may be true of it. */
gboolean qonys_glance_may_hold_name (const QonysGlance *glance, gboolean wants_likely);

G_END_DECLS
