import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { FocalpointError } from '#protocol'
import { closest } from './did-you-mean.ts'

/** One key as people meet it: its name in the file, its environment variable and its flag. */
export interface ConfigKey {
  /** As in the file: "network.beacon_seconds". */
  name: string
  /** As in `Config`. */
  path: readonly string[]
  /** "FOCALPOINT_NETWORK_BEACON_SECONDS". */
  variable: string
  /** "network-beacon-seconds", without the dashes. */
  flag: string
  description: string
  kind: 'text' | 'number' | 'boolean' | 'list'
  isPath: boolean
}

/** What one layer says of one key. */
export interface GivenValue {
  value: unknown
  origin: 'file' | 'environment' | 'flag'
  /** The file, variable or flag that said it. */
  source: string
}

/** Name in the file → what this layer says. */
export type ConfigLayer = ReadonlyMap<string, GivenValue>

/** Variables of the command line, not of the node. */
const otherVariables = ['FOCALPOINT_CONFIG', 'FOCALPOINT_URL', 'FOCALPOINT_TOKEN', 'FOCALPOINT_TOKEN_FILE']
const usualFile = 'focalpoint.toml'

export interface ConfigFile {
  path: string
  text: string
}

/** The file that was named, which must be there, or the usual one, which may be. Throws `config-unreadable`. */
export async function readConfigFile({
  file,
  workingDirectory,
}: {
  file?: string | undefined
  workingDirectory: string
}): Promise<ConfigFile | undefined> {
  const path = resolve(workingDirectory, file ?? usualFile)
  try {
    return { path, text: await readFile(path, 'utf8') }
  } catch (cause) {
    const what = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    if (file === undefined && what === 'ENOENT') return undefined
    throw unreadable(path, what === 'ENOENT' ? 'there is no such file' : what, cause)
  }
}

/** Throws `config-unreadable`, `config-key-unknown`. */
export function fileLayer({ path, text }: ConfigFile, keys: readonly ConfigKey[]): ConfigLayer {
  let table: Record<string, unknown>
  try {
    table = parseToml(text)
  } catch (cause) {
    const [what = 'no TOML'] = cause instanceof Error ? cause.message.split('\n') : []
    throw unreadable(path, what, cause)
  }
  const layer = new Map<string, GivenValue>()
  for (const [name, value] of leavesOf(table, '', keys)) {
    if (!keys.some(key => key.name === name)) throw unknownKey(name, namesAndSections(keys), path)
    layer.set(name, { value, origin: 'file', source: path })
  }
  return layer
}

/** Throws `config-key-unknown`: a variable that is spelled wrong would otherwise be passed over in silence. */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  keys: readonly ConfigKey[],
): ConfigLayer {
  const layer = new Map<string, GivenValue>()
  for (const [variable, text] of Object.entries(environment)) {
    if (text === undefined || !variable.startsWith('FOCALPOINT_') || otherVariables.includes(variable))
      continue
    const key = keys.find(each => each.variable === variable)
    if (key === undefined)
      throw unknownKey(variable, [...keys.map(each => each.variable), ...otherVariables], 'the environment')
    layer.set(key.name, { value: readValue(text, key), origin: 'environment', source: variable })
  }
  return layer
}

export function flagLayer(flags: Readonly<Record<string, string>>, keys: readonly ConfigKey[]): ConfigLayer {
  const layer = new Map<string, GivenValue>()
  for (const [flag, text] of Object.entries(flags)) {
    const key = keys.find(each => each.flag === flag)
    if (key === undefined)
      throw unknownKey(
        `--${flag}`,
        keys.map(each => `--${each.flag}`),
        'the command',
      )
    layer.set(key.name, { value: readValue(text, key), origin: 'flag', source: `--${flag}` })
  }
  return layer
}

/** Text as the key's kind; what does not fit stays text, so that the schema says what is wrong. */
function readValue(text: string, { kind }: ConfigKey): unknown {
  if (kind === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (kind === 'list') return text.trim() === '' ? [] : text.split(',').map(item => item.trim())
  return text
}

/** Goes down into the known sections only, so that an unknown section is named once. */
function leavesOf(
  table: Record<string, unknown>,
  above: string,
  keys: readonly ConfigKey[],
): [string, unknown][] {
  return Object.entries(table).flatMap(([step, value]): [string, unknown][] => {
    const name = above === '' ? step : `${above}.${step}`
    const isSection = keys.some(key => key.name.startsWith(`${name}.`))
    if (!isSection || !isTable(value)) return [[name, value]]
    return leavesOf(value, name, keys)
  })
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function namesAndSections(keys: readonly ConfigKey[]): string[] {
  const names = keys.map(key => key.name)
  return [...names, ...new Set(names.flatMap(name => name.split('.').slice(0, -1)))]
}

function unknownKey(
  key: string,
  known: readonly string[],
  where: string,
): FocalpointError<'config-key-unknown'> {
  const meant = closest(key, known) ?? known.find(name => name.split('.').at(-1) === key)
  const advice = meant === undefined ? 'See "focalpoint config show" for all.' : `Did you mean "${meant}"?`
  return new FocalpointError('config-key-unknown', `There is no setting "${key}" (in ${where}). ${advice}`, {
    key,
    ...(meant !== undefined && { meant }),
  })
}

function unreadable(path: string, what: string, cause: unknown): FocalpointError<'config-unreadable'> {
  return new FocalpointError(
    'config-unreadable',
    `The configuration ${path} cannot be read: ${what}.`,
    { path, what },
    { cause },
  )
}
