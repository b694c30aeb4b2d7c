import { gzipSync } from 'node:zlib'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { emptyFigures } from '../../../../node/desk/figures/figures.ts'
import { type Flow, Flows } from '../../../../node/desk/figures/flows.ts'
import { flowsPage } from '../../../../node/web/flows/index.ts'
import { visitOf } from '../visits.ts'

const none = { ...emptyFigures(), ...new Flows().figures() }

function flow(of: Partial<Flow>): Flow {
  const way = { goods: 'thumb-screws', dispatch: 'XM', destination: 'XR', direction: 'export' }
  return { ...way, month: '2026-01', sightings: 1, consignments: 1, verdicts: {}, ...of }
}

function shown(figures: Parameters<typeof flowsPage>[0], address = '/flows'): string {
  return render(flowsPage(figures, visitOf({ address, now: 1_790_000_000 })).content as never)
}

test('drills stand under a heading of their own, and never beside real sightings', () => {
  const drills = { ...none, flows: [flow({ sightings: 44 })] }
  expect(shown({ ...none, exercises: drills })).toContain('Drills only')
  const both = { ...none, flows: [flow({ sightings: 33 })], exercises: drills }
  expect(shown(both)).toContain('33 sightings')
  expect(shown(both)).not.toContain('44')
  expect(shown(both, '/flows?drills=yes')).toContain('44 sightings')
  expect(shown({ ...none, exercises: none })).toContain('No sighting has come in yet')
})

test('what trade was burdened with is not told of fewer than three cases', () => {
  const burden = { ...none.burden, sightings: 9, consignments: 12, burdened: 12, falseAlarms: 11 }
  const text = shown({ ...none, flows: [flow({ sightings: 9 })], burden, exercises: none })
  expect(text).toContain('fewer than 3, not shown')
  expect(text).not.toContain('11 consignments')
})

test('a choice that does not occur is passed over, and a figure below three is told to nobody', () => {
  const flows = [
    flow({ sightings: 2 }),
    flow({ destination: 'XV', sightings: 2 }),
    flow({ goods: 'spiked-batons' }),
  ]
  const text = shown({ ...none, flows, exercises: none }, '/flows?goods=<script>&from=XM')
  expect(text).not.toContain('<script>')
  expect(text.match(/fewer than 3/g)?.length).toBeGreaterThanOrEqual(3)
  expect(text).not.toMatch(/<td>[12]<\/td>/)
})

test('five hundred routes are shown within 60 KB', () => {
  const flows = Array.from({ length: 500 }, (_, at) =>
    flow({
      goods: `goods-${at % 40}`,
      dispatch: `X${String.fromCharCode(65 + (at % 26))}`,
      destination: `Q${String.fromCharCode(77 + (at % 14))}`,
      month: `2026-${String(1 + (at % 12)).padStart(2, '0')}`,
      sightings: 1 + (at % 5),
    }),
  )
  const figures = { ...none, exercises: { ...none, flows } }
  expect(gzipSync(shown(figures)).length).toBeLessThan(60_000)
})
