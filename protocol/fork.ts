import { z } from 'zod'
import { canonical, parseCanonical } from './canonical.ts'
import { type Envelope, parseEnvelope } from './envelope.ts'
import { FocalpointError } from './errors.ts'
import { limits } from './limits.ts'

/** Two envelopes of one issuer that cannot both stand in one log. Signatures are checked by the caller, as for any envelope. */
export interface ForkProof {
  issuer: string
  channel: string
  /** The lowest place that this proof shows to be forked. */
  seq: number
  a: Envelope
  b: Envelope
}

const proofForm = z.strictObject({ a: z.string(), b: z.string() })

/** The proof that these two make, or undefined when they can stand together. */
export function forkBetween(a: Envelope, b: Envelope): ForkProof | undefined {
  if (a.issuer !== b.issuer || a.channel !== b.channel || a.id === b.id) return undefined
  const [first, second] = a.seq < b.seq || (a.seq === b.seq && a.id < b.id) ? [a, b] : [b, a]
  const samePlace = first.seq === second.seq
  const broken = first.seq + 1 === second.seq && second.prev !== first.id
  if (!samePlace && !broken) return undefined
  return { issuer: first.issuer, channel: first.channel, seq: first.seq, a: first, b: second }
}

/** One text for one proof: JCS of both envelopes, the earlier place (then the smaller id) first. */
export function forkProofText({ a, b }: ForkProof): string {
  return canonical({ a: a.jws, b: b.jws })
}

/** Reads a proof from a stranger's bytes. Throws `proof-invalid`, or what `parseEnvelope` throws. */
export function parseForkProof(text: string, { net }: { net: string }): ForkProof {
  if (text.length > limits.forkProofBytes) throw invalid('larger than two envelopes')
  const form = proofForm.safeParse(parseCanonical(text))
  if (!form.success) throw invalid('not two envelopes')
  const proof = forkBetween(parseEnvelope(form.data.a, { net }), parseEnvelope(form.data.b, { net }))
  if (proof === undefined) throw invalid('of two notices that can stand in one log')
  if (forkProofText(proof) !== text) throw invalid('not in its one order')
  return proof
}

function invalid(what: string): FocalpointError<'proof-invalid'> {
  return new FocalpointError('proof-invalid', `This proof of a fork is ${what}.`, { what })
}
