/* The wall: keys of people and clickers, the way through the story, questions, what is drawn, and
 * that nothing but the public view gets onto it unasked. */

#include "ui-support.h"

#include "geo/wkt.h"
#include "ui/stage.h"

#include <adwaita.h>
#include <glib/gstdio.h>

static QonysStage *stage;

/* In no file: a draft of another test is gone with that test's folder. */
static void
open_new_demo (void)
{
  qonys_session_new_demo (ui_session (), 2000);
  ui_settle ();
  g_assert_no_error (qonys_session_get_error (ui_session ()));
}

static QonysShow *
get_show (void)
{
  return qonys_stage_get_show (stage);
}

static gboolean
is_on_the_wall (void)
{
  return get_show () != NULL && qonys_show_is_ready (get_show ()) && ui_is_settled ();
}

static void
begin (void)
{
  const QonysStageOptions options = {.audience = QONYS_AUDIENCE_PUBLIC};

  if (qonys_session_get_project (ui_session ()) == NULL)
    ui_open_demo ();
  stage = qonys_stage_open (GTK_WINDOW (ui_window ()), ui_session (), &options);
  ui_wait (is_on_the_wall);
}

static void
end (void)
{
  qonys_stage_close (stage);
  stage = NULL;
  ui_settle ();
}

static void
press (guint keyval)
{
  guint digit = 0;
  QonysShowCommand command = qonys_show_parse_key (keyval, 0, &digit);

  g_assert_cmpint (command, !=, QONYS_SHOW_NOTHING);
  qonys_show_do (get_show (), command, digit);
}

/* ---- keys ---- */

static void
test_keys (void)
{
  const struct {
    guint keyval;
    GdkModifierType state;
    QonysShowCommand command;
  } keys[] = {
      {GDK_KEY_Page_Down, 0, QONYS_SHOW_NEXT},
      {GDK_KEY_Page_Up, 0, QONYS_SHOW_PREVIOUS},
      {GDK_KEY_space, 0, QONYS_SHOW_NEXT},
      {GDK_KEY_space, GDK_SHIFT_MASK, QONYS_SHOW_PREVIOUS},
      {GDK_KEY_Right, 0, QONYS_SHOW_NEXT},
      {GDK_KEY_Left, 0, QONYS_SHOW_PREVIOUS},
      {GDK_KEY_period, 0, QONYS_SHOW_BLACK},
      {GDK_KEY_B, GDK_SHIFT_MASK, QONYS_SHOW_BLACK},
      {GDK_KEY_w, 0, QONYS_SHOW_WHITE},
      {GDK_KEY_F5, 0, QONYS_SHOW_RESUME},
      {GDK_KEY_Escape, 0, QONYS_SHOW_LEAVE},
      {GDK_KEY_slash, 0, QONYS_SHOW_SEARCH},
      {GDK_KEY_question, GDK_SHIFT_MASK, QONYS_SHOW_WHY},
      {GDK_KEY_F1, 0, QONYS_SHOW_WHY},
      {GDK_KEY_z, GDK_CONTROL_MASK, QONYS_SHOW_UNDRAW},
      {GDK_KEY_b, GDK_ALT_MASK, QONYS_SHOW_NOTHING},
      {GDK_KEY_q, GDK_CONTROL_MASK, QONYS_SHOW_NOTHING},
  };
  guint digit = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpint (qonys_show_parse_key (keys[i].keyval, keys[i].state, &digit), ==,
                     keys[i].command);
  g_assert_cmpint (qonys_show_parse_key (GDK_KEY_KP_7, 0, &digit), ==, QONYS_SHOW_DIGIT);
  g_assert_cmpuint (digit, ==, 7);
}

/* Keys of a Kazakh or Russian layout, with no Latin one beside it: the letter alone says nothing.
 */
