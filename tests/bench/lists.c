/* How smooth board and panel are with ten thousand things people wrote, on a display: `lists FILE`
 * opens a project (`bench plan-open` makes plan-10k.gpkg), scrolls the fullest column of the board,
 * goes through it with the selection, and edits measures while board or panel is shown. Lines are
 * "name p50 p99 max" in milliseconds of the main thread's processor time. By hand:
 *
 *   GSK_RENDERER=cairo GSETTINGS_BACKEND=memory GTK_A11Y=none \
 *     xvfb-run -a -s "-screen 0 1366x768x24" build-bench/tests/bench/lists FILE
 */

#include "clock.h"

#include "ui/application.h"
#include "ui/board.h"
#include "ui/measure-list.h"

#define N_FRAMES 300
#define N_STEPS 50

static QonysSession *session;
static GArray *values_ms;

static void
add_value (double since_ms)
{
  double value_ms = get_processor_ms () - since_ms;

  g_array_append_val (values_ms, value_ms);
}

/* All that follows from what was done, its frame too. */
static void
rest (void)
{
  for (gint64 end = g_get_monotonic_time () + 60 * 1000; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  while (qonys_session_has_pending_edits (session) || qonys_session_get_job (session) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* The list view below @widget that has most lines. */
static void
find_fullest (GtkWidget *widget, GtkListView **fullest, guint *n)
{
  if (GTK_IS_LIST_VIEW (widget)) {
    GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (widget)));

    if (g_list_model_get_n_items (model) > *n) {
      *n = g_list_model_get_n_items (model);
      *fullest = GTK_LIST_VIEW (widget);
    }
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_fullest (child, fullest, n);
}

static void
measure_scroll (GtkListView *view, double step_px, const char *name)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  for (guint i = 0; i < N_FRAMES; i++) {
    double start_ms = get_processor_ms ();

    gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + step_px);
    for (gint64 end = g_get_monotonic_time () + 20 * 1000; g_get_monotonic_time () < end;)
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    add_value (start_ms);
  }
  print_line (name, values_ms);
  gtk_adjustment_set_value (place, 0);
  rest ();
}

static void
measure_selection (GtkListView *view, const char *name)
{
  GtkSelectionModel *model = gtk_list_view_get_model (view);

  for (guint i = 0; i < N_STEPS; i++) {
    double start_ms = get_processor_ms ();

    gtk_selection_model_select_item (model, i * 7, TRUE);
    rest ();
    add_value (start_ms);
  }
  print_line (name, values_ms);
}

static void
measure_edits (const char *name)
{
  for (guint i = 0; i < N_STEPS; i++) {
    const GPtrArray *all =
        qonys_plan_get_entries (qonys_session_get_plan (session), QONYS_ENTRY_MEASURE);
    QonysEntry *before = all->pdata[20 + i];
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
    g_autoptr (QonysEntry) after = qonys_entry_with (before, QONYS_MEASURE_TEXT_RU, text);
    g_autoptr (QonysEdit) edit = qonys_edit_new ("measure.change", NULL, "analyst", NULL);
    g_autoptr (GError) error = NULL;
    double start_ms = get_processor_ms ();

    qonys_edit_add (edit, before, after);
    if (!qonys_session_edit (session, edit, &error))
      g_error ("%s", error->message);
    rest ();
    add_value (start_ms);
  }
  print_line (name, values_ms);
}

/* From the change of a page or state on until the main loop has been idle for long. */
static void
measure_showing (double since_ms, const char *name)
{
  for (guint i = 0; i < 10; i++)
    rest ();
  add_value (since_ms);
  print_line (name, values_ms);
}

static void
measure_idle (void)
{
  for (guint i = 0; i < N_STEPS; i++) {
    double start_ms = get_processor_ms ();

    rest ();
    add_value (start_ms);
  }
  print_line ("nothing at all", values_ms);
}

int
main (int argc, char **argv)
{
  g_autoptr (QonysApplication) application = NULL;
  QonysWindow *window;
  GtkListView *view = NULL;
  guint n = 0;
  double start_ms;

  gtk_disable_setlocale ();
  qonys_language_init ("kk");
  if (argc != 2 || !gtk_init_check ()) {
    g_printerr ("usage: lists FILE, on a display\n");
    return 2;
  }
  values_ms = g_array_new (FALSE, FALSE, sizeof (double));
  application = qonys_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));
  g_application_activate (G_APPLICATION (application));
  window = qonys_application_get_window (application);
  session = qonys_window_get_session (window);
  rest ();
  qonys_session_open (session, argv[1]);
  rest ();
  if (qonys_session_get_error (session) != NULL)
    g_error ("%s", qonys_session_get_error (session)->message);

  measure_idle ();
  start_ms = get_processor_ms ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "measures");
  measure_showing (start_ms, "the panel is shown");
  measure_edits ("an edit, panel shown");
  start_ms = get_processor_ms ();
  g_action_group_change_action_state (G_ACTION_GROUP (window), "board",
                                      g_variant_new_boolean (TRUE));
  measure_showing (start_ms, "the board is shown");
  measure_edits ("an edit, panel and board shown");
  find_fullest (find (GTK_WIDGET (window), QONYS_TYPE_BOARD), &view, &n);
  g_print ("%u lines in the column\n", n);
  measure_scroll (view, 40, "a frame of slow scrolling");
  measure_scroll (view, 600, "a frame of fast scrolling");
  measure_selection (view, "a selection");
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
