/** Longer words are looked up by their beginnings. */
const lengthMost = 10
const offset = 0x811c9dc5
const prime = 0x01000193
const none = -1

/**
 * Calls back with the hash of a word, and of the word with up to so many of its letters left out; some more than once. Two
 * words with few typos between them share one of these, so that the near ones are found by looking up and not by comparing
 * with all (Garbe 2012, "SymSpell").
 */
export function eachDeletion(word: string, most: number, tell: (hash: number) => void): void {
  const length = Math.min(word.length, lengthMost)
  tell(hashWithout(word, { length, one: none, other: none }))
  if (most < 1) return
  for (let one = 0; one < length; one++) {
    tell(hashWithout(word, { length, one, other: none }))
    if (most < 2) continue
    for (let other = one + 1; other < length; other++) tell(hashWithout(word, { length, one, other }))
  }
}

/** FNV-1a, 32 bits. */
function hashWithout(
  word: string,
  { length, one, other }: { length: number; one: number; other: number },
): number {
  let hash = offset
  for (let at = 0; at < length; at++) {
    if (at !== one && at !== other) hash = Math.imul(hash ^ word.charCodeAt(at), prime)
  }
  return hash | 0
}
