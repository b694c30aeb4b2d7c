import type { Command } from 'commander'
import type { ConfigFlags } from '../config.ts'
import { asClient, wholeNumber } from '../options.ts'
import { asSecret, type PassphraseOption } from '../passphrase.ts'
import { listKeys } from './list.ts'
import { changePassphrase } from './passphrase.ts'
import { rotateKey } from './rotate.ts'
import { stopKey } from './stop.ts'

/** The settings that lead to the key file, and the node to ask. */
export type KeyOptions = ConfigFlags & PassphraseOption & { url?: string; token?: string; tokenFile?: string }

export function describeKeys(command: Command): void {
  asClient(
    asKeyFile(command.command('list'), 'List every key of this node and what the registry says of it.'),
  ).action(listKeys)
  asRecovery(
    asClient(asKeyFile(command.command('rotate'), 'Make a new signing key, and the request for it.')),
  )
    .option('--out <file>', 'where the request is written (else key-request-DATE.json)')
    .option('--with <file>', 'recovery key that vouches for the new key, where the old one is lost or stolen')
    .action(rotateKey)
  asRecovery(
    asClient(asKeyFile(command.command('stop'), 'Stop a signing key of this member at once, everywhere.')),
  )
    .requiredOption('--kid <key>', 'the key to be stopped, as "keys list" shows it')
    .requiredOption('--channel <name>', 'the channel in which it is stopped')
    .requiredOption('--head <place>', 'last place to be trusted: "from-node", "SEQ:ID", or "0" for none')
    .requiredOption('--reason <text>', 'why, in a few words that everybody may read')
    .option('--with <file>', 'sign with this recovery key (else with the key that is stopped)')
    .option('--out <file>', 'write it to a file instead of handing it to a node')
    .option('--yes', 'do not ask for confirmation')
    .action(stopKey)
  asSecret(asKeyFile(command.command('passphrase'), 'Change the passphrase of the key file.'))
    .option(
      '--new-passphrase-fd <number>',
      'file descriptor from which the new passphrase is read',
      wholeNumber,
    )
    .option('-q, --quiet', 'say nothing but errors')
    .action(changePassphrase)
}

/** The key file and the recovery key may have been given different passphrases. */
function asRecovery(command: Command): Command {
  return asSecret(command).option(
    '--recovery-passphrase-fd <number>',
    'file descriptor with the passphrase of the recovery key (--with)',
    wholeNumber,
  )
}

function asKeyFile(command: Command, description: string): Command {
  return command
    .description(description)
    .option('--config <file>', 'the file with the settings (FOCALPOINT_CONFIG; else ./focalpoint.toml)')
    .option('--member <id>', 'id of the participant, where no settings say it')
    .option('--key-file <file>', 'the key file, where no settings say it')
    .option('--trust-file <file>', 'the registry to go by where no node is named')
}
