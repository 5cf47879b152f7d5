#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A SHA-256 being made: what tells one file from another, in the export log and at import. */
typedef struct _QonysSha256 QonysSha256;

QonysSha256 *qonys_sha256_new (void);
void qonys_sha256_free (QonysSha256 *sha);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSha256, qonys_sha256_free)

/** Cost: about 1 GB/s where the processor has instructions for it, else a third. */
void qonys_sha256_add (QonysSha256 *sha, gconstpointer bytes, gsize length);

/** 64 hexadecimal digits; nothing may be added after it. Owned by @sha. */
const char *qonys_sha256_get (QonysSha256 *sha);

G_END_DECLS
