/* How smooth the map is, on a display: `frames FILE` moves the map of a project along one path of
 * pans and zooms, as the public sees it and with all marks, and a mere colour along the same path;
 * `frames open FILE...` opens projects one after the other in the window and says how long the main
 * loop was busy at a stretch. Lines are "name p50 p99 max" in milliseconds. By hand:
 *
 *   GSK_RENDERER=cairo GSETTINGS_BACKEND=memory GTK_A11Y=none \
 *     xvfb-run -a -s "-screen 0 1280x800x24" build-bench/tests/bench/frames FILE
 */

#include "clock.h"

#include "geo/mercator.h"
#include "map/data-layer.h"
#include "map/map-view.h"
#include "release/release.h"
#include "store/store.h"
#include "ui/application.h"

#include <math.h>

#define STEP_PX 12
#define N_RESTS 20

/* ---- the main loop: between two looks at what has happened nothing answers ---- */

static double woken_ms, woken_processor_ms;
static GArray *busy_ms, *busy_processor_ms;

static gint
poll_watched (GPollFD *fds, guint n_fds, gint timeout_ms)
{
  double took_ms = get_ms () - woken_ms, worked_ms = get_processor_ms () - woken_processor_ms;
  int n;

  g_array_append_val (busy_ms, took_ms);
  g_array_append_val (busy_processor_ms, worked_ms);
  n = g_poll (fds, n_fds, timeout_ms);
  woken_ms = get_ms ();
  woken_processor_ms = get_processor_ms ();
  return n;
}

static void
watch_main_loop (void)
{
  busy_ms = g_array_new (FALSE, FALSE, sizeof (double));
  busy_processor_ms = g_array_new (FALSE, FALSE, sizeof (double));
  woken_ms = get_ms ();
  woken_processor_ms = get_processor_ms ();
  g_main_context_set_poll_func (NULL, poll_watched);
}

/* ---- the path ---- */

typedef struct {
  double zoom_from, zoom_to;
  double dx_px, dy_px; /* a frame */
  guint n_frames;
} Leg;

/* To and fro at whole and at broken zooms, then in and out; the wheel's step is 0.05 a frame. */
static const Leg PANS[] = {
    {11, 11, STEP_PX, 0, 40},     {11, 11, -STEP_PX, STEP_PX / 2, 40},
    {12.5, 12.5, STEP_PX, 0, 40}, {12.5, 12.5, -STEP_PX, -STEP_PX / 2, 40},
    {14, 14, 0, STEP_PX, 40},     {14, 14, 0, -STEP_PX, 40},
};
static const Leg ZOOMS[] = {

    {11, 14, 0, 0, 60},
    {14, 11, 0, 0, 60},
    {11, 14, STEP_PX, STEP_PX, 60},
    {14, 10.5, -STEP_PX, -STEP_PX, 70},
};

static QonysMapView *view;
static QonysDataLayer *layer;
static GdkFrameClock *frame_clock;
static GMainLoop *loop;
static QonysBox city;

static const Leg *leg;
static guint n_legs, at;
static double x, y, began_ms, began_processor_ms, camera_ms;
static GArray *frames_ms, *processor_ms, *snapshots_ms;

static void
begin_cb (void)
{
  began_ms = get_ms ();
  began_processor_ms = get_processor_ms ();
}

static void
end_cb (void)
{
  double took_ms = get_ms () - began_ms, worked_ms = get_processor_ms () - began_processor_ms;

  if (leg == NULL)
    return;
  g_array_append_val (frames_ms, took_ms);
  g_array_append_val (processor_ms, worked_ms);
}

static void
step_cb (void)
{
  double zoom, px;

  if (leg == NULL)
    return;
  if (at == leg->n_frames) {
    at = 0;
    if (--n_legs == 0) {
      leg = NULL;
      g_main_loop_quit (loop);
      return;
    }
    leg++;
  }
  zoom = leg->zoom_from + (leg->zoom_to - leg->zoom_from) * (at + 1) / leg->n_frames;
  px = 1 / (QONYS_TILE_SIZE_PX * exp2 (zoom));
  x += leg->dx_px * px;
  y += leg->dy_px * px;
  at++;
  camera_ms = get_ms ();
  qonys_map_view_go_to (view, x, y, zoom, FALSE);
}

static void
walk (const Leg *legs, guint n)
{
  leg = legs;
  n_legs = n;
  at = 0;
  gdk_frame_clock_begin_updating (frame_clock);
  g_main_loop_run (loop);
  gdk_frame_clock_end_updating (frame_clock);
}

static void
settle (void)
{
  while (!qonys_map_view_is_settled (view))
    g_main_context_iteration (NULL, TRUE);
}

static void (*snapshot_layer) (GtkWidget *widget, GtkSnapshot *snapshot);
static gboolean is_flat;

/* In the layer's place a colour that is another in each frame: what any map costs that fills the
 * window. */
static void
snapshot_timed (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double start_ms = get_ms (), took_ms;

  if (is_flat)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){0.5, 0.5, (float)(at % 32) / 32, 1},
                               &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                                    (float)gtk_widget_get_height (widget)));
  else
    snapshot_layer (widget, snapshot);
  took_ms = get_ms () - start_ms;
  g_array_append_val (snapshots_ms, took_ms);
}

