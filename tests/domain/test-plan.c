/* The plan: entries, edits, history. Random edits are undone and redone and the state's hash is
 * compared; the workflow's rules one by one. */

#include "base/error.h"
#include "domain/catalogue.h"
#include "domain/history.h"
#include "domain/setting.h"
#include "domain/workflow.h"

#include <math.h>

/* ---- entries ---- */

static QonysEntry *
make_item (const char *id, const char *text, const char *severity, const char *shape)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {NULL};

  values[QONYS_ITEM_PROBLEM] = "P02";
  values[QONYS_ITEM_PLACE_KIND] = "point";
  values[QONYS_ITEM_TEXT_KK] = text;
  values[QONYS_ITEM_SEVERITY] = severity;
  values[QONYS_ITEM_SEVERITY_REASONS] = "seen on the spot";
  values[QONYS_ITEM_SHAPE] = shape;
  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

static void
test_entry_values (void)
{
  g_autoptr (QonysEntry) entry = make_item ("a", "Қоныс", "3", "POINT (71.4 51.1)");
  g_autoptr (QonysEntry) other = qonys_entry_with (entry, QONYS_ITEM_SEVERITY, "");
  g_autofree char *packed = qonys_entry_pack (entry);
  g_autoptr (QonysEntry) back = qonys_entry_unpack (QONYS_ENTRY_ITEM, "a", packed);

  g_assert_cmpstr (qonys_entry_get (entry, QONYS_ITEM_TEXT_KK), ==, "Қоныс");
  g_assert_cmpfloat (qonys_entry_get_number (entry, QONYS_ITEM_SEVERITY), ==, 3);
  g_assert_true (isnan (qonys_entry_get_number (other, QONYS_ITEM_SEVERITY)));
  g_assert_null (qonys_entry_get (other, QONYS_ITEM_SEVERITY));
  g_assert_cmpint (qonys_entry_get_day (entry, QONYS_ITEM_SOLVED_ON), ==, QONYS_DAY_MISSING);
  g_assert_true (qonys_entry_equal (entry, back));
  g_assert_false (qonys_entry_equal (entry, other));
  g_assert_false (qonys_entry_equal (entry, NULL));
}

static void
test_entry_check (void)
{
  static const struct {
    const char *severity, *shape;
    gboolean is_good;
  } CASES[] = {
      {"3", NULL, TRUE},
      {"6", NULL, FALSE},
      {"2.5", NULL, FALSE},
      {"three", NULL, FALSE},
      {NULL, "POINT (71.4 51.1)", TRUE},
      {NULL, "POINT(71.4 51.1, 71.5 51.2)", FALSE},
      {NULL, "POINT (71.4)", FALSE},
      {NULL, "POINT (71.4 151.1)", FALSE},
      {NULL, "LINESTRING (71.4 51.1, 71.5 51.2)", TRUE},
      {NULL, "LINESTRING (71.4 51.1)", FALSE},
      {NULL, "POLYGON ((71 51, 72 51, 72 52, 71 51))", TRUE},
      {NULL, "POLYGON ((71 51, 72 51, 72 52, 71 52))", FALSE},
      {NULL, "CIRCLE (1 2)", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (QonysEntry) entry = make_item ("a", "x", CASES[i].severity, CASES[i].shape);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s, %s", CASES[i].severity, CASES[i].shape);
    g_assert_cmpint (qonys_entry_check (entry, &error), ==, CASES[i].is_good);
    if (!CASES[i].is_good)
      g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS);
  }
}

static void
test_default (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  QonysEntry *last = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, "5");

  g_assert_cmpuint (measures->len, ==, 15);
  for (guint i = 0; i < measures->len; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (qonys_entry_check (measures->pdata[i], &error));
    g_assert_no_error (error);
    g_assert_cmpstr (qonys_entry_get (measures->pdata[i], QONYS_MEASURE_STATUS), ==,
                     "no_information");
  }
  g_assert_cmpstr (qonys_entry_get (last, QONYS_MEASURE_DUE_DAY), ==, "2024-02-26");
  g_assert_true (qonys_entry_get_bool (last, QONYS_MEASURE_IS_BASE_ASSUMED));
  g_assert_false (qonys_entry_get_bool (last, QONYS_MEASURE_IS_RECOMMENDED));
  g_assert_null (qonys_plan_find (plan, QONYS_ENTRY_MEASURE, "9"));
}

