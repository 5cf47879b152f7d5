/* The schematic base: about a hundred lines and places, made once. */

#include "domain/basemap.h"

#include <math.h>

QonysBaseFeature *
qonys_base_feature_new (void)
{
  QonysBaseFeature *feature = g_new0 (QonysBaseFeature, 1);

  feature->x = feature->y = NAN;
  return feature;
}

void
qonys_base_feature_free (QonysBaseFeature *feature)
{
  qonys_text3_clear (&feature->name);
  g_free (feature->alternatives);
  g_free (feature->landmark_kind);
  g_clear_pointer (&feature->shape, qonys_shape_free);
  g_free (feature);
}
