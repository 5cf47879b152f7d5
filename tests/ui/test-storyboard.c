/* Scenes from the screen and back; the strip by keys, buttons and dragging; the form. */

#include "domain/scene.h"
#include "ui-support.h"
#include "ui/scene-dialog.h"
#include "ui/session-scenes.h"
#include "ui/storyboard.h"
#include "ui/thumbnails.h"
#include <adwaita.h>
#include <math.h>

static QonysPlan *
plan (void)
{
  return qonys_session_get_plan (ui_session ());
}

static QonysStoryboard *
storyboard (void)
{
  return QONYS_STORYBOARD (ui_find (GTK_WIDGET (ui_window ()), QONYS_TYPE_STORYBOARD, NULL));
}

/* The box of cards, which has the keys. */
static GtkWidget *
list (void)
{
  GtkWidget *viewport = ui_find (GTK_WIDGET (storyboard ()), GTK_TYPE_VIEWPORT, NULL);

  return gtk_widget_get_first_child (viewport);
}

static gboolean
is_settled (void)
{
  return ui_is_settled () && qonys_storyboard_is_settled (storyboard ()) &&
         !qonys_session_has_pending_edits (ui_session ());
}

static guint
count_cards (void)
{
  guint n = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (list ()); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    n++;
  return n;
}

/* Are the cards in the order of the story, each with a picture? */
static void
assert_cards (void)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan ());
  GtkWidget *card = gtk_widget_get_first_child (list ());

  ui_wait (is_settled);
  for (guint i = 0; i < story->len; i++) {
    GtkPicture *picture = GTK_PICTURE (ui_find (card, GTK_TYPE_PICTURE, NULL));
    g_autofree char *title =
        g_strdup_printf ("%u. %s", i + 1, qonys_scene_get_name (story->pdata[i]));

    g_assert_true (ui_shows (card, title));
    g_assert_nonnull (gtk_picture_get_paintable (picture));
    card = gtk_widget_get_next_sibling (card);
  }
  g_assert_null (card);
}

static int
find (const char *id)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan ());

  return qonys_story_find (story, id);
}

static void
press (guint key, GdkModifierType modifiers)
{
  g_assert_true (ui_press (list (), key, modifiers));
}

/* ---- tests ---- */

/* The ready story is there, its texts name nobody, and has pictures of its own. */
static void
test_ready (void)
{
  g_autoptr (GPtrArray) story = qonys_story_get (plan ());
  GtkWidget *card;
  GdkPaintable *last = NULL;

  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (storyboard ())));
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "storyboard", NULL);
  ui_wait (is_settled);
  g_assert_cmpuint (count_cards (), ==, 8);
  assert_cards ();
  card = gtk_widget_get_first_child (list ());
  for (guint i = 0; i < story->len; i++) {
    QonysEntryChange *change = qonys_entry_change_new (NULL, story->pdata[i]);
    g_autoptr (GError) error = NULL;
    GdkPaintable *paintable =
        gtk_picture_get_paintable (GTK_PICTURE (ui_find (card, GTK_TYPE_PICTURE, NULL)));

    qonys_store_check_change (change, &error);
    qonys_entry_change_free (change);
    g_assert_no_error (error);
    g_assert_true (paintable != last);
    last = paintable;
    card = gtk_widget_get_next_sibling (card);
  }
  g_assert_true (ui_shows (GTK_WIDGET (storyboard ()), "8 scenes · 10 min"));
}

