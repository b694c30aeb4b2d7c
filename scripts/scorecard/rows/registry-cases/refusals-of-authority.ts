import { thumbprint } from '#protocol'
import { keysOfMember, publicOf } from '../../../alliance.ts'
import type { RegistryCase } from './case.ts'
import { coordinatorKey, firstKey, member } from './documents.ts'

import { afterEnd, ended, nowhere, ofMembers, seed } from './refusal-builders.ts'

export const authority: readonly RegistryCase[] = [
  await ofMembers('member dropped', 'XE is not there any more.', 'members-member-dropped', next => {
    next.members = next.members.filter(({ id }) => id !== 'XE')
  }),
  await ofMembers('key dropped', 'The key of XE is not there any more.', 'members-key-dropped', next => {
    member(next, 'XE').signing = []
  }),
  await ofMembers('key rotated', 'A key ends and another speaks.', 'accepted', ended),
  await ofMembers('from moved', 'A key would speak from place 2.', 'members-authority-changed', next => {
    firstKey(next, 'QM').from.torture = 2
  }),
  await afterEnd('end moved', 'An end that moves to another place.', 'members-authority-changed', next => {
    firstKey(next, 'QM').end = { torture: { seq: 1, id: nowhere } }
  }),
  await afterEnd('end taken back', 'An ended key speaks again.', 'members-authority-changed', next => {
    delete firstKey(next, 'QM').end
  }),
  await afterEnd(
    'ended key gains a channel',
    'It would speak elsewhere.',
    'members-authority-changed',
    next => {
      const key = firstKey(next, 'QM')
      key.from.capital = 1
      key.end = { ...key.end, capital: { seq: 0, id: null } }
    },
  ),
  await ofMembers(
    'end of some channels',
    'An end that leaves a channel open.',
    'document-malformed',
    next => {
      const qm = member(next, 'QM')
      qm.channels.push('capital')
      firstKey(next, 'QM').from.capital = 1
      firstKey(next, 'QM').end = { torture: { seq: 0, id: null } }
    },
  ),
  ...(await Promise.all(
    (['suspended', 'left'] as const).map(status =>
      ofMembers(`${status} with an open key`, 'Its key has no end.', 'members-key-not-ended', next => {
        member(next, 'XE').status = status
      }),
    ),
  )),
  await ofMembers(
    'channel left with an open key',
    'Its key goes on there.',
    'members-key-not-ended',
    next => {
      member(next, 'XE').channels = []
    },
  ),
  await ofMembers('suspended with its end', 'Its key ends with it.', 'accepted', next => {
    member(next, 'XE').status = 'suspended'
    firstKey(next, 'XE').end = { torture: { seq: 0, id: null } }
  }),
  await ofMembers('one key of two members', "QM's key under XE.", 'members-key-reused', next => {
    member(next, 'XE').signing.push(structuredClone(firstKey(next, 'QM')))
  }),
  ...(await Promise.all(
    (['node', 'recovery'] as const).map(use =>
      ofMembers(`${use} key that signs`, 'A key with two uses.', 'members-key-reused', next => {
        const key = keysOfMember(seed, 'QM')[use]
        const entry = { kid: thumbprint(key), jwk: publicOf(key), from: { torture: 1 } }
        member(next, 'QM').signing.push(entry)
      }),
    ),
  )),
  await ofMembers('coordinator key that signs', 'Who decides over members.', 'members-key-reused', next => {
    const key = coordinatorKey(4)
    member(next, 'XE').signing.push({ kid: thumbprint(key), jwk: publicOf(key), from: { torture: 1 } })
  }),
  await ofMembers('kid of another key', 'A kid that is not the thumbprint.', 'document-malformed', next => {
    firstKey(next, 'XE').kid = firstKey(next, 'QM').kid
  }),
  await ofMembers('one member twice', 'Two entries with one id.', 'document-malformed', next => {
    next.members.push({ ...member(next, 'XE'), nodes: [], signing: [], recovery: [] })
  }),
  await ofMembers('private half of a key', 'A key that everyone could use.', 'document-malformed', next => {
    Object.assign(firstKey(next, 'XE').jwk, { d: nowhere })
  }),
]
