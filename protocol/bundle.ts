import { z } from 'zod'
import { canonical } from './canonical.ts'
import { FocalpointError } from './errors.ts'
import { frontierForm } from './frontier.ts'
import { patterns } from './patterns.ts'
import { trustForm } from './registry/trust.ts'

// A bundle is notices in one file that anyone can verify: lines of JCS, each ended by a line feed. The first is the
// head; then each log in order, from the lowest place that was asked for to its head; then the digest of all before.

const bundleFormat = 'focalpoint-bundle/1'

const head = z.strictObject({
  format: z.literal(bundleFormat),
  net: z.string().regex(patterns.net),
  /** The member whose node made it; like all of the head but `trust` and `evidence` only the maker's word. */
  by: z.string().regex(patterns.member),
  at: z.iso.datetime(),
  /** What was asked for; empty for all. */
  filters: z.record(z.string(), z.string()),
  /** Whether the asker may read the part `nominal`. */
  names: z.boolean(),
  /** How many lines there are with `notice` and with `link`. */
  notices: z.int().min(0),
  links: z.int().min(0),
  /** The first of the last days of all parts in it: then it must be destroyed, or exported again. */
  destroyAfter: z.iso.date().optional(),
  /** How far the node holds each log. */
  heads: frontierForm,
  /** Open proofs of forks, and stops, as they travel: whoever believes a notice must know of them. */
  evidence: z.strictObject({ forks: z.array(z.string()), stops: z.array(z.string()) }),
  fingerprint: z.string(),
  trust: trustForm,
})
export type BundleHead = z.infer<typeof head>

/** `notice`: one that was asked for, with its parts; `link`: an envelope alone, that joins them to the head of their log. */
const line = z.union([
  z.strictObject({ notice: z.string() }),
  z.strictObject({ link: z.string() }),
  z.strictObject({ end: z.string().regex(patterns.digest) }),
])
export type BundleLine = z.infer<typeof line>

export function bundleHeadText(of: Omit<BundleHead, 'format'>): string {
  return `${canonical({ ...of, format: bundleFormat })}\n`
}

/** `end` is the SHA-256, in base64url, of all bytes before this line. */
export function bundleLineText(of: BundleLine): string {
  return `${canonical(of)}\n`
}

/** Throws `bundle-invalid`. */
export function parseBundleHead(text: string): BundleHead {
  return parsed(head, text, 'its head is not in the form of one')
}

/** Throws `bundle-invalid`. */
export function parseBundleLine(text: string): BundleLine {
  return parsed(line, text, 'it is no line of a bundle')
}

/** Whether this is the beginning of a bundle, also of one in which some bytes were changed. */
export function looksLikeBundle(beginning: string): boolean {
  return [bundleFormat, '"focalpoint-trust/1"', '"evidence":{"forks":['].some(mark =>
    beginning.includes(mark),
  )
}

export function bundleInvalid(what: string, cause?: unknown): FocalpointError<'bundle-invalid'> {
  return new FocalpointError(
    'bundle-invalid',
    `This bundle is not as it was exported: ${what}.`,
    { what },
    { cause },
  )
}

function parsed<Form extends z.ZodType>(form: Form, text: string, what: string): z.output<Form> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw bundleInvalid(what, cause)
  }
  const result = form.safeParse(value)
  if (!result.success) throw bundleInvalid(what, result.error)
  return result.data
}
