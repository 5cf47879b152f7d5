/* In place of libFuzzer: the corpus, and changes of it that are the same each time.
 *
 *   drive FOLDER [NUMBER OF CHANGES]
 *
 * Files whose names end with .escaped are text in which \x00 … \xff are bytes.
 */
#include "fuzz.h"

#include <string.h>

#define MAX_SIZE (64 * 1024)
#define N_CHANGES 1500

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gsize
resolve_escapes (char *bytes, gsize n)
{
  gsize to = 0;

  for (gsize i = 0; i < n; i++, to++) {
    gboolean is_escape = i + 3 < n && bytes[i] == '\\' && bytes[i + 1] == 'x';

    bytes[to] =
        is_escape
            ? (char)(g_ascii_xdigit_value (bytes[i + 2]) * 16 + g_ascii_xdigit_value (bytes[i + 3]))
            : bytes[i];
    i += is_escape ? 3 : 0;
  }
  return to;
}

static GPtrArray *
read_corpus (const char *folder)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  fuzz_assert (dir != NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
    char *bytes;
    gsize n;

    fuzz_assert (g_file_get_contents (path, &bytes, &n, NULL));
    if (g_str_has_suffix (path, ".escaped"))
      n = resolve_escapes (bytes, n);
    g_ptr_array_add (corpus, g_bytes_new_take (bytes, n));
  }
  fuzz_assert (corpus->len > 0);
  return corpus;
}

static void
run (const void *data, gsize size)
{
  g_autofree guint8 *exact = g_malloc (MAX (size, 1)); /* of its size: no reading over it */

  memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
}

/* One change of many kinds, at a random place. */
static void
change (GByteArray *bytes, GPtrArray *corpus, GRand *rand)
{
  static const char TOKENS[][16] = {
      "\"",   "'",        "\n",    "\r\n",   ",",      ";",    "\t",           "\\u00",
      "{",    "}",        "[",     "]",      "<",      "/>",   "</",           "&#0;",
      "]]>",  "<!--",     "E+11",  "-1",     "1e999",  "\xff", "\xef\xbb\xbf", "\xe2\x80",
      "null", "\xd2\xb1", "99999", "991231", "100010", "="};
  guint at = (guint)g_rand_int_range (rand, 0, (gint32)bytes->len + 1);
  guint n_few = (guint)g_rand_int_range (rand, 1, 40), n = MIN (n_few, bytes->len - at);
  gsize n_many = (gsize)g_rand_int_range (rand, 1, 400);
  GBytes *other = corpus->pdata[g_rand_int_range (rand, 0, (gint32)corpus->len)];
  const char *token = TOKENS[g_rand_int_range (rand, 0, G_N_ELEMENTS (TOKENS))];
  g_autofree guint8 *copy = NULL;
  gsize n_other;
  const guint8 *others = g_bytes_get_data (other, &n_other);

  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    if (at < bytes->len)
      bytes->data[at] ^= (guint8)(1u << g_rand_int_range (rand, 0, 8));
    return;
  case 1:
    if (n > 0)
      g_byte_array_remove_range (bytes, at, n);
    return;
  case 2: /* cut off */
    if (g_rand_int_range (rand, 0, 4) == 0)
      g_byte_array_set_size (bytes, at);
    return;
  case 3: { /* a piece once more, at the end of another */
    guint from = (guint)g_rand_int_range (rand, 0, (gint32)n_other + 1);

    n = (guint)MIN (n_many, n_other - from);
    copy = n > 0 ? g_memdup2 (others + from, n) : NULL;
    break;
  }
  default:
    n = (guint)strlen (token);
    copy = g_memdup2 (token, n);
  }
  if (n > 0) {
    g_autofree guint8 *tail = g_memdup2 (bytes->data + at, bytes->len - at);
    guint n_tail = bytes->len - at;

    g_byte_array_set_size (bytes, at);
    g_byte_array_append (bytes, copy, n);
    g_byte_array_append (bytes, tail, n_tail);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) corpus = read_corpus (argv[1]);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240125);
  int n_changes = argc > 2 ? atoi (argv[2]) : N_CHANGES;

  run ("", 0);
  for (guint i = 0; i < corpus->len; i++)
    run (g_bytes_get_data (corpus->pdata[i], NULL), g_bytes_get_size (corpus->pdata[i]));
  for (int i = 0; i < n_changes; i++) {
    GBytes *seed = corpus->pdata[(guint)i % corpus->len];
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, g_bytes_get_data (seed, NULL), (guint)g_bytes_get_size (seed));
    for (int n = g_rand_int_range (rand, 1, 6); n > 0 && bytes->len < MAX_SIZE; n--)
      change (bytes, corpus, rand);
    run (bytes->data, bytes->len);
  }
  return 0;
}
