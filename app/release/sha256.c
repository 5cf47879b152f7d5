/* SHA-256 (FIPS 180-4) of what is exported: up to a gigabyte an export. GLib's takes 3 ms a
 * megabyte, longer than formatting and writing together; processors that have instructions for
 * it take 0.6 ms. Everywhere else GLib's is used. */

#include "release/sha256-private.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#define HAS_INSTRUCTIONS 1
#else
#define HAS_INSTRUCTIONS 0
#endif

#define BLOCK 64

struct _QonysSha256 {
  GChecksum *checksum; /* GLib's, where there are no instructions; else NULL */
  guint32 state[8];
  guint8 rest[BLOCK]; /* of an unfinished block */
  gsize n_rest;
  guint64 n_bytes;
  char hex[2 * 32 + 1];
};

#if HAS_INSTRUCTIONS

/* The first 32 bits of the fractions of the roots of the first primes: cube roots for the rounds,
 * square roots to begin with. */
static guint32 round_constants[64], first_state[8];
static gsize constants_made;

static void
make_constants (void)
{
  guint n = 0;

  for (guint number = 2; n < 64; number++) {
    gboolean is_prime = TRUE;
    double whole;

    for (guint divisor = 2; divisor * divisor <= number; divisor++)
      is_prime &= number % divisor != 0;
    if (!is_prime)
      continue;
    if (n < 8)
      first_state[n] = (guint32)ldexp (modf (sqrt (number), &whole), 32);
    round_constants[n++] = (guint32)ldexp (modf (cbrt (number), &whole), 32);
  }
}

static gboolean
has_instructions (void)
{
  unsigned int eax, ebx, ecx, edx;

  return __get_cpuid_count (7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_SHA) != 0 &&
         __get_cpuid (1, &eax, &ebx, &ecx, &edx) && (ecx & bit_SSE4_1) != 0;
}

/* The instructions keep the state as two halves, a b e f and c d g h. */
__attribute__ ((target ("sha,sse4.1"))) static void
compress (guint32 state[8], const guint8 *bytes, gsize n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *)state), 0xb1);
  __m128i high = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8 (low, high, 8), cdgh = _mm_blend_epi16 (high, low, 0xf0);

  for (; n_blocks > 0; n_blocks--, bytes += BLOCK) {
    __m128i abef_before = abef, cdgh_before = cdgh, words[4];

    for (guint i = 0; i < 4; i++)
      words[i] =
          _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *)(bytes + 16 * (gsize)i)), swap);
#pragma GCC unroll 16
    for (guint i = 0; i < 16; i++) {
      __m128i sum;

      if (i >= 4) {
        sum = _mm_sha256msg1_epu32 (words[i % 4], words[(i + 1) % 4]);
        sum = _mm_add_epi32 (sum, _mm_alignr_epi8 (words[(i + 3) % 4], words[(i + 2) % 4], 4));
        words[i % 4] = _mm_sha256msg2_epu32 (sum, words[(i + 3) % 4]);
      }
      sum = _mm_add_epi32 (words[i % 4],
                           _mm_loadu_si128 ((const __m128i *)(round_constants + 4 * (gsize)i)));
      cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0e));
    }
    abef = _mm_add_epi32 (abef, abef_before);
    cdgh = _mm_add_epi32 (cdgh, cdgh_before);
  }

  low = _mm_shuffle_epi32 (abef, 0x1b);
  high = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *)state, _mm_blend_epi16 (low, high, 0xf0));
  _mm_storeu_si128 ((__m128i *)(state + 4), _mm_alignr_epi8 (high, low, 8));
}

#else

static gboolean
has_instructions (void)
{
  return FALSE;
}

static void
compress (guint32 state[8], const guint8 *bytes, gsize n_blocks)
{
}

#endif

QonysSha256 *
_qonys_sha256_new (void)
{
  QonysSha256 *sha = g_new0 (QonysSha256, 1);

  if (!has_instructions ()) {
    sha->checksum = g_checksum_new (G_CHECKSUM_SHA256);
    return sha;
  }
#if HAS_INSTRUCTIONS
  if (g_once_init_enter (&constants_made)) {
    make_constants ();
    g_once_init_leave (&constants_made, 1);
  }
  memcpy (sha->state, first_state, sizeof sha->state);
#endif
  return sha;
}

void
_qonys_sha256_free (QonysSha256 *sha)
{
  g_clear_pointer (&sha->checksum, g_checksum_free);
  g_free (sha);
}

void
_qonys_sha256_update (QonysSha256 *sha, const char *bytes, gsize length)
{
  gsize n;

  if (sha->checksum != NULL) {
    g_checksum_update (sha->checksum, (const guchar *)bytes, (gssize)length);
    return;
  }
  sha->n_bytes += length;
  if (sha->n_rest > 0) {
    n = MIN (length, BLOCK - sha->n_rest);
    memcpy (sha->rest + sha->n_rest, bytes, n);
    sha->n_rest += n;
    bytes += n;
    length -= n;
    if (sha->n_rest < BLOCK)
      return;
    compress (sha->state, sha->rest, 1);
  }
  compress (sha->state, (const guint8 *)bytes, length / BLOCK);
  sha->n_rest = length % BLOCK;
  if (sha->n_rest > 0)
    memcpy (sha->rest, bytes + length - sha->n_rest, sha->n_rest);
}

const char *
_qonys_sha256_get (QonysSha256 *sha)
{
  static const char padding[2 * BLOCK] = {(char)0x80};
  guint64 n_bits = GUINT64_TO_BE (sha->n_bytes * 8);

  if (sha->checksum != NULL)
    return g_checksum_get_string (sha->checksum);
  if (*sha->hex != '\0')
    return sha->hex;
  /* A one, zeros, and the length at the end of a block. */
  _qonys_sha256_update (sha, padding, 1 + (2 * BLOCK - 9 - sha->n_rest) % BLOCK);
  _qonys_sha256_update (sha, (const char *)&n_bits, sizeof n_bits);
  for (guint i = 0; i < 8; i++)
    g_snprintf (sha->hex + 8 * (gsize)i, 9, "%08x", sha->state[i]);
  return sha->hex;
}
