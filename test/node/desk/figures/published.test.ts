import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Flow } from '../../../../node/desk/figures/flows.ts'
import type { Figure } from '../../../../node/desk/figures/hiding.ts'
import { all, type Cell, type Published, publish, sumOf } from '../../../../node/desk/figures/published.ts'
import { leastTold } from '../../../../node/desk/figures/working-out.ts'

function flow(of: Partial<Flow>): Flow {
  return { goods: 'belt', from: 'XM', to: 'XR', month: '2026-01', sightings: 1, ...of }
}

const everything: Cell = { goods: all, from: all, to: all, month: all }

test('a figure below three is told to nobody, one of three is', async () => {
  const published = await publish([flow({ sightings: 2 }), flow({ goods: 'whip', sightings: 3 })])
  expect(published.find({ ...everything, goods: 'belt' })).toEqual({ kind: 'few' })
  expect((await publish([flow({ sightings: 3 })])).find(everything)).toEqual({ kind: 'exact', count: 3 })
  expect(published.find({ ...everything, goods: 'baton' })).toBeUndefined()
})

test('one small figure among larger ones is not what is left of the sum', async () => {
  const published = await publish([
    flow({ goods: 'belt', sightings: 1 }),
    flow({ goods: 'whip', sightings: 4 }),
    flow({ goods: 'baton', sightings: 9 }),
  ])
  const told = (goods: string) => published.find({ ...everything, goods })
  expect(told(all)).toEqual({ kind: 'exact', count: 14 })
  expect(told('belt')).toEqual({ kind: 'few' })
  expect(told('whip')).toEqual({ kind: 'least', count: 3 })
  expect(told('baton')).toEqual({ kind: 'exact', count: 9 })
})

test('where each must be one for the sum to be right, the sum is hidden', async () => {
  const published = await publish(['belt', 'whip', 'baton'].map(goods => flow({ goods })))
  expect(published.find(everything)).toEqual({ kind: 'least', count: 3 })
})

test('a sum over a choice is made of what is told alone', async () => {
  const [few, three]: Figure[] = [{ kind: 'few' }, { kind: 'exact', count: 3 }]
  expect(sumOf([few, three])).toEqual({ kind: 'least', count: 4 })
  expect(sumOf([three, undefined, three])).toEqual({ kind: 'exact', count: 6 })
  expect(sumOf([few])).toEqual({ kind: 'few' })
  expect(sumOf([undefined])).toBeUndefined()
})

const dimensions = ['goods', 'from', 'to', 'month'] as const
const counted = fc.record({
  goods: fc.constantFrom('belt', 'whip', 'baton'),
  from: fc.constantFrom('XM', 'XR'),
  to: fc.constantFrom('XV', 'XW'),
  month: fc.constantFrom('2026-01', '2026-02'),
  sightings: fc.integer({ min: 1, max: 6 }),
})

test('along no line can a small figure be worked out from its sum and the others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(counted, { minLength: 1, maxLength: 12 }), async flows => {
      const published = await publish(flows)
      for (const { parts, sum } of linesOf(flows)) {
        const total = published.find(sum)
        if (total?.kind !== 'exact') continue
        const figures = parts.flatMap(part => published.find(part) ?? [])
        const known = figures.reduce((all, each) => all + (each.kind === 'exact' ? each.count : 0), 0)
        const hidden = figures.filter(({ kind }) => kind !== 'exact')
        for (const few of hidden.filter(({ kind }) => kind === 'few')) {
          const others = hidden.filter(each => each !== few)
          const possible = [1, 2].filter(guess => canBe(total.count - known - guess, others))
          expect(possible).toEqual([1, 2])
        }
      }
    }),
    { numRuns: 120, seed: 5 },
  )
})

test('no exact figure is below three', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(counted, { minLength: 1, maxLength: 12 }), async flows => {
      const published = await publish(flows)
      for (const { parts } of linesOf(flows)) {
        for (const figure of parts.flatMap(part => published.find(part) ?? [])) {
          if (figure.kind === 'exact') expect(figure.count).toBeGreaterThanOrEqual(leastTold)
        }
      }
    }),
    { numRuns: 60, seed: 5 },
  )
})

