import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { FocalpointError } from '#protocol'
import { type Lane, lanes } from '../../consignment.ts'
import { type Client, clientFrom } from '../client.ts'
import { readJsonObject } from '../input.ts'
import { asClient, type Listing, type NodeAddress, wholeNumber } from '../options.ts'
import { openProgress } from '../progress.ts'
import { print, say } from '../talk.ts'
import { type Answered, answerLines, isTaken, type Summary } from './answers.ts'
import { openInput, type ScreeningInput } from './input.ts'
import { openOut } from './out.ts'
import { reportText, summaryText } from './report.ts'

interface ScreenOptions extends NodeAddress, Listing {
  map?: string
  out?: string
  keep?: number
  only?: string
  exercise?: boolean
}

export function describeScreen(command: Command): void {
  asClient(command)
    .argument('<file>', 'CSV, .json or .ndjson; - for stdin')
    .option('--map <map>', 'how the columns of a CSV file are read: a file, or the name of a saved map')
    .option('--only <lanes>', 'show these lanes alone, as red,amber; what could not be read is always shown')
    .option('--out <file>', 'write the answers to a .csv or .ndjson file')
    .option(
      '--keep <days>',
      'keep them so many days, to be screened again with every new notice',
      wholeNumber,
    )
    .option('--exercise', 'all of it is a drill')
    .action(screenFile)
}

/** Ends with 8 where something at amber or red was found. */
async function screenFile(file: string, options: ScreenOptions): Promise<void> {
  const { json, quiet } = options
  const only = lanesIn(options.only)
  const client = await clientFrom(options)
  const out = options.out === undefined ? undefined : await openOut(options.out)
  const input = await openInput(file)
  const headers = await mapHeaders(options.map, client)
  const started = performance.now()
  const answer = await ask(client, input, options, headers)
  const progress = await openProgress({ what: 'screened', total: input.lines, quiet })
  const shown: Answered[] = []
  let summary: Summary | undefined
  let problem: { detail: string } | undefined
  for await (const line of answerLines(answer)) {
    if ('problem' in line) {
      problem = line.problem
      continue
    }
    if ('summary' in line) {
      summary = line.summary
      if (json) print(line.text)
      continue
    }
    progress.advance()
    const { text, answered } = line
    if (!isTaken(answered, only)) continue
    await out?.write(answered, text)
    if (json) print(text)
    else if (out === undefined && isWorthALine(answered, only)) shown.push(answered)
  }
  await out?.end()
  if (problem !== undefined) {
    if (shown.length > 0) print(reportText(shown))
    throw leftOff(problem)
  }
  if (summary === undefined) throw cutOff(client.url)
  const seconds = (performance.now() - started) / 1000
  progress.done(`screened: ${Math.round(summary.counts.lines / seconds).toLocaleString('en')} lines/s`)
  if (shown.length > 0) print(reportText(shown))
  say(summaryText(summary, seconds), { quiet })
  checkNothingFound(summary)
}

function ask(
  client: Client,
  { body, mediaType }: ScreeningInput,
  { map, keep, exercise }: ScreenOptions,
  headers: Record<string, string>,
): Promise<Response> {
  const query = {
    ...(map !== undefined && headers['column-map'] === undefined && { map }),
    ...(keep !== undefined && { keepDays: keep }),
    ...(exercise && { exercise: 'true' }),
  }
  const asked = { accept: 'application/x-ndjson', 'content-type': mediaType, ...headers }
  return client.open('/v1/screenings', asked, { query, body })
}

/** A map that is a file travels along; one that is none is asked for by its name. */
async function mapHeaders(map: string | undefined, { url }: Client): Promise<Record<string, string>> {
  if (map === undefined || !existsSync(map)) {
    if (map === undefined || /^[\w-]{1,64}$/.test(map)) return {}
    const what = `--map: there is no file ${map}, and no column map at ${url} has such a name.`
    throw new FocalpointError('usage', what, { what })
  }
  return { 'column-map': encodeURIComponent(JSON.stringify(await readJsonObject(map))) }
}

/** Who did not ask for green is told how many there are, and no more. */
function isWorthALine(line: Answered, only: readonly Lane[] | undefined): boolean {
  return only !== undefined || 'errors' in line || line.lane !== 'green'
}

function lanesIn(text: string | undefined): readonly Lane[] | undefined {
  if (text === undefined) return undefined
  return text.split(',').map(word => {
    const lane = lanes.find(each => each === word.trim())
    if (lane !== undefined) return lane
    const what = `--only: "${word}" is none of ${lanes.join(', ')}.`
    throw new FocalpointError('usage', what, { what })
  })
}

function leftOff({ detail }: { detail: string }): FocalpointError<'body-malformed'> {
  return new FocalpointError('body-malformed', detail, { what: 'the rest was not read' })
}

function cutOff(url: string): FocalpointError<'node-unreachable'> {
  return new FocalpointError(
    'node-unreachable',
    `The answer of ${url} was cut off before its end: screen the file again.`,
    { url },
  )
}

/** In a drill it is exercised, too, what a program does then. */
function checkNothingFound({ counts: { red, amber, exercises } }: Summary): void {
  const drills = exercises.red + exercises.amber
  if (red + amber + drills === 0) return
  const inDrills = drills > 0 ? `; in drills: ${exercises.red} red, ${exercises.amber} amber` : ''
  throw new FocalpointError('matches-found', `Found: ${red} red, ${amber} amber${inDrills}.`, { red, amber })
}
