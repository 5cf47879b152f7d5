/* One a window: what is being drawn, and what was copied. A drawing that is done becomes an edit,
 * or the question for its text. */

#include "ui/map-tools.h"
#include "geo/mercator.h"
#include "geo/wkt.h"
#include "ui/entry-dialogs.h"
#include "ui/entry-links.h"
#include "ui/measure-text.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define BESIDE_PX 24 /* as far from the first a second one is put */
#define ITEM_AREA "item-area"

typedef struct {
  GtkWindow *window; /* holds this */
  QonysSession *session;
  QonysMapView *view;
  char *drawn;        /* what is drawn, of TOOLS; NULL: nothing, or a shape is edited */
  char *edited;       /* the id of the entry whose shape is edited */
  char *shown;        /* its shape as the audience sees it */
  QonysEntry *copied; /* (nullable) */
  char *awaited;      /* the id of a new one, selected when it is there */
} Tools;

/* What can be drawn, in the order of the menu and of the keys. */
static const struct {
  const char *name, *title;
  QonysSketchMode mode;
  gboolean is_item;
} TOOLS[] = {
    {"pin", N_ ("_Pin"), QONYS_SKETCH_POINT, FALSE},
    {"callout", N_ ("_Callout"), QONYS_SKETCH_POINT, FALSE},
    {"arrow", N_ ("_Arrow"), QONYS_SKETCH_LINE, FALSE},
    {"area", N_ ("A_rea"), QONYS_SKETCH_POLYGON, FALSE},
    {"freehand", N_ ("_Freehand line"), QONYS_SKETCH_FREEHAND, FALSE},
    {"before_after", N_ ("_Before and after"), QONYS_SKETCH_POINT, FALSE},
    {"item-point", N_ ("_Problem at a point"), QONYS_SKETCH_POINT, TRUE},
    {ITEM_AREA, N_ ("Problem of an a_rea"), QONYS_SKETCH_POLYGON, TRUE},
};

GMenuModel *
qonys_map_tools_make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) items = g_menu_new ();
  g_autoptr (GMenu) annotations = g_menu_new ();
  g_autoptr (GMenu) paste = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (TOOLS); i++) {
    g_autofree char *action = g_strdup_printf ("win.draw::%s", TOOLS[i].name);

    g_menu_append (TOOLS[i].is_item ? items : annotations, _ (TOOLS[i].title), action);
  }
  g_menu_append (paste, _ ("Pa_ste"), "win.paste-entry");
  g_menu_append_section (menu, _ ("Mark a problem"), G_MENU_MODEL (items));
  g_menu_append_section (menu, _ ("Draw an annotation"), G_MENU_MODEL (annotations));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (paste));
  return G_MENU_MODEL (menu);
}

static void
tools_free (gpointer data)
{
  Tools *self = data;

  g_free (self->drawn);
  g_free (self->edited);
  g_free (self->shown);
  g_clear_pointer (&self->copied, qonys_entry_unref);
  g_free (self->awaited);
  g_object_unref (self->session);
  g_free (self);
}

/* ---- what is selected ---- */

static QonysEntry *
find_entry (Tools *self, const char *id)
{
  QonysPlan *plan = qonys_session_get_plan (self->session);
  QonysEntry *entry;

  if (plan == NULL || id == NULL || *id == '\0')
    return NULL;
  entry = qonys_plan_find (plan, QONYS_ENTRY_ITEM, id);
  return entry != NULL ? entry : qonys_plan_find (plan, QONYS_ENTRY_ANNOTATION, id);
}

static QonysEntry *
get_selected (Tools *self)
{
  return find_entry (self,
                     qonys_style_get_selected_entry (qonys_session_get_style (self->session)));
}

static gboolean
is_item (const QonysEntry *entry)
{
  return qonys_entry_get_kind (entry) == QONYS_ENTRY_ITEM;
}

static guint
get_shape_field (const QonysEntry *entry)
{
  return is_item (entry) ? QONYS_ITEM_SHAPE : QONYS_ANNOTATION_SHAPE;
}

static char *
dup_name (const QonysEntry *entry)
{
  return is_item (entry) ? qonys_item_dup_name (entry) : qonys_annotation_dup_name (entry);
}

static void
await (Tools *self, const char *id)
{
  g_free (self->awaited);
  self->awaited = g_strdup (id);
}

