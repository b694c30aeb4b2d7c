/** Longer words are looked up by their beginnings. */
const lengthMost = 10
const seed = 0x811c9dc5
const prime = 0x01000193

/**
 * The hashes of a word with up to so many of its letters left out. Two words with few typos between them share one of
 * these, so that the near ones are found by looking up and not by comparing with all (Garbe 2012, "SymSpell").
 */
export function deletionsOf(word: string, most: number): Set<number> {
  const length = Math.min(word.length, lengthMost)
  const hashes = new Set([hashWithout(word, length, -1, -1)])
  if (most < 1) return hashes
  for (let one = 0; one < length; one++) {
    hashes.add(hashWithout(word, length, one, -1))
    if (most < 2) continue
    for (let other = one + 1; other < length; other++) hashes.add(hashWithout(word, length, one, other))
  }
  return hashes
}

/** FNV-1a, 32 bits. */
function hashWithout(word: string, length: number, one: number, other: number): number {
  let hash = seed
  for (let at = 0; at < length; at++) {
    if (at === one || at === other) continue
    hash = Math.imul(hash ^ word.charCodeAt(at), prime)
  }
  return hash | 0
}
