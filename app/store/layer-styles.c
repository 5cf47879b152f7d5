/*
 * How a project looks in QGIS and other GIS without us: a style a layer, eleven in all, made when
 * the file is, in a millisecond. QML is QGIS's own format, SLD that of the OGC (05-078r4). The
 * colours are those of the light palette. Districts have no classes there: their numbers depend
 * on norm, filter and audience, which no table holds, and the lowest class's colour would say
 * "few".
 */
#include "store/layer-styles.h"

#include "domain/catalogue.h"
#include "domain/entry.h"
#include "domain/schema.h"
#include "store/item-place.h"
#include "store/layer-symbols.h"
#include "store/sqlite.h"

#include <glib/gi18n-lib.h>

static const char TABLE[] =
    "CREATE TABLE IF NOT EXISTS layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
    "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME "
    "DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));"
    "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change) "
    "VALUES ('layer_styles', 'attributes', 'layer_styles', '2024-01-25T00:00:00.000Z')";

static const QonysLayerLook STYLES[] = {
    {"district", QONYS_LOOK_AREA, 0xFAF9F5, 0x6C6585, NULL, 0},
    {"dwelling", QONYS_LOOK_MARK, 0xCC79A7, 0x7B2F58, "square", 11},
    {"suspicion", QONYS_LOOK_MARK, 0xE69F00, 0x7A5200, "triangle", 15},
    {"operation", QONYS_LOOK_MARK, 0x0072B2, 0x00395C, "diamond", 15},
    {"problem_item", QONYS_LOOK_ANY, 0x2B3A42, 0x2B3A42, "circle", 15},
    {QONYS_ITEM_PLACE_VIEW, QONYS_LOOK_ANY, 0x2B3A42, 0x2B3A42, "circle", 15},
    {"annotation", QONYS_LOOK_ANY, 0x006B57, 0x006B57, "circle", 11},
    {"measure", QONYS_LOOK_NONE, 0, 0, NULL, 0},
    {"status_change", QONYS_LOOK_NONE, 0, 0, NULL, 0},
    {"version", QONYS_LOOK_NONE, 0, 0, NULL, 0},
    {"scene", QONYS_LOOK_NONE, 0, 0, NULL, 0},
};

/* ---- QML: columns ---- */

static void
add_alias (GString *aliases, const char *name, const char *label)
{
  gboolean is_text3 = g_str_has_suffix (name, "_kk") || g_str_has_suffix (name, "_ru") ||
                      g_str_has_suffix (name, "_en");
  g_autofree char *text = g_markup_printf_escaped (
      is_text3 ? "<alias field=\"%s\" name=\"%s (%s)\"/>" : "<alias field=\"%s\" name=\"%s\"/>",
      name, label, name + strlen (name) - 2);

  g_string_append (aliases, text);
}

static void
begin_map (GString *fields, const char *name)
{
  g_string_append_printf (fields,
                          "<field name=\"%s\"><editWidget type=\"ValueMap\"><config>"
                          "<Option type=\"Map\"><Option type=\"List\" name=\"map\">",
                          name);
}

static void
add_word (GString *fields, const char *word, const char *label)
{
  g_string_append (fields, "<Option type=\"Map\">");
  qonys_qml_add_option (fields, label, word);
  g_string_append (fields, "</Option>");
}

static void
end_map (GString *fields)
{
  g_string_append (fields, "</Option></Option></config></editWidget></field>");
}

static const char *
get_word_label (const char *word)
{
  static const struct {
    const char *word, *label;
  } LABELS[] = {
      {"point", N_ ("A point")},
      {"area", N_ ("An area")},
      {"cell", N_ ("A cell of the grid")},
      {"district", N_ ("A district")},
      {"city", N_ ("The whole city")},
      {"pin", N_ ("A pin")},
      {"callout", N_ ("A callout")},
      {"arrow", N_ ("An arrow")},
      {"freehand", N_ ("A freehand line")},
      {"before_after", N_ ("Before and after")},
      {"secretary", N_ ("Secretary of the commission")},
      {"member", N_ ("Member of the commission")},
      {"analyst", N_ ("Analyst")},
      {"presenter", N_ ("Presenter")},
      {"body", N_ ("Responsible body")},
  };
  const QonysTerm *status = qonys_catalogue_find_status (word);

  if (status != NULL)
    return qonys_text3_get (&status->title);
  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (g_str_equal (LABELS[i].word, word))
      return _ (LABELS[i].label);
  return word;
}

