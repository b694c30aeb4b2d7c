import { Level } from 'level'
import { FocalpointError } from '#protocol'

/** What LevelDB can do and `level`, made for browsers too, does not tell. */
export interface Native {
  compactRange: (start: string, end: string) => Promise<void>
  getProperty: (name: string) => string
}

/** Rows asked for in one step across the language border (1000 rows: three times the speed of one by one). */
export const rowsPerStep = 1000
export const bytesPerStep = 1024 * 1024

/** Written to a table when so much has gathered: eight times LevelDB's own, so that a long catch-up is merged less often. */
const writeBufferSize = 32 * 1024 * 1024

/** Uncompressed: base64url gains little, and a search of the files for erased text stays honest. */
export async function openLevel(
  dir: string,
  { createIfMissing }: { createIfMissing: boolean },
): Promise<Level<string, string>> {
  const level = new Level<string, string>(dir, { compression: false, writeBufferSize, createIfMissing })
  await level.open()
  return level
}

interface Steps<Row> {
  nextv: (size: number) => Promise<Row[]>
  close: () => Promise<void>
}

export async function readAll<Row>(steps: Steps<Row>): Promise<Row[]> {
  try {
    const first = await steps.nextv(rowsPerStep)
    let all = first
    for (let step = first; step.length > 0; ) {
      step = await steps.nextv(rowsPerStep)
      if (step.length > 0) all = all.concat(step)
    }
    return all
  } finally {
    await steps.close()
  }
}

export function whyNotOpen(error: unknown, path: string): FocalpointError {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const { code, message } = cause as { code?: string; message?: string }
  const what = message ?? String(cause)
  if (code === 'LEVEL_LOCKED') {
    return new FocalpointError(
      'data-folder-in-use',
      `Another focalpoint is running on ${path}: stop it first, or give this one a folder of its own.`,
      { path },
      { cause },
    )
  }
  if (code === 'LEVEL_CORRUPTION') {
    return new FocalpointError(
      'store-damaged',
      `The store in ${path} is damaged. Keep a copy, then restore a backup or start empty and catch up from the others.`,
      { what },
      { cause },
    )
  }
  return new FocalpointError(
    'data-folder-unusable',
    `The data folder ${path} cannot be used: ${what}. Check that it is a folder and that focalpoint may write there.`,
    { path, what },
    { cause },
  )
}
