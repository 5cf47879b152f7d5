/* From a table with all its oddities to the project: nobody comes in by a back door. */

#include "workbook-support.h"

#include <string.h>

#define TEXT(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define NUMBER(number) "<c><v>" number "</v></c>"
#define CLEAN                                                                                      \
  "<row r='1'>" TEXT (                                                                             \
      "Есеп, 2024 ж.") "</row>"                                                                    \
                       "<row r='3'>" TEXT ("dwelling_key") TEXT ("lon") TEXT ("lat") TEXT (        \
                           "area_total_m2") "</row>"                                               \
                                            "<row r='4'>" TEXT ("007") NUMBER ("71.43")            \
                                                NUMBER ("51.13") NUMBER (                          \
                                                    "45.5") "</row>"                               \
                                                            "<row r='6'>" TEXT ("008")             \
                                                                NUMBER ("71.44") NUMBER ("51.14")  \
                                                                    NUMBER ("-1") "</row>"

static void
test_workbook (void)
{
  g_autofree char *path = NULL, *file = put_xlsx ("clean.xlsx", CLEAN, "", NULL);
  g_autoptr (QonysProject) project = new_file_project (&path), next = NULL;
  QonysImportReport *report = NULL;
  const QonysRejection *rejection;

  next = import_ok (project, file, QONYS_RECORD_DWELLING, &report);
  g_assert_cmpint (report->n_stored, ==, 1);
  g_assert_cmpint (report->n_rejected, ==, 1);
  rejection = report->rejections->pdata[0];
  g_assert_cmpint (rejection->row, ==, 6);
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "row 3"));
  qonys_import_report_free (report);
}

static void
expect_refused (char *file)
{
  g_autofree char *path = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path);

  import_error (project, file, QONYS_RECORD_DWELLING, QONYS_ERROR_PERSONAL_DATA, "9912••••••10");
  g_free (file);
}

#define SHEETS                                                                                     \
  "xl/workbook.xml", "<workbook><sheets><sheet name='dwelling' r:id='rId1'/><sheet name='b' "      \
                     "state='hidden' r:id='rId2'/></sheets></workbook>"

static void
test_back_doors (void)
{
  expect_refused (put_xlsx ("sheet.xlsx", CLEAN, "", SHEETS, "xl/worksheets/sheet2.xml",
                            "<worksheet><sheetData><row>" TEXT ("a")
                                TEXT ("b") "</row><row>" NUMBER ("991231100010")
                                    NUMBER ("1") "</row></sheetData></worksheet>",
                            NULL));
  expect_refused (put_xlsx ("comment.xlsx", CLEAN, "", "xl/comments1.xml",
                            "<comments><comment ref='B7'><t>991231100010</t></comment></comments>",
                            NULL));
  expect_refused (put_xlsx ("pivot.xlsx", CLEAN, "", "xl/pivotCache/pivotCacheRecords1.xml",
                            "<p><r><s v='991231100010'/></r></p>", NULL));
  expect_refused (
      put_xlsx ("title.xlsx", "<row>" TEXT ("991231100010 берілді") "</row>" CLEAN, "", NULL));
}

/* A cell that has no name is seen nevertheless, also where a million rows go by. */
static void
test_ragged (void)
{
  g_autoptr (GString) text = g_string_new ("dwelling_key,lon,lat\n");
  g_autofree char *path = NULL, *file = NULL;
  g_autoptr (QonysProject) project = new_file_project (&path), next = NULL;
  QonysImportReport *report = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append_printf (text, "k%d,71.4%d,51.1\n", i, i);
  g_string_append (text, "k300,71.4\nk301,71.4,51.1,more\n");
  file = put_text ("ragged.csv", text->str);
  next = import_ok (project, file, QONYS_RECORD_DWELLING, &report);
  g_assert_cmpint (report->n_read, ==, 302);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "first is row 303"));
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "first is row 302"));
  qonys_import_report_free (report);
  g_string_append (text, "k302,71.4,51.1,991231100010\n");
  expect_refused (put_text ("persons.csv", text->str));
}

/* What stands below the names and is no record is told. */
static void
test_below_names (void)
{
  g_autofree char *path = NULL;
  g_autofree char *file = put_text ("form.csv", "Тізілім\ndwelling_key;lon;lat\n1;2;3\n"
                                                ";°;°\na;71,4;51,1\nb;71,5;51,2\n");
  g_autoptr (QonysProject) project = new_file_project (&path), next = NULL;
  QonysImportReport *report = NULL;

  next = import_ok (project, file, QONYS_RECORD_DWELLING, &report);
  g_assert_cmpint (report->n_read, ==, 2);
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "Row 3 holds numbers"));
  g_assert_true (has_note (report->diagnostics, QONYS_NOTE, "Row 4 holds units"));
  qonys_import_report_free (report);
}

static void
test_short (void)
{
  g_autofree char *path = NULL, *file = put_text ("short.csv", "dwelling_key,lon,lat\n"
                                                               "a,71.4,51.1\nb,71.4\n");
  g_autoptr (QonysProject) project = new_file_project (&path), next = NULL;
  QonysImportReport *report = NULL;

  next = import_ok (project, file, QONYS_RECORD_DWELLING, &report);
  g_assert_cmpint (report->n_read, ==, 2);
  g_assert_true (has_note (report->diagnostics, QONYS_WARNING, "fewer cells"));
  qonys_import_report_free (report);
}

static void
test_locked (void)
{
  g_autofree char *path = NULL, *page = put_text ("1c.xls", "<html><body><table>");
  g_autoptr (QonysProject) project = new_file_project (&path);

  import_error (project, page, QONYS_RECORD_DWELLING, QONYS_ERROR_FORMAT, "web page");
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-sheet/workbook", test_workbook);
  g_test_add_func ("/import-sheet/back-doors", test_back_doors);
  g_test_add_func ("/import-sheet/ragged", test_ragged);
  g_test_add_func ("/import-sheet/below-names", test_below_names);
  g_test_add_func ("/import-sheet/short", test_short);
  g_test_add_func ("/import-sheet/locked", test_locked);
  return g_test_run ();
}
