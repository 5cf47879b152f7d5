#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** @text: UTF-8, @length bytes */
typedef void (*QonysBytesTextFunc) (const char *text, gsize length, gpointer data);

/**
 * qonys_bytes_find_texts:
 * @known: (nullable): set of texts that are left out
 *
 * Hands over every run of six and more printable characters of a file of unknown structure, of
 * one byte (Windows-1251) and of two (UTF-16, Latin and Cyrillic). Returns: FALSE if the file
 * cannot be read
 */
gboolean qonys_bytes_find_texts (const char *path, GHashTable *known, QonysBytesTextFunc func,
                                 gpointer data);

G_END_DECLS
