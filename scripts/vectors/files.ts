import { beaconVectors } from './beacons.ts'
import { canonicalVectors } from './canonical-texts.ts'
import { draftVectors } from './drafts.ts'
import { forkVectors } from './forks.ts'
import { frameVectors } from './frames.ts'
import { gossipVectors } from './gossip.ts'
import { joinVectors } from './joins.ts'
import { logVectors, trustFiles } from './logs.ts'
import { noticeVectors } from './notices.ts'
import { registryVectors } from './registry.ts'
import { stopVectors } from './stops.ts'
import { trustVectors } from './trusts.ts'
import type { VectorFile } from './vector.ts'

const subjects: [string, VectorFile][] = [
  ['notices.json', noticeVectors],
  ['gossip.json', gossipVectors],
  ['logs.json', logVectors],
  ['forks.json', forkVectors],
  ['registry.json', registryVectors],
  ['stops.json', stopVectors],
  ['joins.json', joinVectors],
  ['trusts.json', trustVectors],
  ['beacons.json', beaconVectors],
  ['frames.json', frameVectors],
  ['canonical.json', canonicalVectors],
  ['drafts.json', draftVectors],
]

/** File name → text, of every file in protocol/vectors/. */
export const vectorFiles: ReadonlyMap<string, string> = new Map([
  ...subjects.map(([name, file]) => [name, `${JSON.stringify(file, null, 1)}\n`] as const),
  ...trustFiles,
])
