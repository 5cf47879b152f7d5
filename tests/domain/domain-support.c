/* Small worlds for the domain's tests. */

#include "domain-support.h"

QonysDay
day_of (const char *iso)
{
  QonysDay day = QONYS_DAY_MISSING;

  if (*iso != '\0')
    g_assert_true (qonys_day_parse (iso, &day));
  return day;
}

QonysDistrict *
make_district (const char *kato, double x, double y, double half, QonysDay from, QonysDay to)
{
  const guint starts[] = {0, 5};
  const double xs[] = {x - half, x + half, x + half, x - half, x - half};
  const double ys[] = {y - half, y - half, y + half, y + half, y - half};
  QonysDistrict *district = qonys_district_new ();

  g_strlcpy (district->kato, kato, sizeof district->kato);
  district->name.text[QONYS_KK] = g_strdup (kato);
  district->valid_from = from;
  district->valid_to = to;
  district->shape = qonys_shape_new (1, starts, xs, ys);
  district->label_x = x;
  district->label_y = y;
  return district;
}

QonysDistricts *
make_districts (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_district_free);
  QonysDay split = day_of ("2024-05-23"), start = day_of ("2018-03-16");

  g_ptr_array_add (all, make_district ("711110000", 0.1, 0.1, 0.04, start, split));
  g_ptr_array_add (all, make_district ("711110000", 0.08, 0.1, 0.02, split, QONYS_DAY_MISSING));
  g_ptr_array_add (all, make_district ("711610000", 0.12, 0.1, 0.02, split, QONYS_DAY_MISSING));
  g_ptr_array_add (all, make_district ("711210000", 0.2, 0.1, 0.04, start, QONYS_DAY_MISSING));
  g_ptr_array_add (all, make_district ("711310000", 0.3, 0.1, 0.04, start, QONYS_DAY_MISSING));
  g_ptr_array_add (all, make_district ("711410000", 0.4, 0.1, 0.04, start, QONYS_DAY_MISSING));
  g_ptr_array_add (all, make_district ("711510000", 0.5, 0.1, 0.04, start, QONYS_DAY_MISSING));
  return qonys_districts_new (all);
}

QonysProject *
make_project (QonysTable *tables[QONYS_N_RECORD_TYPES], gboolean is_synthetic)
{
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  QonysNorm norm = qonys_norm_get_default ();

  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    if (tables[type] != NULL) {
      QonysDataset *dataset = qonys_dataset_new ();

      dataset->id = (gint32)type + 1;
      dataset->type = type;
      dataset->is_synthetic = is_synthetic;
      g_ptr_array_add (datasets, dataset);
    }
  return qonys_project_new (
      NULL, tables, datasets, make_districts (),
      g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_base_feature_free), &norm);
}
