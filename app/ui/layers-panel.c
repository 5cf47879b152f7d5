/* Switches, opacity and form of the four layers, switches of what people wrote, the indicator
 * districts are coloured by, the norm, the base, the data. Every widget shows the session's state
 * and asks it to change; nothing is kept here. */

#include "ui/layers-panel.h"
#include "base/format.h"
#include "domain/statistic.h"
#include "ui/card.h"
#include "ui/data-list.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>
#include <math.h>

struct _QonysLayersPanel {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkWidget *page, *layers_group;
  AdwComboRow *indicator_row;
  GtkLabel *indicator_note;
  GtkCheckButton *schematic_button, *tiles_button;
  AdwActionRow *tiles_row;
  GtkWidget *norm_group;
  GtkSpinButton *norm_spin;
  GtkWidget *norm_reset, *norm_box;

  /* Borrowed */
  AdwExpanderRow *rows[QONYS_N_LAYERS];
  GtkRange *opacities[QONYS_N_LAYERS];
  AdwComboRow *modes[QONYS_N_LAYERS];
  AdwComboRow *sizes[QONYS_N_LAYERS]; /* of points; the first is by zoom */
  GtkSwitch *items_switch, *annotations_switch;
  AdwActionRow *items_row, *annotations_row;

  /* Owned */
  QonysSession *session;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (QonysLayersPanel, qonys_layers_panel, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static const double point_sizes_px[] = {0, 2, 3, 4, 5, 6, 7, 8, 10, 12};

/* A widget was touched: what all of them say together is the style. */
static void
style_edited_cb (QonysLayersPanel *self)
{
  QonysStyle style;

  if (self->is_updating)
    return;
  style = *qonys_session_get_style (self->session);
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    style.layers[i].is_visible = adw_expander_row_get_enable_expansion (self->rows[i]);
    style.layers[i].opacity = gtk_range_get_value (self->opacities[i]) / 100;
    if (self->modes[i] == NULL)
      continue;
    style.layers[i].mode = adw_combo_row_get_selected (self->modes[i]);
    style.layers[i].point_size_px = point_sizes_px[adw_combo_row_get_selected (self->sizes[i])];
  }
  style.has_items = gtk_switch_get_active (self->items_switch);
  style.has_annotations = gtk_switch_get_active (self->annotations_switch);
  qonys_session_set_style (self->session, &style);
}

/* A layer turned on does not throw its options open: the list stays where it is. */
static void
switched_cb (QonysLayersPanel *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  adw_expander_row_set_expanded (row, FALSE);
  style_edited_cb (self);
}

static void
indicator_selected_cb (QonysLayersPanel *self)
{
  guint selected = adw_combo_row_get_selected (self->indicator_row);

  /* Behind the last statistic stands "Outlines only", which is none. */
  if (!self->is_updating && selected != GTK_INVALID_LIST_POSITION)
    qonys_session_set_statistic (self->session, qonys_statistics_get (selected));
}

static void
base_toggled_cb (QonysLayersPanel *self)
{
  if (!self->is_updating)
    qonys_session_set_has_tiles (self->session, gtk_check_button_get_active (self->tiles_button));
}

static void
norm_changed_cb (QonysLayersPanel *self)
{
  QonysProject *project = qonys_session_get_project (self->session);
  QonysNorm norm;

  if (self->is_updating || project == NULL || qonys_session_is_busy (self->session))
    return;
  norm = *qonys_session_get_norm (self->session);
  norm.norm_m2 = gtk_spin_button_get_value (self->norm_spin);
  qonys_session_set_norm (self->session, &norm);
}

static void
norm_reset_cb (QonysLayersPanel *self)
{
  gtk_spin_button_set_value (self->norm_spin, qonys_norm_get_default ().norm_m2);
}

/* What a layer's row says under its name: of which day its data are, or that there are none. */
static char *
describe_layer (const QonysContent *content, QonysLayer layer)
{
  g_autofree char *day = NULL;

  if (content == NULL)
    return g_strdup ("");
  if (layer == QONYS_LAYER_DISTRICTS) {
    day = qonys_format_day (content->districts_day);
    return content->districts_day == QONYS_DAY_MISSING
               ? g_strdup_printf ("%u", content->districts->len)
               : g_strdup_printf (_ ("as of %s"), day);
  }
  if (content->layers[layer].n_rows == 0 &&
      (content->layers[layer].cells == NULL || content->layers[layer].cells->len == 0))
    return g_strdup (_ ("no data loaded"));
  if (content->data_days[layer] == QONYS_DAY_MISSING)
    return g_strdup ("");
  day = qonys_format_day (content->data_days[layer]);
  return g_strdup_printf (_ ("as of %s"), day);
}

/* What is not the layer's form now is not there to be set; and why points are not to be seen. */
static void
update_form (QonysLayersPanel *self, QonysLayer layer)
{
  const QonysLayerStyle *style = &qonys_session_get_style (self->session)->layers[layer];
  const QonysContent *content = qonys_session_get_content (self->session);
  gboolean has_points = style->mode == QONYS_MODE_POINTS;
  guint size = 0;

  adw_combo_row_set_selected (self->modes[layer], style->mode);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->modes[layer]),
                               has_points && content != NULL &&
                                       content->audience != QONYS_AUDIENCE_OFFICIAL
                                   ? _ ("This view shows no addresses: groups are shown instead")
                                   : "");
  for (guint i = 1; i < G_N_ELEMENTS (point_sizes_px); i++)
    if (point_sizes_px[i] == style->point_size_px)
      size = i;
  adw_combo_row_set_selected (self->sizes[layer], size);
  gtk_widget_set_visible (GTK_WIDGET (self->sizes[layer]), has_points);
}

