/* The desktop's list of recent files does not learn of us. Once a chosen file. */
#include "ui/recent.h"

#include <gtk/gtk.h>

static void
changed_cb (GtkRecentManager *manager, gpointer data)
{
  char *uri = data;

  if (!gtk_recent_manager_has_item (manager, uri))
    return;
  g_signal_handlers_block_by_func (manager, changed_cb, uri);
  gtk_recent_manager_remove_item (manager, uri, NULL);
  g_signal_handlers_unblock_by_func (manager, changed_cb, uri);
}

static void
free_uri (gpointer uri, GClosure *closure)
{
  g_free (uri);
}

void
qonys_recent_keep_out (GFile *file)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  char *uri = g_file_get_uri (file);

  if (gtk_recent_manager_has_item (manager, uri)) {
    g_free (uri);
    return;
  }
  g_signal_connect_data (manager, "changed", G_CALLBACK (changed_cb), uri, free_uri, 0);
}
