import { geoEqualEarth, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import land from 'world-atlas/land-110m.json' with { type: 'json' }
import type { Position } from './places.ts'

/** Of the drawing; without most of Antarctica. */
export const mapSize = { width: 800, height: 352 }

const projection = geoEqualEarth().fitWidth(mapSize.width, { type: 'Sphere' })
const topology = land as unknown as Parameters<typeof feature>[0]

/** Coastlines alone: borders say what nobody here has to say. Drawn once. */
export const coastlines: string = drawn(topology.objects.land)

export function pointOf(position: Position): readonly [x: number, y: number] {
  const [x, y] = projection([...position]) ?? [0, 0]
  return [Math.round(x), Math.round(y)]
}

function drawn(coast: Parameters<typeof feature>[1] | undefined): string {
  return coast === undefined ? '' : (geoPath(projection).digits(0)(feature(topology, coast)) ?? '')
}