/* Texts that are ids of the catalogue: its list is offered, as “P02 · its title”. */
static gboolean
add_catalogue_map (GString *fields, const char *name)
{
  const QonysCatalogue *catalogue = qonys_catalogue_get ();
  gboolean is_problem = g_str_equal (name, "problem");
  gboolean is_body = g_str_equal (name, "body");
  const GPtrArray *list = is_problem ? catalogue->problems
                          : is_body  ? catalogue->bodies
                                     : catalogue->indicators;

  if (!is_problem && !is_body && !g_str_equal (name, "indicator") &&
      !g_str_equal (name, "effect_indicator"))
    return FALSE;
  begin_map (fields, name);
  for (guint i = 0; i < list->len; i++) {
    const QonysText3 *title = is_problem ? &((QonysProblem *)list->pdata[i])->title
                              : is_body  ? &((QonysTerm *)list->pdata[i])->title
                                         : &((QonysIndicator *)list->pdata[i])->title;
    const char *id = *(char **)list->pdata[i]; /* the first member of each */
    g_autofree char *label = is_body ? g_strdup (qonys_text3_get (title))
                                     : g_strdup_printf ("%s · %s", id, qonys_text3_get (title));

    add_word (fields, id, label);
  }
  end_map (fields);
  return TRUE;
}

static void
add_entry_field (GString *fields, const QonysEntrySchema *schema, const QonysEntryField *field)
{
  if (field->type == QONYS_VALUE_WORD) {
    begin_map (fields, field->name);
    for (guint i = 0; field->words[i] != NULL; i++)
      add_word (fields, field->words[i], get_word_label (field->words[i]));
    end_map (fields);
  } else if (schema->kind == QONYS_ENTRY_STATUS_CHANGE && g_str_equal (field->name, "measure")) {
    g_string_append (fields, "<field name=\"measure\"><editWidget type=\"ValueRelation\"><config>"
                             "<Option type=\"Map\">");
    qonys_qml_add_option (fields, "LayerName", "measure");
    qonys_qml_add_option (fields, "Key", "id");
    qonys_qml_add_option (fields, "Value", "title_kk");
    g_string_append (fields, "</Option></config></editWidget></field>");
  } else if (field->type == QONYS_VALUE_TEXT) {
    add_catalogue_map (fields, field->name);
  }
}

static void
add_record_field (GString *fields, const QonysField *field)
{
  if (field->type != QONYS_FIELD_ENUM)
    return;
  begin_map (fields, field->name);
  for (guint8 i = 0; field->values[i] != NULL; i++)
    add_word (fields, field->values[i], qonys_field_get_value_label (field, i));
  end_map (fields);
}

static void
add_columns (GString *qml, const char *layer)
{
  g_autoptr (GString) fields = g_string_new (NULL), aliases = g_string_new (NULL);
  QonysEntryKind kind;
  QonysRecordType type;

  if (g_str_equal (layer, QONYS_ITEM_PLACE_VIEW))
    layer = qonys_entry_schema_get (QONYS_ENTRY_ITEM)->name;
  if (qonys_entry_kind_parse (layer, &kind)) {
    const QonysEntrySchema *schema = qonys_entry_schema_get (kind);

    for (guint i = 0; i < schema->n_fields; i++) {
      add_entry_field (fields, schema, &schema->fields[i]);
      if (schema->fields[i].type != QONYS_VALUE_SHAPE)
        add_alias (aliases, schema->fields[i].name, _ (schema->fields[i].label));
    }
  } else if (qonys_record_type_parse (layer, &type)) {
    const QonysSchema *schema = qonys_schema_get (type);

    for (guint i = 0; i < schema->n_fields; i++) {
      add_record_field (fields, &schema->fields[i]);
      add_alias (aliases, schema->fields[i].name, _ (schema->fields[i].label));
    }
  } else { /* pairs */
    add_catalogue_map (fields, "problem");
    add_alias (aliases, "measure", _ ("Measure"));
    add_alias (aliases, "problem", _ ("Problem"));
    add_alias (aliases, "item", _ ("Marked place"));
  }
  g_string_append_printf (qml, "<fieldConfiguration>%s</fieldConfiguration><aliases>%s</aliases>",
                          fields->str, aliases->str);
}

char *
qonys_layer_style_make (const char *layer)
{
  GString *qml = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++)
    if (g_str_equal (STYLES[i].layer, layer))
      qonys_layer_symbols_add (qml, &STYLES[i]);
  add_columns (qml, layer);
  return g_string_free (qml, FALSE);
}

static char *
make_qml (const QonysLayerLook *style)
{
  g_autofree char *look = qonys_layer_style_make (style->layer);
  GString *qml = g_string_new ("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                               "<qgis version=\"3.22.0\" labelsEnabled=\"1\" "
                               "styleCategories=\"Symbology|Labeling|Fields|Forms\">");

  g_string_append (qml, look);
  g_string_append (qml, "</qgis>\n");
  return g_string_free (qml, FALSE);
}

