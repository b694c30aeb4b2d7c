// Reads a store that may be damaged, in a process of its own: `node child.ts`, with an Order on its input.
import { text } from 'node:stream/consumers'
import type { Answer, Order } from './children.ts'
import { salvageRows } from './salvage-rows.ts'

const order: Order = JSON.parse(await text(process.stdin))
process.stdout.write(JSON.stringify(await answerTo(order)))

async function answerTo(asked: Order): Promise<Answer> {
  if (asked.task === 'salvage') return { what: await salvageRows(asked) }
  const { check } = await import('./check-task.ts')
  return await check(asked)
}
