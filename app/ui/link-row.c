/* A chooser of linked things: up to ten thousand of them, of which only those on screen have
 * widgets; what is searched is folded at the first search. */

#include "ui/link-row.h"
#include "base/fold.h"
#include "domain/catalogue.h"
#include "ui/dialogs.h"
#include "ui/measure-text.h"
#include "ui/rows.h"
#include <glib/gi18n-lib.h>

#define LIST_WIDTH_PX 440
#define LIST_HEIGHT_PX 480

/* ---- one thing ---- */

#define QONYS_TYPE_LINK (qonys_link_get_type ())
G_DECLARE_FINAL_TYPE (QonysLink, qonys_link, QONYS, LINK, GObject)

struct _QonysLink {
  GObject parent_instance;
  char *id, *title, *words, *key; /* key: words folded, NULL until they are searched */
  gboolean is_chosen;
};

G_DEFINE_FINAL_TYPE (QonysLink, qonys_link, G_TYPE_OBJECT)

enum { CHOSEN, N_LINK_SIGNALS };
static guint link_signals[N_LINK_SIGNALS];

static void
qonys_link_finalize (GObject *object)
{
  QonysLink *self = QONYS_LINK (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->words);
  g_free (self->key);
  G_OBJECT_CLASS (qonys_link_parent_class)->finalize (object);
}

static void
qonys_link_class_init (QonysLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qonys_link_finalize;
  link_signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_link_init (QonysLink *self)
{
}

static void
set_chosen (QonysLink *link, gboolean is_chosen)
{
  if (link->is_chosen == is_chosen)
    return;
  link->is_chosen = is_chosen;
  g_signal_emit (link, link_signals[CHOSEN], 0);
}

/* Takes the texts. */
static void
add_link (GListStore *links, const char *id, char *title, char *words)
{
  QonysLink *link = g_object_new (QONYS_TYPE_LINK, NULL);

  link->id = g_strdup (id);
  link->title = title;
  link->words = words;
  g_list_store_append (links, link);
  g_object_unref (link);
}

static void
add_text3 (GListStore *links, const char *id, const QonysText3 *title)
{
  add_link (links, id, g_strdup_printf ("%s · %s", id, qonys_text3_get (title)),
            g_strdup_printf ("%s %s %s %s", id, title->text[QONYS_KK], title->text[QONYS_RU],
                             title->text[QONYS_EN]));
}

GListStore *
qonys_links_new_problems (void)
{
  const GPtrArray *problems = qonys_catalogue_get ()->problems;
  GListStore *links = g_list_store_new (QONYS_TYPE_LINK);

  for (guint i = 0; i < problems->len; i++) {
    const QonysProblem *problem = problems->pdata[i];

    add_text3 (links, problem->id, &problem->title);
  }
  return links;
}

GListStore *
qonys_links_new_indicators (void)
{
  const GPtrArray *indicators = qonys_catalogue_get ()->indicators;
  GListStore *links = g_list_store_new (QONYS_TYPE_LINK);

  for (guint i = 0; i < indicators->len; i++) {
    const QonysIndicator *indicator = indicators->pdata[i];

    add_text3 (links, indicator->id, &indicator->title);
  }
  return links;
}

/* The texts of an entry in all languages. */
static char *
join_words (const QonysEntry *entry, guint field)
{
  const char *texts[QONYS_N_LANGUAGES];

  for (guint i = 0; i < QONYS_N_LANGUAGES; i++) {
    texts[i] = qonys_entry_get (entry, field + i);
    if (texts[i] == NULL)
      texts[i] = "";
  }
  return g_strjoin (" ", texts[0], texts[1], texts[2], NULL);
}

GListStore *
qonys_links_new_items (const QonysPlan *plan)
{
  const GPtrArray *items = qonys_plan_get_entries (plan, QONYS_ENTRY_ITEM);
  GListStore *links = g_list_store_new (QONYS_TYPE_LINK);

  for (guint i = 0; i < items->len; i++) {
    const QonysEntry *item = items->pdata[i];
    g_autofree char *words = join_words (item, QONYS_ITEM_TEXT_KK);
    char *name = qonys_item_dup_name (item);

    add_link (links, qonys_entry_get_id (item), name, g_strdup_printf ("%s %s", name, words));
  }
  return links;
}

GListStore *
qonys_links_new_measures (const QonysPlan *plan)
{
  const GPtrArray *measures = qonys_plan_get_entries (plan, QONYS_ENTRY_MEASURE);
  GListStore *links = g_list_store_new (QONYS_TYPE_LINK);

  for (guint i = 0; i < measures->len; i++) {
    const QonysEntry *measure = measures->pdata[i];
    g_autofree char *words = join_words (measure, QONYS_MEASURE_TITLE_KK);
    g_autofree char *title = qonys_entry_dup_text (measure, QONYS_MEASURE_TITLE_KK);
    const char *id = qonys_entry_get_id (measure);
    gboolean is_own = qonys_entry_get_bool (measure, QONYS_MEASURE_IS_OWN);

    add_link (links, id, is_own ? g_strdup (title) : g_strdup_printf ("%s · %s", id, title),
              g_strdup_printf ("%s %s", is_own ? "" : id, words));
  }
  return links;
}

/* ---- the row ---- */

struct _QonysLinkRow {
  AdwActionRow parent_instance;

  GListStore *links;
  GtkFilter *filter;
  GtkWidget *search; /* of the window that is open */
  char *needle;      /* folded */
  char *unknown;     /* ids that are not among the links */
  gboolean is_single;
};

G_DEFINE_FINAL_TYPE (QonysLinkRow, qonys_link_row, ADW_TYPE_ACTION_ROW)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static QonysLink *
get_link (QonysLinkRow *self, guint i)
{
  g_autoptr (QonysLink) link = g_list_model_get_item (G_LIST_MODEL (self->links), i);

  return link; /* the store holds it */
}

char *
qonys_link_row_dup_ids (QonysLinkRow *self)
{
  g_autoptr (GString) ids = g_string_new (self->unknown);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->links)); i++)
    if (get_link (self, i)->is_chosen)
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", get_link (self, i)->id);
  return ids->len == 0 ? NULL : g_strdup (ids->str);
}

