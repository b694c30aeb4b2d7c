import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { type FieldError, FocalpointError } from '#protocol'
import {
  type ConfigKey,
  type ConfigLayer,
  environmentLayer,
  fileLayer,
  flagLayer,
  type GivenValue,
  readConfigFile,
} from './config-layers.ts'

const seconds = z.number().int().min(1)
const port = z.int().min(0).max(65_535)
const hostName = z.string().min(1)

/** A file or folder; a relative one in the file counts from the file, else from the working directory. */
function path(initial: string, description: string) {
  return z.string().min(1).default(initial).meta({ description, path: true })
}

/** Everything that can be set, once: names in the file are these in snake_case. */
const schema = z.strictObject({
  member: z
    .string({ error: 'is needed: the id of the participant that this node speaks for' })
    .regex(/^[A-Z][A-Z0-9]{1,7}$/, 'is no member id: 2 to 8 capital letters and digits')
    .describe('Id of the participant that this node speaks for, as in the registry.'),
  dataDir: path('focalpoint-data', 'Folder of the store. One node at a time may use it.'),
  keyFile: path('focalpoint-keys.json', "File with this node's private keys; readable by its owner only."),
  trustFile: path(
    'trust.json',
    'File with the roots and the members document to begin with; compare its fingerprint.',
  ),
  network: z
    .strictObject({
      listen: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default(['/ip4/0.0.0.0/tcp/7600'])
        .describe('Multiaddrs on which other nodes reach this one.'),
      announce: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default([])
        .describe('Multiaddrs told to others instead of those of listen, behind a firewall that forwards.'),
      peers: z
        .array(z.string().startsWith('/', 'is no multiaddr'))
        .default([])
        .describe(
          'Multiaddrs of other nodes, ending in /p2p/ and the peer id, beside those in the registry.',
        ),
      degree: z
        .int()
        .min(1)
        .max(64)
        .default(10)
        .describe(
          'Members to keep connected to. 10 to 12: fewer split more easily, more cost time for every message.',
        ),
      beaconSeconds: seconds
        .default(30)
        .describe('Seconds between two beacons, by which others know what is held here.'),
      catchUpSeconds: seconds
        .default(60)
        .describe('Seconds after which a neighbour is asked for what gossip missed.'),
    })
    .prefault({}),
  api: z
    .strictObject({
      host: hostName
        .default('127.0.0.1')
        .describe('Address for the HTTP API; loopback unless a proxy adds TLS.'),
      port: port.default(7700).describe('Port of the HTTP API; 0 takes a free one.'),
      requestsPerMinute: z
        .int()
        .min(1)
        .default(600)
        .describe('Requests a minute for each token; more get 429.'),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether GET /metrics is served for Prometheus.'),
      host: hostName
        .default('127.0.0.1')
        .describe('Address for the metrics: they need no token, so keep it on loopback.'),
      port: port.default(7699).describe('Port of the metrics, apart from the API; 0 takes a free one.'),
    })
    .prefault({}),
  signing: z
    .strictObject({
      lastSignedDir: z.string().min(1).optional().meta({
        description:
          'Folder of the record of what was signed last: never in a backup, best on another disk. Default: last-signed in data_dir.',
        path: true,
      }),
      listenSeconds: seconds
        .default(600)
        .describe(
          'Seconds for which a recovering node listens before it signs again, so that no place is used twice.',
        ),
    })
    .prefault({}),
  erasure: z
    .strictObject({
      checkMinutes: z
        .number()
        .min(0.01)
        .default(60)
        .describe('Minutes between two looks for parts whose last day is over.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
        .default('info')
        .describe('Least weight of a log line that is written.'),
    })
    .prefault({}),
})

type Parsed = z.output<typeof schema>
/** How a node runs, with every default filled in and every path absolute. */
export type Config = Omit<Parsed, 'signing'> & {
  signing: Omit<Parsed['signing'], 'lastSignedDir'> & { lastSignedDir: string }
}
export type ConfigInput = z.input<typeof schema>

export const configKeys: readonly ConfigKey[] = keysOf(schema, [])

/** A key with the value in force and where it came from. */
export interface Setting {
  key: ConfigKey
  value: unknown
  origin: 'default' | 'file' | 'environment' | 'flag'
  /** The file, variable or flag that set it. */
  source?: string
}

export interface LoadedConfig {
  config: Config
  settings: Setting[]
}

/** Reads the layers: flag before environment before file before default. Throws `config-…` with all that is wrong. */
export async function loadConfig(from: {
  /** Without it `FOCALPOINT_CONFIG`, then `focalpoint.toml` in the working directory where there is one. */
  file?: string | undefined
  environment: Readonly<Record<string, string | undefined>>
  /** Flag name → text. */
  flags: Readonly<Record<string, string>>
  workingDirectory: string
}): Promise<LoadedConfig> {
  const file = await readConfigFile({ ...from, file: from.file ?? from.environment.FOCALPOINT_CONFIG })
  const layers = [
    flagLayer(from.flags, configKeys),
    environmentLayer(from.environment, configKeys),
    ...(file ? [fileLayer(file, configKeys)] : []),
  ]
  const config = parse(nested(layers), { layers, workingDirectory: from.workingDirectory })
  return { config, settings: configKeys.map(key => settingOf(key, { config, layers })) }
}

/** A config from values at hand, defaults filled in. Throws `config-invalid`. */
export function configOf(values: ConfigInput): Config {
  return parse(values, { layers: [], workingDirectory: process.cwd() })
}

interface Parsing {
  layers: readonly ConfigLayer[]
  workingDirectory: string
}

function parse(values: unknown, { layers, workingDirectory }: Parsing): Config {
  const result = schema.safeParse(values)
  if (!result.success) throw invalid(result.error.issues)
  const parsed: Parsed = result.data
  const absolute = (name: string, path: string) => {
    const given = givenFor(name, layers)
    return resolve(
      given?.origin === 'file' ? dirname(resolve(workingDirectory, given.source)) : workingDirectory,
      path,
    )
  }
  const dataDir = absolute('data_dir', parsed.dataDir)
  const { lastSignedDir } = parsed.signing
  return {
    ...parsed,
    dataDir,
    keyFile: absolute('key_file', parsed.keyFile),
    trustFile: absolute('trust_file', parsed.trustFile),
    signing: {
      ...parsed.signing,
      lastSignedDir:
        lastSignedDir === undefined
          ? join(dataDir, 'last-signed')
          : absolute('signing.last_signed_dir', lastSignedDir),
    },
  }
}

function givenFor(name: string, layers: readonly ConfigLayer[]): GivenValue | undefined {
  return layers.find(layer => layer.has(name))?.get(name)
}

function nested(layers: readonly ConfigLayer[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, path } of configKeys) {
    const given = givenFor(name, layers)
    if (given === undefined) continue
    let table = values
    for (const step of path.slice(0, -1)) table = sectionOf(table, step)
    table[path.at(-1) ?? name] = given.value
  }
  return values
}

