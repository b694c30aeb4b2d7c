import { expect, test } from 'vitest'
import { linesOf, readHouse, textOf } from './tree.ts'

/** Tables over all codes: to stand in one of them is not to be thrown. */
const tables = ['protocol/errors.ts', 'protocol/verdict.ts', 'node/desk/problem.ts', 'node/cli/exit.ts']

const { files } = readHouse()
const code = files.filter(path => /^(?:node|protocol)\/.*\.(?:ts|js)$/.test(path))
const codes = linesOf('protocol/errors.ts').flatMap(
  line => /^ {2}'?([a-z-]+)'?: \{ .*\}$/.exec(line)?.[1] ?? [],
)

test('every error code is used where something can go wrong', () => {
  expect(codes).toContain('signature-invalid')
  const texts = code.filter(path => !tables.includes(path)).map(textOf)
  expect(codes.filter(each => !texts.some(text => text.includes(`'${each}'`)))).toEqual([])
})

test('no code stands there twice', () => {
  expect(codes.filter((each, at) => codes.indexOf(each) !== at)).toEqual([])
})
