import type { Coordinator } from '#protocol'
import { askText, hasTerminal } from '../ask.ts'
import { usage } from './files.ts'

export interface ThresholdOptions {
  threshold?: number | undefined
  thresholdOfOne?: boolean
}

/** Throws `usage` where fewer or more must sign than can, or where one alone is to decide and nobody confirmed it. */
export async function checkThreshold(
  coordinators: readonly Pick<Coordinator, 'id'>[],
  { threshold, thresholdOfOne }: ThresholdOptions,
): Promise<void> {
  if (threshold === undefined) return
  const of = new Set(coordinators.map(({ id }) => id)).size
  if (threshold < 1) throw usage('--threshold must be at least 1: somebody must sign.')
  if (threshold > of) throw usage(`--threshold ${threshold} is more than the ${of} coordinators`)
  if (threshold > 1 || of === 1 || thresholdOfOne || (await isTyped(of))) return
  throw usage(
    `With --threshold 1 each of the ${of} coordinators alone, or a thief of one key, decides over all members. Give a higher number, or confirm it with --threshold-of-one.`,
  )
}

async function isTyped(of: number): Promise<boolean> {
  if (!hasTerminal()) return false
  const message = `Type "one alone" if each of the ${of} coordinators may decide alone over all members`
  return (await askText({ message })) === 'one alone'
}
