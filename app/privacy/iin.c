/*
 * The individual identification number: its check digit and what its digits read as. Every run
 * of 12 digits of a file comes here; some tens of nanoseconds, no memory.
 */
#include "privacy/identifier.h"

#include <string.h>

#define IIN_DIGITS 12
#define NOT_ISSUED 10

/* The 12th digit of a number by its first eleven; 10 for a number that is not issued. */
static int
get_check_digit (const char *digits)
{
  static const guint8 second_weights[IIN_DIGITS - 1] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
  int first = 0, second = 0;

  for (int i = 0; i < IIN_DIGITS - 1; i++) {
    first += (digits[i] - '0') * (i + 1);
    second += (digits[i] - '0') * second_weights[i];
  }
  return first % 11 != 10 ? first % 11 : second % 11;
}

QonysIinTier
qonys_iin_get_tier (const char *digits)
{
  static const guint8 month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month, day, check;

  if (digits == NULL || strspn (digits, "0123456789") != IIN_DIGITS || digits[IIN_DIGITS] != '\0')
    return QONYS_IIN_NO;
  if (strspn (digits, (const char[]){digits[0], '\0'}) == IIN_DIGITS)
    return QONYS_IIN_NO; /* 000000000000: a filler */
  check = get_check_digit (digits);
  if (check == NOT_ISSUED || check != digits[IIN_DIGITS - 1] - '0')
    return QONYS_IIN_NO;
  month = (digits[2] - '0') * 10 + digits[3] - '0';
  day = (digits[4] - '0') * 10 + digits[5] - '0';
  if (month < 1 || month > 12)
    return QONYS_IIN_CHECKSUM;
  if (digits[4] >= '4' && digits[4] <= '6' && digits[5] <= '4')
    return QONYS_IIN_BIN;
  if (day >= 1 && day <= month_days[month - 1] && digits[6] <= '6')
    return QONYS_IIN_PLAUSIBLE;
  return QONYS_IIN_CHECKSUM;
}