static void
test_hardware_keys (void)
{
  const struct {
    guint keyval, keycode;
    GdkModifierType state;
    QonysShowCommand command;
  } keys[] = {{GDK_KEY_Cyrillic_i, 56, 0, QONYS_SHOW_BLACK},
              {GDK_KEY_Cyrillic_I, 56, GDK_SHIFT_MASK, QONYS_SHOW_BLACK},
              {GDK_KEY_Cyrillic_yu, 60, 0, QONYS_SHOW_BLACK},
              {GDK_KEY_Cyrillic_de, 46, 0, QONYS_SHOW_LANGUAGE},
              {GDK_KEY_Cyrillic_tse, 25, 0, QONYS_SHOW_WHITE},
              {GDK_KEY_Cyrillic_ha, 34, 0, QONYS_SHOW_SPLIT_LEFT},
              {GDK_KEY_Cyrillic_ya, 52, GDK_CONTROL_MASK, QONYS_SHOW_UNDRAW},
              {GDK_KEY_Cyrillic_schwa, 11, 0, QONYS_SHOW_DIGIT},
              {GDK_KEY_comma, 14, 0, QONYS_SHOW_DIGIT},
              {GDK_KEY_question, 16, GDK_SHIFT_MASK, QONYS_SHOW_WHY},
              {GDK_KEY_period, 61, 0, QONYS_SHOW_BLACK}, /* the sign that is typed */
              {GDK_KEY_q, 38, 0, QONYS_SHOW_NOTHING},    /* of a French layout */
              {GDK_KEY_Shift_L, 50, 0, QONYS_SHOW_NOTHING}};
  guint digit = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpint (
        qonys_show_parse_hardware_key (keys[i].keyval, keys[i].keycode, keys[i].state, &digit), ==,
        keys[i].command);
  g_assert_cmpuint (digit, ==, 5);
}

/* ---- the way through the story ---- */

static void
test_way (void)
{
  guint n;

  begin ();
  n = qonys_show_get_n_scenes (get_show ());
  g_assert_cmpuint (n, ==, 8);
  press (GDK_KEY_Page_Up); /* before the first there is nothing */
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, 0);
  for (guint i = 0; i < 2 * n; i++)
    press (GDK_KEY_Page_Down);
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, n - 1);
  press (GDK_KEY_3);
  g_assert_cmpstr (qonys_show_get_digits (get_show ()), ==, "3");
  press (GDK_KEY_Return);
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, 2);
  {
    guint at = qonys_show_get_index (get_show ());

    press (GDK_KEY_F1);
    g_assert_true (qonys_show_is_explaining (get_show ()));
    press (GDK_KEY_Page_Down); /* any key returns, and does no more */
    g_assert_false (qonys_show_is_explaining (get_show ()));
    g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, at);
  }
  press (GDK_KEY_9); /* there is no such scene */
  press (GDK_KEY_9);
  press (GDK_KEY_Return);
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, 2);
  press (GDK_KEY_b);
  g_assert_cmpint (qonys_show_get_blank (get_show ()), ==, QONYS_BLANK_BLACK);
  press (GDK_KEY_space); /* the scene comes back first */
  g_assert_cmpint (qonys_show_get_blank (get_show ()), ==, QONYS_BLANK_NONE);
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, 2);
  /* Each scene is there the moment it is asked for. */
  for (guint i = 0; i < n; i++) {
    qonys_show_go_to (get_show (), i);
    g_assert_true (qonys_show_get_shown (get_show ()) == qonys_show_get_picture (get_show (), i));
    g_assert_no_error (qonys_show_get_shown (get_show ())->error);
    g_assert_nonnull (qonys_show_get_shown (get_show ())->whole);
  }
  end ();
}

/* ---- a question ---- */

static gboolean
is_answered (void)
{
  const QonysWallPicture *shown = qonys_show_get_shown (get_show ());

  return shown != NULL && shown->map != NULL &&
         shown != qonys_show_get_picture (get_show (), qonys_show_get_index (get_show ()));
}

static guint
find_map (void)
{
  for (guint i = 0; i < qonys_show_get_n_scenes (get_show ()); i++)
    if (qonys_show_get_picture (get_show (), i)->map != NULL)
      return i;
  g_assert_not_reached ();
}

/* The place is clear of the panels. */
static void
assert_beside (double x, double y)
{
  const QonysWallPicture *shown = qonys_show_get_shown (get_show ());
  double px, py;

  qonys_camera_to_px (&shown->camera, x, y, &px, &py);
  px += shown->frame.min_x;
  py += shown->frame.min_y;
  g_assert_cmpfloat (px, >, shown->clear.min_x);
  g_assert_cmpfloat (px, <, shown->clear.max_x);
  g_assert_cmpfloat (py, >, shown->clear.min_y);
  g_assert_cmpfloat (py, <, shown->clear.max_y);
}

