/** One line of a declaration, as customs ask about it. */
export interface Consignment {
  /** The caller's own name for the line; comes back with the answer. */
  reference?: string
  /** The goods in the declarant's words. */
  description: string
  hs?: { code: string; edition?: string }
  /** `unit`: UN/ECE Recommendation 20. */
  quantity?: { value: number; unit?: string }
  value?: { amount: string; currency: string }
  parties?: readonly ConsignmentParty[]
  /** Countries: ISO 3166-1 alpha-2. */
  origin?: string
  dispatch?: string
  destination?: string
  /** Places on the way: UN/LOCODE, or only the country. */
  route?: readonly string[]
  transport?: {
    mode?: string
    imo?: string
    voyage?: string
    flight?: string
    container?: string
    vehicle?: string
  }
  endUse?: string
  /** A drill: only drills meet drills, and only among themselves do they change a lane. */
  exercise?: true
}

export interface ConsignmentParty {
  /** As in notices: exporter, consignee, end-user, … */
  role?: string
  name: string
  aliases?: readonly string[]
  country?: string
  ids?: readonly { scheme: string; value: string }[]
}

/** Green: nothing to do. Amber: look before it goes. Red: stop and ask the focal point. It never blocks by itself. */
export const lanes = ['green', 'amber', 'red'] as const
export type Lane = (typeof lanes)[number]

/** From so many points on; a new name whenever these or what gives points changes, so that an answer says by which it was made. */
export const screeningRule = { name: 'screening/1', amberFrom: 45, redFrom: 75 } as const

/** Something that a consignment meets, and why. */
export interface Match {
  kind: 'notice' | 'goods'
  /** Of a notice: its id, its issuer and its type. */
  notice?: string
  issuer?: string
  type?: string
  /** The item of the goods list, or of the watch list, that is met. */
  item?: string
  /** One line about what is met, as in lists. */
  summary: string
  /** 0 to 100. */
  score: number
  /** What this match alone would give. */
  lane: Lane
  /** A drill, which changes no lane but a drill's. */
  exercise: boolean
  /** Strongest first. */
  reasons: readonly Reason[]
}

export const reasonCodes = [
  'same-name',
  'near-name',
  'identifier',
  'same-role',
  'same-country',
  'other-country',
  'carrier',
  'declaration',
  'product',
  'sent-before',
  'same-destination',
  'same-item',
  'same-code',
  'goods-name',
  'everyday-goods-name',
  'cas',
  'agreeing-code',
  'other-code',
  'code-alone',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** What of the consignment meets what, how near, and in words. */
export interface Reason {
  /** What kind of thing it is that meets. */
  code: ReasonCode
  /** JSON Pointer into the consignment: `/parties/0/name`. */
  field: string
  /** JSON Pointer into what is met: `/nominal/depot/name`, `/body/goods/0/hs`; for goods into the list's entry. */
  met: string
  /** 0 to 1. */
  nearness: number
  /** In English. */
  words: string
  /** What the words are made of, for other languages. */
  values: Readonly<Record<string, string>>
}

/** The answer for one consignment. */
export interface Screened {
  reference?: string
  lane: Lane
  exercise: boolean
  matches: readonly Match[]
}

/** By what it was decided. */
export interface ScreenedBy {
  /** Of the rule that scores, as `screening/1`. */
  rule: string
  goodsList: { id: string; version: string }
  /** The place in the feed up to which notices were looked at. */
  through: number
}

/** Whether consignments meet what is known here. Nothing that is asked is kept or leaves the node. */
export interface Screener {
  /** Throws `node-not-ready` while the index is still being made. */
  screen: (consignments: readonly Consignment[]) => Promise<{ results: Screened[] } & ScreenedBy>
  /** Against these notices alone, as if there were no others; without ids against the goods list alone. */
  screenAgainst: (
    consignments: readonly Consignment[],
    notices: readonly string[],
  ) => Promise<{ results: Screened[] } & ScreenedBy>
  /** Whether two names may be of one party: typos, order, legal forms, accents and scripts apart. */
  namesMeet: (one: string, other: string) => boolean
}
