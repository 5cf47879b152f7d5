#pragma once

#include "base/date.h"
#include "base/language.h"
#include "geo/polygon.h"

G_BEGIN_DECLS

#define QONYS_CITY_KATO "710000000"

/** One version of one district. Immutable. */
typedef struct {
  char kato[10];
  QonysText3 name; /* full: «Алматы ауданы», «район «Алматы»», “Almaty district” */
  double area_km2;     /* official; NaN if unknown */
  QonysDay valid_from; /* missing: since ever */
  QonysDay valid_to;   /* exclusive; missing: still */
  char split_from[10]; /* KATO or "" */
  gboolean is_schematic;
  char *source;
  QonysShape *shape; /* mercator unit square */
  double label_x, label_y;
} QonysDistrict;

QonysDistrict *qonys_district_new (void);
void qonys_district_free (QonysDistrict *district);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDistrict, qonys_district_free)

/**
 * QonysDistricts:
 *
 * All versions of all districts. Frozen, reference-counted.
 */
typedef struct _QonysDistricts QonysDistricts;

/** @districts: (transfer full) (element-type QonysDistrict) */
QonysDistricts *qonys_districts_new (GPtrArray *districts);
QonysDistricts *qonys_districts_ref (QonysDistricts *districts);
void qonys_districts_unref (QonysDistricts *districts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysDistricts, qonys_districts_unref)

guint qonys_districts_get_n (const QonysDistricts *districts);
const QonysDistrict *qonys_districts_get (const QonysDistricts *districts, guint i);

/** Those valid on @day (missing: the newest), in order of KATO; before the first version the
 * oldest. Returns: (transfer container) (element-type QonysDistrict): never empty unless the set
 * is */
GPtrArray *qonys_districts_get_on_day (const QonysDistricts *districts, QonysDay day);

/** Returns: (transfer full) (element-type GPtrArray): every different set that
 * qonys_districts_get_on_day() gives, for a few days. */
GPtrArray *qonys_districts_get_sets (const QonysDistricts *districts);

/** Was there no version of this ground before (or none with an outline)? FALSE for what came of a
 * split. The first version serves the days before it, too. */
gboolean qonys_districts_is_first (const QonysDistricts *districts, const QonysDistrict *district);

/** The box of the whole city, mercator unit square. */
QonysBox qonys_districts_get_box (const QonysDistricts *districts);

/** The box of each district's largest part: the city without its far exclaves, to begin with. */
QonysBox qonys_districts_get_main_box (const QonysDistricts *districts);

/**
 * qonys_district_recognise:
 * @text: a KATO code or a name in any spelling: «Сарыарка», «Сарыаркинский район», "Yesil"
 *
 * Returns: the KATO of the district of Astana that is meant, %QONYS_CITY_KATO for the city, or
 *   %NULL. «Алматы» alone means the district; «город Алматы» does not.
 */
const char *qonys_district_recognise (const char *text);

/** The six districts' bundled full names by KATO; NULL if there is none such. */
const QonysText3 *qonys_district_get_known_name (const char *kato);

G_END_DECLS
