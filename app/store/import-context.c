/*
 * What a row is held against besides itself: rows before it, rows of the project, dwellings,
 * districts' outlines. One a file; a hash of keys (about 60 bytes a row) while it is read.
 */
#include "store/import.h"

#include "base/format.h"
#include "geo/mercator.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_JUMP 50 /* registrants of a dwelling between two dates that nobody asks about */

struct _QonysImportContext {
  QonysProject *project;
  QonysRecordType type;
  GHashTable *seen;  /* identities of the file's rows */
  GHashTable *known; /* (nullable): of the project's */
  gint64 n_jumps, n_unknown_dwellings;
};

QonysImportContext *
qonys_import_context_new (QonysProject *project, QonysRecordType type, gboolean old_rows_stay)
{
  QonysImportContext *context = g_new0 (QonysImportContext, 1);
  const QonysTable *table = qonys_project_get_table (project, type);

  context->project = qonys_project_ref (project);
  context->type = type;
  context->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!old_rows_stay)
    return context;
  context->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
    g_hash_table_add (context->known, qonys_table_get_identity (table, row));
  return context;
}

void
qonys_import_context_free (QonysImportContext *context)
{
  g_hash_table_unref (context->seen);
  g_clear_pointer (&context->known, g_hash_table_unref);
  qonys_project_unref (context->project);
  g_free (context);
}

/* A suspicion stands where its dwelling stands. */
static void
join_dwelling (QonysImportContext *context, QonysRow *row)
{
  QonysTable *dwellings = qonys_project_get_table (context->project, QONYS_RECORD_DWELLING);
  QonysCell *district = &row->cells[QONYS_SUSPICION_DISTRICT];
  gssize at = qonys_table_find_key (dwellings, row->cells[QONYS_SUSPICION_PLACE_REF].text);

  if (at < 0) {
    context->n_unknown_dwellings++;
    return;
  }
  if (isnan (row->lon_deg)) {
    row->lon_deg = qonys_table_get_lon_deg (dwellings)[at];
    row->lat_deg = qonys_table_get_lat_deg (dwellings)[at];
  }
  if (district->text == NULL)
    district->text = g_strdup (qonys_table_get_text (dwellings, at, QONYS_DWELLING_DISTRICT));
}

static void
watch_jump (QonysImportContext *context, const QonysRow *row)
{
  QonysTable *dwellings = qonys_project_get_table (context->project, QONYS_RECORD_DWELLING);
  double now = row->cells[QONYS_DWELLING_REG_PERMANENT].number +
               row->cells[QONYS_DWELLING_REG_TEMPORARY].number;
  gssize at = qonys_table_find_key (dwellings, row->cells[QONYS_DWELLING_KEY].text);
  gint32 permanent, temporary;

  if (at < 0 || isnan (now))
    return;
  permanent = qonys_table_get_int (dwellings, at, QONYS_DWELLING_REG_PERMANENT);
  temporary = qonys_table_get_int (dwellings, at, QONYS_DWELLING_REG_TEMPORARY);
  if (permanent != QONYS_INT_MISSING && temporary != QONYS_INT_MISSING &&
      fabs (now - permanent - temporary) > MAX_JUMP)
    context->n_jumps++;
}

gboolean
qonys_import_context_settle (QonysImportContext *context, QonysRow *row)
{
  g_autofree char *identity = qonys_row_get_identity (row);
  int key = row->schema->key_field;
  const char *value = key >= 0 ? row->cells[key].text : NULL;

  if (context->known != NULL && g_hash_table_contains (context->known, identity))
    return qonys_row_reject (row, QONYS_REASON_KNOWN, key, value);
  if (!g_hash_table_add (context->seen, g_steal_pointer (&identity)))
    return qonys_row_reject (row, QONYS_REASON_REPEATED, key, value);
  if (context->type == QONYS_RECORD_SUSPICION)
    join_dwelling (context, row);
  else if (context->type == QONYS_RECORD_DWELLING)
    watch_jump (context, row);
  return TRUE;
}

/* ---- notes ---- */

static gint64
count_outside (const QonysProject *project, const QonysTable *rows, gint64 *n_without)
{
  gsize n_rows = qonys_table_get_n_rows (rows);
  const double *lon_deg = qonys_table_get_lon_deg (rows);
  const double *lat_deg = qonys_table_get_lat_deg (rows);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  g_autofree const QonysShape **shapes = g_new (const QonysShape *, districts->len + 1);
  g_autofree double *x = g_new (double, n_rows);
  g_autofree double *y = g_new (double, n_rows);
  g_autofree guint8 *owner = g_new (guint8, n_rows);
  gint64 n_outside = 0;

  for (guint i = 0; i < districts->len; i++)
    shapes[i] = ((const QonysDistrict *)districts->pdata[i])->shape;
  qonys_mercator_project (lon_deg, lat_deg, n_rows, x, y);
  qonys_shapes_assign (shapes, districts->len, x, y, n_rows, owner);
  *n_without = 0;
  for (gsize row = 0; row < n_rows; row++) {
    *n_without += isnan (lon_deg[row]);
    n_outside += !isnan (lon_deg[row]) && owner[row] == 255;
  }
  return n_outside;
}

void
qonys_import_context_note (QonysImportContext *context, const QonysTable *rows,
                           GPtrArray *diagnostics)
{
  g_autofree char *jumps = qonys_format_int (context->n_jumps);
  g_autofree char *unknown = qonys_format_int (context->n_unknown_dwellings);
  gint64 n_without = 0;

  if (context->n_jumps > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The number of registrants changed by more than %d since the "
                                     "last data in %s dwelling. Ask the supplier whether that is "
                                     "right.",
                                     "The number of registrants changed by more than %d since the "
                                     "last data in %s dwellings. Ask the supplier whether that is "
                                     "right.",
                                     (gulong)context->n_jumps),
                           MAX_JUMP, jumps);
  if (context->n_unknown_dwellings > 0)
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           ngettext ("The dwelling of %s row is not in the project. Import the "
                                     "dwellings first to see this row in its place.",
                                     "The dwellings of %s rows are not in the project. Import the "
                                     "dwellings first to see these rows in their places.",
                                     (gulong)context->n_unknown_dwellings),
                           unknown);
  if (qonys_table_get_lon_deg (rows) != NULL) {
    gint64 n_outside = count_outside (context->project, rows, &n_without);
    g_autofree char *outside = qonys_format_int (n_outside);
    g_autofree char *without = qonys_format_int (n_without);

    if (n_outside > 0)
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             ngettext ("%s row lies near Astana but in none of its districts’ "
                                       "outlines.",
                                       "%s rows lie near Astana but in none of its districts’ "
                                       "outlines.",
                                       (gulong)n_outside),
                             outside);
    if (n_without > 0)
      qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                             ngettext ("%s row has no position; it is counted but not drawn.",
                                       "%s rows have no position; they are counted but not drawn.",
                                       (gulong)n_without),
                             without);
  }
}
