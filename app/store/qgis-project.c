/*
 * The project as QGIS opens it with one click: one a file, some 60 KB of XML packed to 10, made in
 * some milliseconds when the file is made or has got another name. Relations want a row a pair
 * where our columns hold several ids: two layers that are queries (QGIS runs them on the file,
 * nothing is stored twice and nothing can be edited there by mistake). QGIS 3.22 and later.
 */
#include "store/qgis-project.h"

#include "geo/mercator.h"
#include "store/item-place.h"
#include "store/layer-styles.h"
#include "store/sqlite.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define USER "Qonys" /* QGIS writes its own user's name there when somebody saves the project */
#define LOOK 3       /* of earlier looks nothing stays, unless somebody saved them */
#define ID "qonys_layer_" /* QGIS takes no id of less than eleven letters */

/* A pair a row, of texts of ids with spaces between. */
#define PAIRS(column, as)                                                                          \
  "SELECT m.id AS measure, p.value AS " as " FROM measure m, json_each('[\"' || "                  \
  "replace(m." column ", ' ', '\",\"') || '\"]') p WHERE m." column " <> ''"

typedef struct {
  const char *id, *table, *form, *title;
  const char *query; /* NULL: the table itself */
  gboolean is_hidden, is_view;
} Layer;

/* The topmost first. */
static const Layer LAYERS[] = {
    {"annotation_point", "annotation", "Point", N_ ("Annotations: points"), NULL, FALSE},
    {"annotation_line", "annotation", "LineString", N_ ("Annotations: lines"), NULL, FALSE},
    {"item_point", "problem_item", "Point", N_ ("Marked places: points"), NULL, FALSE},
    {"item_place", QONYS_ITEM_PLACE_VIEW, "MultiPolygon",
     N_ ("Marked places: districts and the city"), NULL, FALSE, TRUE},
    {"operation", "operation", "Point", N_ ("Raid operations"), NULL, FALSE},
    {"suspicion", "suspicion", "Point", N_ ("Suspected fictitious registrations"), NULL, FALSE},
    {"dwelling", "dwelling", "Point", N_ ("Dwellings"), NULL, TRUE},
    {"item_area", "problem_item", "Polygon", N_ ("Marked places: areas"), NULL, FALSE},
    {"annotation_area", "annotation", "Polygon", N_ ("Annotations: areas"), NULL, FALSE},
    {"district", "district", "MultiPolygon", N_ ("Districts"), NULL, FALSE},
    {"measure", "measure", NULL, N_ ("Measures"), NULL, FALSE},
    {"status_change", "status_change", NULL, N_ ("Statuses of measures"), NULL, FALSE},
    {"measure_problem", "measure", NULL, N_ ("Problems of measures"), PAIRS ("problems", "problem"),
     FALSE},
    {"measure_item", "measure", NULL, N_ ("Marked places of measures"), PAIRS ("items", "item"),
     FALSE},
};

static const struct {
  const char *id, *title, *child, *child_field, *parent, *parent_field;
} RELATIONS[] = {
    {"measure_statuses", N_ ("Statuses of measures"), "status_change", "measure", "measure", "id"},
    {"measure_problems", N_ ("Problems of measures"), "measure_problem", "measure", "measure",
     "id"},
    {"measure_items", N_ ("Marked places of measures"), "measure_item", "measure", "measure", "id"},
    {"problem_measures", N_ ("Measures against the problem"), "measure_problem", "problem",
     "item_point", "problem"},
    {"problem_measures_area", N_ ("Measures against the problem"), "measure_problem", "problem",
     "item_area", "problem"},
    {"problem_measures_place", N_ ("Measures against the problem"), "measure_problem", "problem",
     "item_place", "problem"},
    {"item_measures", N_ ("Measures for this place"), "measure_item", "item", "item_point", "id"},
    {"item_measures_area", N_ ("Measures for this place"), "measure_item", "item", "item_area",
     "id"},
    {"item_measures_place", N_ ("Measures for this place"), "measure_item", "item", "item_place",
     "id"},
};

/* ---- XML ---- */

G_GNUC_PRINTF (2, 3)
static void
add (GString *xml, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (xml, text);
}

static char *
make_source (const Layer *layer, const char *name)
{
  if (layer->query != NULL)
    return g_strdup_printf ("./%s|layername=%s|subset=%s", name, layer->table, layer->query);
  if (layer->form != NULL && !layer->is_view && strcmp (layer->table, layer->id) != 0)
    return g_strdup_printf ("./%s|layername=%s|geometrytype=%s", name, layer->table, layer->form);
  return g_strdup_printf ("./%s|layername=%s", name, layer->table);
}

static const char *
get_geometry (const Layer *layer)
{
  return layer->form == NULL                         ? "No geometry"
         : g_str_has_suffix (layer->form, "Polygon") ? "Polygon"
         : g_str_equal (layer->form, "LineString")   ? "Line"
                                                     : "Point";
}

