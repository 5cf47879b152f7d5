/* The state of a show and the pictures of its wall. A dozen scenes, two to three textures each
 * (3 MB a texture at 1024 × 768): all are kept, so that any is there at once. One thread paints,
 * one picture after the other; what is out of date when it comes is dropped. */

#include "ui/show.h"

#include "geo/mercator.h"

#include <math.h>

#define MAX_DIGITS 3
#define SPLIT_STEP 0.05
#define ASKED_SIZE 2.4e-4 /* what is shown around a point: some 6 km */
#define MARGIN_PX 24.0
#define MAX_CARD_ROWS 3 /* what fits on a small wall in every language; the map has the rest */

struct _QonysShow {
  GObject parent_instance;

  QonysDeck *deck;
  QonysWallSize size;
  GPtrArray *pictures; /* element-type QonysWallPicture, NULL where none is painted yet; one a
                          scene, then the overview */
  guint index;
  guint serial; /* of deck and size */

  GCancellable *cancellable;     /* of the picture in hand; NULL: none */
  const QonysWallPicture *shown; /* what the wall has; one of pictures, old ones, or away */
  GPtrArray *old_pictures;       /* until the new ones are there */

  QonysBlank blank;
  gboolean is_explaining;
  GString *digits;
  double split; /* below 0: the middle */

  gboolean is_away;
  guint question; /* its number */
  QonysBox asked;
  char *asked_name, *asked_kato; /* nullable */
  QonysCard *card;               /* nullable */
  QonysCamera clicked;           /* the view it was clicked in; has a width if it was */
  QonysWallPicture *away;        /* NULL: not painted yet */

  QonysTool tool;
  gboolean has_laser;
  double laser_x, laser_y; /* px of the wall */
  GPtrArray *strokes;
  gint64 start_us;
};

G_DEFINE_FINAL_TYPE (QonysShow, qonys_show, G_TYPE_OBJECT)

enum { CHANGED, PICTURES_CHANGED, SEARCH_WANTED, LANGUAGE_WANTED, KEEP_WANTED, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void paint_next (QonysShow *self);

static void
emit (QonysShow *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static void
picture_free (gpointer picture)
{
  if (picture != NULL)
    qonys_wall_picture_free (picture);
}

static GPtrArray *
pictures_new (guint n)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (picture_free);

  g_ptr_array_set_size (pictures, (int)n);
  return pictures;
}

/* ---- painting ---- */

#define AWAY G_MAXUINT

typedef struct {
  QonysDeck *deck;
  QonysEntry *scene;
  QonysWallSize size;
  QonysCamera camera; /* has a width: another than the scene's */
  guint which;        /* a scene, the overview behind them, or AWAY */
  guint serial, question;
} Painting;

static void
painting_free (gpointer data)
{
  Painting *painting = data;

  qonys_deck_unref (painting->deck);
  qonys_entry_unref (painting->scene);
  g_free (painting);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Painting *painting = data;
  QonysWallPicture *picture = qonys_wall_picture_paint (
      painting->deck, painting->scene, &painting->size,
      painting->camera.width_px > 0 ? &painting->camera : NULL, cancellable);

  g_task_return_pointer (task, picture, picture_free);
}

static gboolean
has_map (const QonysWallPicture *picture)
{
  return picture != NULL && picture->map != NULL;
}

/* A scene with a map, for what is asked on one without. */
static guint
find_map (QonysShow *self)
{
  guint n = qonys_show_get_n_scenes (self);

  for (guint i = 0; i < n; i++) {
    guint index = (self->index + i) % n;

    if (has_map (self->pictures->pdata[index]))
      return index;
  }
  return n;
}

static char *
describe_card (const QonysCard *card)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; card != NULL && i < MIN (card->rows->len, MAX_CARD_ROWS); i++) {
    const QonysCardRow *row = card->rows->pdata[i];

    g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", row->label, row->value);
  }
  return g_string_free (text, text->len == 0);
}

/* The map of @scene, of what was asked for: its name, its card and nothing the scene tells; of a
 * comparison what is after. @is_borrowed: another scene's map; its title would have told its
 * period, norm and version, so that they are the project's own. */