/* ---- SLD ---- */

#define SLD_FILL                                                                                   \
  "<se:Fill><se:SvgParameter name=\"fill\">#%06x</se:SvgParameter>"                                \
  "<se:SvgParameter name=\"fill-opacity\">%s</se:SvgParameter></se:Fill>"
#define SLD_STROKE                                                                                 \
  "<se:Stroke><se:SvgParameter name=\"stroke\">#%06x</se:SvgParameter>"                            \
  "<se:SvgParameter name=\"stroke-width\">%d</se:SvgParameter></se:Stroke>"

/* Only shapes of so many dimensions, where a layer has all. */
static void
begin_rule (GString *sld, const QonysLayerLook *style, int dimension)
{
  g_string_append (sld, "<se:Rule>");
  if (style->look == QONYS_LOOK_ANY)
    g_string_append_printf (sld,
                            "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:Function name=\"dimension\">"
                            "<ogc:PropertyName>geom</ogc:PropertyName></ogc:Function>"
                            "<ogc:Literal>%d</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>",
                            dimension);
  else if (style->look == QONYS_LOOK_AREA) /* the districts of now */
    g_string_append (sld, "<ogc:Filter><ogc:PropertyIsNull><ogc:PropertyName>valid_to"
                          "</ogc:PropertyName></ogc:PropertyIsNull></ogc:Filter>");
}

static char *
make_sld (const QonysLayerLook *style)
{
  GString *sld = g_string_new (NULL);

  g_string_printf (
      sld,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<StyledLayerDescriptor version=\"1.1.0\" "
      "xmlns=\"http://www.opengis.net/sld\" xmlns:se=\"http://www.opengis.net/se\" "
      "xmlns:ogc=\"http://www.opengis.net/ogc\"><NamedLayer><se:Name>%s</se:Name><UserStyle>"
      "<se:Name>%s</se:Name><se:FeatureTypeStyle>",
      style->layer, style->layer);
  if (style->look == QONYS_LOOK_MARK || style->look == QONYS_LOOK_ANY) {
    begin_rule (sld, style, 0);
    g_string_append_printf (sld,
                            "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>%s"
                            "</se:WellKnownName>" SLD_FILL SLD_STROKE
                            "</se:Mark><se:Size>%d</se:Size></se:Graphic></se:PointSymbolizer>"
                            "</se:Rule>",
                            style->shape, style->fill, "1", style->edge, 1, style->size_px);
  }
  if (style->look == QONYS_LOOK_ANY) {
    begin_rule (sld, style, 1);
    g_string_append_printf (sld, "<se:LineSymbolizer>" SLD_STROKE "</se:LineSymbolizer></se:Rule>",
                            style->fill, 2);
  }
  if (style->look == QONYS_LOOK_AREA || style->look == QONYS_LOOK_ANY) {
    begin_rule (sld, style, 2);
    g_string_append_printf (
        sld, "<se:PolygonSymbolizer>" SLD_FILL SLD_STROKE "</se:PolygonSymbolizer></se:Rule>",
        style->fill, style->look == QONYS_LOOK_ANY ? "0.1" : "1", style->edge,
        style->look == QONYS_LOOK_ANY ? 2 : 1);
  }
  g_string_append (sld, "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>");
  return g_string_free (sld, FALSE);
}

/* ---- the table ---- */

static int
write_style (sqlite3 *database, const QonysLayerLook *style)
{
  g_autofree char *qml = make_qml (style);
  g_autofree char *sld = style->look != QONYS_LOOK_NONE ? make_sld (style) : NULL;
  g_autoptr (sqlite3_stmt) statement = qonys_sqlite_prepare (
      database, "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner, update_time) SELECT '', '', ?1, ?2, 'Qonys', ?3, ?4, 1, 'Qonys', '', "
                "'2024-01-25T00:00:00.000Z' WHERE NOT EXISTS (SELECT 1 FROM layer_styles WHERE "
                "f_table_name = ?1)");

  if (statement == NULL)
    return sqlite3_errcode (database);
  qonys_sqlite_bind (statement, 1, style->layer);
  qonys_sqlite_bind (statement, 2, style->look != QONYS_LOOK_NONE ? "geom" : "");
  qonys_sqlite_bind (statement, 3, qml);
  qonys_sqlite_bind (statement, 4, sld);
  return qonys_sqlite_finish (statement);
}

int
qonys_layer_styles_write (sqlite3 *database)
{
  int code = qonys_sqlite_run (database, TABLE);

  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (STYLES); i++)
    code = write_style (database, &STYLES[i]);
  return code;
}
