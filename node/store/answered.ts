import { fieldOf, under } from './keys.ts'
import type { Rows } from './rows.ts'

/** Which notices are referred to, and how, held in memory too: what their answers made of them is not looked up otherwise. */
export interface Answered {
  /** All that are referred to in any of these ways, and some that no longer are: look at what refers to them. */
  by: (rels: readonly string[]) => string[]
  /** Told of every row that is on disk; undefined for one that is gone. */
  committed: (key: string, value: string | undefined) => void
  reread: () => Promise<void>
}

const rowsPerPage = 4096

export async function openAnswered(rows: Rows): Promise<Answered> {
  /** Relation → ids of notices. */
  const held = new Map<string, Set<string>>()
  const answered: Answered = {
    by: rels => [...new Set(rels.flatMap(rel => [...(held.get(rel) ?? [])]))],
    committed(key, value) {
      const rel = value?.split(' ')[1]
      if (rel === undefined) return
      const targets = held.get(rel) ?? new Set()
      held.set(rel, targets.add(fieldOf(key, 1)))
    },
    async reread() {
      held.clear()
      const range = under('ref')
      for (let gt = range.gt; ; ) {
        const page = await rows.scan({ ...range, gt, limit: rowsPerPage })
        for (const [key, value] of page) answered.committed(key, value)
        if (page.length < rowsPerPage) return
        gt = page.at(-1)?.[0] ?? gt
      }
    },
  }
  await answered.reread()
  return answered
}
