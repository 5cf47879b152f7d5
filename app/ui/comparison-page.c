/* What has changed between two states: two tables of counts and a row for each difference. */

#include "base/format.h"
#include "domain/words.h"
#include "ui/dialogs.h"
#include "ui/print.h"
#include "ui/rows.h"
#include "ui/versions-dialog.h"
#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_ROWS 500 /* widgets; files and paper have all */

typedef struct {
  QonysSession *session;
  QonysComparison *comparison;
  GtkWindow *window;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_object_unref (page->session);
  qonys_comparison_unref (page->comparison);
  g_free (page);
}

/* ---- counts ---- */

static void
put (GtkWidget *grid, const char *text, const char *css_class, int column, int row)
{
  GtkWidget *label = qonys_text_new (text, css_class);

  if (column > 0) {
    gtk_label_set_xalign (GTK_LABEL (label), 1);
    gtk_label_set_width_chars (GTK_LABEL (label), 5);
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  } else {
    gtk_widget_set_hexpand (label, TRUE);
  }
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

/* Zeros stay away: what is there is seen at once. */
static void
add_counts (GtkWidget *box, const char *title, const GPtrArray *counts, gboolean are_bodies)
{
  GtkWidget *grid = gtk_grid_new ();

  if (counts->len == 0) {
    g_object_ref_sink (grid);
    g_object_unref (grid);
    return;
  }
  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  put (grid, title, "qonys-heading", 0, 0);
  for (int k = 0; k < QONYS_N_DIFFERENCES; k++) {
    g_autofree char *head =
        g_strdup_printf ("%s %s", qonys_difference_get_sign (k), qonys_difference_get_title (k));

    put (grid, head, "qonys-subtitle", k + 1, 0);
  }
  for (guint i = 0; i < counts->len; i++) {
    const QonysDifferenceCount *count = counts->pdata[i];

    put (grid,
         are_bodies ? qonys_body_get_title (*count->key == '\0' ? NULL : count->key)
                    : qonys_kato_get_title (count->key),
         NULL, 0, (int)i + 1);
    for (int k = 0; k < QONYS_N_DIFFERENCES; k++) {
      g_autofree char *number = count->n[k] == 0 ? g_strdup ("") : qonys_format_int (count->n[k]);

      put (grid, number, "qonys-number", k + 1, (int)i + 1);
    }
  }
  gtk_box_append (GTK_BOX (box), grid);
}

/* ---- lines ---- */

/* What is gone now cannot be shown; a measure has its page. */
static void
activated_cb (Page *page, GtkListBoxRow *row)
{
  QonysSession *session = page->session;
  QonysPlan *plan = qonys_session_get_plan (session);
  g_autofree char *id = g_strdup (qonys_row_get_id (row));

  if (plan == NULL)
    return;
  if (qonys_plan_find (plan, QONYS_ENTRY_MEASURE, id) != NULL) {
    gtk_window_close (page->window);
    qonys_session_open_item (session, id);
  } else if (qonys_content_find_note (qonys_session_get_content (session), id) >= 0) {
    gtk_window_close (page->window);
    qonys_session_show_entry (session, id);
  }
}

static GtkWidget *
add_list (Page *page, GtkWidget *box, QonysDifferenceKind kind)
{
  g_autofree char *heading = g_strdup_printf ("%s %s", qonys_difference_get_sign (kind),
                                              qonys_difference_get_title (kind));
  GtkWidget *list = qonys_list_new ();

  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  qonys_difference_get_title (kind), -1);
  gtk_box_append (GTK_BOX (box), qonys_heading_new (heading));
  gtk_box_append (GTK_BOX (box), list);
  return list;
}

static void
add_lines (Page *page, GtkWidget *box, const GPtrArray *lines)
{
  GtkWidget *list = NULL;
  QonysDifferenceKind kind = QONYS_N_DIFFERENCES;

  for (guint i = 0; i < MIN (lines->len, MAX_ROWS); i++) {
    const QonysChangeLine *line = lines->pdata[i];
    const char *parts[] = {line->place, line->bodies, line->detail};
    g_autoptr (GString) subtitle = g_string_new (NULL);

    if (list == NULL || line->difference->kind != kind) {
      kind = line->difference->kind;
      list = add_list (page, box, kind);
    }
    for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
      if (*parts[k] != '\0')
        g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? " · " : "", parts[k]);
    qonys_list_add (list, qonys_entry_get_id (qonys_difference_get_entry (line->difference)),
                    qonys_difference_get_sign (kind), line->what, subtitle->str, NULL, NULL);
  }
  if (lines->len > MAX_ROWS) {
    guint n = lines->len - MAX_ROWS;
    g_autofree char *more =
        g_strdup_printf (ngettext ("And %u more: the exported file has all of them.",
                                   "And %u more: the exported file has all of them.", n),
                         n);

    gtk_box_append (GTK_BOX (box), qonys_text_new (more, "qonys-subtitle"));
  }
}

