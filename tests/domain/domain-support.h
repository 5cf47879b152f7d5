#pragma once

#include "domain/project.h"

/** A square district around a mercator point. */
QonysDistrict *make_district (const char *kato, double x, double y, double half, QonysDay from,
                              QonysDay to);

/** The day of an ISO date; "" is missing. */
QonysDay day_of (const char *iso);

/** Five squares until 2024-05-23, six since: Almaty is split. */
QonysDistricts *make_districts (void);

/** A project over make_districts() with the tables given (transfer full). */
QonysProject *make_project (QonysTable *tables[QONYS_N_RECORD_TYPES], gboolean is_synthetic);