/* The answer's words are those of the card and of no scene. */
static void
assert_answer (void)
{
  const QonysCard *card = qonys_show_get_card (get_show ());
  const QonysSlideContent *slide =
      qonys_slide_get_content (qonys_show_get_shown (get_show ())->slide);
  const QonysCardRow *row;

  g_assert_nonnull (card);
  row = card->rows->pdata[0];
  g_assert_cmpstr (slide->title, ==, card->title);
  g_assert_true (g_str_has_prefix (slide->text, row->label));
  g_assert_nonnull (strstr (slide->text, row->value));
  g_assert_false (slide->is_untranslated);
}

/* Asked on a scene without a map: on the next that has one, and back by one key. */
static void
test_question_from_figures (void)
{
  const QonysDistrict *district;
  const guint keys[] = {GDK_KEY_Escape, GDK_KEY_BackSpace, GDK_KEY_Page_Down};
  QonysBox box;

  begin ();
  district =
      g_array_index (qonys_session_get_content (ui_session ())->districts, QonysDistrictMark, 0)
          .district;
  box = (QonysBox){district->label_x - 1e-4, district->label_y - 1e-4, district->label_x + 1e-4,
                   district->label_y + 1e-4};
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    qonys_show_go_to (get_show (), 1);
    g_assert_null (qonys_show_get_picture (get_show (), 1)->map);
    qonys_show_ask (get_show (), &box, "a district", district->kato);
    ui_wait (is_answered);
    assert_beside (box.min_x, box.min_y);
    assert_beside (box.max_x, box.max_y);
    assert_answer ();
    press (keys[i]);
    g_assert_false (qonys_show_is_away (get_show ()));
    g_assert_null (qonys_show_get_card (get_show ()));
    g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, 1);
    g_assert_true (qonys_show_get_shown (get_show ()) == qonys_show_get_picture (get_show (), 1));
  }
  end ();
}

static void
test_question (void)
{
  const QonysDistrict *district;
  const QonysSlideContent *slide;
  QonysContent *content;
  QonysBox box;
  double x, y;

  begin ();
  qonys_show_go_to (get_show (), find_map ());
  content = qonys_session_get_content (ui_session ());
  district = g_array_index (content->districts, QonysDistrictMark, 0).district;
  box = (QonysBox){district->label_x, district->label_y, district->label_x, district->label_y};
  qonys_show_ask (get_show (), &box, "a district", district->kato);
  g_assert_true (qonys_show_is_away (get_show ()));
  ui_wait (is_answered);
  assert_answer ();
  g_assert_true (qonys_show_get_asked (get_show (), &x, &y));
  assert_beside (x, y);
  /* A place without a card bears its name and no scene's words. */
  qonys_show_ask (get_show (), &box, "a street", NULL);
  ui_wait (is_answered);
  slide = qonys_slide_get_content (qonys_show_get_shown (get_show ())->slide);
  g_assert_cmpstr (slide->title, ==, "a street");
  g_assert_cmpstr (slide->text, ==, "");
  assert_beside (x, y);
  press (GDK_KEY_BackSpace);
  g_assert_false (qonys_show_is_away (get_show ()));
  g_assert_null (qonys_show_get_card (get_show ()));
  g_assert_cmpuint (qonys_show_get_index (get_show ()), ==, find_map ());
  end ();
}

/* A click: the card of what lies there, in the view as it was. */
static void
test_click (void)
{
  const QonysWallPicture *scene;
  const QonysDistrict *district;
  double px, py;

  begin ();
  qonys_show_go_to (get_show (), find_map ());
  scene = qonys_show_get_shown (get_show ());
  district = g_array_index (qonys_slide_get_content (scene->slide)->content->districts,
                            QonysDistrictMark, 0)
                 .district;
  qonys_camera_to_px (&scene->camera, district->label_x, district->label_y, &px, &py);
  qonys_show_click (get_show (), scene->frame.min_x + px, scene->frame.min_y + py);
  ui_wait (is_answered);
  assert_answer ();
  g_assert_cmpmem (&qonys_show_get_shown (get_show ())->camera, sizeof scene->camera,
                   &scene->camera, sizeof scene->camera);
  qonys_show_click (get_show (), scene->frame.min_x + 1, scene->frame.max_y - 1);
  g_assert_false (qonys_show_is_away (get_show ()));
  g_assert_null (qonys_show_get_card (get_show ()));
  g_assert_true (qonys_show_get_shown (get_show ()) == scene);
  end ();
}

