/** Letters are bits of one number: longer words are compared by their beginnings. */
const lengthMost = 31

/** The bits at which each letter stands in the word compared last; kept, for one word is compared with many. */
const places = new Int32Array(128)
let placed = ''

/**
 * How many typos make one word into the other: a letter left out, put in, mistaken, or swapped with its neighbour (optimal
 * string alignment), many letters at a time (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau
 * edit distances"). Words in ASCII.
 */
export function typosBetween(one: string, other: string): number {
  if (one === other) return 0
  if (one === '' || other === '') return one.length + other.length
  place(one)
  const length = Math.min(one.length, lengthMost)
  const last = 1 << (length - 1)
  let typos = length
  let [up, down, diagonal, before] = [-1, 0, 0, 0]
  for (let at = 0; at < other.length && at < lengthMost; at++) {
    const same = places[other.charCodeAt(at)] as number
    const swapped = ((~diagonal & same) << 1) & before
    diagonal = ((((same & up) + up) | 0) ^ up) | same | down | swapped
    let right = down | ~(diagonal | up)
    let left = diagonal & up
    if ((right & last) !== 0) typos++
    else if ((left & last) !== 0) typos--
    right = (right << 1) | 1
    left <<= 1
    up = left | ~(diagonal | right)
    down = right & diagonal
    before = same
  }
  return typos
}

function place(word: string): void {
  if (word === placed) return
  places.fill(0)
  for (let at = 0; at < word.length && at < lengthMost; at++) {
    const code = word.charCodeAt(at)
    places[code] = (places[code] as number) | (1 << at)
  }
  placed = word
}
