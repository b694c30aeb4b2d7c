import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../../../node/last-signed.ts'
import { type Alliance, type AlliancePlan, makeAlliance } from '../../../../scripts/alliance.ts'
import { demonstrationMembers, demonstrationPlan } from '../../../../scripts/example-alliance.ts'

/** A folder as an operator has it, for QM; nothing runs yet. */
export interface Installation extends AsyncDisposable {
  folder: string
  keyFile: string
  alliance: Alliance
  /** Changes focalpoint.toml. */
  set: (settings: object) => Promise<void>
}

export async function install(plan: Partial<AlliancePlan> = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-doctor-'))
  const members = demonstrationMembers.slice(0, 2)
  const alliance = await makeAlliance({ ...demonstrationPlan, seed: 'to be examined', members, ...plan })
  const keys = alliance.memberKeys.find(({ member }) => member === 'QM')
  if (keys === undefined) throw new TypeError('There is no QM.')
  const { demonstration: _, ...unmarked } = keys
  const keyFile = join(folder, 'focalpoint-keys.json')
  await writeFile(join(folder, 'trust.json'), alliance.trust)
  await writeFile(keyFile, JSON.stringify({ ...unmarked, unencrypted: true }), { mode: 0o600 })
  await mkdir(join(folder, 'data'), { mode: 0o700 })
  await writeNothingSigned(join(folder, 'data', 'last-signed'), channelNames)
  const set = (settings: object) =>
    writeFile(
      join(folder, 'focalpoint.toml'),
      stringify({
        member: 'QM',
        data_dir: 'data',
        network: { listen: ['/ip4/127.0.0.1/tcp/0'] },
        api: { port: 9 },
        ...settings,
      }),
    )
  await set({})
  return {
    folder,
    keyFile,
    alliance,
    set,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