static QonysEntry *
make_answer (QonysShow *self, const QonysEntry *scene, gboolean is_borrowed)
{
  static const guint STATE[] = {QONYS_SCENE_FROM, QONYS_SCENE_TO, QONYS_SCENE_NORM,
                                QONYS_SCENE_AS_OF};
  const char *values[QONYS_SCENE_N_FIELDS];
  g_autofree char *text = describe_card (self->card);
  g_autoptr (QonysEntry) answer = NULL;
  QonysBox box = self->asked;

  if (!(box.max_x > box.min_x))
    box = (QonysBox){box.min_x - ASKED_SIZE / 2, box.min_y - ASKED_SIZE / 2,
                     box.max_x + ASKED_SIZE / 2, box.max_y + ASKED_SIZE / 2};
  for (guint field = 0; field < QONYS_SCENE_N_FIELDS; field++)
    values[field] = qonys_entry_get (scene, field);
  for (guint field = QONYS_SCENE_TITLE_KK; field <= QONYS_SCENE_NOTES_EN; field++)
    values[field] = NULL;
  for (guint i = 0; is_borrowed && i < G_N_ELEMENTS (STATE); i++)
    values[STATE[i]] = NULL;
  values[QONYS_SCENE_KIND] = qonys_scene_type_get_word (QONYS_SCENE_IS_MAP);
  values[QONYS_SCENE_TITLE_KK + qonys_language_get ()] =
      self->card != NULL ? self->card->title : self->asked_name;
  values[QONYS_SCENE_TEXT_KK + qonys_language_get ()] = text;
  answer = qonys_entry_new (QONYS_ENTRY_SCENE, "question", values);
  return qonys_scene_with_box (answer, &box);
}

/* A question is shown on the scene's map, else on the next one; so is the whole city. */
static gboolean
aim (QonysShow *self, guint which, Painting *painting)
{
  guint map = find_map (self);
  QonysEntry *scene;
  const QonysWallPicture *picture;
  QonysBox box;

  if (map >= qonys_show_get_n_scenes (self))
    return FALSE;
  scene = g_ptr_array_index (qonys_deck_get_scenes (self->deck), map);
  picture = self->pictures->pdata[map];
  if (which == AWAY) {
    painting->scene = make_answer (self, scene, map != self->index);
    painting->camera = self->clicked;
    return TRUE;
  }
  painting->scene = qonys_entry_ref (scene);
  box = qonys_districts_get_main_box (qonys_project_get_districts (
      qonys_release_get_project (qonys_slide_get_release (picture->slide))));
  painting->camera =
      qonys_camera_fit (&box, picture->camera.width_px, picture->camera.height_px, MARGIN_PX);
  painting->camera.zoom--; /* half as near: a flight rises and looks beyond the city's edge */
  return TRUE;
}

/* What is missing most: the question, the scene now, the next, the one before, the others, the
 * overview. */
static gboolean
choose (QonysShow *self, Painting *painting)
{
  guint n = qonys_show_get_n_scenes (self), which = G_MAXUINT - 1;
  const guint first[] = {self->index, self->index + 1, self->index > 0 ? self->index - 1 : 0};

  if (self->is_away && self->away == NULL && aim (self, AWAY, painting)) {
    painting->which = AWAY;
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (first) && which > n; i++)
    if (first[i] < n && self->pictures->pdata[first[i]] == NULL)
      which = first[i];
  for (guint i = 0; i < n && which > n; i++)
    if (self->pictures->pdata[i] == NULL)
      which = i;
  if (which > n && self->pictures->pdata[n] == NULL && aim (self, n, painting))
    which = n;
  if (which > n)
    return FALSE;
  painting->which = which;
  if (which < n)
    painting->scene =
        qonys_entry_ref (g_ptr_array_index (qonys_deck_get_scenes (self->deck), which));
  return TRUE;
}

static void
painted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  QonysShow *self = QONYS_SHOW (source);
  Painting *painting = g_task_get_task_data (G_TASK (result));
  QonysWallPicture *picture = g_task_propagate_pointer (G_TASK (result), NULL);

  g_clear_object (&self->cancellable);
  if (painting->serial != self->serial || picture == NULL) {
    picture_free (picture);
  } else if (painting->which != AWAY) {
    self->pictures->pdata[painting->which] = picture;
    emit (self, PICTURES_CHANGED);
  } else if (self->is_away && self->away == NULL && painting->question == self->question) {
    self->away = picture;
    emit (self, PICTURES_CHANGED);
  } else {
    picture_free (picture);
  }
  paint_next (self);
}

