/* What can be wrong with a slide before it is painted: a few dozen strings shaped once, 2 ms, when
 * a story is checked before a showing. */

#include "draw/slide-private.h"

/* Names on the map are Kazakh, whatever a slide says. */
#define KAZAKH_LETTERS "әғқңөұүһіӘҒҚҢӨҰҮҺІ"

static void
add (GString *all, const char *text)
{
  if (text != NULL)
    g_string_append (all, text);
}

static GString *
collect (const QonysSlideContent *slide)
{
  const char *texts[] = {KAZAKH_LETTERS,     slide->title,      slide->text,
                         slide->byline,      slide->date,       slide->as_of,
                         slide->sources,     slide->watermark,  slide->before_label,
                         slide->after_label, slide->model_note, slide->assumptions};
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add (all, texts[i]);
  for (guint i = 0; i < slide->figures->len; i++) {
    const QonysSlideFigure *figure = slide->figures->pdata[i];

    add (all, figure->value);
    add (all, figure->title);
    add (all, figure->period);
    add (all, figure->source);
  }
  for (guint i = 0; i < slide->tasks->len; i++) {
    const QonysSlideTask *task = slide->tasks->pdata[i];

    add (all, task->body);
    add (all, task->measures);
    add (all, task->due);
  }
  return all;
}

char *
qonys_slide_find_unknown_letters (const QonysSlideContent *slide)
{
  g_autoptr (QonysTextContext) context = qonys_text_context_new ();
  g_autoptr (GString) all = collect (slide);
  g_autoptr (PangoLayout) layout =
      qonys_text_layout (context, all->str, QONYS_TEXT_PLAIN, QONYS_SLIDE_MIN_TEXT, 0);
  GString *unknown;

  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return NULL;
  unknown = g_string_new (NULL);
  for (const char *p = all->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar letter = g_utf8_get_char (p);

    pango_layout_set_text (layout, p, (int)(g_utf8_next_char (p) - p));
    if (pango_layout_get_unknown_glyphs_count (layout) > 0 &&
        g_utf8_strchr (unknown->str, -1, letter) == NULL)
      g_string_append_unichar (unknown, letter);
  }
  return g_string_free (unknown, FALSE);
}

static gboolean
is_empty (const QonysContent *content, const QonysStyle *style, QonysLayer layer)
{
  if (!qonys_layer_is_drawn (content, style, layer))
    return TRUE;
  return layer == QONYS_LAYER_DISTRICTS && content->statistic != NULL && content->n_classes == 0;
}

gboolean
qonys_slide_lacks_layer (const QonysSlideContent *slide, QonysLayer layer)
{
  const QonysLayerStyle *style = &slide->style.layers[layer];

  return slide->content != NULL && style->is_visible && style->opacity > 0 &&
         is_empty (slide->content, &slide->style, layer) &&
         (slide->before == NULL || is_empty (slide->before, &slide->style, layer));
}
