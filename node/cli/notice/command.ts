import { type Command, Option } from 'commander'
import { asClient, collected, wholeNumber } from '../options.ts'
import { draftNotice } from './draft.ts'
import { exportFormats, exportNotices } from './export.ts'
import { listNotices } from './list.ts'
import { releaseDraft } from './release.ts'
import { showNotice } from './show.ts'
import { verifyHeldNotice } from './verify.ts'
import { withdrawNotice } from './withdraw.ts'

export function describeNotice(command: Command): void {
  describeDraft(command.command('draft').description('Draft a notice, or print a complete example of one.'))
  describeList(command.command('list').description('List notices, newest first.'))
  describeExport(command.command('export').description('Export all notices that meet the filters.'))
  asClient(
    command
      .command('release')
      .description('Release a draft that another person wrote: it is signed and issued.'),
  )
    .argument('<draft>', 'id of the draft')
    .option('--read <version>', 'only the version that you read, as "notice show" told it', wholeNumber)
    .option('--idempotency-key <key>', 'the same key releases once, however often it is tried')
    .action(releaseDraft)
  asClient(command.command('show').description('Show a notice: what it says, where it stands, who holds it.'))
    .argument('<id>', 'id of the notice')
    .option('--sd-jwt', 'print the exact signed text')
    .action(showNotice)
  asClient(command.command('verify').description('Fetch the signed text of a notice and verify it here.'))
    .argument('<id>', 'id of the notice')
    .option('--trust <file>', 'the registry to verify by (else ./trust.json)')
    .option('--demo', 'verify by the registry of the demonstration')
    .action(verifyHeldNotice)
  asClient(command.command('withdraw').description('Draft the withdrawal of a notice of your own.'))
    .argument('<id>', 'id of the notice')
    .requiredOption('--file <file>', 'the withdrawal as JSON; - for stdin')
    .action(withdrawNotice)
}

function describeDraft(command: Command): void {
  asClient(command)
    .argument('<type>', 'denial, alert, sighting, …')
    .option('--file <file>', 'the draft as JSON; - for stdin')
    .option('--example', 'print a complete, valid draft of this type and do nothing else')
    .option(
      '--set <pointer=value>',
      'set one field, as /body/decisionDate=2026-05-01; may be repeated',
      collected,
    )
    .action(draftNotice)
}

function asFiltered(command: Command): Command {
  return asClient(command)
    .option('--type <type>', 'denial, alert, sighting, …')
    .option('--issuer <member>', 'who issued it')
    .option('--hs <code>', 'HS code, from four digits')
    .option('--goods <item>', 'item of the goods list')
    .option('--country <code>', 'ISO 3166-1 code of two letters')
    .option('--search <words>', 'all of these words')
    .option('--status <status>', 'as the list shows it: sent, corrected, withdrawn, …')
    .option('--since <time>', 'issued since then, in ISO 8601')
}

function describeExport(command: Command): void {
  asFiltered(command)
    .addOption(
      new Option(
        '--format <format>',
        'csv for risk systems, ndjson, bundle (verified by anyone, offline), stix (alerts and sightings)',
      )
        .choices(exportFormats)
        .default('csv'),
    )
    .option('--map <file>', 'for csv: your own columns as JSON; - for stdin')
    .option('--exercises', 'for csv and stix: drills too; elsewhere they always come')
    .option('--all', 'for csv: also what is withdrawn, disputed, over or not readable')
    .option('--signed', 'for ndjson: the signed text with each notice')
    .option('--out <file>', 'a new file, which appears once it is whole (else stdout)')
    .action(exportNotices)
}

function describeList(command: Command): void {
  asFiltered(command)
    .option('--limit <count>', 'how many at most', wholeNumber, 50)
    .option('--cursor <cursor>', 'go on where another list ended')
    .option('--standing <standing>', 'only these, such as void: void notices are listed only when asked for')
    .option('--drafts', 'drafts that wait for release or were sent back, instead of notices')
    .action(listNotices)
}
