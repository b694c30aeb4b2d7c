import { readFile } from 'node:fs/promises'
import { parseKeyFile } from '../../key-file.ts'
import { checkNotExampleKeys, readKeyNames, replaceKeyFile } from '../../keys.ts'
import { loadFrom } from '../config.ts'
import type { Listing } from '../options.ts'
import { newPassphrase, passphraseFor } from '../passphrase.ts'
import { say } from '../talk.ts'
import type { KeyOptions } from './command.ts'

export interface PassphraseOptions extends KeyOptions, Listing {
  newPassphraseFd?: number
}

/** Also encrypts a file that was not. The systemd credential is of the old passphrase, never of the new one. */
export async function changePassphrase(options: PassphraseOptions): Promise<void> {
  const { config } = await loadFrom(options)
  const { keyFile } = config
  await readKeyNames(keyFile)
  const keys = await parseKeyFile(keyFile, await readFile(keyFile, 'utf8')).open(
    passphraseFor(keyFile, options),
  )
  await checkNotExampleKeys(keys, keyFile)
  const { newPassphraseFd } = options
  const passphrase = await newPassphrase('the key file', {
    ...(newPassphraseFd !== undefined && { passphraseFd: newPassphraseFd }),
    flag: '--new-passphrase-fd',
    environment: {},
  })
  await replaceKeyFile(keyFile, keys, { passphrase })
  say(`${keyFile} has a new passphrase. Put it where the node gets it, and restart the node.`, options)
  say('Older backups, and the recovery key, keep the passphrase that they were made with.', options)
}
