/* GeoJSON of RFC 7946, one feature a line: a few rows to a few million. Longitude and latitude of
 * WGS84, 7 decimals, right-hand rings, no "crs". About 0.3 µs a feature and core for an address
 * of 25 columns. */

#include "release/write-private.h"

#include "base/language.h"

#include <math.h>

/* ---- the member "qonys": what the file is ---- */

static void
add_name (QonysText *text, const char *name)
{
  if (text->data[text->length - 1] != '{')
    _qonys_text_add_char (text, ',');
  _qonys_text_add_json_string (text, name);
  _qonys_text_add_char (text, ':');
}

static void
add_string (QonysText *text, const char *name, const char *value)
{
  if (value == NULL)
    return;
  add_name (text, name);
  _qonys_text_add_json_string (text, value);
}

static void
add_bool (QonysText *text, const char *name, gboolean value)
{
  add_name (text, name);
  _qonys_text_add (text, value ? "true" : "false", value ? 4 : 5);
}

static void
add_day (QonysText *text, const char *name, QonysDay day)
{
  add_name (text, name);
  if (day == QONYS_DAY_MISSING) {
    _qonys_text_add_literal (text, "null");
    return;
  }
  _qonys_text_add_char (text, '"');
  _qonys_text_add_day (text, day);
  _qonys_text_add_char (text, '"');
}

/* The day the rows speak of: of their own table, or of the newest. */
static QonysDay
get_data_day (const QonysExportRows *rows)
{
  QonysDay latest = QONYS_DAY_MISSING;

  if (rows->source >= 0)
    return qonys_project_get_data_day (rows->release->project, rows->source);
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    latest = MAX (latest, qonys_project_get_data_day (rows->release->project, type));
  return latest;
}

static void
add_sources (QonysText *text, const QonysExportRows *rows)
{
  const GPtrArray *datasets = qonys_project_get_datasets (rows->release->project);
  gboolean is_first = TRUE;

  add_name (text, "sources");
  _qonys_text_add_char (text, '[');
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);

    if (dataset->is_withdrawn ||
        (rows->source >= 0 && dataset->type != (QonysRecordType)rows->source))
      continue;
    if (!is_first)
      _qonys_text_add_char (text, ',');
    is_first = FALSE;
    _qonys_text_add_char (text, '{');
    add_string (text, "title", dataset->title);
    add_string (text, "supplier", dataset->supplier);
    add_day (text, "as_of", dataset->as_of);
    add_bool (text, "synthetic", dataset->is_synthetic);
    _qonys_text_add_char (text, '}');
  }
  _qonys_text_add_char (text, ']');
}

static void
add_norm (QonysText *text, const QonysRelease *release)
{
  const QonysNorm *norm = qonys_project_get_norm (release->project);
  static const char *const kinds[] = {"useful", "living", "total"};

  add_name (text, "norm");
  _qonys_text_add_char (text, '{');
  add_name (text, "norm_m2");
  _qonys_text_add_decimal (text, norm->norm_m2);
  add_string (text, "area_kind", kinds[norm->area_kind]);
  add_bool (text, "relatives_exempt", norm->exempt_relatives);
  add_bool (text, "future_only", norm->future_only);
  add_day (text, "valid_from", norm->valid_from);
  add_bool (text, "upper_bound", release->safe->is_upper_bound);
  _qonys_text_add_char (text, '}');
}

static void
add_head (QonysText *text, const QonysExportRows *rows, const char *layer)
{
  const QonysRelease *release = rows->release;

  _qonys_text_add_literal (text, "{\"type\":\"FeatureCollection\",\n\"qonys\":{");
  add_string (text, "version", QONYS_VERSION);
  add_string (text, "layer", layer);
  add_string (text, "audience", _qonys_audience_get_id (release->audience));
  if (!_qonys_release_is_official (release)) {
    add_name (text, "threshold");
    _qonys_text_add_int (text, release->threshold);
  }
  add_string (text, "purpose", release->purpose);
  add_string (text, "mark", release->content->watermark);
  add_day (text, "written", qonys_day_today ());
  add_day (text, "data_day", get_data_day (rows));
  add_bool (text, "synthetic", rows->is_synthetic);
  if (rows->is_synthetic)
    add_string (text, "synthetic_mark", "ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ");
  if (rows->source == QONYS_RECORD_DWELLING)
    add_norm (text, release);
  add_sources (text, rows);
  _qonys_text_add_literal (text, "},\n\"features\":[\n");
}