static GtkWindow *
ask (Tools *self, QonysEntry *start)
{
  await (self,
         find_entry (self, qonys_entry_get_id (start)) == NULL ? qonys_entry_get_id (start) : NULL);
  if (is_item (start))
    return qonys_ask_item (self->window, self->session, start);
  return qonys_ask_annotation (self->window, self->session, start);
}

/* What was made is what one goes on with. */
static void
changed_cb (Tools *self, guint changes)
{
  g_autofree char *id = NULL;

  if ((changes & QONYS_CHANGED_PLAN) == 0 || find_entry (self, self->awaited) == NULL)
    return;
  id = g_steal_pointer (&self->awaited);
  qonys_session_select_entry (self->session, id);
}

/* ---- drawing ---- */

static void
forget (Tools *self)
{
  g_clear_pointer (&self->drawn, g_free);
  g_clear_pointer (&self->edited, g_free);
  g_clear_pointer (&self->shown, g_free);
}

static void
draw (Tools *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (TOOLS); i++)
    if (g_str_equal (name, TOOLS[i].name)) {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.focus-map", NULL);
      if (!qonys_map_view_begin_sketch (self->view, TOOLS[i].mode, NULL, NULL))
        return;
      forget (self);
      self->drawn = g_strdup (name);
    }
}

static QonysEntry *
make_annotation (const char *kind, const char *wkt)
{
  const char *values[QONYS_ANNOTATION_N_FIELDS] = {
      [QONYS_ANNOTATION_KIND] = kind, [QONYS_ANNOTATION_SHAPE] = wkt};
  g_autofree char *id = qonys_entry_make_id ();

  return qonys_entry_new (QONYS_ENTRY_ANNOTATION, id, values);
}

/* Where an audience sees a shape more coarsely than it was drawn, each vertex moves by as much as
 * the one seen was moved; what has other vertices now is as it was drawn. */
static char *
combine (const char *exact_wkt, const char *shown_wkt, const char *drawn_wkt)
{
  g_autoptr (QonysPath) exact = exact_wkt == NULL ? NULL : qonys_path_parse_wkt (exact_wkt);
  g_autoptr (QonysPath) shown = shown_wkt == NULL ? NULL : qonys_path_parse_wkt (shown_wkt);
  g_autoptr (QonysPath) drawn = qonys_path_parse_wkt (drawn_wkt);
  guint n = drawn->lon_deg->len;

  if (exact == NULL || shown == NULL || exact->kind != drawn->kind || exact->lon_deg->len != n ||
      shown->lon_deg->len != n)
    return g_strdup (drawn_wkt);
  for (guint i = 0; i < n; i++) {
    g_array_index (exact->lon_deg, double, i) +=
        g_array_index (drawn->lon_deg, double, i) - g_array_index (shown->lon_deg, double, i);
    g_array_index (exact->lat_deg, double, i) +=
        g_array_index (drawn->lat_deg, double, i) - g_array_index (shown->lat_deg, double, i);
  }
  return qonys_path_to_wkt (exact);
}

static void
set_shape (Tools *self, const char *wkt)
{
  QonysEntry *before = find_entry (self, self->edited);
  g_autoptr (QonysEntry) after = NULL;
  g_autoptr (QonysEdit) edit = NULL;
  g_autofree char *shape = NULL, *name = NULL, *key = NULL;
  GError *error = NULL;

  if (before == NULL) /* undone meanwhile */
    return;
  shape = combine (qonys_entry_get (before, get_shape_field (before)), self->shown, wkt);
  after = qonys_entry_with (before, get_shape_field (before), shape);
  if (is_item (before) && self->shown == NULL) { /* a district, say, becomes a point */
    g_autoptr (QonysEntry) placed = qonys_entry_with (after, QONYS_ITEM_PLACE_KIND, "point");

    qonys_entry_unref (after);
    after = qonys_entry_with (placed, QONYS_ITEM_PLACE_REF, NULL);
  }
  name = dup_name (before);
  key = g_strdup_printf ("%s.shape", self->edited);
  edit = qonys_edit_new (is_item (before) ? "item.move" : "annotation.move", name, NULL, key);
  qonys_edit_add (edit, before, after);
  if (!qonys_session_edit (self->session, edit, &error))
    qonys_session_set_error (self->session, error);
}

/* The shape is kept at once: who does not want to write anything, or not yet, does not lose what
 * was drawn, and can undo it. */
