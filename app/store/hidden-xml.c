/*
 * Elements of KML, GPX and GML that become no column. One pass, 16 KB at a time, whatever the
 * size.
 */
#include "store/hidden-texts.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <string.h>

#define PIECE (16 * 1024)
#define MAX_DEPTH 200

typedef struct {
  QonysPlacedTextFunc func;
  gpointer data;
  guint depth, silent_depth, placemark_depth; /* 0: not within one */
} Walk;

static const char *
skip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

static gint64
get_line (GMarkupParseContext *context)
{
  int line, character;

  g_markup_parse_context_get_position (context, &line, &character);
  return line;
}

/* @place: a name as well, which alone may speak: <phoneNumber>, <Data name="…"> */
static void
give (const Walk *walk, GMarkupParseContext *context, const char *place, const char *text,
      gsize length)
{
  walk->func (place, get_line (context), text, length, FALSE, walk->data);
}

static void
on_start (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  static const char *const FEATURES[] = {
      "featureMember", "featureMembers", "member", "wpt", "rte", "trk", NULL};
  static const char *const COLUMNS[] = {"name", "description", "ExtendedData", NULL};
  static const char *const NUMBERS[] = {"coordinates", "coord",     "pos",    "posList",
                                        "boundedBy",   "bounds",    "LookAt", "Camera",
                                        "Region",      "LatLonBox", NULL};
  Walk *walk = data;
  const char *name = skip_prefix (element);

  if (++walk->depth > MAX_DEPTH) {
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
    return;
  }
  if (walk->silent_depth > 0)
    return;
  if (is_one_of (name, FEATURES) || is_one_of (name, NUMBERS) ||
      (walk->placemark_depth > 0 && walk->depth == walk->placemark_depth + 1 &&
       is_one_of (name, COLUMNS))) {
    walk->silent_depth = walk->depth;
    return;
  }
  if (g_str_equal (name, "Placemark"))
    walk->placemark_depth = walk->depth;
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_has_prefix (names[i], "xmlns") && strcmp (names[i], "xsi:schemaLocation") != 0)
      give (walk, context, skip_prefix (names[i]), values[i], strlen (values[i]));
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Walk *walk = data;

  if (walk->silent_depth == walk->depth)
    walk->silent_depth = 0;
  if (walk->placemark_depth == walk->depth)
    walk->placemark_depth = 0;
  walk->depth--;
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Walk *walk = data;
  gsize begin = 0;

  while (begin < length && g_ascii_isspace (text[begin]))
    begin++;
  if (walk->silent_depth == 0 && begin < length)
    give (walk, context, skip_prefix (g_markup_parse_context_get_element (context)), text + begin,
          length - begin);
}

static void
on_remark (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
           GError **error)
{
  if (length >= 4 && memcmp (text, "<!--", 4) == 0)
    give (data, context, "<!-- -->", text, length);
}

static gboolean
read_all (GMarkupParseContext *context, VSILFILE *file)
{
  g_autofree char *bytes = g_malloc (PIECE);
  gsize n;

  while ((n = VSIFReadL (bytes, 1, PIECE, file)) > 0)
    if (!g_markup_parse_context_parse (context, bytes, (gssize)n, NULL))
      return FALSE;
  return g_markup_parse_context_end_parse (context, NULL);
}

gboolean
qonys_hidden_scan_xml (const char *path, QonysPlacedTextFunc func, gpointer data)
{
  static const GMarkupParser PARSER = {on_start, on_end, on_text, on_remark, NULL};
  Walk walk = {func, data, 0, 0, 0};
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&PARSER, G_MARKUP_TREAT_CDATA_AS_TEXT, &walk, NULL);
  VSILFILE *file;
  gboolean is_xml = FALSE;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  file = VSIFOpenL (path, "rb");
  if (file != NULL) {
    is_xml = read_all (context, file);
    VSIFCloseL (file);
  }
  CPLPopErrorHandler ();
  return is_xml;
}
