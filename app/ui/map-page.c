/* The map's furniture is painted by the same painter as the map and the sheets; here it is only
 * placed. The legend is repainted when data or looks change, the scale bar when the camera moves,
 * 0.3 ms each. */

#include "ui/map-page.h"
#include "ui/card.h"
#include "ui/job-row.h"
#include "ui/settings.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define LEGEND_WIDTH_PX 250
#define SCALE_WIDTH_PX 150
#define CARD_WIDTH_PX 310
#define ZOOM_WIDTH_PX 56
#define NARROW_PX 760 /* here a legend that is open hides much of the city */
#define MAX_VIEWS 20
#define OFFICIAL_MAX_ZOOM 19.0

struct _QonysMapPage {
  AdwBin parent_instance;

  /* Template Widgets */
  QonysMapView *view;
  GtkOverlay *overlay;
  GtkWidget *legend_area, *legend_box, *scale_area;
  GtkToggleButton *legend_button;
  GtkRevealer *legend_revealer;
  GtkLabel *synthetic_label, *attribution_label;
  GtkWidget *card_box;

  QonysCardView *card; /* borrowed */
  GArray *views;       /* element-type QonysCamera: to go back to */
  QonysSession *session;
  gboolean is_narrow, is_folding;
  gboolean has_view; /* the camera shows something already */
  guint fold_id;
};

G_DEFINE_FINAL_TYPE (QonysMapPage, qonys_map_page, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
draw_legend (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  QonysMapPage *self = data;
  QonysContent *content = qonys_session_get_content (self->session);
  double width_px, height_px;

  if (content != NULL)
    qonys_paint_legend (cr, content, qonys_session_get_style (self->session), LEGEND_WIDTH_PX,
                        &width_px, &height_px);
}

static void
draw_scale (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  QonysMapPage *self = data;
  QonysCamera camera = qonys_map_view_get_camera (self->view);
  double width_px, height_px;

  qonys_paint_scale_bar (cr, &camera, qonys_session_get_style (self->session), SCALE_WIDTH_PX,
                         &width_px, &height_px);
}

static void
measure_legend (QonysMapPage *self, const QonysContent *content, const QonysStyle *style)
{
  double width_px = 0, height_px = 0;
  g_autoptr (GString) names = g_string_new (_ ("Legend"));

  qonys_paint_legend (NULL, content, style, LEGEND_WIDTH_PX, &width_px, &height_px);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->legend_area), (int)ceil (width_px));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->legend_area), (int)ceil (height_px));
  gtk_widget_queue_draw (self->legend_area);
  gtk_widget_set_visible (self->legend_box, height_px > 1);
  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    if (style->layers[i].is_visible)
      g_string_append_printf (names, "%s%s", names->len > strlen (_ ("Legend")) ? ", " : ": ",
                              qonys_layer_get_title (i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->legend_area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  names->str, -1);
}

static void
measure_scale (QonysMapPage *self)
{
  QonysCamera camera = qonys_map_view_get_camera (self->view);
  double width_px = 0, height_px = 0;

  if (camera.width_px <= 0)
    return;
  qonys_paint_scale_bar (NULL, &camera, qonys_session_get_style (self->session), SCALE_WIDTH_PX,
                         &width_px, &height_px);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->scale_area), (int)ceil (width_px));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->scale_area), (int)ceil (height_px));
  gtk_widget_queue_draw (self->scale_area);
}

/* What floats takes its room from the map; in a narrow window the card takes the legend's. */
static void
make_room (QonysMapPage *self)
{
  gboolean has_card = gtk_widget_get_visible (GTK_WIDGET (self->card));
  gboolean has_legend = gtk_widget_get_visible (self->legend_box) &&
                        gtk_toggle_button_get_active (self->legend_button) &&
                        !(has_card && self->is_narrow);

  gtk_revealer_set_reveal_child (self->legend_revealer, has_legend);
  qonys_map_view_set_padding (self->view, has_legend ? LEGEND_WIDTH_PX + 40 : 0,
                              has_card ? CARD_WIDTH_PX : ZOOM_WIDTH_PX);
}

/* Wide and narrow windows each have a choice of their own: a legend opened on the wall does not
 * cover the city on a small laptop. */
static const char *
get_legend_key (QonysMapPage *self)
{
  return self->is_narrow ? "legend-narrow" : "legend-wide";
}

static void
legend_toggled_cb (QonysMapPage *self)
{
  GSettings *settings = qonys_settings_get ();

  if (settings != NULL && !self->is_folding)
    g_settings_set_boolean (settings, get_legend_key (self),
                            gtk_toggle_button_get_active (self->legend_button));
  make_room (self);
}

static void
fold (QonysMapPage *self)
{
  GSettings *settings = qonys_settings_get ();

  self->is_folding = TRUE;
  gtk_toggle_button_set_active (self->legend_button,
                                settings == NULL
                                    ? !self->is_narrow
                                    : g_settings_get_boolean (settings, get_legend_key (self)));
  self->is_folding = FALSE;
  make_room (self);
}

static gboolean
fold_cb (gpointer data)
{
  QonysMapPage *self = data;

  self->fold_id = 0;
  fold (self);
  return G_SOURCE_REMOVE;
}

/* What a widget shows may not change while widgets are given their sizes. */
static void
resized_cb (QonysMapPage *self, int width_px)
{
  if (self->is_narrow == (width_px < NARROW_PX))
    return;
  self->is_narrow = !self->is_narrow;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add (fold_cb, self);
}