/* What one value asks of another. */
static void
test_entry_company (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysEntry) item = make_item ("a", "x", "4", NULL);
  QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, "5");
  g_autoptr (QonysEntry) no_reasons = qonys_entry_with (item, QONYS_ITEM_SEVERITY_REASONS, NULL);
  g_autoptr (QonysEntry) no_day = qonys_entry_with (item, QONYS_ITEM_INDICATOR_VALUE, "35.70");
  g_autoptr (QonysEntry) no_source = qonys_entry_with (measure, QONYS_MEASURE_EFFECT_TO, "5");
  g_autoptr (QonysEntry) no_base = qonys_entry_with (measure, QONYS_MEASURE_IS_BASE_ASSUMED, "0");
  g_autoptr (QonysEntry) reason =
      qonys_entry_with (no_base, QONYS_MEASURE_BASE_REASON, "published that day");

  g_assert_true (qonys_entry_check (item, NULL));
  g_assert_false (qonys_entry_check (no_reasons, NULL));
  g_assert_false (qonys_entry_check (no_day, NULL));
  g_assert_cmpstr (qonys_entry_get (no_day, QONYS_ITEM_INDICATOR_VALUE), ==, "35.7");
  g_assert_false (qonys_entry_check (no_source, NULL));
  g_assert_false (qonys_entry_check (no_base, NULL));
  g_assert_true (qonys_entry_check (reason, NULL));
}

/* ---- edits ---- */

