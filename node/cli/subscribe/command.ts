import type { Command } from 'commander'
import { asClient, collected, wholeNumber } from '../options.ts'
import { addSubscription } from './add.ts'
import { pauseSubscription, removeSubscription, resumeSubscription, rotateSecret } from './change.ts'
import { listDeliveries, openedDelivery, replayDeliveries, testSubscription } from './deliveries.ts'
import { listSubscriptions, showSubscription } from './list.ts'

export function describeSubscribe(command: Command): void {
  describeAdd(command.command('add').description('Ask to be told of notices: by a webhook or in a feed.'))
  asClient(command.command('list').description('List your subscriptions.'))
    .option('--all', 'those of everybody; for an administrator')
    .action(listSubscriptions)
  withId(command, 'show', 'Show a subscription: what it asks for, how far it is, why it is paused.').action(
    showSubscription,
  )
  withId(command, 'test', 'Send a signed test event now, and tell what came of it.').action(testSubscription)
  withId(command, 'deliveries', 'List what was told, newest first.')
    .option('--state <state>', 'waiting, delivered, dead, listed or failed')
    .option('--limit <count>', 'how many at most', wholeNumber, 50)
    .option('--cursor <cursor>', 'go on where another list ended')
    .action(listDeliveries)
  withId(command, 'replay', 'Tell once more, with the ids of the first time.')
    .option('--after <cursor>', 'all after this place of "events"', wholeNumber)
    .option('--since <time>', 'all that arrived since then, in ISO 8601')
    .option('--delivery <id>', 'one delivery')
    .option('--dead-letters', 'whatever was given up')
    .action(replayDeliveries)
  withId(command, 'opened', 'Say that somebody has read a delivery, so that it is not told once more.')
    .argument('<delivery>', 'id of the delivery')
    .action(openedDelivery)
  withId(command, 'pause', 'Send nothing until it is resumed.').action(pauseSubscription)
  withId(command, 'resume', 'Go on where it stopped.')
    .option('--skip-dead-letters', 'leave aside what was given up')
    .action(resumeSubscription)
  withId(
    command,
    'rotate-secret',
    'Make a new secret, or the new link of a feed; it is shown this once.',
  ).action(rotateSecret)
  withId(command, 'remove', 'Remove a subscription with all that was told by it.').action(removeSubscription)
}

function withId(command: Command, name: string, description: string): Command {
  return asClient(command.command(name).description(description)).argument(
    '<id>',
    'as "subscribe list" shows it',
  )
}

function describeAdd(command: Command): void {
  asClient(command)
    .option('--webhook <url>', 'post events to this address, signed')
    .option('--feed', 'show them in an Atom and JSON feed with a secret link')
    .requiredOption('--label <text>', 'what it is for')
    .option('--type <type>', 'denial, alert, sighting, …; may be repeated, as all that follow', collected)
    .option('--goods <item>', 'item of the goods list or the watch list', collected)
    .option('--category <category>', 'category of goods', collected)
    .option('--hs <code>', 'beginning of an HS code, from two digits', collected)
    .option('--country <code>', 'ISO 3166-1 code of two letters', collected)
    .option('--party <name>', 'name of a party', collected)
    .option('--text <words>', 'words that all must be there', collected)
    .option('--urgency <urgency>', 'alerts that are at least routine, priority or flash')
    .option('--no-remarks', 'no follow-ups and acknowledgements of what was told')
    .option('--matches', 'also new matches of the consignments that you keep')
    .option('--after <cursor>', 'begin after this place of "events" instead of now', wholeNumber)
    .action(addSubscription)
}