static void
changed_cb (QonysMapPage *self, guint changes)
{
  QonysContent *content = qonys_session_get_content (self->session);
  const QonysStyle *style = qonys_session_get_style (self->session);
  g_autofree char *attribution = NULL;
  const char *mark;

  if (changes & QONYS_CHANGED_SELECTION)
    make_room (self);
  if ((changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_STYLE | QONYS_CHANGED_PLAN)) == 0 ||
      content == NULL)
    return;
  if (changes & QONYS_CHANGED_STYLE) {
    qonys_map_view_set_style (self->view, style);
    qonys_map_view_set_tiles (self->view, qonys_session_get_tiles (self->session));
  }
  if (changes & (QONYS_CHANGED_RELEASE | QONYS_CHANGED_PLAN)) {
    qonys_map_view_set_max_zoom (self->view, content->audience == QONYS_AUDIENCE_OFFICIAL
                                                 ? OFFICIAL_MAX_ZOOM
                                                 : QONYS_PUBLIC_MAX_ZOOM);
    qonys_map_view_set_content (self->view, content);
    mark = qonys_content_get_synthetic_mark (content);
    gtk_label_set_text (self->synthetic_label, mark == NULL ? "" : mark);
    gtk_widget_set_visible (GTK_WIDGET (self->synthetic_label), mark != NULL);
  }
  measure_legend (self, content, style);
  measure_scale (self);
  make_room (self);
  attribution = qonys_content_get_attribution (content, style);
  gtk_label_set_text (self->attribution_label, attribution);
}

static void
show_box_cb (QonysMapPage *self, const QonysBox *box)
{
  QonysCamera camera = qonys_map_view_get_camera (self->view);

  if (camera.width_px > 1 && self->has_view) {
    if (self->views->len == MAX_VIEWS)
      g_array_remove_index (self->views, 0);
    g_array_append_val (self->views, camera);
  }
  qonys_map_view_show_box (self->view, box, self->has_view);
  self->has_view = TRUE;
}

/* Somebody asked for Nura in the middle of a talk: one key and the map is where it was. */
static gboolean
view_back (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  QonysMapPage *self = QONYS_MAP_PAGE (widget);
  QonysCamera camera;

  if (self->views->len == 0)
    return FALSE;
  camera = g_array_index (self->views, QonysCamera, self->views->len - 1);
  g_array_set_size (self->views, self->views->len - 1);
  qonys_map_view_go_to (self->view, camera.center_x, camera.center_y, camera.zoom, TRUE);
  return TRUE;
}

static gboolean
close_card (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  qonys_session_clear_selection (QONYS_MAP_PAGE (widget)->session);
  return TRUE;
}

static void
picked_cb (QonysMapPage *self, const QonysPick *pick)
{
  qonys_session_select (self->session, pick);
}

QonysMapView *
qonys_map_page_get_view (QonysMapPage *self)
{
  return self->view;
}

GtkToggleButton *
qonys_map_page_get_legend_button (QonysMapPage *self)
{
  return self->legend_button;
}

static void
qonys_map_page_constructed (GObject *object)
{
  QonysMapPage *self = QONYS_MAP_PAGE (object);

  G_OBJECT_CLASS (qonys_map_page_parent_class)->constructed (object);
  self->card = g_object_new (QONYS_TYPE_CARD_VIEW, "session", self->session, NULL);
  gtk_box_append (GTK_BOX (self->card_box), GTK_WIDGET (self->card));
  gtk_overlay_add_overlay (self->overlay,
                           g_object_new (QONYS_TYPE_JOB_ROW, "session", self->session, NULL));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->legend_area), draw_legend, self, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->scale_area), draw_scale, self, NULL);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-box", G_CALLBACK (show_box_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self, QONYS_CHANGED_RELEASE | QONYS_CHANGED_STYLE);
  fold (self);
  self->has_view = qonys_session_get_content (self->session) != NULL;
}

static void
qonys_map_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  QONYS_MAP_PAGE (object)->session = g_value_dup_object (value);
}

static void
qonys_map_page_dispose (GObject *object)
{
  QonysMapPage *self = QONYS_MAP_PAGE (object);

  if (self->legend_area != NULL) {
    gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->legend_area), NULL, NULL, NULL);
    gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->scale_area), NULL, NULL, NULL);
    self->legend_area = NULL;
  }
  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_clear_pointer (&self->views, g_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qonys_map_page_parent_class)->dispose (object);
}

static void
qonys_map_page_class_init (QonysMapPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_map_page_constructed;
  object_class->set_property = qonys_map_page_set_property;
  object_class->dispose = qonys_map_page_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_card, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, view_back, NULL);
  g_type_ensure (QONYS_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/map-page.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, view);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, legend_area);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, legend_box);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, legend_button);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, legend_revealer);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, scale_area);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, synthetic_label);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, attribution_label);
  gtk_widget_class_bind_template_child (widget_class, QonysMapPage, card_box);
  gtk_widget_class_bind_template_callback (widget_class, measure_scale);
  gtk_widget_class_bind_template_callback (widget_class, legend_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

static void
qonys_map_page_init (QonysMapPage *self)
{
  self->views = g_array_new (FALSE, FALSE, sizeof (QonysCamera));
  gtk_widget_init_template (GTK_WIDGET (self));
}