static void
paint_next (QonysShow *self)
{
  g_autoptr (GTask) task = NULL;
  Painting *painting;

  if (self->cancellable != NULL || self->deck == NULL || self->size.width_px < 2)
    return;
  painting = g_new0 (Painting, 1);
  if (!choose (self, painting)) {
    g_free (painting);
    return;
  }
  painting->deck = qonys_deck_ref (self->deck);
  painting->size = self->size;
  painting->serial = self->serial;
  painting->question = self->question;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, painted_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, painting, painting_free);
  g_task_run_in_thread (task, paint);
}

/* All pictures are of another deck or size now; the wall keeps the old one until there is a new. */
static void
renew (QonysShow *self)
{
  self->serial++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->away != NULL && self->shown == self->away)
    self->shown = NULL;
  if (g_ptr_array_find (self->pictures, self->shown, NULL)) {
    g_clear_pointer (&self->old_pictures, g_ptr_array_unref);
    self->old_pictures = g_steal_pointer (&self->pictures);
  }
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->away, qonys_wall_picture_free);
  if (self->old_pictures == NULL)
    self->shown = NULL;
  self->pictures = pictures_new (qonys_show_get_n_scenes (self) + 1);
  emit (self, PICTURES_CHANGED);
  paint_next (self);
}

/* The answer is no longer on the wall, or another one will be. */
static void
come_back (QonysShow *self)
{
  if (self->away != NULL && self->shown == self->away)
    self->shown = NULL;
  self->is_away = FALSE;
  self->question++;
  self->clicked = (QonysCamera){0};
  g_clear_pointer (&self->away, qonys_wall_picture_free);
  g_clear_pointer (&self->card, qonys_card_free);
  g_clear_pointer (&self->asked_name, g_free);
  g_clear_pointer (&self->asked_kato, g_free);
}

void
qonys_show_set_deck (QonysShow *self, QonysDeck *deck)
{
  g_return_if_fail (QONYS_IS_SHOW (self));

  qonys_deck_ref (deck);
  g_clear_pointer (&self->deck, qonys_deck_unref);
  self->deck = deck;
  self->index = MIN (self->index, MAX (qonys_show_get_n_scenes (self), 1) - 1);
  if (self->is_away && self->asked_kato != NULL) { /* in the language now set */
    g_clear_pointer (&self->card, qonys_card_free);
    self->card = qonys_release_get_district_card (qonys_deck_get_release (deck), self->asked_kato);
  } else {
    come_back (self);
  }
  renew (self);
  emit (self, CHANGED);
}

void
qonys_show_set_size (QonysShow *self, const QonysWallSize *size)
{
  g_return_if_fail (QONYS_IS_SHOW (self));

  if (memcmp (size, &self->size, sizeof *size) == 0)
    return;
  self->size = *size;
  renew (self);
}

const QonysWallPicture *
qonys_show_get_picture (QonysShow *self, guint index)
{
  return index < qonys_show_get_n_scenes (self) ? self->pictures->pdata[index] : NULL;
}

const QonysWallPicture *
qonys_show_get_overview (QonysShow *self)
{
  return self->pictures->pdata[self->pictures->len - 1];
}

const QonysWallPicture *
qonys_show_get_shown (QonysShow *self)
{
  const QonysWallPicture *picture =
      self->is_away ? self->away : qonys_show_get_picture (self, self->index);

  if (picture != NULL)
    self->shown = picture;
  return self->shown;
}

gboolean
qonys_show_is_ready (QonysShow *self)
{
  for (guint i = 0; i < qonys_show_get_n_scenes (self); i++)
    if (self->pictures->pdata[i] == NULL)
      return FALSE;
  return TRUE;
}

/* ---- where it is ---- */

guint
qonys_show_get_n_scenes (QonysShow *self)
{
  return self->deck != NULL ? qonys_deck_get_scenes (self->deck)->len : 0;
}

