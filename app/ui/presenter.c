/* One a show, on the laptop's own screen. The clock ticks once a second; everything else changes
 * with the show. */

#include "ui/presenter.h"

#include "base/language.h"
#include "ui/question.h"
#include "ui/rows.h"
#include "ui/wall-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct {
  GtkWindow *window;
  QonysShow *show;
  GtkPicture *next;
  GtkLabel *next_label, *scene_label, *notes, *clock, *left, *state;
  GtkListBox *list;
  GtkAspectFrame *frame; /* of the wall's shape */
  GtkWidget *ask;
  guint tick_id;
  gboolean is_selecting;
} Presenter;

static void
presenter_free (gpointer data)
{
  Presenter *presenter = data;

  g_source_remove (presenter->tick_id);
  g_signal_handlers_disconnect_by_data (presenter->show, presenter);
  g_object_unref (presenter->show);
  g_free (presenter);
}

/* ---- keys ---- */

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        gpointer data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  QonysShowCommand command;
  guint digit = 0;

  if (GTK_IS_EDITABLE (focus)) /* text is being typed */
    return FALSE;
  command = qonys_show_parse_hardware_key (keyval, keycode, state, &digit);
  if (command == QONYS_SHOW_NOTHING)
    return FALSE;
  qonys_show_do (data, command, digit);
  return TRUE;
}

void
qonys_show_take_keys (QonysShow *show, GtkWidget *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), show, 0);
  gtk_widget_add_controller (window, keys);
}

/* ---- what it says ---- */

/* "12:05", with a minus where the time is up. */
static char *
format_time (double seconds)
{
  int whole = (int)fabs (floor (seconds));

  return g_strdup_printf ("%s%d:%02d", seconds < 0 ? "−" : "", whole / 60, whole % 60);
}

static gboolean
tick (gpointer data)
{
  Presenter *presenter = data;
  double elapsed_s = qonys_show_get_elapsed_s (presenter->show);
  double planned_s = qonys_show_get_planned_s (presenter->show);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M");
  g_autofree char *elapsed = format_time (elapsed_s);
  g_autofree char *left = format_time (planned_s - elapsed_s);
  /* Translators: the time since the show began, the time that is left of what was planned. */
  g_autofree char *text = g_strdup_printf (_ ("%s gone, %s left"), elapsed, left);

  gtk_label_set_text (presenter->clock, time);
  gtk_label_set_text (presenter->left, text);
  return G_SOURCE_CONTINUE;
}

/* What the wall does that is not its scene. */
static char *
describe_state (QonysShow *show)
{
  double x, y;

  if (qonys_show_get_digits (show)[0] != '\0')
    return g_strdup_printf (_ ("To scene %s: press Enter"), qonys_show_get_digits (show));
  if (qonys_show_get_blank (show) == QONYS_BLANK_BLACK)
    return g_strdup (_ ("The wall is black"));
  if (qonys_show_get_blank (show) == QONYS_BLANK_WHITE)
    return g_strdup (_ ("The wall is white"));
  if (qonys_show_is_away (show))
    return g_strdup (_ ("A question is on the wall. Backspace returns to the scene"));
  if (qonys_show_get_laser (show, &x, &y))
    return g_strdup (_ ("The pointer is a light spot on the wall"));
  switch (qonys_show_get_tool (show)) {
  case QONYS_TOOL_PEN:
    return g_strdup (_ ("Pen: draw on the wall. E erases, K keeps"));
  case QONYS_TOOL_ARROW:
    return g_strdup (_ ("Arrow: draw on the wall. E erases, K keeps"));
  case QONYS_TOOL_CIRCLE:
    return g_strdup (_ ("Circle: draw on the wall. E erases, K keeps"));
  case QONYS_TOOL_NONE:
  default:
    break;
  }
  if (!qonys_show_is_ready (show))
    return g_strdup (_ ("Preparing the pictures…"));
  return g_strdup ("");
}

static void
fill_list (Presenter *presenter)
{
  guint n = qonys_show_get_n_scenes (presenter->show);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (presenter->list, 0)) != NULL)
    gtk_list_box_remove (presenter->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i + 1);

    qonys_list_add (GTK_WIDGET (presenter->list), number, number,
                    qonys_scene_get_name (qonys_show_get_scene (presenter->show, i)), NULL, NULL,
                    NULL);
  }
}

