/* One in a window, filled when it is seen. A card a scene, some ten, a hundred at most: cards stay
 * with their scenes when the order changes, so that focus and selection stay too. */

#include "ui/storyboard.h"

#include "ui/rows.h"
#include "ui/scene-dialog.h"
#include "ui/session-scenes.h"
#include "ui/thumbnails.h"
#include <glib/gi18n-lib.h>

struct _QonysStoryboard {
  AdwBin parent_instance;

  QonysSession *session;
  QonysThumbnails *thumbnails;
  GtkStack *stack;       /* empty, story */
  GtkWidget *list;       /* of cards */
  GtkAdjustment *across; /* of the scroller around it */
  guint scroll_id;
  GtkLabel *state;       /* how many, how long */
  GHashTable *cards;     /* char *id → Card, whose widget the list owns */
  char *selected, *copy; /* ids, NULL none */
  QonysGetBoxFunc get_box;
  gpointer get_box_data;
  gboolean is_stale;
};

typedef struct {
  GtkWidget *widget;
  GtkPicture *picture;
  GtkLabel *title;
  GtkWidget *warning;
} Card;

G_DEFINE_FINAL_TYPE (QonysStoryboard, qonys_storyboard, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* ---- selection ---- */

const char *
qonys_storyboard_get_selected (QonysStoryboard *self)
{
  return self->selected;
}

static Card *
find_card (QonysStoryboard *self, const char *id)
{
  return id == NULL ? NULL : g_hash_table_lookup (self->cards, id);
}

static GPtrArray *
get_story (QonysStoryboard *self)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);

  return plan == NULL ? g_ptr_array_new () : qonys_story_get (plan);
}

static int
find_selected (QonysStoryboard *self)
{
  g_autoptr (GPtrArray) story = get_story (self);

  return qonys_story_find (story, self->selected);
}

static void
mark (Card *card, gboolean is_selected)
{
  if (card == NULL)
    return;
  if (is_selected)
    gtk_widget_add_css_class (card->widget, "qonys-selected");
  else
    gtk_widget_remove_css_class (card->widget, "qonys-selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (card->widget), GTK_ACCESSIBLE_STATE_SELECTED,
                               is_selected, -1);
}

static void
update_actions (QonysStoryboard *self)
{
  static const char *const NAMES[] = {"story.show",      "story.edit", "story.recapture",
                                      "story.duplicate", "story.copy", "story.delete"};

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), NAMES[i], self->selected != NULL);
}

void
qonys_storyboard_select (QonysStoryboard *self, const char *id)
{
  if (g_strcmp0 (id, self->selected) == 0)
    return;
  mark (find_card (self, self->selected), FALSE);
  g_free (self->selected);
  self->selected = g_strdup (id);
  mark (find_card (self, id), TRUE);
  update_actions (self);
}

/* When it has its place, if it is new. */
static gboolean
scroll_cb (gpointer data)
{
  QonysStoryboard *self = data;
  Card *card = find_card (self, self->selected);
  graphene_rect_t bounds;

  self->scroll_id = 0;
  if (card != NULL && gtk_widget_compute_bounds (card->widget, self->list, &bounds))
    gtk_adjustment_clamp_page (self->across, bounds.origin.x, bounds.origin.x + bounds.size.width);
  return G_SOURCE_REMOVE;
}

