import type { NoticeType, TradeFlow } from '#protocol'
import { isCounted } from '../counted.ts'
import type { NoticeView } from '../desk.ts'

/** Where a sighting does not tell it. */
export const untold = '?'

/** Goods that moved one way in one month. */
export interface Flow {
  goods: string
  from: string
  to: string
  /** YYYY-MM in which it was first seen. */
  month: string
  sightings: number
}

/** What looking for goods has cost trade. */
export interface Burden {
  sightings: number
  consignments: number
  /** Of these consignments, how many were held or suspected, and how many of those for nothing. */
  burdened: number
  falseAlarms: number
  /** Of those burdened; absent while there are none. */
  falseAlarmShare?: number
  /** Each sighting counts once, for its hours are told once. */
  heldHours: { sightings: number; sum: number; median?: number }
}

/** The same for what made officers look. */
export interface BurdenOf extends Burden {
  of: { kind: string; id?: string; itemId?: string }
}

export interface FlowFigures {
  flows: Flow[]
  /** Sightings of what was not the product: they are in the burden only. */
  inNoFlow: number
  burden: Burden
  burdenBy: BurdenOf[]
}

/** Collects what notices tell of trade; which of them holds is known once all have been seen. */
export class Flows {
  readonly #told = new Map<string, TradeFlow>()
  readonly #corrected = new Map<string, { flow: TradeFlow; cursor: number }>()

  /** A correction stands for what it corrects; what was withdrawn stands for nothing. */
  add(view: NoticeView, types: readonly NoticeType[]): void {
    const type = types.find(({ name }) => name === view.type)
    const flow = type && flowOf(type, view)
    if (type === undefined || flow === undefined || view.status === 'withdrawn' || !isCounted(view)) return
    const { id, issuer, cursor, refs } = view
    if (type.answers === undefined) {
      this.#told.set(nameOf(issuer, id), flow)
      return
    }
    const target = nameOf(issuer, refs.find(({ rel }) => rel === type.answers?.rel)?.id)
    if ((this.#corrected.get(target)?.cursor ?? 0) < cursor) this.#corrected.set(target, { flow, cursor })
  }

  figures(): FlowFigures {
    const told = Array.from(this.#told, ([name, flow]) => this.#corrected.get(name)?.flow ?? flow)
    const byCause = Object.values(Object.groupBy(told, ({ of }) => [of.kind, of.id, of.itemId].join(' ')))
    return {
      flows: flowsOf(told),
      inNoFlow: told.filter(({ goods }) => goods.length === 0).length,
      burden: burdenOf(told),
      burdenBy: byCause
        .flatMap((same = []) => same.slice(0, 1).map(({ of }) => ({ of: given(of), ...burdenOf(same) })))
        .sort((a, b) => b.burdened - a.burdened),
    }
  }
}

/** With the issuer, for nobody else corrects a notice. */
function nameOf(issuer: string, id = ''): string {
  return `${issuer} ${id}`
}

/** A body that does not follow its form is kept, and tells nothing that we could count. */
function flowOf({ tradeFlow }: NoticeType, { body, flags }: NoticeView): TradeFlow | undefined {
  return body === undefined || flags.includes('body-form') ? undefined : tradeFlow?.(body)
}

function flowsOf(told: readonly TradeFlow[]): Flow[] {
  const flows = new Map<string, Flow>()
  for (const { goods, dispatch: from = untold, destination: to = untold, month } of told) {
    for (const item of goods) {
      const key = [item, from, to, month].join(' ')
      const flow = flows.get(key) ?? { goods: item, from, to, month, sightings: 0 }
      flow.sightings += 1
      flows.set(key, flow)
    }
  }
  return [...flows.values()].sort((a, b) => b.month.localeCompare(a.month))
}

function burdenOf(told: readonly TradeFlow[]): Burden {
  const burdened = consignmentsIn(told.filter(({ isBurden }) => isBurden))
  const falseAlarms = consignmentsIn(told.filter(({ isFalseAlarm }) => isFalseAlarm))
  const hours = told.flatMap(({ heldHours = [] }) => heldHours).sort((a, b) => a - b)
  return {
    sightings: told.length,
    consignments: consignmentsIn(told),
    burdened,
    falseAlarms,
    ...(burdened > 0 && { falseAlarmShare: falseAlarms / burdened }),
    heldHours: {
      sightings: hours.length,
      sum: hours.reduce((sum, each) => sum + each, 0),
      ...given({ median: medianOf(hours) }),
    },
  }
}

function consignmentsIn(told: readonly TradeFlow[]): number {
  return told.reduce((sum, { count }) => sum + count, 0)
}

/** Of sorted numbers. */
function medianOf(sorted: readonly number[]): number | undefined {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

/** Without what is not known. */
function given<Of extends object>(of: Of): { [Name in keyof Of]: Exclude<Of[Name], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never
}