/* ---- out ---- */

static void
chosen_cb (const char *path, gpointer data)
{
  GtkWindow *window = data;
  Page *page = g_object_get_data (G_OBJECT (window), "qonys-comparison");

  qonys_session_write_comparison (page->session, page->comparison, path);
}

static void
export_cb (Page *page)
{
  /* Translators: a file's name without its ending */
  g_autofree char *name = g_strdup_printf ("%s.pdf", _ ("what-has-changed"));

  qonys_dialogs_save_file (page->window, _ ("Export to"), name, chosen_cb, page->window);
}

static void
failed_cb (GError *error, gpointer session)
{
  qonys_session_set_error (session, error);
}

static void
print_cb (Page *page)
{
  g_autoptr (QonysPages) pages =
      qonys_release_make_comparison (qonys_session_get_release (page->session), page->comparison);

  qonys_print (page->window, pages, failed_cb, page->session);
}

static gboolean
print_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  print_cb (g_object_get_data (G_OBJECT (widget), "qonys-comparison"));
  return TRUE;
}

static gboolean
export_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  export_cb (g_object_get_data (G_OBJECT (widget), "qonys-comparison"));
  return TRUE;
}

static void
add_key (GtkWindow *window, guint key, GtkShortcutFunc func)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                        gtk_callback_action_new (func, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

static void
add_bar (Page *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *export = gtk_button_new_with_label (_ ("Export…"));
  GtkWidget *print = gtk_button_new_with_label (_ ("Print…"));

  gtk_widget_add_css_class (bar, "qonys-bar-row");
  gtk_widget_set_halign (bar, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (export, _ ("Export as PDF, CSV or JSON (Ctrl+E)"));
  gtk_widget_set_tooltip_text (print, _ ("Print (Ctrl+P)"));
  g_signal_connect_swapped (export, "clicked", G_CALLBACK (export_cb), page);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (print_cb), page);
  gtk_box_append (GTK_BOX (bar), print);
  gtk_box_append (GTK_BOX (bar), export);
  gtk_box_append (GTK_BOX (adw_window_get_content (ADW_WINDOW (page->window))), bar);
}

static char *
dup_state (const QonysState *state)
{
  g_autofree char *day = qonys_format_day (state->day);

  return state->day == QONYS_DAY_MISSING ? g_strdup (state->title)
                                         : g_strdup_printf ("%s (%s)", state->title, day);
}

static void
fill (Page *page, GtkWidget *box)
{
  const QonysComparison *comparison = page->comparison;
  g_autoptr (GPtrArray) lines =
      qonys_release_describe_comparison (qonys_session_get_release (page->session), comparison);
  g_autofree char *from = dup_state (comparison->from), *to = dup_state (comparison->to);
  g_autofree char *subtitle = g_strdup_printf (_ ("From “%s” to “%s”"), from, to);

  gtk_box_append (GTK_BOX (box), qonys_text_new (subtitle, "title-4"));
  if (lines->len == 0)
    gtk_box_append (
        GTK_BOX (box),
        qonys_text_new (_ ("Nothing has changed between these two states."), "qonys-subtitle"));
  add_counts (box, _ ("District"), comparison->by_district, FALSE);
  add_counts (box, _ ("Responsible body"), comparison->by_body, TRUE);
  add_lines (page, box, lines);
}

GtkWindow *
qonys_comparison_show (GtkWindow *parent, QonysSession *session, const char *from, const char *to)
{
  QonysPlan *plan = qonys_session_get_plan (session);
  const QonysHistory *history = qonys_session_get_history (session);
  g_autoptr (QonysState) before = NULL;
  g_autoptr (QonysState) after = NULL;
  GError *error = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  Page *page;

  g_object_ref_sink (box);
  before = qonys_state_find (history, plan, from, &error);
  after = before != NULL ? qonys_state_find (history, plan, to, &error) : NULL;
  if (after == NULL) {
    qonys_session_set_error (session, error);
    g_object_unref (box);
    return NULL;
  }
  page = g_new0 (Page, 1);
  page->session = g_object_ref (session);
  page->comparison = qonys_comparison_new (
      before, after, qonys_project_get_districts (qonys_session_get_project (session)));
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  fill (page, box);
  page->window = qonys_dialogs_show_page (parent, _ ("What has changed"), box, 760, 620);
  g_object_set_data_full (G_OBJECT (page->window), "qonys-comparison", page, page_free);
  g_object_unref (box);
  add_bar (page);
  add_key (page->window, GDK_KEY_p, print_key);
  add_key (page->window, GDK_KEY_e, export_key);
  return page->window;
}
