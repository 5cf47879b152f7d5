#pragma once

#include "base/language.h"
#include "geo/polygon.h"

G_BEGIN_DECLS

typedef enum {
  QONYS_BASE_RIVER,
  QONYS_BASE_CREEK,
  QONYS_BASE_LAKE,
  QONYS_BASE_RAILWAY,
  QONYS_BASE_AVENUE,
  QONYS_BASE_LANDMARK,
} QonysBaseKind;

/** One line, area or place of the schematic base. */
typedef struct {
  QonysBaseKind kind;
  QonysText3 name;
  char *alternatives;  /* (nullable): other spellings, ';' between, for search */
  char *landmark_kind; /* (nullable): "market", "transport", "massif"… */
  int rank;            /* 1 main … 3 minor */
  QonysShape *shape;   /* lines and areas, mercator unit square; NULL for places */
  double x, y;         /* places: the point; lines: where the name may stand */
} QonysBaseFeature;

QonysBaseFeature *qonys_base_feature_new (void);
void qonys_base_feature_free (QonysBaseFeature *feature);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysBaseFeature, qonys_base_feature_free)

G_END_DECLS
