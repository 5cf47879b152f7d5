/* The time bar, driven by keys: what the map shows is the release at that time, and only that. */

#include "ui-support.h"
#include "ui/time-track.h"
#include <math.h>

static QonysMapPage *
get_page (void)
{
  return QONYS_MAP_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (qonys_window_get_map (ui_window ())),
                                                  QONYS_TYPE_MAP_PAGE));
}

static QonysTimeTrack *
get_track (void)
{
  return QONYS_TIME_TRACK (ui_find (GTK_WIDGET (qonys_map_page_get_time_bar (get_page ())),
                                    QONYS_TYPE_TIME_TRACK, NULL));
}

static void
toggle_bar (void)
{
  gtk_widget_activate_action (GTK_WIDGET (ui_window ()), "win.show-time", NULL);
  ui_settle ();
}

/* Of the children: the window, its beginning, its end. */
static void
press (guint part, guint key)
{
  GtkWidget *widget = gtk_widget_get_first_child (GTK_WIDGET (get_track ()));
  GtkEventController *keys;
  gboolean is_taken = FALSE;

  while (part-- > 0)
    widget = gtk_widget_get_next_sibling (widget);
  keys = ui_find_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY);
  g_signal_emit_by_name (keys, "key-pressed", key, 0u, (GdkModifierType)0, &is_taken);
  g_assert_true (is_taken);
  ui_settle ();
}

enum { WINDOW, FROM, TO };

/* The content on the map says the same as a release made for that time. */
static void
check_content (const QonysPeriod *period)
{
  QonysSession *session = ui_session ();
  QonysContent *content = qonys_session_get_content (session);
  g_autoptr (QonysRelease) whole =
      qonys_release_new (qonys_session_get_project (session), QONYS_AUDIENCE_PUBLIC, NULL, 5,
                         qonys_session_get_statistic (session), NULL, NULL);
  g_autoptr (QonysRelease) seen = qonys_release_with_period (whole, period);
  QonysContent *expected = qonys_release_get_content (seen);

  g_assert_cmpstr (content->period_note, ==, expected->period_note);
  g_assert_cmpstr (content->statistic_note, ==, expected->statistic_note);
  g_assert_cmpstr (content->layer_notes[QONYS_LAYER_RAIDS], ==,
                   expected->layer_notes[QONYS_LAYER_RAIDS]);
  g_assert_cmpuint (content->districts->len, ==, expected->districts->len);
  for (guint i = 0; i < content->districts->len; i++) {
    const QonysDistrictMark *a = &g_array_index (content->districts, QonysDistrictMark, i);
    const QonysDistrictMark *b = &g_array_index (expected->districts, QonysDistrictMark, i);

    g_assert_true (a->district == b->district && a->state == b->state);
    g_assert_true (a->value == b->value || (isnan (a->value) && isnan (b->value)));
  }
}

static void
test_keys (void)
{
  QonysTimeTrack *track = get_track ();
  QonysPeriod period, shown;
  guint first, end, n;

  qonys_session_set_statistic (ui_session (), qonys_statistic_find ("violations"));
  g_assert_true (
      gtk_widget_get_visible (GTK_WIDGET (qonys_map_page_get_time_button (get_page ()))));
  toggle_bar ();
  /* The keys are the window's at once. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (ui_window ())) ==
                 gtk_widget_get_first_child (GTK_WIDGET (track)));
  n = qonys_time_track_get_n (track);
  g_assert_cmpuint (n, ==, 4); /* the training operations are of 2023, the public sees quarters */
  period = qonys_session_get_period (ui_session ());
  g_assert_true (qonys_period_is_open (&period));

  press (TO, GDK_KEY_Home); /* as narrow as can be, at the beginning */
  qonys_time_track_get_window (track, &first, &end);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (end, ==, 1);
  period = qonys_session_get_period (ui_session ());
  check_content (&period);
  press (WINDOW, GDK_KEY_Right);
  press (WINDOW, GDK_KEY_Right);
  period = qonys_session_get_period (ui_session ());
  g_assert_cmpint (period.from, ==, qonys_day_from_ymd (2023, 7, 1));
  g_assert_cmpint (period.to, ==, qonys_day_from_ymd (2023, 10, 1));
  check_content (&period);
  press (FROM, GDK_KEY_Left);
  press (WINDOW, GDK_KEY_End);
  qonys_time_track_get_window (track, &first, &end);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (end, ==, 4);
  press (WINDOW, GDK_KEY_Page_Up); /* a year: to the beginning */
  qonys_time_track_get_window (track, &first, &end);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (end, ==, 2);
  shown = qonys_release_get_period (qonys_session_get_release (ui_session ()));
  period = qonys_session_get_period (ui_session ());
  g_assert_true (qonys_period_equal (&shown, &period));
  check_content (&period);
}

