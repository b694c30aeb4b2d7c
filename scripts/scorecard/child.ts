// Runs one row in a process of its own, so that its memory and open handles spoil no other: `node child.ts ASKED`.
import { rows } from './list.ts'
import type { Answer, Asked } from './run-row.ts'

const { name, ...options }: Asked = JSON.parse(process.argv[2] ?? '')
const over = new AbortController()
process.on('message', () => over.abort())
process.on('disconnect', () => process.exit())

answer(await outcome())

async function outcome(): Promise<Answer> {
  try {
    const load = rows[name]
    if (load === undefined) throw new TypeError(`There is no row "${name}".`)
    const { row } = await load()
    const { title, target, limitSeconds } = row
    answer({ said: 'began', title, target, ...(limitSeconds && { limitSeconds }) })
    return { said: 'done', results: await row.run({ ...options, signal: over.signal }) }
  } catch (error) {
    return { said: 'failed', what: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function answer(said: Answer): void {
  process.send?.(said, () => {
    if (said.said !== 'began') process.exit()
  })
}
