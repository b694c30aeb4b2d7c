import { proposeRoot } from '#protocol'
import { say } from '../talk.ts'
import { readPublic } from './coordinator.ts'
import { type ProposalOptions, writeProposal } from './propose.ts'
import { openRegistry } from './trust.ts'

export interface RotationOptions extends ProposalOptions {
  add?: string[]
  remove?: string[]
  threshold?: number
}

/** Other coordinators, another threshold or another date: the coordinators before and after must both sign. */
export async function proposeNextRoot(options: RotationOptions): Promise<void> {
  const registry = await openRegistry(options)
  const added = await Promise.all((options.add ?? []).map(readPublic))
  const { remove, threshold, expires } = options
  const add = added.map(({ coordinator }) => coordinator)
  const document = proposeRoot(registry, { add, remove, threshold, expires })
  for (const { coordinator, safetyNumber } of added) say(`${coordinator.id}: public key ${safetyNumber}`)
  await writeProposal(registry, document, options)
  say('Afterwards run "focalpoint members renew", so that a members document stands under the new root.')
}
