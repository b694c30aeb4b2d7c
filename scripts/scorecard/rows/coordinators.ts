import {
  advanceRegistry,
  canonical,
  type DocumentTyp,
  isError,
  openTrust,
  parseRoot,
  type Registry,
  type SignedDocument,
  sha256,
  signDocument,
} from '#protocol'
import { type CoordinatorKeys, keysOfCoordinator, makeAlliance } from '../../alliance.ts'
import { plan } from '../../vectors/alliance.ts'
import type { Result, ScoreRow } from '../row.ts'

const threshold = 3
const names = [1, 2, 3, 4, 5].map(number => `coordinator-${number}`)
const kinds = ['root', 'members'] as const
type Kind = (typeof kinds)[number]

/** How often each signature stands there, and in which order. */
const repetitions = {
  once: (signatures: readonly string[]) => [...signatures],
  'once, backwards': (signatures: readonly string[]) => signatures.toReversed(),
  'the first twice': (signatures: readonly string[]) => [...signatures.slice(0, 1), ...signatures],
  'the last twice': (signatures: readonly string[]) => [...signatures, ...signatures.slice(-1)],
  'all twice': (signatures: readonly string[]) => [...signatures, ...signatures],
  'the first as often as is needed': (signatures: readonly string[]) => [
    ...signatures,
    ...Array.from({ length: threshold }, () => signatures[0] ?? ''),
  ],
}

export const row: ScoreRow = {
  name: 'coordinators',
  title: 'all subsets of 5 coordinators at threshold 3',
  target: '0',
  run,
}

interface Case {
  kind: Kind
  signed: SignedDocument
  shouldPass: boolean
}

async function run(): Promise<Result[]> {
  const alliance = await makeAlliance({ ...plan, seed: 'subsets', coordinators: names, threshold })
  const registry = await openTrust(alliance.trust)
  const keys = names.map(name => keysOfCoordinator('subsets', name))
  const cases = await casesOf(registry, keys)
  const passed = await Promise.all(cases.map(each => passes(registry, each)))
  const counted = cases.filter(({ signed }) => signed.signatures.length >= threshold)
  const wronglyAccepted = cases.filter(({ shouldPass }, at) => passed[at] && !shouldPass).length
  const wronglyRefused = cases.filter(({ shouldPass }, at) => !passed[at] && shouldPass).length
  const figure = (what: string, value: number, beside: Result['beside']): Result => ({
    name: `root and members signed by every subset of 5, ${what}`,
    value,
    unit: 'documents',
    target: '0',
    met: value === 0,
    beside,
    rounds: cases.length,
  })
  return [
    figure('wrongly accepted', wronglyAccepted, {
      'counting signatures without asking whose': counted.filter(({ shouldPass }) => !shouldPass).length,
    }),
    figure('wrongly refused', wronglyRefused, {
      'asking for all five, refused': cases.filter(
        ({ shouldPass, signed }) => shouldPass && signed.signatures.length < names.length,
      ).length,
    }),
  ]
}

/** Every subset under every repetition, of either kind of document; a repetition that changes nothing is left out. */
async function casesOf(registry: Registry, keys: readonly CoordinatorKeys[]): Promise<Case[]> {
  const cases: Case[] = []
  for (const kind of kinds) {
    const document = documentAfter(registry, kind)
    const all = await Promise.all(
      keys.map(({ key }) => signDocument({ document, typ: `${kind}+jws` satisfies DocumentTyp, key })),
    )
    for (let subset = 0; subset < 2 ** all.length; subset++) {
      const signatures = all.filter((_, at) => (subset >> at) & 1)
      const seen = new Set<string>()
      for (const repeat of Object.values(repetitions)) {
        const offered = signatures.length === 0 ? [] : repeat(signatures)
        const text = offered.join()
        if (seen.has(text)) continue
        seen.add(text)
        // A signature that stands twice refuses the document, whatever the others are.
        const shouldPass = signatures.length >= threshold && offered.length === signatures.length
        cases.push({ kind, signed: { document, signatures: offered }, shouldPass })
      }
    }
  }
  return cases
}

function documentAfter(registry: Registry, kind: Kind): string {
  if (kind === 'members') {
    const members = JSON.parse(registry.signedMembers.document)
    return canonical({ ...members, version: members.version + 1, prevHash: registry.membersHash })
  }
  const newest = registry.roots.at(-1)?.signed.document ?? ''
  const root = parseRoot(newest)
  return canonical({ ...root, version: root.version + 1, prevHash: sha256(newest) })
}

async function passes(registry: Registry, { kind, signed }: Case): Promise<boolean> {
  try {
    const next = await advanceRegistry(registry, kind === 'root' ? { roots: [signed] } : { members: signed })
    return next !== registry
  } catch (error) {
    if (isError(error)) return false
    throw error
  }
}
