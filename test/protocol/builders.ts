import { type Envelope, parseEnvelope, verifyEnvelope } from '../../protocol/envelope.ts'
import { isError } from '../../protocol/errors.ts'
import { importPublicKey } from '../../protocol/registry/index.ts'
import { keys, net } from '../../scripts/vectors/alliance.ts'
import { type NoticePlan, write } from '../../scripts/vectors/writing.ts'

/** The code that is thrown, or what is given back. */
export function outcomeOf<Value>(judging: () => Value): Value | string {
  try {
    return judging()
  } catch (error) {
    if (isError(error)) return error.code
    throw error
  }
}

export function envelopeOf(plan: NoticePlan = {}): Envelope {
  return parseEnvelope(write(plan).jws, { net })
}

export const keyOfQM = await importPublicKey(keys.QM.signing)

export function verified(envelope: Envelope) {
  return verifyEnvelope(envelope, keyOfQM)
}

/** Element `at`, which must be there. */
export function get<Value>(values: readonly Value[], at: number): Value {
  const value = values[at]
  if (value === undefined) throw new Error(`There is no element ${at}.`)
  return value
}
