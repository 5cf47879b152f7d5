/* Rows to districts: a pass over a table, a few times a project. Most rows bear their district's
 * KATO and cost a look at two columns; only the rest are projected and asked for by position. */

#include "domain/assign.h"

#include "geo/mercator.h"

#include <string.h>

static gboolean
was_valid_on (const QonysDistrict *district, QonysDay day)
{
  return day == QONYS_DAY_MISSING ||
         ((district->valid_from == QONYS_DAY_MISSING || district->valid_from <= day) &&
          (district->valid_to == QONYS_DAY_MISSING || day < district->valid_to));
}

gboolean
qonys_district_counts_on_day (const QonysDistricts *all, const QonysDistrict *district,
                              QonysDay day)
{
  return was_valid_on (district, day) ||
         (district->valid_from != QONYS_DAY_MISSING && day < district->valid_from &&
          qonys_districts_is_first (all, district));
}

static int
get_district_field (const QonysSchema *schema)
{
  switch (schema->type) {
  case QONYS_RECORD_DWELLING:
    return QONYS_DWELLING_DISTRICT;
  case QONYS_RECORD_REGISTRATION_COUNT:
    return QONYS_REGISTRATION_PLACE_REF;
  case QONYS_RECORD_SUSPICION:
    return QONYS_SUSPICION_DISTRICT;
  case QONYS_RECORD_OPERATION:
    return QONYS_OPERATION_DISTRICT;
  case QONYS_RECORD_FLOW:
    return QONYS_FLOW_DESTINATION;
  case QONYS_RECORD_INDICATOR:
    return QONYS_INDICATOR_PLACE_REF;
  default:
    return -1;
  }
}

/* Is there a row without a KATO? */
static gboolean
needs_positions (const QonysTable *table, guint field)
{
  guint32 none = qonys_table_get_n_text_values (table, field);

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++)
    if (qonys_table_get_text_code (table, row, field) == none)
      return TRUE;
  return FALSE;
}

static void
assign_positions (const QonysTable *table, const GPtrArray *districts, guint8 *owners)
{
  gsize n = qonys_table_get_n_rows (table);
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autofree const QonysShape **shapes = g_new (const QonysShape *, districts->len);

  for (guint i = 0; i < districts->len; i++)
    shapes[i] = ((const QonysDistrict *)g_ptr_array_index (districts, i))->shape;
  qonys_mercator_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n, x,
                          y);
  qonys_shapes_assign (shapes, districts->len, x, y, n, owners);
}

guint8 *
qonys_assign_districts (const QonysTable *table, const QonysDistricts *all,
                        const GPtrArray *districts)
{
  const QonysSchema *schema = qonys_table_get_schema (table);
  gsize n = qonys_table_get_n_rows (table);
  int field = get_district_field (schema);
  guint n_values = qonys_table_get_n_text_values (table, field);
  const gint32 *days =
      schema->date_field < 0 ? NULL : qonys_table_get_ints (table, schema->date_field);
  guint8 *owners = g_new (guint8, MAX (n, 1));
  g_autofree guint8 *by_value = g_new (guint8, n_values + 1);

  g_return_val_if_fail (districts->len < QONYS_NO_DISTRICT, owners);

  memset (owners, QONYS_NO_DISTRICT, n);
  if (qonys_table_get_lon_deg (table) != NULL && districts->len > 0 &&
      needs_positions (table, field))
    assign_positions (table, districts, owners);

  for (guint value = 0; value < n_values; value++) {
    const char *text = qonys_table_get_text_value (table, field, value);

    by_value[value] = QONYS_NO_DISTRICT;
    for (guint i = 0; i < districts->len; i++)
      if (g_str_equal (((const QonysDistrict *)g_ptr_array_index (districts, i))->kato, text))
        by_value[value] = i;
  }

  for (gsize row = 0; row < n; row++) {
    guint32 value = qonys_table_get_text_code (table, row, field);
    QonysDay day = days == NULL ? QONYS_DAY_MISSING : days[row];

    if (value < n_values)
      owners[row] = by_value[value];
    if (owners[row] != QONYS_NO_DISTRICT &&
        !qonys_district_counts_on_day (all, g_ptr_array_index (districts, owners[row]), day))
      owners[row] = QONYS_NO_DISTRICT;
  }
  return owners;
}
