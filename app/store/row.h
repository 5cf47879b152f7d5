#pragma once

#include "base/date.h"
#include "domain/schema.h"
#include "domain/table.h"
#include "store/encoding.h"

#include <ogr_api.h>

G_BEGIN_DECLS

/** Why a row is not stored. */
typedef enum {
  QONYS_REASON_NONE,
  QONYS_REASON_REQUIRED,
  QONYS_REASON_NOT_A_NUMBER,
  QONYS_REASON_NOT_WHOLE,
  QONYS_REASON_OUT_OF_RANGE,
  QONYS_REASON_NOT_A_DATE,
  QONYS_REASON_IN_FUTURE,
  QONYS_REASON_UNKNOWN_WORD,
  QONYS_REASON_NOT_YES_OR_NO,
  QONYS_REASON_UNKNOWN_DISTRICT,
  QONYS_REASON_AREAS,
  QONYS_REASON_SUMS,
  QONYS_REASON_PARTS,
  QONYS_REASON_NOT_ENDED,
  QONYS_REASON_PERIOD,
  QONYS_REASON_OUTSIDE,
  QONYS_REASON_REPEATED,
  QONYS_REASON_KNOWN,
} QonysReason;

/** The translated sentence, without a full stop or the value. */
const char *qonys_reason_describe (QonysReason reason);

/** One value of a row: numbers, days, enums' and bools' codes are numbers, NaN missing. */
typedef struct {
  double number;
  const char *text; /* TEXT and KEY; (nullable): in store, or of static storage */
  GString *store;
  gboolean is_given; /* whether rows have the field at all */
} QonysCell;

/** What texts of a field were read as: dates and words repeat. */
typedef struct {
  guint8 field, length;
  char text[14];
  double number;
} QonysMemo;

/** One row of a source, reused for all; one a thread. */
typedef struct {
  const QonysSchema *schema;
  QonysCell *cells;           /* schema->n_fields */
  guint *fields, n_fields;    /* those that rows have or must have; the others stay empty */
  double lon_deg, lat_deg;    /* NaN: no position */
  QonysReason reason;         /* what is wrong with it, … */
  int field;                  /* … in which field, −1 the position … */
  char *value;                /* … and what stood there; (nullable) */
  GHashTable *district_names; /* text → KATO: each spelling is recognised once */
  QonysMemo memos[1024];
} QonysRow;

/** @columns: (array length=schema->n_fields): the source's column of each field, −1 none */
QonysRow *qonys_row_new (const QonysSchema *schema, const int *columns);
void qonys_row_free (QonysRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysRow, qonys_row_free)

/** Forgets the values of the row before. */
void qonys_row_clear (QonysRow *row);

/** Notes what is wrong, unless something is already. Returns: FALSE */
gboolean qonys_row_reject (QonysRow *row, QonysReason reason, int field, const char *value);

/** Sets a text, which is copied. */
void qonys_row_set_text (QonysRow *row, guint field, const char *text, gsize length);

/** Reads a text, valid UTF-8, into a field. Returns: FALSE if the row is rejected */
gboolean qonys_row_read_text (QonysRow *row, guint field, const char *text, gsize length);

/** Reads a number into a field; NaN is how some formats say nothing. Returns: FALSE if the row is
 * rejected */
gboolean qonys_row_read_number (QonysRow *row, guint field, double number);

/** Reads an attribute into a field. Returns: FALSE if the row is rejected */
gboolean qonys_row_read (QonysRow *row, guint field, OGRFeatureH feature, int column,
                         const QonysDecoder *decoder);

/** The rules of the data model for a row by itself, in order; names of districts become KATO.
 * Returns: FALSE if the row is rejected */
gboolean qonys_row_validate (QonysRow *row, QonysDay today);

/** What two rows may not have in common: a dwelling its key, a count its place and day. It is
 * appended to @identity. */
void qonys_row_add_identity (const QonysRow *row, GString *identity);

/** Returns: (transfer full) */
char *qonys_table_get_identity (const QonysTable *table, gsize row);

/** Appends the row to a table. */
void qonys_row_append (const QonysRow *row, QonysTableBuilder *builder, gint32 dataset_id);

/** Reads a number, valid UTF-8, as people write it: "1 234,5" (also with U+00A0, U+2009, U+202F),
 * "1,234.5". Returns: FALSE if it is none */
gboolean qonys_number_parse (const char *text, gsize length, double *value);

/** Is the text only a mark that there is nothing: blanks, dashes? */
gboolean qonys_text_is_missing (const char *text, gsize length);

G_END_DECLS
