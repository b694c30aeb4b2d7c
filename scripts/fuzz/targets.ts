import {
  advanceRegistry,
  FocalpointError,
  importPublicKey,
  jwkOfPeerId,
  kidOfPeerId,
  openTrust,
  parseCanonical,
  parseDraft,
  parseEnvelope,
  parseForkProof,
  parseFrame,
  parseGossip,
  parseJoinRequest,
  parseMembers,
  parseNotice,
  parsePart,
  parseRoot,
  parseSignedDocument,
  verifyBeacon,
  verifyJoinRequest,
  verifyStop,
} from '#protocol'
import { net, registry } from '../vectors/alliance.ts'
import { goodTexts, trustTexts } from './good-texts.ts'
import { joinTexts } from './join-texts.ts'

/** One door by which a stranger's text comes in. */
export interface Target {
  name: string
  /** What the mutations begin with. */
  good: readonly string[]
  /** How many of a thousand inputs go here. */
  share: number
  judge: (text: string) => unknown
}

const { notices } = goodTexts
const envelopes = notices.map(text => text.split('~')[0] ?? '')
const parts = notices.flatMap(text => text.split('~').slice(1, -1))

/** The functions of the protocol that read what others wrote; each throws its own errors and no others. */
export const parserTargets: readonly Target[] = [
  {
    name: 'notice by gossip',
    good: notices,
    share: 150,
    judge: text => parseGossip(text, { net, channel: 'torture' }),
  },
  { name: 'notice by catch-up', good: notices, share: 100, judge: text => parseNotice(text, { net }) },
  { name: 'envelope', good: envelopes, share: 100, judge: text => parseEnvelope(text, { net }) },
  { name: 'part', good: parts, share: 80, judge: parsePart },
  { name: 'JCS', good: goodTexts.canonical, share: 70, judge: text => parseCanonical(text) },
  {
    name: 'frame of catch-up',
    good: goodTexts.frames,
    share: 100,
    judge: text => parseFrame(Buffer.from(text)),
  },
  {
    name: 'bytes as a frame',
    good: goodTexts.frames,
    share: 50,
    judge: text => parseFrame(Buffer.from(text, 'latin1')),
  },
  { name: 'root', good: goodTexts.roots, share: 50, judge: parseRoot },
  { name: 'members', good: goodTexts.members, share: 60, judge: parseMembers },
  { name: 'join request', good: joinTexts.map(documentIn), share: 40, judge: parseJoinRequest },
  { name: 'proof of a fork', good: goodTexts.forks, share: 50, judge: text => parseForkProof(text, { net }) },
  { name: 'draft', good: goodTexts.drafts, share: 70, judge: text => parseDraft(jsonOf(text)) },
  { name: 'beacon', good: goodTexts.beacons, share: 25, judge: text => verifyBeacon(text, { net, keyOf }) },
  { name: 'stop', good: goodTexts.stops, share: 15, judge: text => verifyStop(registry, jsonOf(text)) },
  {
    name: 'signed root',
    good: goodTexts.signedRoots,
    share: 10,
    judge: text => advanceRegistry(registry, { roots: [parseSignedDocument(jsonOf(text))] }),
  },
  {
    name: 'signed members',
    good: goodTexts.signedMembers,
    share: 10,
    judge: text => advanceRegistry(registry, { members: parseSignedDocument(jsonOf(text)) }),
  },
  {
    name: 'signed join request',
    good: joinTexts,
    share: 10,
    judge: text => verifyJoinRequest(jsonOf(text), registry),
  },
  { name: 'trust.json', good: trustTexts, share: 5, judge: openTrust },
]

function documentIn(signed: string): string {
  return String(JSON.parse(signed).document)
}

/** These doors are given values: their callers have read the JSON, and have refused what is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FocalpointError('frame-malformed', 'This is no JSON.', { what: 'no JSON' })
  }
}

const nodes = registry.members.members.flatMap(({ id, nodes }) =>
  nodes.map(({ peerId }) => ({ member: id, kid: kidOfPeerId(peerId), jwk: jwkOfPeerId(peerId) })),
)

async function keyOf(kid: string): Promise<{ member: string; key: CryptoKey } | undefined> {
  const found = nodes.find(each => each.kid === kid)
  return found?.jwk && { member: found.member, key: await importPublicKey(found.jwk) }
}
