/* How fast the wall answers, on a display: `wall FILE` opens a project and shows its story in the
 * real windows, as the public sees it. Lines are "name p50 p99 max" in milliseconds: frames while
 * flying, and from a key to the frame with the new scene in it. By hand, with a window manager for
 * the full screen: see README.md. */

#include "clock.h"

#include "base/language.h"
#include "ui/application.h"
#include "ui/stage.h"
#include "ui/wall-view.h"

#define N_ROUNDS 3

static QonysShow *show;
static GtkWidget *view, *wall;

/* ---- what a frame puts where the map stands ---- */

/* Is there a hole in the maps in flight? Of a node of textures they are what is clipped to the
 * map's frame; what lies below is a slide. */
static GskRenderNode *
find_flight (GskRenderNode *node)
{
  GskRenderNode *found = NULL;

  if (gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
    return node;
  if (gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node) && found == NULL; i++)
      found = find_flight (gsk_container_node_get_child (node, i));
  return found;
}

static gboolean
is_unfinished (GskRenderNode *node)
{
  GskRenderNode *flight = find_flight (node);
  const graphene_rect_t *frame;
  cairo_surface_t *surface;
  const guint8 *pixels;
  cairo_t *cr;
  int width, height, stride;
  gboolean has_hole = FALSE;

  if (flight == NULL)
    return FALSE;
  frame = gsk_clip_node_get_clip (flight);
  width = (int)frame->size.width;
  height = (int)frame->size.height;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  cairo_translate (cr, -frame->origin.x, -frame->origin.y);
  gsk_render_node_draw (flight, cr);
  cairo_destroy (cr);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 1; y < height - 1 && !has_hole; y++)
    for (int x = 1; x < width - 1 && !has_hole; x++)
      has_hole = ((const guint32 *)(pixels + (gsize)y * (gsize)stride))[x] >> 24 < 250;
  cairo_surface_destroy (surface);
  return has_hole;
}

/* ---- frames of the wall ---- */

static void (*snapshot_view) (GtkWidget *widget, GtkSnapshot *snapshot);
static gboolean is_drawn, is_looking;
static double began_ms, began_processor_ms, painted_ms; /* the frame now, the last one */
static guint n_painted, n_unfinished, n_looked;
static gboolean was_flying;
static GArray *frames_ms, *processor_ms, *intervals_ms;

static void
snapshot_watched (GtkWidget *widget, GtkSnapshot *snapshot)
{
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *own;

  if (widget != view || !is_looking) {
    is_drawn |= widget == view;
    snapshot_view (widget, snapshot);
    return;
  }
  is_drawn = TRUE;
  own = gtk_snapshot_new ();
  snapshot_view (widget, own);
  node = gtk_snapshot_free_to_node (own);
  n_looked++;
  n_unfinished += node == NULL || is_unfinished (node);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
}

static void
begin_cb (void)
{
  began_ms = get_ms ();
  began_processor_ms = get_processor_ms ();
}