/* What is chosen stands in the row, whole. */
static void
update (QonysLinkRow *self)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->links)); i++)
    if (get_link (self, i)->is_chosen)
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? "\n" : "",
                              get_link (self, i)->title);
  escaped = g_markup_escape_text (titles->len > 0 ? titles->str : _ ("None named"), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}

static void
choose (QonysLinkRow *self, QonysLink *link, gboolean is_chosen)
{
  for (guint i = 0;
       self->is_single && is_chosen && i < g_list_model_get_n_items (G_LIST_MODEL (self->links));
       i++)
    if (get_link (self, i) != link)
      set_chosen (get_link (self, i), FALSE);
  set_chosen (link, is_chosen);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
qonys_link_row_choose (QonysLinkRow *self, const char *id, gboolean is_chosen)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->links)); i++)
    if (g_str_equal (get_link (self, i)->id, id))
      choose (self, get_link (self, i), is_chosen);
}

static void
activated_cb (GtkListView *view, guint position, QonysLinkRow *self)
{
  g_autoptr (QonysLink) link =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  choose (self, link, !link->is_chosen);
  if (self->is_single && link->is_chosen)
    gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))));
}

static gboolean
match (gpointer item, gpointer data)
{
  QonysLink *link = item;
  QonysLinkRow *self = data;

  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;
  if (link->key == NULL)
    link->key = qonys_fold_text (link->words);
  return qonys_fold_match (self->needle, link->key) > 0;
}

