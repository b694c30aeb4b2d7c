import type { Draft, JsonObject } from '#protocol'
import { draft, type PartiesByKey } from './build.ts'

export interface Observed {
  ref: string
  /** The issuer's own file number. */
  file: string
  of?: JsonObject
  verdict: string
  observed: [from: string, to: string]
  place: JsonObject
  direction: string
  from: string
  to: string
  goods: JsonObject
  confidence: number
  preparedBy: string
  text: JsonObject
  tlp?: string
  parties?: PartiesByKey
  readers?: string[]
  refs?: NonNullable<Draft['refs']>
  more?: JsonObject
}

/** A whole sighting of an exercise, of one good. */
export function sighting(given: Observed): Draft {
  const { parties, readers, refs } = given
  return draft('sighting', {
    body: {
      networkRef: given.ref,
      nationalRef: given.file,
      of: given.of ?? { kind: 'none' },
      verdict: given.verdict,
      observedAt: { from: given.observed[0], to: given.observed[1] },
      place: given.place,
      direction: given.direction,
      countryOfDispatch: given.from,
      countryOfDestination: given.to,
      goods: [given.goods],
      confidence: given.confidence,
      ...given.more,
    },
    text: given.text,
    tlp: given.tlp ?? 'TLP:AMBER',
    preparedBy: given.preparedBy,
    ...(parties === undefined ? {} : { parties }),
    ...(readers === undefined ? {} : { readers }),
    ...(refs === undefined ? {} : { refs }),
  })
}
