/* The story: random edits against a plain list of ids, undone and redone by hash; the ready story
 * against the catalogue; what a scene lacks. */

#include "base/language.h"
#include "domain/catalogue.h"
#include "domain/history.h"
#include "domain/norm.h"
#include "domain/scene.h"
#include "domain/statistic.h"

/* ---- the order ---- */

typedef struct {
  QonysPlan *plan;
  QonysHistory *history;
} Book;

static void
apply (Book *book, QonysEdit *edit)
{
  g_autoptr (QonysEdit) own = edit;
  g_autoptr (GError) error = NULL;
  QonysPlan *next;

  own->number = qonys_history_get_last_number (book->history) + 1;
  next = qonys_plan_apply (book->plan, own, &error);
  g_assert_no_error (error);
  qonys_plan_unref (book->plan);
  book->plan = next;
  qonys_history_add (book->history, own);
}

static char *
list_story (const QonysPlan *plan)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < story->len; i++)
    g_string_append_printf (text, "%s ", qonys_entry_get_id (story->pdata[i]));
  return g_string_free (text, FALSE);
}

static char *
list_ids (const GPtrArray *ids)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s ", (const char *)ids->pdata[i]);
  return g_string_free (text, FALSE);
}

static QonysEntry *
make_scene (const char *id, const char *position)
{
  const char *values[QONYS_SCENE_N_FIELDS] = {NULL};

  values[QONYS_SCENE_POSITION] = position;
  values[QONYS_SCENE_KIND] = "map";
  values[QONYS_SCENE_TITLE_KK] = id;
  return qonys_entry_new (QONYS_ENTRY_SCENE, id, values);
}

/* One step on both: the plan and the list of ids that says how it must be. */
static void
step (GRand *rand, Book *book, GPtrArray *ids, guint number)
{
  guint what = ids->len == 0 ? 0 : (guint)g_rand_int_range (rand, 0, 5);
  guint at = ids->len == 0 ? 0 : (guint)g_rand_int_range (rand, 0, (int)ids->len);
  guint to = (guint)g_rand_int_range (rand, 0, (int)ids->len + 2);

  if (what == 0) {
    char *id = g_strdup_printf ("scene-%u", number);
    g_autoptr (QonysEntry) scene = make_scene (id, NULL);

    apply (book, qonys_story_add (book->plan, scene, to, "scene.add"));
    g_ptr_array_insert (ids, MIN (to, ids->len), id);
  } else if (what == 1) {
    QonysEdit *edit = qonys_story_copy (book->plan, ids->pdata[at], at + 1);
    const QonysEntryChange *change = qonys_edit_get_changes (edit)->pdata[0];

    g_ptr_array_insert (ids, at + 1, g_strdup (qonys_entry_change_get_id (change)));
    apply (book, edit);
  } else if (what == 2 && ids->len > 5) {
    apply (book, qonys_story_delete (book->plan, ids->pdata[at]));
    g_ptr_array_remove_index (ids, at);
  } else {
    char *id = g_strdup (ids->pdata[at]);
    QonysEdit *edit = qonys_story_move (book->plan, id, to);

    g_ptr_array_remove_index (ids, at);
    to = MIN (to, ids->len);
    g_assert_cmpint (qonys_edit_get_changes (edit)->len == 0, ==, to == at);
    g_ptr_array_insert (ids, to, id);
    if (qonys_edit_get_changes (edit)->len > 0)
      apply (book, edit);
    else
      qonys_edit_unref (edit);
  }
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 8; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) none = g_ptr_array_new ();
    Book book = {qonys_plan_new (none), qonys_history_new ()};
    g_autofree char *first = qonys_plan_get_hash (book.plan), *last = NULL, *back = NULL;
    QonysEdit *edit;
    guint n_done = 0;

    for (guint i = 0; i < 300; i++) {
      g_autofree char *want = NULL, *have = NULL;

      step (rand, &book, ids, i);
      want = list_ids (ids);
      have = list_story (book.plan);
      g_assert_cmpstr (have, ==, want);
    }
    last = qonys_plan_get_hash (book.plan);
    while ((edit = qonys_history_make_undo (book.history)) != NULL) {
      apply (&book, edit);
      n_done++;
    }
    back = qonys_plan_get_hash (book.plan);
    g_assert_cmpstr (back, ==, first);
    while (n_done-- > 0)
      apply (&book, qonys_history_make_redo (book.history));
    g_free (back);
    back = qonys_plan_get_hash (book.plan);
    g_assert_cmpstr (back, ==, last);
    qonys_plan_unref (book.plan);
    qonys_history_free (book.history);
  }
}