const attacks: readonly [how: string, flows: Flow[]][] = [
  ['two that come to "fewer than 3" are one each', [flow({}), flow({ month: '2026-02' })]],
  [
    'all goods are two each when the countries come to six',
    [
      flow({ sightings: 2 }),
      flow({ goods: 'whip' }),
      flow({ goods: 'whip', from: 'XN' }),
      flow({ goods: 'baton', from: 'XN', sightings: 2 }),
    ],
  ],
  [
    'months and ways of one sum are taken from each other',
    [
      flow({ month: '2026-03', sightings: 2 }),
      flow({}),
      flow({ goods: 'whip' }),
      flow({ goods: 'baton', month: '2026-03' }),
    ],
  ],
]

test.each(attacks)('with every filter combined no small figure is found: %s', async (_, flows) => {
  expect(foundIn(flows, await publish(flows))).toBe(0)
})

/** The one is by parity: what two figures come to is odd in one way and even in the other. */
test('of small tables no more than one in a hundred is seen through by trying every table that fits what is told', async () => {
  const tables = fc.sample(fc.uniqueArray(counted, { minLength: 2, maxLength: 6, selector: keyOf }), {
    numRuns: 100,
    seed: 7,
  })
  const seenThrough = []
  for (const flows of tables) if (foundIn(flows, await publish(flows)) > 0) seenThrough.push(flows)
  expect(seenThrough.length).toBeLessThanOrEqual(1)
})

function keyOf({ sightings: _, ...cell }: Flow): string {
  return JSON.stringify(cell)
}

/** How many small figures have one value in every table that fits what is told. */
function foundIn(flows: readonly Flow[], published: Published): number {
  const cells = [...new Map(flows.flatMap(masksOf).map(cell => [JSON.stringify(cell), cell])).values()]
  const sums = cells.map(cell => ({
    figure: published.find(cell),
    of: flows.flatMap((each, at) => (holds(cell, each) ? [at] : [])),
  }))
  const countOf = (of: readonly number[], table: readonly number[]) =>
    of.reduce((sum, at) => sum + (table[at] ?? 0), 0)
  const truth = flows.map(({ sightings }) => sightings)
  const small = sums
    .filter(({ of }) => countOf(of, truth) < leastTold)
    .map(({ of }) => ({ of, values: new Set<number>() }))
  const most = Math.max(...truth) + 4
  const isOpen = (table: readonly number[]): boolean => {
    if (table.length === flows.length) {
      for (const { of, values } of small) values.add(countOf(of, table))
      return small.some(({ values }) => values.size < 2)
    }
    return Array.from({ length: most }, (_, at) => [...table, at + 1]).every(
      longer =>
        sums.some(({ figure, of }) => of.at(-1) === table.length && !fits(figure, countOf(of, longer))) ||
        isOpen(longer),
    )
  }
  isOpen([])
  return small.filter(({ values }) => values.size < 2).length
}

function fits(figure: Figure | undefined, count: number): boolean {
  if (figure?.kind === 'exact') return count === figure.count
  if (figure?.kind === 'least') return count >= figure.count
  return figure?.kind === 'some' || count < leastTold
}

function holds(cell: Cell, flow: Flow): boolean {
  return dimensions.every(each => cell[each] === all || cell[each] === flow[each])
}

/** Whether these can come to so many, each "fewer than 3" being 1 or 2 and each "3 or more" anything from 3 on. */
function canBe(total: number, hidden: readonly Figure[]): boolean {
  const few = hidden.filter(({ kind }) => kind === 'few').length
  const some = hidden.filter(({ kind }) => kind === 'some').length
  const large = hidden.length - few
  const lowest = few + some + (large - some) * leastTold
  return large > 0 ? total >= lowest : total >= lowest && total <= few * 2
}

function linesOf(flows: readonly Flow[]): { sum: Cell; parts: Cell[] }[] {
  const cells = flows.flatMap(each => masksOf(each))
  return dimensions.flatMap(dimension =>
    cells
      .filter(cell => cell[dimension] === all)
      .map(sum => {
        const values = [...new Set(flows.map(each => each[dimension]))]
        return { sum, parts: values.map(value => ({ ...sum, [dimension]: value })) }
      }),
  )
}

function masksOf({ sightings: _, ...base }: Flow): Cell[] {
  return Array.from({ length: 16 }, (__, mask) =>
    Object.assign(
      { ...base },
      Object.fromEntries(dimensions.filter((___, at) => mask & (1 << at)).map(name => [name, all])),
    ),
  )
}