/* ---- drawing ---- */

static void
draw_line (void)
{
  const QonysBox *frame = &qonys_show_get_shown (get_show ())->frame;
  double x = (frame->min_x + frame->max_x) / 2, y = (frame->min_y + frame->max_y) / 2;

  press (GDK_KEY_d);
  for (guint i = 0; i < 5; i++)
    qonys_show_draw (get_show (), x + 10 * i, y, i == 0);
  press (GDK_KEY_d);
}

static gboolean
is_kept (void)
{
  return qonys_plan_get_entries (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_ANNOTATION)
                 ->len == 1 &&
         ui_is_settled () && !qonys_session_has_pending_edits (ui_session ());
}

static void
test_drawing (void)
{
  const QonysEntry *annotation;
  g_autoptr (QonysPath) path = NULL;

  open_new_demo ();
  begin ();
  qonys_show_go_to (get_show (), find_map ());
  draw_line ();
  g_assert_cmpuint (qonys_show_get_strokes (get_show ())->len, ==, 1);
  press (GDK_KEY_space); /* gone with its scene */
  g_assert_cmpuint (qonys_show_get_strokes (get_show ())->len, ==, 0);
  press (GDK_KEY_Page_Up);
  g_assert_cmpuint (qonys_show_get_strokes (get_show ())->len, ==, 0);
  draw_line ();
  press (GDK_KEY_k);
  ui_wait (is_kept);
  annotation =
      qonys_plan_get_entries (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_ANNOTATION)
          ->pdata[0];
  g_assert_cmpstr (qonys_entry_get (annotation, QONYS_ANNOTATION_KIND), ==, "freehand");
  path = qonys_path_parse_wkt (qonys_entry_get (annotation, QONYS_ANNOTATION_SHAPE));
  g_assert_cmpuint (path->lon_deg->len, ==, 5);
  g_assert_cmpuint (qonys_show_get_strokes (get_show ())->len, ==, 0);
  qonys_session_undo (ui_session ());
  end ();
}

/* ---- the gate ---- */

static gboolean
is_official (void)
{
  return qonys_session_get_audience (ui_session ()) == QONYS_AUDIENCE_OFFICIAL && ui_is_settled ();
}

static void
test_public (void)
{
  begin ();
  end ();
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_OFFICIAL,
                              "check of overcrowded addresses");
  ui_wait (is_official);
  begin ();
  for (guint i = 0; i < qonys_show_get_n_scenes (get_show ()); i++) {
    QonysRelease *release =
        qonys_slide_get_release (qonys_show_get_picture (get_show (), i)->slide);
    QonysContent *content = qonys_release_get_content (release);

    g_assert_cmpint (qonys_release_get_audience (release), ==, QONYS_AUDIENCE_PUBLIC);
    for (guint layer = 0; layer < QONYS_N_LAYERS; layer++)
      g_assert_false (content->layers[layer].is_addresses);
  }
  end ();
  qonys_session_set_audience (ui_session (), QONYS_AUDIENCE_PUBLIC, NULL);
  ui_settle ();
}

/* ---- the check before ---- */

static AdwActionRow *
get_check (void)
{
  return ADW_ACTION_ROW (
      ui_find (GTK_WIDGET (ui_get_dialog ()), ADW_TYPE_ACTION_ROW, "Check of the scenes"));
}

static gboolean
check_says (const char *text)
{
  return g_str_equal (adw_action_row_get_subtitle (get_check ()), text);
}

static gboolean
is_ready (void)
{
  return check_says ("Ready: 8 scenes");
}

static gboolean
is_found_wanting (void)
{
  return check_says ("1 thing cannot be shown");
}

static GtkWindow *
find_page (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (g_strcmp0 (gtk_window_get_title (window), "Check of the scenes") == 0)
      return window; /* GTK keeps it */
  }
  return NULL;
}

