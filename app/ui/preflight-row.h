#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/** What a wall will be; a plain value. */
typedef struct {
  QonysAudience audience;
  const char *purpose; /* (nullable): for the public */
  int width_px, height_px, scale;
  gboolean is_dark;
} QonysPreflightWall;

/** A row that says whether the scenes are ready for a wall; activated it shows what was found.
 * Gone with its dialog, which stops the check. */
GtkWidget *qonys_preflight_row_new (QonysSession *session);

/** Checks the scenes in a job and stores their pictures; what runs for another wall is stopped.
 * NULL: it is not known yet for whom. */
void qonys_preflight_row_check (GtkWidget *row, const QonysPreflightWall *wall);

G_END_DECLS