static void
update_tiles_row (QonysLayersPanel *self)
{
  QonysTileClient *tiles = qonys_session_get_tiles (self->session);
  gboolean is_offline = FALSE;

  if (tiles != NULL)
    g_object_get (tiles, "offline", &is_offline, NULL);
  adw_action_row_set_subtitle (self->tiles_row,
                               is_offline ? _ ("No connection: only tiles seen before are shown. "
                                               "The schematic base works without.")
                                          : _ ("From the internet"));
}

/* What the norm does to the city. */
static void
fill_norm_box (QonysLayersPanel *self)
{
  QonysRelease *release = qonys_session_get_release (self->session);
  QonysCard *card = release == NULL ? NULL : qonys_release_get_norm_card (release);
  gboolean is_explained = FALSE;

  qonys_box_clear (self->norm_box);
  gtk_widget_set_visible (self->norm_box, card != NULL);
  if (card == NULL)
    return;
  for (guint i = 0; i < card->rows->len; i++)
    qonys_card_append_row (self->norm_box, g_ptr_array_index (card->rows, i), &is_explained);
  gtk_box_append (GTK_BOX (self->norm_box), qonys_text_new (card->title, "qonys-subtitle"));
  for (guint i = 0; i < card->notes->len; i++)
    gtk_box_append (GTK_BOX (self->norm_box),
                    qonys_text_new (g_ptr_array_index (card->notes, i), "qonys-subtitle"));
  qonys_card_free (card);
}

/* Shows the norm asked for last, though its numbers may not be there yet. */
static void
update_norm (QonysLayersPanel *self)
{
  const QonysNorm *norm = qonys_session_get_norm (self->session);
  gboolean is_busy = qonys_session_is_busy (self->session);

  gtk_widget_set_visible (self->norm_group, norm != NULL);
  if (norm == NULL)
    return;
  gtk_spin_button_set_digits (self->norm_spin, norm->norm_m2 == floor (norm->norm_m2) ? 0 : 1);
  gtk_spin_button_set_value (self->norm_spin, norm->norm_m2);
  gtk_widget_set_sensitive (GTK_WIDGET (self->norm_spin), !is_busy);
  gtk_widget_set_sensitive (self->norm_reset,
                            !is_busy && norm->norm_m2 != qonys_norm_get_default ().norm_m2);
}

/* @n: how many this audience sees */
static void
update_switch (AdwActionRow *row, GtkSwitch *widget, gboolean is_on, guint n)
{
  g_autofree char *count = qonys_format_int (n);

  gtk_switch_set_active (widget, is_on);
  adw_action_row_set_subtitle (row, n > 0 ? count : _ ("none yet"));
}

