import { expect, test } from 'vitest'
import { type Draft, findNoticeType, type Json, noticeTypes, sealedType, sha256 } from '#protocol'
import { contentOf, findingsOf, fold, noKeys } from '../../node/content.ts'
import { exampleDraft } from '../network/participants.ts'
import { newNotice } from './store/builders.ts'

const denial = exampleDraft('denial', draft => draft.nominal !== undefined)

test('a notice is found by the keys of its type and by the words of its body, not by those of its names', () => {
  const { envelope, parts } = noticeOf(denial)
  const { flags, keys, words } = findingsOf(envelope, parts, noticeTypes)
  expect(flags).toEqual([])
  expect(keys).toEqual(findNoticeType('denial')?.keys(denial.body))
  const [text = ''] = Object.values(denial.body.text as Record<string, string>)
  expect(words).toContain(fold(text))
  for (const party of Object.values(denial.nominal ?? {})) {
    expect(words).not.toContain(fold((party as { name: string }).name))
  }
})

test.each<{ what: string; type?: string; body?: Json; nominal?: Json; flags: string[] }>([
  { what: 'a body that is no object', body: ['denied'], flags: ['body-form'] },
  { what: 'a body out of form', body: { text: { en: 'Denied.' } }, flags: ['body-form'] },
  { what: 'names that are no object', nominal: 'Kestrel Trading', flags: ['nominal-form'] },
  { what: 'names out of form', nominal: { p1: { nome: 'Kestrel' } }, flags: ['nominal-form'] },
  { what: 'a type of tomorrow', type: 'theft', flags: ['type-unknown'] },
])('$what: it is kept, told, and found by nothing that it does not say', ({ what: _, flags, ...changed }) => {
  const { envelope, parts } = noticeOf({ ...denial, ...changed } as Draft)
  const found = findingsOf(envelope, parts, noticeTypes)
  expect(found.flags).toEqual(flags)
  if (!flags.includes('nominal-form')) expect(found.keys).toEqual(noKeys)
})

test('a notice whose body is not at hand says nothing yet, and nothing is odd about it', () => {
  const { envelope } = noticeOf(denial)
  expect(findingsOf(envelope, [], noticeTypes)).toEqual({ flags: [], keys: noKeys, words: '' })
})

test('of a sealed notice the true type, body and references stand inside', () => {
  const refs = [{ id: sha256('another notice'), rel: 'about' }]
  const sealed = { type: 'denial', refs, body: denial.body }
  const { envelope, parts } = newNotice({
    type: sealedType,
    parts: { body: { value: sealed as Json, to: 'named' } },
  })
  expect(contentOf(envelope, parts)).toMatchObject({ type: 'denial', refs, body: denial.body })
  expect(findingsOf(envelope, parts, noticeTypes)).toMatchObject({
    flags: [],
    keys: findNoticeType('denial')?.keys(denial.body),
  })
  expect(contentOf(envelope, [])).toEqual({ type: sealedType, refs: [], body: undefined, nominal: undefined })
})

test('what a stranger seals may be anything, and no reference comes of it', () => {
  const refs = [{ id: 'no id', rel: 'about' }, { id: sha256('x') }, 'x', null]
  for (const value of [{ type: 7, refs, body: [] }, { refs: 'x' }, 'sealed', null]) {
    const { envelope, parts } = newNotice({ type: sealedType, parts: { body: { value, to: 'named' } } })
    expect(contentOf(envelope, parts)).toMatchObject({ type: sealedType, refs: [], body: undefined })
  }
})

test('words are searched without case, accents and runs of space', () => {
  expect(fold('  Café\u00a0 de  l’Étoile\nﬁn ')).toBe('cafe de l’etoile fin')
})

function noticeOf({ type, body, nominal }: Draft) {
  return newNotice({
    type,
    parts: {
      body: { value: body, to: 'channel' },
      ...(nominal !== undefined && { nominal: { value: nominal, to: 'channel' } }),
    },
  })
}
