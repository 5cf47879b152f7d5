/*
 * Our pictures in QGIS's words: what `draw` paints of districts, marked places and annotations, as
 * QML symbols and labels (some 5 KB a layer, made once a file). Sizes are in points, so that they
 * are the same on a screen and on paper: 3 pt are 4 of our pixels. Plates, pins and heads of arrows
 * are pictures in SVG with their tip in the middle, whose colours can be changed in QGIS.
 */
#include "store/layer-symbols.h"

#include "base/language.h"
#include "store/item-place.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WHITE "255,255,255,220" /* the halo */
#define LAND "250,249,245"
#define INK "29,35,38"
#define FONT "Noto Sans"
/* Where an area is widest: on the map, which degrees are not. */
#define WIDEST                                                                                     \
  "transform(pole_of_inaccessibility(transform($geometry, 'EPSG:4326', 'EPSG:3857'), 10), "        \
  "'EPSG:3857', 'EPSG:4326')"

/* ---- pictures ---- */

#define SVG(path)                                                                                  \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"60\" viewBox=\"0 0 60 60\">"    \
  "<g transform=\"translate(30 30)\" stroke-linejoin=\"round\">" path "</g></svg>"
/* The halo, then the thing itself. */
#define WITH_HALO(d, width, stroke)                                                                \
  "<path d=\"" d "\" fill=\"none\" stroke=\"#fff\" stroke-opacity=\".86\" stroke-width=\"" width   \
  "\"/><path d=\"" d "\" fill=\"param(fill)\" " stroke "/>"

#define PLATE_PATH                                                                                 \
  "M-11.7-26h23.4a5.3 5.3 0 0 1 5.3 5.3v8.4a5.3 5.3 0 0 1-5.3 5.3h-6.8L0 0l-4.9-7h-6.8"            \
  "a5.3 5.3 0 0 1-5.3-5.3v-8.4a5.3 5.3 0 0 1 5.3-5.3z"
#define PIN_PATH "M-7.3-13.7A9 9 0 1 1 7.3-13.7L0 0z"

static const char PLATE[] =
    SVG (WITH_HALO (PLATE_PATH, "4.4", "stroke=\"param(outline)\" stroke-width=\"1.4\""));
static const char PIN[] =
    SVG (WITH_HALO (PIN_PATH, "4", "") "<circle cy=\"-18.9\" r=\"3.6\" fill=\"#faf9f5\"/>");
static const char PAIR[] = SVG (WITH_HALO (
    PIN_PATH, "4", "") "<path d=\"M0-24.8a5.9 5.9 0 0 1 0 11.8z\" fill=\"#faf9f5\"/><circle "
                       "cy=\"-18.9\" r=\"5.9\" fill=\"none\" stroke=\"#faf9f5\" "
                       "stroke-width=\"1.2\"/>");
static const char HEAD[] = SVG (WITH_HALO ("M0 0-11.7 5.7v-11.4z", "3", ""));

/* ---- XML ---- */

void
qonys_qml_add_option (GString *qml, const char *name, const char *value)
{
  g_autofree char *text =
      g_markup_printf_escaped ("<Option type=\"QString\" name=\"%s\" value=\"%s\"/>", name, value);

  g_string_append (qml, text);
}

/* Names and values in turn, then NULL. What is left open, a symbol of its own follows in. */
G_GNUC_NULL_TERMINATED
static void
begin_layer (GString *qml, const char *class, ...)
{
  va_list args;
  const char *name;

  g_string_append_printf (qml, "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\">", class);
  g_string_append (qml, "<Option type=\"Map\">");
  va_start (args, class);
  while ((name = va_arg (args, const char *)) != NULL)
    qonys_qml_add_option (qml, name, va_arg (args, const char *));
  va_end (args);
  g_string_append (qml, "</Option>");
}

static void
end_layer (GString *qml)
{
  g_string_append (qml, "</layer>");
}

