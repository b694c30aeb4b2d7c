import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import ar from '../../../../node/web/words/ar.json' with { type: 'json' }
import en from '../../../../node/web/words/en.json' with { type: 'json' }
import { languages } from '../../../../node/web/words/languages.ts'
import { localeOf, type MessageKey, translator } from '../../../../node/web/words/messages.ts'

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

/** Names of the values that a message is made of. */
function valuesIn(message: string): string[] {
  const names = new Set<string>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit)
    else if (typeof part === 'object' && part !== null) {
      const { type, value, options } = part as { type: number; value: unknown; options?: object }
      if (type !== 0 && type !== 7 && typeof value === 'string') names.add(value)
      for (const { value: inner } of Object.values(options ?? {}) as { value: unknown }[]) visit(inner)
    }
  }
  visit(new IntlMessageFormat(message, localeOf('en'), undefined, { ignoreTag: true }).getAst())
  return [...names].sort()
}