static void
update (QonysLayersPanel *self)
{
  const QonysStyle *style = qonys_session_get_style (self->session);
  const QonysContent *content = qonys_session_get_content (self->session);
  const QonysStatistic *statistic = qonys_session_get_statistic (self->session);
  guint selected = 0;

  self->is_updating = TRUE;
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    g_autofree char *subtitle = describe_layer (content, i);

    if (adw_expander_row_get_enable_expansion (self->rows[i]) != style->layers[i].is_visible)
      adw_expander_row_set_enable_expansion (self->rows[i], style->layers[i].is_visible);
    gtk_range_set_value (self->opacities[i], style->layers[i].opacity * 100);
    if (self->modes[i] != NULL)
      update_form (self, i);
    adw_expander_row_set_subtitle (self->rows[i], subtitle);
  }
  update_switch (self->items_row, self->items_switch, style->has_items,
                 content == NULL ? 0 : content->n_items);
  update_switch (self->annotations_row, self->annotations_switch, style->has_annotations,
                 content == NULL ? 0 : content->notes->len - content->n_items);
  while (qonys_statistics_get (selected) != NULL && qonys_statistics_get (selected) != statistic)
    selected++;
  adw_combo_row_set_selected (self->indicator_row, selected);
  gtk_label_set_text (self->indicator_note, content == NULL || content->statistic_note == NULL
                                                ? ""
                                                : content->statistic_note);
  gtk_widget_set_visible (GTK_WIDGET (self->indicator_note),
                          gtk_label_get_text (self->indicator_note)[0] != '\0');
  gtk_check_button_set_active (
      style->has_schematic_base ? self->schematic_button : self->tiles_button, TRUE);
  update_tiles_row (self);
  update_norm (self);
  self->is_updating = FALSE;
}

static void
changed_cb (QonysLayersPanel *self, guint changes)
{
  if (changes &
      (QONYS_CHANGED_STYLE | QONYS_CHANGED_RELEASE | QONYS_CHANGED_JOB | QONYS_CHANGED_PLAN))
    update (self);
  if (changes & QONYS_CHANGED_RELEASE)
    fill_norm_box (self);
  if (changes & QONYS_CHANGED_STYLE) {
    QonysTileClient *tiles = qonys_session_get_tiles (self->session);

    if (tiles != NULL) {
      g_signal_handlers_disconnect_by_func (tiles, update_tiles_row, self);
      g_signal_connect_object (tiles, "notify::offline", G_CALLBACK (update_tiles_row), self,
                               G_CONNECT_SWAPPED);
    }
  }
}

static GtkWidget *
labelled_row_new (const char *title, GtkWidget *widget)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  return row;
}

/* The row's own switch has no name, and no way to it but this. */
static void
name_switch (GtkWidget *widget, const char *name)
{
  if (GTK_IS_SWITCH (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_switch (child, name);
}

/* A row of an expander that is only read: Tab passes it, and without words it is not there. */
static void
add_note (AdwExpanderRow *row, GtkWidget *note)
{
  GtkWidget *note_row;

  adw_expander_row_add_row (row, note);
  note_row = gtk_widget_get_parent (note);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (note_row), FALSE);
  gtk_widget_set_focusable (note_row, FALSE);
  g_object_bind_property (note, "visible", note_row, "visible", G_BINDING_SYNC_CREATE);
}

static AdwComboRow *
add_choice (QonysLayersPanel *self, QonysLayer layer, const char *title, const char *const *names)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (style_edited_cb), self);
  adw_expander_row_add_row (self->rows[layer], row);
  return ADW_COMBO_ROW (row);
}

static void
add_form (QonysLayersPanel *self, QonysLayer layer)
{
  const char *const modes[] = {_ ("Marks"), _ ("Heat"), _ ("Points"), NULL};
  g_autoptr (GStrvBuilder) sizes = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (point_sizes_px); i++) {
    /* Translators: pixels */
    g_autofree char *size =
        i == 0 ? g_strdup (_ ("By zoom")) : g_strdup_printf (_ ("%d px"), (int)point_sizes_px[i]);

    g_strv_builder_add (sizes, size);
  }
  names = g_strv_builder_end (sizes);
  self->modes[layer] = add_choice (self, layer, _ ("Shown as"), modes);
  self->sizes[layer] = add_choice (self, layer, _ ("Size of points"), (const char *const *)names);
}

