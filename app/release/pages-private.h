#pragma once

#include "draw/document.h"
#include "release/pages.h"

G_BEGIN_DECLS

/** @layer: (static): what the log calls it. @document: (transfer full) */
QonysPages *_qonys_pages_new (QonysRelease *release, const char *layer, const char *title,
                              QonysDocument *document);
/** Of documents one behind the other, which lie on their long side. @recipient: (nullable): for the
 * log */
QonysPages *_qonys_pages_new_report (QonysRelease *release, const char *layer, const char *title,
                                     const char *recipient);
/** @document: (transfer full) */
void _qonys_pages_add (QonysPages *pages, QonysDocument *document);

/* ---- measures ---- */

/** Evidence and comments may name internal papers: not for the public. */
gboolean _qonys_release_hides_evidence (const QonysRelease *release);
/** Says so. */
void _qonys_document_add_hidden_note (const QonysRelease *release, QonysDocument *document);
/** Measure's id → the evidence of its last change that has one. Returns: (transfer full)
 * (element-type char* char*): alive with @plan */
GHashTable *_qonys_plan_index_evidence (const QonysPlan *plan);
/** "From 12 to 9 by 31.12.2024 (who says so)", the indicator before it. (transfer full) */
char *_qonys_measure_describe_effect (const QonysEntry *measure);

G_END_DECLS
