/* Cards of what people wrote: an item, a group of items, an annotation; from the entry the gate
 * left. A text that is missing in the language now set is said to be missing, never borrowed. */

#include "release/cards-private.h"

#include "base/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_LISTED 12 /* of a group */

static QonysCardRow *
add_value (QonysCard *card, const QonysEntry *entry, guint field, char *value)
{
  const char *label =
      _ (qonys_entry_schema_get (qonys_entry_get_kind (entry))->fields[field].label);

  return _qonys_card_add (card, label, value, QONYS_VALUE_SHOWN);
}

static void
add_text (QonysCard *card, const QonysNoteMark *note, guint field)
{
  QonysCardRow *row;

  if (!note->is_text_missing && note->text[0] == '\0')
    return;
  row = add_value (card, note->entry, field, g_strdup (note->is_text_missing ? "–" : note->text));
  if (note->is_text_missing) {
    row->state = QONYS_VALUE_MISSING;
    row->remark = g_strdup (_ ("No text in this language"));
  }
}

static char *
describe_place (const QonysNoteMark *note)
{
  const char *kind = qonys_entry_get (note->entry, QONYS_ITEM_PLACE_KIND);
  const char *place = qonys_entry_get (note->entry, QONYS_ITEM_PLACE_REF);

  if (note->district != NULL)
    return g_strdup (qonys_text3_get (&note->district->name));
  if (g_strcmp0 (kind, "city") == 0)
    return g_strdup (_ ("City of Astana"));
  if (g_strcmp0 (kind, "cell") == 0)
    return place != NULL ? g_strdup_printf ("%s, %s", _ ("Square of 500 m"), place)
                         : g_strdup (_ ("Square of 500 m"));
  if (place != NULL)
    return g_strdup (place);
  return g_strdup (g_strcmp0 (kind, "area") == 0 ? _ ("Area on the map") : _ ("Point on the map"));
}

/* "35.7 %" of an indicator and its day. */
static void
add_evidence (QonysCard *card, const QonysEntry *entry)
{
  const char *id = qonys_entry_get (entry, QONYS_ITEM_INDICATOR);
  const QonysIndicator *indicator = id != NULL ? qonys_catalogue_find_indicator (id) : NULL;
  double value = qonys_entry_get_number (entry, QONYS_ITEM_INDICATOR_VALUE);
  QonysDay day = qonys_entry_get_day (entry, QONYS_ITEM_INDICATOR_DAY);
  g_autofree char *number = isnan (value) ? g_strdup ("–") : qonys_format_decimal (value, 2);
  QonysCardRow *row;

  if (id == NULL)
    return;
  row = _qonys_card_add (card, indicator != NULL ? qonys_text3_get (&indicator->title) : id,
                         indicator != NULL && !isnan (value)
                             ? g_strdup_printf ("%s %s", number, qonys_text3_get (&indicator->unit))
                             : g_strdup (number),
                         isnan (value) ? QONYS_VALUE_MISSING : QONYS_VALUE_SHOWN);
  if (day != QONYS_DAY_MISSING) {
    g_autofree char *text = qonys_format_day (day);

    row->remark = g_strdup_printf (_ ("as of %s"), text);
  }
}

static void
add_day (QonysCard *card, const QonysEntry *entry, guint field)
{
  QonysDay day = qonys_entry_get_day (entry, field);

  if (day != QONYS_DAY_MISSING)
    add_value (card, entry, field, qonys_format_day (day));
}

