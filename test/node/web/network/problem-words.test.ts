import { expect, test } from 'vitest'
import { problemWords } from '../../../../node/web/network/problem-words.ts'
import { type NetworkProblem, type ProblemCode, problemKinds } from '../../../../node/web/network/problems.ts'
import { languages } from '../../../../node/web/words/languages.ts'
import { visitOf } from '../visits.ts'

const now = Date.parse('2026-11-26T12:00:00Z') / 1000

function words(problem: NetworkProblem, language: (typeof languages)[number] = 'en') {
  return problemWords(problem, { ...visitOf({ language, address: '/network', now }), member: 'QM' })
}

test('every problem says what it is, what to do and what to send, in every language', () => {
  for (const language of languages) {
    for (const code of Object.keys(problemKinds) as ProblemCode[]) {
      const problem = {
        code,
        member: 'XD',
        at: '2026-11-26T11:00:00Z',
        count: 3,
        version: '1',
        ownVersion: '2',
      }
      const { what, todo, send } = words(problem, language)
      expect([what, todo, send].filter(text => text.length < 8 || text.includes('{'))).toEqual([])
    }
  }
})

test('why a node is not heard is told in words, and what is sent says when by the clock', () => {
  const { since, cause, send } = words({
    code: 'not-heard',
    member: 'XD',
    at: '2026-11-26T11:00:00Z',
    detail: 'connect ECONNREFUSED 192.0.2.1:7600',
  })
  expect(since).toContain('1 hour ago')
  expect(cause).toContain('no node takes the connection')
  expect(send).toContain('26 Nov 2026, 11:00 UTC')
  expect(send).not.toContain('ago')
})
