/*
 * The account of an import, made when its rows are known: numbers, names, the rows as they were,
 * sums before and after, districts named and districts lain in. Once a file: a pass over the table
 * and, if rows were rejected, one over the source as far as the thousandth of them.
 */
#include "store/import-account.h"

#include "base/format.h"
#include "domain/district.h"
#include "geo/mercator.h"
#include "store/import-cells.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_LISTED 1000
#define NOBODY 255

/* ---- numbers and names ---- */

static void
name_column (char **column, const QonysImportSource *source)
{
  int field = *column != NULL ? qonys_schema_find_field (source->schema, *column) : -1;

  if (field < 0)
    return;
  g_free (*column);
  *column = g_strdup (source->columns[field] >= 0 ? source->names[source->columns[field]]
                                                  : _ (source->schema->fields[field].label));
}

/* The place of a stored row among all: stored rows are those between the rejected ones. */
static gint64
find_stored (const GArray *rejected, gint64 number)
{
  guint begin = 0, end = rejected->len;

  while (begin < end) {
    guint middle = (begin + end) / 2;

    if (g_array_index (rejected, QonysRejectedRow, middle).ordinal - 1 - middle < number)
      begin = middle + 1;
    else
      end = middle;
  }
  return number + begin;
}

static void
number_row (QonysRejection *rejection, const QonysRejectedRow *rejected)
{
  char *reason = qonys_rejected_row_add_earlier (rejected, rejection->reason);

  g_free (rejection->reason);
  rejection->reason = reason;
  rejection->row = rejected->row;
}

static void
number_rows (QonysImportReport *report, QonysImportSource *source)
{
  guint n_rejections = 0, n_totals = 0;

  for (guint i = 0; i < report->rejected->len; i++) {
    QonysRejectedRow *rejected = &g_array_index (report->rejected, QonysRejectedRow, i);

    if (rejected->row == 0)
      rejected->row = qonys_import_source_get_row_number (source, rejected->ordinal);
    if (rejected->earlier > 0)
      rejected->earlier = (guint32)qonys_import_source_get_row_number (
          source, find_stored (report->rejected, rejected->earlier));
    if (rejected->reason == QONYS_REASON_TOTAL && n_totals < report->totals->len)
      ((QonysTotalRow *)report->totals->pdata[n_totals++])->row = rejected->row;
    else if (rejected->reason != QONYS_REASON_TOTAL && rejected->reason != QONYS_REASON_BLANK &&
             n_rejections < report->rejections->len)
      number_row (report->rejections->pdata[n_rejections++], rejected);
  }
  for (guint i = 0; i < report->rejections->len; i++)
    name_column (&((QonysRejection *)report->rejections->pdata[i])->column, source);
  for (guint i = 0; i < report->totals->len; i++)
    name_column (&((QonysTotalRow *)report->totals->pdata[i])->column, source);
}

/* ---- rows as they were ---- */

static gboolean
keep_original (const QonysImportSource *source, const QonysRejectedRow *rejected, guint number,
               char *const *cells, gpointer data, GError **error)
{
  QonysImportReport *report = data;
  QonysRejection *rejection = report->rejections->pdata[number];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < source->n_columns; i++) {
    if (source->is_stripped[i])
      continue;
    if (text->len > 0 || i > 0)
      g_string_append_c (text, '\t');
    g_string_append (text, cells[i]);
  }
  rejection->original = g_string_free (text, FALSE);
  return TRUE;
}

/* ---- sums ---- */

static void
note_totals (const QonysImportReport *report, GPtrArray *diagnostics)
{
  g_autofree char *n = qonys_format_int (report->n_totals);

  if (report->n_totals == 0)
    return;
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         ngettext ("%s row of sums was left out.", "%s rows of sums were left out.",
                                   (gulong)report->n_totals),
                         n);
  for (guint i = 0; i < report->totals->len; i++) {
    const QonysTotalRow *total = report->totals->pdata[i];
    g_autofree char *row = qonys_format_int (total->row);
    g_autofree char *stated = qonys_format_decimal (total->stated, 0);
    g_autofree char *summed = qonys_format_decimal (total->summed, 0);

    if (total->column != NULL)
      qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                             /* Translators: row, column, two numbers */
                             _ ("Row %1$s is a sum, but its “%2$s” is %3$s and the rows before it "
                                "make %4$s. Ask the supplier which is right."),
                             row, total->column, stated, summed);
  }
}

/* ---- districts ---- */

/* The days on which districts changed, in order, the first since ever. */
static GArray *
list_changes (const QonysDistricts *districts)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (QonysDay));
  QonysDay day = QONYS_DAY_MISSING, next;

  do {
    g_array_append_val (days, day);
    next = G_MAXINT32;
    for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
      QonysDay from = qonys_districts_get (districts, i)->valid_from;

      if (from > day)
        next = MIN (next, from);
    }
    day = next;
  } while (day != G_MAXINT32);
  return days;
}

typedef struct {
  const QonysTable *table;
  int place;
  QonysDay as_of;
  const double *x, *y;
  const char **lies_in; /* a row: KATO; NULL nowhere or unknown */
} Places;

static QonysDay
get_day (const Places *places, gsize row)
{
  int field = qonys_table_get_schema (places->table)->date_field;
  QonysDay day = field >= 0 ? qonys_table_get_int (places->table, row, field) : QONYS_DAY_MISSING;

  return day != QONYS_DAY_MISSING ? day : places->as_of;
}

