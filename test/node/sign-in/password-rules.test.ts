import { expect, test } from 'vitest'
import { checkNewPassword } from '../../../node/sign-in/password-rules.ts'

function codeOf(password: string, name = 'Astrid Heron'): string {
  try {
    checkNewPassword(password, { name })
    return 'taken'
  } catch (error) {
    return (error as { details: { errors: { code: string }[] } }).details.errors[0]?.code ?? ''
  }
}

test.each([
  ['eleven char', 'too-short'],
  ['several quiet herons', 'taken'],
  ['no capital or digit', 'taken'],
  ['كلمات كثيرة هادئة', 'taken'],
  ['🐦🐦🐟🐟🐸🐸🐢🐢🐍🐍🦎🦎', 'taken'],
  ['x1'.repeat(150), 'too-long'],
  ['aaaaaaaaaaaaa', 'guessable'],
  ['abcabcabcabc', 'guessable'],
  ['astrid heron', 'guessable'],
  ['Astrid-Heron-27', 'guessable'],
  ['Password1234!', 'guessable'],
  ['qwerty123456', 'guessable'],
  ['focalpoint 2027', 'guessable'],
])('%s is %s', (password, expected) => {
  expect(codeOf(password)).toBe(expected)
})

test('letters count as they are read, however they are composed', () => {
  expect(codeOf(`${'e\u0301'.repeat(6)}abcde`)).toBe('too-short')
})