/* QGIS's own number beside the EPSG's: without it the system is not read and nothing is drawn. */
static void
add_system (GString *xml, const char *element, int srs_id, int epsg)
{
  add (xml,
       "<%s><spatialrefsys><srsid>%d</srsid><srid>%d</srid><authid>EPSG:%d</authid>"
       "</spatialrefsys></%s>",
       element, srs_id, epsg, epsg, element);
}

static void
add_tree (GString *xml, const char *name)
{
  g_string_append (xml, "<layer-tree-group>");
  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++) {
    g_autofree char *source = make_source (&LAYERS[i], name);

    add (xml,
         "<layer-tree-layer id=\"" ID "%s\" name=\"%s\" source=\"%s\" providerKey=\"ogr\" "
         "checked=\"%s\" expanded=\"0\"/>",
         LAYERS[i].id, _ (LAYERS[i].title), source,
         LAYERS[i].is_hidden ? "Qt::Unchecked" : "Qt::Checked");
  }
  g_string_append (xml, "<custom-order enabled=\"0\"/></layer-tree-group>");
}

static void
add_layer (GString *xml, const Layer *layer, const char *name)
{
  g_autofree char *source = make_source (layer, name);
  g_autofree char *style = qonys_layer_style_make (layer->query != NULL ? layer->id : layer->table);

  add (xml,
       "<maplayer type=\"vector\" geometry=\"%s\" labelsEnabled=\"1\" "
       "readOnly=\"%d\"><id>" ID "%s</id><datasource>%s</datasource>"
       "<layername>%s</layername>",
       get_geometry (layer), layer->query != NULL || layer->is_view, layer->id, source,
       _ (layer->title));
  if (layer->form != NULL)
    add_system (xml, "srs", 3452, 4326);
  g_string_append (xml, "<provider encoding=\"UTF-8\">ogr</provider>");
  g_string_append (xml, style);
  g_string_append (xml, "</maplayer>");
}

static void
add_relations (GString *xml)
{
  g_string_append (xml, "<relations>");
  for (guint i = 0; i < G_N_ELEMENTS (RELATIONS); i++)
    add (xml,
         "<relation id=\"%s\" name=\"%s\" strength=\"Association\" referencingLayer=\"" ID "%s\" "
         "referencedLayer=\"" ID "%s\"><fieldRef referencingField=\"%s\" referencedField=\"%s\"/>"
         "</relation>",
         RELATIONS[i].id, _ (RELATIONS[i].title), RELATIONS[i].child, RELATIONS[i].parent,
         RELATIONS[i].child_field, RELATIONS[i].parent_field);
  g_string_append (xml, "</relations>");
}

/* Where the districts are, in metres of EPSG:3857; no districts, no place. */
static int
add_view (GString *xml, sqlite3 *database)
{
  const double half = 20037508.342789244;
  g_autoptr (sqlite3_stmt) statement =
      qonys_sqlite_prepare (database, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE "
                                      "table_name = 'district' AND min_x IS NOT NULL");
  static const char *const NAMES[] = {"xmin", "ymin", "xmax", "ymax"};
  int code;

  if (statement == NULL)
    return sqlite3_errcode (database);
  if (qonys_sqlite_next (statement, &code)) {
    g_string_append (xml, "<mapcanvas name=\"theMapCanvas\"><units>meters</units><extent>");
    for (int i = 0; i < 4; i++) {
      double deg = sqlite3_column_double (statement, i);
      double unit = i % 2 == 0 ? qonys_mercator_x (deg) * 2 - 1 : 1 - qonys_mercator_y (deg) * 2;
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      add (xml, "<%s>%s</%s>", NAMES[i],
           g_ascii_formatd (number, sizeof number, "%.0f", unit * half), NAMES[i]);
    }
    g_string_append (xml, "</extent>");
    add_system (xml, "destinationsrs", 3857, 3857);
    g_string_append (xml, "</mapcanvas>");
    code = SQLITE_OK;
  }
  return code;
}

static int
make_xml (sqlite3 *database, const char *name, GString *xml)
{
  int code;

  g_string_append (xml, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                        "<qgis projectname=\"Qonys\" version=\"3.22.0\"><title>Qonys</title>");
  add_system (xml, "projectCrs", 3857, 3857);
  add_tree (xml, name);
  code = add_view (xml, database);
  g_string_append (xml, "<projectlayers>");
  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++)
    add_layer (xml, &LAYERS[i], name);
  g_string_append (xml, "</projectlayers>");
  add_relations (xml);
  g_string_append (
      xml, "<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths>"
           "<SpatialRefSys><ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys>"
           "<Gui><CanvasColorRedPart type=\"int\">236</CanvasColorRedPart>"
           "<CanvasColorGreenPart type=\"int\">234</CanvasColorGreenPart>"
           "<CanvasColorBluePart type=\"int\">228</CanvasColorBluePart></Gui>"
           "</properties></qgis>\n");
  return code;
}

/* ---- the archive ---- */