/* A random edit of the state: things made, changed and deleted, several at once. */
static QonysEdit *
make_random_edit (GRand *rand, QonysPlan *plan)
{
  QonysEdit *edit = qonys_edit_new ("item.change", NULL, "analyst", NULL);
  g_autoptr (GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const IDS[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--) {
    const char *id = IDS[g_rand_int_range (rand, 0, G_N_ELEMENTS (IDS))];
    QonysEntry *before = qonys_plan_find (plan, QONYS_ENTRY_ITEM, id);
    g_autofree char *text = g_strdup_printf ("%u", g_rand_int (rand));
    g_autoptr (QonysEntry) made = NULL;

    if (!g_hash_table_add (touched, (gpointer)id))
      continue;
    if (before != NULL && g_rand_int_range (rand, 0, 3) == 0) {
      qonys_edit_add (edit, before, NULL);
      continue;
    }
    made = before != NULL ? qonys_entry_with (before, QONYS_ITEM_TEXT_RU, text)
                          : make_item (id, text, "1", NULL);
    qonys_edit_add (edit, before, made);
  }
  return edit;
}

/* Of settings: looks, the norm, datasets that come, go and come back. */
static QonysEdit *
make_random_setting_edit (GRand *rand, QonysPlan *plan, gint32 *n_datasets)
{
  static const char *const KEYS[] = {QONYS_SETTING_STYLE, QONYS_SETTING_STATISTIC,
                                     QONYS_SETTING_NORM, QONYS_SETTING_DISTRICTS};
  QonysEdit *edit = qonys_edit_new ("setting.style", NULL, NULL, NULL);
  int dice = g_rand_int_range (rand, 0, 7);

  if (dice < 4) {
    const char *key = KEYS[dice];
    g_autofree char *value = g_strdup_printf ("value %u", g_rand_int (rand));

    qonys_edit_set (edit, plan, key, g_rand_int_range (rand, 0, 4) == 0 ? NULL : value);
  } else if (dice == 4 || *n_datasets == 0) {
    qonys_edit_add_dataset (edit, ++*n_datasets);
  } else {
    gint32 id = g_rand_int_range (rand, 1, *n_datasets + 1);
    g_autofree char *key = qonys_setting_get_withdrawn_key (id);

    qonys_edit_set (edit, plan, key, qonys_plan_is_withdrawn (plan, id) ? NULL : "1");
  }
  return edit;
}

/* Through the journal's own text, as it is stored and read. */
static QonysEdit *
store_and_read (const QonysEdit *edit, gint64 number)
{
  QonysEdit *read = qonys_edit_new (edit->action, edit->subject, edit->role, edit->merge_key);

  read->type = edit->type;
  read->target = edit->target;
  read->time_s = edit->time_s;
  read->number = number;
  qonys_edit_take_json (read, qonys_edit_changes_to_json (edit));
  g_assert_cmpuint (qonys_edit_get_changes (read)->len, ==, qonys_edit_get_changes (edit)->len);
  return read;
}

static void
do_edit (QonysPlan **plan, QonysHistory *history, const QonysEdit *edit)
{
  g_autoptr (QonysEdit) stored = store_and_read (edit, qonys_history_get_last_number (history) + 1);
  g_autoptr (GError) error = NULL;
  QonysPlan *next = qonys_plan_apply (*plan, stored, &error);

  g_assert_no_error (error);
  qonys_history_add (history, stored);
  qonys_plan_unref (*plan);
  *plan = next;
}

static void
undo_or_redo (QonysPlan **plan, QonysHistory *history, gboolean is_undo)
{
  g_autoptr (QonysEdit) edit =
      is_undo ? qonys_history_make_undo (history) : qonys_history_make_redo (history);

  g_assert_nonnull (edit);
  do_edit (plan, history, edit);
}

/* A state before an import withdraws what had not come yet: that, and nothing else, is the
 * difference to the state as it was. Datasets come in order, so that the last ones go first. */
static void
forget_later_datasets (QonysPlan **plan, const char *hash, gint32 n_datasets)
{
  for (gint32 id = n_datasets; id > 0; id--) {
    g_autofree char *key = qonys_setting_get_withdrawn_key (id), *now = qonys_plan_get_hash (*plan);
    g_autoptr (QonysEdit) edit = qonys_edit_new ("setting.style", NULL, NULL, NULL);
    QonysPlan *next;

    if (g_str_equal (now, hash))
      return;
    qonys_edit_set (edit, *plan, key, NULL);
    next = qonys_plan_apply (*plan, edit, NULL);
    qonys_plan_unref (*plan);
    *plan = next;
  }
}

static void
test_undo_all_redo_all (gconstpointer data)
{
  gboolean is_of_settings = data != NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20; round++) {
    g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
    g_autoptr (QonysHistory) history = qonys_history_new ();
    g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *first = qonys_plan_get_hash (plan), *last = NULL, *now = NULL;
    gint32 n_datasets = 0;
    guint n_undo = 0;

    for (guint i = 0; i < 60; i++) {
      int dice = g_rand_int_range (rand, 0, 10);

      if (dice < 2 && qonys_history_get_undo (history) != NULL) {
        undo_or_redo (&plan, history, TRUE);
      } else if (dice < 3 && qonys_history_get_redo (history) != NULL) {
        undo_or_redo (&plan, history, FALSE);
      } else {
        g_autoptr (QonysEdit) edit = is_of_settings && g_rand_boolean (rand)
                                         ? make_random_setting_edit (rand, plan, &n_datasets)
                                         : make_random_edit (rand, plan);

        do_edit (&plan, history, edit);
      }
      g_ptr_array_add (hashes, qonys_plan_get_hash (plan));
    }
    last = qonys_plan_get_hash (plan);

    /* Every earlier state can be seen. */
    for (guint i = 0; i < hashes->len; i++) {
      g_autoptr (QonysPlan) then = qonys_history_get_state (history, plan, i + 1);

      forget_later_datasets (&then, hashes->pdata[i], n_datasets);
      g_autofree char *hash = qonys_plan_get_hash (then);

      g_assert_cmpstr (hash, ==, hashes->pdata[i]);
    }

    while (qonys_history_get_undo (history) != NULL) {
      undo_or_redo (&plan, history, TRUE);
      n_undo++;
    }
    {
      g_autoptr (QonysPlan) then = qonys_plan_ref (plan);

      forget_later_datasets (&then, first, n_datasets);
      now = qonys_plan_get_hash (then);
    }
    g_assert_cmpstr (now, ==, first);
    for (; n_undo > 0; n_undo--)
      undo_or_redo (&plan, history, FALSE);
    g_free (now);
    now = qonys_plan_get_hash (plan);
    g_assert_cmpstr (now, ==, last);
  }
}

