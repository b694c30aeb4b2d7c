import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isError, isObject } from '#protocol'
import { openStore, type Store } from '../../node/store/index.ts'
import { storeDirOf } from './crash-node.ts'

/** What one store holds of the issuer's log. */
export interface Held {
  /** From place 1. */
  ids: string[]
  /** The number of the draft that each became. */
  numbers: number[]
  /** Ids of the feed's notices, in its order. */
  feed: string[]
}

/** Looks into a copy, so that the looking mends nothing. */
export async function readStoreCopy(dataDir: string, issuer: string): Promise<Held> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-copy-'))
  try {
    // A kill may have come before there was one.
    if (existsSync(storeDirOf(dataDir))) await cp(storeDirOf(dataDir), folder, { recursive: true })
    await using store = await openIfWhole(folder)
    if (store === undefined) return { ids: [], numbers: [], feed: [] }
    const height = store.notices.head('torture', issuer)?.seq ?? 0
    const ids = store.notices.logIds('torture', issuer, 1, height)
    const numbers = ids.map(id =>
      numberOf(store.notices.find(id)?.parts.find(({ name }) => name === 'body')?.value),
    )
    const feed = store.feed.feedAfter(0, Number.MAX_SAFE_INTEGER).filter(({ kind }) => kind === 'notice')
    return { ids, numbers, feed: feed.map(({ id }) => id) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The power may have gone while a new store was made; a node makes another one then, for nothing was promised. */
async function openIfWhole(dir: string): Promise<Store | undefined> {
  try {
    return await openStore({ dir })
  } catch (error) {
    if (isError(error, 'data-folder-unusable') || isError(error, 'store-damaged')) return undefined
    throw error
  }
}

function numberOf(body: unknown): number {
  const text = isObject(body) && isObject(body.text) ? body.text.en : undefined
  return Number(String(text).replace('Number ', ''))
}
