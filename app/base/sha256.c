/* SHA-256 by OpenSSL's libcrypto, a few files a session, up to gigabytes each: GChecksum takes
 * four times as long and would be what an export of a million rows waits for. */

#include "base/sha256.h"

#include <openssl/evp.h>

struct _QonysSha256 {
  EVP_MD_CTX *context;
  char *hex;
};

QonysSha256 *
qonys_sha256_new (void)
{
  QonysSha256 *sha = g_new0 (QonysSha256, 1);

  sha->context = EVP_MD_CTX_new ();
  EVP_DigestInit_ex (sha->context, EVP_sha256 (), NULL);
  return sha;
}

void
qonys_sha256_free (QonysSha256 *sha)
{
  EVP_MD_CTX_free (sha->context);
  g_free (sha->hex);
  g_free (sha);
}

void
qonys_sha256_add (QonysSha256 *sha, gconstpointer bytes, gsize length)
{
  EVP_DigestUpdate (sha->context, bytes, length);
}

const char *
qonys_sha256_get (QonysSha256 *sha)
{
  if (sha->hex == NULL) {
    guint8 digest[EVP_MAX_MD_SIZE];
    guint n = 0;
    GString *hex = g_string_new (NULL);

    EVP_DigestFinal_ex (sha->context, digest, &n);
    for (guint i = 0; i < n; i++)
      g_string_append_printf (hex, "%02x", digest[i]);
    sha->hex = g_string_free (hex, FALSE);
  }
  return sha->hex;
}