static void
scroll_to_selected (QonysStoryboard *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

/* The card before or behind, the first or the last; it takes the focus, and with it the selection.
 */
static void
go_to (QonysStoryboard *self, int at)
{
  g_autoptr (GPtrArray) story = get_story (self);
  Card *card;

  if (story->len == 0)
    return;
  card = find_card (self, qonys_entry_get_id (story->pdata[CLAMP (at, 0, (int)story->len - 1)]));
  if (card != NULL)
    gtk_widget_grab_focus (card->widget);
}

/* ---- what can be done with the selected scene ---- */

static void
show_selected (QonysStoryboard *self)
{
  if (self->selected != NULL)
    qonys_session_show_scene (self->session, self->selected);
}

static void
edit_selected (QonysStoryboard *self)
{
  if (self->selected != NULL)
    qonys_ask_scene (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session,
                     self->selected);
}

static void
recapture_selected (QonysStoryboard *self)
{
  QonysBox box;

  if (self->selected == NULL || self->get_box == NULL)
    return;
  box = self->get_box (self->get_box_data);
  qonys_session_recapture_scene (self->session, &box, self->selected);
}

static void
copy_selected (QonysStoryboard *self)
{
  g_free (self->copy);
  self->copy = g_strdup (self->selected);
}

/* Does an edit that adds scenes, and selects the first. @edit: (transfer full) (nullable) */
static void
add_and_select (QonysStoryboard *self, QonysEdit *edit)
{
  g_autofree char *id = NULL;
  Card *card;

  if (edit == NULL)
    return;
  id = g_strdup (qonys_entry_change_get_id (qonys_edit_get_changes (edit)->pdata[0]));
  if (!qonys_session_do (self->session, edit))
    return;
  qonys_storyboard_select (self, id);
  card = find_card (self, id);
  if (card != NULL)
    gtk_widget_grab_focus (card->widget);
  scroll_to_selected (self);
}

static void
add_copy (QonysStoryboard *self, const char *id)
{
  if (id != NULL && qonys_session_get_plan (self->session) != NULL)
    add_and_select (self, qonys_story_copy (qonys_session_get_plan (self->session), id,
                                            (guint)(find_selected (self) + 1)));
}

static void
duplicate_selected (QonysStoryboard *self)
{
  add_copy (self, self->selected);
}

static void
paste (QonysStoryboard *self)
{
  add_copy (self, self->copy);
}

static void
delete_selected (QonysStoryboard *self)
{
  g_autoptr (GPtrArray) story = get_story (self);
  int at = qonys_story_find (story, self->selected);

  if (at >= 0 &&
      qonys_session_do (self->session, qonys_story_delete (qonys_session_get_plan (self->session),
                                                           self->selected)))
    go_to (self, at);
}

static void
add_ready (QonysStoryboard *self)
{
  g_autoptr (GPtrArray) scenes = qonys_story_make_default ();
  QonysEdit *edit = qonys_edit_new ("scene.add", NULL, NULL, NULL);

  for (guint i = 0; i < scenes->len; i++)
    qonys_edit_add (edit, NULL, scenes->pdata[i]);
  add_and_select (self, edit);
}

static void
move_to (QonysStoryboard *self, const char *id, int to)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);

  if (plan != NULL && id != NULL && to >= 0 &&
      qonys_session_do (self->session, qonys_story_move (plan, id, (guint)to)))
    scroll_to_selected (self);
}

void
qonys_storyboard_capture (QonysStoryboard *self, const QonysBox *box)
{
  int at = find_selected (self);
  g_autofree char *id =
      qonys_session_capture_scene (self->session, box, at < 0 ? G_MAXUINT : (guint)at + 1);

  if (id == NULL)
    return;
  qonys_storyboard_select (self, id);
  scroll_to_selected (self);
}

void
qonys_storyboard_set_map (QonysStoryboard *self, QonysGetBoxFunc get_box, gpointer data)
{
  self->get_box = get_box;
  self->get_box_data = data;
}

/* ---- dragging ---- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *card)
{
  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, card);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, Card *card)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (card->picture);

  if (paintable != NULL) {
    g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (card->picture));

    gtk_drag_source_set_icon (source, icon, 0, 0);
  }
}

/* Before the card or behind it, by the half that it is dropped on. */
static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, QonysStoryboard *self)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  const char *id = g_object_get_data (g_value_get_object (value), "qonys-scene");
  g_autoptr (GPtrArray) story = get_story (self);
  int from = qonys_story_find (story, id);
  int to = qonys_story_find (story, g_object_get_data (G_OBJECT (card), "qonys-scene"));

  if (from < 0 || to < 0)
    return FALSE;
  to += x > gtk_widget_get_width (card) / 2;
  move_to (self, id, to > from ? to - 1 : to); /* its own place is free then */
  return TRUE;
}

/* ---- cards ---- */

static void
focused_cb (GtkEventController *controller, QonysStoryboard *self)
{
  qonys_storyboard_select (
      self,
      g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (controller)), "qonys-scene"));
}

static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, QonysStoryboard *self)
{
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  if (n_press == 2)
    show_selected (self);
}

