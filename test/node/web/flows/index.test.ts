import { gzipSync } from 'node:zlib'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { emptyFigures } from '../../../../node/desk/figures/figures.ts'
import { statsOf } from '../../../../node/desk/figures/figures-form.ts'
import { type Flow, type FlowFigures, Flows } from '../../../../node/desk/figures/flows.ts'
import { toldFigures } from '../../../../node/desk/figures/told.ts'
import { flowsPage } from '../../../../node/web/flows/index.ts'
import { visitOf } from '../visits.ts'

const none = new Flows().figures()

function flow(of: Partial<Flow>): Flow {
  return { goods: 'thumb-screws', from: 'XM', to: 'XR', month: '2026-01', sightings: 1, ...of }
}

interface Counted extends FlowFigures {
  exercises: FlowFigures
}

async function shown(counted: Counted, address = '/flows'): Promise<string> {
  return rendered(await figuresOf(counted), address)
}

async function figuresOf({ exercises, ...real }: Counted) {
  const told = (trade: FlowFigures) => toldFigures({ notices: emptyFigures(), trade }, [])
  return { ...(await told(real)), exercises: await told(exercises) }
}

function rendered(figures: Parameters<typeof flowsPage>[0], address = '/flows'): string {
  return render(flowsPage(figures, visitOf({ address, now: 1_790_000_000 })).content as never)
}

test('drills stand under a heading of their own, and never beside real sightings', async () => {
  const drills = { ...none, flows: [flow({ sightings: 44 })] }
  expect(await shown({ ...none, exercises: drills })).toContain('Drills only')
  const both = { ...none, flows: [flow({ sightings: 33 })], exercises: drills }
  expect(await shown(both)).toContain('33 sightings')
  expect(await shown(both)).not.toContain('44')
  expect(await shown(both, '/flows?drills=yes')).toContain('44 sightings')
  expect(await shown({ ...none, exercises: none })).toContain('No sighting has come in yet')
})

test('what trade was burdened with is not told of fewer than three cases', async () => {
  const burden = { ...none.burden, sightings: 9, consignments: 12, burdened: 12, falseAlarms: 11 }
  const text = await shown({ ...none, flows: [flow({ sightings: 9 })], burden, exercises: none })
  expect(text).toContain('fewer than 3, not shown')
  expect(text).not.toContain('11 consignments')
})

test('the page tells what the API tells', async () => {
  const figures = await figuresOf({
    ...none,
    flows: [flow({}), flow({ to: 'XV', sightings: 5 })],
    exercises: none,
  })
  const listed = statsOf(figures).flows.filter(({ month, from }) => month === '*' && from !== '*')
  const text = rendered(figures)
  expect(listed.map(({ sightings }) => sightings.kind)).toContain('few')
  const words = {
    exact: /<td>5<\/td>/,
    least: /<td>3 or more<\/td>/,
    few: /<td>fewer than 3<\/td>/,
    some: /<td>not shown<\/td>/,
  }
  for (const { sightings } of listed) expect(text).toMatch(words[sightings.kind])
})

test('a choice that does not occur is passed over, and a figure below three is told to nobody', async () => {
  const flows = [flow({ sightings: 2 }), flow({ to: 'XV', sightings: 2 }), flow({ goods: 'spiked-batons' })]
  const text = await shown({ ...none, flows, exercises: none }, '/flows?goods=<script>&from=XM')
  expect(text).not.toContain('<script>')
  expect(text.match(/fewer than 3/g)?.length).toBeGreaterThanOrEqual(3)
  expect(text).not.toMatch(/<td>[12]<\/td>/)
})

test('five hundred routes are shown within 60 KB', async () => {
  const flows = Array.from({ length: 500 }, (_, at) =>
    flow({
      goods: `goods-${at % 40}`,
      from: `X${String.fromCharCode(65 + (at % 26))}`,
      to: `Q${String.fromCharCode(77 + (at % 14))}`,
      month: `2026-${String(1 + (at % 12)).padStart(2, '0')}`,
      sightings: 1 + (at % 5),
    }),
  )
  const figures = await figuresOf({ ...none, exercises: { ...none, flows } })
  expect(gzipSync(rendered(figures)).length).toBeLessThan(60_000)
})
