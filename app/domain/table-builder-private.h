#pragma once

#include "domain/table-private.h"

#define QONYS_NO_CODE G_MAXUINT32

/* A column being filled. While all is missing its values are only counted. */
typedef struct {
  QonysFieldType type;
  union {
    gint32 *ints;     /* INT, DATE */
    gint64 *bigs;     /* BIG */
    double *decimals; /* DECIMAL */
    guint8 *codes;    /* ENUM, BOOL */
    guint32 *texts;   /* TEXT: number of the value, QONYS_NO_CODE missing; KEY: offset, 0 missing */
    gpointer data;
  };
  gsize n;
  gsize room;            /* 0 before the first value that is not missing */
  gsize window;          /* the room it may come to have in another builder's data; 0: its own */
  GByteArray *pool;      /* texts, one behind the other; the empty text first */
  GArray *value_offsets; /* TEXT: of the distinct values, guint32 */
  guint32 *slots;        /* TEXT: hash of a value → its number + 1 */
  guint n_slots;         /* a power of two, at least twice the values */
  guint32 last_code;     /* TEXT: of the value added last; rows of one district come in runs */
} QonysBuilderColumn;

struct _QonysTableBuilder {
  const QonysSchema *schema;
  gsize expected_rows;
  guint n_columns;
  QonysBuilderColumn *columns; /* the fields and, behind them, longitude, latitude, dataset id */
};

guint _qonys_builder_get_width (QonysFieldType type);

/** Room for @n values more, and a column that has data. */
void _qonys_builder_reserve (QonysTableBuilder *builder, QonysBuilderColumn *column, gsize n);

/** Writes missing values to rows [begin, end), for which there is room. */
void _qonys_builder_fill_missing (QonysBuilderColumn *column, gsize begin, gsize end);

/** The offset of a text added to the pool. */
guint32 _qonys_builder_add_to_pool (QonysBuilderColumn *column, const char *text, gsize length);

/** The number of a text among the distinct values. */
guint32 _qonys_builder_find_or_add (QonysBuilderColumn *column, const char *text, gsize length);

/** The text of a number, and its length. */
static inline const char *
_qonys_builder_get_value (const QonysBuilderColumn *column, guint32 code, gsize *length)
{
  const guint32 *offsets = (const guint32 *)(gpointer)column->value_offsets->data;
  guint32 end = code + 1 < column->value_offsets->len ? offsets[code + 1] : column->pool->len;

  *length = end - offsets[code] - 1;
  return (const char *)column->pool->data + offsets[code];
}
