import { compactVerify, importJWK } from 'jose'
import { isError, parseGossip, publicKeyOf, verifyEnvelope } from '#protocol'
import { keys, net, registry } from '../../vectors/alliance.ts'
import { write } from '../../vectors/writing.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'
import { variantsOf } from '../text-variants.ts'

export const row: ScoreRow = {
  name: 'texts',
  title: 'texts of one signed notice that are accepted',
  target: '1',
  /** How many different texts are tried, the notice's own among them. */
  rounds: { full: 1000, short: 1000 },
  run,
}

async function run(options: RowOptions): Promise<Result[]> {
  const { text } = write()
  const variants = variantsOf(text, roundsOf(row, options))
  const ours = await accepted(variants, variant => isAccepted(variant))
  const jose = await accepted(variants, variant => isAcceptedByJose(variant))
  return [
    {
      name: `of ${variants.length} texts that say one signed notice, accepted`,
      value: ours.length,
      unit: 'texts',
      target: '1',
      met: ours.length === 1 && ours[0] === text,
      beside: { 'jose alone accepts': jose.length },
      rounds: variants.length,
    },
  ]
}

async function accepted(
  texts: readonly string[],
  isTaken: (text: string) => Promise<boolean>,
): Promise<string[]> {
  const taken = await Promise.all(texts.map(isTaken))
  return texts.filter((_, at) => taken[at])
}

async function isAccepted(text: string): Promise<boolean> {
  try {
    const { envelope } = parseGossip(text, { net, channel: 'torture' })
    await verifyEnvelope(envelope, await publicKeyOf(registry, envelope.kid))
    return true
  } catch (error) {
    if (isError(error)) return false
    throw error
  }
}

/** The whole of what one would write first: the first part of the text, and a library. */
async function isAcceptedByJose(text: string): Promise<boolean> {
  const key = await importJWK({ crv: 'Ed25519', kty: 'OKP', x: keys.QM.signing.x }, 'Ed25519')
  try {
    await compactVerify(text.split('~')[0] ?? '', key, { algorithms: ['Ed25519', 'EdDSA'] })
    return true
  } catch {
    return false
  }
}
