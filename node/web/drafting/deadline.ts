import { isObject, type JsonObject } from '#protocol'

/** The day by which a draft must have gone out, and how long that is. */
export interface Deadline {
  /** YYYY-MM-DD. */
  day: string
  /** Below 0 once it has passed. */
  daysLeft: number
  /** Monday to Friday; holidays differ from State to State. */
  workingDaysLeft: number
}

const dayMs = 86_400_000

/** Where the law sets one, the body says it. */
export function deadlineOf({ body }: JsonObject, today: string): Deadline | undefined {
  const day = isObject(body) ? body.notifyBy : undefined
  if (typeof day !== 'string' || Number.isNaN(Date.parse(day))) return undefined
  return {
    day,
    daysLeft: (Date.parse(day) - Date.parse(today)) / dayMs,
    workingDaysLeft: workingDays(today, day),
  }
}

/** After the first day, up to and with the last. */
function workingDays(from: string, to: string): number {
  const count = Math.max(0, (Date.parse(to) - Date.parse(from)) / dayMs)
  const weeks = Math.floor(count / 7)
  const rest = Array.from({ length: count % 7 }, (_, at) => new Date(Date.parse(to) - at * dayMs).getUTCDay())
  return weeks * 5 + rest.filter(day => day !== 0 && day !== 6).length
}