static void
update_next (Presenter *presenter)
{
  guint index = qonys_show_get_index (presenter->show) + 1;
  const QonysWallPicture *picture = qonys_show_get_picture (presenter->show, index);
  const QonysEntry *scene = qonys_show_get_scene (presenter->show, index);
  g_autofree char *text = NULL;

  gtk_picture_set_paintable (presenter->next,
                             picture != NULL ? GDK_PAINTABLE (picture->whole) : NULL);
  text = scene != NULL ? g_strdup_printf (_ ("Next: %s"), qonys_scene_get_name (scene))
                       : g_strdup (_ ("This is the last scene"));
  gtk_label_set_text (presenter->next_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (presenter->next), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static void
update (Presenter *presenter)
{
  const QonysWallSize *size = qonys_show_get_size (presenter->show);
  guint index = qonys_show_get_index (presenter->show);
  const QonysEntry *scene = qonys_show_get_scene (presenter->show, index);
  g_autofree char *state = describe_state (presenter->show);
  g_autofree char *label = NULL;
  const QonysWallPicture *picture = qonys_show_get_picture (presenter->show, index);
  const char *notes;

  if (scene == NULL)
    return;
  if (size->width_px > 0)
    gtk_aspect_frame_set_ratio (presenter->frame, (float)size->width_px / (float)size->height_px);
  notes = qonys_entry_get_text3 (scene, QONYS_SCENE_NOTES_KK);
  if (picture != NULL && picture->slide != NULL) { /* with what the slide has no room for */
    const char *more = qonys_slide_get_content (picture->slide)->notes;

    notes = more != NULL && *more != '\0' ? more : NULL;
  }
  /* Translators: number and title of the scene now, how many there are: “3 of 8: Balance”. */
  label = g_strdup_printf (_ ("%u of %u: %s"), index + 1, qonys_show_get_n_scenes (presenter->show),
                           qonys_scene_get_name (scene));
  gtk_label_set_text (presenter->scene_label, label);
  gtk_label_set_text (presenter->notes, notes != NULL ? notes : _ ("No notes in this language"));
  gtk_label_set_text (presenter->state, state);
  presenter->is_selecting = TRUE;
  gtk_list_box_select_row (presenter->list,
                           gtk_list_box_get_row_at_index (presenter->list, (int)index));
  presenter->is_selecting = FALSE;
  update_next (presenter);
}

static void
pictures_changed_cb (Presenter *presenter)
{
  GtkListBoxRow *last = gtk_list_box_get_row_at_index (
      presenter->list, (int)qonys_show_get_n_scenes (presenter->show) - 1);

  if (last == NULL || gtk_list_box_get_row_at_index (
                          presenter->list, (int)qonys_show_get_n_scenes (presenter->show)) != NULL)
    fill_list (presenter);
  update (presenter);
}

static void
row_activated_cb (Presenter *presenter, GtkListBoxRow *row)
{
  qonys_show_go_to (presenter->show, (guint)gtk_list_box_row_get_index (row));
}

static void
ask (Presenter *presenter)
{
  qonys_question_open (presenter->ask);
}

/* ---- layout ---- */

static GtkLabel *
label_new (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = qonys_text_new ("", css_class);

  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
tool_new (Presenter *presenter, const char *icon_name, const char *name, const char *key,
          GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);
  g_autofree char *tooltip = g_strdup_printf ("%s (%s)", name, key);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect_swapped (button, "clicked", callback, presenter);
  return button;
}

#define COMMAND(name, command)                                                                     \
  static void name (Presenter *presenter)                                                          \
  {                                                                                                \
    qonys_show_do (presenter->show, command, 0);                                                   \
  }
COMMAND (go_back, QONYS_SHOW_PREVIOUS)
COMMAND (go_on, QONYS_SHOW_NEXT)
COMMAND (make_black, QONYS_SHOW_BLACK)
COMMAND (use_pen, QONYS_SHOW_PEN)
COMMAND (use_arrow, QONYS_SHOW_ARROW)
COMMAND (use_circle, QONYS_SHOW_CIRCLE)
COMMAND (use_laser, QONYS_SHOW_LASER)
COMMAND (switch_language, QONYS_SHOW_LANGUAGE)
COMMAND (leave, QONYS_SHOW_LEAVE)

static GtkWidget *
make_tools (Presenter *presenter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const struct {
    const char *icon, *name, *key;
    GCallback callback;
  } tools[] = {
      {"go-previous-symbolic", _ ("Previous scene"), "PgUp", G_CALLBACK (go_back)},
      {"go-next-symbolic", _ ("Next scene"), "PgDn", G_CALLBACK (go_on)},
      {"display-brightness-symbolic", _ ("Black wall"), "B", G_CALLBACK (make_black)},
      {"document-edit-symbolic", _ ("Pen"), "D", G_CALLBACK (use_pen)},
      {"go-up-symbolic", _ ("Arrow"), "A", G_CALLBACK (use_arrow)},
      {"media-record-symbolic", _ ("Circle"), "O", G_CALLBACK (use_circle)},
      {"find-location-symbolic", _ ("Light spot"), "X", G_CALLBACK (use_laser)},
      {"system-search-symbolic", _ ("A question: show a place"), "/", G_CALLBACK (ask)},
      {"preferences-desktop-locale-symbolic", _ ("Next language"), "L",
       G_CALLBACK (switch_language)},
      {"window-close-symbolic", _ ("End the show"), "Esc", G_CALLBACK (leave)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_box_append (GTK_BOX (box), tool_new (presenter, tools[i].icon, tools[i].name, tools[i].key,
                                             tools[i].callback));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
scrolled (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_left (Presenter *presenter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *wall = qonys_wall_view_new (presenter->show, TRUE);

  presenter->scene_label = label_new (box, "title-3");
  /* GTK 4.8 misplaces cairo's nodes that are moved and scaled: no margins within the mirror. */
  presenter->frame = GTK_ASPECT_FRAME (gtk_aspect_frame_new (0.5, 0.5, 4 / 3.0, FALSE));
  gtk_aspect_frame_set_child (presenter->frame, wall);
  gtk_widget_set_size_request (wall, 480, 320);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wall), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The wall now"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (presenter->frame));
  presenter->state = label_new (box, "qonys-state");
  gtk_box_append (GTK_BOX (box), make_tools (presenter));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_right (Presenter *presenter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *times = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *notes = qonys_text_new ("", "qonys-speaker-notes");

  presenter->clock = label_new (times, "title-2");
  presenter->left = label_new (times, "title-4");
  gtk_widget_set_valign (GTK_WIDGET (presenter->left), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), times);
  presenter->next = GTK_PICTURE (gtk_picture_new ());
  gtk_widget_set_size_request (GTK_WIDGET (presenter->next), 300, 170);
  gtk_widget_set_vexpand (GTK_WIDGET (presenter->next), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (presenter->next));
  presenter->next_label = label_new (box, "heading");
  presenter->notes = GTK_LABEL (notes);
  gtk_label_set_selectable (presenter->notes, FALSE);
  gtk_widget_set_valign (notes, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), scrolled (notes));
  presenter->list = GTK_LIST_BOX (qonys_list_new ());
  gtk_list_box_set_selection_mode (presenter->list, GTK_SELECTION_SINGLE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (presenter->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scenes"), -1);
  gtk_box_append (GTK_BOX (box), scrolled (GTK_WIDGET (presenter->list)));
  gtk_widget_set_size_request (box, 400, -1);
  return box;
}

GtkWindow *
qonys_presenter_new (GtkApplication *application, QonysShow *show)
{
  Presenter *presenter = g_new0 (Presenter, 1);
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *overlay = gtk_overlay_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);

  presenter->window = GTK_WINDOW (window);
  presenter->show = g_object_ref (show);
  g_object_set (box, "margin-top", 12, "margin-bottom", 12, "margin-start", 16, "margin-end", 16,
                NULL);
  gtk_box_append (GTK_BOX (box), make_left (presenter));
  gtk_box_append (GTK_BOX (box), make_right (presenter));
  presenter->ask = qonys_question_new (show);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), presenter->ask);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), overlay);
  gtk_window_set_title (presenter->window, _ ("Presenter’s screen"));
  gtk_window_set_default_size (presenter->window, 1200, 720);

  qonys_show_take_keys (show, window);
  g_signal_connect_swapped (show, "changed", G_CALLBACK (update), presenter);
  g_signal_connect_swapped (show, "pictures-changed", G_CALLBACK (pictures_changed_cb), presenter);
  g_signal_connect_swapped (show, "search-wanted", G_CALLBACK (ask), presenter);
  g_signal_connect_swapped (presenter->list, "row-activated", G_CALLBACK (row_activated_cb),
                            presenter);
  presenter->tick_id = g_timeout_add_seconds (1, tick, presenter);
  g_object_set_data_full (G_OBJECT (window), "presenter", presenter, presenter_free);
  fill_list (presenter);
  update (presenter);
  tick (presenter);
  return presenter->window;
}
