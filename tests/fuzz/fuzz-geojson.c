/* GeoJSON: our own way through plain files, and the look at members that become no column, which
 * finds one behind whatever text. */
#include "fuzz.h"

#include "store/geojson.h"
#include "store/hidden-texts.h"

#include <string.h>

static const char *const NAMES[] = {"dwelling_key", "rooms", "note", "a", NULL};

#define N_NAMES (G_N_ELEMENTS (NAMES) - 1)

static void
read_plain (const char *path)
{
  g_autoptr (QonysGeojson) geojson = qonys_geojson_open (path, NAMES, N_NAMES);
  QonysJsonValue values[N_NAMES];
  double x, y;

  for (gsize chunk = 0; geojson != NULL && chunk < qonys_geojson_get_n_chunks (geojson); chunk++) {
    char *at;
    const char *end;
    g_autofree char *text = qonys_geojson_load (geojson, chunk, &at, &end);
    int result;

    if (text == NULL)
      return;
    while ((result = qonys_geojson_next (geojson, &at, end, values, &x, &y)) > 0)
      for (guint i = 0; i < N_NAMES; i++)
        if (values[i].kind == QONYS_JSON_TEXT)
          fuzz_assert (g_utf8_validate_len (values[i].text, values[i].length, NULL));
    if (result < 0)
      return;
  }
}

static void
note (const char *place, gint64 line, const char *text, gsize length, gboolean is_number,
      gpointer data)
{
  gsize *sum = data;

  fuzz_assert (line >= 1 && place != NULL);
  for (gsize i = 0; i < length; i++)
    *sum += (guchar)text[i];
}

static void
find (const char *place, gint64 line, const char *text, gsize length, gboolean is_number,
      gpointer data)
{
  if (g_str_equal (place, "who") && length == 12 && memcmp (text, "991231100010", 12) == 0)
    *(gboolean *)data = TRUE;
}

static void
find_behind (const guint8 *data, gsize size)
{
  g_autoptr (GString) json = g_string_new ("{\"a\":{\"b\":[\"");
  g_autofree char *path = NULL;
  gboolean is_found = FALSE;

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 0x20 && data[i] != '"' && data[i] != '\\')
      g_string_append_c (json, (char)data[i]);
    else
      g_string_append_printf (json, "\\u%04x", data[i]);
  g_string_append (json, "\",1e5,{}]},\"who\":\"991231100010\"}");
  path = fuzz_put (json->str, json->len);
  fuzz_assert (qonys_hidden_scan_json (path, NULL, 0, find, &is_found) && is_found);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *path = fuzz_put (data, size);
  gsize sum = 0;

  read_plain (path);
  qonys_hidden_scan_json (path, NULL, 0, note, &sum);
  qonys_hidden_scan_json (path, NAMES, size / 2, note, &sum);
  find_behind (data, size);
  return 0;
}