static void
begin_symbol (GString *qml, const char *type, const char *name)
{
  g_string_append_printf (qml,
                          "<symbol type=\"%s\" name=\"%s\" alpha=\"1\" clip_to_extent=\"1\" "
                          "force_rhr=\"0\">",
                          type, name);
}

static void
end_symbol (GString *qml)
{
  g_string_append (qml, "</symbol>");
}

/* A value of a layer that an expression gives; in QGIS type 3. */
static void
add_property (GString *qml, const char *name, const char *expression)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<data_defined_properties><Option type=\"Map\"><Option type=\"QString\" name=\"name\" "
      "value=\"\"/><Option type=\"Map\" name=\"properties\"><Option type=\"Map\" name=\"%s\">"
      "<Option type=\"bool\" name=\"active\" value=\"true\"/><Option type=\"QString\" "
      "name=\"expression\" value=\"%s\"/><Option type=\"int\" name=\"type\" value=\"3\"/></Option>"
      "</Option><Option type=\"QString\" name=\"type\" value=\"collection\"/></Option>"
      "</data_defined_properties>",
      name, expression);

  g_string_append (qml, text);
}

/* ---- layers of symbols ---- */

static void
add_picture (GString *qml, const char *svg, const char *fill, const char *outline)
{
  g_autofree char *code = g_base64_encode ((const guchar *)svg, strlen (svg));
  g_autofree char *name = g_strconcat ("base64:", code, NULL);

  begin_layer (qml, "SvgMarker", "name", name, "color", fill, "outline_color", outline, "size",
               "45", "size_unit", "Point", NULL);
  end_layer (qml);
}

static void
begin_line (GString *qml, const char *color, const char *width_pt)
{
  begin_layer (qml, "SimpleLine", "line_color", color, "line_width", width_pt, "line_width_unit",
               "Point", "joinstyle", "round", "capstyle", "round", NULL);
}

static void
add_line (GString *qml, const char *color, const char *width_pt)
{
  begin_line (qml, color, width_pt);
  end_layer (qml);
}

static void
begin_fill (GString *qml, const char *color)
{
  begin_layer (qml, "SimpleFill", "color", color, "style", "solid", "outline_style", "no", NULL);
}

static void
add_fill (GString *qml, const char *color)
{
  begin_fill (qml, color);
  end_layer (qml);
}

static void
add_dot (GString *qml, const char *color, const char *size_pt)
{
  begin_layer (qml, "SimpleMarker", "name", "circle", "color", color, "outline_color", WHITE,
               "outline_width", "0.75", "outline_width_unit", "Point", "size", size_pt, "size_unit",
               "Point", NULL);
  end_layer (qml);
}

/* At an end of a line; @name says where in the symbol it is: "@symbol@layer". */
static void
begin_end_marker (GString *qml, const char *placement, const char *name)
{
  begin_layer (qml, "MarkerLine", "placement", placement, "rotate", "1", NULL);
  begin_symbol (qml, "marker", name);
}

/* Ends a symbol in a layer and the layer. */
static void
end_inner (GString *qml)
{
  end_symbol (qml);
  end_layer (qml);
}

/* ---- marked places ---- */

#define ITEM "43,58,66"

/* Its problem's number on a plate. */
static void
add_plate (GString *qml, gboolean is_solved)
{
  add_picture (qml, PLATE, is_solved ? LAND ",255" : ITEM ",255", ITEM ",255");
  begin_layer (qml, "FontMarker", "font", FONT, "font_style", "Bold", "chr", "P", "color",
               is_solved ? ITEM ",255" : "255,255,255,255", "outline_width", "0", "outline_color",
               "0,0,0,0", "size", "8.25", "size_unit", "Point", "offset", "0,-12.4", "offset_unit",
               "Point", NULL);
  add_property (qml, "char", "coalesce(\"problem\", '')");
  end_layer (qml);
}

