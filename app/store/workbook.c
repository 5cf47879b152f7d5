/*
 * What a workbook is and which sheets it has. Files call themselves .xls that are no workbook at
 * all; each kind has its own sentence. One a call; a read of 4 KB, then the list of parts.
 */
#define _GNU_SOURCE /* memmem */
#include "store/workbook.h"

#include "store/source.h"
#include "store/store.h"

#include <cpl_vsi.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD 8192

static void
free_sheet (gpointer data)
{
  QonysWorkbookSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

void
qonys_workbook_free (QonysWorkbook *workbook)
{
  g_clear_pointer (&workbook->package, qonys_package_free);
  g_ptr_array_unref (workbook->sheets);
  g_free (workbook->shared_texts);
  g_free (workbook->styles);
  g_free (workbook->path);
  g_free (workbook);
}

QonysWorkbookSheet *
qonys_workbook_add_sheet (QonysWorkbook *workbook, const char *name, const char *part,
                          gboolean is_hidden)
{
  QonysWorkbookSheet *sheet = g_new0 (QonysWorkbookSheet, 1);

  sheet->name = g_utf8_make_valid (name, -1);
  sheet->part = g_strdup (part);
  sheet->is_hidden = is_hidden;
  g_ptr_array_add (workbook->sheets, sheet);
  return sheet;
}

/* ---- kinds ---- */

static gboolean
has_ending (const char *path, const char *const *endings)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
refuse (const char *path, const char *sentence, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT, "“%s”: %s", name, sentence);
  return FALSE;
}

static gboolean
refuse_password (const char *path, GError **error)
{
  return refuse (path,
                 _ ("the file is protected by a password. Remove the password in Excel or "
                    "LibreOffice (File – Save As), then choose it again."),
                 error);
}

static gboolean
holds (const char *bytes, gsize length, const char *what, gsize what_length)
{
  return memmem (bytes, length, what, what_length) != NULL;
}

#define HOLDS(bytes, length, what) holds (bytes, length, what, sizeof (what) - 1)

/* An OLE2 container: the names in its folder are UTF-16; a FILEPASS record follows BOF in one
 * whose cells are encrypted. */
static gboolean
recognise_container (const char *path, GError **error)
{
  static const char PACKAGE[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
  static const char BOF[] = "\x09\x08\x10\x00\x00\x06\x05\x00";
  g_autofree char *bytes = g_malloc (1 << 20);
  VSILFILE *file = VSIFOpenL (path, "rb");
  gsize n = file != NULL ? VSIFReadL (bytes, 1, 1 << 20, file) : 0, n_tail = 0;
  g_autofree char *tail = g_malloc (1 << 20);
  const guint8 *at;

  if (file != NULL) {
    VSIFSeekL (file, 0, SEEK_END);
    if (VSIFTellL (file) > (1 << 20)) {
      VSIFSeekL (file, VSIFTellL (file) - (1 << 20), SEEK_SET);
      n_tail = VSIFReadL (tail, 1, 1 << 20, file);
    }
    VSIFCloseL (file);
  }
  if (holds (bytes, n, PACKAGE, sizeof PACKAGE - 1) ||
      holds (tail, n_tail, PACKAGE, sizeof PACKAGE - 1))
    return refuse_password (path, error);
  at = memmem (bytes, n, BOF, sizeof BOF - 1);
  for (guint i = 0; at != NULL && i < 50; i++) {
    const guint8 *next;

    if (at + 4 > (const guint8 *)bytes + n)
      break;
    next = at + 4 + (at[2] | at[3] << 8);
    if (at[0] == 0x2F && at[1] == 0)
      return refuse_password (path, error);
    at = next;
  }
  return TRUE;
}

static gboolean
recognise_archive (const char *path, QonysWorkbookKind *kind, GError **error)
{
  static const char *const WORKBOOKS[] = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb",
                                          ".ods",  ".ots",  ".xls",  NULL};
  g_autoptr (QonysPackage) package = NULL;

  /* Archives of other things are other people's business, damaged workbooks ours. */
  package = qonys_package_open (path, has_ending (path, WORKBOOKS) ? error : NULL);
  if (package == NULL)
    return !has_ending (path, WORKBOOKS);
  if (qonys_package_find (package, "xl/workbook.bin") != NULL)
    return refuse (path,
                   _ ("binary workbooks (XLSB) are not read. Open it in Excel and save it as "
                      "XLSX."),
                   error);
  if (qonys_package_find (package, "[Content_Types].xml") != NULL &&
      (qonys_package_find (package, "xl/workbook.xml") != NULL || has_ending (path, WORKBOOKS)))
    *kind = QONYS_WORKBOOK_XLSX;
  else if (qonys_package_find (package, "content.xml") != NULL &&
           qonys_package_find (package, "META-INF/manifest.xml") != NULL)
    *kind = QONYS_WORKBOOK_ODS;
  else if (has_ending (path, WORKBOOKS)) {
    qonys_package_set_damaged (package, "xl/workbook.xml", NULL, error);
    return FALSE;
  }
  return TRUE;
}

