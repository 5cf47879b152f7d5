#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QonysFile:
 *
 * A file being written beside its name, with its SHA-256. Nothing is seen under the name until it
 * is whole. A target that is no regular file (a pipe, /dev/stdout) is written straight.
 */
typedef struct _QonysFile QonysFile;

/** Opens. A restricted file is readable by its owner alone. */
QonysFile *_qonys_file_new (const char *path, gboolean is_restricted, GError **error);
/** Drops what was written unless it was finished. */
void _qonys_file_free (QonysFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysFile, _qonys_file_free)

gboolean _qonys_file_write (QonysFile *file, const char *bytes, gsize length, GError **error);
/** The hash of what is written so far, in hex; nothing may be written after it. */
const char *_qonys_file_get_sha256 (QonysFile *file);
gint64 _qonys_file_get_size (const QonysFile *file);
/** Gives the file its name. */
gboolean _qonys_file_finish (QonysFile *file, GError **error);

G_END_DECLS
