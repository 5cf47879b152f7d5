/* What may be painted: a plain struct shared by painters on any thread, made by the release gate.
 * One is made a data state and audience; its arrays are as large as what the gate let through
 * (six districts, up to a few thousand cells, or a million addresses). */

#include "base/format.h"
#include "draw/private.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *id, *title;
} layer_words[QONYS_N_LAYERS] = {
    [QONYS_LAYER_DISTRICTS] = {"districts", N_ ("Districts")},
    [QONYS_LAYER_FICTITIOUS] = {"fictitious", N_ ("Fictitious registration")},
    [QONYS_LAYER_OVERCROWDED] = {"overcrowded", N_ ("Overcrowded addresses")},
    [QONYS_LAYER_RAIDS] = {"raids", N_ ("Raid operations")},
};

const char *
qonys_layer_get_id (QonysLayer layer)
{
  return layer_words[layer].id;
}

gboolean
qonys_layer_parse (const char *id, QonysLayer *layer)
{
  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    if (g_strcmp0 (id, layer_words[i].id) == 0) {
      *layer = (QonysLayer)i;
      return TRUE;
    }
  return FALSE;
}

const char *
qonys_layer_get_title (QonysLayer layer)
{
  return _ (layer_words[layer].title);
}

/* ---- what people wrote ---- */

const char *
qonys_note_kind_get_title (QonysNoteKind kind)
{
  static const char *const titles[] = {
      [QONYS_NOTE_ITEM] = N_ ("Marked place"),
      [QONYS_NOTE_PIN] = N_ ("Pin"),
      [QONYS_NOTE_CALLOUT] = N_ ("Callout"),
      [QONYS_NOTE_ARROW] = N_ ("Arrow"),
      [QONYS_NOTE_AREA] = N_ ("Area"),
      [QONYS_NOTE_FREEHAND] = N_ ("Freehand line"),
      [QONYS_NOTE_BEFORE_AFTER] = N_ ("Before and after"),
  };

  return _ (titles[kind]);
}

QonysNoteMark *
qonys_note_mark_new (QonysNoteKind kind, QonysEntry *entry)
{
  QonysNoteMark *mark = g_new0 (QonysNoteMark, 1);

  g_atomic_ref_count_init (&mark->ref_count);
  mark->kind = kind;
  mark->entry = qonys_entry_ref (entry);
  mark->x = mark->y = NAN;
  return mark;
}

QonysNoteMark *
qonys_note_mark_ref (QonysNoteMark *mark)
{
  g_atomic_ref_count_inc (&mark->ref_count);
  return mark;
}

void
qonys_note_mark_unref (QonysNoteMark *mark)
{
  if (!g_atomic_ref_count_dec (&mark->ref_count))
    return;
  qonys_entry_unref (mark->entry);
  g_clear_pointer (&mark->shape, qonys_shape_free);
  g_free (mark->title);
  g_free (mark->text);
  g_free (mark);
}

int
qonys_content_find_note (const QonysContent *content, const char *id)
{
  for (guint i = 0; i < content->notes->len; i++) {
    const QonysNoteMark *mark = content->notes->pdata[i];

    if (g_str_equal (qonys_entry_get_id (mark->entry), id))
      return (int)i;
  }
  return -1;
}

/* ---- contents ---- */

QonysContent *
qonys_content_new (QonysProject *project, QonysAudience audience)
{
  QonysContentFull *full = g_new0 (QonysContentFull, 1);
  QonysContent *content = &full->content;

  g_atomic_ref_count_init (&full->n_refs);
  g_mutex_init (&full->mutex);
  content->project = qonys_project_ref (project);
  content->audience = audience;
  content->districts = g_array_new (FALSE, FALSE, sizeof (QonysDistrictMark));
  content->districts_day = QONYS_DAY_MISSING;
  content->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_note_mark_unref);
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    content->layers[i].layer = (QonysLayer)i;
    content->data_days[i] = QONYS_DAY_MISSING;
  }
  return content;
}

QonysContent *
qonys_content_new_sharing (QonysContent *lender)
{
  QonysContent *content = qonys_content_new (lender->project, lender->audience);

  /* Of the first owner, lest a chain of contents stays alive. */
  if (((QonysContentFull *)lender)->lender != NULL)
    lender = ((QonysContentFull *)lender)->lender;
  ((QonysContentFull *)content)->lender = qonys_content_ref (lender);
  memcpy (content->layers, lender->layers, sizeof content->layers);
  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    content->layers[i].compared_cells = NULL;
  memcpy (content->data_days, lender->data_days, sizeof content->data_days);
  return content;
}

QonysContent *
qonys_content_ref (QonysContent *content)
{
  g_atomic_ref_count_inc (&((QonysContentFull *)content)->n_refs);
  return content;
}

