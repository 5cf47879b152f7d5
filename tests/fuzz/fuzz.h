#pragma once

#include <gio/gio.h>
#include <stdlib.h>

G_BEGIN_DECLS

/** What libFuzzer calls, and drive.c in its place. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/** Bytes as a file in memory. Returns: (transfer full): its path, of one file at a time */
char *fuzz_put (const void *data, gsize size);

/** Ends the process where something is untrue. */
#define fuzz_assert(condition)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition)) {                                                                            \
      g_printerr ("%s: not true: %s\n", G_STRLOC, #condition);                                     \
      abort ();                                                                                    \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