static void
add_measures (QonysCard *card, GPtrArray *ids)
{
  for (guint i = 0; i < ids->len && ids->pdata[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (card->measure_ids, ids->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (card->measure_ids, g_strdup (ids->pdata[i]));
}

/* Measures linked to an item. */
static void
add_measures_of_item (QonysCard *card, const QonysRelease *release, const char *id)
{
  g_autoptr (GPtrArray) ids = _qonys_plan_find_measures (release->plan, QONYS_MEASURE_ITEMS, id);

  add_measures (card, ids);
}

static char *
format_title (const QonysNoteMark *note)
{
  const char *problem = qonys_entry_get (note->entry, QONYS_ITEM_PROBLEM);

  return g_strdup_printf ("%s · %s", problem != NULL ? problem : "", note->title);
}

static QonysCard *
make_item_card (const QonysRelease *release, const QonysNoteMark *note)
{
  const QonysEntry *entry = note->entry;
  g_autofree char *title = format_title (note);
  QonysCard *card =
      _qonys_card_new (title, note->is_solved ? _ ("Marked place: solved") : _ ("Marked place"));
  const char *severity = qonys_entry_get (entry, QONYS_ITEM_SEVERITY);
  const char *document = qonys_entry_get (entry, QONYS_ITEM_DOCUMENT);
  const char *problem = qonys_entry_get (entry, QONYS_ITEM_PROBLEM);
  QonysCardRow *row;

  add_text (card, note, QONYS_ITEM_TEXT_KK);
  row = add_value (card, entry, QONYS_ITEM_PLACE_REF, describe_place (note));
  if (note->is_generalised)
    row->remark = g_strdup (_ ("approximate place"));
  add_evidence (card, entry);
  if (severity != NULL) {
    row = add_value (card, entry, QONYS_ITEM_SEVERITY, g_strdup_printf (_ ("%s of 5"), severity));
    row->remark = g_strdup (qonys_entry_get (entry, QONYS_ITEM_SEVERITY_REASONS));
  }
  if (document != NULL)
    add_value (card, entry, QONYS_ITEM_DOCUMENT, g_strdup (document));
  add_day (card, entry, QONYS_ITEM_DAY);
  add_day (card, entry, QONYS_ITEM_SOLVED_ON);
  if (problem != NULL)
    _qonys_card_add_problem (card, problem);
  add_measures_of_item (card, release, qonys_entry_get_id (entry));
  return card;
}

static QonysCard *
make_annotation_card (const QonysRelease *release, const QonysNoteMark *note)
{
  static const guint pictures[] = {QONYS_ANNOTATION_BEFORE, QONYS_ANNOTATION_AFTER};
  QonysCard *card = _qonys_card_new (note->title, _ ("Annotation"));
  g_auto (GStrv) items = qonys_entry_dup_ids (note->entry, QONYS_ANNOTATION_ITEMS);
  g_auto (GStrv) measures = qonys_entry_dup_ids (note->entry, QONYS_ANNOTATION_MEASURES);

  add_text (card, note, QONYS_ANNOTATION_TEXT_KK);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    const char *picture = qonys_entry_get (note->entry, pictures[i]);

    if (picture != NULL)
      add_value (card, note->entry, pictures[i], g_strdup (picture));
  }
  for (guint i = 0; items[i] != NULL; i++) {
    int at = qonys_content_find_note (release->content, items[i]);
    g_autofree char *title = at >= 0 ? format_title (release->content->notes->pdata[at]) : NULL;

    if (title == NULL)
      continue;
    _qonys_card_add (card, _ ("Marked place"), g_steal_pointer (&title), QONYS_VALUE_SHOWN);
    add_measures_of_item (card, release, items[i]);
  }
  for (guint i = 0; measures[i] != NULL; i++)
    if (qonys_plan_find (release->plan, QONYS_ENTRY_MEASURE, measures[i]) != NULL &&
        !g_ptr_array_find_with_equal_func (card->measure_ids, measures[i], g_str_equal, NULL))
      g_ptr_array_add (card->measure_ids, g_strdup (measures[i]));
  if (note->is_generalised)
    _qonys_card_add_note (card, _ ("Its position is rounded to 100 m."));
  return card;
}

QonysCard *
_qonys_card_new_for_note (const QonysRelease *release, guint index)
{
  const QonysNoteMark *note = release->content->notes->pdata[index];
  QonysCard *card = note->kind == QONYS_NOTE_ITEM ? make_item_card (release, note)
                                                  : make_annotation_card (release, note);

  card->entry_id = g_strdup (qonys_entry_get_id (note->entry));
  return card;
}

QonysCard *
_qonys_card_new_for_items (const QonysRelease *release, const GArray *indices)
{
  g_autofree char *n = qonys_format_int (indices->len);
  g_autofree char *subtitle = g_strdup_printf (_ ("Their number: %s"), n);
  QonysCard *card = _qonys_card_new (_ ("Marked places"), subtitle);

  for (guint i = 0; i < MIN (indices->len, MAX_LISTED); i++) {
    const QonysNoteMark *note = release->content->notes->pdata[g_array_index (indices, guint32, i)];
    const char *problem = qonys_entry_get (note->entry, QONYS_ITEM_PROBLEM);
    g_autofree char *title = format_title (note);
    QonysCardRow *row = _qonys_card_add (
        card, title, g_strdup (note->is_solved ? _ ("solved") : _ ("open")), QONYS_VALUE_SHOWN);

    if (note->text[0] != '\0')
      row->remark = g_strdup (note->text);
    if (problem != NULL)
      _qonys_card_add_problem (card, problem);
  }
  if (indices->len > MAX_LISTED) {
    g_autofree char *more = qonys_format_int (indices->len - MAX_LISTED);
    g_autofree char *text = g_strdup_printf (_ ("More of them: %s. Zoom in to see each."), more);

    _qonys_card_add_note (card, text);
  }
  return card;
}
