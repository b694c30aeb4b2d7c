// A node alone in its Alliance, which issues as fast as it can on a disk that is filled under it: `node
// full-disk-child.ts DATADIR`. It says every promise and every refusal, and asks again for what was refused.
import { writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { isError } from '#protocol'
import { officer, onceFor, releaser } from '../bench/bench-node.ts'
import { numberedDraft, openCrashNode } from './crash-node.ts'
import type { DiskSaid } from './full-disk.ts'

const askAgainMs = 20

// Whoever meets a limit on the size of files is sent a signal that ends the process unless somebody listens.
process.on('SIGXFSZ', () => {})
process.stdin.on('close', () => process.exit()).resume()
const dataDir = process.argv[2] ?? ''
const { desk } = await openCrashNode({ member: 'QM', dataDir, members: 1, freeSpaceMib: 1 })
for (let number = 1; ; number++) {
  const draft = await untilTaken(() => desk.drafts.create(numberedDraft(number), officer))
  const { seq, id } = await untilTaken(() => desk.release(draft.id, releaser, { once: onceFor(draft.id) }))
  say({ said: 'issued', seq, id })
}

async function untilTaken<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isError(error)) throw error
      if (error.code !== 'recovering') say({ said: 'refused', code: error.code })
      await delay(askAgainMs)
    }
  }
}

function say(said: DiskSaid): void {
  writeSync(1, `${JSON.stringify(said)}\n`)
}
