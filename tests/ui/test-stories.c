/* Two stories of a session, told step by step: what a member of the commission asks of the
 * measures, and how an analyst writes the information on implementation. Each assertion stands
 * below the sentence of the story it is of. */

#include "base/language.h"
#include "domain/catalogue.h"
#include "domain/words.h"
#include "release/pages.h"
#include "ui-support.h"
#include "ui/measure-dialogs.h"
#include "ui/measure-list.h"
#include "ui/panel.h"
#include <adwaita.h>
#include <glib/gstdio.h>

#define T(text) g_dgettext ("qonys", text)

#define REASON "received by the city on that day"
#define EVIDENCE "letter No 17 of 05.03.2024"

static char *folder;

static QonysLanguage first_language;

static void
set_language (const char *code)
{
  g_action_group_change_action_state (G_ACTION_GROUP (g_application_get_default ()), "language",
                                      g_variant_new_string (code));
  ui_settle ();
}

static const QonysEntry *
get_measure (const char *id)
{
  return qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_MEASURE, id);
}

static const char *
get_problem (const char *id)
{
  return qonys_text3_get (&qonys_catalogue_find_problem (id)->title);
}

/* Does a label hold these words? */
static gboolean
tells (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (tells (child, words))
      return TRUE;
  return FALSE;
}

static void
click (GtkWidget *widget, GType type, const char *label)
{
  GtkWidget *button = ui_find (widget, type, label);

  g_assert_nonnull (button);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
}

/* ---- PDF ---- */

/* @pages: (transfer full). Returns: its words in one line; NULL where there is no pdftotext */
static char *
print_to_words (QonysPages *pages, const char *name)
{
  g_autoptr (QonysPages) owned = pages;
  g_autofree char *path = g_build_filename (folder, name, NULL), *words = NULL;
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  const char *const argv[] = {"pdftotext", "-raw", path, "-", NULL};
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_nonnull (owned);
  qonys_session_write_pages (ui_session (), owned, path);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words,
                               NULL, NULL, &error));
  g_assert_no_error (error);
  parts = g_strsplit (words, "\n", -1); /* lines of a cell are one sentence */
  return g_strjoinv (" ", parts);
}

static void
expect (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
}

/* ---- the list ---- */

static GtkListView *
get_list (GtkWidget *panel)
{
  return GTK_LIST_VIEW (ui_find (panel, GTK_TYPE_LIST_VIEW, NULL));
}

/* Measures whose row is wholly inside the list's own height. */
static guint
count_seen (GtkListView *list, const char *id, gboolean *is_seen)
{
  guint n = 0;

  *is_seen = FALSE;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    graphene_rect_t place;
    gboolean is_measure = FALSE;

    if (!gtk_widget_get_mapped (row) ||
        !gtk_widget_compute_bounds (row, GTK_WIDGET (list), &place) || place.origin.y < -1 ||
        place.origin.y + place.size.height > gtk_widget_get_height (GTK_WIDGET (list)) + 1)
      continue;
    for (guint i = 0; i < qonys_catalogue_get ()->measures->len; i++) {
      const QonysMeasure *measure = qonys_catalogue_get ()->measures->pdata[i];

      is_measure |= ui_shows (row, measure->id);
    }
    n += is_measure;
    *is_seen |= is_measure && ui_shows (row, id);
  }
  return n;
}

static GtkListView *awaited_list;
static const char *awaited_id;

static gboolean
is_awaited_seen (void)
{
  gboolean is_seen;

  count_seen (awaited_list, awaited_id, &is_seen);
  return is_seen;
}

/* ---- S1: “What did we resolve, and what has come of it?” ---- */