static void
add_controllers (QonysStoryboard *self, Card *card)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  g_signal_connect (click, "pressed", G_CALLBACK (clicked_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focused_cb), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), card->widget);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), card);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (card->widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (card->widget, focus);
  gtk_widget_add_controller (card->widget, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (card->widget, GTK_EVENT_CONTROLLER (target));
}

static Card *
add_card (QonysStoryboard *self, const char *id)
{
  Card *card = g_new0 (Card, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *picture = gtk_picture_new ();

  card->widget = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "focusable",
                               TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  gtk_widget_add_css_class (card->widget, "qonys-scene");
  g_object_set_data_full (G_OBJECT (card->widget), "qonys-scene", g_strdup (id), g_free);
  card->picture = GTK_PICTURE (picture);
  gtk_widget_set_size_request (picture, QONYS_THUMBNAIL_WIDTH_PX, QONYS_THUMBNAIL_HEIGHT_PX);
  gtk_picture_set_can_shrink (card->picture, TRUE);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  card->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (card->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (card->title, 10);
  gtk_label_set_xalign (card->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (card->title), TRUE);
  card->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (card->title));
  gtk_box_append (GTK_BOX (line), card->warning);
  gtk_box_append (GTK_BOX (card->widget), picture);
  gtk_box_append (GTK_BOX (card->widget), line);
  gtk_box_append (GTK_BOX (self->list), card->widget);
  add_controllers (self, card);
  g_hash_table_insert (self->cards, g_strdup (id), card);
  mark (card, g_strcmp0 (id, self->selected) == 0);
  return card;
}

static void
update_card (QonysStoryboard *self, Card *card, QonysEntry *scene, guint number)
{
  g_autoptr (GPtrArray) lacks = qonys_scene_check (qonys_session_get_plan (self->session), scene);
  /* Translators: the number of a scene, and its title */
  g_autofree char *title = g_strdup_printf (_ ("%u. %s"), number, qonys_scene_get_name (scene));
  g_autofree char *tip = NULL;

  g_ptr_array_insert (lacks, 0, g_strdup (title));
  g_ptr_array_add (lacks, NULL);
  tip = g_strjoinv ("\n", (char **)lacks->pdata);
  gtk_label_set_text (card->title, title);
  gtk_widget_set_visible (card->warning, lacks->len > 2);
  gtk_widget_set_tooltip_text (card->widget, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
                                  -1);
  gtk_picture_set_paintable (card->picture,
                             GDK_PAINTABLE (qonys_thumbnails_get (self->thumbnails, scene)));
}

static void
painted_cb (QonysStoryboard *self, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);
  QonysEntry *scene = plan == NULL ? NULL : qonys_plan_find (plan, QONYS_ENTRY_SCENE, id);
  Card *card = find_card (self, id);

  if (scene != NULL && card != NULL)
    gtk_picture_set_paintable (card->picture,
                               GDK_PAINTABLE (qonys_thumbnails_get (self->thumbnails, scene)));
}

/* ---- the story ---- */

static gboolean
is_gone (gpointer id, gpointer data, gpointer story)
{
  const Card *card = data;

  if (qonys_story_find (story, id) >= 0)
    return FALSE;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (card->widget)), card->widget);
  return TRUE;
}

static void
update_state (QonysStoryboard *self, guint n_scenes)
{
  guint minutes = 0;
  g_autofree char *scenes = NULL, *text = NULL;

  if (n_scenes > 0)
    minutes = (qonys_story_get_duration_s (qonys_session_get_plan (self->session)) + 30) / 60;
  scenes = g_strdup_printf (ngettext ("%u scene", "%u scenes", n_scenes), n_scenes);
  /* Translators: how many scenes, and how many minutes they take */
  text = g_strdup_printf (_ ("%s · %u min"), scenes, minutes);
  gtk_label_set_text (self->state, text);
  gtk_stack_set_visible_child_name (self->stack, n_scenes > 0 ? "story" : "empty");
}

static void
update (QonysStoryboard *self)
{
  g_autoptr (GPtrArray) story = get_story (self);
  GtkWidget *before = NULL;

  self->is_stale = FALSE;
  g_hash_table_foreach_remove (self->cards, is_gone, story);
  for (guint i = story->len; i-- > 0;) /* of what is asked for last is painted first */
    if (find_card (self, qonys_entry_get_id (story->pdata[i])) == NULL)
      add_card (self, qonys_entry_get_id (story->pdata[i]));
  for (guint i = 0; i < story->len; i++) {
    GtkWidget *widget = find_card (self, qonys_entry_get_id (story->pdata[i]))->widget;

    if (gtk_widget_get_prev_sibling (widget) != before)
      gtk_box_reorder_child_after (GTK_BOX (self->list), widget, before);
    before = widget;
  }
  for (guint i = story->len; i-- > 0;)
    update_card (self, find_card (self, qonys_entry_get_id (story->pdata[i])), story->pdata[i],
                 i + 1);
  if (qonys_story_find (story, self->selected) < 0)
    qonys_storyboard_select (self, NULL);
  update_actions (self);
  update_state (self, story->len);
}

gboolean
qonys_storyboard_is_settled (QonysStoryboard *self)
{
  return !self->is_stale && qonys_thumbnails_is_settled (self->thumbnails);
}

