import { readFile } from 'node:fs/promises'
import { openTrust } from '#protocol'
import type { Config } from '../config.ts'
import { snapshotAtRest } from '../store/at-rest.ts'
import { schema } from '../store/index.ts'
import { rowsText } from './rows-text.ts'

/** The rows of a store on which no node runs. Throws `not-found`, `data-folder-in-use`, `store-damaged`. */
export async function* rowsAtRest(
  { member, dataDir, trustFile }: Pick<Config, 'member' | 'dataDir' | 'trustFile'>,
  { software }: { software: string },
): AsyncGenerator<string> {
  const { net } = await openTrust(await readFile(trustFile, 'utf8'))
  const at = Math.floor(Date.now() / 1000)
  yield* rowsText({ member, net, software, schema, at }, snapshotAtRest(dataDir))
}
