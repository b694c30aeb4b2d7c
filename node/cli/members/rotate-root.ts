import { proposeRoot } from '#protocol'
import { say } from '../talk.ts'
import { readPublic } from './coordinator.ts'
import { openNewest } from './newest.ts'
import { type ProposalOptions, writeProposal } from './propose.ts'
import { checkThreshold, type ThresholdOptions } from './threshold.ts'

interface RotationOptions extends ProposalOptions, ThresholdOptions {
  add?: string[]
  remove?: string[]
}

/** Other coordinators, another threshold or another date: the coordinators before and after must both sign. */
export async function proposeNextRoot(options: RotationOptions): Promise<void> {
  const registry = await openNewest(options)
  const added = await Promise.all((options.add ?? []).map(readPublic))
  const { remove, threshold, expires } = options
  const add = added.map(({ coordinator }) => coordinator)
  const stays = registry.root.coordinators.filter(({ id }) => !remove?.includes(id))
  const left = [...stays, ...add]
  const kept = registry.root.threshold > left.length ? registry.root.threshold : undefined
  await checkThreshold(left, { ...options, threshold: threshold ?? kept })
  const document = proposeRoot(registry, { add, remove, threshold, expires })
  for (const { coordinator, safetyNumber } of added) say(`${coordinator.id}: public key ${safetyNumber}`)
  await writeProposal(registry, document, options)
  say('Afterwards run "focalpoint members renew", so that a members document stands under the new root.')
}
