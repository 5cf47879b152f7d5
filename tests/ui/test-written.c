/* What people wrote, on the map: an edit is seen and told at once, a selection is found again by
 * its id, and what is shown comes into view. */

#include "ui-support.h"
#include "ui/map-page.h"
#include <adwaita.h>
#include <math.h>

static QonysEntry *
make_item (const char *id, const char *text)
{
  const char *values[QONYS_ITEM_N_FIELDS] = {[QONYS_ITEM_PROBLEM] = "P16",
                                             [QONYS_ITEM_PLACE_KIND] = "point",
                                             [QONYS_ITEM_SHAPE] = "POINT (71.43 51.13)",
                                             [QONYS_ITEM_TEXT_EN] = text,
                                             [QONYS_ITEM_DAY] = "2024-02-01"};

  return qonys_entry_new (QONYS_ENTRY_ITEM, id, values);
}

/* Takes both. */
static void
do_edit (const char *action, QonysEntry *before, QonysEntry *after)
{
  g_autoptr (QonysEdit) edit = qonys_edit_new (action, NULL, "analyst", NULL);
  g_autoptr (GError) error = NULL;

  qonys_edit_add (edit, before, after);
  g_assert_true (qonys_session_edit (ui_session (), edit, &error));
  g_assert_no_error (error);
  g_clear_pointer (&before, qonys_entry_unref);
  g_clear_pointer (&after, qonys_entry_unref);
}

static QonysEntry *
get_entry (const char *id)
{
  return qonys_plan_find (qonys_session_get_plan (ui_session ()), QONYS_ENTRY_ITEM, id);
}

static gboolean
card_shows (const char *text)
{
  return ui_shows (GTK_WIDGET (ui_window ()), text);
}

static const char *
get_selected (void)
{
  return qonys_style_get_selected_entry (qonys_session_get_style (ui_session ()));
}

static void
test_edit (void)
{
  QonysSession *session = ui_session ();

  ui_open_demo ();
  /* At once, with no job between. */
  do_edit ("item.add", NULL, make_item ("m-2", "The queue is long"));
  g_assert_cmpint (qonys_content_find_note (qonys_session_get_content (session), "m-2"), ==, 0);
  qonys_session_select_entry (session, "m-2");
  g_assert_cmpstr (get_selected (), ==, "m-2");
  g_assert_true (card_shows ("The queue is long"));

  /* Another one before it in the order: the number is another, the selection the same. */
  do_edit ("item.add", NULL, make_item ("m-1", "No seats"));
  g_assert_cmpuint (qonys_session_get_selection (session)->index, ==, 1);
  g_assert_cmpstr (get_selected (), ==, "m-2");
  g_assert_true (card_shows ("The queue is long"));
  do_edit ("item.change", qonys_entry_ref (get_entry ("m-2")),
           qonys_entry_with (get_entry ("m-2"), QONYS_ITEM_TEXT_EN, "The queue is gone"));
  g_assert_true (card_shows ("The queue is gone"));
  ui_settle (); /* saved as a draft meanwhile: another project, the same place */
  g_assert_cmpstr (get_selected (), ==, "m-2");
  g_assert_true (card_shows ("The queue is gone"));

  qonys_session_undo (session);
  g_assert_true (card_shows ("The queue is long"));
  do_edit ("item.delete", qonys_entry_ref (get_entry ("m-2")), NULL);
  g_assert_cmpint (qonys_session_get_selection (session)->kind, ==, QONYS_PICK_NONE);
  g_assert_cmpstr (get_selected (), ==, "");
  ui_settle ();
}

static void
shown_cb (QonysSession *session, const QonysBox *box, QonysBox *shown)
{
  *shown = *box;
}

static void
test_show (void)
{
  QonysSession *session = ui_session ();
  QonysStyle style = *qonys_session_get_style (session);
  QonysBox shown = qonys_box_empty ();
  const QonysPick *selection;

  qonys_session_select_entry (session, "nobody");
  g_assert_cmpint (qonys_session_get_selection (session)->kind, ==, QONYS_PICK_NONE);
  style.has_items = FALSE;
  qonys_session_set_style (session, &style);
  g_signal_connect (session, "show-box", G_CALLBACK (shown_cb), &shown);
  qonys_session_show_entry (session, "m-1");
  g_signal_handlers_disconnect_by_func (session, shown_cb, &shown);
  selection = qonys_session_get_selection (session);
  g_assert_cmpint (selection->kind, ==, QONYS_PICK_ITEM);
  g_assert_true (qonys_box_contains (&shown, selection->x, selection->y));
  g_assert_true (qonys_session_get_style (session)->has_items);
  g_assert_true (card_shows ("No seats"));
  ui_settle ();
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/written/edit", test_edit);
  g_test_add_func ("/ui/written/show", test_show);
  return ui_run ();
}
