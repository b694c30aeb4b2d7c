import { type Registry, trustFingerprint, trustText } from '#protocol'
import { membersAfter, registry, signMembers } from './alliance.ts'
import { rotated } from './logs.ts'
import type { Vector, VectorFile } from './vector.ts'

const text = trustText(registry)

function good(name: string, what: string, of: Registry, trust = trustText(of)): Vector {
  const { net, membersHash } = of
  return {
    name,
    what,
    trust,
    expect: 'accepted',
    reads: { net, membersHash, fingerprint: trustFingerprint(of) },
  }
}

function bad(expect: string, name: string, what: string, change: (trust: typeof parsed) => unknown): Vector {
  const trust = structuredClone(parsed)
  return { name, what, trust: JSON.stringify(change(trust) ?? trust), expect }
}

const parsed: { format: string; roots: unknown[]; members: unknown; seeds: string[]; more?: number } =
  JSON.parse(text)
const underRoot2 = await signMembers(
  membersAfter(registry, next => {
    next.rootVersion = 2
  }),
)

export const trustVectors: VectorFile = {
  about: 'Each `trust` is the text of a trust file; where it is accepted, `reads` says what follows from it.',
  vectors: [
    good('founded', 'The text of trust.json.', registry),
    good('rotated', 'The text of trust-2.json: another fingerprint, the same net.', rotated),
    good(
      'other-spaces',
      'A trust file is ordinary JSON: spaces do not count.',
      registry,
      JSON.stringify(parsed),
    ),
    good(
      'other-seeds',
      'Where to begin is no matter of trust: the fingerprint is the same.',
      registry,
      JSON.stringify({ ...parsed, seeds: ['/ip4/192.0.2.1/tcp/4001'] }),
    ),
    { name: 'no-json', what: 'No JSON.', trust: text.slice(0, -3), expect: 'trust-malformed' },
    bad('trust-malformed', 'other-format', 'Another format.', trust => ({
      ...trust,
      format: 'focalpoint-trust/2',
    })),
    bad('trust-malformed', 'no-root', 'Without a root nothing can be trusted.', trust => ({
      ...trust,
      roots: [],
    })),
    bad('trust-malformed', 'member-extra', 'One member more.', trust => ({ ...trust, more: 1 })),
    bad('root-rollback', 'root-twice', 'The same root twice.', trust => ({
      ...trust,
      roots: [...trust.roots, ...trust.roots],
    })),
    bad(
      'members-root-unknown',
      'root-missing',
      'The root that the members document names is not there.',
      trust => ({ ...trust, members: underRoot2 }),
    ),
    bad('signatures-too-few', 'unsigned', 'A members document that nobody has signed.', trust => ({
      ...trust,
      members: { document: registry.signedMembers.document, signatures: [] },
    })),
  ],
}