static void
test_revert (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysHistory) history = qonys_history_new ();
  g_autofree char *wanted = NULL, *then = NULL, *now = NULL;
  g_autoptr (QonysEdit) revert = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autoptr (QonysEdit) edit = make_random_edit (rand, plan);

    do_edit (&plan, history, edit);
    if (i == 9)
      wanted = qonys_plan_get_hash (plan);
  }
  then = qonys_plan_get_hash (plan);
  revert = qonys_history_make_revert (history, plan, 10);
  do_edit (&plan, history, revert);
  now = qonys_plan_get_hash (plan);
  g_assert_cmpstr (now, ==, wanted);
  undo_or_redo (&plan, history, TRUE);
  g_free (now);
  now = qonys_plan_get_hash (plan);
  g_assert_cmpstr (now, ==, then);
}

static void
test_merge (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysHistory) history = qonys_history_new ();
  g_autoptr (QonysEntry) one = make_item ("a", "one", NULL, NULL);
  g_autoptr (QonysEntry) two = qonys_entry_with (one, QONYS_ITEM_TEXT_KK, "two");
  g_autoptr (QonysEntry) three = qonys_entry_with (one, QONYS_ITEM_TEXT_KK, "three");
  g_autoptr (QonysEdit) made = qonys_edit_new ("item.add", NULL, NULL, NULL);
  g_autoptr (QonysEdit) first = qonys_edit_new ("item.change", NULL, NULL, "a/text_kk");
  g_autoptr (QonysEdit) second = qonys_edit_new ("item.change", NULL, NULL, "a/text_kk");
  g_autoptr (QonysEdit) late = qonys_edit_new ("item.change", NULL, NULL, "a/text_kk");
  g_autoptr (QonysEdit) merged = NULL;
  const QonysEntryChange *change;

  qonys_edit_add (made, NULL, one);
  do_edit (&plan, history, made);
  qonys_edit_add (first, one, two);
  g_assert_null (qonys_history_merge (history, first));
  do_edit (&plan, history, first);
  qonys_edit_add (second, two, three);
  merged = qonys_history_merge (history, second);
  g_assert_nonnull (merged);
  g_assert_cmpint (merged->number, ==, 2);
  change = qonys_edit_get_changes (merged)->pdata[0];
  g_assert_true (qonys_entry_equal (change->before, one));
  g_assert_true (qonys_entry_equal (change->after, three));
  qonys_history_add (history, merged);
  g_assert_cmpuint (qonys_history_get_edits (history)->len, ==, 2);
  g_assert_true (qonys_history_get_undo (history) == merged);

  qonys_edit_add (late, three, two);
  late->time_s += 60;
  g_assert_null (qonys_history_merge (history, late));
}

static void
test_conflict (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysEntry) one = make_item ("a", "one", NULL, NULL);
  g_autoptr (QonysEntry) two = make_item ("a", "two", NULL, NULL);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("item.change", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, one, two);
  g_assert_null (qonys_plan_apply (plan, edit, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FAILED);
}

static void
test_journal_damaged (void)
{
  static const char *const TEXTS[] = {
      "",
      "{}",
      "[1]",
      "[{}]",
      "[{\"kind\":\"problem_item\"}]",
      "[{\"kind\":\"person\",\"id\":\"a\",\"after\":{}}]",
      "[{\"kind\":\"problem_item\",\"id\":\"a\"}]",
      "[{\"kind\":\"problem_item\",\"id\":\"a\",",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (QonysEdit) edit = qonys_edit_new ("item.change", NULL, NULL, NULL);

    g_test_message ("%s", TEXTS[i]);
    qonys_edit_take_json (edit, g_strdup (TEXTS[i]));
    g_assert_cmpuint (qonys_edit_get_changes (edit)->len, ==, 0);
  }
}

/* ---- workflow ---- */

