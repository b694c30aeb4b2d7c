import type { JsonObject, ScreeningKeys } from '#protocol'

/** What the index must be told of a notice. */
export interface KnownNotice {
  id: string
  issuer: string
  type: string
  summary: string
  exercise: boolean
  /** Another notice says since what it should have said. */
  isCorrected: boolean
  keys: ScreeningKeys
  /** Party key → role, country: as in the body. */
  parties: JsonObject
  /** Party key → names, identifiers. */
  nominal: JsonObject
}