/* A plate where an area is widest on the map. @name: where in the symbol it is */
static void
add_plate_within (GString *qml, gboolean is_solved, const char *name)
{
  begin_layer (qml, "GeometryGenerator", "SymbolType", "Marker", "geometryModifier", WIDEST, NULL);
  begin_symbol (qml, "marker", name);
  add_plate (qml, is_solved);
  end_inner (qml);
}

/* As ours, which show the outline of a district only when it is chosen. */
static void
add_place_symbols (GString *qml)
{
  begin_symbol (qml, "fill", "0");
  add_plate_within (qml, FALSE, "@0@0");
  end_symbol (qml);
  begin_symbol (qml, "fill", "1");
  add_plate_within (qml, TRUE, "@1@0");
  end_symbol (qml);
}

/* Ends a layer that is seen from 39 points of width on: a square behind its plate is none. */
static void
end_extent (GString *qml)
{
  add_property (qml, "enabled",
                "bounds_width(transform($geometry, 'EPSG:4326', 'EPSG:3857')) > "
                "39 / 72 * 0.0254 * @map_scale");
  end_layer (qml);
}

static void
add_item_symbols (GString *qml)
{
  static const char *const TYPES[] = {"marker", "marker", "fill", "fill"};

  for (int i = 0; i < 4; i++) {
    char name[] = {(char)('0' + i), '\0'}, inner[] = {'@', (char)('0' + i), '@', '3', '\0'};
    gboolean is_solved = i % 2 == 1;

    begin_symbol (qml, TYPES[i], name);
    if (i >= 2) { /* an area, with the plate where it is widest */
      begin_fill (qml, ITEM ",26");
      end_extent (qml);
      begin_line (qml, WHITE, "3.3");
      end_extent (qml);
      begin_line (qml, ITEM ",255", "1.2");
      end_extent (qml);
      add_plate_within (qml, is_solved, inner);
    } else {
      add_plate (qml, is_solved);
    }
    end_symbol (qml);
  }
}

/* ---- annotations ---- */

#define NOTE "0,107,87"

static void
add_annotation_area (GString *qml)
{
  add_fill (qml, NOTE ",20");
  begin_layer (qml, "PointPatternFill", "distance_x", "9", "distance_x_unit", "Point", "distance_y",
               "9", "distance_y_unit", "Point", NULL);
  begin_symbol (qml, "marker", "@6@1");
  begin_layer (qml, "SimpleMarker", "name", "cross", "color", NOTE ",110", "outline_color",
               NOTE ",110", "outline_width", "0.75", "outline_width_unit", "Point", "size", "2.25",
               "size_unit", "Point", "cap_style", "flat", NULL);
  end_layer (qml);
  end_inner (qml);
  add_line (qml, WHITE, "3.9");
  add_line (qml, NOTE ",255", "1.5");
}

static void
add_annotation_symbols (GString *qml)
{
  begin_symbol (qml, "marker", "0"); /* a pin */
  add_picture (qml, PIN, NOTE ",255", NOTE ",255");
  end_symbol (qml);
  begin_symbol (qml, "marker", "1"); /* before and after */
  add_picture (qml, PAIR, NOTE ",255", NOTE ",255");
  end_symbol (qml);
  begin_symbol (qml, "marker", "2"); /* a callout at a point */
  add_dot (qml, NOTE ",255", "6.75");
  end_symbol (qml);
  begin_symbol (qml, "line", "3"); /* one with a place of its words */
  add_line (qml, WHITE, "3.6");
  add_line (qml, NOTE ",255", "1.2");
  begin_end_marker (qml, "firstvertex", "@3@2");
  add_dot (qml, NOTE ",255", "6.75");
  end_inner (qml);
  end_symbol (qml);
  begin_symbol (qml, "line", "4"); /* an arrow */
  add_line (qml, WHITE, "4.2");
  add_line (qml, NOTE ",255", "1.8");
  begin_end_marker (qml, "lastvertex", "@4@2");
  add_picture (qml, HEAD, NOTE ",255", NOTE ",255");
  end_inner (qml);
  end_symbol (qml);
  begin_symbol (qml, "line", "5"); /* freehand */
  begin_layer (qml, "GeometryGenerator", "SymbolType", "Line", "geometryModifier",
               "smooth($geometry, 3, 0.25)", NULL);
  begin_symbol (qml, "line", "@5@0");
  add_line (qml, WHITE, "4.2");
  add_line (qml, NOTE ",255", "1.8");
  end_inner (qml);
  end_symbol (qml);
  begin_symbol (qml, "fill", "6");
  add_annotation_area (qml);
  end_symbol (qml);
}