static gboolean
is_asked (void)
{
  return ui_get_dialog () != NULL;
}

static void
ask_present (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "present", NULL);
  ui_wait (is_asked);
}

/* Opens what was found. Returns: whether it says @finding */
static gboolean
page_shows (const char *finding)
{
  GtkWindow *page;
  gboolean is_said;

  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_check ())));
  g_signal_emit_by_name (get_check (), "activated");
  page = find_page ();
  g_assert_nonnull (page);
  is_said = ui_shows (GTK_WIDGET (page), finding);
  gtk_window_destroy (page);
  return is_said;
}

static void
test_check (void)
{
  QonysEntry *scene;
  g_autoptr (QonysEntry) frozen = NULL;
  g_autoptr (QonysEdit) edit = qonys_edit_new ("scene.change", NULL, NULL, NULL);
  GError *error = NULL;

  open_new_demo ();
  ask_present ();
  ui_wait (is_ready);
  g_assert_true (page_shows ("The data are training data, and marked so."));
  /* For whom is not known: there is nothing to check. */
  ui_choose (ui_get_dialog (), "Who is in the hall", QONYS_AUDIENCE_COMMITTEE);
  g_assert_true (check_says ("After the purpose is given"));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_check ())));
  ui_type (ui_get_dialog (), "Purpose", "sitting of the commission");
  g_assert_true (check_says ("Checking…"));
  ui_wait (is_ready);
  gtk_window_close (ui_get_dialog ());
  ui_settle ();

  scene = qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_SCENE, "story-5");
  frozen = qonys_entry_with (scene, QONYS_SCENE_AS_OF, "no-such-version");
  qonys_edit_add (edit, scene, frozen);
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  ui_wait_for_disk ();
  ask_present ();
  ui_wait (is_found_wanting);
  g_assert_true (
      page_shows ("The scene cannot be made; the wall would show its last good picture."));
  gtk_window_close (ui_get_dialog ()); /* while nothing is checked */
  ui_settle ();
  ask_present ();
  gtk_window_close (ui_get_dialog ()); /* and while something is */
  ui_settle ();
  qonys_session_undo (ui_session ());
  ui_wait_for_disk ();
}

/* ---- the last good picture ---- */

static void
test_last_good (void)
{
  const QonysWallSize size = {640, 480, 1, FALSE};
  g_autoptr (QonysEntry) lost = NULL;
  g_autoptr (QonysDeck) deck = NULL;
  g_autoptr (QonysWallPicture) good = NULL, none = NULL, stored = NULL, other = NULL;
  QonysEntry *scene;

  begin ();
  deck = qonys_deck_new (qonys_session_get_release (ui_session ()),
                         qonys_session_get_plan (ui_session ()), NULL);
  scene = qonys_deck_get_scenes (deck)->pdata[0];
  lost = qonys_entry_with (scene, QONYS_SCENE_AS_OF, "no-such-version");
  none = qonys_wall_picture_paint (deck, lost, &size, NULL, NULL);
  g_assert_error (none->error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND);
  g_assert_nonnull (none->whole); /* its title and text */
  g_assert_false (none->is_kept);
  good = qonys_wall_picture_paint (deck, scene, &size, NULL, NULL);
  g_assert_no_error (good->error);
  g_assert_true (qonys_wall_picture_store (good, deck, scene, &size, NULL));
  stored = qonys_wall_picture_paint (deck, lost, &size, NULL, NULL);
  g_assert_error (stored->error, QONYS_ERROR, QONYS_ERROR_NOT_FOUND); /* the note */
  g_assert_nonnull (stored->whole);
  g_assert_true (stored->is_kept);
  g_assert_cmpint (gdk_texture_get_width (stored->whole), ==, 640);
  qonys_language_set (QONYS_RU); /* better in another language than not at all */
  other = qonys_wall_picture_paint (deck, lost, &size, NULL, NULL);
  qonys_language_set (QONYS_EN);
  g_assert_true (other->is_kept);
  end ();
}

/* ---- what breaks ---- */

static const char *
get_path (void)
{
  return qonys_project_get_path (qonys_session_get_project (ui_session ()));
}

