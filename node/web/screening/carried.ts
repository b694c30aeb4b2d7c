import { FocalpointError } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import { readConsignment } from '../../desk/consignments/consignment-form.ts'

/** The consignment that a page gave along with its form. Throws `body-malformed` for anything else. */
export function consignmentCarried(fields: URLSearchParams): Consignment {
  const read = readConsignment(parsed(fields.get('consignment') ?? ''))
  if ('consignment' in read) return read.consignment
  throw new FocalpointError(
    'body-malformed',
    'The consignment did not come along with the form. Screen it again and go on from there.',
    { what: 'consignment' },
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