/* ---- districts and records ---- */

static char *
get_rgb (guint32 color)
{
  return g_strdup_printf ("%u,%u,%u,255", color >> 16 & 255, color >> 8 & 255, color & 255);
}

static void
add_district_symbols (GString *qml, const QonysLayerLook *look)
{
  g_autofree char *fill = get_rgb (look->fill), *edge = get_rgb (look->edge);

  begin_symbol (qml, "fill", "0");
  add_fill (qml, fill);
  add_line (qml, "108,101,133,41", "3.5");
  add_line (qml, edge, "0.8");
  end_symbol (qml);
}

static void
add_mark_symbols (GString *qml, const QonysLayerLook *look)
{
  g_autofree char *fill = get_rgb (look->fill), *edge = get_rgb (look->edge);
  g_autofree char *size_pt =
      g_strdup_printf ("%d.%02d", look->size_px * 3 / 4, look->size_px * 3 % 4 * 25);

  begin_symbol (qml, "marker", "0");
  begin_layer (qml, "SimpleMarker", "name", look->shape, "color", fill, "outline_color", edge,
               "outline_width", "0.75", "outline_width_unit", "Point", "joinstyle", "round", "size",
               size_pt, "size_unit", "Point", NULL);
  end_layer (qml);
  end_symbol (qml);
}

/* ---- labels ---- */

typedef struct {
  const char *filter;
  const char *place; /* the point the words belong to; NULL: wherever in the area is room */
  int placement;     /* QGIS's: 1 over the point, 4 within the area, 6 around the point */
  const char *distance_pt;
  gboolean has_frame;
} Words;

static const Words ANNOTATION_WORDS[] = {
    {"\"kind\" = 'callout' AND geometry_type($geometry) = 'Line'", "end_point($geometry)", 1, "0",
     TRUE},
    {"\"kind\" = 'callout' AND geometry_type($geometry) = 'Point'", "$geometry", 6, "12", TRUE},
    {"geometry_type($geometry) = 'Polygon'", WIDEST, 1, "0", FALSE},
    {"geometry_type($geometry) = 'Line' AND \"kind\" <> 'callout'", "start_point($geometry)", 6,
     "7.5", FALSE},
    {"geometry_type($geometry) = 'Point' AND \"kind\" <> 'callout'", "$geometry", 6, "7.5", FALSE},
};

static const Words DISTRICT_WORDS[] = {
    {"\"valid_to\" IS NULL", NULL, 4, "0", FALSE},
};

/* Plates have no words beside, but districts' names keep off them. */
static const char ITEM_OBSTACLES[] =
    "<labeling type=\"simple\"><settings><text-style fieldName=\"problem\"/><placement "
    "placement=\"1\"/><rendering drawLabels=\"0\" obstacle=\"1\" obstacleFactor=\"1\"/></settings>"
    "</labeling>";

/* Where the area itself would be the obstacle: words nobody sees, as large as the plate. */
static const char PLACE_OBSTACLES[] =
    "<labeling type=\"simple\"><settings><text-style fieldName=\"problem\" fontFamily=\"" FONT
    "\" fontSize=\"14\" fontSizeUnit=\"Point\" textOpacity=\"0\"/><placement placement=\"1\" "
    "quadOffset=\"1\" priority=\"10\" geometryGenerator=\"" WIDEST
    "\" geometryGeneratorEnabled=\"1\" geometryGeneratorType=\"PointGeometry\"/><rendering "
    "displayAll=\"1\" drawLabels=\"1\" obstacle=\"0\"/></settings></labeling>";

