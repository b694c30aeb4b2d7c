import { numberAtEnd, tables } from './keys.ts'

// Each batch writes a mark with its number and takes away the one `kept` before it; the first writes all `kept` of them.
// So sound marks are always the last `kept` numbers without a hole. A batch that is dropped from the middle of LevelDB's
// log (its reader skips what does not check) leaves its own mark missing and the one that it was to take away standing:
// however many go, it shows.

const kept = 64

export function nextBatch(last: number): number {
  return last === 0 ? kept : last + 1
}

/** The rows that batch number `n` writes beside its own. */
export function markRows(n: number): [key: string, value: string | undefined][] {
  if (n === kept) return Array.from({ length: kept }, (_, at) => [tables.batch.key(at + 1), ''])
  return [
    [tables.batch.key(n), ''],
    [tables.batch.key(n - kept), undefined],
  ]
}

/** The number of the last batch; 0 of an empty store. */
export function lastBatch(keys: readonly string[]): number {
  const last = keys.at(-1)
  return last === undefined ? 0 : numberAtEnd(last)
}

/** Whether the marks, in order, show that no batch is gone from among those on disk. */
export function hasNoHole(keys: readonly string[]): boolean {
  const last = lastBatch(keys)
  return (
    last === 0 || (keys.length === kept && keys.every((key, at) => numberAtEnd(key) === last - kept + 1 + at))
  )
}
