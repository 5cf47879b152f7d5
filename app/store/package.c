/*
 * Archives of XML, as workbooks are: GDAL unpacks, GLib parses, 16 KB at a time. What a hostile
 * archive can do is bounded: 4 GB unpacked, 20,000 parts, 200 levels, 16 MB between two tags.
 * One package a workbook; about 15 ns a byte of XML.
 */
#include "store/package.h"

#include "base/error.h"
#include "store/store.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_UNPACKED (G_GINT64_CONSTANT (4) << 30)
#define MAX_PARTS 20000
#define MAX_DEPTH 200
#define MAX_BETWEEN_TAGS (16 << 20)
#define PIECE (16 * 1024)

static void
free_part (gpointer data)
{
  QonysPart *part = data;

  g_free (part->name);
  g_free (part);
}

void
qonys_package_free (QonysPackage *package)
{
  g_ptr_array_unref (package->parts);
  g_free (package->path);
  g_free (package->folder);
  g_free (package);
}

void
qonys_package_set_damaged (const QonysPackage *package, const char *part, const char *why,
                           GError **error)
{
  g_autofree char *name = g_filename_display_basename (package->path);
  g_autofree char *part_name = g_utf8_make_valid (part, -1);

  if (error != NULL && *error == NULL)
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is damaged or cut off: “%s” in it cannot be read. Open it in Excel or "
                    "LibreOffice, save it again, or ask the supplier to send it again.%s%s%s"),
                 name, part_name, why != NULL ? " (" : "", why != NULL ? why : "",
                 why != NULL ? ")" : "");
}

static gboolean
list_parts (QonysPackage *package, GError **error)
{
  g_autofree char *root = g_strndup (package->folder, strlen (package->folder) - 1);
  VSIDIR *folder = VSIOpenDir (root, -1, NULL);
  const VSIDIREntry *entry;
  gint64 total = 0;

  if (folder == NULL) {
    qonys_package_set_damaged (package, "zip", NULL, error);
    return FALSE;
  }
  while ((entry = VSIGetNextDirEntry (folder)) != NULL) {
    QonysPart *part;

    if (VSI_ISDIR (entry->nMode))
      continue;
    part = g_new0 (QonysPart, 1);
    part->name = g_strdup (entry->pszName);
    part->size = (gint64)MIN (entry->nSize, (vsi_l_offset)MAX_UNPACKED);
    total += part->size;
    g_ptr_array_add (package->parts, part);
    if (total >= MAX_UNPACKED || package->parts->len > MAX_PARTS)
      break;
  }
  VSICloseDir (folder);
  if (total >= MAX_UNPACKED || package->parts->len > MAX_PARTS) {
    g_autofree char *name = g_filename_display_basename (package->path);

    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” unpacks to more than 4 GB. Save the table as CSV and choose that."),
                 name);
    return FALSE;
  }
  return TRUE;
}

QonysPackage *
qonys_package_open (const char *path, GError **error)
{
  g_autoptr (QonysPackage) package = g_new0 (QonysPackage, 1);
  gboolean is_listed;

  qonys_store_init ();
  package->path = g_strdup (path);
  package->folder = g_strdup_printf ("/vsizip/{%s}/", path);
  package->parts = g_ptr_array_new_with_free_func (free_part);
  CPLPushErrorHandler (CPLQuietErrorHandler);
  is_listed = list_parts (package, error);
  CPLPopErrorHandler ();
  return is_listed ? g_steal_pointer (&package) : NULL;
}

const QonysPart *
qonys_package_find (const QonysPackage *package, const char *name)
{
  if (*name == '/')
    name++;
  for (guint i = 0; i < package->parts->len; i++) {
    const QonysPart *part = g_ptr_array_index (package->parts, i);

    if (g_ascii_strcasecmp (part->name, name) == 0)
      return part;
  }
  return NULL;
}

const QonysPart *
qonys_package_require (const QonysPackage *package, const char *name, GError **error)
{
  const QonysPart *part = name != NULL ? qonys_package_find (package, name) : NULL;

  if (part == NULL)
    qonys_package_set_damaged (package, name != NULL ? name : "?", NULL, error);
  return part;
}

char *
qonys_package_resolve (const char *from, const char *target)
{
  g_autofree char *folder = NULL, *whole = NULL;

  if (*target == '/')
    return g_strdup (target + 1);
  folder = g_path_get_dirname (from);
  whole = g_canonicalize_filename (target, "/");
  if (!g_str_equal (folder, ".")) {
    g_autofree char *root = g_strconcat ("/", folder, NULL);

    g_free (whole);
    whole = g_canonicalize_filename (target, root);
  }
  return g_strdup (whole + 1);
}

/* ---- bytes ---- */

static VSILFILE *
open_part (const QonysPackage *package, const QonysPart *part)
{
  g_autofree char *path = g_strconcat (package->folder, part->name, NULL);
  VSILFILE *file;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  file = VSIFOpenL (path, "rb");
  CPLPopErrorHandler ();
  return file;
}

static gsize
read_piece (VSILFILE *file, char *bytes)
{
  gsize n;

  CPLPushErrorHandler (CPLQuietErrorHandler);
  n = VSIFReadL (bytes, 1, PIECE, file);
  CPLPopErrorHandler ();
  return n;
}

