#pragma once

#include "support.h"

G_BEGIN_DECLS

/** A test vector: whoever bore it was born in 1899. */
#define PERSON "991231100010"

/** A file with the number in one place, in support_temp_dir(). */
typedef struct {
  const char *name;
  char *(*make) (void); /* (transfer full): its path */
} PersonsFile;

/** Ends with a NULL name. */
extern const PersonsFile PERSONS_FILES[];

/** With a column "who" to be dropped, one row to be stored and one to be rejected; ends so too. */
extern const PersonsFile STRIPPED_FILES[];

G_END_DECLS
