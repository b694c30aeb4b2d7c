import { print, printJson } from '../talk.ts'
import { assess } from './assess.ts'
import { assessmentJson, assessmentText } from './assessment-text.ts'
import { readSigned } from './files.ts'
import { basisFor, type TrustOptions } from './trust.ts'

/** Says what a file is before anybody signs or publishes it. */
export async function reviewFile(path: string, options: TrustOptions & { json?: boolean }): Promise<void> {
  const file = await readSigned(path)
  const assessment = await assess(file, await basisFor(file, options))
  if (options.json) printJson(assessmentJson(path, assessment))
  else print(assessmentText(assessment))
}
