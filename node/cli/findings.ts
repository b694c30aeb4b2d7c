import { FocalpointError } from '#protocol'
import { print, printJson, styled } from './talk.ts'
import type { Finding, Refused, Verified, VerifiedPart } from './verification.ts'

/** Prints what was found of each text, then throws the first refusal, so that the command fails with its code. */
export function tellFindings(findings: readonly Finding[], { json }: { json?: boolean | undefined }): void {
  if (json) printJson(findings.length === 1 ? findings[0] : findings)
  else print(findings.map(findingText).join('\n\n'))
  const unchecked = findings.filter(isUncheckable)
  const refused = findings.filter(finding => !finding.valid && !isUncheckable(finding))
  const [first] = refused
  if (first !== undefined) {
    throw new FocalpointError(
      'signature-invalid',
      findings.length === 1
        ? 'This notice is not valid: do not act on it.'
        : `${refused.length} of ${findings.length} notices are not valid: do not act on them.`,
      { id: first.id ?? '' },
    )
  }
  if (unchecked.length === 0) return
  const which = findings.length === 1 ? 'This notice' : `${unchecked.length} of ${findings.length} notices`
  throw new FocalpointError(
    'key-unknown',
    `${which} cannot be checked with this trust.json: get the newest one, verify again, and do not act before.`,
    { kid: '' },
  )
}

/** Nobody can say whether it is true: its key may stand in a newer registry. */
function isUncheckable(finding: Finding): boolean {
  return !finding.valid && finding.code === 'key-unknown'
}

function findingText(finding: Finding): string {
  return finding.valid ? verifiedText(finding) : refusedText(finding)
}

function verifiedText(finding: Verified): string {
  const { label, issuer, issuerName, channel, seq, issuedAt, kid, id, parts, notes } = finding
  return [
    `${styled('green', `✔ ${finding.standing}`)}  ${styled('bold', label)}${finding.exercise ? '  EXERCISE' : ''}`,
    ...(finding.summary === undefined ? [] : [`  ${finding.summary}`]),
    `  said by    ${issuerName} (${issuer}), ${issuedAt} by its own clock`,
    `  place      ${seq} in the log of ${issuer} in ${channel}`,
    `  id         ${id}`,
    `  key        ${kid}`,
    `  authority  checked: the registry lets this key speak for ${issuer} in ${channel} at this place`,
    ...parts.map(part => `  part       ${partText(part)}`),
    ...notes.map(note => `  ${styled('dim', note)}`),
  ].join('\n')
}

function partText({ name, to, until, given }: VerifiedPart): string {
  const audience = to === 'channel' ? 'for the channel' : 'for named readers'
  const days = until === undefined ? 'no last day' : `to be kept until ${until}`
  return `${name}: ${given ? 'shown, as signed' : 'withheld'} (${audience}, ${days})`
}

function refusedText({ id, code, message, notes }: Refused): string {
  return [
    code === 'key-unknown'
      ? `${styled('yellow', '? not checked')}  ${message}`
      : `${styled('red', `✘ ${code}`)}  ${message}`,
    ...(id === undefined ? [] : [`  id         ${id} (as the text claims)`]),
    ...notes.map(note => `  ${note}`),
  ].join('\n')
}
