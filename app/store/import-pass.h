#pragma once

#include "privacy/identifier.h"
#include "store/import-batch.h"
#include "store/import-source.h"

G_BEGIN_DECLS

/** One way through a source: its cells are scanned for persons and its rows read at once. Until
 * the scan has its verdict the rows are nowhere but in memory. */
typedef struct {
  QonysImportSource *source;
  const char *path;
  QonysImportContext *context; /* (nullable): NULL only scans */
  gint32 dataset_id;
  QonysDay today;
  QonysJob *job;
  QonysImportReport *report;   /* counts rows if they are read */
  QonysTableBuilder *builder;  /* (nullable) */
  gboolean is_beginning_wrong; /* out: the source is a head, and the file is unlike it */
} QonysImportPass;

/**
 * qonys_import_pass_run:
 *
 * Shows every cell of every column of every layer, their names and the file's to the scanner of
 * personal identifiers, and reads the rows of the source's layer.
 *
 * Returns: (transfer full) (element-type QonysFinding): NULL if cancelled, or, without an error, if
 *   the whole file must be opened
 */
GPtrArray *qonys_import_pass_run (QonysImportPass *pass, GError **error);

/* ---- ways of our own through files that GDAL is slow to read ---- */

typedef enum {
  QONYS_PASS_DONE,
  QONYS_PASS_CANCELLED,
  QONYS_PASS_UNUSUAL, /* not for us: GDAL shall read all of it */
} QonysPassResult;

/** What one thread has at hand. */
typedef struct {
  QonysRow *row;
  QonysScanner *scanner;
  QonysBatch *batch;
} QonysChunkReader;

/**
 * QonysChunkFunc:
 * @reader: where to the cells go; rows by qonys_import_pass_add_row()
 * @n_rows: (out)
 *
 * Reads a piece of a source, on any thread. Returns: FALSE if it is unusual
 */
typedef gboolean (*QonysChunkFunc) (const QonysImportPass *pass, gsize chunk,
                                    QonysChunkReader *reader, gint64 *n_rows, gpointer data);

/** Reads the pieces on all processors and joins them in order; @scanner is fed. */
QonysPassResult qonys_import_pass_read_chunks (QonysImportPass *pass, QonysScanner *scanner,
                                               gsize n_chunks, QonysChunkFunc func, gpointer data,
                                               GError **error);

/** Adds the row of a piece. */
void qonys_import_pass_add_row (const QonysImportPass *pass, QonysChunkReader *reader);

/** Reads a CSV file whose layer is read from no other source. @scanner: of the layer's columns */
QonysPassResult qonys_import_pass_read_csv (QonysImportPass *pass, QonysScanner *scanner,
                                            GError **error);

/** Reads a GeoJSON file of points with flat properties. @scanner: of the layer's columns */
QonysPassResult qonys_import_pass_read_geojson (QonysImportPass *pass, QonysScanner *scanner,
                                                GError **error);

G_END_DECLS
