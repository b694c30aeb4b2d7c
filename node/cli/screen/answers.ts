import { z } from 'zod'
import { type Lane, lanes } from '../../consignment.ts'

const lane = z.enum(lanes)
const laneCounts = z.object({ green: z.number(), amber: z.number(), red: z.number() })

const found = z.object({
  line: z.number(),
  reference: z.string().optional(),
  lane,
  exercise: z.boolean(),
  matches: z.array(
    z.object({
      notice: z.string().optional(),
      issuer: z.string().optional(),
      item: z.string().optional(),
      summary: z.string(),
      score: z.number(),
      lane,
      exercise: z.boolean(),
      reasons: z.array(z.object({ words: z.string() })),
    }),
  ),
  kept: z.object({ id: z.string(), until: z.string() }).optional(),
})
const wrong = z.object({
  line: z.number(),
  reference: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
})
const summary = z.object({
  rule: z.string(),
  goodsList: z.object({ id: z.string(), version: z.string() }),
  through: z.number(),
  counts: laneCounts.extend({ lines: z.number(), wrong: z.number(), exercises: laneCounts }),
  columns: z.object({ read: z.array(z.string()), ignored: z.array(z.string()) }).optional(),
})

const lineAnswer = z.union([found, wrong])
const lastAnswer = z.union([z.object({ summary }), z.object({ problem: z.object({ detail: z.string() }) })])

export type Found = z.infer<typeof found>
export type Wrong = z.infer<typeof wrong>
export type Answered = Found | Wrong
export type Summary = z.infer<typeof summary>

/** A line of the answer as it came, and what it says. */
export type AnswerLine =
  | { text: string; answered: Answered }
  | { text: string; summary: Summary }
  | { text: string; problem: { detail: string } }

/** As they come in; last a summary, or why the rest was not read; where the answer is cut, neither. */
export async function* answerLines({ body }: Response): AsyncGenerator<AnswerLine> {
  for await (const text of textLines(body ?? new ReadableStream())) {
    const value: unknown = JSON.parse(text)
    const last = lastAnswer.safeParse(value)
    yield last.success ? { text, ...last.data } : { text, answered: lineAnswer.parse(value) }
  }
}

async function* textLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch {
    // Cut off: whoever waits for the summary sees that it did not come.
  }
}

/** Whether this lane was asked for; what could not be read is always told. */
export function isTaken(answered: Answered, only: readonly Lane[] | undefined): boolean {
  return 'errors' in answered || only === undefined || only.includes(answered.lane)
}