static void
test_s1_list (void)
{
  const QonysMeasureQuery query = {.group = QONYS_GROUP_BODY};
  g_autoptr (GListStore) store = g_list_store_new (QONYS_TYPE_MEASURE_LINE);
  GtkSelectionModel *model;
  GtkWidget *panel;
  GtkListView *list;
  gboolean is_seen;
  guint n_measures = 0, n_seen;

  /* 1. Opens the app; it starts in Kazakh … */
  g_assert_cmpint (first_language, ==, QONYS_KK);
  set_language ("kk");
  ui_open_demo ();
  /* … on the public view, … */
  g_assert_cmpint (qonys_session_get_audience (ui_session ()), ==, QONYS_AUDIENCE_PUBLIC);
  /* … whole city, district outlines, no login. */
  g_assert_true (qonys_session_get_style (ui_session ())->layers[QONYS_LAYER_DISTRICTS].is_visible);
  g_assert_null (ui_get_dialog ());

  gtk_window_set_default_size (GTK_WINDOW (ui_window ()), 1366, 768);
  ui_settle ();
  /* 2. Clicks «Шешімдер / Меры» in the sidebar: … */
  panel = ui_show_page ("measures");
  ui_settle ();
  list = get_list (panel);
  model = gtk_list_view_get_model (list);
  /* … the 15 items of the resolution … */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++) {
    g_autoptr (QonysMeasureLine) line = g_list_model_get_item (G_LIST_MODEL (model), i);

    n_measures += qonys_measure_line_get_measure (line) != NULL;
  }
  g_assert_cmpuint (n_measures, ==, 15);
  /* … grouped by responsible body … */
  g_assert_cmpuint (
      qonys_measure_list_update (store, qonys_session_get_plan (ui_session ()), &query), ==, 15);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (store)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), >, 15);
  g_assert_true (ui_shows (panel, qonys_body_get_title ("akimat")));
  /* … with a status badge. */
  g_assert_nonnull (ui_find (GTK_WIDGET (list), GTK_TYPE_IMAGE, NULL));

  /* Fails when: 15 items scroll off a 1366×768 screen. */
  awaited_list = list;
  awaited_id = "1";
  ui_wait (is_awaited_seen);
  n_seen = count_seen (list, "1", &is_seen);
  g_test_message ("%u of 15 measures are seen at %d × %d without scrolling", n_seen,
                  gtk_widget_get_width (GTK_WIDGET (ui_window ())),
                  gtk_widget_get_height (GTK_WIDGET (ui_window ())));
  g_assert_true (is_seen);
  g_assert_cmpuint (n_seen, >=, 8);
  for (guint i = 0; i < 15; i++) {
    const QonysMeasure *measure = qonys_catalogue_get ()->measures->pdata[i];
    guint position = qonys_measure_list_find_position (G_LIST_MODEL (model), measure->id);

    gtk_widget_activate_action (GTK_WIDGET (list), "list.scroll-to-item", "u", position);
    awaited_id = measure->id;
    ui_wait (is_awaited_seen);
  }
}

static void
test_s1_measure (void)
{
  const QonysMeasure *original = qonys_catalogue_find_measure ("3.2");
  GtkWidget *panel = ui_show_page ("measures");
  const QonysDevelopment *last = original->developments->pdata[original->developments->len - 1];

  /* 3. Chooses 3.2 → … */
  qonys_session_open_item (ui_session (), "3.2");
  ui_settle ();
  /* … full text in Kazakh … */
  g_assert_true (ui_shows (panel, original->text.text[QONYS_KK]));
  g_assert_true (ui_shows (panel, T ("The resolution’s own words")));
  g_assert_false (ui_shows (panel, T ("Working translation, not official")));
  /* … with a switch to Russian … (fails when: translation shown without the note) */
  click (panel, GTK_TYPE_TOGGLE_BUTTON, "Русский");
  g_assert_true (ui_shows (panel, original->text.text[QONYS_RU]));
  g_assert_true (ui_shows (panel, T ("Working translation, not official")));
  /* … and English, … */
  click (panel, GTK_TYPE_TOGGLE_BUTTON, "English");
  g_assert_true (ui_shows (panel, original->text.text[QONYS_EN]));
  g_assert_true (ui_shows (panel, T ("Working translation, not official")));
  /* … problems P01, P02, P05, … */
  g_assert_true (ui_shows (panel, get_problem ("P01")));
  g_assert_true (ui_shows (panel, get_problem ("P02")));
  g_assert_true (ui_shows (panel, get_problem ("P05")));
  /* … “later developments” set apart (norm of 15 m², 26.12.2025, … */
  g_assert_true (ui_shows (panel, T ("Later developments")));
  g_assert_cmpstr (last->date, ==, "2025-12-26");
  g_assert_true (ui_shows (panel, qonys_text3_get (&last->text)));
  g_assert_true (tells (panel, "15\u00a0м²"));
  /* … to be confirmed). */
  g_assert_true (ui_shows (panel, T ("From the press, after the resolution and no part of it; "
                                     "for the commission to confirm.")));
  /* Fails when: statuses were never entered – must read as an honest state with the question. */
  g_assert_true (ui_shows (panel, T ("No information: the body has to be asked")));
  /* Fails when: “ұсынылсын” rendered as an order. */
  g_assert_true (tells (panel, T ("Recommendation, not an order")));
}

