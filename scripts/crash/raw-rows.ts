// Reads LevelDB folders as a program without checks would, a line of JSON for each folder named on its input: how many
// of the rows that were there before are gone, and how many differ. It may be ended by a damaged table.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Level } from 'level'

for await (const line of createInterface({ input: process.stdin })) {
  const { dir, rows }: { dir: string; rows: string } = JSON.parse(line)
  process.stdout.write(`${JSON.stringify(await compare(dir, rows))}\n`)
}

async function compare(
  dir: string,
  path: string,
): Promise<{ gone: number; wrong: number } | { refused: string }> {
  const before: [key: string, value: string][] = JSON.parse(await readFile(path, 'utf8'))
  const level = new Level<string, string>(dir, { compression: false })
  const count = { gone: 0, wrong: 0 }
  try {
    await level.open()
    for (const [key, value] of before) {
      const found = level.getSync(key)
      if (found === undefined) count.gone += 1
      else if (found !== value) count.wrong += 1
    }
    return count
  } catch (error) {
    return { refused: String(error instanceof Error ? (error.cause ?? error) : error) }
  } finally {
    await level.close().catch(() => {})
  }
}