/* The words in the language now set; where there are none in it, a sentence that says so. */
static char *
make_annotation_text (void)
{
  const char *code = qonys_language_get_code (qonys_language_get ());
  g_autoptr (GString) sentence = g_string_new (_ ("No text in this language"));

  g_string_replace (sentence, "'", "''", 0);
  return g_strdup_printf ("coalesce(\"text_%s\", CASE WHEN coalesce(\"text_kk\", \"text_ru\", "
                          "\"text_en\") IS NOT NULL THEN '%s' END)",
                          code, sentence->str);
}

static void
add_words (GString *qml, const Words *words, const char *text, gboolean is_name)
{
  g_autofree char *style = g_markup_printf_escaped (
      "<rule filter=\"%s\" key=\"words%u\"><settings calloutType=\"simple\"><text-style "
      "fieldName=\"%s\" isExpression=\"1\" fontFamily=\"" FONT "\" namedStyle=\"%s\" "
      "fontWeight=\"%d\" fontSize=\"%s\" fontSizeUnit=\"Point\" textColor=\"" INK ",255\" "
      "textOpacity=\"1\" fontKerning=\"1\" multilineHeight=\"1\">",
      words->filter, g_str_hash (words->filter), text, is_name ? "Bold" : "Regular",
      is_name ? 75 : 50, is_name ? "10.5" : "9.4");

  g_string_append (qml, style);
  g_string_append_printf (
      qml,
      "<text-buffer bufferDraw=\"%d\" bufferSize=\"1.5\" bufferSizeUnits=\"Point\" "
      "bufferColor=\"255,255,255,255\" bufferOpacity=\"0.86\" bufferJoinStyle=\"128\"/>"
      "<background shapeDraw=\"%d\" shapeType=\"0\" shapeSizeType=\"0\" shapeSizeX=\"4.5\" "
      "shapeSizeY=\"4.5\" shapeSizeUnit=\"Point\" shapeRadiiX=\"3\" shapeRadiiY=\"3\" "
      "shapeRadiiUnit=\"Point\" shapeFillColor=\"255,255,255,255\" shapeBorderColor=\"" NOTE
      ",255\" "
      "shapeBorderWidth=\"1.2\" shapeBorderWidthUnit=\"Point\" shapeOpacity=\"1\"/></text-style>"
      "<text-format autoWrapLength=\"%d\" useMaxLineLengthForAutoWrap=\"1\" "
      "multilineAlign=\"%d\"/>",
      !words->has_frame, words->has_frame, is_name ? 0 : 26, is_name ? 1 : 0);
  g_string_append_printf (
      qml,
      "<placement placement=\"%d\" predefinedPositionOrder=\"TR,TL,BR,BL,TSR,BSR,R,L\" "
      "quadOffset=\"4\" dist=\"%s\" distUnits=\"Point\" offsetType=\"0\" priority=\"%d\" "
      "fitInPolygonOnly=\"0\" geometryGenerator=\"%s\" geometryGeneratorEnabled=\"%d\" "
      "geometryGeneratorType=\"PointGeometry\"/>"
      "<rendering displayAll=\"1\" drawLabels=\"1\" obstacle=\"%d\" obstacleFactor=\"1\" "
      "scaleVisibility=\"0\" fontLimitPixelSize=\"0\" maxNumLabels=\"2000\"/></settings></rule>",
      words->placement, words->distance_pt, is_name ? 3 : 8,
      words->place != NULL ? words->place : "", words->place != NULL, !is_name);
}