static void
test_s1_map_and_paper (void)
{
  const QonysMeasure *original = qonys_catalogue_find_measure ("3.2");
  QonysRelease *release = qonys_session_get_release (ui_session ());
  QonysPlan *plan = qonys_session_get_plan (ui_session ());
  QonysStyle style = *qonys_session_get_style (ui_session ());
  g_autoptr (QonysPages) pages = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) first_words = NULL;

  /* 4. Presses «Картада көрсету / Показать на карте». */
  style.layers[QONYS_LAYER_OVERCROWDED].is_visible = FALSE;
  qonys_session_set_style (ui_session (), &style);
  click (ui_show_page ("measures"), GTK_TYPE_BUTTON, T ("Show on the map"));
  ui_settle ();
  g_assert_true (
      qonys_session_get_style (ui_session ())->layers[QONYS_LAYER_OVERCROWDED].is_visible);

  /* 5. «Баспаға шығару»: one A4 page for 3.2. */
  release = qonys_session_get_release (ui_session ());
  pages = qonys_release_make_measure (release, plan, "3.2");
  g_assert_cmpuint (qonys_pages_paginate (pages, 595, 842), ==, 1);
  words = print_to_words (qonys_pages_ref (pages), "measure.pdf");
  if (words == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  first_words = g_strsplit (original->text.text[QONYS_KK], " ", 5);
  first_words[4][0] = '\0';
  for (guint i = 0; i < 4; i++)
    expect (words, first_words[i]);
  /* Fails when: fonts without Ә Ғ Қ Ң Ө Ұ Ү Һ І print boxes. */
  expect (words, "қаласының");
  expect (words, "P05.");
}

/* ---- S9: prepares the “information on implementation” (item 5) ---- */

static void
test_s9_deadline (void)
{
  g_autofree char *path = NULL;
  GtkWidget *panel;
  GtkWindow *dialog;

  set_language ("en");
  panel = ui_show_page ("measures");
  qonys_session_open_item (ui_session (), "5");
  ui_settle ();
  /* 2. The app computes due date 25.02.2024 (assumed, Sunday; next working day 26.02) … */
  g_assert_true (ui_shows (panel, "Assumed: start 25.01.2024, due 26.02.2024 (a working day)"));
  /* … and shows what is overdue; … */
  g_assert_true (ui_shows (panel, "no information; overdue by our reckoning"));
  /* … the analyst changes the base date … */
  dialog = qonys_ask_base_day (GTK_WINDOW (ui_window ()), ui_session (), "5");
  ui_type (dialog, "The time runs from", "01.02.2024");
  g_assert_false (ui_can_accept (dialog)); /* refused without a reason */
  ui_type (dialog, "Why from this day", REASON);
  ui_accept (dialog);
  /* … and the reason is recorded. */
  g_assert_cmpstr (qonys_entry_get (get_measure ("5"), QONYS_MEASURE_BASE_REASON), ==, REASON);
  g_assert_true (ui_shows (panel, "Start 01.02.2024, due 01.03.2024 (a working day)"));
  g_assert_true (ui_shows (panel, "Why from this day: " REASON));
  ui_wait_for_disk ();
  /* The draft's folder is this test's alone. */
  path = g_build_filename (folder, "plan.gpkg", NULL);
  qonys_session_save_as (ui_session (), path);
  ui_settle ();
}

static void
test_s9_status (void)
{
  GtkWindow *dialog;

  /* 1. Table of the 15 items, responsible, status, evidence. */
  qonys_session_open_item (ui_session (), "3.1");
  dialog = qonys_ask_status (GTK_WINDOW (ui_window ()), ui_session (), "3.1");
  ui_choose (dialog, "Status", 2); /* in progress */
  ui_type (dialog, "Since", "05.03.2024");
  ui_type (dialog, "Evidence: document or figure", EVIDENCE);
  ui_type (dialog, "Comment", "the step before was not told");
  ui_accept (dialog);
  g_assert_cmpstr (qonys_entry_get (get_measure ("3.1"), QONYS_MEASURE_STATUS), ==, "in_progress");
  /* Fails when: a status lacks evidence – it is said. */
  dialog = qonys_ask_status (GTK_WINDOW (ui_window ()), ui_session (), "3.2");
  ui_choose (dialog, "Status", 1); /* accepted */
  ui_type (dialog, "Since", "05.03.2024");
  ui_accept (dialog);
  ui_wait_for_disk ();
}

static char *
write_report (const char *name, const QonysLanguage *languages, guint n, const char *recipient)
{
  g_autoptr (GError) error = NULL;
  QonysPages *pages = qonys_release_make_implementation (qonys_session_get_release (ui_session ()),
                                                         qonys_session_get_plan (ui_session ()),
                                                         languages, n, recipient, &error);

  g_assert_no_error (error);
  return print_to_words (pages, name);
}