void
qonys_content_unref (QonysContent *content)
{
  QonysContentFull *full = (QonysContentFull *)content;

  if (!g_atomic_ref_count_dec (&full->n_refs))
    return;
  for (guint i = 0; i < QONYS_N_LAYERS; i++) {
    QonysMarkLayer *layer = &content->layers[i];

    g_free (content->layer_notes[i]);
    g_clear_pointer (&layer->compared_cells, g_array_unref);
    g_clear_pointer (&full->heats[i], qonys_heat_free);
    g_clear_pointer (&full->dots[i], qonys_dots_free);
    if (full->lender != NULL)
      continue;
    g_clear_pointer (&layer->cells, g_array_unref);
    g_clear_pointer (&layer->clusters, qonys_clusters_free);
    g_clear_pointer (&layer->points, qonys_points_free);
    g_free (layer->weights);
    g_free (layer->categories);
    g_free (layer->approximate);
    g_free (layer->amounts);
  }
  g_clear_pointer (&full->lender, qonys_content_unref);
  g_array_unref (content->districts);
  g_ptr_array_unref (content->notes);
  g_free (content->statistic_note);
  g_free (content->watermark);
  qonys_project_unref (content->project);
  g_mutex_clear (&full->mutex);
  g_free (full);
}

gboolean
qonys_layer_is_drawn (const QonysContent *content, const QonysStyle *style, QonysLayer layer)
{
  const QonysMarkLayer *marks = &content->layers[layer];

  if (!style->layers[layer].is_visible || !(style->layers[layer].opacity > 0))
    return FALSE;
  if (layer == QONYS_LAYER_DISTRICTS)
    return content->districts->len > 0;
  if (qonys_dots_are_shown (content, style, layer) && marks->lon_deg)
    return marks->n_rows > 0;
  return (marks->points && qonys_points_get_n (marks->points) > 0) ||
         (marks->cells && marks->cells->len > 0);
}

QonysColor
qonys_audience_get_color (QonysAudience audience)
{
  switch (audience) {
  case QONYS_AUDIENCE_OFFICIAL:
    return (QonysColor){0xC6, 0x46, 0x0A, 255};
  case QONYS_AUDIENCE_COMMITTEE:
    return (QonysColor){0x1C, 0x5F, 0xB0, 255};
  case QONYS_AUDIENCE_PUBLIC:
  default:
    return (QonysColor){0, 0, 0, 0};
  }
}

const char *
qonys_content_get_synthetic_mark (const QonysContent *content)
{
  /* The same words whatever the language: the picture travels. */
  return content->is_synthetic ? "ОҚУ ДЕРЕКТЕРІ / УЧЕБНЫЕ ДАННЫЕ" : NULL;
}

char *
qonys_content_get_sources (const QonysContent *content)
{
  const GPtrArray *datasets = qonys_project_get_datasets (content->project);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; datasets && i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);
    g_autofree char *name = NULL;

    if (!dataset->title || dataset->is_synthetic)
      continue;
    name = dataset->supplier && *dataset->supplier
               ? g_strdup_printf ("%s (%s)", dataset->title, dataset->supplier)
               : g_strdup (dataset->title);
    if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

QonysDay
qonys_content_get_day (const QonysContent *content, const QonysStyle *style)
{
  QonysDay day = QONYS_DAY_MISSING; /* the smallest */

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    if (qonys_layer_is_drawn (content, style, i))
      day = MAX (day, content->data_days[i]);
  return day;
}

char *
qonys_content_get_attribution (const QonysContent *content, const QonysStyle *style)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sources = qonys_content_get_sources (content);
  const GPtrArray *base = qonys_project_get_base (content->project);
  QonysDay day = qonys_content_get_day (content, style);

  if (content->is_synthetic)
    g_ptr_array_add (lines, g_strdup (_ ("Training data made by the program: they describe nobody "
                                         "and prove nothing.")));
  if (sources)
    g_ptr_array_add (lines, g_strdup_printf (_ ("Sources: %s."), sources));
  if (day != QONYS_DAY_MISSING) {
    g_autofree char *text = qonys_format_day (day);
    g_ptr_array_add (lines, g_strdup_printf (_ ("Data as of %s."), text));
  }
  if (content->is_schematic)
    g_ptr_array_add (lines, g_strdup (_ ("District outlines are schematic and have no legal "
                                         "force.")));
  if (!style->has_schematic_base)
    g_ptr_array_add (lines, g_strdup (_ ("Map data © OpenStreetMap contributors.")));
  else if (base && base->len > 0) /* its avenues are drawn after OpenStreetMap's */
    g_ptr_array_add (lines, g_strdup (_ ("Base map: schematic, simplified; in part "
                                         "© OpenStreetMap contributors, ODbL.")));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (" ", (char **)lines->pdata);
}
