import { expect, test } from 'vitest'
import ar from '../../../../node/web/words/ar.json' with { type: 'json' }
import en from '../../../../node/web/words/en.json' with { type: 'json' }

/** The glossary of node/web/words/README.md: where English has the one, Arabic has the other. */
const terms: readonly [english: RegExp, arabic: RegExp][] = [
  [/\bdenials?\b/i, /رفض/],
  [/\balerts?\b/i, /تنبيه/],
  [/\bsightings?\b/i, /رصد/],
  [/\bwithdraw(?:n|als?)?\b/i, /سُ?حب|مسحوب/],
  [/\bcorrections?\b/i, /تصحيح/],
  [/\bfollow-ups?\b/i, /متابعة/],
  [/\backnowledgements?\b/i, /إفاد/],
  [/\b(?:a|the|this|your) drafts?\b/i, /مسود/],
  [/\breleasers?\b/i, /إصدار|يصدر/],
  [/\bnotices?\b/i, /إشعار/],
  [/\bfocal points?\b/i, /جه(?:ة|ات) الاتصال/],
  [/\bparticipants?\b/i, /مشارك/],
  [/\bcoordinators?\b/i, /منسّق/],
  [/\badministrators?\b/i, /مدير/],
  [/\bnodes?\b/i, /عُ?قد/],
  [/(?<!CAS )\bregistry\b/i, /معتمد/],
  [/\bdrills?\b|\bexercises\b/i, /تم(?:رين|ارين)/],
  [/\bvoid\b/i, /باطل/],
  [/\berased?\b/i, /محو|مُحي|يمحو|تمحو/],
  [/\bdisputed\b/i, /متنازع/],
  [/\blanes?\b/i, /مسار/],
  [/(?<!authorisation )\broutes?\b/i, /خ(?:ط|طوط|طا) (?:ال)?سير/],
  [/\bmatch(?:es)?\b/i, /طابق/],
  [/\bconsignments?\b/i, /شحن/],
  [/\bsubscriptions?\b/i, /اشتراك/],
  [/\bwebhooks?\b/i, /إخطار/],
  [/\bnamed readers?\b/i, /معيّن/],
  [/\bgoods list\b/i, /قائمة السلع/],
  [/\bwatch list\b/i, /قائمة المراقبة/],
]

/** Words that say one of them in another way. */
const secondWords =
  /مشاهد|المضمون|المسمَّ|لاغٍ|محل نزاع|نشط|كهرمان|القراء(?!ة)|(?<!نظام ال)منسق|جهات الاتصال فيها|اً/

const pairs = [
  ...Object.entries(ar.messages).map(([key, arabic]) => ({ english: en.messages[key as never], arabic })),
  // A code alone may be something else: `corrections` are prisons.
  ...Object.entries(ar.forms)
    .filter(([text]) => text.includes(' '))
    .map(([text, arabic]) => ({ english: text, arabic })),
]

test('each term of the vocabulary has one word in Arabic', () => {
  const faults = pairs.flatMap(({ english, arabic }) => {
    const said = english.replace(/\{\w+|“[^”]*”|"[^"]*"|\S+\.json/g, '')
    return terms
      .filter(([term, word]) => term.test(said) && !word.test(arabic))
      .map(([term]) => `${term}: ${english}`)
  })
  expect(faults).toEqual([])
})

test('no second word is used for any of them', () => {
  const all = [...pairs.map(({ arabic }) => arabic), ...Object.values(ar.errors)]
  expect(all.filter(arabic => secondWords.test(arabic))).toEqual([])
})
