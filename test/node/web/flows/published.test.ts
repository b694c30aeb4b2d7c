import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  all,
  type Cell,
  type Counted,
  type Figure,
  leastTold,
  publish,
  sumOf,
} from '../../../../node/web/flows/published.ts'

function flow(of: Partial<Counted>): Counted {
  return { goods: 'belt', from: 'XM', to: 'XR', month: '2026-01', sightings: 1, ...of }
}

const everything: Cell = { goods: all, from: all, to: all, month: all }

test('a figure below three is told to nobody, one of three is', () => {
  const published = publish([flow({ sightings: 2 }), flow({ goods: 'whip', sightings: 3 })])
  expect(published.find({ ...everything, goods: 'belt' })).toEqual({ kind: 'few' })
  expect(publish([flow({ sightings: 3 })]).find(everything)).toEqual({ kind: 'exact', count: 3 })
  expect(published.find({ ...everything, goods: 'baton' })).toBeUndefined()
})

test('one small figure among larger ones is not what is left of the sum', () => {
  const published = publish([
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

test('where each must be one for the sum to be right, the sum is hidden', () => {
  const published = publish(['belt', 'whip', 'baton'].map(goods => flow({ goods })))
  expect(published.find(everything)).toEqual({ kind: 'least', count: 3 })
})

test('a sum over a choice is made of what is told alone', () => {
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

test('along no line can a small figure be worked out from its sum and the others', () => {
  fc.assert(
    fc.property(fc.array(counted, { minLength: 1, maxLength: 12 }), flows => {
      const published = publish(flows)
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

test('no exact figure is below three', () => {
  fc.assert(
    fc.property(fc.array(counted, { minLength: 1, maxLength: 12 }), flows => {
      const published = publish(flows)
      for (const { parts } of linesOf(flows)) {
        for (const figure of parts.flatMap(part => published.find(part) ?? [])) {
          if (figure.kind === 'exact') expect(figure.count).toBeGreaterThanOrEqual(leastTold)
        }
      }
    }),
    { numRuns: 60, seed: 5 },
  )
})

/** Whether these can come to so many, each "fewer than 3" being 1 or 2 and each "3 or more" anything from 3 on. */
function canBe(total: number, hidden: readonly Figure[]): boolean {
  const few = hidden.filter(({ kind }) => kind === 'few').length
  const large = hidden.length - few
  const lowest = few + large * leastTold
  return large > 0 ? total >= lowest : total >= lowest && total <= few * 2
}

function linesOf(flows: readonly Counted[]): { sum: Cell; parts: Cell[] }[] {
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

function masksOf({ sightings: _, ...base }: Counted): Cell[] {
  return Array.from({ length: 16 }, (__, mask) =>
    Object.assign(
      { ...base },
      Object.fromEntries(dimensions.filter((___, at) => mask & (1 << at)).map(name => [name, all])),
    ),
  )
}
