#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A SHA-256 being made. */
typedef struct _QonysSha256 QonysSha256;

QonysSha256 *_qonys_sha256_new (void);
void _qonys_sha256_free (QonysSha256 *sha);

void _qonys_sha256_update (QonysSha256 *sha, const char *bytes, gsize length);

/** In hex; nothing may be added after it. Owned by @sha. */
const char *_qonys_sha256_get (QonysSha256 *sha);

G_END_DECLS
