import { expect, test } from 'vitest'
import { fittingText, tableText } from '../../../node/cli/table.ts'

const head = ['member', 'status', 'last error']
const rows = [
  ['QM', 'up to date', ''],
  ['QN', 'not heard', 'connect ECONNREFUSED 192.0.2.7:7600'],
]

test('where it fits, a list is a table', () => {
  expect(fittingText(head, rows, 80)).toBe(tableText(head, rows))
  expect(fittingText(head, rows)).toBe(tableText(head, rows))
})

test('on a narrow terminal it is a block for each row, without empty cells', () => {
  expect(fittingText(head, rows, 40)).toBe(
    [
      'QM',
      '  status      up to date',
      '',
      'QN',
      '  status      not heard',
      '  last error  connect ECONNREFUSED',
      '    192.0.2.7:7600',
    ].join('\n'),
  )
})