static void
change (const char *id, guint field, const char *value)
{
  QonysEntry *scene =
      qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_SCENE, id);
  g_autoptr (QonysEntry) changed = qonys_entry_with (scene, field, value);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("scene.change", NULL, NULL, NULL);
  GError *error = NULL;

  qonys_edit_add (edit, scene, changed);
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  ui_wait_for_disk ();
}

/* What a check before the show keeps. */
static void
keep_picture (const char *id)
{
  for (guint i = 0; i < qonys_show_get_n_scenes (get_show ()); i++)
    if (g_str_equal (qonys_entry_get_id (qonys_show_get_scene (get_show (), i)), id))
      g_assert_true (qonys_wall_picture_store (
          qonys_show_get_picture (get_show (), i), qonys_show_get_deck (get_show ()),
          qonys_show_get_scene (get_show (), i), qonys_show_get_size (get_show ()), NULL));
}

/* A scene of a version that is no more, one on tiles that are not there, and then the file gone:
 * the story goes on. The first is its last good picture with a note, the second on the schematic
 * base, and nobody is asked anything. */
static void
test_broken (void)
{
  g_autofree char *away = NULL, *path = NULL;
  guint n, n_failed = 0;

  open_new_demo ();
  change ("story-4", QONYS_SCENE_STYLE, "base=tiles"); /* now it is in a file */
  begin ();
  keep_picture ("story-5");
  end ();
  change ("story-5", QONYS_SCENE_AS_OF, "no-such-version");
  path = g_strdup (get_path ());
  away = g_strconcat (path, ".away", NULL);
  begin ();
  n = qonys_show_get_n_scenes (get_show ());
  g_assert_cmpint (g_rename (path, away), ==, 0);
  for (guint i = 0; i < n; i++) {
    const char *id = qonys_entry_get_id (qonys_show_get_scene (get_show (), i));
    const QonysWallPicture *shown;

    qonys_show_go_to (get_show (), i);
    shown = qonys_show_get_shown (get_show ());
    g_assert_nonnull (shown);
    g_assert_nonnull (shown->whole);
    n_failed += shown->error != NULL;
    g_assert_true (shown->error == NULL || g_str_equal (id, "story-5"));
    if (g_str_equal (id, "story-4"))
      g_assert_true (qonys_slide_get_content (shown->slide)->style.has_schematic_base);
  }
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_null (ui_get_dialog ());
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  g_assert_cmpint (g_rename (away, path), ==, 0);
  end ();
  for (guint i = 0; i < 2; i++) {
    qonys_session_undo (ui_session ());
    ui_wait_for_disk ();
  }
}

static const QonysNorm *
ask_and_get_norm (const QonysDistrict *district)
{
  const QonysBox box = {district->label_x, district->label_y, district->label_x, district->label_y};

  qonys_show_ask (get_show (), &box, NULL, district->kato);
  ui_wait (is_answered);
  return qonys_project_get_norm (qonys_release_get_project (
      qonys_slide_get_release (qonys_show_get_shown (get_show ())->slide)));
}

/* On its own map a question keeps the scene's norm; on another scene's, whose title is not there to
 * tell it, it is the project's. */
static void
test_question_of_norm (void)
{
  const QonysNorm *own;
  const QonysDistrict *district;
  guint map;

  open_new_demo ();
  change ("story-4", QONYS_SCENE_NORM, "m2=30");
  begin ();
  own = qonys_project_get_norm (qonys_session_get_project (ui_session ()));
  district =
      g_array_index (qonys_session_get_content (ui_session ())->districts, QonysDistrictMark, 0)
          .district;
  map = find_map ();
  qonys_show_go_to (get_show (), map);
  g_assert_cmpfloat (ask_and_get_norm (district)->norm_m2, ==, 30);
  qonys_show_go_to (get_show (), map - 1);
  g_assert_null (qonys_show_get_picture (get_show (), map - 1)->map);
  g_assert_true (qonys_norm_equal (ask_and_get_norm (district), own));
  end ();
  qonys_session_undo (ui_session ());
  ui_wait_for_disk ();
}

/* ---- to take along ---- */

/* Between the beginning and the end. */
static double progress;

static void
progressed_cb (QonysJob *job)
{
  double now = qonys_job_get_progress (job);

  if (now > 0 && now < 1)
    progress = now;
}

