#pragma once

#include "store/encoding.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/**
 * qonys_source_open:
 * @scope: open; failures of drivers that were tried in vain are forgotten
 *
 * Opens any vector source that is a local file (or a .gdb folder), zipped ones too, for reading.
 * What cannot be read gives an error that names the cure for its cause.
 *
 * Returns: (transfer full)
 */
GDALDatasetH qonys_source_open (const char *path, QonysGdalScope *scope, GError **error);

/**
 * qonys_source_open_head:
 *
 * Opens the first features of a large GeoJSON file of points, if each of its columns has a value
 * among them: its columns and their types unless a later value is of another.
 *
 * Returns: (transfer full) (nullable): NULL if it is no such file
 */
GDALDatasetH qonys_source_open_head (const char *path);

/** Checks that @path is a file with something in it that may be read. */
gboolean qonys_source_check (const char *path, GError **error);

/** The file, or all files the dataset consists of (Shapefile, folder), in order of name.
 * Returns: (transfer full) */
GStrv qonys_source_list_files (const char *path, GDALDatasetH dataset);

/** An attribute's name as UTF-8. Returns: (transfer full) */
char *qonys_source_get_field_name (const QonysDecoder *decoder, OGRFieldDefnH field);

/** Looks at the names of all fields of a layer. */
void qonys_source_look_at_names (QonysDecoder *decoder, OGRLayerH layer);

/** Says which encoding was taken for texts that are not UTF-8, if there were any. */
void qonys_source_note_encoding (QonysDecoder *decoder, GPtrArray *diagnostics);

G_END_DECLS
