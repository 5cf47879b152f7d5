#pragma once

#include "domain/demo.h"

/* What the parts of the demo share. */
typedef struct {
  GRand *rand;
  QonysDistricts *districts;
  GPtrArray *base;
} QonysDemo;

/** 11 operations of 2023 whose totals are the resolution's. */
QonysTable *qonys_demo_make_operations (QonysDemo *demo, gint32 dataset_id);

/** Arrivals and departures of the nine months of A9, city-wide, by origin. */
QonysTable *qonys_demo_make_flows (QonysDemo *demo, gint32 dataset_id);

/** Twelve monthly counts a district that end at what @dwellings hold. */
QonysTable *qonys_demo_make_registrations (QonysDemo *demo, const QonysTable *dwellings,
                                           gint32 dataset_id);

/** A normal deviate. */
double qonys_demo_random_normal (GRand *rand);