/* What was captured is shown again exactly as it was. */
static void
test_capture (void)
{
  QonysSession *session = ui_session ();
  QonysMapView *map = qonys_window_get_map (ui_window ());
  QonysStyle style = *qonys_session_get_style (session);
  QonysCamera before, after;
  g_autofree char *look = NULL, *now = NULL, *id = NULL;
  QonysEntry *scene;

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = i == QONYS_LAYER_RAIDS || i == QONYS_LAYER_DISTRICTS;
  style.layers[QONYS_LAYER_RAIDS].opacity = 0.5;
  qonys_session_set_style (session, &style);
  qonys_session_set_statistic (session, qonys_statistic_find ("operations"));
  qonys_session_select_district (session, "711510000");
  ui_settle ();
  before = qonys_map_view_get_camera (map);
  qonys_map_view_go_to (map, before.center_x + 1e-5, before.center_y, 11.3, FALSE);
  ui_settle ();
  before = qonys_map_view_get_camera (map);
  look = qonys_style_to_text (qonys_session_get_style (session));

  qonys_storyboard_select (storyboard (), "story-4");
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "capture-scene", NULL);
  id = g_strdup (qonys_storyboard_get_selected (storyboard ()));
  scene = qonys_plan_find (plan (), QONYS_ENTRY_SCENE, id);
  g_assert_cmpint (find (id), ==, 4);
  g_assert_cmpint (find ("story-5"), ==, 5);
  g_assert_cmpstr (qonys_entry_get (scene, QONYS_SCENE_STATISTIC), ==, "operations");
  g_assert_cmpstr (qonys_entry_get (scene, QONYS_SCENE_SELECTED), ==, "711510000");
  g_assert_cmpstr (qonys_entry_get (scene, QONYS_SCENE_TITLE_EN), ==,
                   "Violations of migration legislation");
  g_assert_nonnull (qonys_entry_get (scene, QONYS_SCENE_TITLE_KK));
  assert_cards ();

  qonys_session_show_scene (session, "story-4");
  ui_settle ();
  g_assert_cmpstr (qonys_session_get_statistic (session)->id, ==, "suspected_per_1000");
  g_assert_false (qonys_session_get_style (session)->layers[QONYS_LAYER_RAIDS].is_visible);
  g_assert_cmpstr (qonys_session_get_style (session)->selected_kato, ==, "");

  qonys_session_show_scene (session, id);
  ui_settle ();
  after = qonys_map_view_get_camera (map);
  now = qonys_style_to_text (qonys_session_get_style (session));
  g_assert_cmpstr (now, ==, look);
  g_assert_cmpstr (qonys_session_get_statistic (session)->id, ==, "operations");
  g_assert_cmpstr (qonys_session_get_style (session)->selected_kato, ==, "711510000");
  g_assert_cmpfloat_with_epsilon (after.zoom, before.zoom, 1e-3);
  g_assert_cmpfloat_with_epsilon (after.center_x, before.center_x, 1e-7);
  g_assert_cmpfloat_with_epsilon (after.center_y, before.center_y, 1e-7);

  qonys_session_undo (session); /* each look that was shown is one step */
  qonys_session_undo (session);
  qonys_session_undo (session);
  ui_wait (is_settled);
  g_assert_cmpuint (count_cards (), ==, 8);
  g_assert_null (qonys_storyboard_get_selected (storyboard ()));
}

/* The texts of a scene stay when the map is captured again. */
static void
test_recapture (void)
{
  QonysEntry *scene = qonys_plan_find (plan (), QONYS_ENTRY_SCENE, "story-4");
  g_autofree char *title = g_strdup (qonys_entry_get (scene, QONYS_SCENE_TITLE_KK));

  qonys_storyboard_select (storyboard (), "story-4");
  press (GDK_KEY_F8, GDK_SHIFT_MASK);
  scene = qonys_plan_find (plan (), QONYS_ENTRY_SCENE, "story-4");
  g_assert_cmpstr (qonys_entry_get (scene, QONYS_SCENE_TITLE_KK), ==, title);
  g_assert_cmpstr (qonys_entry_get (scene, QONYS_SCENE_STATISTIC), ==, "operations");
  g_assert_cmpint (find ("story-4"), ==, 3);
  qonys_session_undo (ui_session ());
  assert_cards ();
}

/* All of it by keys; the focus and the selection stay with the scene that is moved. */
static void
test_keys (void)
{
  g_autofree char *first = qonys_plan_get_hash (plan ()), *last = NULL;
  GtkWidget *focus;
  g_autofree char *copy = NULL;

  gtk_widget_grab_focus (gtk_widget_get_first_child (list ()));
  g_assert_cmpstr (qonys_storyboard_get_selected (storyboard ()), ==, "story-1");
  press (GDK_KEY_Right, 0);
  g_assert_cmpstr (qonys_storyboard_get_selected (storyboard ()), ==, "story-2");
  focus = gtk_window_get_focus (GTK_WINDOW (ui_window ()));
  press (GDK_KEY_Right, GDK_CONTROL_MASK);
  press (GDK_KEY_Right, GDK_CONTROL_MASK);
  press (GDK_KEY_Left, GDK_CONTROL_MASK);
  g_assert_cmpint (find ("story-2"), ==, 2);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (ui_window ())) == focus);
  g_assert_cmpstr (qonys_storyboard_get_selected (storyboard ()), ==, "story-2");
  assert_cards ();

  press (GDK_KEY_d, GDK_CONTROL_MASK);
  copy = g_strdup (qonys_storyboard_get_selected (storyboard ()));
  g_assert_cmpstr (copy, !=, "story-2");
  g_assert_cmpint (find (copy), ==, 3);
  press (GDK_KEY_c, GDK_CONTROL_MASK);
  press (GDK_KEY_End, 0);
  g_assert_cmpstr (qonys_storyboard_get_selected (storyboard ()), ==, "story-8");
  press (GDK_KEY_v, GDK_CONTROL_MASK);
  g_assert_cmpint (find (qonys_storyboard_get_selected (storyboard ())), ==, 9);
  press (GDK_KEY_Delete, 0);
  g_assert_cmpstr (qonys_storyboard_get_selected (storyboard ()), ==, "story-8");
  assert_cards ();

  for (guint i = 0; i < 6; i++)
    qonys_session_undo (ui_session ());
  last = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (last, ==, first);
  assert_cards ();
}

