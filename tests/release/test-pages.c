/* Comparisons, duties and measures on paper and in tables: what they bear, and for whom. */

#include "release-support.h"

#include "base/error.h"
#include "base/language.h"
#include "domain/catalogue.h"
#include "domain/workflow.h"
#include "release/pages.h"

#include <cairo.h>
#include <string.h>

#define EVIDENCE "letter No 5"

typedef struct {
  QonysProject *project;
  QonysPlan *plan;
  QonysHistory *history;
} Book;

/* @edit: (transfer full) */
static void
apply (Book *book, QonysEdit *edit)
{
  g_autoptr (GError) error = NULL;
  QonysPlan *next = qonys_plan_apply (book->plan, edit, &error);

  g_assert_no_error (error);
  edit->number = qonys_history_get_last_number (book->history) + 1;
  qonys_history_add (book->history, edit);
  qonys_plan_unref (book->plan);
  book->plan = next;
  qonys_edit_unref (edit);
}

static void
put_item (Book *book, const char *severity)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {
      [QONYS_ITEM_PROBLEM] = "P02",
      [QONYS_ITEM_PLACE_KIND] = "point",
      [QONYS_ITEM_SHAPE] = "POINT (71.45 51.12)",
      [QONYS_ITEM_TEXT_EN] = "A queue at the door",
      [QONYS_ITEM_SEVERITY] = severity,
      [QONYS_ITEM_SEVERITY_REASONS] = "seen",
  };
  g_autoptr (QonysEntry) after = qonys_entry_new (QONYS_ENTRY_ITEM, "item", values);
  QonysEdit *edit = qonys_edit_new ("item.change", NULL, NULL, NULL);

  qonys_edit_add (edit, qonys_plan_find (book->plan, QONYS_ENTRY_ITEM, "item"), after);
  apply (book, edit);
}

static void
set_status (Book *book, const char *id, const char *to)
{
  g_autoptr (GError) error = NULL;
  QonysEdit *edit = qonys_workflow_set_status (book->plan, id, to, qonys_day_today (), "secretary",
                                               EVIDENCE, "skipped", &error);

  g_assert_no_error (error);
  apply (book, edit);
}

/* Without a word of evidence. */
static void
set_status_bare (Book *book, const char *id, const char *to)
{
  g_autoptr (GError) error = NULL;
  QonysEdit *edit = qonys_workflow_set_status (book->plan, id, to, qonys_day_today (), "analyst",
                                               NULL, NULL, &error);

  g_assert_no_error (error);
  apply (book, edit);
}

static void
name_state (Book *book, const char *title)
{
  g_autoptr (GError) error = NULL;
  QonysEdit *edit = qonys_version_make_add (book->plan, book->history, title, NULL, &error);

  g_assert_no_error (error);
  apply (book, edit);
}

/* “Spring”, then a worse place and a measure on its way, “Autumn”. */
static void
book_init (Book *book, gboolean is_synthetic)
{
  World *world = world_new ();

  world->is_synthetic = is_synthetic;
  world_add_dwellings (world, 71.45, 51.12, 50, 8);
  book->project = world_finish (world);
  book->plan = qonys_plan_new_default ();
  book->history = qonys_history_new ();
  put_item (book, "2");
  name_state (book, "Spring");
  put_item (book, "4");
  set_status (book, "2.1", "in_progress");
  name_state (book, "Autumn");
}

