#pragma once

#include "domain/row-days-private.h"

/* One column. A column without a single value has no arrays. */
typedef struct {
  union {
    gint32 *ints;     /* INT, DATE */
    gint64 *bigs;     /* BIG */
    double *decimals; /* DECIMAL */
    guint8 *codes;    /* ENUM, BOOL */
    guint32 *texts;   /* TEXT: number among the distinct values; KEY: offset into pool */
    gpointer data;
  };
  guint32 *value_offsets; /* TEXT: n_values offsets into pool */
  guint32 n_values;
  char *pool; /* NUL-terminated texts, one behind the other; offset 0 is the empty text */
  gsize pool_size;
} QonysColumn;

struct _QonysTable {
  gatomicrefcount ref_count;
  const QonysSchema *schema;
  gsize n_rows;
  QonysColumn *columns;
  double *lon_deg, *lat_deg; /* NULL where the type has no position */
  gint32 *dataset_ids;
  GMutex lock;             /* guards the making of keys and row days */
  GHashTable *keys;        /* key → row + 1, on first use */
  QonysRowDays *row_days;  /* on first use */
  QonysTable *texts_owner; /* whose texts the columns' are; NULL: its own */
};
