/*
 * What an XLSX workbook says of its sheets: the list, its parts, the system of dates. Once a
 * workbook; a few KB of XML.
 */
#include "store/workbook.h"

#include <string.h>

#define MAX_RELATIONS 100000
#define MAX_SHEETS 10000

typedef struct {
  const char *from; /* the part the relations are of */
  GHashTable *targets, *types;
} Relations;

static void
start_relation (const char *name, const char **names, const char **values, gpointer data)
{
  Relations *relations = data;
  const char *id = qonys_xml_get (names, values, "Id");
  const char *target = qonys_xml_get (names, values, "Target");
  const char *type = qonys_xml_get (names, values, "Type");

  if (!g_str_equal (name, "Relationship") || id == NULL || target == NULL || type == NULL ||
      g_hash_table_size (relations->targets) >= MAX_RELATIONS)
    return;
  type = strrchr (type, '/') != NULL ? strrchr (type, '/') + 1 : type;
  g_hash_table_insert (relations->targets, g_strdup (id),
                       qonys_package_resolve (relations->from, target));
  g_hash_table_insert (relations->types, g_strdup (type),
                       qonys_package_resolve (relations->from, target));
}

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels"; none are no error. */
static gboolean
read_relations (const QonysPackage *package, Relations *relations, GError **error)
{
  static const QonysXmlHandler HANDLER = {start_relation, NULL, NULL};
  g_autofree char *folder = g_path_get_dirname (relations->from);
  g_autofree char *file = g_path_get_basename (relations->from);
  g_autofree char *name = g_str_equal (folder, ".")
                              ? g_strdup_printf ("_rels/%s.rels", file)
                              : g_strdup_printf ("%s/_rels/%s.rels", folder, file);
  const QonysPart *part = qonys_package_find (package, name);

  return part == NULL || qonys_xml_read (package, part, &HANDLER, relations, error);
}

static char *
find_main_part (const QonysPackage *package, GError **error)
{
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *whole = NULL;
  Relations relations = {".rels", targets, types};
  static const QonysXmlHandler HANDLER = {start_relation, NULL, NULL};
  const QonysPart *part = qonys_package_find (package, "_rels/.rels");
  const char *main_part;

  if (part != NULL && !qonys_xml_read (package, part, &HANDLER, &relations, error))
    return NULL;
  main_part = g_hash_table_lookup (types, "officeDocument");
  if (main_part == NULL || qonys_package_find (package, main_part) == NULL)
    main_part = "xl/workbook.xml";
  return g_strdup (main_part);
}

typedef struct {
  QonysWorkbook *workbook;
  const Relations *relations;
} List;

static void
start_workbook (const char *name, const char **names, const char **values, gpointer data)
{
  List *list = data;

  if (g_str_equal (name, "workbookPr")) {
    list->workbook->is_1904 = qonys_xml_get_bool (names, values, "date1904");
  } else if (g_str_equal (name, "sheet")) {
    const char *title = qonys_xml_get (names, values, "name");
    const char *id = qonys_xml_get (names, values, "id");
    const char *state = qonys_xml_get (names, values, "state");
    const char *part = id != NULL ? g_hash_table_lookup (list->relations->targets, id) : NULL;

    /* Sheets of charts and dialogs have no cells. */
    if (title == NULL || part == NULL || list->workbook->sheets->len >= MAX_SHEETS ||
        strstr (part, "chartsheets/") != NULL || strstr (part, "dialogsheets/") != NULL ||
        strstr (part, "macrosheets/") != NULL)
      return;
    qonys_workbook_add_sheet (list->workbook, title, part,
                              state != NULL && !g_str_equal (state, "visible"));
  }
}

gboolean
qonys_xlsx_list (QonysWorkbook *workbook, GError **error)
{
  static const QonysXmlHandler HANDLER = {start_workbook, NULL, NULL};
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *main_part = find_main_part (workbook->package, error);
  Relations relations = {main_part, targets, types};
  List list = {workbook, &relations};
  const QonysPart *part;

  if (main_part == NULL || !read_relations (workbook->package, &relations, error))
    return FALSE;
  part = qonys_package_require (workbook->package, main_part, error);
  if (part == NULL || !qonys_xml_read (workbook->package, part, &HANDLER, &list, error))
    return FALSE;
  workbook->shared_texts = g_strdup (g_hash_table_lookup (types, "sharedStrings"));
  workbook->styles = g_strdup (g_hash_table_lookup (types, "styles"));
  return TRUE;
}