static void
add_numbers (GByteArray *bytes, const char *sizes, ...)
{
  va_list args;

  va_start (args, sizes);
  for (; *sizes != '\0'; sizes++) {
    guint32 number = GUINT32_TO_LE (va_arg (args, guint32));

    g_byte_array_append (bytes, (const guint8 *)&number, (guint)(*sizes - '0'));
  }
  va_end (args);
}

/* Deflated, and as the eight last bytes CRC and length: what gzip writes behind its header. */
static GByteArray *
deflate (const GString *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  GByteArray *packed = g_byte_array_sized_new ((guint)text->len + 64);
  gsize n_read, n_written;

  g_byte_array_set_size (packed, (guint)text->len + 64);
  /* One call is enough: there is room for more than the text. */
  if (g_converter_convert (G_CONVERTER (compressor), text->str, text->len, packed->data,
                           packed->len, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                           NULL) != G_CONVERTER_FINISHED)
    g_assert_not_reached ();
  g_byte_array_set_size (packed, (guint)n_written);
  g_byte_array_remove_range (packed, 0, 10);
  return packed;
}

/* A .qgz is a zip of one file: APPNOTE 4.3.7, 4.3.12, 4.3.16. */
static GByteArray *
zip (const GString *text)
{
  static const char NAME[] = "qonys.qgs";
  const guint32 n_name = sizeof NAME - 1, day = (2024 - 1980) << 9 | 1 << 5 | 25;
  g_autoptr (GByteArray) packed = deflate (text);
  GByteArray *bytes = g_byte_array_new ();
  guint32 crc, n_packed = packed->len - 8, n_text = (guint32)text->len, directory;

  memcpy (&crc, packed->data + n_packed, sizeof crc);
  crc = GUINT32_FROM_LE (crc);
  add_numbers (bytes, "42222244422", 0x04034b50, 20, 0, 8, 0, day, crc, n_packed, n_text, n_name,
               0);
  g_byte_array_append (bytes, (const guint8 *)NAME, n_name);
  g_byte_array_append (bytes, packed->data, n_packed);
  directory = bytes->len;
  add_numbers (bytes, "42222224442222244", 0x02014b50, 20, 20, 0, 8, 0, day, crc, n_packed, n_text,
               n_name, 0, 0, 0, 0, 0, 0);
  g_byte_array_append (bytes, (const guint8 *)NAME, n_name);
  add_numbers (bytes, "42222442", 0x06054b50, 0, 0, 1, 1, bytes->len - directory, directory, 0);
  return bytes;
}

static char *
to_hex (const GByteArray *bytes)
{
  GString *hex = g_string_sized_new (2 * bytes->len);

  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (hex, "%02x", bytes->data[i]);
  return g_string_free (hex, FALSE);
}

/* ---- the table ---- */

/* What QGIS reads of it is time and user; the others are ours. */
static char *
make_metadata (const char *name)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "last_modified_time", "2024-01-25T00:00:00");
  json_object_set_string_member (object, "last_modified_user", USER);
  json_object_set_string_member (object, "file", name);
  json_object_set_int_member (object, "look", LOOK);
  return json_to_string (node, FALSE);
}

/* Is there one that is for this name or not ours? */
static int
find (sqlite3 *database, const char *metadata, gboolean *is_there)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 n = 0;
  int code = qonys_sqlite_query (
      database, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'qgis_projects'", &n);

  *is_there = FALSE;
  if (code != SQLITE_OK || n == 0)
    return code;
  statement =
      qonys_sqlite_prepare (database, "SELECT metadata FROM qgis_projects WHERE name = 'Qonys'");
  if (statement == NULL)
    return sqlite3_errcode (database);
  *is_there = TRUE; /* deleted in QGIS, it stays deleted */
  if (qonys_sqlite_next (statement, &code)) {
    const char *have = (const char *)sqlite3_column_text (statement, 0);

    *is_there = have == NULL || strcmp (have, metadata) == 0 ||
                strstr (have, "\"last_modified_user\":\"" USER "\"") == NULL;
  }
  return code;
}

int
qonys_qgis_project_write (sqlite3 *database, const char *name)
{
  g_autofree char *metadata = make_metadata (name);
  g_autoptr (GString) xml = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *content = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean is_there;
  int code = find (database, metadata, &is_there);

  if (code != SQLITE_OK || is_there)
    return code;
  xml = g_string_new (NULL);
  code = make_xml (database, name, xml);
  if (code == SQLITE_OK)
    code = qonys_sqlite_run (database, "CREATE TABLE IF NOT EXISTS qgis_projects (name TEXT "
                                       "PRIMARY KEY, metadata BLOB, content BLOB)");
  if (code != SQLITE_OK)
    return code;
  bytes = zip (xml);
  content = to_hex (bytes);
  statement = qonys_sqlite_prepare (database,
                                    "INSERT OR REPLACE INTO qgis_projects VALUES ('Qonys', ?, ?)");
  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, metadata);
  qonys_sqlite_bind (statement, 2, content);
  return qonys_sqlite_finish (statement);
}
