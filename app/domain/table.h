#pragma once

#include "base/date.h"
#include "domain/schema.h"

G_BEGIN_DECLS

/**
 * QonysTable:
 *
 * Frozen columns of one record type: immutable arrays of one type each, shared between threads
 * without locks, reference-counted. A column no row has a value of takes no memory. A million
 * dwellings take about 180 MB with every column filled.
 */
typedef struct _QonysTable QonysTable;

QonysTable *qonys_table_ref (QonysTable *table);
void qonys_table_unref (QonysTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysTable, qonys_table_unref)

const QonysSchema *qonys_table_get_schema (const QonysTable *table);
gsize qonys_table_get_n_rows (const QonysTable *table);

/* Whole columns, n_rows long, owned by the table; NULL when all is missing. The field must be of
 * the type named. */
const gint32 *qonys_table_get_ints (const QonysTable *table, guint field); /* INT and DATE */
const gint64 *qonys_table_get_bigs (const QonysTable *table, guint field);
const double *qonys_table_get_decimals (const QonysTable *table, guint field);
const guint8 *qonys_table_get_codes (const QonysTable *table, guint field); /* ENUM and BOOL */

/** WGS84 degrees, NaN where a row has no position; NULL where the type has none. */
const double *qonys_table_get_lon_deg (const QonysTable *table);
const double *qonys_table_get_lat_deg (const QonysTable *table);

/** The dataset each row came with (QonysDataset.id). */
const gint32 *qonys_table_get_dataset_ids (const QonysTable *table);

/* Single values; missing is QONYS_INT_MISSING, QONYS_BIG_MISSING, NaN, 255, NULL. */
gint32 qonys_table_get_int (const QonysTable *table, gsize row, guint field);
gint64 qonys_table_get_big (const QonysTable *table, gsize row, guint field);
double qonys_table_get_decimal (const QonysTable *table, gsize row, guint field);
guint8 qonys_table_get_code (const QonysTable *table, gsize row, guint field);
const char *qonys_table_get_text (const QonysTable *table, gsize row, guint field);

/* The distinct values of a TEXT column and each row's number among them (the last number + 1
 * being n_values means missing), for counting by text without comparing strings. */
guint qonys_table_get_n_text_values (const QonysTable *table, guint field);
const char *qonys_table_get_text_value (const QonysTable *table, guint field, guint value);
guint32 qonys_table_get_text_code (const QonysTable *table, gsize row, guint field);

/** A value as people read it (formatted, translated, unit not included); "–" when missing. */
char *qonys_table_format_value (const QonysTable *table, gsize row, guint field);

/** The row with this key (first of equals), −1 if none. Builds a hash on first use; thread-safe. */
gssize qonys_table_find_key (QonysTable *table, const char *key);

/** Bytes kept by the columns. */
gsize qonys_table_get_memory (const QonysTable *table);

/**
 * QonysTableBuilder:
 *
 * Fills columns and freezes them. Columns are independent: append to each as suits the source, by
 * rows or by batches; a column never appended to is all missing. Not shared between threads.
 */
typedef struct _QonysTableBuilder QonysTableBuilder;

QonysTableBuilder *qonys_table_builder_new (QonysRecordType type, gsize expected_rows);
void qonys_table_builder_free (QonysTableBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysTableBuilder, qonys_table_builder_free)

void qonys_table_builder_add_int (QonysTableBuilder *builder, guint field, gint32 value);
void qonys_table_builder_add_big (QonysTableBuilder *builder, guint field, gint64 value);
void qonys_table_builder_add_decimal (QonysTableBuilder *builder, guint field, double value);
void qonys_table_builder_add_code (QonysTableBuilder *builder, guint field, guint8 value);
/** TEXT and KEY; @text NULL is missing; @length −1 for a NUL-terminated text. What is no UTF-8 is
 * mended. */
void qonys_table_builder_add_text (QonysTableBuilder *builder, guint field, const char *text,
                                   gssize length);
void qonys_table_builder_add_position (QonysTableBuilder *builder, double lon_deg, double lat_deg);
void qonys_table_builder_add_dataset_id (QonysTableBuilder *builder, gint32 dataset_id);

/** Adds a missing value to @field. */
void qonys_table_builder_add_missing (QonysTableBuilder *builder, guint field);

/**
 * qonys_table_builder_join:
 * @more: of the same type; left as it is
 * @keep: (nullable) (array): a flag for each row of @more, NULL keeps all
 *
 * Appends the rows of another builder, so that parts of a source can be read on several threads:
 * the result is the same as if the rows had been added one by one. A column that only one of them
 * has must stay so. Cost: a copy of the columns and one hash a distinct text.
 */
void qonys_table_builder_join (QonysTableBuilder *builder, const QonysTableBuilder *more,
                               const guint8 *keep);

/**
 * qonys_table_builder_new_window:
 * @builder: with as many expected rows as all its windows have room; nothing is added to it before
 *   they are closed
 * @first: the row of @builder where the window begins
 * @room: the most rows the window may get
 *
 * A builder that writes straight into the columns of another, so that threads fill parts of one
 * table each. Windows must not overlap. Room that is not used costs address space only.
 *
 * Returns: (transfer full): close it or free it before @builder
 */
QonysTableBuilder *qonys_table_builder_new_window (QonysTableBuilder *builder, gsize first,
                                                   gsize room);

/**
 * qonys_table_builder_close_windows:
 * @windows: (array) (transfer full): in the order of their rows
 *
 * The rows of the windows become the rows of @builder, without the room left between them: the
 * same as if they had been added one by one. Cost: a pass over the texts' numbers.
 */
void qonys_table_builder_close_windows (QonysTableBuilder *builder, QonysTableBuilder **windows,
                                        guint n_windows);

/** Freezes; every column touched must be equally long. Frees the builder. */
QonysTable *qonys_table_builder_finish (QonysTableBuilder *builder);

G_END_DECLS
