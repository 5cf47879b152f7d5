#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * qonys_fold_text:
 * @text: UTF-8
 *
 * Folds a text for loose search, so that «Көктал», "коктал" and "Koktal" are one: NFKC, lower
 * case, Kazakh and Russian Cyrillic and Latin transliterations brought to one Latin skeleton
 * (қ к k q → k, ғ г g → g, ұ ү у u → u, і и й y i → i, ә а a → a, ө о o → o, ң н n → n,
 * һ х h kh → h, ш sh, ж zh j → j, ы → i, е ё э ye → e, ю yu iu → iu, я ya ia → ia …), marks
 * and apostrophes dropped, № and runs of what is neither letter nor digit made one space, ends
 * trimmed.
 *
 * Returns: (transfer full): ASCII
 */
char *qonys_fold_text (const char *text);

/**
 * qonys_fold_match:
 * @needle: folded text
 * @haystack: folded text
 *
 * Returns: how well @needle is found: 0 not; 1 within one edit (two swapped letters are one) of
 *   a word's beginning, for needles of 4 letters and more, or a Russian adjective of such a word
 *   («Нуринский» of «Нура»); 2 inside; 3 at the beginning of a word; 4 at the beginning; 5 equal
 */
int qonys_fold_match (const char *needle, const char *haystack);

/**
 * qonys_collate_kk:
 * @a: UTF-8
 * @b: UTF-8
 *
 * Compares by Kazakh alphabetical order (ә after а, ғ after г, і after ы …), case ignored;
 * digits, then Latin, then Cyrillic; what is neither letter nor digit only parts words.
 */
int qonys_collate_kk (const char *a, const char *b);

/** For the sorting of many: strcmp() puts keys in the order of qonys_collate_kk(), but takes texts
 * that differ in marks only (a, ä) for equal. 1 µs. Returns: (transfer full) */
char *qonys_collate_key_kk (const char *text);

G_END_DECLS
