import { plan } from './alliance.ts'
import { badPayloads, tooLarge } from './bad-payloads.ts'
import { badAuthority, forged } from './bad-signatures.ts'
import { badHeaders, badPayloadTexts, badTexts } from './bad-texts.ts'
import { dropping, goodOnes } from './good-notices.ts'
import type { VectorFile } from './vector.ts'

export const noticeVectors: VectorFile = {
  about:
    'Each `text` comes by catch-up to a node that holds trust.json and nothing else. Where it is accepted, `reads` says ' +
    'what is found in it (id, payload, and the parts as [salt, name, value]) and `drops` the code of each part that is ' +
    `dropped. Members: ${plan.members.map(({ id }) => id).join(', ')}.`,
  vectors: [
    ...goodOnes,
    ...dropping,
    ...badTexts,
    ...badHeaders,
    ...badPayloadTexts,
    ...badPayloads,
    ...tooLarge,
    ...badAuthority,
    ...forged,
  ],
}
