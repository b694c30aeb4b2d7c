import { join } from 'node:path'
import { openTrust, type Registry } from '#protocol'
import { exampleFolder } from '../keys.ts'
import { readInput } from './input.ts'

/** The registry to verify by: a file that was compared by its fingerprint, or the demonstration's where asked for. */
export async function openTrustFile({
  trust,
  demo,
}: {
  trust?: string | undefined
  demo?: boolean | undefined
}): Promise<Registry> {
  return openTrust(await readInput(trust ?? (demo ? join(exampleFolder, 'trust.json') : 'trust.json')))
}
