#pragma once

/* Shared by measure-list.c and measure-rows.c only. */

#include "ui/measure-list.h"

G_BEGIN_DECLS

struct _QonysMeasureLine {
  GObject parent_instance;

  QonysEntry *measure;
  char *heading;
  gboolean has_mark; /* says that it is recommended only; else its heading does */
};

G_END_DECLS
