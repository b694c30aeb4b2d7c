import { describe, expect, test } from 'vitest'
import { exitCodes } from '../../../node/cli/exit.ts'
import { verdicts } from '../../../protocol/index.ts'
import { runFocalpoint } from './run.ts'

describe('exit codes', () => {
  test('are those that scripts are told of', () => {
    const used = new Set<number>(Object.values(exitCodes))
    expect([...used].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 75])
  })

  test('never take a refusal of the gate for a success or a fault of the machine', () => {
    const gate = Object.keys(verdicts) as (keyof typeof verdicts)[]
    expect(gate.filter(code => exitCodes[code] < 2)).toEqual([])
  })

  test.each([
    ['an unknown command', ['statsu'], 'status'],
    ['an unknown subcommand', ['notice', 'lst'], 'list'],
    ['an unknown option', ['notice', 'list', '--isuer', 'QM'], '--issuer'],
  ])('%s is a usage error that says what was meant', async (_, words, meant) => {
    const { code, stdout, stderr } = await runFocalpoint(words)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(`Did you mean ${meant}?`)
  })

  test('a node that does not answer is 5, in one line', async () => {
    const { code, stderr } = await runFocalpoint(['status', '--url', 'http://127.0.0.1:1'])
    expect(code).toBe(5)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('--json tells the error as an object on stderr and leaves stdout alone', async () => {
    const { stdout, stderr } = await runFocalpoint(['peers', '--json'], {
      environment: { FOCALPOINT_URL: 'http://127.0.0.1:1' },
    })
    expect(stdout).toBe('')
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'node-unreachable', details: { url: 'http://127.0.0.1:1' } },
    })
  })
})