guint
qonys_show_get_index (QonysShow *self)
{
  return self->index;
}

const QonysEntry *
qonys_show_get_scene (QonysShow *self, guint index)
{
  return index < qonys_show_get_n_scenes (self)
             ? g_ptr_array_index (qonys_deck_get_scenes (self->deck), index)
             : NULL;
}

void
qonys_show_go_to (QonysShow *self, guint index)
{
  g_return_if_fail (QONYS_IS_SHOW (self));

  if (index >= qonys_show_get_n_scenes (self))
    return;
  qonys_show_get_shown (self); /* stays until the next one is there */
  come_back (self);
  self->blank = QONYS_BLANK_NONE;
  if (index != self->index) {
    g_ptr_array_set_size (self->strokes, 0);
    self->split = -1;
  }
  self->index = index;
  g_string_truncate (self->digits, 0);
  emit (self, CHANGED);
  paint_next (self);
}

static void
set_blank (QonysShow *self, QonysBlank blank)
{
  self->blank = self->blank == blank ? QONYS_BLANK_NONE : blank;
}

static void
set_tool (QonysShow *self, QonysTool tool)
{
  self->tool = self->tool == tool ? QONYS_TOOL_NONE : tool;
  self->has_laser = FALSE;
}

/* What was begun last ends first. Returns: FALSE if nothing was */
static gboolean
leave (QonysShow *self)
{
  if (self->digits->len > 0)
    g_string_truncate (self->digits, 0);
  else if (self->is_away)
    come_back (self);
  else if (self->tool != QONYS_TOOL_NONE || self->has_laser)
    self->tool = QONYS_TOOL_NONE, self->has_laser = FALSE;
  else if (self->blank != QONYS_BLANK_NONE)
    self->blank = QONYS_BLANK_NONE;
  else
    return FALSE;
  return TRUE;
}

static void
jump (QonysShow *self)
{
  guint64 number = g_ascii_strtoull (self->digits->str, NULL, 10);

  g_string_truncate (self->digits, 0);
  if (number >= 1 && number <= qonys_show_get_n_scenes (self))
    qonys_show_go_to (self, (guint)number - 1);
}

/* A wall that was made blank, or a question, comes back to the scene; only then on. */
static void
step (QonysShow *self, gboolean is_forward)
{
  if (self->blank != QONYS_BLANK_NONE || self->is_away)
    qonys_show_go_to (self, self->index);
  else if (is_forward)
    qonys_show_go_to (self, self->index + 1);
  else if (self->index > 0)
    qonys_show_go_to (self, self->index - 1);
}

