import { describe, expect, test } from 'vitest'
import {
  type BundleHead,
  bundleHeadText,
  bundleLineText,
  looksLikeBundle,
  parseBundleHead,
  parseBundleLine,
} from '../../protocol/bundle.ts'
import { isError } from '../../protocol/errors.ts'
import { sha256 } from '../../protocol/sha256.ts'

const signed = { document: '{}', signatures: [] }

const head: Omit<BundleHead, 'format'> = {
  net: 'a'.repeat(52),
  by: 'QM',
  at: '2026-11-22T10:00:00.000Z',
  filters: { type: 'denial' },
  names: false,
  notices: 1,
  links: 0,
  heads: { torture: { QM: [1, sha256('the head')] } },
  evidence: { forks: [], stops: [] },
  fingerprint: '00000',
  trust: { format: 'focalpoint-trust/1', roots: [signed], members: signed, seeds: [] },
}

const code = (act: () => unknown): string | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    return isError(error) ? error.code : String(error)
  }
}

test('a head and its lines are read as they were written', () => {
  const text = bundleHeadText(head)
  expect(parseBundleHead(text)).toEqual({ ...head, format: 'focalpoint-bundle/1' })
  for (const line of [{ notice: 'a~' }, { link: 'a~' }, { end: sha256('all before') }]) {
    expect(bundleLineText(line)).toMatch(/^[^\n]+\n$/)
    expect(parseBundleLine(bundleLineText(line))).toEqual(line)
  }
})

test.each([
  '',
  '[]',
  'null',
  '{"notice":1}',
  '{"notice":"a~","link":"a~"}',
  '{"end":"short"}',
  '{"other":""}',
  '{"notice":',
])('%j is no line of a bundle', text => expect(code(() => parseBundleLine(text))).toBe('bundle-invalid'))

describe('a head', () => {
  test.each(Object.keys(head))('without %s is none', name => {
    const { [name as keyof typeof head]: _, ...rest } = head
    const text = JSON.stringify({ ...rest, format: 'focalpoint-bundle/1' })
    expect(code(() => parseBundleHead(text))).toBe('bundle-invalid')
  })

  test('with a registry of any depth but its own is none, and breaks nothing', () => {
    const text = bundleHeadText(head).replace(
      /"trust":.*/,
      `"trust":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    )
    expect(code(() => parseBundleHead(text))).toBe('bundle-invalid')
  })

  test('of another format is none', () => {
    const text = bundleHeadText(head).replace('bundle/1', 'bundle/2')
    expect(code(() => parseBundleHead(text))).toBe('bundle-invalid')
  })

  test('is known as one whichever byte of it was changed', () => {
    const text = bundleHeadText(head)
    const missed = Array.from(text, (_, at) => `${text.slice(0, at)}\n${text.slice(at + 1)}`).filter(
      changed => !looksLikeBundle(changed),
    )
    expect(missed).toEqual([])
    expect(looksLikeBundle('{"notice":"eyJhbGciOiJFZDI1NTE5In0.e30.AA~"}')).toBe(false)
  })
})