static void
book_clear (Book *book)
{
  qonys_project_unref (book->project);
  qonys_plan_unref (book->plan);
  qonys_history_free (book->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

static QonysComparison *
compare (const Book *book, const char *from, const char *to)
{
  g_autoptr (QonysState) before = qonys_state_find (book->history, book->plan, from, NULL);
  g_autoptr (QonysState) after = qonys_state_find (book->history, book->plan, to, NULL);

  return qonys_comparison_new (before, after, qonys_project_get_districts (book->project));
}

/* The words of a PDF; NULL where there is no pdftotext. */
static char *
read_words (const char *path)
{
  const char *const argv[] = {"pdftotext", "-layout", path, "-", NULL};
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  char *words = NULL;
  int status;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  return words;
}

static char *
write_and_read (QonysRelease *release, const QonysComparison *comparison, const char *name)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (qonys_release_write_comparison (release, comparison, path, NULL, &error));
  g_assert_no_error (error);
  if (g_str_has_suffix (name, ".pdf"))
    return read_words (path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
expect (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
}

static void
test_comparison_pdf (void)
{
  g_auto (Book) book;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysComparison) comparison = NULL;
  g_autofree char *words = NULL;

  book_init (&book, TRUE);
  release = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  comparison = compare (&book, "Spring", "Autumn");
  words = write_and_read (release, comparison, "changes.pdf");
  if (words == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  expect (words, "Spring");
  expect (words, "Autumn");
  expect (words, "Worsened");
  expect (words, "queue at the door");
  expect (words, "ОҚУ ДЕРЕКТЕРІ");
  expect (words, "page 1 of 1");
  g_assert_null (strstr (words, "Severity")); /* the commission's */
}

static void
test_comparison_tables (void)
{
  g_auto (Book) book;
  g_autoptr (QonysRelease) public = NULL;
  g_autoptr (QonysRelease) committee = NULL;
  g_autoptr (QonysComparison) comparison = NULL;
  g_autofree char *csv = NULL, *json = NULL, *wider = NULL;
  g_autoptr (GError) error = NULL;

  book_init (&book, FALSE);
  public = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  committee = release_for (book.project, QONYS_AUDIENCE_COMMITTEE, NULL);
  comparison = compare (&book, "Spring", "now");
  csv = write_and_read (public, comparison, "changes.csv");
  json = write_and_read (public, comparison, "changes.json");
  wider = write_and_read (committee, comparison, "wider.csv");
  expect (csv, "worsened;problem_item;item;");
  expect (csv, "changed;measure;2.1;");
  expect (wider, "Severity: 2 → 4");
  g_assert_null (strstr (csv, "Severity"));
  expect (json, "\"from\": {\"title\": \"Spring\", \"number\": 1");
  expect (json, "\"change\": \"worsened\"");
  g_assert_false (qonys_release_write_comparison (public, comparison, "changes.doc", NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_USAGE);
}

/* @pages: (transfer full) */
static char *
pages_to_words (QonysPages *pages, const char *name)
{
  g_autofree char *path = g_build_filename (support_temp_dir (), name, NULL);
  g_autoptr (QonysPages) owned = pages;
  g_autoptr (GError) error = NULL;

  g_assert_true (qonys_pages_write_pdf (owned, path, NULL, &error));
  g_assert_no_error (error);
  return read_words (path);
}

/* What was done is not owed; evidence is not for the public. */
static void
test_measures (void)
{
  g_auto (Book) book;
  g_autoptr (QonysRelease) public = NULL;
  g_autoptr (QonysRelease) committee = NULL;
  g_autofree char *all = NULL, *wider = NULL, *one = NULL, *own = NULL;

  book_init (&book, FALSE);
  set_status (&book, "3.1", "withdrawn");
  public = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  committee = release_for (book.project, QONYS_AUDIENCE_COMMITTEE, NULL);
  all = pages_to_words (qonys_release_make_duties (public, book.plan, NULL), "all.pdf");
  wider = pages_to_words (qonys_release_make_duties (committee, book.plan, NULL), "wider.pdf");
  one = pages_to_words (qonys_release_make_measure (public, book.plan, "2.1"), "one.pdf");
  own = pages_to_words (qonys_release_make_measure (committee, book.plan, "2.1"), "own.pdf");
  if (all == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  expect (all, "2.1. ");
  g_assert_null (strstr (all, "3.1. "));
  g_assert_null (strstr (all, EVIDENCE));
  expect (wider, EVIDENCE);
  g_assert_null (strstr (one, EVIDENCE));
  expect (one, "in progress");
  expect (own, EVIDENCE);
}

/* Item 5: what is assumed, what is overdue, what is proved and what is not; in two languages, one
 * behind the other, and for whom in the log. */
static void
test_implementation (void)
{
  static const QonysLanguage both[] = {QONYS_KK, QONYS_RU};
  g_auto (Book) book;
  g_autoptr (QonysRelease) public = NULL;
  g_autoptr (QonysRelease) committee = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *open = NULL, *wider = NULL, *two = NULL, *log = NULL, *log_path = NULL;

  book_init (&book, FALSE);
  set_status_bare (&book, "3.2", "accepted");
  public = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  committee = release_for (book.project, QONYS_AUDIENCE_COMMITTEE, NULL);
  open = pages_to_words (
      qonys_release_make_implementation (public, book.plan, NULL, 0, NULL, &error), "open.pdf");
  g_assert_no_error (error);
  wider = pages_to_words (
      qonys_release_make_implementation (committee, book.plan, NULL, 0, "Maslikhat", &error),
      "wider-report.pdf");
  two = pages_to_words (
      qonys_release_make_implementation (public, book.plan, both, 2, NULL, &error), "two.pdf");
  g_assert_cmpint (qonys_language_get (), ==, QONYS_EN);
  g_assert_null (
      qonys_release_make_implementation (public, book.plan, NULL, 0, "call 991231100010", &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_REFUSED);
  log_path = qonys_release_log_get_path ();
  g_assert_true (g_file_get_contents (log_path, &log, NULL, NULL));
  expect (log, "\"recipient\":\"Maslikhat\",\"file\":\"wider-report.pdf\"");
  if (open == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  expect (open, "ends on 25.02.2024 (Sunday); the next working day is 26.02.2024");
  expect (open, "Assumed: the resolution does not say");
  expect (open, "Overdue by our reckoning on");
  expect (open, "no evidence named");
  expect (open, "Annex: districts");
  g_assert_null (strstr (open, EVIDENCE));
  expect (wider, EVIDENCE);
  expect (wider, "no evidence named");
  expect (wider, "To: Maslikhat");
  expect (two, qonys_catalogue_find_body ("akimat")->title.text[QONYS_KK]);
  expect (two, qonys_catalogue_find_body ("akimat")->title.text[QONYS_RU]);
}

/* Nothing is lost between pages: each has its number, and rows run over. */
static void
test_pagination (void)
{
  g_auto (Book) book;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysPages) pages = NULL;
  guint n_long, n_short;

  book_init (&book, FALSE);
  release = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  pages = qonys_release_make_duties (release, book.plan, NULL);
  n_long = qonys_pages_paginate (pages, 595, 842);
  n_short = qonys_pages_paginate (pages, 595, 320);
  g_assert_cmpuint (n_short, >, n_long);
  for (guint i = 0; i < n_short; i++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 595, 320);
    cairo_t *cr = cairo_create (surface);

    qonys_pages_paint (pages, cr, i);
    g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

/* What goes to a printer stands in the log. */
static void
test_print (void)
{
  g_auto (Book) book;
  g_autoptr (QonysRelease) release = NULL;
  g_autoptr (QonysPages) pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = qonys_release_log_get_path (), *log = NULL;

  book_init (&book, FALSE);
  release = release_for (book.project, QONYS_AUDIENCE_PUBLIC, NULL);
  pages = qonys_release_make_duties (release, book.plan, NULL);
  g_assert_true (qonys_pages_log_print (pages, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  expect (log, "\"print\"");
  expect (log, "\"duties\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_init ("en");
  g_test_add_func ("/release/pages/implementation", test_implementation);
  g_test_add_func ("/release/pages/comparison-pdf", test_comparison_pdf);
  g_test_add_func ("/release/pages/comparison-tables", test_comparison_tables);
  g_test_add_func ("/release/pages/measures", test_measures);
  g_test_add_func ("/release/pages/pagination", test_pagination);
  g_test_add_func ("/release/pages/print", test_print);
  return release_test_run ();
}