void
qonys_show_do (QonysShow *self, QonysShowCommand command, guint digit)
{
  g_return_if_fail (QONYS_IS_SHOW (self));

  /* Any key returns; the language may be that of whoever asked. */
  if (self->is_explaining && command != QONYS_SHOW_NOTHING && command != QONYS_SHOW_LANGUAGE) {
    self->is_explaining = FALSE;
    emit (self, CHANGED);
    return;
  }
  switch (command) {
  case QONYS_SHOW_NEXT:
  case QONYS_SHOW_PREVIOUS:
    step (self, command == QONYS_SHOW_NEXT);
    return;
  case QONYS_SHOW_FIRST:
    qonys_show_go_to (self, 0);
    return;
  case QONYS_SHOW_LAST:
    qonys_show_go_to (self, qonys_show_get_n_scenes (self) - 1);
    return;
  case QONYS_SHOW_RESUME:
    qonys_show_go_to (self, self->index);
    return;
  case QONYS_SHOW_JUMP:
    if (self->digits->len > 0)
      jump (self);
    else
      step (self, TRUE);
    return;
  case QONYS_SHOW_DIGIT:
    if (self->digits->len < MAX_DIGITS)
      g_string_append_printf (self->digits, "%u", digit);
    break;
  case QONYS_SHOW_BLACK:
  case QONYS_SHOW_WHITE:
    set_blank (self, command == QONYS_SHOW_BLACK ? QONYS_BLANK_BLACK : QONYS_BLANK_WHITE);
    break;
  case QONYS_SHOW_LEAVE:
    if (!leave (self)) {
      emit (self, ENDED);
      return;
    }
    break;
  case QONYS_SHOW_RETURN:
    if (self->is_away)
      come_back (self);
    break;
  case QONYS_SHOW_SEARCH:
    emit (self, SEARCH_WANTED);
    return;
  case QONYS_SHOW_WHY:
    self->is_explaining = TRUE;
    self->blank = QONYS_BLANK_NONE;
    break;
  case QONYS_SHOW_LANGUAGE:
    emit (self, LANGUAGE_WANTED);
    return;
  case QONYS_SHOW_PEN:
  case QONYS_SHOW_ARROW:
  case QONYS_SHOW_CIRCLE:
    set_tool (self, QONYS_TOOL_PEN + (command - QONYS_SHOW_PEN));
    break;
  case QONYS_SHOW_LASER:
    self->tool = QONYS_TOOL_NONE;
    self->has_laser = !self->has_laser;
    break;
  case QONYS_SHOW_UNDRAW:
    if (self->strokes->len > 0)
      g_ptr_array_set_size (self->strokes, (int)self->strokes->len - 1);
    break;
  case QONYS_SHOW_ERASE:
    g_ptr_array_set_size (self->strokes, 0);
    break;
  case QONYS_SHOW_KEEP:
    if (self->strokes->len > 0)
      emit (self, KEEP_WANTED);
    return;
  case QONYS_SHOW_SPLIT_LEFT:
  case QONYS_SHOW_SPLIT_RIGHT:
    qonys_show_set_split (self, qonys_show_get_split (self) +
                                    (command == QONYS_SHOW_SPLIT_LEFT ? -SPLIT_STEP : SPLIT_STEP));
    return;
  case QONYS_SHOW_NOTHING:
  default:
    return;
  }
  emit (self, CHANGED);
}

void
qonys_show_set_split (QonysShow *self, double split)
{
  self->split = CLAMP (split, 0, 1);
  emit (self, CHANGED);
}

/* ---- questions ---- */

/* Of the state it will be shown in. */
static QonysRelease *
get_release (QonysShow *self)
{
  const QonysWallPicture *picture = qonys_show_get_picture (self, self->index);

  return has_map (picture) && picture->slide != NULL ? qonys_slide_get_release (picture->slide)
                                                     : qonys_deck_get_release (self->deck);
}

/* Takes @card. */
static void
ask (QonysShow *self, const QonysBox *box, QonysCard *card)
{
  qonys_show_get_shown (self); /* stays until the answer is there */
  come_back (self);
  self->is_away = TRUE;
  self->asked = *box;
  self->card = card;
  self->blank = QONYS_BLANK_NONE;
}

void
qonys_show_ask (QonysShow *self, const QonysBox *box, const char *name, const char *kato)
{
  g_return_if_fail (QONYS_IS_SHOW (self));

  ask (self, box, kato != NULL ? qonys_release_get_district_card (get_release (self), kato) : NULL);
  self->asked_name = g_strdup (name);
  self->asked_kato = g_strdup (kato);
  emit (self, CHANGED);
  paint_next (self);
}

gboolean
qonys_show_get_asked (QonysShow *self, double *x, double *y)
{
  *x = (self->asked.min_x + self->asked.max_x) / 2;
  *y = (self->asked.min_y + self->asked.max_y) / 2;
  return self->is_away;
}

void
qonys_show_click (QonysShow *self, double px, double py)
{
  const QonysWallPicture *picture = qonys_show_get_shown (self);
  QonysSlideContent *slide;
  QonysCamera camera;
  QonysCard *card;
  QonysPick pick;

  if (!has_map (picture) || picture->slide == NULL)
    return;
  slide = qonys_slide_get_content (picture->slide);
  camera = picture->camera;
  pick = qonys_pick (slide->content, &slide->style, &camera, px - picture->frame.min_x,
                     py - picture->frame.min_y, 18);
  card = qonys_release_get_card (qonys_slide_get_release (picture->slide), &pick);
  if (card != NULL) {
    ask (self, &self->asked, card);
    self->clicked = camera;
  } else {
    come_back (self);
  }
  emit (self, CHANGED);
  paint_next (self);
}

