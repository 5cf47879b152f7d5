#pragma once

#include "domain/entry.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** The values that are there, by name. Returns: (transfer full) */
JsonObject *qonys_entry_to_json (const QonysEntry *entry);
/** Members the schema has not are left out. Returns: (transfer full) */
QonysEntry *qonys_entry_from_json (QonysEntryKind kind, const char *id, JsonObject *object);

G_END_DECLS
