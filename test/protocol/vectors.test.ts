import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../protocol/base64url.ts'
import { verifyBeacon } from '../../protocol/beacon.ts'
import { type Json, parseCanonical } from '../../protocol/canonical.ts'
import { payloadOf, verifyEnvelope } from '../../protocol/envelope.ts'
import { isError } from '../../protocol/errors.ts'
import { parseForkProof } from '../../protocol/fork.ts'
import { checkFollows, type Head } from '../../protocol/log.ts'
import { parseGossip, parseNotice } from '../../protocol/notice.ts'
import { parseDraft } from '../../protocol/parse-draft.ts'
import {
  advanceRegistry,
  openTrust,
  publicKeyOf,
  type SignedDocument,
  trustFingerprint,
  verifyJoinRequest,
  verifyStop,
} from '../../protocol/registry/index.ts'
import { frameBytes, parseFrame } from '../../protocol/sync.ts'
import { verdicts } from '../../protocol/verdict.ts'
import { vectorFiles } from '../../scripts/vectors/files.ts'
import {
  checkSpoken,
  codeOf,
  nodeKeyIn,
  readVector,
  registryIn,
  VoidNotice,
  vectorsFolder,
  vectorsOf,
} from './judge.ts'

const registry = await registryIn('trust.json')
const { net } = registry

interface Text {
  text: string
}

describe('the files of vectors', () => {
  it('are what the generator makes, and no others', () => {
    expect(readdirSync(vectorsFolder).sort()).toEqual([...vectorFiles.keys()].sort())
    for (const [name, text] of vectorFiles) expect(readVector(name), name).toBe(text)
  })

  it('hold at least 60 vectors, each with its own name and a sentence', () => {
    const files = [...vectorFiles.keys()].filter(name => !/^trust(-2)?\.json$/.test(name))
    for (const file of files) {
      const names = vectorsOf(file).map(({ name }) => name)
      expect(new Set(names).size, file).toBe(names.length)
      for (const { what } of vectorsOf(file)) expect(what).toMatch(/^\S.*[.]$/)
    }
    expect(files.flatMap(file => vectorsOf(file)).length).toBeGreaterThanOrEqual(60)
  })
})

/** What depends on a node's own store, load or clock, not on bytes and registry. */
const ofTheNode = ['queue-full', 'already-held', 'over-budget', 'key-stopped', 'log-frozen']

describe('the codes', () => {
  const expected = new Set(
    [...vectorFiles.keys()]
      .filter(name => !/^trust(-2)?\.json$/.test(name))
      .flatMap(file => vectorsOf<{ drops?: string[] }>(file))
      .flatMap(({ expect: code, drops = [] }) => [code, ...drops]),
  )

  it('of the gate that bytes or the registry can give each have a vector', () => {
    const missing = Object.keys(verdicts).filter(code => !expected.has(code))
    expect(missing.sort()).toEqual([...ofTheNode].sort())
  })

  it('of the vectors all stand in the table of errors', () => {
    const source = readFileSync(join(vectorsFolder, '..', 'errors.ts'), 'utf8')
    for (const code of expected) {
      if (code !== 'accepted') expect(source).toMatch(new RegExp(`^  '?${code}'?: \\{`, 'm'))
    }
  })
})

interface Reading {
  id: string
  payload: Json
  parts: Json[]
}

describe('a notice in catch-up', () => {
  it.each(vectorsOf<Text & { drops?: string[]; reads?: Reading }>('notices.json'))(
    '$name: $expect',
    async ({ text, expect: expected, drops, reads }) => {
      const code = await codeOf(() => checkSpoken(registry, parseNotice(text, { net }).envelope))
      expect(code).toBe(expected)
      if (code !== 'accepted') return
      const { envelope, parts, dropped } = parseNotice(text, { net })
      expect(dropped.map(error => error.code)).toEqual(drops)
      expect(envelope.id).toBe(reads?.id)
      expect(payloadOf(envelope)).toEqual(reads?.payload)
      const found = parts.map(part => JSON.parse(decodeText(part.text)))
      expect(found).toEqual(reads?.parts)
    },
  )
})

describe('a notice by gossip', () => {
  it.each(vectorsOf<Text & { channel: string }>('gossip.json'))(
    '$name: $expect',
    async ({ text, channel, expect: expected }) => {
      expect(await codeOf(() => checkSpoken(registry, parseGossip(text, { net, channel }).envelope))).toBe(
        expected,
      )
    },
  )
})