/* ---- drawing ---- */

void
qonys_show_draw (QonysShow *self, double px, double py, gboolean is_first)
{
  const QonysWallPicture *picture = qonys_show_get_shown (self);
  double point[2];

  if (!has_map (picture) || self->tool == QONYS_TOOL_NONE)
    return;
  qonys_camera_from_px (&picture->camera, px - picture->frame.min_x, py - picture->frame.min_y,
                        &point[0], &point[1]);
  if (is_first) {
    g_ptr_array_add (self->strokes, qonys_stroke_new (self->tool));
  } else if (self->strokes->len == 0) {
    return;
  }
  qonys_stroke_add (self->strokes->pdata[self->strokes->len - 1], point[0], point[1]);
  emit (self, CHANGED);
}

/* ---- the clock ---- */

double
qonys_show_get_elapsed_s (QonysShow *self)
{
  return (double)(g_get_monotonic_time () - self->start_us) / G_USEC_PER_SEC;
}

double
qonys_show_get_planned_s (QonysShow *self)
{
  double sum = 0;

  for (guint i = 0; i < qonys_show_get_n_scenes (self); i++)
    sum += qonys_scene_get_duration_s (qonys_show_get_scene (self, i));
  return sum;
}

/* ---- object ---- */

QonysDeck *
qonys_show_get_deck (QonysShow *self)
{
  return self->deck;
}

const QonysWallSize *
qonys_show_get_size (QonysShow *self)
{
  return &self->size;
}

QonysBlank
qonys_show_get_blank (QonysShow *self)
{
  return self->blank;
}

const char *
qonys_show_get_digits (QonysShow *self)
{
  return self->digits->str;
}

double
qonys_show_get_split (QonysShow *self)
{
  const QonysWallPicture *picture = qonys_show_get_picture (self, self->index);

  if (self->split >= 0)
    return self->split;
  return picture != NULL && picture->before != NULL && picture->slide != NULL
             ? qonys_slide_get_middle (qonys_slide_get_content (picture->slide), &picture->camera)
             : 0.5;
}

gboolean
qonys_show_is_explaining (QonysShow *self)
{
  return self->is_explaining;
}

gboolean
qonys_show_is_away (QonysShow *self)
{
  return self->is_away;
}

const QonysCard *
qonys_show_get_card (QonysShow *self)
{
  return self->card;
}

QonysTool
qonys_show_get_tool (QonysShow *self)
{
  return self->tool;
}

gboolean
qonys_show_get_laser (QonysShow *self, double *px, double *py)
{
  *px = self->laser_x;
  *py = self->laser_y;
  return self->has_laser;
}

void
qonys_show_point_at (QonysShow *self, double px, double py)
{
  self->laser_x = px;
  self->laser_y = py;
  if (self->has_laser)
    emit (self, CHANGED);
}

const GPtrArray *
qonys_show_get_strokes (QonysShow *self)
{
  return self->strokes;
}

static void
qonys_show_finalize (GObject *object)
{
  QonysShow *self = QONYS_SHOW (object);

  g_clear_pointer (&self->deck, qonys_deck_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->old_pictures, g_ptr_array_unref);
  come_back (self);
  g_clear_pointer (&self->strokes, g_ptr_array_unref);
  g_string_free (self->digits, TRUE);
  G_OBJECT_CLASS (qonys_show_parent_class)->finalize (object);
}

static void
qonys_show_class_init (QonysShowClass *klass)
{
  static const char *const NAMES[] = {"changed",         "pictures-changed", "search-wanted",
                                      "language-wanted", "keep-wanted",      "ended"};

  G_OBJECT_CLASS (klass)->finalize = qonys_show_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (NAMES[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
qonys_show_init (QonysShow *self)
{
  self->digits = g_string_new (NULL);
  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_stroke_free);
  self->pictures = pictures_new (1);
  self->split = -1;
  self->start_us = g_get_monotonic_time ();
}

QonysShow *
qonys_show_new (QonysDeck *deck, guint first)
{
  QonysShow *self = g_object_new (QONYS_TYPE_SHOW, NULL);

  self->index = first;
  qonys_show_set_deck (self, deck);
  return self;
}
