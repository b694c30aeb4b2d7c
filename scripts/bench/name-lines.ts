import { seededRandom } from '../crash/random.ts'
import { inventedName, inventedNames, withTypos } from '../names/invented.ts'

/** A line as a declarant writes it, and the place of the name that is meant: none for one that is in no notice. */
export interface NameLine {
  text: string
  right?: number
}

/** Names, and lines that ask for them: 40 % as they are, 40 % with one or two typos, 20 % of others. */
export function namesAndLines({
  names: count,
  lines: lineCount,
  seed,
}: {
  names: number
  lines: number
  seed: number
}): {
  names: string[]
  lines: NameLine[]
} {
  const names = inventedNames(count, seed)
  const held = new Set(names)
  const random = seededRandom(seed + 1)
  const lines: NameLine[] = []
  while (lines.length < lineCount) {
    const right = Math.floor(random() * count)
    const name = names[right] ?? ''
    const share = random()
    if (share < 0.4) lines.push({ text: name, right })
    else if (share < 0.8) lines.push({ text: withTypos(name, random), right })
    else {
      const text = inventedName(random)
      if (!held.has(text)) lines.push({ text })
    }
  }
  return { names, lines }
}
