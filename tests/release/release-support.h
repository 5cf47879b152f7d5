#pragma once

#include "support.h"

#include "release/release.h"

G_BEGIN_DECLS

/* Small worlds for the gate's tests. Districts are boxes of 0.1° in Astana: Almaty 711110000 west
 * and Saryarka 711310000 east until 2024-03-01; since then the north of Almaty is Sarayshyk
 * 711610000. */

typedef struct {
  QonysTableBuilder *builders[QONYS_N_RECORD_TYPES];
  gboolean is_synthetic;
  const char *path; /* of the project's file; NULL: none */
  guint n_dwellings, n_operations;
} World;

World *world_new (void);

/** @n dwellings at one place, the first @n_overcrowded of them with ten registered in 35.7 m², the
 * others with one; keys "d0", "d1", … run on. */
void world_add_dwellings (World *world, double lon_deg, double lat_deg, guint n,
                          guint n_overcrowded);
/** A suspicion of the dwelling with this number. */
void world_add_suspicion (World *world, guint dwelling, guint8 status, double lon_deg,
                          double lat_deg);
/** @n operations of one day. @kato: nullable */
void world_add_operations (World *world, const char *kato, const char *day, guint n);
/** One operation that found so many violations. */
void world_add_violations (World *world, const char *kato, const char *day, gint32 n_violations);
void world_add_flow (World *world, const char *origin, const char *destination, const char *month,
                     guint8 direction, gint32 arrivals, gint32 departures);

/** Ends the world: makes a project of it. */
QonysProject *world_finish (World *world);

/** A release that must come to be. @statistic: (nullable): its id */
QonysRelease *release_for (QonysProject *project, QonysAudience audience, const char *statistic);

/** Writes a layer into a temporary folder and reads it back. */
char *export_text (QonysRelease *release, const char *layer, const char *format);

/** The lines of a CSV without the first, each split into fields by column name. */
GPtrArray *csv_rows (const char *text); /* element-type GHashTable of char* */
const char *csv_get (GHashTable *row, const char *column);

QonysDay day_of (const char *iso);

/** Runs the tests with a data folder of their own: the export log of whoever tests stays clean. */
int release_test_run (void);

G_END_DECLS
