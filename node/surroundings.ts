import { readdir, readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Store } from './store/index.ts'

/** What a node needs to know of the machine around it. */
export interface Surroundings {
  /** Undefined where the file system does not tell. */
  diskFreeBytes: number | undefined
  inodesFree: number | undefined
  /** Seconds since 1970 of the last good backup. */
  lastBackupAt: number | undefined
  /** When the data folder was made, from which a first backup is due. */
  madeAt: number | undefined
  /** Stores that were found damaged or emptied and set aside. */
  setAside: readonly SetAside[]
}

export interface SetAside {
  /** Its name in the data folder. */
  folder: string
  /** As the start-up check found it. */
  state: 'damaged' | 'emptied'
  /** Seconds since 1970. */
  at: number | undefined
}

/** The beginning of the names of folders that the start-up check sets aside. */
const setAsidePrefix = 'store-damaged-'

const found = z.looseObject({ state: z.enum(['damaged', 'emptied']), at: z.string() })
const lastBackup = z.looseObject({ at: z.union([z.string(), z.number()]) })

/** Never throws: what cannot be read is not known. */
export async function lookAround(dataDir: string): Promise<Surroundings> {
  const [disk, folder, names, lastBackupAt] = await Promise.all([
    // A node that never ran has no folder yet: it will be made on its parent's disk.
    statfs(dataDir)
      .catch(() => statfs(dirname(dataDir)))
      .catch(() => undefined),
    stat(dataDir).catch(() => undefined),
    readdir(dataDir).catch((): string[] => []),
    lastBackupOf(dataDir),
  ])
  return {
    diskFreeBytes: disk && disk.bavail * disk.bsize,
    // Some file systems count no inodes: they say 0 of 0.
    inodesFree: disk && disk.files > 0 ? disk.ffree : undefined,
    lastBackupAt,
    madeAt: folder && folder.birthtimeMs > 0 ? Math.floor(folder.birthtimeMs / 1000) : undefined,
    setAside: await Promise.all(
      names
        .filter(name => name.startsWith(setAsidePrefix))
        .sort()
        .map(folder => setAsideIn(dataDir, folder)),
    ),
  }
}

/** `found.json` is written by the start-up check. */
async function setAsideIn(dataDir: string, folder: string): Promise<SetAside> {
  try {
    const text = await readFile(join(dataDir, folder, 'found.json'), 'utf8')
    const { state, at } = found.parse(JSON.parse(text))
    return { folder, state, at: secondsOf(at) }
  } catch {
    return { folder, state: 'damaged', at: undefined }
  }
}

/** `last-backup.json` is written by "backup create" after a good one. */
async function lastBackupOf(dataDir: string): Promise<number | undefined> {
  try {
    const { at } = lastBackup.parse(JSON.parse(await readFile(join(dataDir, 'last-backup.json'), 'utf8')))
    return typeof at === 'number' ? at : secondsOf(at)
  } catch {
    return undefined
  }
}

function secondsOf(iso: string): number | undefined {
  const seconds = Math.floor(Date.parse(iso) / 1000)
  return Number.isFinite(seconds) ? seconds : undefined
}

/** The disk and what lies on it, as last looked at. */
export class DiskWatch {
  readonly #store: Store
  readonly #dataDir: string
  storeBytes = 0
  surroundings: Surroundings = {
    diskFreeBytes: undefined,
    inodesFree: undefined,
    lastBackupAt: undefined,
    madeAt: undefined,
    setAside: [],
  }

  constructor(store: Store, dataDir: string) {
    this.#store = store
    this.#dataDir = dataDir
  }

  async look(): Promise<void> {
    this.surroundings = await lookAround(this.#dataDir)
    this.storeBytes = (await this.#store.counts()).bytes
  }
}
