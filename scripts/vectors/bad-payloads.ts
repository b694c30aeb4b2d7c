import { sha256 } from '#protocol'
import { bad, noticeIds, threeParts } from './notice-parts.ts'
import type { Vector } from './vector.ts'
import { bodyForAll, type NoticePlan } from './writing.ts'

function malformed(
  name: string,
  what: string,
  payload: NoticePlan['payload'],
  more: NoticePlan = {},
): Vector {
  return bad('payload-malformed', name, what, { ...more, payload: payload ?? {} })
}

const digest = sha256('a digest')

export const badPayloads: Vector[] = [
  malformed('member-extra', 'A member that version 1 does not have.', { note: 'x' }),
  malformed('member-missing', 'No `members`.', { members: undefined }),
  malformed('no-object', 'The payload is a list.', {}, { payloadText: () => '[]' }),
  malformed('version-0', 'There is no version 0.', { v: 0 }),
  malformed('version-1.5', 'Nor one between 1 and 2.', { v: 1.5 }),
  malformed('version-text', 'The version as a text.', { v: '1' }),
  malformed('seq-0', 'Places begin at 1.', { seq: 0, prev: digest }),
  malformed('seq-half', 'A place is a whole number.', { seq: 1.5, prev: digest }),
  malformed('seq-too-large', 'A whole number that a double cannot hold exactly.', {
    seq: 1e21,
    prev: digest,
  }),
  malformed('prev-at-1', 'The first notice follows another.', { prev: digest }),
  malformed('prev-null-at-2', 'The second notice follows none.', { seq: 2 }),
  malformed('prev-bits', 'An id whose last character carries stray bits.', {
    seq: 2,
    prev: `${digest.slice(0, 42)}B`,
  }),
  malformed('issuer-lower-case', 'A member id in lower case.', { iss: 'qm' }),
  malformed('issuer-one-letter', 'A member id of one letter.', { iss: 'Q' }),
  malformed('iat-negative', 'A time before 1970.', { iat: -1 }),
  malformed('iat-fraction', 'A time with a fraction.', { iat: 1.5 }),
  malformed('exercise-false', '`exercise` is true or absent.', { exercise: false }),
  malformed('refs-empty', '`refs` is absent when empty.', { refs: [] }),
  malformed('refs-25', 'More than 24 references.', {
    refs: [...noticeIds, digest].map(id => ({ id, rel: 'about' })),
  }),
  malformed('ref-extra', 'A reference with one member more.', {
    refs: [{ id: digest, rel: 'about', to: 'QM' }],
  }),
  malformed(
    'sd-unsorted',
    'Digests out of order.',
    {},
    {
      parts: threeParts,
      payloadText: text => text.replace(/"_sd":\["([^"]+)","([^"]+)"/, '"_sd":["$2","$1"'),
    },
  ),
  malformed('sd-twice', 'One digest twice.', {
    _sd: [digest, digest],
    parts: { annex: { digest, to: 'channel' }, body: { digest, to: 'channel' } },
  }),
  malformed('sd-decoy', 'A digest more than there are parts.', { _sd: [digest, sha256('a decoy')].sort() }),
  malformed('sd-empty', 'A notice without parts.', { _sd: [], parts: {} }),
  malformed('sd-alg', 'Another hash.', { _sd_alg: 'sha-512' }),
  malformed(
    'part-named-iss',
    'A part with the name of a member of the envelope.',
    {},
    {
      parts: [{ ...bodyForAll, name: 'iss' }],
    },
  ),
  malformed(
    'part-named-proto',
    'A part named __proto__, which JSON libraries may lose.',
    {},
    {
      payloadText: text =>
        text
          .replace('"parts":{', `"parts":{"__proto__":{"digest":"${'-'.repeat(42)}A","to":"channel"},`)
          .replace('"_sd":[', `"_sd":["${'-'.repeat(42)}A",`),
    },
  ),
  malformed('part-without-audience', 'A part without `to`: there is no default.', {
    _sd: [digest],
    parts: { body: { digest } },
  }),
  malformed('part-without-digest', 'A part that is bound to no disclosure.', {
    _sd: [digest],
    parts: { body: { to: 'channel' } },
  }),
  malformed('digest-elsewhere', 'A digest of a part that `_sd` does not list.', {
    _sd: [digest],
    parts: { body: { digest: sha256('another digest'), to: 'channel' } },
  }),
  malformed(
    'until-no-date',
    'A last day that the calendar does not have.',
    {},
    {
      parts: [{ ...bodyForAll, until: '2026-02-30' }],
    },
  ),
  malformed(
    'until-time',
    'A last day with a time.',
    {},
    { parts: [{ ...bodyForAll, until: '2026-02-03T00:00:00Z' }] },
  ),
  malformed('channel-upper-case', 'A channel in upper case.', { channel: 'Torture' }),
  malformed(
    'five-parts',
    'More than four parts.',
    {},
    {
      parts: ['a', 'b', 'c', 'd', 'e'].map(name => ({ ...bodyForAll, name })),
      carried: () => [],
    },
  ),
  malformed('version-2-without-seq', 'What means the same in every version is checked in every version.', {
    v: 2,
    seq: undefined,
  }),
]

export const tooLarge: Vector[] = [
  bad('notice-too-large', 'envelope-4097', 'An envelope of more than 4 KiB.', {
    payload: { v: 2, urgency: 'x'.repeat(3000) },
  }),
]
