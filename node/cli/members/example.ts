import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTrust, type Registry } from '#protocol'
import { exampleFolder } from '../../keys.ts'

/** The registry of the demonstration Alliance; an installation may leave it out. */
export async function openExample(): Promise<Registry | undefined> {
  const text = await readFile(join(exampleFolder, 'trust.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : openTrust(text)
}