function sectionOf(table: Record<string, unknown>, step: string): Record<string, unknown> {
  const section = (table[step] ?? {}) as Record<string, unknown>
  table[step] = section
  return section
}

function settingOf(
  key: ConfigKey,
  { config, layers }: { config: Config; layers: readonly ConfigLayer[] },
): Setting {
  const value = key.path.reduce<unknown>((within, step) => (within as Record<string, unknown>)[step], config)
  const given = givenFor(key.name, layers)
  return given
    ? { key, value, origin: given.origin, source: given.source }
    : { key, value, origin: 'default' }
}

function keysOf(table: z.ZodObject, above: readonly string[]): ConfigKey[] {
  return Object.entries(table.shape).flatMap(([step, form]) => {
    const path = [...above, step]
    const inner = bare(form)
    return inner instanceof z.ZodObject ? keysOf(inner, path) : [keyOf(path, form, inner)]
  })
}

function keyOf(path: readonly string[], form: z.ZodType, inner: z.ZodType): ConfigKey {
  const name = path.map(snake).join('.')
  const meta = form.meta()
  return {
    name,
    path,
    variable: `FOCALPOINT_${name.replaceAll('.', '_').toUpperCase()}`,
    flag: name.replaceAll(/[._]/g, '-'),
    description: meta?.description ?? '',
    kind: kindOf(inner),
    isPath: meta?.path === true,
  }
}

function kindOf(form: z.ZodType): ConfigKey['kind'] {
  if (form instanceof z.ZodArray) return 'list'
  if (form instanceof z.ZodNumber) return 'number'
  return form instanceof z.ZodBoolean ? 'boolean' : 'text'
}

function bare(form: unknown): z.ZodType {
  if (form instanceof z.ZodDefault || form instanceof z.ZodPrefault || form instanceof z.ZodOptional) {
    return bare(form.unwrap())
  }
  return form as z.ZodType
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function invalid(issues: readonly z.core.$ZodIssue[]): FocalpointError<'config-invalid'> {
  const errors = issues.map(({ path, code, message }): FieldError => {
    const pointer = path.map(step => `/${typeof step === 'string' ? snake(step) : String(step)}`).join('')
    return { pointer, code, detail: message }
  })
  const names = errors.map(({ pointer }) => pointer.slice(1).replaceAll('/', '.')).join(', ')
  return new FocalpointError(
    'config-invalid',
    `The configuration is wrong at ${names}. Mend what is listed and try again.`,
    {
      errors,
    },
  )
}
