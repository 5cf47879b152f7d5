#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_PANEL (qonys_panel_get_type ())

/**
 * QonysPanel:
 *
 * One page of the sidebar: a list, and behind it the page of one item with a way back. A panel
 * has one input, the property "session"; it never touches another panel.
 */
G_DECLARE_DERIVABLE_TYPE (QonysPanel, qonys_panel, QONYS, PANEL, AdwBin)

struct _QonysPanelClass {
  AdwBinClass parent_class;

  /** (nullable): Makes what is put in the place of the list page's scrolled box; fill_list() is
   * then called with it and brings it up to date. */
  GtkWidget *(*make_list) (QonysPanel *self);
  /** Fills the empty @box of the list page. */
  void (*fill_list) (QonysPanel *self, GtkWidget *box);
  /** Fills the empty @box of the page of @id. */
  void (*fill_item) (QonysPanel *self, const char *id, GtkWidget *box);
  /** Is @id an item of this panel? */
  gboolean (*has_item) (QonysPanel *self, const char *id);
  /** The changes after which the pages must be filled anew. */
  QonysChange depends_on;
};

QonysSession *qonys_panel_get_session (QonysPanel *self);

/** Opens the page of one item; NULL goes back to the list. */
void qonys_panel_open (QonysPanel *self, const char *id);
/** The item open, or NULL. */
const char *qonys_panel_get_item (QonysPanel *self);

/** For "row-activated" of lists in a panel: opens the row's item here. */
void qonys_panel_row_activated_cb (QonysPanel *self, GtkListBoxRow *row);
/** For lists of items that may be another panel's. */
void qonys_panel_open_elsewhere_cb (QonysPanel *self, GtkListBoxRow *row);

G_END_DECLS
