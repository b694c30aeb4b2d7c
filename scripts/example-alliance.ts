// Writes keys-example/, the demonstration Alliance: `npm run keys-example -- [--seed N]`.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openTrust, trustFingerprint } from '#protocol'
import { type AllianceMember, type AlliancePlan, makeAlliance } from './alliance.ts'

const both = ['torture', 'capital']
const tortureOnly = ['torture']

/** Fictional States with ISO 3166-1 codes that no real one can have. */
export const demonstrationMembers: readonly AllianceMember[] = [
  { id: 'QM', names: { en: 'Quillmark', ar: 'كويلمارك' }, channels: both },
  { id: 'QN', names: { en: 'Norvane', ar: 'نورفان' }, channels: both },
  { id: 'XD', names: { en: 'Dorrenia', ar: 'دورينيا' }, channels: both },
  { id: 'XE', names: { en: 'Elandor', ar: 'إيلاندور' }, channels: tortureOnly },
  { id: 'XF', names: { en: 'Farrowick', ar: 'فاروويك' }, channels: both },
  { id: 'XH', names: { en: 'Hesperay', ar: 'هسبيراي' }, channels: tortureOnly },
]

/** The first `count` members of a larger demonstration: beyond six they are DEMO07, DEMO08 and so on. */
export function membersUpTo(count: number): AllianceMember[] {
  const more = Array.from({ length: Math.max(0, count - demonstrationMembers.length) }, (_, at) => {
    const number = String(at + demonstrationMembers.length + 1).padStart(2, '0')
    return { id: `DEMO${number}`, names: { en: `Demonstration member ${number}` }, channels: tortureOnly }
  })
  return [...demonstrationMembers, ...more].slice(0, count)
}

export const demonstrationPlan: AlliancePlan = {
  seed: 1,
  members: demonstrationMembers,
  coordinators: ['coordinator-1', 'coordinator-2', 'coordinator-3'],
  threshold: 2,
  issued: '2026-01-01',
  expires: '2036-01-01',
}

/** File name → text, of every file in keys-example/. */
export async function exampleFiles(seed: AlliancePlan['seed']): Promise<Map<string, string>> {
  const { trust, memberKeys, coordinatorKeys } = await makeAlliance({ ...demonstrationPlan, seed })
  const fingerprint = trustFingerprint(await openTrust(trust))
  return new Map([
    ['README.md', readme(fingerprint)],
    ['trust.json', trust],
    ...memberKeys.map(keys => [`${keys.member}.json`, pretty(keys)] as const),
    ...coordinatorKeys.map(keys => [`${keys.coordinator}.json`, pretty(keys)] as const),
  ])
}

function pretty(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function readme(fingerprint: string): string {
  return `# The demonstration Alliance

**Never use these keys.** They are public: every private key here follows from a seed that stands in the source,
so anyone can sign as any of these members. They are for \`focalpoint demo\` and for tests; \`focalpoint serve\`
refuses them. A real member makes its own with \`focalpoint init\`.

| file | holds |
|---|---|
| \`trust.json\` | the root and the members document, signed by two of the three coordinators |
| \`QM.json\` … \`XH.json\` | one member's node, signing and recovery key |
| \`coordinator-1.json\` … \`coordinator-3.json\` | one coordinator's key; a real one is kept offline |

All members are fictional, with codes that ISO 3166-1 leaves to its users.

The fingerprint of \`trust.json\`, as two people would compare it over the telephone:

    ${fingerprint.slice(0, 35)}
    ${fingerprint.slice(36)}

Everything here is written by \`npm run keys-example\` and comes out the same each time; \`-- --seed N\` makes another
Alliance with other keys.
`
}

async function writeExample(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: String(demonstrationPlan.seed) } },
  })
  const folder = join(import.meta.dirname, '..', 'keys-example')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of await exampleFiles(values.seed)) await writeFile(join(folder, name), text)
}

if (import.meta.main) await writeExample()
