/* Printing: one thing at a time, by the painter of screen and files. The log comes first: what
 * cannot be logged does not go to a printer. */

#include "ui/print.h"

typedef struct {
  QonysPages *pages;
  GError *error;
} Print;

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, Print *print)
{
  guint n;

  if (!qonys_pages_log_print (print->pages, &print->error)) {
    gtk_print_operation_cancel (operation);
    return;
  }
  n = qonys_pages_paginate (print->pages, gtk_print_context_get_width (context),
                            gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int)n);
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *print)
{
  qonys_pages_paint (print->pages, gtk_print_context_get_cairo_context (context), (guint)page);
}

void
qonys_print (GtkWindow *parent, QonysPages *pages, QonysPrintFailedFunc failed, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  Print print = {pages, NULL};
  g_autoptr (GError) own = NULL;

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_orientation (setup, qonys_pages_is_landscape (pages)
                                             ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                             : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE); /* the pages have margins */
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, qonys_pages_get_title (pages));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), &print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), &print);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &own);
  if (print.error != NULL)
    failed (print.error, data);
  else if (own != NULL)
    failed (g_steal_pointer (&own), data);
}
