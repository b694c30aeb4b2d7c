import { expect, test } from 'vitest'
import ar from '../../../../node/web/words/ar.json' with { type: 'json' }
import en from '../../../../node/web/words/en.json' with { type: 'json' }
import { formWords } from '../../../../node/web/words/forms.ts'
import { wantedCodes, wantedTexts } from './wanted.ts'

const codes = [...wantedCodes()]
const texts = [...wantedTexts()]
const forms: Record<'ar' | 'en', [text: string, words: string][]> = {
  ar: Object.entries(ar.forms),
  en: Object.entries(en.forms),
}

/** Abbreviations that are in codes: spelling them with a capital tells nobody what they are. */
const abbreviations = ['ta', 'un', 'cpt', 'srt', 'ngo', 'lei', 'eori']

test('every form, good, problem and word of a vocabulary has Arabic words', () => {
  const given = new Set(forms.ar.map(([text]) => text))
  expect([...codes, ...texts].filter(each => !given.has(each))).toEqual([])
})

test('every code that is no plain word by itself has English words', () => {
  const given = new Set(forms.en.map(([code]) => code))
  const odd = codes.filter(
    code => !/^[a-z-]+$/.test(code) || code.split('-').some(part => abbreviations.includes(part)),
  )
  expect(odd.length).toBeGreaterThan(0)
  expect(odd.filter(code => !given.has(code))).toEqual([])
})

test('no entry is for something that is gone, and English ones are for codes only', () => {
  const wanted = new Set([...codes, ...texts])
  expect(forms.ar.map(([text]) => text).filter(text => !wanted.has(text))).toEqual([])
  expect(forms.en.map(([code]) => code).filter(code => !codes.includes(code))).toEqual([])
})

test('Arabic is in Arabic, in whole, with what is not Arabic in closed isolates', () => {
  const faults = forms.ar.filter(([text, words]) => {
    const outside = words.replace(/\u2068[^\u2068\u2069]*\u2069/g, '').replace(/\{\d\}/g, '')
    const isArabic = /\p{Script=Arabic}/u.test(outside)
    const isClean = !/[\p{Bidi_Control}\p{Script=Latin}]/u.test(outside.replaceAll('\u061c', '\ufffd'))
    const isSentence = /[.]$/.test(text) === /[.]$/.test(words) || !/ /.test(text)
    const gaps = (sentence: string) => [...sentence.matchAll(/\{\d\}/g)].map(([found]) => found).toSorted()
    const hasGaps = gaps(text).join() === gaps(words).join()
    return !(isArabic && isClean && isSentence && hasGaps && words === words.normalize('NFC').trim())
  })
  expect(faults).toEqual([])
})

test('words are found by code, by what a code stands in, by sentence, and by sentences with gaps', () => {
  const arabic = formWords('ar')
  expect(arabic('end-user')).toBe('مستخدم نهائي')
  expect(arabic('Status/suspended')).not.toBe(arabic('suspended'))
  expect(arabic('Decision/suspended')).toBe(arabic('suspended'))
  expect(arabic('Status/not heard')).toBe(arabic('not heard'))
  expect(arabic('This may have at most 40 characters.')).toBe('الحد الأقصى لعدد الحروف هنا: 40.')
  expect(arabic('Where it is made. ISO 3166-1, two letters.')).toBe(
    `${arabic('Where it is made.')} رمز \u2068ISO 3166-1\u2069، حرفان.`,
  )
})

test('what stands in a gap is an example or a value, and stays as it is', () => {
  expect(formWords('ar')('This must look like "consignee".')).toContain('\u2068consignee\u2069')
})

test('where there are no words a code is spelled out and a text stays as it is', () => {
  for (const words of [formWords('en'), formWords('ar')]) {
    expect(words('never-heard-of')).toBe('Never heard of')
    expect(words('written by somebody')).toBe('written by somebody')
    expect(words('A text of a notice, 40 kV.')).toBe('A text of a notice, 40 kV.')
  }
  expect(formWords('en')('held by all')).toBe('Held by all')
  expect(formWords('en')('ngo-report')).toBe('Report of a non-governmental organisation')
})
