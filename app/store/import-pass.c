/*
 * The way through a source: each cell goes to the scanner of personal identifiers and into its
 * row at once, so that the source is read once. Through GDAL about 4 µs a row of ten columns, on
 * one processor; pieces of text on all of them.
 */
#include "store/import-pass.h"

#include "store/store.h"

#include <string.h>

#define BATCH_ROWS 8192

/* ---- cells ---- */

static QonysScanType
get_scan_type (OGRFieldType type)
{
  switch (type) {
  case OFTInteger:
  case OFTInteger64:
    return QONYS_SCAN_INTEGER;
  case OFTReal:
    return QONYS_SCAN_REAL;
  case OFTDate:
  case OFTDateTime:
    return QONYS_SCAN_DATE;
  default:
    return QONYS_SCAN_TEXT;
  }
}

static void
scan_cell (QonysScanner *scanner, QonysScanType type, guint column, gint64 row, OGRFeatureH feature,
           int field, const QonysDecoder *decoder)
{
  const char *text;
  g_autofree char *decoded = NULL;
  QonysDay day;

  switch (type) {
  case QONYS_SCAN_INTEGER:
    qonys_scanner_scan_integer (scanner, column, row, OGR_F_GetFieldAsInteger64 (feature, field));
    return;
  case QONYS_SCAN_REAL:
    qonys_scanner_scan_real (scanner, column, row, OGR_F_GetFieldAsDouble (feature, field));
    return;
  case QONYS_SCAN_DATE:
    if (qonys_day_parse (OGR_F_GetFieldAsString (feature, field), &day))
      qonys_scanner_scan_day (scanner, column, row, day);
    return;
  case QONYS_SCAN_TEXT:
  default:
    text = OGR_F_GetFieldAsString (feature, field);
    if (!g_utf8_validate (text, -1, NULL))
      text = decoded = qonys_decoder_decode (decoder, text);
    qonys_scanner_scan_text (scanner, column, row, text, strlen (text));
  }
}

static QonysScanner *
new_scanner (const QonysImportPass *pass, OGRLayerH layer, QonysScanType *types)
{
  const QonysImportSource *source = pass->source;
  QonysScanner *scanner = qonys_scanner_new (source->schema->is_address_level);
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn (layer);
  g_autofree char *file_name = g_filename_display_basename (pass->path);
  g_autofree char *layer_name = qonys_decoder_decode (&source->decoder, OGR_L_GetName (layer));
  guint names;

  for (int i = 0; i < OGR_FD_GetFieldCount (definition); i++) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn (definition, i);
    g_autofree char *name = qonys_source_get_field_name (&source->decoder, field);

    types[i] = get_scan_type (OGR_Fld_GetType (field));
    qonys_scanner_add_column (scanner, name, types[i]);
  }
  names = qonys_scanner_add_column (scanner, "file", QONYS_SCAN_TEXT);
  qonys_scanner_scan_text (scanner, names, 1, file_name, strlen (file_name));
  qonys_scanner_scan_text (scanner, names, 1, layer_name, strlen (layer_name));
  return scanner;
}

/* ---- through GDAL ---- */

static void
begin_rows (QonysImportPass *pass, gint64 n_expected)
{
  if (pass->context != NULL && pass->builder == NULL)
    pass->builder = qonys_table_builder_new (pass->source->schema->type, MAX (n_expected, 0));
}

static void
join (QonysImportPass *pass, QonysBatch *batch)
{
  if (pass->context != NULL)
    qonys_batch_join (batch, pass->context, pass->builder, pass->report, pass->source->schema);
}

