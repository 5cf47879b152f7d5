/* Workbooks for tests, some KB each. */
#include "workbook-support.h"

#include <cpl_vsi.h>
#include <glib/gstdio.h>
#include <string.h>

char *
put_bytes (const char *name, const char *bytes, gsize length)
{
  char *path = g_build_filename (support_temp_dir (), name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  return path;
}

/* GDAL writes archives whose names end with .zip. */
static char *
put_parts (const char *name, GHashTable *parts, GPtrArray *order)
{
  static int number = 0;
  g_autofree char *zip_name = g_strdup_printf ("%d.zip", number++);
  g_autofree char *zip = g_build_filename (support_temp_dir (), zip_name, NULL);
  g_autofree char *archive = g_strconcat ("/vsizip/", zip, NULL);
  char *path = g_build_filename (support_temp_dir (), name, NULL);
  VSILFILE *file = VSIFOpenL (archive, "wb");

  g_assert_nonnull (file);
  for (guint i = 0; i < order->len; i++) {
    const char *part = order->pdata[i], *content = g_hash_table_lookup (parts, part);
    g_autofree char *member = g_strdup_printf ("%s/%s", archive, part);
    VSILFILE *out = VSIFOpenL (member, "wb");

    g_assert_nonnull (out);
    VSIFWriteL (content, 1, strlen (content), out);
    VSIFCloseL (out);
  }
  VSIFCloseL (file);
  g_assert_cmpint (g_rename (zip, path), ==, 0);
  return path;
}

static void
add_part (GHashTable *parts, GPtrArray *order, const char *part, const char *content)
{
  if (!g_hash_table_contains (parts, part))
    g_ptr_array_add (order, g_strdup (part));
  g_hash_table_insert (parts, g_strdup (part), g_strdup (content));
}

static void
add_parts (GHashTable *parts, GPtrArray *order, const char *part, va_list args)
{
  for (; part != NULL; part = va_arg (args, const char *))
    add_part (parts, order, part, va_arg (args, const char *));
}

char *
put_package (const char *name, const char *part, const char *content, ...)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  va_list args;

  add_part (parts, order, part, content);
  va_start (args, content);
  add_parts (parts, order, va_arg (args, const char *), args);
  va_end (args);
  return put_parts (name, parts, order);
}

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

char *
put_xlsx (const char *name, const char *rows, const char *behind, ...)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sheet =
      g_strdup_printf ("<worksheet><sheetData>%s</sheetData>%s</worksheet>", rows, behind);
  va_list args;

  add_part (parts, order, "[Content_Types].xml", "<Types/>");
  add_part (parts, order, "_rels/.rels",
            "<Relationships><Relationship Id='r1' Type='" RELATIONS "/officeDocument' "
            "Target='xl/workbook.xml'/></Relationships>");
  add_part (parts, order, "xl/workbook.xml",
            "<workbook xmlns:r='x'><sheets><sheet name='Лист1' sheetId='1' r:id='rId1'/></sheets>"
            "</workbook>");
  add_part (parts, order, "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId1' Type='" RELATIONS "/worksheet' "
            "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" RELATIONS "/worksheet'"
            " Target='/xl/worksheets/sheet2.xml'/><Relationship Id='rId8' Type='" RELATIONS
            "/styles' Target='styles.xml'/><Relationship Id='rId9' Type='" RELATIONS
            "/sharedStrings' Target='sharedStrings.xml'/></Relationships>");
  add_part (parts, order, "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='000000000000'/>"
            "<numFmt numFmtId='171' formatCode='dd\\.mm\\.yyyy\\ h:mm'/>"
            "<numFmt numFmtId='172' formatCode='#,##0.00\\ \"дней\"'/></numFmts>"
            "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
            "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='10'/>"
            "<xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='172'/><xf numFmtId='20'/>"
            "</cellXfs></styleSheet>");
  add_part (parts, order, "xl/sharedStrings.xml",
            "<sst><si><t>район</t></si><si><r><t>Сары</t></r><r><t>арка</t></r>"
            "<rPh><t>xx</t></rPh></si><si><t>a_x000D_b &amp; c</t></si></sst>");
  add_part (parts, order, "xl/worksheets/sheet1.xml", sheet);
  va_start (args, behind);
  add_parts (parts, order, va_arg (args, const char *), args);
  va_end (args);
  return put_parts (name, parts, order);
}

char *
put_ods (const char *name, const char *styles, const char *tables)
{
  g_autofree char *content = g_strdup_printf (
      "<?xml version='1.0'?><office:document-content xmlns:office='o' xmlns:table='t' "
      "xmlns:text='x'><office:automatic-styles>%s</office:automatic-styles><office:body>"
      "<office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>",
      styles, tables);

  return put_package (name, "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
                      "content.xml", content, "META-INF/manifest.xml", "<manifest/>", NULL);
}

static void
add_record (GByteArray *file, guint16 kind, const void *data, guint16 length)
{
  guint16 head[2] = {GUINT16_TO_LE (kind), GUINT16_TO_LE (length)};

  g_byte_array_append (file, (const guint8 *)head, 4);
  g_byte_array_append (file, data, length);
}

char *
put_xls (const char *name, const char *const *cells, guint n_columns)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  add_record (file, 0x0009, "\x02\x00\x10\x00", 4);
  for (guint i = 0; cells[i] != NULL; i++) {
    guint8 data[300] = {i / n_columns & 255, i / n_columns >> 8, i % n_columns, 0};
    char *end;
    double number = g_ascii_strtod (cells[i], &end);
    gsize length = strlen (cells[i]);

    if (length == 0)
      continue;
    if (*end == '\0' && cells[i][0] != '0') {
      memcpy (data + 7, &number, 8);
      add_record (file, 0x0003, data, 15);
    } else {
      data[7] = (guint8)length;
      memcpy (data + 8, cells[i], length);
      add_record (file, 0x0004, data, (guint16)(8 + length));
    }
  }
  add_record (file, 0x001C, "note: 870101300128 here", 23);
  add_record (file, 0x000A, "", 0);
  return put_bytes (name, (const char *)file->data, file->len);
}

char *
read_sheet (const char *path, const QonysSheetOptions *options, GPtrArray *diagnostics)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysSheet) sheet = qonys_sheet_open (path, options, diagnostics, &error);
  GString *text = g_string_new (NULL);
  QonysSheetRow row;

  if (error != NULL)
    g_error ("%s", error->message);
  while (qonys_sheet_next (sheet, &row, &error)) {
    g_string_append_printf (text, "%" G_GINT64_FORMAT " %c:", row.row.number, "THNUDSR"[row.kind]);
    for (guint i = 0; i < row.row.n_cells; i++)
      g_string_append_printf (text, "%s|", row.row.cells[i] != NULL ? row.row.cells[i] : "");
    g_string_append_c (text, '\n');
  }
  if (error != NULL)
    g_error ("%s", error->message);
  qonys_sheet_note (sheet, diagnostics);
  return g_string_free (text, FALSE);
}

static void
add_hidden (const char *place, gint64 row, const char *text, gsize length, gpointer data)
{
  g_string_append_printf (data, "%s %" G_GINT64_FORMAT ": %.*s\n", place, row, (int)length, text);
}

char *
read_hidden (const char *path, GPtrArray *diagnostics)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  if (!qonys_sheet_scan_hidden (path, add_hidden, text, diagnostics, &error))
    g_error ("%s", error->message);
  return g_string_free (text, FALSE);
}
