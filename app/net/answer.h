#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * qonys_answer_get_fresh_s:
 * @headers: of a response
 *
 * How long it may be used without asking again (RFC 9111): Cache-Control, Age, Expires; seven
 * days where the server does not say, a year at most.
 *
 * Returns: seconds; −1 if it may not be kept at all
 */
gint64 qonys_answer_get_fresh_s (SoupMessageHeaders *headers);

/** Whether @bytes begin like a PNG, JPEG, WebP or GIF file. */
gboolean qonys_answer_is_picture (const guint8 *bytes, gsize n_bytes);

G_END_DECLS