describe('a notice at its place in a log', () => {
  it.each(vectorsOf<Text & { trust: string; head: Head | null; onEndChain?: boolean }>('logs.json'))(
    '$name: $expect',
    async ({ text, trust, head, onEndChain, expect: expected }) => {
      const judged = codeOf(async () => {
        const { envelope } = parseNotice(text, { net })
        await checkSpoken(await registryIn(trust), envelope, onEndChain)
        checkFollows(head ?? undefined, envelope)
      })
      const code = await judged.catch(error => {
        if (error instanceof VoidNotice) return error.code
        throw error
      })
      expect(code).toBe(expected)
    },
  )
})

describe('a proof of a fork', () => {
  it.each(vectorsOf<Text & { reads?: { issuer: string; channel: string; seq: number } }>('forks.json'))(
    '$name: $expect',
    async ({ text, reads, expect: expected }) => {
      const code = await codeOf(async () => {
        const { a, b, ...found } = parseForkProof(text, { net })
        for (const envelope of [a, b])
          await verifyEnvelope(envelope, await publicKeyOf(registry, envelope.kid))
        expect(found).toEqual(reads)
      })
      expect(code).toBe(expected)
    },
  )
})

interface Documents {
  held: string
  roots: SignedDocument[]
  members?: SignedDocument
}

describe('documents of the registry', () => {
  it.each(vectorsOf<Documents>('registry.json'))(
    '$name: $expect',
    async ({ held, roots, members, expect: expected }) => {
      const before = await registryIn(held)
      expect(await codeOf(() => advanceRegistry(before, { roots, ...(members && { members }) }))).toBe(
        expected,
      )
    },
  )

  it('under a newer root may break the chain, with an alarm', async () => {
    const [vector] = vectorsOf<Documents>('registry.json').filter(
      ({ name }) => name === 'members-chain-broken-newer-root',
    )
    const { roots = [], members } = vector ?? {}
    expect((await advanceRegistry(registry, { roots, ...(members && { members }) })).chainBroken).toBe(true)
  })
})

describe('a stop', () => {
  it.each(vectorsOf<{ signed: SignedDocument }>('stops.json'))(
    '$name: $expect',
    async ({ signed, expect: expected }) => {
      expect(await codeOf(() => verifyStop(registry, signed))).toBe(expected)
    },
  )
})

describe('a join request', () => {
  it.each(vectorsOf<{ signed: SignedDocument }>('joins.json'))(
    '$name: $expect',
    async ({ signed, expect: expected }) => {
      expect(await codeOf(() => verifyJoinRequest(signed, registry))).toBe(expected)
    },
  )
})

describe('a trust file', () => {
  it.each(
    vectorsOf<{ trust: string; reads?: { net: string; membersHash: string; fingerprint: string } }>(
      'trusts.json',
    ),
  )('$name: $expect', async ({ trust, reads, expect: expected }) => {
    const code = await codeOf(async () => {
      const opened = await openTrust(trust)
      const { net, membersHash } = opened
      expect({ net, membersHash, fingerprint: trustFingerprint(opened) }).toEqual(reads)
    })
    expect(code).toBe(expected)
  })
})

describe('a beacon', () => {
  it.each(vectorsOf<Text>('beacons.json'))('$name: $expect', async ({ text, expect: expected }) => {
    const judging = () => verifyBeacon(text, { net, keyOf: kid => nodeKeyIn(registry, kid) })
    expect(await codeOf(judging)).toBe(expected)
  })
})

describe('a frame of catch-up', () => {
  it.each(vectorsOf<Text & { wire?: string }>('frames.json'))(
    '$name: $expect',
    async ({ text, wire, expect: expected }) => {
      const bytes = new TextEncoder().encode(text)
      expect(await codeOf(() => parseFrame(bytes))).toBe(expected)
      if (expected === 'accepted') expect(frameBytes(parseFrame(bytes))).toEqual(bytes)
      if (wire !== undefined)
        expect(wire).toBe(bytes.length.toString(16).padStart(2, '0') + Buffer.from(bytes).toString('hex'))
    },
  )
})

describe('a canonical text', () => {
  it.each(vectorsOf<Text>('canonical.json'))('$name: $expect', async ({ text, expect: expected }) => {
    expect(await codeOf(() => parseCanonical(text))).toBe(expected)
  })
})

describe('a draft', () => {
  it.each(vectorsOf<{ draft: Json; pointers?: string[] }>('drafts.json'))(
    '$name: $expect',
    async ({ draft, pointers, expect: expected }) => {
      expect(await codeOf(() => parseDraft(draft))).toBe(expected)
      if (pointers === undefined) return
      try {
        parseDraft(draft)
      } catch (error) {
        if (isError(error, 'draft-invalid'))
          expect(error.details.errors.map(({ pointer }) => pointer).sort()).toEqual(pointers)
      }
    },
  )
})
