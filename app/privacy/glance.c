/*
 * The first look at a cell: tens of millions of cells an import, most of which end here. What a
 * byte counts for is six numbers of ten bits in a word, so that a byte costs one addition.
 */
#include "privacy/glance.h"

#define BITS 10
#define BLOCK 1023 /* bytes that cannot overflow a count */
#define COUNT(i) (G_GUINT64_CONSTANT (1) << (i)*BITS)
#define GET(sum, i) ((sum) >> (i)*BITS & (COUNT (1) - 1))

enum { DIGIT, SPACE, POINT, AT, LETTER, OTHER_DIGIT };

#define OTHER (COUNT (LETTER) | COUNT (OTHER_DIGIT))

static const guint64 counts[256] = {
    ['0' ... '9'] = COUNT (DIGIT),
    [' '] = COUNT (SPACE),
    ['.'] = COUNT (POINT),
    ['@'] = COUNT (AT),
    ['A' ... 'Z'] = COUNT (LETTER),
    ['a' ... 'z'] = COUNT (LETTER),
    [0x80 ... 0xd8] = COUNT (LETTER),
    [0xd9] = OTHER, /* lead bytes of scripts with digits of their own, full width */
    [0xda] = COUNT (LETTER),
    [0xdb] = OTHER,
    [0xdc ... 0xde] = COUNT (LETTER),
    [0xdf ... 0xe1] = OTHER,
    [0xe2 ... 0xe9] = COUNT (LETTER),
    [0xea] = OTHER,
    [0xeb ... 0xee] = COUNT (LETTER),
    [0xef ... 0xf0] = OTHER,
    [0xf1 ... 0xff] = COUNT (LETTER),
};

QonysGlance
qonys_glance_at (const char *text, gsize length)
{
  QonysGlance glance = {0};

  for (gsize begin = 0; begin < length; begin += BLOCK) {
    guint64 sum = 0;

    for (gsize i = begin; i < MIN (length, begin + BLOCK); i++)
      sum += counts[(guchar)text[i]];
    glance.n_digits += GET (sum, DIGIT);
    glance.n_spaces += GET (sum, SPACE);
    glance.n_points += GET (sum, POINT);
    glance.n_ats += GET (sum, AT);
    glance.n_letters += GET (sum, LETTER);
    glance.n_other_digits += GET (sum, OTHER_DIGIT);
  }
  return glance;
}

static gboolean
has_one_run (const char *text, gsize length, gsize n_digits)
{
  gsize i = 0, n = 0;

  while (i < length && !g_ascii_isdigit (text[i]))
    i++;
  while (i + n < length && g_ascii_isdigit (text[i + n]))
    n++;
  return n == n_digits;
}

/* The fewest digits: a card has nine alone; with letters a plate has three and two apart, a
 * passport and 9.9123E+11 seven. */
gboolean
qonys_glance_may_hold_pattern (const QonysGlance *glance, const char *text, gsize length)
{
  if (glance->n_ats > 0 || glance->n_other_digits > 0)
    return TRUE;
  if (glance->n_letters == 0)
    return glance->n_digits >= 9;
  return glance->n_digits >= 7 ||
         (glance->n_digits >= 5 && !has_one_run (text, length, glance->n_digits));
}

gboolean
qonys_glance_may_hold_name (const QonysGlance *glance, gboolean wants_likely)
{
  return glance->n_letters > 0 &&
         (glance->n_points >= 2 || glance->n_spaces >= (wants_likely ? 1 : 2));
}