static gboolean
read_layer (QonysImportPass *pass, OGRLayerH layer, QonysScanner *scanner,
            const QonysScanType *types, GError **error)
{
  QonysImportSource *source = pass->source;
  gboolean has_rows = pass->context != NULL && layer == source->layer;
  gint64 n_expected = OGR_L_GetFeatureCount (layer, FALSE);
  int n_fields = OGR_FD_GetFieldCount (OGR_L_GetLayerDefn (layer));
  g_autoptr (QonysRow) row = qonys_row_new (source->schema, source->columns);
  g_autoptr (QonysBatch) batch = qonys_batch_new (source->schema);
  OGRFeatureH next;

  if (has_rows)
    begin_rows (pass, n_expected);
  OGR_L_ResetReading (layer);
  for (gint64 number = 1; (next = OGR_L_GetNextFeature (layer)) != NULL; number++) {
    g_auto (OGRFeatureH) feature = next;

    for (int i = 0; i < n_fields; i++)
      if (OGR_F_IsFieldSetAndNotNull (feature, i))
        scan_cell (scanner, types[i], i, number, feature, i, &source->decoder);
    if (has_rows) {
      qonys_row_clear (row);
      qonys_import_source_read (source, feature, row);
      qonys_batch_add (batch, row, pass->context, pass->today, pass->dataset_id);
    }
    if (number % BATCH_ROWS != 0)
      continue;
    if (has_rows) {
      join (pass, batch);
      qonys_batch_free (batch);
      batch = qonys_batch_new (source->schema);
    }
    if (qonys_job_is_cancelled (pass->job, error))
      return FALSE;
    if (n_expected > 0)
      qonys_job_set_progress (pass->job, MIN (1, (double)number / n_expected));
  }
  if (has_rows)
    join (pass, batch);
  return TRUE;
}

/* ---- in pieces, on all processors ---- */

typedef struct {
  QonysScanner *scanner;
  QonysBatch *batch;
  gint64 n_rows;
} Piece;

typedef struct {
  QonysImportPass *pass;
  QonysScanner *scanner;
  QonysChunkFunc func;
  gpointer data;
  gint next, is_stopped; /* atomic */
  GMutex lock;
  Piece *pieces; /* of those that are read and not yet joined */
  gsize n_chunks, n_joined;
  gint64 n_rows;
  gboolean is_joining;
  gboolean is_unusual;
  GError *error;
} Chunks;

static void
piece_clear (Piece *piece)
{
  g_clear_pointer (&piece->scanner, qonys_scanner_free);
  g_clear_pointer (&piece->batch, qonys_batch_free);
}

static void
join_piece (Chunks *chunks, Piece *piece)
{
  begin_rows (chunks->pass, piece->n_rows * (gint64)chunks->n_chunks);
  qonys_scanner_merge (chunks->scanner, g_steal_pointer (&piece->scanner), chunks->n_rows);
  join (chunks->pass, piece->batch);
  chunks->n_rows += piece->n_rows;
  piece_clear (piece);
}

/* Whoever comes first joins what lies there in order; the others go on reading meanwhile. */
static void
hand_in (Chunks *chunks, gsize number, Piece *piece)
{
  g_mutex_lock (&chunks->lock);
  chunks->pieces[number] = *piece;
  if (!chunks->is_joining) {
    chunks->is_joining = TRUE;
    while (chunks->n_joined < chunks->n_chunks && chunks->pieces[chunks->n_joined].batch != NULL) {
      Piece *first = &chunks->pieces[chunks->n_joined];

      g_mutex_unlock (&chunks->lock);
      join_piece (chunks, first);
      qonys_job_set_progress (chunks->pass->job, (double)chunks->n_joined / chunks->n_chunks);
      g_mutex_lock (&chunks->lock);
      chunks->n_joined++;
    }
    chunks->is_joining = FALSE;
  }
  g_mutex_unlock (&chunks->lock);
}

static void
stop (Chunks *chunks, GError *error)
{
  g_mutex_lock (&chunks->lock);
  g_atomic_int_set (&chunks->is_stopped, TRUE);
  if (error == NULL)
    chunks->is_unusual = TRUE;
  else if (chunks->error == NULL)
    chunks->error = error;
  else
    g_error_free (error);
  g_mutex_unlock (&chunks->lock);
}