/* ---- keys ---- */

enum { GO_BACK, GO_ON, GO_FIRST, GO_LAST, MOVE_BACK, MOVE_ON };

static gboolean
walk (GtkWidget *widget, GVariant *args, gpointer data)
{
  QonysStoryboard *self = data;
  int at = find_selected (self);

  switch (g_variant_get_int32 (args)) {
  case GO_BACK:
    go_to (self, at - 1);
    break;
  case GO_ON:
    go_to (self, at + 1);
    break;
  case GO_FIRST:
    go_to (self, 0);
    break;
  case GO_LAST:
    go_to (self, G_MAXINT);
    break;
  case MOVE_BACK:
    move_to (self, self->selected, at - 1);
    break;
  case MOVE_ON:
  default:
    move_to (self, self->selected, at + 1);
    break;
  }
  return TRUE;
}

static void
add_keys (QonysStoryboard *self)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    int step;
  } STEPS[] = {{GDK_KEY_Left, 0, GO_BACK},
               {GDK_KEY_Right, 0, GO_ON},
               {GDK_KEY_Home, 0, GO_FIRST},
               {GDK_KEY_End, 0, GO_LAST},
               {GDK_KEY_Left, GDK_CONTROL_MASK, MOVE_BACK},
               {GDK_KEY_Right, GDK_CONTROL_MASK, MOVE_ON}};
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } ACTIONS[] = {{GDK_KEY_Return, 0, "story.show"},
                 {GDK_KEY_KP_Enter, 0, "story.show"},
                 {GDK_KEY_F2, 0, "story.edit"},
                 {GDK_KEY_F8, GDK_SHIFT_MASK, "story.recapture"},
                 {GDK_KEY_Delete, 0, "story.delete"},
                 {GDK_KEY_d, GDK_CONTROL_MASK, "story.duplicate"},
                 {GDK_KEY_c, GDK_CONTROL_MASK, "story.copy"},
                 {GDK_KEY_v, GDK_CONTROL_MASK, "story.paste"},
                 {GDK_KEY_Escape, 0, "win.focus-map"}};
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  /* Before the scroller around the list, which takes arrows to itself. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (controller), GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (STEPS[i].key, STEPS[i].modifiers),
                          gtk_callback_action_new (walk, self, NULL));

    gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (STEPS[i].step));
    gtk_shortcut_controller_add_shortcut (controller, shortcut);
  }
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_shortcut_controller_add_shortcut (
        controller, gtk_shortcut_new (gtk_keyval_trigger_new (ACTIONS[i].key, ACTIONS[i].modifiers),
                                      gtk_named_action_new (ACTIONS[i].action)));
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (controller));
}

/* ---- what it looks like ---- */

static GtkWidget *
make_empty_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = qonys_text_new (
      _ ("No scenes yet. Show on the map what you want to tell, then press F8: place, layers and "
         "colours become a scene, to which you add title, text and speaker notes."),
      NULL);
  GtkWidget *capture = gtk_button_new_with_label (_ ("Capture the map"));
  GtkWidget *ready = gtk_button_new_with_label (_ ("Add the ready story"));

  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (capture, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (capture), "win.capture-scene");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ready), "story.ready");
  gtk_widget_set_tooltip_text (capture, _ ("Capture the map as a scene (F8)"));
  gtk_widget_set_tooltip_text (ready, _ ("The resolution in eight scenes, ten minutes"));
  gtk_widget_set_valign (capture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (ready, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), capture);
  gtk_box_append (GTK_BOX (box), ready);
  return box;
}

static GtkWidget *
make_tools (QonysStoryboard *self)
{
  const struct {
    const char *icon, *action, *tooltip;
  } tools[] = {
      {"camera-photo-symbolic", "win.capture-scene", _ ("Capture the map as a scene (F8)")},
      {"view-refresh-symbolic", "story.recapture",
       _ ("Capture the selected scene again (Shift+F8)")},
      {"find-location-symbolic", "story.show", _ ("Show the selected scene on the map (Enter)")},
      {"document-edit-symbolic", "story.edit", _ ("Edit the selected scene (F2)")},
      {"edit-copy-symbolic", "story.duplicate", _ ("Duplicate the selected scene (Ctrl+D)")},
      {"user-trash-symbolic", "story.delete", _ ("Delete the selected scene (Delete)")},
      {"document-send-symbolic", "win.take-along",
       _ ("Take the story along: PDF, pictures or a page (Ctrl+Shift+T)")},
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *grid = gtk_grid_new ();

  self->state = GTK_LABEL (qonys_text_new ("", "qonys-subtitle"));
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
    GtkWidget *button = gtk_button_new_from_icon_name (tools[i].icon);

    gtk_widget_add_css_class (button, "flat");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), tools[i].action);
    gtk_widget_set_tooltip_text (button, tools[i].tooltip);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    tools[i].tooltip, -1);
    gtk_grid_attach (GTK_GRID (grid), button, (int)i % 4, (int)i / 4, 1, 1);
  }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static GtkWidget *