/* ---- features ---- */

static void
add_value (QonysText *text, QonysExportValue value)
{
  switch (value.kind) {
  case QONYS_EXPORT_NULL:
    _qonys_text_add_literal (text, "null");
    break;
  case QONYS_EXPORT_INT:
    _qonys_text_add_int (text, value.integer);
    break;
  case QONYS_EXPORT_DECIMAL:
    _qonys_text_add_decimal (text, value.decimal);
    break;
  case QONYS_EXPORT_TEXT:
    _qonys_text_add_json_string (text, value.text);
    break;
  case QONYS_EXPORT_DAY:
    _qonys_text_add_char (text, '"');
    _qonys_text_add_day (text, value.integer);
    _qonys_text_add_char (text, '"');
    break;
  case QONYS_EXPORT_BOOL:
    _qonys_text_add (text, value.integer ? "true" : "false", value.integer ? 4 : 5);
    break;
  }
}

static void
add_geometry (QonysText *text, const QonysExportRows *rows, gsize row)
{
  double lon_deg, lat_deg;

  if (rows->geometries != NULL) {
    const char *geometry = g_ptr_array_index (rows->geometries, row);

    _qonys_text_add (text, geometry, strlen (geometry));
    return;
  }
  _qonys_export_rows_get_point (rows, row, &lon_deg, &lat_deg);
  if (isnan (lon_deg) || isnan (lat_deg)) {
    _qonys_text_add_literal (text, "null");
    return;
  }
  _qonys_text_add_literal (text, "{\"type\":\"Point\",\"coordinates\":[");
  _qonys_text_add_degrees (text, lon_deg);
  _qonys_text_add_char (text, ',');
  _qonys_text_add_degrees (text, lat_deg);
  _qonys_text_add_literal (text, "]}");
}

static void
format_features (const QonysExportRows *rows, gsize begin, gsize end, QonysText *text)
{
  QonysText names = {0};
  g_autofree gsize *name_ends = g_new (gsize, rows->columns->len);

  /* The names of the properties with what stands around them, escaped once. */
  for (guint column = 0; column < rows->columns->len; column++) {
    if (column > 0)
      _qonys_text_add_char (&names, ',');
    _qonys_text_add_json_string (&names,
                                 g_array_index (rows->columns, QonysExportColumn, column).name);
    _qonys_text_add_char (&names, ':');
    name_ends[column] = names.length;
  }

  for (gsize row = begin; row < end; row++) {
    gsize start = 0;

    _qonys_text_add_literal (text, "{\"type\":\"Feature\",\"geometry\":");
    add_geometry (text, rows, row);
    _qonys_text_add_literal (text, ",\"properties\":{");
    for (guint column = 0; column < rows->columns->len; column++) {
      _qonys_text_add (text, names.data + start, name_ends[column] - start);
      start = name_ends[column];
      add_value (text, _qonys_export_rows_get (rows, row, column));
    }
    _qonys_text_add (text, "}},\n", row + 1 < rows->n_rows ? 4 : 2);
  }
  _qonys_text_clear (&names);
}

gboolean
qonys_release_write_geojson (QonysRelease *release, const char *layer, const char *path,
                             QonysJob *job, GError **error)
{
  g_autoptr (QonysExportRows) rows = _qonys_export_rows_new (release, layer, error);
  QonysText head = {0};
  gboolean is_ok;

  if (rows == NULL)
    return FALSE;
  add_head (&head, rows, layer);
  is_ok = _qonys_write_rows (rows, layer, "geojson", path, &head, format_features, "\n]}\n", job,
                             error);
  _qonys_text_clear (&head);
  return is_ok;
}
