export type RowOperation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }

/** Rows that depend on what is written before them: made in the very moment in which their turn is fixed. */
export interface LateOperation {
  type: 'late'
  rows: (view: View) => RowOperation[]
}

export type Operation = RowOperation | LateOperation

/** The store as it will be once everything that is waiting to be written is written. */
export interface View {
  get: (key: string) => string | undefined
  /** Takes the next place in the feed. */
  nextCursor: () => number
}

export function put(key: string, value: string): RowOperation {
  return { type: 'put', key, value }
}

export function putJson(key: string, value: object): RowOperation {
  return { type: 'put', key, value: JSON.stringify(value) }
}

export function remove(key: string): RowOperation {
  return { type: 'del', key }
}

export function late(rows: (view: View) => RowOperation[]): Operation[] {
  return [{ type: 'late', rows }]
}
