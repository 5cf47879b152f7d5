/*
 * The grammar of addresses fed with any bytes, as libFuzzer gives them. What it makes of them must
 * be text that can be compared, must stay what it is when it is read again, and a flat's number
 * put behind whatever came must be in no part of it.
 */
#include "fuzz.h"

#include "domain/address.h"
#include "domain/street-name.h"

#include <string.h>

#define FLAT "777777"

static void
check_text (const char *text)
{
  QonysStreetName name;

  if (text == NULL)
    return;
  if (text[0] == '\0')
    abort ();
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != ' ')
      abort ();
  qonys_street_name_init (&name, text);
  if (qonys_street_name_compare (&name, &name) > 1)
    abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *with_flat = g_strconcat (text, ", кв. " FLAT, NULL);
  g_autofree char *key = qonys_address_make_key (text, NULL);
  g_auto (QonysAddress) address = {0};
  g_auto (QonysAddress) flat = {0};

  qonys_address_parse (text, &address);
  check_text (address.street);
  check_text (address.block);
  if (address.house.number != 0) {
    g_autofree char *house = qonys_house_format (&address.house);
    QonysHouse again;

    if (!qonys_house_parse (house, &again) || again.number != address.house.number)
      abort ();
  }
  qonys_address_parse (with_flat, &flat);
  if (strstr (text, FLAT) == NULL && ((flat.street != NULL && strstr (flat.street, FLAT) != NULL) ||
                                      (flat.block != NULL && strstr (flat.block, FLAT) != NULL)))
    abort ();
  return 0;
}