/* The same gap is halved until it is used up: then, and only then, all are numbered anew. */
static void
test_room (void)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_entry_unref);
  Book book = {NULL, qonys_history_new ()};
  guint n_renumbered = 0;

  g_ptr_array_add (entries, make_scene ("a", "1"));
  g_ptr_array_add (entries, make_scene ("b", "2"));
  g_ptr_array_add (entries, make_scene ("c", "2"));
  g_ptr_array_add (entries, make_scene ("z", NULL));
  book.plan = qonys_plan_new (entries);
  for (guint i = 0; i < 120; i++) {
    const char *id = i % 2 == 0 ? "z" : "c";
    QonysEdit *edit = qonys_story_move (book.plan, id, 1);
    g_autoptr (GPtrArray) story = NULL;

    n_renumbered += qonys_edit_get_changes (edit)->len > 1;
    apply (&book, edit);
    story = qonys_story_get (book.plan);
    g_assert_cmpint (qonys_story_find (story, id), ==, 1);
    g_assert_cmpint (qonys_story_find (story, "a"), ==, 0);
  }
  g_assert_cmpuint (n_renumbered, >, 0);
  g_assert_cmpuint (n_renumbered, <, 6);
  g_assert_null (qonys_story_move (book.plan, "none", 1));
  g_assert_null (qonys_story_delete (book.plan, "none"));
  g_assert_null (qonys_story_copy (book.plan, "none", 0));
  qonys_plan_unref (book.plan);
  qonys_history_free (book.history);
}

/* ---- the ready story ---- */

/* The figures a title or text names are the catalogue's. */
static void
assert_names (const QonysEntry *scene, const char *figure_id)
{
  const QonysFigure *figure = qonys_catalogue_find_figure (figure_id);

  g_assert_nonnull (figure);
  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    g_autofree char *words = g_strconcat (qonys_entry_get (scene, QONYS_SCENE_TITLE_KK + i), " ",
                                          qonys_entry_get (scene, QONYS_SCENE_TEXT_KK + i), " ",
                                          qonys_entry_get (scene, QONYS_SCENE_NOTES_KK + i), NULL);
    g_autofree char *digits = g_strdup_printf ("%.0f", figure->value);
    g_autoptr (GString) number = g_string_new (digits);

    if (number->len > 3)
      g_string_insert (number, (gssize)number->len - 3, "\u00a0");
    g_test_message ("%s: %s", figure_id, number->str);
    g_assert_nonnull (strstr (words, number->str));
  }
}

static void
test_default (void)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (GPtrArray) story = qonys_story_get (plan);
  gboolean has_type[QONYS_N_SCENE_KINDS] = {FALSE};

  g_assert_cmpuint (story->len, ==, 8);
  g_assert_cmpuint (qonys_story_get_duration_s (plan), ==, 600);
  for (guint i = 0; i < story->len; i++) {
    QonysEntry *scene = story->pdata[i];
    g_autoptr (GPtrArray) lacks = qonys_scene_check (plan, scene);
    g_autoptr (GError) error = NULL;
    QonysBox box;

    for (guint j = 0; j < lacks->len; j++)
      g_test_message ("%s: %s", qonys_entry_get_id (scene), (char *)lacks->pdata[j]);
    g_assert_cmpuint (lacks->len, ==, 0);
    g_assert_true (qonys_entry_check (scene, &error));
    g_assert_no_error (error);
    g_assert_true (qonys_scene_get_box (scene, &box));
    for (guint field = QONYS_SCENE_TITLE_KK; field <= QONYS_SCENE_NOTES_EN; field++)
      g_assert_nonnull (qonys_entry_get (scene, field));
    has_type[qonys_scene_get_type (scene)] = TRUE;
  }
  for (guint i = 0; i < QONYS_N_SCENE_KINDS; i++)
    g_assert_true (has_type[i]);
  g_assert_cmpint (qonys_scene_get_type (story->pdata[0]), ==, QONYS_SCENE_IS_TITLE);
  g_assert_cmpint (qonys_scene_get_type (story->pdata[7]), ==, QONYS_SCENE_IS_CLOSING);
  assert_names (story->pdata[2], "F17");
  assert_names (story->pdata[2], "F18");
  assert_names (story->pdata[2], "F19");
  assert_names (story->pdata[5], "F07");
  assert_names (story->pdata[6], "F01");
  assert_names (story->pdata[6], "D01");
}