static void
add_labels (GString *qml, const QonysLayerLook *look)
{
  gboolean is_name = look->look == QONYS_LOOK_AREA;
  g_autofree char *text =
      is_name ? g_strdup_printf ("\"name_%s\"", qonys_language_get_code (qonys_language_get ()))
              : make_annotation_text ();
  const Words *words = is_name ? DISTRICT_WORDS : ANNOTATION_WORDS;
  guint n = is_name ? G_N_ELEMENTS (DISTRICT_WORDS) : G_N_ELEMENTS (ANNOTATION_WORDS);

  g_string_append (qml, "<labeling type=\"rule-based\"><rules key=\"words\">");
  for (guint i = 0; i < n; i++)
    add_words (qml, &words[i], text, is_name);
  g_string_append (qml, "</rules></labeling>");
}

/* ---- all ---- */

#define IS(form) "geometry_type($geometry) = '" form "'"

static const char *const DISTRICT_RULES[] = {"\"valid_to\" IS NULL", NULL};
static const char *const ITEM_RULES[] = {IS ("Point") " AND \"solved_on\" IS NULL",
                                         IS ("Point") " AND \"solved_on\" IS NOT NULL",
                                         IS ("Polygon") " AND \"solved_on\" IS NULL",
                                         IS ("Polygon") " AND \"solved_on\" IS NOT NULL", NULL};
static const char *const PLACE_RULES[] = {"\"solved_on\" IS NULL", "\"solved_on\" IS NOT NULL",
                                          NULL};
/* In the order of the symbols. */
static const char *const ANNOTATION_RULES[] = {
    IS ("Point") " AND \"kind\" NOT IN ('callout', 'before_after')",
    IS ("Point") " AND \"kind\" = 'before_after'",
    IS ("Point") " AND \"kind\" = 'callout'",
    IS ("Line") " AND \"kind\" = 'callout'",
    IS ("Line") " AND \"kind\" = 'arrow'",
    IS ("Line") " AND \"kind\" NOT IN ('callout', 'arrow')",
    IS ("Polygon"),
    NULL};

static gboolean
is_item (const QonysLayerLook *look)
{
  return g_str_equal (look->layer, "problem_item");
}

static gboolean
is_place (const QonysLayerLook *look)
{
  return g_str_equal (look->layer, QONYS_ITEM_PLACE_VIEW);
}

static void
add_rules (GString *qml, const char *const *filters)
{
  g_string_append (qml, "<rules key=\"shapes\">");
  for (guint i = 0; filters[i] != NULL; i++) {
    g_autofree char *rule = g_markup_printf_escaped (
        "<rule key=\"shape%u\" symbol=\"%u\" filter=\"%s\"/>", i, i, filters[i]);

    g_string_append (qml, rule);
  }
  g_string_append (qml, "</rules>");
}

void
qonys_layer_symbols_add (GString *qml, const QonysLayerLook *look)
{
  if (look->look == QONYS_LOOK_NONE)
    return;
  g_string_append_printf (qml, "<renderer-v2 type=\"%s\" symbollevels=\"0\" enableorderby=\"0\">",
                          look->look == QONYS_LOOK_MARK ? "singleSymbol" : "RuleRenderer");
  if (look->look != QONYS_LOOK_MARK)
    add_rules (qml, look->look == QONYS_LOOK_AREA ? DISTRICT_RULES
                    : is_item (look)              ? ITEM_RULES
                    : is_place (look)             ? PLACE_RULES
                                                  : ANNOTATION_RULES);
  g_string_append (qml, "<symbols>");
  if (look->look == QONYS_LOOK_MARK)
    add_mark_symbols (qml, look);
  else if (look->look == QONYS_LOOK_AREA)
    add_district_symbols (qml, look);
  else if (is_item (look))
    add_item_symbols (qml);
  else if (is_place (look))
    add_place_symbols (qml);
  else
    add_annotation_symbols (qml);
  g_string_append (qml, "</symbols></renderer-v2>");
  if (is_item (look))
    g_string_append (qml, ITEM_OBSTACLES);
  else if (is_place (look))
    g_string_append (qml, PLACE_OBSTACLES);
  else if (look->look != QONYS_LOOK_MARK)
    add_labels (qml, look);
}
