import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Level } from 'level'
import { checkedValue } from '../checksum.ts'
import type { Order } from './children.ts'

/** What LevelDB can do and `level`, made for browsers too, does not tell. */
interface Repairing {
  repair: (dir: string) => Promise<void>
}

/** Writes every row that is as it was written, a JSON line each in key order; gives why the run over them ended early. */
export async function salvageRows({
  dir,
  to,
  repair,
}: Extract<Order, { task: 'salvage' }>): Promise<string[]> {
  const out = createWriteStream(to, { flags: 'w', mode: 0o600 })
  const why: string[] = []
  try {
    if (repair) await (Level as unknown as Repairing).repair(dir)
    const level = new Level<string, string>(dir, { compression: false, createIfMissing: false })
    await level.open()
    for await (const [key, stored] of level.iterator()) {
      const value = checkedValue(key, stored)
      if (value !== undefined && !out.write(`${JSON.stringify([key, value])}\n`)) await drained(out)
    }
    await level.close()
  } catch (error) {
    why.push(String(error))
  }
  out.end()
  await finished(out)
  return why
}

function drained(out: NodeJS.WritableStream): Promise<void> {
  return new Promise(resolve => void out.once('drain', resolve))
}
