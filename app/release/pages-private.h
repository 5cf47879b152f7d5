#pragma once

#include "draw/document.h"
#include "release/pages.h"

G_BEGIN_DECLS

/** @layer: (static): what the log calls it. @document: (transfer full) */
QonysPages *_qonys_pages_new (QonysRelease *release, const char *layer, const char *title,
                              QonysDocument *document);

G_END_DECLS
