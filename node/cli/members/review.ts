import type { NodeAddress } from '../options.ts'
import { print, printJson } from '../talk.ts'
import { assess } from './assess.ts'
import { assessmentJson, assessmentText } from './assessment-text.ts'
import { readSigned } from './files.ts'
import { stopNotes } from './known-at-node.ts'
import { basisFor, type TrustOptions } from './trust.ts'

interface ReviewOptions extends TrustOptions, NodeAddress {
  json?: boolean
}

/** Says what a file is before anybody signs or publishes it. */
export async function reviewFile(path: string, options: ReviewOptions): Promise<void> {
  const file = await readSigned(path)
  const basis = await basisFor(file, options)
  const judged = await assess(file, basis)
  const stopped = await stopNotes(file, { registry: basis.registry, address: options })
  const assessment = { ...judged, notes: [...judged.notes, ...stopped] }
  if (options.json) printJson(assessmentJson(path, assessment))
  else print(assessmentText(assessment))
}
