import type { Act } from '../../audit.ts'
import type { Office } from '../office.ts'

/** Which acts somebody wants to see. */
export interface Asked {
  person?: string
  act?: Act
  before?: number
}

export function nameOf(person: string | undefined, { people }: Pick<Office, 'people'>): string | undefined {
  return person === undefined ? undefined : (people.find(person)?.name ?? person)
}
