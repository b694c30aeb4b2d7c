import { FocalpointError } from '#protocol'
import { print, printJson, say, styled, styledTalk } from '../talk.ts'
import type { BundleReport } from './verify.ts'

/** Problems that are shown one by one; `--json` has more. */
const shownMost = 20

/** Prints what was found, then throws where anything is wrong, so that the command fails with its code. */
export function tellReport(report: BundleReport, { json }: { json?: boolean | undefined }): void {
  if (json) printJson(report)
  else print(textOf(report))
  if (report.trust.whose === 'its own') warnOfTrust(report)
  if (report.valid) return
  if (report.problems.every(({ code }) => code === 'key-unknown')) {
    throw new FocalpointError(
      'key-unknown',
      'This bundle cannot be checked with this trust.json: get the newest one, verify again, and do not act before.',
      { kid: '' },
    )
  }
  const [first] = report.problems
  const what = `${report.problems.length} problems, the first in line ${first?.line ?? 1} (${first?.code ?? ''})`
  throw new FocalpointError('bundle-invalid', `This bundle is not valid: ${what}. Do not act on it.`, {
    what,
  })
}

/** Whoever made the bundle chose the registry in it: without a comparison its signatures prove nothing. */
function warnOfTrust({ trust: { fingerprint } }: BundleReport): void {
  say(
    styledTalk(
      ['yellow', 'bold'],
      `Verified by the registry INSIDE the bundle, which its maker chose. Compare this fingerprint with the one that the coordinators gave you, or verify again with --trust trust.json:\n  ${fingerprint}`,
    ),
  )
}

function textOf(report: BundleReport): string {
  const { valid, head, trust, logs, exercises, withheld, problems, notes } = report
  const registry = trust.whose === 'yours' ? 'your trust file' : 'the registry inside the bundle'
  const asked = Object.entries(head.filters).map(([name, value]) => `${name} ${value}`)
  return [
    `${valid ? styled('green', '✔ verified') : styled('red', '✘ not valid')}  ${styled('bold', `${head.notices} notices`)}, and ${head.links} envelopes that link them to the heads of their logs`,
    `  verified by  ${registry}, members document ${trust.members}${trust.members === trust.membersInside ? '' : ` (inside: ${trust.membersInside})`}`,
    `  fingerprint  ${trust.fingerprint}`,
    `  exported by  ${head.by} at ${head.at}, by its own word${asked.length === 0 ? '' : `: ${asked.join(', ')}`}`,
    ...logs.map(
      ({ channel, issuer, from, to }) => `  log          ${issuer} in ${channel}, places ${from} to ${to}`,
    ),
    ...(exercises === 0 ? [] : [`  EXERCISE     ${exercises} of them are drills, not real notices`]),
    ...(withheld === 0 ? [] : [`  withheld     ${withheld} parts: erased, or not for the one who exported`]),
    ...(['withdrawn', 'corrected', 'disputed'] as const).flatMap(status =>
      report[status].map(id => `  ${status.padEnd(12)} ${styled('yellow', id)}`),
    ),
    ...(head.destroyAfter === undefined
      ? []
      : [`  destroy      by the end of ${head.destroyAfter}: parts in it may be kept no longer`]),
    ...notes.map(note => `  ${styled('dim', note)}`),
    `  ${styled('dim', 'What came after this export stands in the logs, not in this file: ask a node.')}`,
    ...problems
      .slice(0, shownMost)
      .map(
        ({ line, id, code, message }) =>
          `${styled('red', `✘ line ${line}  ${code}`)}  ${id === undefined ? '' : `${id}  `}${message}`,
      ),
    ...(problems.length > shownMost ? [`… and ${problems.length - shownMost} more: see --json`] : []),
  ].join('\n')
}