static gboolean
recognise_text (const char *path, const char *head, gsize length, GError **error)
{
  static const char *const PAGES[] = {"<html", "<!doctype html", "<table",       "<meta",
                                      "<head", "<style",         "mime-version:"};
  static const char *const WORKBOOKS[] = {".xls", ".xlsx", ".xml", ".ods", NULL};
  g_autofree char *lower = g_ascii_strdown (head, (gssize)length);
  const char *at = lower;

  if (!has_ending (path, WORKBOOKS))
    return TRUE;
  if (g_str_has_prefix (at, "\xEF\xBB\xBF"))
    at += 3;
  while (g_ascii_isspace (*at))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (g_str_has_prefix (at, PAGES[i]))
      return refuse (path,
                     _ ("the file is a web page that calls itself a workbook, as 1C and portals "
                        "write them. Open it in Excel or LibreOffice and save it as XLSX."),
                     error);
  if (HOLDS (lower, strlen (lower), "urn:schemas-microsoft-com:office:spreadsheet"))
    return refuse (path,
                   _ ("the file is an XML table of Excel 2003. Open it in Excel or LibreOffice and "
                      "save it as XLSX."),
                   error);
  if (HOLDS (lower, strlen (lower), "office:document"))
    return refuse (path,
                   _ ("the file is a flat XML document of LibreOffice. Open it and save it as ODS "
                      "or XLSX."),
                   error);
  return TRUE;
}

gboolean
qonys_workbook_recognise (const char *path, QonysWorkbookKind *kind, GError **error)
{
  static const char *const OLD[] = {".xls", ".xlt", ".xlsx", ".xlsm", NULL};
  char head[HEAD + 1] = "";
  VSILFILE *file;
  gsize n;

  *kind = QONYS_WORKBOOK_NONE;
  qonys_store_init ();
  if (!qonys_source_check (path, error))
    return FALSE;
  file = VSIFOpenL (path, "rb");
  if (file == NULL)
    return TRUE;
  n = VSIFReadL (head, 1, HEAD, file);
  VSIFCloseL (file);
  head[n] = '\0';
  if (n >= 4 && memcmp (head, "PK\3\4", 4) == 0)
    return recognise_archive (path, kind, error);
  if (n >= 8 && memcmp (head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {
    if (has_ending (path, OLD))
      *kind = QONYS_WORKBOOK_XLS;
    return *kind == QONYS_WORKBOOK_NONE || recognise_container (path, error);
  }
  /* Before OLE2 a workbook was its records alone. */
  if (n >= 4 && head[0] == '\x09' && (head[1] & ~0x0E) == 0 && has_ending (path, OLD)) {
    *kind = QONYS_WORKBOOK_XLS;
    return TRUE;
  }
  return recognise_text (path, head, n, error);
}

QonysWorkbook *
qonys_workbook_open (const char *path, GError **error)
{
  g_autoptr (QonysWorkbook) workbook = g_new0 (QonysWorkbook, 1);
  gboolean is_listed = TRUE;

  workbook->path = g_strdup (path);
  workbook->sheets = g_ptr_array_new_with_free_func (free_sheet);
  if (!qonys_workbook_recognise (path, &workbook->kind, error))
    return NULL;
  if (workbook->kind == QONYS_WORKBOOK_XLSX || workbook->kind == QONYS_WORKBOOK_ODS) {
    workbook->package = qonys_package_open (path, error);
    if (workbook->package == NULL)
      return NULL;
  }
  switch (workbook->kind) {
  case QONYS_WORKBOOK_XLSX:
    is_listed = qonys_xlsx_list (workbook, error);
    break;
  case QONYS_WORKBOOK_ODS:
    is_listed = qonys_ods_list (workbook, error);
    break;
  case QONYS_WORKBOOK_XLS:
    is_listed = qonys_xls_list (workbook, error);
    break;
  case QONYS_WORKBOOK_NONE:
  default: {
    g_autofree char *name = g_filename_display_basename (path);

    qonys_workbook_add_sheet (workbook, name, NULL, FALSE);
  }
  }
  if (!is_listed)
    return NULL;
  if (workbook->sheets->len == 0) {
    refuse (path, _ ("there is no sheet with cells in the workbook."), error);
    return NULL;
  }
  return g_steal_pointer (&workbook);
}