static gboolean
is_under_way (void)
{
  return progress > 0;
}

static gboolean
is_done (void)
{
  return !qonys_session_is_busy (ui_session ()) && ui_is_settled ();
}

static void
begin_story (QonysStoryForm form, const char *path)
{
  const QonysDeckFormat format = {320, 240, FALSE, FALSE};

  ui_wait_for_disk ();
  progress = 0;
  qonys_session_write_story (ui_session (), form, &format, path);
  g_signal_connect (qonys_session_get_job (ui_session ()), "notify::progress",
                    G_CALLBACK (progressed_cb), NULL);
}

static void
test_take_along (void)
{
  const struct {
    QonysStoryForm form;
    const char *name, *file, *begins;
  } forms[] = {{QONYS_STORY_PDF, "story.pdf", "", "%PDF"},
               {QONYS_STORY_PNG, "pictures", "01-title.png", "\x89PNG"},
               {QONYS_STORY_HTML, "story.html", "", "<!DOCTYPE html>"}};
  g_autofree char *folder = g_dir_make_tmp ("qonys-story-XXXXXX", NULL);
  g_autofree char *pictures = g_build_filename (folder, "pictures", NULL);
  g_autofree char *log = g_build_filename (folder, "qonys", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE); /* a test's own folders are not told to its children */
  open_new_demo ();
  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "take-along", NULL);
  ui_wait (is_asked);
  g_assert_true (ui_can_accept (ui_get_dialog ()));
  gtk_window_close (ui_get_dialog ());
  ui_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *path = g_build_filename (folder, forms[i].name, NULL);
    g_autofree char *file =
        *forms[i].file != '\0' ? g_build_filename (path, forms[i].file, NULL) : g_strdup (path);
    g_autofree char *text = NULL;
    GError *error = NULL;

    begin_story (forms[i].form, path);
    ui_wait (is_done);
    g_assert_cmpfloat (progress, >, 0);
    g_assert_no_error (qonys_session_get_error (ui_session ()));
    g_file_get_contents (file, &text, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_ascii_strncasecmp (text, forms[i].begins, strlen (forms[i].begins)) == 0);
  }
  /* Written in three languages, and this process still speaks its own. */
  g_assert_cmpint (qonys_language_get (), ==, QONYS_EN);
  ui_remove_folder (pictures);
  ui_remove_folder (log);
  ui_remove_folder (folder);
}

/* Of a project in a file, so that all progress is that of the page. */
static void
test_take_along_cancelled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qonys-story-XXXXXX", NULL);
  g_autofree char *project = g_build_filename (folder, "city.gpkg", NULL);
  g_autofree char *path = g_build_filename (folder, "story.html", NULL);
  g_autoptr (GDir) left = NULL;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  open_new_demo ();
  ui_wait_for_disk ();
  qonys_session_save_as (ui_session (), project);
  ui_settle ();
  begin_story (QONYS_STORY_HTML, path);
  ui_wait (is_under_way);
  qonys_job_cancel (qonys_session_get_job (ui_session ()));
  ui_wait (is_done);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  left = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (left), ==, "city.gpkg");
  g_assert_null (g_dir_read_name (left));
  open_new_demo ();
  ui_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/show/keys", test_keys);
  g_test_add_func ("/ui/show/hardware-keys", test_hardware_keys);
  g_test_add_func ("/ui/show/take-along", test_take_along); /* while it is in no file yet */
  g_test_add_func ("/ui/show/take-along-cancelled", test_take_along_cancelled);
  g_test_add_func ("/ui/show/way", test_way);
  g_test_add_func ("/ui/show/question", test_question);
  g_test_add_func ("/ui/show/click", test_click);
  g_test_add_func ("/ui/show/question-from-figures", test_question_from_figures);
  g_test_add_func ("/ui/show/question-of-norm", test_question_of_norm);
  g_test_add_func ("/ui/show/broken", test_broken); /* drafts live in a test's own folder */
  g_test_add_func ("/ui/show/check", test_check);
  g_test_add_func ("/ui/show/drawing", test_drawing);
  g_test_add_func ("/ui/show/public", test_public);
  g_test_add_func ("/ui/show/last-good", test_last_good);
  return ui_run ();
}
