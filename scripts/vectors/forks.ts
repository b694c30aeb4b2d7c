import { canonical } from '#protocol'
import { keys } from './alliance.ts'
import { branchAt3, branchAt4, place } from './logs.ts'
import type { Vector, VectorFile } from './vector.ts'
import { type Written, write } from './writing.ts'

function proofText(a: Written, b: Written): string {
  return canonical({ a: a.jws, b: b.jws })
}

const [smaller, larger] = place(3).id < branchAt3.id ? [place(3), branchAt3] : [branchAt3, place(3)]

function good(name: string, what: string, text: string, seq: number): Vector {
  return { name, what, text, expect: 'accepted', reads: { issuer: 'QM', channel: 'torture', seq } }
}

function bad(expect: string, name: string, what: string, text: string): Vector {
  return { name, what, text, expect }
}

const ofQN = write({ key: keys.QN.signing, payload: { iss: 'QN', seq: 3, prev: place(2).id } })
const ofCapital = write({ payload: { channel: 'capital', seq: 3, prev: place(2).id } })
const forged = { ...branchAt3, jws: `${branchAt3.jws.slice(0, -86)}${'A'.repeat(86)}` }

export const forkVectors: VectorFile = {
  about:
    'Each `text` is a proof from the evidence topic; where it is accepted, `reads` says which log it freezes before which ' +
    'place. Signatures are checked with the registry in trust.json.',
  vectors: [
    good('one-place', 'Two notices at one place, the smaller id first.', proofText(smaller, larger), 3),
    good(
      'broken-link',
      'Two places that follow each other, and the second names another notice before it.',
      proofText(place(3), branchAt4),
      3,
    ),
    bad(
      'proof-invalid',
      'wrong-order',
      'The larger id first: a proof has one text.',
      proofText(larger, smaller),
    ),
    bad('proof-invalid', 'later-first', 'The later place first.', proofText(branchAt4, place(3))),
    bad('proof-invalid', 'one-notice', 'The same notice twice.', proofText(place(3), place(3))),
    bad('proof-invalid', 'chain', 'Two notices that follow each other.', proofText(place(2), place(3))),
    bad(
      'proof-invalid',
      'far-apart',
      'Places that do not follow each other prove nothing.',
      proofText(place(2), branchAt4),
    ),
    bad('proof-invalid', 'two-issuers', 'Notices of two members.', proofText(place(3), ofQN)),
    bad('proof-invalid', 'two-channels', 'Notices of two channels.', proofText(place(3), ofCapital)),
    bad(
      'proof-invalid',
      'member-extra',
      'One member more.',
      canonical({ a: smaller.jws, b: larger.jws, c: '' }),
    ),
    bad(
      'proof-invalid',
      'too-large',
      'Larger than two envelopes.',
      canonical({ a: smaller.jws, b: 'x'.repeat(9216) }),
    ),
    bad(
      'payload-not-canonical',
      'space',
      'A space in the proof.',
      proofText(smaller, larger).replace(',', ', '),
    ),
    bad(
      'text-not-canonical',
      'with-parts',
      'Notices with their parts: a proof has envelopes alone.',
      canonical({ a: smaller.text, b: larger.text }),
    ),
    bad(
      'signature-invalid',
      'forged',
      'One of the two was not signed by QM.',
      smaller === place(3) ? proofText(smaller, forged) : proofText(forged, larger),
    ),
  ],
}