make_story_page (QonysStoryboard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing", 4,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Storyboard"), -1);
  add_keys (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_hexpand (scroller, TRUE);
  self->across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), make_tools (self));
  return box;
}

/* ---- life ---- */

static void
changed_cb (QonysStoryboard *self, guint changes)
{
  if ((changes & (QONYS_CHANGED_PLAN | QONYS_CHANGED_RELEASE)) == 0)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self))) {
    update (self);
    return;
  }
  self->is_stale = TRUE;
  if (changes & QONYS_CHANGED_RELEASE)
    qonys_thumbnails_stop (self->thumbnails);
}

static void
qonys_storyboard_map (GtkWidget *widget)
{
  if (QONYS_STORYBOARD (widget)->is_stale)
    update (QONYS_STORYBOARD (widget));
  GTK_WIDGET_CLASS (qonys_storyboard_parent_class)->map (widget);
}

/* GTK asks this of a widget that is asked for its child's focus: asking itself would never end. */
static gboolean
qonys_storyboard_grab_focus (GtkWidget *widget)
{
  QonysStoryboard *self = QONYS_STORYBOARD (widget);
  Card *card = find_card (self, self->selected);

  return card != NULL ? gtk_widget_grab_focus (card->widget)
                      : gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
qonys_storyboard_constructed (GObject *object)
{
  QonysStoryboard *self = QONYS_STORYBOARD (object);

  G_OBJECT_CLASS (qonys_storyboard_parent_class)->constructed (object);
  self->thumbnails = qonys_thumbnails_new (self->session);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_story_page (self), "story");
  gtk_stack_add_named (self->stack, make_empty_page (), "empty");
  gtk_widget_add_css_class (GTK_WIDGET (self), "qonys-storyboard");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thumbnails, "painted", G_CALLBACK (painted_cb), self,
                           G_CONNECT_SWAPPED);
  self->is_stale = TRUE;
  update_actions (self);
}

static void
qonys_storyboard_set_property (GObject *object, guint prop_id, const GValue *value,
                               GParamSpec *pspec)
{
  QONYS_STORYBOARD (object)->session = g_value_dup_object (value);
}

static void
qonys_storyboard_dispose (GObject *object)
{
  QonysStoryboard *self = QONYS_STORYBOARD (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->thumbnails != NULL)
    qonys_thumbnails_stop (self->thumbnails);
  g_clear_object (&self->thumbnails);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_storyboard_parent_class)->dispose (object);
}

static void
qonys_storyboard_finalize (GObject *object)
{
  QonysStoryboard *self = QONYS_STORYBOARD (object);

  g_hash_table_unref (self->cards);
  g_free (self->selected);
  g_free (self->copy);
  G_OBJECT_CLASS (qonys_storyboard_parent_class)->finalize (object);
}

typedef void (*ActFunc) (QonysStoryboard *self);

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct {
    const char *name;
    ActFunc func;
  } ACTS[] = {{"story.show", show_selected},           {"story.edit", edit_selected},
              {"story.recapture", recapture_selected}, {"story.duplicate", duplicate_selected},
              {"story.copy", copy_selected},           {"story.paste", paste},
              {"story.delete", delete_selected},       {"story.ready", add_ready}};

  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    if (g_str_equal (ACTS[i].name, name))
      ACTS[i].func (QONYS_STORYBOARD (widget));
}

static void
qonys_storyboard_class_init (QonysStoryboardClass *klass)
{
  static const char *const NAMES[] = {"story.show",      "story.edit", "story.recapture",
                                      "story.duplicate", "story.copy", "story.paste",
                                      "story.delete",    "story.ready"};
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_storyboard_constructed;
  object_class->set_property = qonys_storyboard_set_property;
  object_class->dispose = qonys_storyboard_dispose;
  object_class->finalize = qonys_storyboard_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->map = qonys_storyboard_map;
  widget_class->grab_focus = qonys_storyboard_grab_focus;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    gtk_widget_class_install_action (widget_class, NAMES[i], NULL, act);
}

static void
qonys_storyboard_init (QonysStoryboard *self)
{
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
