/* Names of states: edits like any other, and the states they lead back to. */

#include "domain/version.h"

#include "base/error.h"

typedef struct {
  QonysPlan *plan;
  QonysHistory *history;
} Book;

static void
book_init (Book *book)
{
  book->plan = qonys_plan_new_default ();
  book->history = qonys_history_new ();
}

static void
book_clear (Book *book)
{
  qonys_plan_unref (book->plan);
  qonys_history_free (book->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

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
set_setting (Book *book, const char *value)
{
  const char *values[QONYS_SETTING_N_FIELDS] = {value};
  g_autoptr (QonysEntry) after = qonys_entry_new (QONYS_ENTRY_SETTING, "norm", values);
  QonysEdit *edit = qonys_edit_new ("setting.norm", NULL, NULL, NULL);

  qonys_edit_add (edit, qonys_plan_find (book->plan, QONYS_ENTRY_SETTING, "norm"), after);
  apply (book, edit);
}

static void
name_state (Book *book, const char *title, const char *note)
{
  g_autoptr (GError) error = NULL;
  QonysEdit *edit = qonys_version_make_add (book->plan, book->history, title, note, &error);

  g_assert_no_error (error);
  apply (book, edit);
}

static void
assert_setting (QonysPlan *plan, const char *value)
{
  const QonysEntry *entry = qonys_plan_find (plan, QONYS_ENTRY_SETTING, "norm");

  g_assert_cmpstr (entry == NULL ? NULL : qonys_entry_get (entry, QONYS_SETTING_VALUE), ==, value);
}

static void
test_states (void)
{
  static const struct {
    const char *word, *title, *value;
    gint64 number;
  } CASES[] = {
      {NULL, "Now", "c", 5},    {"now", "Now", "c", 5},  {"Spring", "Spring", "a", 1},
      {"0", "Step 0", NULL, 0}, {"4", "Step 4", "b", 4}, {"Autumn", "Autumn", "b", 3},
  };
  g_auto (Book) book;
  g_autoptr (GPtrArray) versions = NULL;

  book_init (&book);
  set_setting (&book, "a");
  name_state (&book, "Spring", "before the session"); /* 2 */
  set_setting (&book, "b");
  name_state (&book, "Autumn", NULL); /* 4 */
  set_setting (&book, "c");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysState) state =
        qonys_state_find (book.history, book.plan, CASES[i].word, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (state->title, ==, CASES[i].title);
    g_assert_cmpint (state->number, ==, CASES[i].number);
    if (CASES[i].number == 5)
      g_assert_cmpint (state->day, ==, qonys_day_today ());
    else if (CASES[i].number == 0)
      g_assert_cmpint (state->day, ==, QONYS_DAY_MISSING);
    else
      g_assert_cmpint (state->day, !=, QONYS_DAY_MISSING); /* the clock's */
    assert_setting (state->plan, CASES[i].value);
  }
  versions = qonys_versions_list (book.plan);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (qonys_entry_get (versions->pdata[0], QONYS_VERSION_TITLE), ==, "Autumn");
  g_assert_cmpstr (qonys_entry_get (versions->pdata[1], QONYS_VERSION_NOTE), ==,
                   "before the session");
}

static void
expect_refused (QonysEdit *edit, GError **error)
{
  g_assert_null (edit);
  g_assert_error (*error, QONYS_ERROR, QONYS_ERROR_FIELDS);
  g_clear_error (error);
}

static void
test_names (void)
{
  static const char *const BAD[] = {NULL, "", "12", "now", "Spring"};
  g_auto (Book) book;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (QonysEdit) same = NULL;
  GError *error = NULL;
  const char *id;

  book_init (&book);
  name_state (&book, "Spring", NULL);
  name_state (&book, "Autumn", NULL);
  versions = qonys_versions_list (book.plan);
  id = qonys_entry_get_id (versions->pdata[0]);
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    expect_refused (qonys_version_make_add (book.plan, book.history, BAD[i], NULL, &error), &error);
    expect_refused (qonys_version_make_rename (book.plan, id, BAD[i], NULL, &error), &error);
  }
  g_assert_null (qonys_state_find (book.history, book.plan, "Winter", &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (qonys_state_find (book.history, book.plan, "3", &error));
  g_clear_error (&error);
  same = qonys_version_make_rename (book.plan, id, "Autumn", NULL, &error); /* its own name */
  g_assert_no_error (error);
  g_assert_cmpuint (qonys_edit_get_changes (same)->len, ==, 0);
}

/* Naming, renaming and deleting are undone and redone. */
static void
test_undo (void)
{
  g_auto (Book) book;
  g_autoptr (GPtrArray) versions = NULL;
  g_autofree char *first = NULL, *last = NULL, *undone = NULL, *redone = NULL;
  g_autofree char *id = NULL;
  QonysEdit *edit;

  book_init (&book);
  first = qonys_plan_get_hash (book.plan);
  name_state (&book, "Spring", NULL);
  name_state (&book, "Autumn", NULL);
  versions = qonys_versions_list (book.plan);
  id = g_strdup (qonys_entry_get_id (versions->pdata[0]));
  apply (&book, qonys_version_make_rename (book.plan, id, "November", "after it", NULL));
  apply (&book, qonys_version_make_delete (book.plan, id));
  last = qonys_plan_get_hash (book.plan);
  while ((edit = qonys_history_make_undo (book.history)) != NULL)
    apply (&book, edit);
  undone = qonys_plan_get_hash (book.plan);
  g_assert_cmpstr (undone, ==, first);
  while ((edit = qonys_history_make_redo (book.history)) != NULL)
    apply (&book, edit);
  redone = qonys_plan_get_hash (book.plan);
  g_assert_cmpstr (redone, ==, last);
}

/* Returning to a version takes no name away, of it or of what came after. */
static void
test_revert (void)
{
  g_auto (Book) book;
  g_autoptr (QonysState) spring = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  book_init (&book);
  set_setting (&book, "a");
  name_state (&book, "Spring", NULL);
  set_setting (&book, "b");
  name_state (&book, "Autumn", NULL);
  spring = qonys_state_find (book.history, book.plan, "Spring", NULL);
  apply (&book, qonys_history_make_revert (book.history, book.plan, spring->number));
  assert_setting (book.plan, "a");
  versions = qonys_versions_list (book.plan);
  g_assert_cmpuint (versions->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/version/states", test_states);
  g_test_add_func ("/domain/version/names", test_names);
  g_test_add_func ("/domain/version/undo", test_undo);
  g_test_add_func ("/domain/version/revert", test_revert);
  return g_test_run ();
}