static void
test_s9_report (void)
{
  static const QonysLanguage both[] = {QONYS_KK, QONYS_RU};
  g_autofree char *open = NULL, *wider = NULL, *two = NULL, *log = NULL, *path = NULL;
  GtkWindow *dialog;

  /* 1. «Есеп» → template “орындалу туралы ақпарат” … */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.report", NULL));
  dialog = ui_get_dialog ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (ui_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "Language"));
  g_assert_nonnull (ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "To whom (a body)"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  open = write_report ("open.pdf", NULL, 0, NULL);
  two = write_report ("two.pdf", both, G_N_ELEMENTS (both), NULL);
  g_assert_cmpint (qonys_language_get (), ==, QONYS_EN);
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_COMMITTEE, "the session of March");
  ui_settle ();
  wider = write_report ("wider.pdf", NULL, 0, "City maslikhat");
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  ui_settle ();
  /* 3. Exports PDF; hash and recipient go to the export log. */
  path = qonys_release_log_get_path ();
  g_assert_true (g_file_get_contents (path, &log, NULL, NULL));
  expect (log, "\"recipient\":\"City maslikhat\",\"file\":\"wider.pdf\",\"sha256\":\"");
  if (open == NULL) {
    g_test_skip ("no pdftotext");
    return;
  }
  /* … table of the 15 items, responsible, status, … */
  for (guint i = 0; i < 15; i++) {
    const QonysMeasure *measure = qonys_catalogue_get ()->measures->pdata[i];
    g_autofree char *start = g_utf8_substring (qonys_text3_get (&measure->title), 0, 8);

    expect (open, start);
  }
  expect (open, "in progress");
  /* … evidence, … the commission's and not the public's */
  expect (wider, EVIDENCE);
  g_assert_null (strstr (open, EVIDENCE));
  /* … indicators before/now, … */
  expect (open, " now: ");
  /* … maps as annexes, … */
  expect (open, "Annex: districts");
  /* … both languages. */
  expect (two, qonys_catalogue_find_body ("akimat")->title.text[QONYS_KK]);
  expect (two, qonys_catalogue_find_body ("akimat")->title.text[QONYS_RU]);
  /* 2. … the base date and the reason … (fails when: the deadline is presented as a fact) */
  expect (open, "The time runs from 01.02.2024 and ends on 01.03.2024.");
  expect (open, "Why from this day: " REASON);
  /* … and shows what is overdue. */
  expect (open, "item 5");
  expect (open, "overdue by our reckoning");
  /* Fails when: a status lacks evidence. */
  expect (open, "no evidence named");
  expect (wider, "no evidence named");
}

/* Fails when: Kazakh sorting (ә after а, ғ after г, і after ы …) is wrong. */
static void
test_s9_sorting (void)
{
  static const char *const titles[] = {"Ы шарасы", "І шарасы", "Г шарасы",
                                       "Ғ шарасы", "Ә шарасы", "А шарасы"};
  static const char *const expected[] = {"А шарасы", "Ә шарасы", "Г шарасы",
                                         "Ғ шарасы", "Ы шарасы", "І шарасы"};
  const QonysMeasureQuery query = {.group = QONYS_GROUP_NONE, .text = "шарасы"};
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.add", NULL, "analyst", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_autofree char *id = g_strdup_printf ("own-%u", i);
    const char *values[QONYS_MEASURE_N_FIELDS] = {[QONYS_MEASURE_TITLE_KK] = titles[i],
                                                  [QONYS_MEASURE_IS_OWN] = "1",
                                                  [QONYS_MEASURE_IS_RECOMMENDED] = "1",
                                                  [QONYS_MEASURE_STATUS] = "no_information"};
    g_autoptr (QonysEntry) entry = qonys_entry_new (QONYS_ENTRY_MEASURE, id, values);

    qonys_edit_add (edit, NULL, entry);
  }
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
  found = qonys_measure_list_find (qonys_session_get_plan (ui_session ()), &query);
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (qonys_entry_get (found->pdata[i], QONYS_MEASURE_TITLE_KK), ==, expected[i]);
  ui_wait_for_disk ();
}

int
main (int argc, char **argv)
{
  int status;

  qonys_language_init (NULL); /* as at the first start, nothing chosen */
  first_language = qonys_language_get ();
  ui_init (&argc, &argv);
  folder = g_dir_make_tmp ("qonys-stories-XXXXXX", NULL);
  g_test_add_func ("/ui/stories/s1-list", test_s1_list);
  g_test_add_func ("/ui/stories/s1-measure", test_s1_measure);
  g_test_add_func ("/ui/stories/s1-map-and-paper", test_s1_map_and_paper);
  g_test_add_func ("/ui/stories/s9-deadline", test_s9_deadline);
  g_test_add_func ("/ui/stories/s9-status", test_s9_status);
  g_test_add_func ("/ui/stories/s9-report", test_s9_report);
  g_test_add_func ("/ui/stories/s9-sorting", test_s9_sorting);
  status = ui_run ();
  ui_remove_folder (folder);
  g_free (folder);
  return status;
}
