import { describe, expect, it } from 'vitest'
import { parseGossip } from '../../protocol/notice.ts'
import { isGateCode, verdicts } from '../../protocol/verdict.ts'
import { net } from '../../scripts/vectors/alliance.ts'
import { outcomeOf } from './builders.ts'
import { vectorsOf } from './judge.ts'

const rejecting = Object.entries(verdicts).flatMap(([code, verdict]) => (verdict === 'reject' ? [code] : []))

interface Text {
  text: string
  channel?: string
}

const texts = [...vectorsOf<Text>('notices.json'), ...vectorsOf<Text>('gossip.json')]

/** What gossip's own reading says, which is given no registry, clock, head or load. */
function foundByBytes({ text, channel }: Text): string | undefined {
  const outcome = outcomeOf(() => parseGossip(text, { net, channel: channel ?? 'torture' }))
  return typeof outcome === 'string' ? outcome : undefined
}

describe('the table of verdicts', () => {
  it('rejects only what the bytes alone show, and a signature that does not fit the key which the bytes name', () => {
    const shown = new Set(texts.map(foundByBytes))
    expect(rejecting.filter(code => !shown.has(code))).toEqual(['signature-invalid'])
  })

  it('rejects all that the bytes alone show', () => {
    for (const text of texts) {
      const code = foundByBytes(text)
      if (code !== undefined) expect(verdicts, text.name).toHaveProperty(code, 'reject')
    }
  })

  it('never rejects what a newer registry, another head or a later version would let pass', () => {
    for (const { name, expect: code } of [...vectorsOf('notices.json'), ...vectorsOf('logs.json')]) {
      if (
        [
          'key-unknown',
          'key-of-another',
          'no-authority',
          'notice-void',
          'gap',
          'fork',
          'chain-broken',
        ].includes(code)
      ) {
        expect(rejecting, name).not.toContain(code)
      }
    }
  })

  it('passes nothing on but what has its place, or is ahead of it', () => {
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict === 'accept')).toEqual([
      ['gap', 'accept'],
    ])
  })

  it('has codes of the gate and no others', () => {
    expect(['gap', 'usage', 'constructor', '__proto__', ''].map(isGateCode)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