static gboolean
has_rows (const Places *places, QonysDay from, QonysDay to)
{
  for (gsize row = 0; row < qonys_table_get_n_rows (places->table); row++) {
    QonysDay day = get_day (places, row);

    if (day >= from && day < to)
      return TRUE;
  }
  return FALSE;
}

/* Of the rows whose day is in [from, to). */
static void
find_places (Places *places, const QonysDistricts *districts, QonysDay from, QonysDay to)
{
  gsize n = qonys_table_get_n_rows (places->table);
  g_autoptr (GPtrArray) valid =
      qonys_districts_get_on_day (districts, from == QONYS_DAY_MISSING ? from + 1 : from);
  g_autofree const QonysShape **shapes = g_new (const QonysShape *, valid->len + 1);
  g_autofree guint8 *owner = g_new (guint8, n + 1);

  for (guint i = 0; i < valid->len; i++)
    shapes[i] = ((const QonysDistrict *)valid->pdata[i])->shape;
  qonys_shapes_assign (shapes, valid->len, places->x, places->y, n, owner);
  for (gsize row = 0; row < n; row++) {
    QonysDay day = get_day (places, row);

    if (day >= from && day < to && owner[row] != NOBODY && !isnan (places->x[row]))
      places->lies_in[row] = ((const QonysDistrict *)valid->pdata[owner[row]])->kato;
  }
}

static const char *
get_name (const char *kato)
{
  const QonysText3 *name = qonys_district_get_known_name (kato);

  return name != NULL ? qonys_text3_get (name) : kato;
}

static void
add_disagreement (QonysImportReport *report, QonysImportSource *source, gint64 ordinal,
                  const char *column, const char *says, const char *lies_in)
{
  QonysRejection *line;

  if (report->n_districts++ >= MAX_LISTED)
    return;
  line = g_new0 (QonysRejection, 1);
  line->row = qonys_import_source_get_row_number (source, ordinal);
  line->column = g_strdup (column);
  line->reason = g_strdup_printf (_ ("The row names “%1$s” but lies in “%2$s”."), get_name (says),
                                  get_name (lies_in));
  line->cure = g_strdup (_ ("Check the district and the coordinates."));
  g_ptr_array_add (report->districts, line);
}

/* Stored rows are those between the rejected ones. */
static void
compare_places (QonysImportReport *report, QonysImportSource *source, const Places *places)
{
  const char *column =
      source->columns[places->place] >= 0 ? source->names[source->columns[places->place]] : NULL;
  gint64 ordinal = 0;
  guint rejected = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (places->table); row++) {
    const char *says = qonys_table_get_text (places->table, row, places->place);

    ordinal++;
    while (rejected < report->rejected->len &&
           g_array_index (report->rejected, QonysRejectedRow, rejected).ordinal == ordinal) {
      ordinal++;
      rejected++;
    }
    if (says != NULL && places->lies_in[row] != NULL && !g_str_equal (says, places->lies_in[row]))
      add_disagreement (report, source, ordinal, column, says, places->lies_in[row]);
  }
}

static void
check_districts (QonysImportReport *report, QonysImportSource *source, const QonysTable *table,
                 const QonysDistricts *districts, QonysDay as_of)
{
  gsize n = qonys_table_get_n_rows (table);
  Places places = {table, qonys_schema_find_field (source->schema, "district"), as_of};
  g_autoptr (GArray) changes = list_changes (districts);
  g_autofree double *x = NULL, *y = NULL;
  g_autofree const char **lies_in = NULL;
  g_autofree char *count = NULL;

  if (places.place < 0 || source->transform == NULL || source->columns[places.place] < 0)
    return;
  places.x = x = g_new (double, n + 1);
  places.y = y = g_new (double, n + 1);
  places.lies_in = lies_in = g_new0 (const char *, n + 1);
  qonys_mercator_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n, x,
                          y);
  for (guint i = 0; i < changes->len; i++) {
    QonysDay from = g_array_index (changes, QonysDay, i);
    QonysDay to = i + 1 < changes->len ? g_array_index (changes, QonysDay, i + 1) : G_MAXINT32;

    if (has_rows (&places, from, to))
      find_places (&places, districts, from, to);
  }
  compare_places (report, source, &places);
  count = qonys_format_int (report->n_districts);
  if (report->n_districts > 0)
    qonys_diagnostics_add (report->diagnostics, QONYS_WARNING,
                           ngettext ("%s row names another district than the one it lies in.",
                                     "%s rows name another district than the one they lie in.",
                                     (gulong)report->n_districts),
                           count);
}

/* ---- the whole ---- */

gboolean
qonys_import_account (QonysImportReport *report, QonysImportSource *source, const QonysSums *read,
                      const QonysTable *table, const QonysDistricts *districts, QonysDay as_of,
                      QonysJob *job, GError **error)
{
  g_autoptr (QonysSums) stored = qonys_sums_new_like (read);

  number_rows (report, source);
  qonys_sums_add_table (stored, table);
  g_array_unref (report->reconciliations);
  report->reconciliations = qonys_sums_reconcile (read, stored);
  note_totals (report, report->diagnostics);
  check_districts (report, source, table, districts, as_of);
  return qonys_import_source_read_rejected (source, report->rejected, report->rejections->len,
                                            keep_original, report, job, error);
}