static void
add_annotation (Tools *self, const char *wkt)
{
  g_autoptr (QonysEntry) annotation = make_annotation (self->drawn, wkt);
  g_autofree char *name = dup_name (annotation);
  g_autoptr (QonysEdit) edit = qonys_edit_new ("annotation.add", name, NULL, NULL);
  GError *error = NULL;

  qonys_edit_add (edit, NULL, annotation);
  await (self, qonys_entry_get_id (annotation));
  if (qonys_session_edit (self->session, edit, &error))
    ask (self, qonys_entry_ref (annotation));
  else
    qonys_session_set_error (self->session, error);
}

/* The area whose form was closed is on the map as it was drawn: one goes on with it, or drops it by
 * Escape. */
static void
draw_on_cb (GtkWindow *dialog, const char *response, Tools *self)
{
  const char *wkt = g_object_get_data (G_OBJECT (dialog), "qonys-shape");

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.focus-map", NULL);
  if (!qonys_map_view_begin_sketch (self->view, QONYS_SKETCH_POLYGON, wkt, NULL))
    return;
  forget (self);
  self->drawn = g_strdup (ITEM_AREA);
}

/* A point is marked again by a click; an area is work. */
static void
ask_new_item (Tools *self, const char *wkt)
{
  GtkWindow *dialog = ask (self, qonys_item_new_for_shape (self->session, wkt));

  if (!g_str_equal (self->drawn, ITEM_AREA))
    return;
  g_object_set_data_full (G_OBJECT (dialog), "qonys-shape", g_strdup (wkt), g_free);
  g_signal_connect (dialog, "response::cancel", G_CALLBACK (draw_on_cb), self);
}

static void
sketched_cb (Tools *self, const char *wkt)
{
  if (self->edited != NULL)
    set_shape (self, wkt);
  else if (self->drawn != NULL && g_str_has_prefix (self->drawn, "item-"))
    ask_new_item (self, wkt);
  else if (self->drawn != NULL)
    add_annotation (self, wkt);
  forget (self);
}

/* ---- actions ---- */

static void
mark_problem_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *start = qonys_item_new_for_selection (self->session);

  if (start != NULL)
    ask (self, start);
  else
    draw (self, "item-point");
}

static void
draw_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  draw (data, g_variant_get_string (parameter, NULL));
}

static void
edit_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *entry = get_selected (self);

  if (entry != NULL)
    ask (self, qonys_entry_ref (entry));
}

/* The shape the audience sees; of a point shown as a square the square's middle. */
static char *
dup_shown (Tools *self, const QonysEntry *entry)
{
  QonysContent *content = qonys_session_get_content (self->session);
  int index = qonys_content_find_note (content, qonys_entry_get_id (entry));
  const QonysNoteMark *note = index < 0 ? NULL : content->notes->pdata[index];
  const char *wkt = qonys_entry_get (entry, get_shape_field (entry));
  g_autoptr (QonysPath) path = wkt == NULL ? NULL : qonys_path_parse_wkt (wkt);
  g_autoptr (QonysPath) middle = NULL;

  if (note == NULL || path == NULL)
    return NULL;
  if (path->kind != QONYS_PATH_POINT || !note->is_generalised)
    return g_strdup (qonys_entry_get (note->entry, get_shape_field (entry)));
  middle = qonys_path_new (QONYS_PATH_POINT);
  qonys_path_add (middle, qonys_mercator_lon_deg (note->x), qonys_mercator_lat_deg (note->y));
  return qonys_path_to_wkt (middle);
}

static void
edit_shape_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *entry = get_selected (self);
  g_autofree char *shown = entry == NULL ? NULL : dup_shown (self, entry);

  if (entry == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.focus-map", NULL);
  if (!qonys_map_view_begin_sketch (self->view, QONYS_SKETCH_POINT, shown,
                                    qonys_entry_get_id (entry)))
    return;
  forget (self);
  self->edited = g_strdup (qonys_entry_get_id (entry));
  self->shown = g_steal_pointer (&shown);
}

static void
delete_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *entry = get_selected (self);
  g_autofree char *id = entry == NULL ? NULL : g_strdup (qonys_entry_get_id (entry));

  if (entry != NULL)
    qonys_delete_entry (self->session, qonys_entry_get_kind (entry), id);
}

static void
copy_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *entry = get_selected (self);
  g_autofree char *name = entry == NULL ? NULL : dup_name (entry);

  if (entry == NULL)
    return;
  g_clear_pointer (&self->copied, qonys_entry_unref);
  self->copied = qonys_entry_ref (entry);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), name);
}

