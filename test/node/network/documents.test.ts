import { expect, it } from 'vitest'
import { frameBytes, limits } from '#protocol'
import { DocumentReader, documentFrames } from '../../../node/network/documents.ts'

const long = JSON.stringify({ text: JSON.stringify({ names: '"\\é😀'.repeat(100_000) }) })

it('cuts a document into frames that fit, and puts it together again', () => {
  const frames = documentFrames({ kind: 'members', version: 9, text: long })
  expect(frames.length).toBeGreaterThan(3)
  for (const frame of frames) expect(frameBytes(frame).byteLength).toBeLessThanOrEqual(limits.frameBytes)
  const reader = new DocumentReader()
  for (const frame of frames) reader.read(frame)
  expect(reader.takeAll()).toEqual([{ kind: 'members', version: 9, text: long }])
  expect(reader.takeAll()).toEqual([])
})

it('keeps documents apart that follow each other', () => {
  const reader = new DocumentReader()
  const documents = [
    { kind: 'root', version: 2, text: 'two' },
    { kind: 'root', version: 3, text: '' },
    { kind: 'members', version: 4, text: long },
  ] as const
  for (const document of documents) for (const frame of documentFrames(document)) reader.read(frame)
  expect(reader.takeAll()).toEqual(documents)
})

it('makes no document of pieces that do not belong together', () => {
  const [first, second] = documentFrames({ kind: 'members', version: 9, text: long })
  if (!first || !second) throw new Error('too few pieces')
  const reader = new DocumentReader()
  reader.read({ ...first, pieces: 2 })
  reader.read({ ...second, pieces: 2, version: 10 })
  reader.read({ ...second, pieces: 3 })
  expect(reader.takeAll()).toEqual([])
})
