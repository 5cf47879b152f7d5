/* At most one card at a time, some twenty rows, made anew at each selection. A missing value is
 * shown as missing and a hidden one as hidden, each with its reason. */

#include "ui/card.h"
#include "domain/catalogue.h"
#include "ui/rows.h"
#include "ui/why-dialog.h"
#include <glib/gi18n-lib.h>

#define SHORT_VALUE_CHARS 12

struct _QonysCardView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *title, *subtitle;
  GtkWidget *rows_box, *scroller;

  QonysSession *session;
};

G_DEFINE_FINAL_TYPE (QonysCardView, qonys_card_view, ADW_TYPE_BIN)

enum { PROP_SESSION = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

void
qonys_card_append_row (GtkWidget *box, const QonysCardRow *row, gboolean *is_explained)
{
  gboolean is_short = g_utf8_strlen (row->value, -1) <= SHORT_VALUE_CHARS;
  GtkWidget *line = gtk_box_new (is_short ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                                 is_short ? 10 : 0);
  GtkWidget *label = qonys_text_new (row->label, NULL);
  GtkWidget *value =
      qonys_text_new (row->value, row->state == QONYS_VALUE_SHOWN ? "qonys-number" : "dim-label");

  if (is_short) {
    gtk_widget_set_hexpand (label, TRUE);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
    gtk_label_set_wrap (GTK_LABEL (value), FALSE);
    gtk_widget_set_valign (value, GTK_ALIGN_START);
  }
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (box), line);
  if (row->remark != NULL)
    gtk_box_append (GTK_BOX (box), qonys_text_new (row->remark, "qonys-subtitle"));
  if (row->state == QONYS_VALUE_SUPPRESSED && !*is_explained) {
    gtk_box_append (GTK_BOX (box), qonys_why_button_new ());
    *is_explained = TRUE;
  }
}

static void
append_problems (QonysCardView *self, const GPtrArray *ids)
{
  GtkWidget *list;

  if (ids->len == 0)
    return;
  list = qonys_list_new ();
  for (guint i = 0; i < ids->len; i++) {
    const QonysProblem *problem = qonys_catalogue_find_problem (g_ptr_array_index (ids, i));
    g_autoptr (GPtrArray) measures = NULL;
    g_autoptr (GString) numbers = NULL;
    g_autofree char *subtitle = NULL;

    if (problem == NULL)
      continue;
    measures = qonys_catalogue_get_measures_for (problem->id);
    numbers = g_string_new (NULL);
    for (guint m = 0; m < measures->len; m++)
      g_string_append_printf (numbers, "%s%s", m == 0 ? "" : ", ",
                              ((const QonysMeasure *)g_ptr_array_index (measures, m))->id);
    subtitle = measures->len == 0 ? g_strdup (_ ("no measure named"))
                                  : g_strdup_printf (_ ("measures: %s"), numbers->str);
    qonys_list_add (list, problem->id, NULL, qonys_text3_get (&problem->title), subtitle, NULL,
                    gtk_image_new_from_icon_name ("go-next-symbolic"));
  }
  gtk_box_append (GTK_BOX (self->rows_box), qonys_heading_new (_ ("Problems and their measures")));
  gtk_box_append (GTK_BOX (self->rows_box), list);
}

static void
row_activated_cb (QonysCardView *self, GtkListBoxRow *row)
{
  qonys_session_open_item (self->session, qonys_row_get_id (row));
}

static void
update (QonysCardView *self)
{
  QonysRelease *release = qonys_session_get_release (self->session);
  QonysCard *card =
      release == NULL
          ? NULL
          : qonys_release_get_card (release, qonys_session_get_selection (self->session));
  gboolean is_explained = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self), card != NULL);
  if (card == NULL)
    return;
  gtk_label_set_text (self->title, card->title);
  gtk_label_set_text (self->subtitle, card->subtitle == NULL ? "" : card->subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), card->subtitle != NULL);
  qonys_box_clear (self->rows_box);
  for (guint i = 0; i < card->rows->len; i++)
    qonys_card_append_row (self->rows_box, g_ptr_array_index (card->rows, i), &is_explained);
  for (guint i = 0; i < card->notes->len; i++)
    gtk_box_append (GTK_BOX (self->rows_box),
                    qonys_text_new (g_ptr_array_index (card->notes, i), "qonys-note"));
  append_problems (self, card->problem_ids);
  for (GtkWidget *child = gtk_widget_get_first_child (self->rows_box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_BOX (child))
      g_signal_connect_swapped (child, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, card->title,
                                  -1);
  qonys_card_free (card);
}

static void
changed_cb (QonysCardView *self, guint changes)
{
  if (changes & (QONYS_CHANGED_SELECTION | QONYS_CHANGED_RELEASE | QONYS_CHANGED_PLAN))
    update (self);
}

static void
close_cb (QonysCardView *self)
{
  qonys_session_clear_selection (self->session);
}

static gboolean
close_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  close_cb (QONYS_CARD_VIEW (widget));
  return TRUE;
}

static void
qonys_card_view_constructed (GObject *object)
{
  QonysCardView *self = QONYS_CARD_VIEW (object);

  G_OBJECT_CLASS (qonys_card_view_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
qonys_card_view_set_property (GObject *object, guint prop_id, const GValue *value,
                              GParamSpec *pspec)
{
  QONYS_CARD_VIEW (object)->session = g_value_dup_object (value);
}

static void
qonys_card_view_dispose (GObject *object)
{
  g_clear_object (&QONYS_CARD_VIEW (object)->session);
  G_OBJECT_CLASS (qonys_card_view_parent_class)->dispose (object);
}

static void
qonys_card_view_class_init (QonysCardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = qonys_card_view_constructed;
  object_class->set_property = qonys_card_view_set_property;
  object_class->dispose = qonys_card_view_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, QONYS_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/qonys/Qonys/card.ui");
  gtk_widget_class_bind_template_child (widget_class, QonysCardView, title);
  gtk_widget_class_bind_template_child (widget_class, QonysCardView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, QonysCardView, rows_box);
  gtk_widget_class_bind_template_child (widget_class, QonysCardView, scroller);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_key, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
qonys_card_view_init (QonysCardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