/* What is dropped on a card stands before or behind it. */
static void
test_drag (void)
{
  static const struct {
    const char *id;
    guint onto;
    gboolean is_behind;
    int place;
  } CASES[] = {{"story-1", 3, FALSE, 2},
               {"story-1", 3, TRUE, 3},
               {"story-8", 0, FALSE, 0},
               {"story-2", 7, TRUE, 7}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    GtkWidget *cards[8], *card = gtk_widget_get_first_child (list ());
    g_auto (GValue) value = G_VALUE_INIT;
    GtkEventController *target;
    gboolean is_done = FALSE;

    for (guint j = 0; j < 8; j++) {
      cards[j] = card;
      card = gtk_widget_get_next_sibling (card);
    }
    target = ui_find_controller (cards[CASES[i].onto], GTK_TYPE_DROP_TARGET);
    g_value_init (&value, GTK_TYPE_WIDGET);
    g_value_set_object (&value, cards[find (CASES[i].id)]);
    g_signal_emit_by_name (target, "drop", &value,
                           CASES[i].is_behind ? (double)gtk_widget_get_width (cards[0]) : 1.0, 1.0,
                           &is_done);
    g_assert_true (is_done);
    g_assert_cmpint (find (CASES[i].id), ==, CASES[i].place);
    qonys_session_undo (ui_session ());
  }
  assert_cards ();
}

static GtkWidget *
find_button (GtkWindow *dialog, const char *title)
{
  return ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, title);
}

/* A figures scene becomes a before and after; what is missing is said, what does not fit refused.
 */
static void
test_edit (void)
{
  QonysEntry *before = qonys_plan_find (plan (), QONYS_ENTRY_SCENE, "story-7"), *after;
  g_autofree char *figures = g_strdup (qonys_entry_get (before, QONYS_SCENE_FIGURES));
  GtkWindow *dialog = qonys_ask_scene (GTK_WINDOW (ui_window ()), ui_session (), "story-7");
  GtkWidget *widget = GTK_WIDGET (dialog);
  GtkWidget *norm;

  g_assert_null (qonys_ask_scene (GTK_WINDOW (ui_window ()), ui_session (), "none"));
  g_assert_false (gtk_widget_get_sensitive (find_button (dialog, "Change"))); /* nothing changed */
  gtk_editable_set_text (GTK_EDITABLE (ui_find (widget, ADW_TYPE_ENTRY_ROW, "Duration, seconds")),
                         "none");
  g_assert_false (gtk_widget_get_sensitive (find_button (dialog, "Change")));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (widget, ADW_TYPE_ENTRY_ROW, "Duration, seconds")),
                         "120");
  g_assert_true (gtk_widget_get_sensitive (find_button (dialog, "Change")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (widget, ADW_TYPE_COMBO_ROW, "Kind of scene")),
                              QONYS_SCENE_IS_BEFORE_AFTER);
  g_assert_true (ui_shows (widget, "Before and after are the same. Choose another norm, time or "
                                   "version for before."));
  norm = ui_find (widget, ADW_TYPE_ENTRY_ROW, "Norm, m² a person; 1: as if there were none");
  gtk_editable_set_text (GTK_EDITABLE (norm), "99");
  g_assert_false (gtk_widget_get_sensitive (find_button (dialog, "Change")));
  gtk_editable_set_text (GTK_EDITABLE (norm), "12,5");
  g_signal_emit_by_name (find_button (dialog, "Change"), "clicked");
  ui_wait (is_settled);

  after = qonys_plan_find (plan (), QONYS_ENTRY_SCENE, "story-7");
  g_assert_cmpint (qonys_scene_get_type (after), ==, QONYS_SCENE_IS_BEFORE_AFTER);
  g_assert_cmpuint (qonys_scene_get_duration_s (after), ==, 120);
  g_assert_nonnull (strstr (qonys_entry_get (after, QONYS_SCENE_BEFORE_NORM), "m2=12.5;"));
  g_assert_cmpstr (qonys_entry_get (after, QONYS_SCENE_FIGURES), ==, figures);
  dialog = qonys_ask_scene (GTK_WINDOW (ui_window ()), ui_session (), "story-5");
  g_assert_false (gtk_widget_get_sensitive (find_button (dialog, "Change")));
  gtk_window_close (dialog);
  assert_cards ();
  qonys_session_undo (ui_session ());
  assert_cards ();
}

