import { sha256 } from '#protocol'
import { threeParts } from './notice-parts.ts'
import type { Vector, VectorFile } from './vector.ts'
import { base64url, bodyForAll, type NoticePlan, saltOf, type Written, write } from './writing.ts'

function vector(
  expect: string,
  name: string,
  what: string,
  plan: NoticePlan & { channel?: string; change?: (written: Written) => string },
): Vector {
  const { channel = 'torture', change = ({ text }: Written) => text, ...noticePlan } = plan
  return { name, what, channel, text: change(write(noticePlan)), expect }
}

const twoForAll = [bodyForAll, { ...bodyForAll, name: 'nominal' }]

/** Carries this text as its one part, though the envelope lists another. */
function carrying(content: string): NoticePlan {
  return { carried: () => [base64url(content)] }
}

/** The same, and the envelope lists it: only the form of the part is wrong. */
function listing(content: string): NoticePlan {
  const digest = sha256(base64url(content))
  return { ...carrying(content), payload: { _sd: [digest], parts: { body: { digest, to: 'channel' } } } }
}

/** Both disclosures are named `body`; the envelope lists one of them as `nominal`. */
function twoBodies(): NoticePlan {
  const [refused = '', granted = ''] = ['refused', 'granted'].map(word =>
    base64url(`["${saltOf(word)}","body",{"text":{"en":"An application was ${word}."}}]`),
  )
  return {
    payload: {
      _sd: [refused, granted].map(sha256).sort(),
      parts: {
        body: { digest: sha256(refused), to: 'channel' },
        nominal: { digest: sha256(granted), to: 'named' },
      },
    },
    carried: () => [granted],
  }
}

export const gossipVectors: VectorFile = {
  about:
    'Each `text` comes by gossip on the topic of `channel` to a node that holds trust.json and nothing else. What is ' +
    'refused as channel-differs or part-… is refused by the bytes alone, and rejected.',
  vectors: [
    vector('accepted', 'whole', "Exactly the channel's parts.", {}),
    vector('accepted', 'two-parts', 'Two parts for the channel, in the order of their names.', {
      parts: twoForAll,
    }),
    vector('accepted', 'named-withheld', 'The parts for named readers never travel by gossip.', {
      parts: threeParts,
      carried: ([body = '']) => [body],
    }),
    vector('accepted', 'sealed', 'A notice with no part for the channel travels as its envelope alone.', {
      parts: [
        { ...bodyForAll, to: 'named' },
        { name: 'readers', value: ['QN'], to: 'named' },
      ],
      payload: { type: 'sealed' },
      carried: () => [],
    }),
    vector('part-stripped', 'stripped', 'A relay has left out the body.', { carried: () => [] }),
    vector('part-stripped', 'one-stripped', 'A relay has left out one of two parts.', {
      parts: twoForAll,
      carried: ([body = '']) => [body],
    }),
    vector('part-exposed', 'exposed', 'A part for named readers on gossip.', {
      parts: threeParts,
      carried: ([body = '', nominal = '']) => [body, nominal],
    }),
    vector('part-exposed', 'exposed-unknown-audience', 'An audience that is not known counts as named.', {
      parts: [bodyForAll, { ...bodyForAll, name: 'nominal', to: 'observers' }],
    }),
    vector('part-not-committed', 'forged-part', 'A part that the issuer did not sign.', {
      ...carrying(`["${saltOf('forged')}","body",{"text":{"en":"An application was granted."}}]`),
    }),
    vector('part-not-committed', 'part-added', 'A part more than the issuer signed.', {
      carried: ([body = '']) => [body, base64url(`["${saltOf('more')}","nominal",{}]`)],
    }),
    vector('part-not-committed', 'part-of-other-salt', 'The same content under another salt.', {
      ...carrying(`["${saltOf('other')}","body",{"text":{"en":"An application was refused."}}]`),
    }),
    vector(
      'part-not-committed',
      'two-bodies',
      'The issuer signed a second body in the place of another part: one id must not have two readings.',
      twoBodies(),
    ),
    vector('part-duplicated', 'part-twice', 'The same part twice.', {
      carried: ([body = '']) => [body, body],
    }),
    vector('part-duplicated', 'out-of-order', 'Two parts in the wrong order.', {
      parts: twoForAll,
      carried: all => [...all].reverse(),
    }),
    vector('part-malformed', 'salt-short', 'A salt of 120 bits.', {
      parts: [{ ...bodyForAll, salt: saltOf('short').slice(0, 20) }],
    }),
    vector('part-malformed', 'two-elements', 'A part of two elements, as RFC 9901 has them for lists.', {
      ...listing(`["${saltOf('body')}","body"]`),
    }),
    vector('part-malformed', 'name-upper-case', 'A part whose name is none.', {
      ...listing(`["${saltOf('body')}","Body",{}]`),
    }),
    vector('part-malformed', 'five-parts', 'More than four parts.', {
      carried: ([body = '']) => [body, body, body, body, body],
    }),
    vector(
      'payload-not-canonical',
      'part-with-space',
      'A part with a space after a comma, as other libraries write it.',
      {
        ...listing(`["${saltOf('body')}", "body", {}]`),
      },
    ),
    vector('payload-too-deep', 'part-nested-9', 'A part nested nine deep.', {
      ...listing(`["${saltOf('body')}","body",${'{"a":'.repeat(8)}1${'}'.repeat(8)}]`),
    }),
    vector('text-not-canonical', 'part-padded', 'A part with "=" at its end.', {
      change: ({ text }) => text.replace(/~$/, '=~'),
    }),
    vector('channel-differs', 'other-channel', 'A notice of `capital` on the topic of `torture`.', {
      payload: { channel: 'capital' },
    }),
    vector('signature-invalid', 'forged', 'Sixty-four zero bytes for a signature.', {
      signature: () => 'A'.repeat(86),
    }),
  ],
}
