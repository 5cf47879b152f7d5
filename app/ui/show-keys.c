/* What a key means while showing. Clickers send the page keys, F5 and Esc, a full stop or B;
 * presenters have their hands on a laptop in the dark. */

#include "ui/show.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

static const struct {
  guint keyval;
  QonysShowCommand command;
} KEYS[] = {
    {GDK_KEY_space, QONYS_SHOW_NEXT},
    {GDK_KEY_Right, QONYS_SHOW_NEXT},
    {GDK_KEY_Down, QONYS_SHOW_NEXT},
    {GDK_KEY_Page_Down, QONYS_SHOW_NEXT},
    {GDK_KEY_KP_Page_Down, QONYS_SHOW_NEXT},
    {GDK_KEY_n, QONYS_SHOW_NEXT},
    {GDK_KEY_Forward, QONYS_SHOW_NEXT},
    {GDK_KEY_AudioNext, QONYS_SHOW_NEXT},
    {GDK_KEY_Left, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_Up, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_Page_Up, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_KP_Page_Up, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_p, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_Back, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_AudioPrev, QONYS_SHOW_PREVIOUS},
    {GDK_KEY_Home, QONYS_SHOW_FIRST},
    {GDK_KEY_End, QONYS_SHOW_LAST},
    {GDK_KEY_b, QONYS_SHOW_BLACK},
    {GDK_KEY_period, QONYS_SHOW_BLACK},
    {GDK_KEY_KP_Decimal, QONYS_SHOW_BLACK},
    {GDK_KEY_w, QONYS_SHOW_WHITE},
    {GDK_KEY_comma, QONYS_SHOW_WHITE},
    {GDK_KEY_F5, QONYS_SHOW_RESUME},
    {GDK_KEY_Escape, QONYS_SHOW_LEAVE},
    {GDK_KEY_l, QONYS_SHOW_LANGUAGE},
    {GDK_KEY_slash, QONYS_SHOW_SEARCH},
    {GDK_KEY_KP_Divide, QONYS_SHOW_SEARCH},
    {GDK_KEY_F3, QONYS_SHOW_SEARCH},
    {GDK_KEY_question, QONYS_SHOW_WHY},
    {GDK_KEY_F1, QONYS_SHOW_WHY},
    {GDK_KEY_BackSpace, QONYS_SHOW_RETURN},
    {GDK_KEY_r, QONYS_SHOW_RETURN},
    {GDK_KEY_Return, QONYS_SHOW_JUMP},
    {GDK_KEY_KP_Enter, QONYS_SHOW_JUMP},
    {GDK_KEY_d, QONYS_SHOW_PEN},
    {GDK_KEY_a, QONYS_SHOW_ARROW},
    {GDK_KEY_o, QONYS_SHOW_CIRCLE},
    {GDK_KEY_x, QONYS_SHOW_LASER},
    {GDK_KEY_e, QONYS_SHOW_ERASE},
    {GDK_KEY_k, QONYS_SHOW_KEEP},
    {GDK_KEY_bracketleft, QONYS_SHOW_SPLIT_LEFT},
    {GDK_KEY_bracketright, QONYS_SHOW_SPLIT_RIGHT},
};

QonysShowCommand
qonys_show_parse_key (guint keyval, GdkModifierType state, guint *digit)
{
  guint lower = gdk_keyval_to_lower (keyval);

  if (state & (GDK_ALT_MASK | GDK_SUPER_MASK))
    return QONYS_SHOW_NOTHING;
  if (state & GDK_CONTROL_MASK)
    return lower == GDK_KEY_z ? QONYS_SHOW_UNDRAW : QONYS_SHOW_NOTHING;
  if (lower == GDK_KEY_space && (state & GDK_SHIFT_MASK))
    return QONYS_SHOW_PREVIOUS;
  if (lower >= GDK_KEY_0 && lower <= GDK_KEY_9) {
    *digit = lower - GDK_KEY_0;
    return QONYS_SHOW_DIGIT;
  }
  if (lower >= GDK_KEY_KP_0 && lower <= GDK_KEY_KP_9) {
    *digit = lower - GDK_KEY_KP_0;
    return QONYS_SHOW_DIGIT;
  }
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (KEYS[i].keyval == lower)
      return KEYS[i].command;
  return QONYS_SHOW_NOTHING;
}

/* Where Linux has the keys of the American layout, by their numbers. */
static const struct {
  guint keycode;
  const char *letters;
} ROWS[] = {{24, "qwertyuiop[]"}, {38, "asdfghjkl"}, {52, "zxcvbnm,./"}};
#define FIRST_DIGIT 10 /* 1 … 9, 0 */

QonysShowCommand
qonys_show_parse_hardware_key (guint keyval, guint keycode, GdkModifierType state, guint *digit)
{
  QonysShowCommand command;

  /* In a Kazakh layout these are letters, in a French one signs. */
  if (keycode >= FIRST_DIGIT && keycode < FIRST_DIGIT + 10 && !(state & GDK_SHIFT_MASK))
    keyval = GDK_KEY_0 + (keycode - FIRST_DIGIT + 1) % 10;
  command = qonys_show_parse_key (keyval, state, digit);
  if (command != QONYS_SHOW_NOTHING || keyval < 0x100) /* a Latin letter is meant as it is */
    return command;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (keycode >= ROWS[i].keycode && keycode - ROWS[i].keycode < strlen (ROWS[i].letters))
      return qonys_show_parse_key ((guint)ROWS[i].letters[keycode - ROWS[i].keycode], state, digit);
  return QONYS_SHOW_NOTHING;
}
