import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import ar from '../../../../node/web/words/ar.json' with { type: 'json' }
import en from '../../../../node/web/words/en.json' with { type: 'json' }
import { type Language, languages } from '../../../../node/web/words/languages.ts'
import { localeOf, type MessageKey, translator } from '../../../../node/web/words/messages.ts'

const said: Record<Language, { messages: Record<string, string>; errors?: Record<string, string> }> = {
  en,
  ar,
}
const keys = Object.keys(en.messages) as MessageKey[]

test('every message is told in every language with the same values, and nothing is told that English lacks', () => {
  expect(Object.keys(ar.messages).sort()).toEqual([...keys].sort())
  const differing = keys.filter(
    key => valuesIn(en.messages[key]).join() !== valuesIn(ar.messages[key]).join(),
  )
  expect(differing).toEqual([])
})

test.each(languages)('every message of %s can be made, with few and with many', language => {
  const t = translator(language)
  for (const key of keys) {
    for (const count of [0, 1, 2, 5, 11, 100]) {
      const values = Object.fromEntries(valuesIn(en.messages[key]).map(name => [name, count]))
      expect(t(key, values), key).not.toMatch(/[{}]/)
    }
  }
})

test('a value that is missing is not passed over', () => {
  expect(() => translator('en')('form.errors')).toThrow()
})

const plurals: Record<Language, readonly string[]> = {
  en: ['one', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
}

test.each(languages)(
  'every count of %s has a form for each number that its language tells apart',
  language => {
    const needed = plurals[language]
    expect(new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()).toEqual(
      needed.toSorted(),
    )
    const { messages, errors = {} } = said[language]
    const counts = Object.entries({ ...messages, ...errors }).flatMap(([key, message]) =>
      partsOf(message).flatMap(({ options, pluralType }) =>
        pluralType === undefined ? [] : [{ key, given: Object.keys(options ?? {}) }],
      ),
    )
    expect(counts.length).toBeGreaterThan(50)
    // That there is any at all is asked without telling how many.
    const told = counts.filter(({ given }) => given.join() !== '=0,other')
    expect(told.filter(({ given }) => !needed.every(each => given.includes(each)))).toEqual([])
  },
)

test('what is not Arabic stands in closed isolates in Arabic messages', () => {
  const faults = Object.entries(ar.messages).filter(([, message]) => {
    const literal = partsOf(message)
      .map(({ type, value }) => (type === 0 ? value : ''))
      .join('')
    const outside = literal.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')
    return /[\p{Bidi_Control}\p{Script=Latin}]/u.test(outside)
  })
  expect(faults).toEqual([])
})

/** Names of the values that a message is made of. */
function valuesIn(message: string): string[] {
  const named = partsOf(message).filter(({ type }) => type !== 0 && type !== 7)
  return [...new Set(named.map(({ value }) => String(value)))].sort()
}

/** Of a parsed message, as far as it is looked at here: 0 is text, 7 the number of a plural. */
interface Part {
  type: number
  value?: unknown
  pluralType?: string
  options?: Record<string, { value: Part[] }>
}

/** All parts of a message, also those within the forms of a plural, in order. */
function partsOf(message: string): Part[] {
  const within = (parts: readonly Part[]): Part[] =>
    parts.flatMap(part => [part, ...Object.values(part.options ?? {}).flatMap(({ value }) => within(value))])
  const parsed = new IntlMessageFormat(message, localeOf('en'), undefined, { ignoreTag: true }).getAst()
  return within(parsed as Part[])
}
