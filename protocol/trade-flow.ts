/** What a notice tells of goods on the move, for figures: no party, no place nearer than a country. */
export interface TradeFlow {
  /** Items of the goods list or of the watch list; `unlisted` for what is on neither; none where it was not the product. */
  goods: string[]
  /** ISO 3166-1 alpha-2, where it is told. */
  dispatch?: string | undefined
  destination?: string | undefined
  direction: string
  /** YYYY-MM of the first day. */
  month: string
  verdict: string
  /** Whether trade was burdened: goods were held, or at least suspected. */
  isBurden: boolean
  /** Whether it was burdened for nothing. */
  isFalseAlarm: boolean
  heldHours?: number | undefined
  /** How many consignments it stands for. */
  count: number
  /** What made officers look. */
  of: { kind: string; id?: string | undefined; itemId?: string | undefined }
}
