import { styled } from '../talk.ts'
import type { Assessment, ToldChange } from './assess.ts'
import { wrapped } from './wrap.ts'

/** For the person who is to sign: what it is, who signed, what changes, and what to look at twice. */
export function assessmentText(assessment: Assessment): string {
  const { title, changes, notes } = assessment
  const dangers = changes.filter(({ danger }) => danger)
  const [signed, ...needed] = signatureLines(assessment)
  const lines = [
    styled('bold', title),
    `  safety number   ${assessment.safetyNumber.slice(0, 35)}`,
    `                  ${assessment.safetyNumber.slice(36)}`,
    `  signatures      ${signed}`,
    ...needed.map(line => `  still needed    ${line}`),
    ...section('What changes', changes.map(changeLine)),
    ...section(
      'Look twice',
      dangers.map(({ text }) => styled('red', `! ${text}`)),
    ),
    ...section('Note', notes),
  ]
  return wrapped(lines.join('\n'))
}

/** As programs read it. */
export function assessmentJson(path: string, assessment: Assessment) {
  return { file: path, ...assessment, complete: assessment.missing.length === 0 }
}

export function signatureLines({
  kind,
  signers,
  missing,
}: Pick<Assessment, 'kind' | 'signers' | 'missing'>): string[] {
  const signed = signers.length === 0 ? 'signed by nobody yet' : `valid, by ${signers.join(', ')}`
  if (missing.length > 0) return [signed, ...missing.map(missingText)]
  return kind === 'join' || kind === 'stop' ? [signed] : [signed, 'nothing, it can be published']
}

function missingText({ rootVersion, count, of }: Assessment['missing'][number]): string {
  return `${count} more of the coordinators of root ${rootVersion}: ${of.join(', ')}`
}

function changeLine({ text, danger }: ToldChange): string {
  return `${danger ? '!' : '-'} ${text}`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', styled('bold', title), ...lines.map(line => `  ${line}`)]
}