gboolean
qonys_package_read (const QonysPackage *package, const QonysPart *part, QonysPieceFunc func,
                    gpointer data, GError **error)
{
  VSILFILE *file = open_part (package, part);
  g_autofree char *bytes = g_malloc (PIECE);
  gsize n, total = 0;

  if (file == NULL) {
    qonys_package_set_damaged (package, part->name, NULL, error);
    return FALSE;
  }
  while ((n = read_piece (file, bytes)) > 0 && (total += n) < MAX_UNPACKED)
    if (!func (bytes, n, data))
      break;
  VSIFCloseL (file);
  return TRUE;
}

/* ---- XML ---- */

struct _QonysXml {
  const QonysPackage *package;
  const QonysPart *part;
  const QonysXmlHandler *handler;
  gpointer data;
  VSILFILE *file;
  GMarkupParseContext *context;
  gint64 n_read, n_at_tag;
  guint depth;
  const char *failure;
  char bytes[PIECE];
};

static const char *
skip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

const char *
qonys_xml_get (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (skip_prefix (names[i]), name) && !g_str_has_prefix (names[i], "calcext:"))
      return values[i];
  return NULL;
}

gboolean
qonys_xml_get_bool (const char **names, const char **values, const char *name)
{
  const char *value = qonys_xml_get (names, values, name);

  return value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
}

gint64
qonys_xml_get_int (const char **names, const char **values, const char *name, gint64 max,
                   gint64 otherwise)
{
  const char *value = qonys_xml_get (names, values, name);
  gint64 number;

  return value != NULL && g_ascii_string_to_signed (value, 10, 0, max, &number, NULL) ? number
                                                                                      : otherwise;
}

static gboolean
is_failed (QonysXml *xml, GError **error)
{
  if (xml->failure == NULL)
    return FALSE;
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, xml->failure);
  return TRUE;
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  QonysXml *xml = data;

  xml->n_at_tag = xml->n_read;
  if (++xml->depth > MAX_DEPTH)
    qonys_xml_fail (xml, "too deep");
  else if (xml->handler->start != NULL)
    xml->handler->start (skip_prefix (name), names, values, xml->data);
  is_failed (xml, error);
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  QonysXml *xml = data;

  xml->n_at_tag = xml->n_read;
  xml->depth--;
  if (xml->handler->end != NULL)
    xml->handler->end (skip_prefix (name), xml->data);
  is_failed (xml, error);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  QonysXml *xml = data;

  if (xml->handler->text != NULL && xml->depth > 0)
    xml->handler->text (text, length, xml->data);
  is_failed (xml, error);
}

QonysXml *
qonys_xml_open (const QonysPackage *package, const QonysPart *part, const QonysXmlHandler *handler,
                gpointer data, GError **error)
{
  static const GMarkupParser PARSER = {on_start, on_end, on_text, NULL, NULL};
  VSILFILE *file = open_part (package, part);
  QonysXml *xml;

  if (file == NULL) {
    qonys_package_set_damaged (package, part->name, NULL, error);
    return NULL;
  }
  xml = g_new0 (QonysXml, 1);
  xml->package = package;
  xml->part = part;
  xml->handler = handler;
  xml->data = data;
  xml->file = file;
  xml->context = g_markup_parse_context_new (&PARSER, G_MARKUP_TREAT_CDATA_AS_TEXT, xml, NULL);
  return xml;
}

void
qonys_xml_free (QonysXml *xml)
{
  g_markup_parse_context_free (xml->context);
  VSIFCloseL (xml->file);
  g_free (xml);
}

void
qonys_xml_fail (QonysXml *xml, const char *why)
{
  if (xml->failure == NULL)
    xml->failure = why;
}

double
qonys_xml_get_progress (const QonysXml *xml)
{
  return xml->part->size > 0 ? MIN (1, (double)xml->n_read / xml->part->size) : 1;
}

int
qonys_xml_feed (QonysXml *xml, GError **error)
{
  g_autoptr (GError) inner = NULL;
  const char *from = xml->bytes;
  gsize n = read_piece (xml->file, xml->bytes);

  if (xml->n_read == 0 && n >= 3 && memcmp (from, "\xEF\xBB\xBF", 3) == 0) {
    from += 3;
    n -= 3;
  }
  xml->n_read += n;
  if (n > 0 && xml->n_read - xml->n_at_tag < MAX_BETWEEN_TAGS && xml->n_read < MAX_UNPACKED) {
    if (g_markup_parse_context_parse (xml->context, from, n, &inner))
      return 1;
  } else if (n == 0 && g_markup_parse_context_end_parse (xml->context, &inner)) {
    return 0;
  }
  qonys_package_set_damaged (xml->package, xml->part->name, inner != NULL ? inner->message : NULL,
                             error);
  return -1;
}

gboolean
qonys_xml_read (const QonysPackage *package, const QonysPart *part, const QonysXmlHandler *handler,
                gpointer data, GError **error)
{
  g_autoptr (QonysXml) xml = qonys_xml_open (package, part, handler, data, error);
  int more = 1;

  if (xml == NULL)
    return FALSE;
  while (more > 0)
    more = qonys_xml_feed (xml, error);
  return more == 0;
}
