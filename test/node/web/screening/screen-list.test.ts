import { expect, test } from 'vitest'
import type { Consignment, Lane } from '../../../../node/consignment.ts'
import { readList } from '../../../../node/desk/consignments/read-lines.ts'
import type { ScreeningDesk } from '../../../../node/desk/customs.ts'
import type { Person } from '../../../../node/people.ts'
import { webLimits } from '../../../../node/web/limits.ts'
import { screenList } from '../../../../node/web/screening/screen-list.ts'

const person: Person = { id: 'p', name: 'P', roles: ['customs'], disabled: false, createdAt: 0 }
const by = { rule: 'screening/1', goodsList: { id: 'list', version: '0.1.0' }, through: 7 }

/** Gives each consignment the lane that its description names, and tells how many it was asked at once. */
function deskOf(turns: number[] = []): ScreeningDesk {
  return {
    keepDaysMost: 90,
    screen: async consignments => {
      turns.push(consignments.length)
      const results = consignments.map(({ description, exercise }) => ({
        lane: description as Lane,
        exercise: exercise === true,
        matches: [],
      }))
      return { results, ...by }
    },
  }
}

const of = (lanes: readonly string[]): Partial<Consignment>[] => lanes.map(description => ({ description }))
const how = { person, exercise: false }

test('the most serious lines come first, and those that cannot be read stand apart', async () => {
  const given = [...of(['green', 'amber']), { description: '' }, ...of(['red', 'amber'])]
  const list = await screenList(readList(given), { desk: deskOf(), ...how })
  expect(list.counts).toEqual({ green: 1, amber: 2, red: 1 })
  expect(list.shown.map(({ line, answer }) => [line, answer.lane])).toEqual([
    [4, 'red'],
    [2, 'amber'],
    [5, 'amber'],
  ])
  expect(list.green.map(({ line }) => line)).toEqual([1])
  expect(list.wrong).toMatchObject([{ line: 3, errors: [{ pointer: '/description' }] }])
  expect(list.by).toEqual(by)
})

test('a long list is screened in turns as far as a page goes, and says where it stopped', async () => {
  const turns: number[] = []
  const given = of(Array.from({ length: webLimits.screenedLinesMost + 3 }, () => 'amber'))
  const list = await screenList(readList(given), { desk: deskOf(turns), ...how })
  expect(list.cutAt).toBe(webLimits.screenedLinesMost + 1)
  expect(list.counts.amber).toBe(webLimits.screenedLinesMost)
  expect(list.shown).toHaveLength(webLimits.screenedLinesShown)
  expect(Math.max(...turns)).toBe(webLimits.screenedPerTurn)
})

test('what is no list is given up after so many wrong lines', async () => {
  const list = screenList(readList(Array.from({ length: 4000 }, () => 0)), { desk: deskOf(), ...how })
  await expect(list).rejects.toMatchObject({
    code: 'body-malformed',
    message: expect.stringContaining('1,000 of the first 1,000 lines'),
  })
})

test('a list that is a drill makes every line one', async () => {
  const list = await screenList(readList(of(['red', 'green'])), { desk: deskOf(), person, exercise: true })
  expect(list.drills).toBe(2)
})