/* Another of the same, its middle moved to a place. Returns: (transfer full) */
static QonysEntry *
make_copy (const QonysEntry *entry, double x, double y)
{
  const QonysEntrySchema *schema = qonys_entry_schema_get (qonys_entry_get_kind (entry));
  const char *wkt = qonys_entry_get (entry, get_shape_field (entry));
  g_autoptr (QonysPath) path = wkt == NULL ? NULL : qonys_path_parse_wkt (wkt);
  g_autofree const char **values = g_new (const char *, schema->n_fields);
  g_autofree char *id = qonys_entry_make_id (), *moved = NULL;
  QonysBox box = qonys_box_empty ();

  for (guint i = 0; i < schema->n_fields; i++)
    values[i] = qonys_entry_get (entry, i);
  for (guint i = 0; path != NULL && i < path->lon_deg->len; i++)
    qonys_box_add (&box, qonys_mercator_x (g_array_index (path->lon_deg, double, i)),
                   qonys_mercator_y (g_array_index (path->lat_deg, double, i)));
  for (guint i = 0; path != NULL && i < path->lon_deg->len; i++) {
    double *lon_deg = &g_array_index (path->lon_deg, double, i);
    double *lat_deg = &g_array_index (path->lat_deg, double, i);

    *lon_deg =
        qonys_mercator_lon_deg (qonys_mercator_x (*lon_deg) + x - (box.min_x + box.max_x) / 2);
    *lat_deg =
        qonys_mercator_lat_deg (qonys_mercator_y (*lat_deg) + y - (box.min_y + box.max_y) / 2);
  }
  if (path != NULL)
    values[get_shape_field (entry)] = moved = qonys_path_to_wkt (path);
  return qonys_entry_new (qonys_entry_get_kind (entry), id, values);
}

static void
paste (Tools *self, const QonysEntry *entry, double x, double y)
{
  g_autoptr (QonysEntry) copy = make_copy (entry, x, y);
  g_autofree char *name = dup_name (entry);
  g_autoptr (QonysEdit) edit =
      qonys_edit_new (is_item (entry) ? "item.add" : "annotation.copy", name, NULL, NULL);
  GError *error = NULL;

  qonys_edit_add (edit, NULL, copy);
  await (self, qonys_entry_get_id (copy));
  if (!qonys_session_edit (self->session, edit, &error))
    qonys_session_set_error (self->session, error);
}

static void
paste_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysCamera camera = qonys_map_view_get_camera (self->view);
  double x = camera.center_x, y = camera.center_y, x_px, y_px;

  if (qonys_map_view_get_pointer (self->view, &x_px, &y_px))
    qonys_camera_from_px (&camera, x_px, y_px, &x, &y);
  if (self->copied != NULL)
    paste (self, self->copied, x, y);
}

static void
duplicate_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Tools *self = data;
  QonysEntry *entry = get_selected (self);
  const QonysPick *pick = qonys_session_get_selection (self->session);
  QonysCamera camera = qonys_map_view_get_camera (self->view);
  double beside = BESIDE_PX / (QONYS_TILE_SIZE_PX * exp2 (camera.zoom));

  if (entry != NULL)
    paste (self, entry, pick->x + beside, pick->y + beside);
}

void
qonys_map_tools_install (GtkWindow *window, QonysSession *session, QonysMapView *view)
{
  const GActionEntry entries[] = {
      {.name = "mark-problem", .activate = mark_problem_cb},
      {.name = "draw", .activate = draw_cb, .parameter_type = "s"},
      {.name = "edit-entry", .activate = edit_entry_cb},
      {.name = "edit-shape", .activate = edit_shape_cb},
      {.name = "copy-entry", .activate = copy_entry_cb},
      {.name = "paste-entry", .activate = paste_entry_cb},
      {.name = "duplicate-entry", .activate = duplicate_entry_cb},
      {.name = "delete-entry", .activate = delete_entry_cb},
  };
  Tools *self = g_new0 (Tools, 1);
  g_autoptr (GClosure) closure = NULL;

  self->window = window;
  self->session = g_object_ref (session);
  self->view = view;
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (view, "sketched", G_CALLBACK (sketched_cb), self);
  g_signal_connect_swapped (view, "sketch-cancelled", G_CALLBACK (forget), self);
  closure = g_closure_ref (g_cclosure_new_swap (G_CALLBACK (changed_cb), self, NULL));
  g_object_watch_closure (G_OBJECT (window), closure); /* the session outlives the window */
  g_signal_connect_closure (session, "changed", closure, FALSE);
  g_object_set_data_full (G_OBJECT (window), "qonys-map-tools", self, tools_free);
}