static void
read_some (gsize begin, gsize end, guint part, gpointer data)
{
  Chunks *chunks = data;
  const QonysImportSource *source = chunks->pass->source;
  g_autoptr (QonysRow) row = qonys_row_new (source->schema, source->columns);
  gsize number;

  while (!g_atomic_int_get (&chunks->is_stopped) &&
         (number = g_atomic_int_add (&chunks->next, 1)) < chunks->n_chunks) {
    Piece piece = {qonys_scanner_new_part (chunks->scanner), qonys_batch_new (source->schema), 0};
    QonysChunkReader reader = {row, piece.scanner, piece.batch};
    GError *error = NULL;

    if (qonys_job_is_cancelled (chunks->pass->job, &error) ||
        !chunks->func (chunks->pass, number, &reader, &piece.n_rows, chunks->data)) {
      piece_clear (&piece);
      stop (chunks, error);
      return;
    }
    hand_in (chunks, number, &piece);
  }
}

void
qonys_import_pass_add_row (const QonysImportPass *pass, QonysChunkReader *reader)
{
  qonys_batch_add (reader->batch, reader->row, pass->context, pass->today, pass->dataset_id);
}

QonysPassResult
qonys_import_pass_read_chunks (QonysImportPass *pass, QonysScanner *scanner, gsize n_chunks,
                               QonysChunkFunc func, gpointer data, GError **error)
{
  guint n_parts = qonys_parallel_get_max_parts ();
  Chunks chunks = {pass, scanner, func, data, .n_chunks = n_chunks};

  chunks.pieces = g_new0 (Piece, n_chunks);
  g_mutex_init (&chunks.lock);
  qonys_parallel_for (n_parts, 1, read_some, &chunks);
  for (gsize i = 0; i < n_chunks; i++)
    piece_clear (&chunks.pieces[i]);
  g_free (chunks.pieces);
  g_mutex_clear (&chunks.lock);
  if (chunks.error != NULL) {
    g_propagate_error (error, chunks.error);
    return QONYS_PASS_CANCELLED;
  }
  return chunks.is_unusual ? QONYS_PASS_UNUSUAL : QONYS_PASS_DONE;
}

/* ---- the whole ---- */

/* What was begun another way is undone. */
static void
forget_rows (QonysImportPass *pass)
{
  g_clear_pointer (&pass->builder, qonys_table_builder_free);
  qonys_import_report_clear_rows (pass->report);
  if (pass->context != NULL)
    qonys_import_context_forget (pass->context);
}

typedef QonysPassResult (*OwnWay) (QonysImportPass *pass, QonysScanner *scanner, GError **error);

static GPtrArray *
run_layer (QonysImportPass *pass, OGRLayerH layer, GError **error)
{
  static const OwnWay OWN_WAYS[] = {qonys_import_pass_read_csv, qonys_import_pass_read_geojson};
  int n_fields = OGR_FD_GetFieldCount (OGR_L_GetLayerDefn (layer));
  g_autofree QonysScanType *types = g_new (QonysScanType, n_fields + 1);
  g_autoptr (QonysScanner) scanner = new_scanner (pass, layer, types);

  for (guint i = 0; i < G_N_ELEMENTS (OWN_WAYS); i++) {
    QonysPassResult result;

    if (GDALDatasetGetLayerCount (pass->source->dataset) != 1)
      break;
    result = OWN_WAYS[i](pass, scanner, error);
    if (result != QONYS_PASS_UNUSUAL)
      return result == QONYS_PASS_DONE ? qonys_scanner_finish (scanner) : NULL;
    forget_rows (pass);
    qonys_scanner_free (scanner);
    scanner = new_scanner (pass, layer, types);
  }
  if (pass->source->is_head) {
    pass->is_beginning_wrong = TRUE;
    return NULL;
  }
  return read_layer (pass, layer, scanner, types, error) ? qonys_scanner_finish (scanner) : NULL;
}

GPtrArray *
qonys_import_pass_run (QonysImportPass *pass, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  for (int i = 0; i < GDALDatasetGetLayerCount (pass->source->dataset); i++) {
    GPtrArray *more = run_layer (pass, GDALDatasetGetLayer (pass->source->dataset, i), error);

    if (more == NULL)
      return NULL;
    if (findings == NULL)
      findings = more;
    else
      g_ptr_array_extend_and_steal (findings, more);
  }
  begin_rows (pass, 0); /* there may have been none */
  return g_steal_pointer (&findings);
}
