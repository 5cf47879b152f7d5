/* Export rows of what people wrote on the map: items and annotations with the fields and the shape
 * the audience may see. Up to some ten thousand rows. */

#include "release/rows-private.h"

#include "geo/mercator.h"
#include "release/rings-private.h"

#include <math.h>

QonysExportValue
_qonys_export_entry_field (QonysExportRows *rows, const QonysEntry *entry, guint field)
{
  const char *text = qonys_entry_get (entry, field);
  g_autofree char *joined = NULL;

  switch (qonys_entry_schema_get (qonys_entry_get_kind (entry))->fields[field].type) {
  case QONYS_VALUE_INTEGER:
    return text == NULL ? _qonys_export_null ()
                        : _qonys_export_int ((gint64)qonys_entry_get_number (entry, field));
  case QONYS_VALUE_DECIMAL:
    return _qonys_export_decimal (qonys_entry_get_number (entry, field));
  case QONYS_VALUE_DAY:
    return _qonys_export_day (qonys_entry_get_day (entry, field));
  case QONYS_VALUE_BOOL:
    return _qonys_export_bool (qonys_entry_get_bool (entry, field));
  case QONYS_VALUE_IDS:
    joined = g_strdelimit (g_strdup (text != NULL ? text : ""), " ", ',');
    return _qonys_export_text (g_string_chunk_insert (rows->strings, joined));
  case QONYS_VALUE_TEXT:
  case QONYS_VALUE_WORD:
  case QONYS_VALUE_SHAPE:
  default:
    return _qonys_export_text (text);
  }
}

static void
add_position (QonysText *text, double x, double y)
{
  _qonys_text_add_char (text, '[');
  _qonys_text_add_degrees (text, qonys_mercator_lon_deg (x));
  _qonys_text_add_char (text, ',');
  _qonys_text_add_degrees (text, qonys_mercator_lat_deg (y));
  _qonys_text_add_char (text, ']');
}

static void
add_geometry (QonysText *text, const QonysNoteMark *note)
{
  const QonysShape *shape = note->district != NULL ? note->district->shape : note->shape;

  if (isnan (note->x)) {
    _qonys_text_add_literal (text, "null");
  } else if (shape == NULL) {
    _qonys_text_add_literal (text, "{\"type\":\"Point\",\"coordinates\":");
    add_position (text, note->x, note->y);
    _qonys_text_add_char (text, '}');
  } else if (note->is_ring || note->district != NULL) {
    _qonys_text_add_geojson_shape (text, shape);
  } else {
    _qonys_text_add_literal (text, "{\"type\":\"LineString\",\"coordinates\":[");
    for (guint i = 0; i < shape->ring_starts[1]; i++) {
      if (i > 0)
        _qonys_text_add_char (text, ',');
      add_position (text, shape->x[i], shape->y[i]);
    }
    _qonys_text_add_literal (text, "]}");
  }
}

/* The columns of the schema the audience is told of. */
static QonysExportRows *
make_rows (const QonysRelease *release, QonysEntryKind kind, guint begin, guint end)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (kind);
  const QonysContent *content = release->content;
  QonysExportRows *rows = _qonys_export_rows_alloc (release);
  g_autofree guint *columns = g_new0 (guint, schema->n_fields);
  guint id = _qonys_export_rows_add_column (rows, "id"), generalised;
  QonysText text = {0};

  for (guint i = 0; i < schema->n_fields; i++)
    if ((int)i != schema->shape_field &&
        !_qonys_entry_field_is_withheld (release->audience, kind, i))
      columns[i] = _qonys_export_rows_add_column (
          rows,
          kind == QONYS_ENTRY_ITEM && i == QONYS_ITEM_PLACE_REF ? "place" : schema->fields[i].name);
  generalised = _qonys_export_rows_add_column (rows, "generalised");
  rows->geometries = g_ptr_array_new_with_free_func (g_free);
  rows->n_rows = end - begin;
  for (guint at = begin; at < end; at++) {
    const QonysNoteMark *note = content->notes->pdata[at];

    _qonys_export_rows_add (rows, id, _qonys_export_text (qonys_entry_get_id (note->entry)));
    for (guint i = 0; i < schema->n_fields; i++)
      if (columns[i] != 0)
        _qonys_export_rows_add (rows, columns[i], _qonys_export_entry_field (rows, note->entry, i));
    _qonys_export_rows_add (rows, generalised, _qonys_export_bool (note->is_generalised));
    _qonys_export_rows_add_mercator_point (rows, note->x, note->y);
    add_geometry (&text, note);
    _qonys_export_rows_add_geometry (rows, &text);
  }
  _qonys_text_clear (&text);
  return rows;
}

QonysExportRows *
_qonys_export_items (const QonysRelease *release)
{
  return make_rows (release, QONYS_ENTRY_ITEM, 0, release->content->n_items);
}

QonysExportRows *
_qonys_export_annotations (const QonysRelease *release)
{
  return make_rows (release, QONYS_ENTRY_ANNOTATION, release->content->n_items,
                    release->content->notes->len);
}