static void
searched_cb (QonysLinkRow *self)
{
  g_free (self->needle);
  self->needle = qonys_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- lines of the list ---- */

static void
chosen_cb (QonysLink *link, GtkCheckButton *check)
{
  gtk_check_button_set_active (check, link->is_chosen);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_focusable (check, FALSE); /* the line is */
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), qonys_text_new ("", NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  QonysLink *link = gtk_list_item_get_item (item);
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (check)), link->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  link->title, -1);
  chosen_cb (link, GTK_CHECK_BUTTON (check));
  g_signal_connect (link, "chosen", G_CALLBACK (chosen_cb), check);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (
      gtk_list_item_get_item (item), chosen_cb,
      gtk_widget_get_first_child (gtk_list_item_get_child (item)));
}

static GtkWidget *
make_list (QonysLinkRow *self, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *found;
  GtkWidget *view;

  self->filter = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->links)), self->filter);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (found))),
                            factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (view, "activate", G_CALLBACK (activated_cb), self);
  return view;
}

/* Enter in the search chooses the first that was found. */
static void
search_activated_cb (GtkListView *view)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (view))) > 0)
    g_signal_emit_by_name (view, "activate", 0);
}

/* Down goes from the search into the list. */
static gboolean
enter_list (GtkWidget *search, GVariant *args, gpointer view)
{
  GtkWidget *line = gtk_widget_get_first_child (view);

  return line != NULL && gtk_widget_grab_focus (line);
}

/* The list in a window of its own, which Esc closes: the search above, chosen by Enter. */
static void
open_cb (QonysLinkRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *content, *view = make_list (self, title);
  GtkWindow *window;

  g_clear_pointer (&self->needle, g_free);
  window = qonys_dialogs_show_page (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
                                    view, LIST_WIDTH_PX, LIST_HEIGHT_PX);
  g_object_set_data_full (G_OBJECT (window), "qonys-link-row", g_object_ref (self), g_object_unref);
  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), view,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* before the text's */
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                        gtk_callback_action_new (enter_list, view, NULL)));
  gtk_widget_add_controller (self->search, keys);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), window);
  gtk_widget_set_margin_start (self->search, 12);
  gtk_widget_set_margin_end (self->search, 12);
  gtk_widget_set_margin_bottom (self->search, 6);
  content = adw_window_get_content (ADW_WINDOW (window));
  gtk_box_insert_child_after (GTK_BOX (content), self->search,
                              gtk_widget_get_first_child (content));
  gtk_widget_grab_focus (self->search);
}

/* ---- life ---- */

static void
qonys_link_row_dispose (GObject *object)
{
  QonysLinkRow *self = QONYS_LINK_ROW (object);

  g_clear_object (&self->links);
  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->unknown, g_free);
  G_OBJECT_CLASS (qonys_link_row_parent_class)->dispose (object);
}

static void
qonys_link_row_class_init (QonysLinkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qonys_link_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_link_row_init (QonysLinkRow *self)
{
}

GtkWidget *
qonys_link_row_new (const char *title, GListStore *links, const char *ids, gboolean is_single)
{
  QonysLinkRow *self =
      g_object_new (QONYS_TYPE_LINK_ROW, "title", title, "activatable", TRUE, NULL);
  g_auto (GStrv) chosen = g_strsplit (ids == NULL ? "" : ids, " ", -1);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) unknown = g_string_new (NULL);

  self->links = links;
  self->is_single = is_single;
  for (char **id = chosen; *id != NULL; id++)
    g_hash_table_add (wanted, *id);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (links)); i++)
    get_link (self, i)->is_chosen = g_hash_table_remove (wanted, get_link (self, i)->id);
  for (char **id = chosen; *id != NULL; id++)
    if (**id != '\0' && g_hash_table_contains (wanted, *id))
      g_string_append_printf (unknown, "%s%s", unknown->len > 0 ? " " : "", *id);
  self->unknown = g_strdup (unknown->str);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_set_receives_default (GTK_WIDGET (self), TRUE); /* Enter opens it, not the dialog's */
  g_signal_connect (self, "activated", G_CALLBACK (open_cb), NULL);
  update (self);
  return GTK_WIDGET (self);
}
