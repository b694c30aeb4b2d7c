import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../protocol/limits.ts'
import { type Frame, frameBytes, pagesOf, parseFrame } from '../../protocol/sync.ts'
import { outcomeOf } from './builders.ts'

const encoder = new TextEncoder()

describe('pages', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: limits.noticeBytes }), { maxLength: 12 })
  const many = fc.integer({ min: 0, max: 1300 })

  it('hold all notices in their order, each page within a frame', () => {
    fc.assert(
      fc.property(sizes, many, (large, count) => {
        const notices = [
          ...large.map(size => 'x'.repeat(size)),
          ...Array.from({ length: count }, (_, at) => `n${at}`),
        ]
        const pages = [...pagesOf(notices)]
        expect(pages.flatMap(page => page.notices)).toEqual(notices)
        for (const page of pages) {
          expect(page.notices.length).toBeLessThanOrEqual(limits.noticesPerSyncPage)
          expect(page.notices.length).toBeGreaterThan(0)
          expect(frameBytes(page).byteLength).toBeLessThanOrEqual(limits.frameBytes)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('are as full as they may be', () => {
    const pages = [...pagesOf(Array.from({ length: 1025 }, () => 'short~'))]
    expect(pages.map(page => page.notices.length)).toEqual([512, 512, 1])
    expect([...pagesOf([])]).toEqual([])
  })
})

describe('a frame', () => {
  it('reads back as it was written', () => {
    const frames: Frame[] = [
      { frame: 'hello', v: 1, root: 1, members: 3 },
      { frame: 'poke' },
      { frame: 'page', notices: ['a~', 'b~'] },
      { frame: 'error', code: 'channel-not-joined', detail: 'رُفض' },
    ]
    for (const frame of frames) expect(parseFrame(frameBytes(frame))).toEqual(frame)
  })

  it('is refused, never worse, for any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(outcomeOf(() => parseFrame(bytes))).toBe('frame-malformed')
      }),
    )
  })

  it('is refused for any JSON that is none', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(outcomeOf(() => parseFrame(encoder.encode(text)))).toBe('frame-malformed')
      }),
    )
  })

  it('is refused above its size before it is parsed, and where it is not UTF-8', () => {
    const end = frameBytes({ frame: 'end' })
    const padded = new Uint8Array(limits.frameBytes + 1).fill(0x20)
    padded.set(end)
    expect(outcomeOf(() => parseFrame(padded))).toBe('frame-malformed')
    expect(outcomeOf(() => parseFrame(padded.subarray(0, limits.frameBytes)))).toEqual({ frame: 'end' })
    expect(outcomeOf(() => parseFrame(Uint8Array.of(...end.subarray(0, -1), 0xff, 0x7d)))).toBe(
      'frame-malformed',
    )
  })

  it('nested a hundred thousand deep is refused like any other', () => {
    expect(outcomeOf(() => parseFrame(encoder.encode('['.repeat(100_000))))).toBe('frame-malformed')
    const closed = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(outcomeOf(() => parseFrame(encoder.encode(closed)))).toBe('frame-malformed')
  })
})