/* ---- a scene ---- */

static guint
count_lacks (const QonysEntry *scene)
{
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();
  g_autoptr (GPtrArray) lacks = qonys_scene_check (plan, scene);

  return lacks->len;
}

static void
test_check (void)
{
  static const struct {
    const char *id; /* of a scene of the ready story */
    guint field;
    const char *value;
    guint n_lacks;
  } CASES[] = {
      {"story-4", QONYS_SCENE_TITLE_RU, NULL, 1},
      {"story-4", QONYS_SCENE_TEXT_EN, NULL, 1},
      {"story-4", QONYS_SCENE_NOTES_EN, NULL, 0},
      {"story-4", QONYS_SCENE_EAST_DEG, "71.1", 1},
      {"story-1", QONYS_SCENE_EAST_DEG, "71.1", 0},
      {"story-4", QONYS_SCENE_STATISTIC, "nothing", 1},
      {"story-4", QONYS_SCENE_STATISTIC, NULL, 0},
      {"story-4", QONYS_SCENE_AS_OF, "gone", 1},
      {"story-4", QONYS_SCENE_ITEMS, "gone lost", 1},
      {"story-4", QONYS_SCENE_NORM, "m2=0", 1},
      {"story-4", QONYS_SCENE_FIGURES, NULL, 0},
      {"story-2", QONYS_SCENE_FIGURES, NULL, 1},
      {"story-2", QONYS_SCENE_FIGURES, "F10 F99", 1},
      {"story-5", QONYS_SCENE_BEFORE_NORM, NULL, 1},
      {"story-5", QONYS_SCENE_BEFORE_NORM, "m2=15;area=useful", 1},
      {"story-5", QONYS_SCENE_BEFORE_AS_OF, "gone", 1},
      {"story-5", QONYS_SCENE_BEFORE_TO, "2025-12-25", 0},
  };
  g_autoptr (QonysPlan) plan = qonys_plan_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    QonysEntry *scene = qonys_plan_find (plan, QONYS_ENTRY_SCENE, CASES[i].id);
    g_autoptr (QonysEntry) other = qonys_entry_with (scene, CASES[i].field, CASES[i].value);

    g_test_message ("%s, field %u: %s", CASES[i].id, CASES[i].field, CASES[i].value);
    g_assert_cmpuint (count_lacks (other), ==, CASES[i].n_lacks);
  }
}

static void
test_box (void)
{
  g_autoptr (QonysEntry) scene = make_scene ("a", "1");
  const QonysBox want = {0.69, 0.33, 0.7, 0.34};
  g_autoptr (QonysEntry) placed = qonys_scene_with_box (scene, &want);
  QonysBox box;

  g_assert_false (qonys_scene_get_box (scene, &box));
  g_assert_true (qonys_box_is_empty (&box));
  g_assert_true (qonys_scene_get_box (placed, &box));
  g_assert_cmpfloat_with_epsilon (box.min_x, want.min_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.min_y, want.min_y, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.max_x, want.max_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.max_y, want.max_y, 1e-9);
  g_assert_cmpstr (qonys_scene_get_name (scene), ==, "a");
  g_assert_cmpuint (qonys_scene_get_duration_s (scene), ==, QONYS_SCENE_DEFAULT_DURATION_S);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  qonys_language_init ("en");
  g_test_add_func ("/scene/random", test_random);
  g_test_add_func ("/scene/room", test_room);
  g_test_add_func ("/scene/default", test_default);
  g_test_add_func ("/scene/check", test_check);
  g_test_add_func ("/scene/box", test_box);
  return g_test_run ();
}
