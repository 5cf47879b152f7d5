/* Files that are nowhere but in memory. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* GDAL remembers archives by name, size and second: the name is another each time. */
#define FIRST 100
#define N_NAMES 800

char *
fuzz_put (const void *data, gsize size)
{
  static int n = 0, last = -1;
  int file = memfd_create ("fuzz", MFD_CLOEXEC);
  int number = FIRST + n++ % N_NAMES;

  fuzz_assert (file >= 0 && write (file, data, size) == (gssize)size);
  if (last >= 0)
    close (last);
  fuzz_assert (dup2 (file, number) == number);
  close (file);
  last = number;
  return g_strdup_printf ("/proc/self/fd/%d", number);
}