static void
end_cb (void)
{
  double now_ms, took_ms, interval_ms, worked_ms = get_processor_ms () - began_processor_ms;
  gboolean is_flying = qonys_wall_view_is_flying (QONYS_WALL_VIEW (view));

  if (!is_drawn)
    return;
  gdk_display_sync (gdk_display_get_default ()); /* it is on the screen */
  now_ms = get_ms ();
  took_ms = now_ms - began_ms;
  interval_ms = now_ms - painted_ms;
  is_drawn = FALSE;
  painted_ms = now_ms;
  n_painted++;
  if (is_flying && !is_looking) {
    g_array_append_val (frames_ms, took_ms);
    g_array_append_val (processor_ms, worked_ms);
    if (was_flying)
      g_array_append_val (intervals_ms, interval_ms);
  }
  was_flying = is_flying;
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  if (QONYS_IS_WALL_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_view (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The window that tells the show its size is the one without decoration. */
static void
find_wall (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (!gtk_window_get_decorated (GTK_WINDOW (window)) && find_view (window) != NULL)
      wall = window;
  }
  view = find_view (wall);
}

/* ---- waiting ---- */

static void
wait_ms (double ms)
{
  for (double end_ms = get_ms () + ms; get_ms () < end_ms;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
}

/* Is the scene that was asked for on the wall? */
static gboolean
is_shown (void)
{
  const QonysWallPicture *picture = qonys_show_get_picture (show, qonys_show_get_index (show));

  return picture != NULL && qonys_show_get_shown (show) == picture;
}

/* Returns: from a moment to the next frame that is on the screen */
static double
wait_for_frame_ms (double since_ms)
{
  guint n = n_painted;

  while (n_painted == n)
    g_main_context_iteration (NULL, TRUE);
  return painted_ms - since_ms;
}

/* … to the next that has the scene in it */
static double
wait_for_scene_ms (double since_ms)
{
  while (!is_shown ())
    g_main_context_iteration (NULL, TRUE);
  return wait_for_frame_ms (since_ms);
}

static void
land (void)
{
  while (qonys_wall_view_is_flying (QONYS_WALL_VIEW (view)))
    g_main_context_iteration (NULL, TRUE);
}

/* ---- rows ---- */

/* A way through the story: each scene from its neighbours on both sides, and from afar. */
static GArray *
make_way (void)
{
  GArray *way = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = qonys_show_get_n_scenes (show);

  for (guint i = 0; i < n; i++)
    g_array_append_val (way, i);
  for (guint i = n; i > 0; i--) {
    guint at = i - 1;

    g_array_append_val (way, at);
  }
  for (guint i = 0; i < n; i++) {
    guint at = i * 3 % n;

    g_array_append_val (way, at);
  }
  return way;
}

static void
press_for (guint index)
{
  guint now = qonys_show_get_index (show);

  if (index == now + 1)
    qonys_show_do (show, QONYS_SHOW_NEXT, 0);
  else if (index + 1 == now)
    qonys_show_do (show, QONYS_SHOW_PREVIOUS, 0);
  else {
    qonys_show_do (show, QONYS_SHOW_DIGIT, index + 1);
    qonys_show_do (show, QONYS_SHOW_JUMP, 0);
  }
}

static void
measure_way (gboolean is_calm, const char *name)
{
  g_autoptr (GArray) way = make_way (), answers_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < way->len; i++) {
      double pressed_ms = get_ms (), took_ms;

      if (g_array_index (way, guint, i) == qonys_show_get_index (show))
        continue;
      press_for (g_array_index (way, guint, i));
      took_ms = wait_for_scene_ms (pressed_ms);
      g_array_append_val (answers_ms, took_ms);
      if (is_calm) {
        land ();
        wait_ms (100);
      }
    }
  land ();
  print_line (name, answers_ms);
}

/* Questions from the floor fly to the middle of each district and back: far and near. */
static void
measure_questions (const char *name)
{
  g_autoptr (GArray) answers_ms = g_array_new (FALSE, FALSE, sizeof (double));
  const QonysWallPicture *picture = NULL;
  const GArray *districts;
  guint index = 0;

  for (guint i = 0; i < qonys_show_get_n_scenes (show) && picture == NULL; i++)
    if (qonys_show_get_picture (show, i)->map != NULL)
      picture = qonys_show_get_picture (show, index = i);
  if (picture == NULL)
    return;
  qonys_show_go_to (show, index);
  wait_for_scene_ms (0);
  land ();
  districts = qonys_slide_get_content (picture->slide)->content->districts;
  for (guint i = 0; i < districts->len; i++) {
    const QonysDistrict *district = g_array_index (districts, QonysDistrictMark, i).district;
    const QonysBox place = {district->label_x, district->label_y, district->label_x,
                            district->label_y};
    double pressed_ms = get_ms (), took_ms;

    qonys_show_ask (show, &place, NULL, NULL);
    while (qonys_show_get_shown (show) == picture)
      g_main_context_iteration (NULL, TRUE);
    took_ms = wait_for_frame_ms (pressed_ms);
    g_array_append_val (answers_ms, took_ms);
    land ();
    wait_ms (100);
    qonys_show_do (show, QONYS_SHOW_RETURN, 0);
    land ();
    wait_ms (100);
  }
  print_line (name, answers_ms);
}

static void
measure_fly (void)
{
  g_array_set_size (frames_ms, 0);
  g_array_set_size (processor_ms, 0);
  g_array_set_size (intervals_ms, 0);
  measure_way (TRUE, "show-key, after a rest");
  measure_questions ("question, to the first frame there");
  print_line ("fly, work of a frame", frames_ms);
  print_line ("fly, processor", processor_ms);
  print_line ("fly, from frame to frame", intervals_ms);
  measure_way (FALSE, "show-key, one after the other");
  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (wall)))) {
    g_print ("GSK_RENDERER=gl counts frames with an unfinished map\n");
    return;
  }
  is_looking = TRUE;
  measure_way (TRUE, "show-key, while it is looked at");
  measure_questions ("question, while it is looked at");
  is_looking = FALSE;
  g_print ("%-36s %u of %u\n", "fly, frames with an unfinished map", n_unfinished, n_looked);
}