static void
measure_path (const char *what)
{
  const struct {
    const char *name;
    const Leg *legs;
    guint n_legs;
  } paths[] = {{"pan", PANS, G_N_ELEMENTS (PANS)}, {"zoom", ZOOMS, G_N_ELEMENTS (ZOOMS)}};

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *name = g_strdup_printf ("%s, %s", what, paths[i].name);
    g_autofree char *processor_name = g_strdup_printf ("%s, processor", name);
    g_autofree char *loop_name = g_strdup_printf ("%s, main loop", name);
    g_autofree char *layer_name = g_strdup_printf ("%s, snapshot", name);

    x = (city.min_x + city.max_x) / 2;
    y = (city.min_y + city.max_y) / 2;
    g_array_set_size (busy_ms, 0);
    woken_ms = get_ms ();
    walk (paths[i].legs, paths[i].n_legs);
    print_line (name, frames_ms);
    print_line (processor_name, processor_ms);
    print_line (layer_name, snapshots_ms);
    print_line (loop_name, busy_ms);
  }
}

/* Short zooms, each to a zoom of its own, and pans past the margin. */
static void
measure_rest (const char *audience)
{
  g_autofree char *name = g_strdup_printf ("%s, sharp after rest", audience);
  g_autoptr (GArray) rests_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_RESTS; i++) {
    const double zoom = 11 + 0.13 * i;
    const Leg legs[] = {{zoom - 0.5, zoom, 0, 0, 12}, {zoom, zoom, i % 2 ? 30 : -30, 0, 12}};
    double took_ms;

    walk (legs, 1 + i % 2);
    settle ();
    took_ms = get_ms () - camera_ms;
    g_array_append_val (rests_ms, took_ms);
  }
  g_array_set_size (frames_ms, 0);
  g_array_set_size (processor_ms, 0);
  g_array_set_size (snapshots_ms, 0);
  print_line (name, rests_ms);
}

static void
measure (QonysProject *project, QonysAudience audience, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysRelease) release = qonys_release_new (project, audience, "Frames are measured", 5,
                                                        qonys_statistics_get (0), NULL, &error);

  if (release == NULL)
    g_error ("%s", error->message);
  qonys_map_view_set_content (view, qonys_release_get_content (release));
  settle ();
  measure_path (name);
  measure_rest (name);
  qonys_map_view_set_content (view, NULL);
}

static int
measure_frames (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) project = qonys_store_open_project (path, NULL, NULL, &error);
  GtkWidget *window;

  if (project == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  loop = g_main_loop_new (NULL, FALSE);
  frames_ms = g_array_new (FALSE, FALSE, sizeof (double));
  processor_ms = g_array_new (FALSE, FALSE, sizeof (double));
  snapshots_ms = g_array_new (FALSE, FALSE, sizeof (double));
  city = qonys_districts_get_main_box (qonys_project_get_districts (project));

  window = gtk_window_new ();
  view = QONYS_MAP_VIEW (qonys_map_view_new ());
  layer =
      QONYS_DATA_LAYER (gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (view))));
  snapshot_layer = GTK_WIDGET_GET_CLASS (layer)->snapshot;
  GTK_WIDGET_GET_CLASS (layer)->snapshot = snapshot_timed;
  qonys_map_view_set_max_zoom (view, 19);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  frame_clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (frame_clock, "before-paint", G_CALLBACK (begin_cb), NULL);
  g_signal_connect (frame_clock, "update", G_CALLBACK (step_cb), NULL);
  g_signal_connect_after (frame_clock, "after-paint", G_CALLBACK (end_cb), NULL);

  is_flat = TRUE;
  measure_path ("no map but a colour");
  is_flat = FALSE;
  measure (project, QONYS_AUDIENCE_PUBLIC, "public");
  measure (project, QONYS_AUDIENCE_OFFICIAL, "official");
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}

/* ---- opening ---- */

static int
measure_opening (char **paths)
{
  g_autoptr (QonysApplication) application = qonys_application_new ();

  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));
  g_application_activate (G_APPLICATION (application));
  for (double end_ms = get_ms () + 1000; get_ms () < end_ms;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  for (; *paths != NULL; paths++) {
    QonysWindow *window = qonys_application_get_window (application);
    QonysSession *session = qonys_window_get_session (window);
    g_autofree char *name = g_path_get_basename (*paths);
    double start_ms = get_ms ();

    g_array_set_size (busy_ms, 0);
    g_array_set_size (busy_processor_ms, 0);
    qonys_session_open (session, *paths);
    while (qonys_session_get_job (session) != NULL)
      g_main_context_iteration (NULL, TRUE);
    if (qonys_session_get_error (session) != NULL) {
      g_printerr ("%s\n", qonys_session_get_error (session)->message);
      return 1;
    }
    while (!qonys_map_view_is_settled (qonys_window_get_map (window)))
      g_main_context_iteration (NULL, TRUE);
    g_print ("%-40s %7.0f ms to the picture\n", name, get_ms () - start_ms);
    for (double end_ms = get_ms () + 500; get_ms () < end_ms;)
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    print_line ("main loop", busy_ms);
    print_line ("main loop, processor", busy_processor_ms);
  }
  gtk_window_destroy (GTK_WINDOW (qonys_application_get_window (application)));
  return 0;
}

int
main (int argc, char **argv)
{
  gtk_disable_setlocale ();
  qonys_language_init ("kk");
  if (argc < 2 || (g_str_equal (argv[1], "open") && argc < 3)) {
    g_printerr ("usage: frames FILE, frames open FILE...\n");
    return 2;
  }
  if (!gtk_init_check ()) {
    g_printerr ("There is no display.\n");
    return 1;
  }
  watch_main_loop ();
  return g_str_equal (argv[1], "open") ? measure_opening (argv + 2) : measure_frames (argv[1]);
}
