import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { type FieldError, FocalpointError } from '#protocol'
import {
  type ConfigFile,
  type ConfigKey,
  type ConfigLayer,
  environmentLayer,
  fileLayer,
  flagLayer,
  type GivenValue,
  readConfigFile,
} from './config-layers.ts'
import { schema } from './config-schema.ts'

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
  /** Settings that are not in their file yet, in the place of any file. */
  draft?: ConfigFile | undefined
}): Promise<LoadedConfig> {
  const file =
    from.draft ?? (await readConfigFile({ ...from, file: from.file ?? from.environment.FOCALPOINT_CONFIG }))
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