static void
set_animated (gboolean is_animated)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", is_animated, NULL);
}

static void
watch_wall (void)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (wall);

  if (snapshot_view == NULL) {
    snapshot_view = GTK_WIDGET_GET_CLASS (view)->snapshot;
    GTK_WIDGET_GET_CLASS (view)->snapshot = snapshot_watched;
  }
  g_signal_connect (clock, "before-paint", G_CALLBACK (begin_cb), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (end_cb), NULL);
}

static QonysStage *
open_stage (QonysApplication *application)
{
  const QonysStageOptions options = {.audience = QONYS_AUDIENCE_PUBLIC};
  QonysWindow *window = qonys_application_get_window (application);
  QonysStage *stage =
      qonys_stage_open (GTK_WINDOW (window), qonys_window_get_session (window), &options);

  while (qonys_stage_get_show (stage) == NULL)
    g_main_context_iteration (NULL, TRUE);
  show = qonys_stage_get_show (stage);
  find_wall ();
  watch_wall ();
  return stage;
}

/* Keys before anything is ready: the story begins while its pictures are being painted. */
static void
measure_cold (QonysApplication *application)
{
  double start_ms = get_ms ();
  QonysStage *stage = open_stage (application);
  g_autoptr (GArray) answers_ms = g_array_new (FALSE, FALSE, sizeof (double));
  double took_ms;

  g_print ("%-36s %7.0f\n", "wall, to the first picture", wait_for_scene_ms (start_ms));
  for (guint i = 1; i < qonys_show_get_n_scenes (show); i++) {
    double pressed_ms = get_ms ();

    qonys_show_do (show, QONYS_SHOW_NEXT, 0);
    took_ms = wait_for_scene_ms (pressed_ms);
    g_array_append_val (answers_ms, took_ms);
  }
  print_line ("show-key, nothing painted yet", answers_ms);
  qonys_stage_close (stage);
  wait_ms (300);
}

static int
measure (QonysApplication *application, const char *path)
{
  QonysSession *session = qonys_window_get_session (qonys_application_get_window (application));
  const QonysWallSize *size;
  QonysStage *stage;
  double start_ms;

  qonys_session_open (session, path);
  while (qonys_session_get_job (session) != NULL)
    g_main_context_iteration (NULL, TRUE);
  if (qonys_session_get_error (session) != NULL) {
    g_printerr ("%s\n", qonys_session_get_error (session)->message);
    return 1;
  }
  wait_ms (1000);
  frames_ms = g_array_new (FALSE, FALSE, sizeof (double));
  processor_ms = g_array_new (FALSE, FALSE, sizeof (double));
  intervals_ms = g_array_new (FALSE, FALSE, sizeof (double));

  set_animated (TRUE);
  measure_cold (application);
  start_ms = get_ms ();
  stage = open_stage (application);
  while (!qonys_show_is_ready (show))
    g_main_context_iteration (NULL, TRUE);
  size = qonys_show_get_size (show);
  g_print ("%-36s %7.0f\n", "wall, to the last picture", get_ms () - start_ms);
  wait_ms (1000);
  g_print ("%u scenes, wall of %d × %d\n", qonys_show_get_n_scenes (show), size->width_px,
           size->height_px);
  measure_fly ();
  set_animated (FALSE);
  measure_way (TRUE, "show-key, no animations");
  qonys_stage_close (stage);
  gtk_window_destroy (GTK_WINDOW (qonys_application_get_window (application)));
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (QonysApplication) application = NULL;

  gtk_disable_setlocale ();
  qonys_language_init ("kk");
  if (argc != 2) {
    g_printerr ("usage: wall FILE\n");
    return 2;
  }
  if (!gtk_init_check ()) {
    g_printerr ("There is no display.\n");
    return 1;
  }
  application = qonys_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));
  g_application_activate (G_APPLICATION (application));
  wait_ms (1000);
  return measure (application, argv[1]);
}
