#pragma once

#include "ui/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define QONYS_TYPE_JOB_ROW (qonys_job_row_get_type ())

/**
 * QonysJobRow:
 *
 * The job that runs: what is done, how far it is, a button that stops it. It floats, so that the
 * map does not move. One input: the property "session".
 */
G_DECLARE_FINAL_TYPE (QonysJobRow, qonys_job_row, QONYS, JOB_ROW, AdwBin)

G_END_DECLS
