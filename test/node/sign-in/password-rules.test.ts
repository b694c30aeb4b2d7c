import { expect, test } from 'vitest'
import { checkNewPassword } from '../../../node/sign-in/password-rules.ts'

const own = ['Astrid Heron', 'focalpoint', 'QM', 'Quillmark', 'مملكة الريشة']

function codeOf(password: string): string {
  try {
    checkNewPassword(password, { own })
    return 'taken'
  } catch (error) {
    return (error as { details: { errors: { code: string }[] } }).details.errors[0]?.code ?? ''
  }
}

test.each([
  ['fourteen chars', 'too-short'],
  ['x1'.repeat(150), 'too-long'],
  ['several quiet herons', 'taken'],
  ['no capital or digit', 'taken'],
  ['Heron quietly eats', 'taken'],
  ['كلمات كثيرة هادئة جدا', 'taken'],
  ['🐦🐦🐟🐟🐸🐸🐢🐢🐍🐍🦎🦎🐌🐛🐜', 'taken'],
  ['839201746510283', 'taken'],
  ['%;}/[#?!&*({>~^', 'taken'],
  ['astrid heron 1234', 'own-words'],
  ['Quillmark-2026-2026', 'own-words'],
  ['Qu1llm4rk 20261234', 'own-words'],
  ['kramlliuq 99999 1', 'own-words'],
  ['مملكة الريشة ٢٠٢٦', 'own-words'],
  ['focalpoint 2027 now', 'own-words'],
  ['P@55w0rd P@55w0rd', 'common'],
  ['Summer-Winter-2026', 'common'],
  ['septembre ٢٠٢٦ سبتمبر', 'common'],
  ['correct horse battery staple', 'common'],
  ['qwertyuiop 123456', 'sequence'],
  ['1qaz2wsx3edc4rfv', 'sequence'],
  ['zyxwvutsrqponmlk', 'sequence'],
  ['ضصثقفغعهخ شسيبلا', 'sequence'],
  ['aaaaaaaaaaaaaaaa', 'repeated'],
  ['magpies magpies!!', 'repeated'],
  ['!!!!????!!!!????', 'repeated'],
])('%s is %s', (password, expected) => {
  expect(codeOf(password)).toBe(expected)
})

test('letters count as they are read, however they are composed', () => {
  expect(codeOf(`${'e\u0301'.repeat(9)}abcde`)).toBe('too-short')
})
