/* What the norm does to the city: three counters, made anew each time somebody moves the norm. */

#include "release/cards-private.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static QonysCardRow *
add_count (QonysCard *card, const QonysRelease *release, const char *label, gint64 count,
           gboolean is_hidden)
{
  gboolean is_small = qonys_count_is_unsafe (count, release->threshold);

  if (is_hidden)
    return _qonys_card_add (card, label, _qonys_card_format_hidden (release, is_small),
                            QONYS_VALUE_SUPPRESSED);
  if (count == QONYS_BIG_MISSING)
    return _qonys_card_add (card, label, g_strdup ("–"), QONYS_VALUE_MISSING);
  return _qonys_card_add (card, label, qonys_format_int (count), QONYS_VALUE_SHOWN);
}

static void
add_overcrowded (QonysCard *card, const QonysRelease *release, const QonysSummary *city)
{
  const QonysSafeAreas *areas = &release->safe->areas[QONYS_COUNT_OVERCROWDED];

  add_count (card, release, _ ("Overcrowded addresses"), city->n_overcrowded,
             areas->units != NULL && areas->is_hidden[areas->units->districts->len]);
}

static void
add_above (QonysCard *card, const QonysRelease *release)
{
  const QonysStatistic *statistic = qonys_statistic_find ("above_norm");
  QonysSafeValue value =
      _qonys_safe_get_city_value (_qonys_safe_find_statistic (release->safe, statistic));
  char *text = value.state == QONYS_VALUE_SHOWN ? qonys_format_int (llround (value.value))
               : value.state == QONYS_VALUE_SUPPRESSED
                   ? _qonys_card_format_hidden (release, value.is_small)
                   : g_strdup ("–");

  _qonys_card_add (card, _ (statistic->title), text, value.state);
}

static void
add_unknown (QonysCard *card, const QonysRelease *release, const QonysSummary *city)
{
  gint64 n_unknown = city->n_dwellings - city->n_norm_known;
  gboolean is_hidden = !_qonys_release_is_official (release) &&
                       (qonys_count_is_unsafe (n_unknown, release->threshold) ||
                        qonys_count_is_unsafe (city->n_norm_known, release->threshold));
  QonysCardRow *row =
      add_count (card, release, _ ("Left out: area or registrants unknown"), n_unknown, is_hidden);

  if (row->state == QONYS_VALUE_SHOWN && n_unknown > 0) {
    g_autofree char *share =
        qonys_format_decimal (100.0 * (double)n_unknown / (double)city->n_dwellings, 1);

    row->remark = g_strdup_printf (_ ("share of the city: %s %%"), share);
  }
}

QonysCard *
qonys_release_get_norm_card (const QonysRelease *release)
{
  const QonysSafe *safe = release->safe;
  const QonysUnits *units =
      _qonys_safe_find_statistic (safe, qonys_statistic_find ("above_norm"))->units;
  const QonysSummary *city = &units->summaries[units->districts->len];
  g_autofree char *title = _qonys_norm_describe (qonys_project_get_norm (release->project));
  QonysCard *card;

  if (!safe->has_dwellings)
    return NULL;
  card = _qonys_card_new (title, NULL);
  add_overcrowded (card, release, city);
  add_above (card, release);
  add_unknown (card, release, city);
  if (safe->is_upper_bound)
    _qonys_card_add_note (
        card, _ ("upper bound: where it is not known who is a relative all are counted"));
  return card;
}
