import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FocalpointError } from '#protocol'

export interface DemonstrationFolder extends AsyncDisposable {
  readonly path: string
}

/** The folder that was named, or a temporary one that goes when the demonstration ends. */
export async function openFolder({
  data,
  keep,
}: {
  data?: string | undefined
  keep?: boolean | undefined
}): Promise<DemonstrationFolder> {
  const path =
    data === undefined ? await mkdtemp(join(tmpdir(), 'focalpoint-demo-')) : await made(resolve(data))
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (data === undefined && !keep) await rm(path, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function made(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true })
    return path
  } catch (cause) {
    const what = cause instanceof Error && 'code' in cause ? String(cause.code) : 'cannot be made'
    throw new FocalpointError(
      'data-folder-unusable',
      `The folder ${path} cannot be used: ${what}.`,
      { path, what },
      { cause },
    )
  }
}