/* Without scenes the strip says how they come, and has the ready ones. */
static void
test_empty (void)
{
  g_autofree char *first = qonys_plan_get_hash (plan ()), *last = NULL;

  qonys_storyboard_select (storyboard (), "story-1");
  for (guint i = 0; i < 8; i++) {
    gtk_widget_grab_focus (gtk_widget_get_first_child (list ()));
    press (GDK_KEY_Delete, 0);
  }
  g_assert_cmpuint (count_cards (), ==, 0);
  g_assert_true (gtk_widget_get_mapped (
      ui_find (GTK_WIDGET (storyboard ()), GTK_TYPE_BUTTON, "Add the ready story")));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (storyboard ()), "story.ready", NULL));
  assert_cards ();
  last = qonys_plan_get_hash (plan ());
  g_assert_cmpstr (last, ==, first);
}

/* A focus that was hidden looks for another place: a strip with nothing chosen gives one. */
static void
test_focus (void)
{
  qonys_storyboard_select (storyboard (), NULL);
  gtk_window_set_focus (GTK_WINDOW (ui_window ()), NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (storyboard ()), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (ui_window ())),
                                         GTK_WIDGET (storyboard ())));
}

/* The window may show more than the public may see; pictures do not. */
static void
test_public (void)
{
  g_autoptr (QonysThumbnails) thumbnails = NULL;
  QonysSession *session = ui_session ();

  qonys_session_set_audience (session, QONYS_AUDIENCE_OFFICIAL, "Check of the strip of scenes");
  ui_wait (is_settled);
  g_assert_cmpint (qonys_release_get_audience (qonys_session_get_release (session)), ==,
                   QONYS_AUDIENCE_OFFICIAL);
  g_assert_cmpint (qonys_release_get_audience (qonys_session_get_public_release (session)), ==,
                   QONYS_AUDIENCE_PUBLIC);
  qonys_session_set_norm (session, &(QonysNorm){.norm_m2 = 18, .valid_from = QONYS_DAY_MISSING});
  assert_cards (); /* painted anew, of a release made for it */
  qonys_session_set_audience (session, QONYS_AUDIENCE_PUBLIC, NULL);
  assert_cards ();
}

static gboolean
is_saved (void)
{
  return ui_is_settled () &&
         qonys_project_get_path (qonys_session_get_project (ui_session ())) != NULL;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL, *path = NULL;
  int status;

  ui_init (&argc, &argv);
  ui_open_demo ();
  folder = g_dir_make_tmp ("qonys-storyboard-XXXXXX", NULL); /* a draft's would go with its test */
  path = g_build_filename (folder, "story.gpkg", NULL);
  qonys_session_save_as (ui_session (), path);
  ui_wait (is_saved);
  g_test_add_func ("/ui/storyboard/ready", test_ready);
  g_test_add_func ("/ui/storyboard/capture", test_capture);
  g_test_add_func ("/ui/storyboard/recapture", test_recapture);
  g_test_add_func ("/ui/storyboard/keys", test_keys);
  g_test_add_func ("/ui/storyboard/drag", test_drag);
  g_test_add_func ("/ui/storyboard/edit", test_edit);
  g_test_add_func ("/ui/storyboard/empty", test_empty);
  g_test_add_func ("/ui/storyboard/focus", test_focus);
  g_test_add_func ("/ui/storyboard/public", test_public);
  status = ui_run ();
  ui_remove_folder (folder);
  return status;
}
