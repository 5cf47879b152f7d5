#pragma once

#include "store/row.h"
#include "store/store.h"

G_BEGIN_DECLS

/** Sums of the columns that count, by district: of rows as they were read, to be held against what
 * was stored. */
typedef struct {
  const QonysSchema *schema;
  guint n_fields;
  guint8 *fields;   /* n_fields: those that count and are given */
  GPtrArray *katos; /* element-type utf8, of static storage; the first is NULL: no district */
  GArray *numbers;  /* element-type double: n_fields a district */
  GArray *n_rows;   /* element-type gint64: one a district */
  double *since;    /* n_fields: the sums at the last row of sums */
} QonysSums;

/** @columns: (array length=schema->n_fields): −1 where a field is not given */
QonysSums *qonys_sums_new (const QonysSchema *schema, const int *columns);
QonysSums *qonys_sums_new_like (const QonysSums *sums);
void qonys_sums_free (QonysSums *sums);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysSums, qonys_sums_free)

/** Adds a row, good or not; values that could not be read count for nothing. */
void qonys_sums_add_row (QonysSums *sums, QonysRow *row);
void qonys_sums_add_table (QonysSums *sums, const QonysTable *table);
void qonys_sums_merge (QonysSums *sums, const QonysSums *more);

/** Over all districts: one number a field. Returns: (transfer full) (array length=n_fields) */
double *qonys_sums_get_all (const QonysSums *sums);

/** What was read and what was stored, side by side. Returns: (transfer full) (element-type
 * QonysReconciliation) */
GArray *qonys_sums_reconcile (const QonysSums *read, const QonysSums *stored);

G_END_DECLS
