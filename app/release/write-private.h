#pragma once

#include "release/file-private.h"
#include "release/rows-private.h"

G_BEGIN_DECLS

/** How a file format writes rows. Called on several threads at once. */
typedef void (*QonysFormatFunc) (const QonysExportRows *rows, gsize begin, gsize end,
                                 QonysText *text);

/** Writes @head, all rows and @foot, logs, and gives the file its name. */
gboolean _qonys_write_rows (const QonysExportRows *rows, const char *layer, const char *format,
                            const char *path, const QonysText *head, QonysFormatFunc func,
                            const char *foot, QonysJob *job, GError **error);

/** The sheet as a PNG, in memory. */
GByteArray *_qonys_picture_to_png (const QonysRelease *release, const QonysStyle *style,
                                   const QonysBox *box, const char *title, double width,
                                   double height, GError **error);
/** The visible layers' ids, ',' between. (transfer full) */
char *_qonys_picture_list_layers (const QonysStyle *style);

/** Logs a written file and gives it its name. */
gboolean _qonys_write_finish (QonysFile *file, const QonysRelease *release, const char *layer,
                              const char *format, const char *path, GError **error);
/** The same for somebody. @recipient: (nullable) */
gboolean _qonys_write_finish_for (QonysFile *file, const QonysRelease *release, const char *layer,
                                  const char *format, const char *recipient, const char *path,
                                  GError **error);

G_END_DECLS
