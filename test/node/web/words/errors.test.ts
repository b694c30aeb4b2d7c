import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problems } from '../../../../node/desk/problem.ts'
import ar from '../../../../node/web/words/ar.json' with { type: 'json' }
import { errorWords, type ToldError } from '../../../../node/web/words/errors.ts'
import { FocalpointError } from '../../../../protocol/index.ts'
import { visitOf } from '../visits.ts'

const root = join(import.meta.dirname, '../../../..')
const given = Object.keys(ar.errors)

/** One code for many things: what pages, and what they are handed, do not find or cannot do is told apart. */
const toldApart = ['not-found', 'conflict', 'quota-reached', 'unauthenticated']
const rooms = /^node\/(?:web|sign-in|store|desk)\/|^node\/[\w-]+\.ts$/
/** Of a node that is not running. */
const notOfPages = ['not-found/store']

test('what an error of one of the general codes is about has Arabic words of its own', () => {
  const thrown = sources().flatMap(text => [
    ...text.matchAll(/FocalpointError\(\s*'([a-z-]+)'[^{}]*(?:\$\{[^}]*\}[^{}]*)*\{\s*what: '([^'.]+)'/g),
  ])
  const wanted = thrown
    .filter(([, code = '']) => toldApart.includes(code))
    .map(([, code, what]) => `${code}/${what}`)
  expect(wanted.length).toBeGreaterThan(20)
  expect([...new Set(wanted)].filter(key => ![...given, ...notOfPages].includes(key)).toSorted()).toEqual([])
})

test('no words are for a code or a value that is gone', () => {
  const texts = sources()
  const isGone = (key: string) => {
    const [code = '', value] = key.split('/')
    const isThrown = value === undefined || texts.some(text => text.includes(`'${value}'`))
    return !Object.hasOwn(problems, code) || !isThrown
  }
  expect(given.filter(isGone)).toEqual([])
})

test('the words of an error are Arabic with closed isolates around what is not, and around codes and names', () => {
  const faults = Object.entries(ar.errors).filter(([, words]) => {
    const outside = words.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')
    const said = outside.replace(/\{\w+, (?:number|plural,(?: \w+ \{[^}]*\})+)\}|\{(?:needs|earliest)\}/g, '')
    return /[\p{Script=Latin}\p{Bidi_Control}{}]/u.test(said) || !/\p{Script=Arabic}/u.test(said)
  })
  expect(faults).toEqual([])
})

test('the most exact words are found, and English ones are left as they are', () => {
  const draft = new FocalpointError('not-found', 'No such draft here.', { what: 'draft', id: 'd' })
  const other = new FocalpointError('not-found', 'No such thing here.', { what: 'thing', id: 't' })
  expect(arabic(draft)).toBe(ar.errors['not-found/draft'])
  expect(arabic(other)).toBe(ar.errors['not-found'])
  const file = new FocalpointError('body-malformed', 'This file cannot be read. It is empty.', {
    what: 'It is empty.',
  })
  expect(arabic(file)).toBe('لا يمكن قراءة هذا الملف. الملف فارغ.')
  const clock = new FocalpointError('clock-off', 'The clock is off.', { seconds: 11 })
  expect(arabic(clock)).toContain('11 ثانية')
  const role = new FocalpointError('forbidden', 'This needs another role.', { needs: ['releaser', 'admin'] })
  expect(arabic(role)).toContain('مسؤول الإصدار ومدير')
  expect(errorWords(clock, visitOf({ language: 'en', address: '/', now: 0 }))).toBe('The clock is off.')
})

test('an error that was kept without its details is told by the title of its code where the words need them', () => {
  const kept = { code: 'clock-off', message: 'The clock is off.' } as const
  expect(arabic(kept)).toBe(
    visitOf({ language: 'ar', address: '/', now: 0 }).words(problems['clock-off'].title),
  )
})

function arabic(error: ToldError): string {
  return errorWords(error, visitOf({ language: 'ar', address: '/', now: 0 }))
}

function sources(): string[] {
  return readdirSync(join(root, 'node'), { recursive: true, encoding: 'utf8' })
    .map(path => `node/${path}`)
    .filter(path => path.endsWith('.ts') && rooms.test(path))
    .map(path => readFileSync(join(root, path), 'utf8'))
}
