import { FocalpointError, isObject, type Json, type JsonObject } from '#protocol'

/** The value with one field set, from `/pointer=value`: JSON where it is JSON, else text (RFC 6901 for the pointer). */
export function setAt(value: JsonObject, assignment: string): JsonObject {
  const at = assignment.indexOf('=')
  const steps = assignment.slice(0, at).split('/').slice(1).map(unescaped)
  if (at < 0 || !assignment.startsWith('/') || steps.length === 0) throw malformed(assignment)
  const changed = withValue(value, steps, jsonOrText(assignment.slice(at + 1)), assignment)
  if (!isObject(changed)) throw malformed(assignment)
  return changed
}

function withValue(
  within: Json | undefined,
  steps: readonly string[],
  value: Json,
  assignment: string,
): Json {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (step === '__proto__') throw malformed(assignment)
  if (Array.isArray(within)) {
    const index = step === '-' ? within.length : Number(step)
    if (!Number.isInteger(index) || index < 0 || index > within.length) throw malformed(assignment)
    const copy = [...within]
    copy[index] = withValue(within[index], rest, value, assignment)
    return copy
  }
  if (within !== undefined && !isObject(within)) throw malformed(assignment)
  return { ...within, [step]: withValue(within?.[step], rest, value, assignment) }
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

function malformed(assignment: string): FocalpointError<'usage'> {
  const what = `"${assignment}" sets nothing: write it as /body/decisionDate=2026-05-01, with a place that the draft has.`
  return new FocalpointError('usage', what, { what })
}
