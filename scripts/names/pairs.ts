import { readFile } from 'node:fs/promises'

/** Two written names, and whether they mean one party by the rule in README.md. */
export interface NamePair {
  label: 'same' | 'different'
  /** Of `one` and then of `other`: `latin-greek`. */
  scripts: string
  /** What it tries: `typo`, `number`, … */
  kind: string
  one: string
  other: string
}

const heads = 'label\tscripts\tkind\tone\tother'

/** Names the line, and never its words, when one is malformed: nobody is to read the held-out half. */
export async function readPairs(file: string): Promise<NamePair[]> {
  const [first, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n')
  if (first !== heads) throw new Error(`${file} must begin with the line: ${heads}`)
  return lines.map((line, index) => {
    const [label, scripts, kind, one, other, ...more] = line.split('\t')
    if ((label !== 'same' && label !== 'different') || !scripts || !kind || !one || !other || more.length > 0)
      throw new Error(`Line ${index + 2} of ${file} must be a label, scripts, a kind and two names.`)
    return { label, scripts, kind, one, other }
  })
}