static void
add_layer (QonysLayersPanel *self, QonysLayer layer)
{
  const char *title = qonys_layer_get_title (layer);
  g_autofree char *opacity_name = g_strdup_printf (_ ("Opacity of “%s”"), title);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 10, 100, 10);

  self->rows[layer] = ADW_EXPANDER_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_prefix (self->rows[layer], qonys_symbol_new (layer, 22));
  adw_expander_row_set_show_enable_switch (self->rows[layer], TRUE);
  name_switch (row, title);
  g_signal_connect_swapped (row, "notify::enable-expansion", G_CALLBACK (switched_cb), self);

  if (layer == QONYS_LAYER_DISTRICTS) {
    adw_expander_row_add_row (self->rows[layer], GTK_WIDGET (self->indicator_row));
    add_note (self->rows[layer], GTK_WIDGET (self->indicator_note));
  } else {
    add_form (self, layer);
  }

  self->opacities[layer] = GTK_RANGE (scale);
  gtk_widget_set_size_request (scale, 130, -1);
  gtk_widget_set_tooltip_text (scale, opacity_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  opacity_name, -1);
  g_signal_connect_swapped (scale, "value-changed", G_CALLBACK (style_edited_cb), self);
  adw_expander_row_add_row (self->rows[layer], labelled_row_new (_ ("Opacity"), scale));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->layers_group), row);
}

static AdwActionRow *
add_switch (QonysLayersPanel *self, const char *title, QonysNoteKind kind, GtkSwitch **made)
{
  GtkWidget *widget = gtk_switch_new (), *row = labelled_row_new (title, widget);

  *made = GTK_SWITCH (widget);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), qonys_note_symbol_new (kind, 22));
  name_switch (widget, title);
  g_signal_connect_swapped (widget, "notify::active", G_CALLBACK (style_edited_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->layers_group), row);
  return ADW_ACTION_ROW (row);
}

static void
fill_indicators (QonysLayersPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; qonys_statistics_get (i) != NULL; i++)
    gtk_string_list_append (names, _ (qonys_statistics_get (i)->title));
  gtk_string_list_append (names, _ ("Outlines only"));
  adw_combo_row_set_model (self->indicator_row, G_LIST_MODEL (names));
}

static void
qonys_layers_panel_constructed (GObject *object)
{
  QonysLayersPanel *self = QONYS_LAYERS_PANEL (object);

  G_OBJECT_CLASS (qonys_layers_panel_parent_class)->constructed (object);
  self->is_updating = TRUE;
  fill_indicators (self);
  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    add_layer (self, i);
  self->items_row = add_switch (self, _ ("Marked places"), QONYS_NOTE_ITEM, &self->items_switch);
  self->annotations_row =
      add_switch (self, _ ("Annotations"), QONYS_NOTE_PIN, &self->annotations_switch);
  gtk_box_append (GTK_BOX (self->page), qonys_data_list_new (self->session));
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self, QONYS_CHANGED_STYLE | QONYS_CHANGED_RELEASE);
}

static void
qonys_layers_panel_set_property (GObject *object, guint prop_id, const GValue *value,
                                 GParamSpec *pspec)
{
  QONYS_LAYERS_PANEL (object)->session = g_value_dup_object (value);
}

static void
qonys_layers_panel_dispose (GObject *object)
{
  QonysLayersPanel *self = QONYS_LAYERS_PANEL (object);

  self->is_updating = TRUE; /* widgets that go away say nothing */
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_layers_panel_parent_class)->dispose (object);
}

static void
qonys_layers_panel_class_init (QonysLayersPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_layers_panel_constructed;
  object_class->set_property = qonys_layers_panel_set_property;
  object_class->dispose = qonys_layers_panel_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/layers-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, page);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, layers_group);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, indicator_row);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, indicator_note);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, schematic_button);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, tiles_button);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, tiles_row);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, norm_group);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, norm_spin);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, norm_reset);
  gtk_widget_class_bind_template_child (widget_class, QonysLayersPanel, norm_box);
  gtk_widget_class_bind_template_callback (widget_class, indicator_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, base_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, norm_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, norm_reset_cb);
}

static void
qonys_layers_panel_init (QonysLayersPanel *self)
{
  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
