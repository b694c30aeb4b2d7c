import {
  authorityOf,
  type BundleHead,
  type Envelope,
  parseForkProof,
  parseSignedText,
  publicKeyOf,
  type Registry,
  type Stop,
  verifyEnvelope,
  verifyStop,
} from '#protocol'
import { isBeyondStop } from '../../force.ts'

/** Tells which notices are disputed by an open proof of a fork or a stop, each verified. Throws what refuses one. */
export async function verifyEvidence(
  { evidence, net }: BundleHead,
  registry: Registry,
): Promise<(envelope: Envelope) => boolean> {
  const forks = evidence.forks.map(text => parseForkProof(text, { net }))
  for (const { a, b } of forks) await Promise.all([a, b].map(each => verifySigned(each, registry)))
  const stops: Stop[] = []
  for (const text of evidence.stops) stops.push((await verifyStop(registry, parseSignedText(text))).stop)
  return envelope =>
    forks.some(
      ({ channel, issuer, seq }) =>
        channel === envelope.channel && issuer === envelope.issuer && envelope.seq >= seq,
    ) ||
    stops.some(
      stop => stop.kid === envelope.kid && stop.channel === envelope.channel && isBeyondStop(stop, envelope),
    )
}

async function verifySigned(envelope: Envelope, registry: Registry): Promise<void> {
  authorityOf({ registry, ...envelope })
  await verifyEnvelope(envelope, await publicKeyOf(registry, envelope.kid))
}