static void
test_workflow (void)
{
  static const struct {
    const char *to, *role, *evidence, *comment;
    gboolean is_good;
  } STEPS[] = {
      {"in_progress", "analyst", NULL, NULL, FALSE}, /* skips a step */
      {"in_progress", "analyst", NULL, "began at once", TRUE},
      {"in_progress", "analyst", NULL, "again", FALSE},
      {"done", "secretary", "letter", "skips", FALSE}, /* not reported as done */
      {"partly_done", "analyst", NULL, NULL, FALSE},   /* no evidence */
      {"partly_done", "analyst", "letter 12", NULL, TRUE},
      {"done_confirm", "body", "letter 13", NULL, TRUE},
      {"done", "body", "letter 13", NULL, FALSE}, /* not the secretary */
      {"done", "secretary", "minutes 4", NULL, TRUE},
      {"in_progress", "secretary", NULL, NULL, FALSE}, /* back without a comment */
      {"in_progress", "secretary", NULL, "the norm was challenged", TRUE},
      {"withdrawn", "secretary", NULL, "law changed", TRUE},
      {"nowhere", "secretary", NULL, "x", FALSE},
  };
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (QonysHistory) history = qonys_history_new ();
  g_autoptr (GPtrArray) changes = NULL;
  guint n_good = 0;

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysEdit) edit = qonys_workflow_set_status (
        plan, "3.2", STEPS[i].to, qonys_day_from_ymd (2025, 6, 1 + (int)i), STEPS[i].role,
        STEPS[i].evidence, STEPS[i].comment, &error);

    g_test_message ("%s", STEPS[i].to);
    g_assert_cmpint (edit != NULL, ==, STEPS[i].is_good);
    if (edit == NULL) {
      g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS);
      continue;
    }
    n_good++;
    do_edit (&plan, history, edit);
  }
  changes = qonys_workflow_get_changes (plan, "3.2");
  g_assert_cmpuint (changes->len, ==, n_good);
  g_assert_cmpstr (qonys_entry_get (changes->pdata[0], QONYS_STATUS_CHANGE_FROM), ==,
                   "no_information");
  g_assert_cmpstr (qonys_entry_get (changes->pdata[n_good - 1], QONYS_STATUS_CHANGE_TO), ==,
                   "withdrawn");
}

static void
test_future_status (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_workflow_set_status (plan, "3.2", "accepted", qonys_day_today () + 1,
                                            "analyst", NULL, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_FIELDS);
}

static void
test_overdue (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  QonysEntry *measure = qonys_plan_find (plan, QONYS_ENTRY_MEASURE, "5");
  g_autoptr (QonysEntry) done = qonys_entry_with (measure, QONYS_MEASURE_STATUS, "done");
  QonysDay due = qonys_day_from_ymd (2024, 2, 26);

  g_assert_false (qonys_workflow_is_overdue (measure, due));
  g_assert_true (qonys_workflow_is_overdue (measure, due + 1));
  g_assert_false (qonys_workflow_is_overdue (done, due + 1));
  g_assert_false (
      qonys_workflow_is_overdue (qonys_plan_find (plan, QONYS_ENTRY_MEASURE, "3.2"), due + 1));
}

static void
test_deadline (void)
{
  static const struct {
    const char *base, *rule, *due;
  } CASES[] = {
      {"2024-01-25", "P1M", "2024-02-26"}, /* the 25th is a Sunday */
      {"2024-01-31", "P1M", "2024-02-29"},
      {"2024-01-25", "P10D", "2024-02-05"},
      {"2024-01-25", "P2W", "2024-02-08"},
      {"2024-02-29", "P1Y", "2025-02-28"},
      {"2024-01-25", "regular", ""},
      {"2024-01-25", "P1H", ""},
      {"2024-01-25", "P", ""},
      {"2024-01-25", "P1M2D", ""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    QonysDay base = QONYS_DAY_MISSING;
    g_autofree char *due = NULL;

    qonys_day_parse (CASES[i].base, &base);
    due = qonys_day_to_iso (qonys_deadline_get_due (base, CASES[i].rule));
    g_assert_cmpstr (due, ==, CASES[i].due);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/plan/entry-values", test_entry_values);
  g_test_add_func ("/domain/plan/entry-check", test_entry_check);
  g_test_add_func ("/domain/plan/entry-company", test_entry_company);
  g_test_add_func ("/domain/plan/default", test_default);
  g_test_add_data_func ("/domain/plan/undo-all-redo-all", NULL, test_undo_all_redo_all);
  g_test_add_data_func ("/domain/plan/undo-all-redo-all-settings", "settings",
                        test_undo_all_redo_all);
  g_test_add_func ("/domain/plan/revert", test_revert);
  g_test_add_func ("/domain/plan/merge", test_merge);
  g_test_add_func ("/domain/plan/conflict", test_conflict);
  g_test_add_func ("/domain/plan/journal-damaged", test_journal_damaged);
  g_test_add_func ("/domain/plan/workflow", test_workflow);
  g_test_add_func ("/domain/plan/future-status", test_future_status);
  g_test_add_func ("/domain/plan/overdue", test_overdue);
  g_test_add_func ("/domain/plan/deadline", test_deadline);
  return g_test_run ();
}
