#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Workbooks are archives of XML. Damaged and hostile ones cost time and memory within limits and
 * give an error, never more. */

/** A file within. */
typedef struct {
  char *name; /* "xl/workbook.xml" */
  gint64 size;
} QonysPart;

typedef struct {
  char *path;
  char *folder;     /* "/vsizip/{…}/" */
  GPtrArray *parts; /* element-type QonysPart, in the archive's order */
} QonysPackage;

/** Reads the list of parts. Errors: not an archive, cut off, unpacks to more than 4 GB. */
QonysPackage *qonys_package_open (const char *path, GError **error);
void qonys_package_free (QonysPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysPackage, qonys_package_free)

/** Finds a part; ASCII case does not matter, nor a "/" before. Returns: (nullable) */
const QonysPart *qonys_package_find (const QonysPackage *package, const char *name);

/** "xl/media/a.png" of "../media/a.png" as seen from "xl/worksheets/sheet1.xml".
 * Returns: (transfer full) */
char *qonys_package_resolve (const char *from, const char *target);

/** A part that must be there: a sentence in @error if it is not. */
const QonysPart *qonys_package_require (const QonysPackage *package, const char *name,
                                        GError **error);

/** Says that a part cannot be read. @why: (nullable): words for experts */
void qonys_package_set_damaged (const QonysPackage *package, const char *part, const char *why,
                                GError **error);

/** Hands over the bytes of a part, piece by piece; the function returns FALSE to stop.
 * @func: length is 0 never */
typedef gboolean (*QonysPieceFunc) (const char *bytes, gsize length, gpointer data);
gboolean qonys_package_read (const QonysPackage *package, const QonysPart *part,
                             QonysPieceFunc func, gpointer data, GError **error);

/* ---- XML ---- */

/** Names of elements and attributes come without their prefixes. Each may be NULL. */
typedef struct {
  void (*start) (const char *name, const char **names, const char **values, gpointer data);
  void (*end) (const char *name, gpointer data);
  void (*text) (const char *text, gsize length, gpointer data);
} QonysXmlHandler;

/** A part on its way through the parser. */
typedef struct _QonysXml QonysXml;

QonysXml *qonys_xml_open (const QonysPackage *package, const QonysPart *part,
                          const QonysXmlHandler *handler, gpointer data, GError **error);
void qonys_xml_free (QonysXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysXml, qonys_xml_free)

/** Reads some 16 KB. Returns: 1 if there is more, 0 at the end, −1 with @error set */
int qonys_xml_feed (QonysXml *xml, GError **error);

/** For a handler: what it read makes no sense; qonys_xml_feed() fails. */
void qonys_xml_fail (QonysXml *xml, const char *why);

double qonys_xml_get_progress (const QonysXml *xml);

/** Reads a part from end to end. */
gboolean qonys_xml_read (const QonysPackage *package, const QonysPart *part,
                         const QonysXmlHandler *handler, gpointer data, GError **error);

/** The value of an attribute, its prefix not told. Returns: (nullable) */
const char *qonys_xml_get (const char **names, const char **values, const char *name);

/** An attribute that says yes. */
gboolean qonys_xml_get_bool (const char **names, const char **values, const char *name);

/** An attribute that is a number from 0 to @max; @otherwise if it is not. */
gint64 qonys_xml_get_int (const char **names, const char **values, const char *name, gint64 max,
                          gint64 otherwise);

G_END_DECLS
