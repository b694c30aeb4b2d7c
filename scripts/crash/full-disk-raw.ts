// A program that writes to LevelDB and tries again when that fails, as one would write it first: `node full-disk-raw.ts DIR`.
import { writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Level } from 'level'
import type { DiskSaid } from './full-disk.ts'

const askAgainMs = 20

process.on('SIGXFSZ', () => {})
process.stdin.on('close', () => process.exit()).resume()
const level = new Level<string, string>(process.argv[2] ?? '', { compression: false })
await level.open()
for (let seq = 1; ; ) {
  try {
    await level.batch([{ type: 'put', key: String(seq), value: 'x'.repeat(4000) }], { sync: true })
    say({ said: 'issued', seq, id: String(seq) })
    seq += 1
  } catch (error) {
    say({ said: 'refused', code: String(error) })
    await delay(askAgainMs)
  }
}

function say(said: DiskSaid): void {
  writeSync(1, `${JSON.stringify(said)}\n`)
}
