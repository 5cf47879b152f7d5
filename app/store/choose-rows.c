/*
 * Which rows of a project are in use: those of a file are read anew, type by type where it changed;
 * those of a project in no file are moved between the tables in use and what is kept beside them.
 */
#include "store/choose-rows.h"

#include "store/project-file.h"
#include "store/store.h"

static gboolean
contains_id (const GArray *ids, gint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

/* ---- in memory ---- */

static void
append_rows (QonysTableBuilder *builder, const QonysTable *table, const GArray *ids,
             gboolean is_chosen)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  const gint32 *dataset_ids = qonys_table_get_dataset_ids (table);

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    if (contains_id (ids, dataset_ids[row]) != is_chosen)
      continue;
    for (guint i = 0; i < schema->n_fields; i++)
      switch (schema->fields[i].type) {
      case QONYS_FIELD_INT:
      case QONYS_FIELD_DATE:
        qonys_table_builder_add_int (builder, i, qonys_table_get_int (table, row, i));
        break;
      case QONYS_FIELD_BIG:
        qonys_table_builder_add_big (builder, i, qonys_table_get_big (table, row, i));
        break;
      case QONYS_FIELD_DECIMAL:
        qonys_table_builder_add_decimal (builder, i, qonys_table_get_decimal (table, row, i));
        break;
      case QONYS_FIELD_ENUM:
      case QONYS_FIELD_BOOL:
        qonys_table_builder_add_code (builder, i, qonys_table_get_code (table, row, i));
        break;
      case QONYS_FIELD_TEXT:
      case QONYS_FIELD_KEY:
      default:
        qonys_table_builder_add_text (builder, i, qonys_table_get_text (table, row, i), -1);
      }
    if (schema->has_position)
      qonys_table_builder_add_position (builder, qonys_table_get_lon_deg (table)[row],
                                        qonys_table_get_lat_deg (table)[row]);
    qonys_table_builder_add_dataset_id (builder, dataset_ids[row]);
  }
}

static gsize
count_rows (const QonysTable *table, const GArray *ids, gboolean is_chosen)
{
  const gint32 *dataset_ids = qonys_table_get_dataset_ids (table);
  gsize n = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
    n += contains_id (ids, dataset_ids[row]) == is_chosen;
  return n;
}

/* The rows of these datasets, or of all others. A table all of whose rows are meant, and no
 * other's, is taken as it is. */
static QonysTable *
choose (QonysRecordType type, QonysTable *const sources[3], const GArray *ids, gboolean is_chosen)
{
  gsize counts[3] = {0}, n = 0;
  QonysTableBuilder *builder;

  for (guint i = 0; i < 3; i++) {
    counts[i] = sources[i] == NULL ? 0 : count_rows (sources[i], ids, is_chosen);
    n += counts[i];
  }
  for (guint i = 0; i < 3; i++)
    if (n > 0 && counts[i] == n && n == qonys_table_get_n_rows (sources[i]))
      return qonys_table_ref (sources[i]);
  builder = qonys_table_builder_new (type, n);
  for (guint i = 0; i < 3; i++)
    if (counts[i] > 0)
      append_rows (builder, sources[i], ids, is_chosen);
  return qonys_table_builder_finish (builder);
}

QonysProject *
qonys_rows_choose (QonysProject *project, GPtrArray *datasets, QonysTable *more)
{
  QonysTable *tables[QONYS_N_RECORD_TYPES], *unused[QONYS_N_RECORD_TYPES];

  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, i);
    gboolean has_more = more != NULL && qonys_table_get_schema (more) == qonys_schema_get (i);
    QonysTable *const sources[] = {qonys_project_get_unused_table (project, i),
                                   qonys_project_get_table (project, i), has_more ? more : NULL};

    tables[i] = choose (i, sources, active, TRUE);
    unused[i] = choose (i, sources, active, FALSE);
  }
  return qonys_project_with_rows (project, tables, unused, datasets);
}

/* ---- withdrawn ---- */

static GPtrArray *
mark_withdrawn (const GPtrArray *datasets, const GArray *ids)
{
  GPtrArray *marked = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);

  for (guint i = 0; i < datasets->len; i++) {
    QonysDataset *copy = qonys_dataset_copy (datasets->pdata[i]);

    copy->is_withdrawn = contains_id (ids, copy->id);
    g_ptr_array_add (marked, copy);
  }
  return marked;
}

static gboolean
has_same_ids (const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint32)) == 0);
}

QonysProject *
qonys_store_set_withdrawn (QonysProject *project, const GArray *ids, QonysJob *job, GError **error)
{
  const char *path = qonys_project_get_path (project);
  const GPtrArray *before = qonys_project_get_datasets (project);
  g_autoptr (GPtrArray) datasets = mark_withdrawn (before, ids);
  QonysTable *tables[QONYS_N_RECORD_TYPES];

  qonys_store_init ();
  if (path == NULL)
    return qonys_rows_choose (project, g_steal_pointer (&datasets), NULL);
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    g_autoptr (GArray) old = qonys_datasets_choose_active (before, i);
    g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, i);

    tables[i] = has_same_ids (old, active)
                    ? qonys_table_ref (qonys_project_get_table (project, i))
                    : qonys_project_file_read_table (path, i, active, 0, job, NULL, error);
    if (tables[i] == NULL) {
      while (i-- > 0)
        qonys_table_unref (tables[i]);
      return NULL;
    }
  }
  return qonys_project_with_rows (project, tables, NULL, g_steal_pointer (&datasets));
}