/* Another indicator, another audience's way and back: the time stays. */
static void
test_stays (void)
{
  QonysPeriod before = qonys_session_get_period (ui_session ()), period;

  g_assert_false (qonys_period_is_open (&before));
  qonys_session_set_statistic (ui_session (), qonys_statistic_find ("operations"));
  ui_settle ();
  check_content (&before);
  qonys_session_refresh (ui_session ());
  ui_settle ();
  period = qonys_session_get_period (ui_session ());
  g_assert_true (qonys_period_equal (&period, &before));
  check_content (&period);
}

static gboolean
is_at_end (void)
{
  guint first, end;

  qonys_time_track_get_window (get_track (), &first, &end);
  return end == qonys_time_track_get_n (get_track ()) && ui_is_settled ();
}

static QonysPeriod seen[16];
static guint n_seen;

static void
seen_cb (QonysSession *session, guint changes)
{
  if ((changes & QONYS_CHANGED_RELEASE) && n_seen < G_N_ELEMENTS (seen))
    seen[n_seen++] = qonys_session_get_period (session);
}

/* Playing shows every step, each after the one before. */
static void
test_play (void)
{
  GtkWidget *bar = GTK_WIDGET (qonys_map_page_get_time_bar (get_page ()));
  gulong id;

  press (TO, GDK_KEY_Home);
  n_seen = 0;
  id = g_signal_connect (ui_session (), "changed", G_CALLBACK (seen_cb), NULL);
  g_assert_true (ui_press (bar, GDK_KEY_space, 0));
  ui_wait (is_at_end);
  ui_settle ();
  g_signal_handler_disconnect (ui_session (), id);
  g_assert_cmpuint (n_seen, ==, 3);
  for (guint i = 0; i < n_seen; i++) {
    g_assert_cmpint (seen[i].from, ==, qonys_day_from_ymd (2023, 4 + 3 * (int)i, 1));
    g_assert_cmpint (seen[i].to, ==, qonys_step_add (QONYS_STEP_QUARTER, seen[i].from, 1));
  }
}

/* Closed, it hides nothing any more. */
static void
test_close (void)
{
  QonysPeriod period;

  toggle_bar ();
  period = qonys_session_get_period (ui_session ());
  g_assert_true (qonys_period_is_open (&period));
  g_assert_null (qonys_session_get_content (ui_session ())->period_note);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (qonys_map_page_get_time_bar (get_page ()))));
}

/* No dates, no button. */
static void
test_no_dates (void)
{
  toggle_bar ();
  qonys_session_new_project (ui_session ());
  ui_settle ();
  g_assert_false (
      gtk_widget_get_visible (GTK_WIDGET (qonys_map_page_get_time_button (get_page ()))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (qonys_map_page_get_time_bar (get_page ()))));
}

/* ---- the film ---- */

static gboolean
is_asked (void)
{
  return ui_get_dialog () != NULL;
}

static gboolean
is_done (void)
{
  return !qonys_session_is_busy (ui_session ()) && ui_is_settled ();
}

static void
test_film (void)
{
  const QonysAnimation animation = {.step = QONYS_STEP_QUARTER,
                                    .n_steps = 1,
                                    .period = {QONYS_DAY_MISSING, QONYS_DAY_MISSING},
                                    .rate = 4};
  QonysCamera camera = qonys_map_view_get_camera (qonys_window_get_map (ui_window ()));
  const QonysBox box = qonys_camera_get_box (&camera);
  g_autofree char *folder = g_dir_make_tmp ("qonys-film-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "film.png", NULL);
  g_autoptr (GdkTexture) first = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (ui_window ()), "export-animation", NULL);
  ui_wait (is_asked);
  ui_choose (ui_get_dialog (), "Size of a picture", 2);
  g_assert_true (ui_can_accept (ui_get_dialog ()));
  gtk_window_close (ui_get_dialog ());
  ui_settle ();
  qonys_session_export_animation (ui_session (), &animation, &box, 1024, 768, path);
  ui_wait (is_done);
  g_assert_no_error (qonys_session_get_error (ui_session ()));
  first = gdk_texture_new_from_filename (path, NULL);
  g_assert_cmpint (gdk_texture_get_width (first), ==, 1024);
  g_assert_cmpint (gdk_texture_get_height (first), ==, 768);
  ui_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ui_open_demo ();
  g_test_add_func ("/ui/time/keys", test_keys);
  g_test_add_func ("/ui/time/stays", test_stays);
  g_test_add_func ("/ui/time/play", test_play);
  g_test_add_func ("/ui/time/film", test_film);
  g_test_add_func ("/ui/time/close", test_close);
  g_test_add_func ("/ui/time/no-dates", test_no_dates);
  return ui_run ();
}
