import type { Command } from 'commander'
import { stringify } from 'smol-toml'
import { configKeys, loadConfig, type Setting } from '../config.ts'
import type { ConfigFile } from '../config-layers.ts'
import { asListing, type Listing } from './options.ts'
import { print, printJson, styled } from './talk.ts'

/** What commander made of the flags: camelCase name → text. */
export type ConfigFlags = { config?: string } & Record<string, unknown>

/** One flag for each setting, and `--config`. */
export function asConfigured(command: Command): Command {
  command.option('--config <file>', 'the file with the settings (FOCALPOINT_CONFIG; else ./focalpoint.toml)')
  for (const { flag, description } of configKeys) command.option(`--${flag} <value>`, description)
  return command
}

export function loadFrom(options: ConfigFlags, draft?: ConfigFile) {
  const flags = Object.fromEntries(
    configKeys.flatMap(({ flag }) => {
      const text = options[camel(flag)]
      return typeof text === 'string' ? [[flag, text]] : []
    }),
  )
  return loadConfig({
    file: options.config,
    flags,
    environment: process.env,
    workingDirectory: process.cwd(),
    draft,
  })
}

export function describeConfig(command: Command): void {
  const show = command
    .command('show')
    .description('Show every setting, its value and where the value came from.')
  asConfigured(asListing(show)).action(async (options: ConfigFlags & Listing) => {
    const { settings } = await loadFrom(options)
    if (options.json) printJson(settings.map(settingJson))
    else print(settingsText(settings))
  })
}

function settingJson({ key, value, origin, source }: Setting) {
  const { name, variable, flag, description } = key
  return {
    name,
    value,
    origin,
    ...(source !== undefined && { source }),
    variable,
    flag: `--${flag}`,
    description,
  }
}

/** A file that would give the same settings, with a comment for each. */
function settingsText(settings: readonly Setting[]): string {
  let section = ''
  return settings
    .flatMap(setting => {
      const steps = setting.key.name.split('.')
      const name = steps.at(-1) ?? setting.key.name
      const within = steps.slice(0, -1).join('.')
      const head = within === section ? [] : ['', `[${within}]`]
      section = within
      return [...head, `${styled('dim', `# ${setting.key.description}`)}`, settingLine(name, setting)]
    })
    .join('\n')
}

function settingLine(name: string, { value, origin, source }: Setting): string {
  const from = source === undefined ? origin : `${origin}: ${source}`
  return `${stringify({ [name]: value }).trim()}  ${styled('dim', `# from ${from}`)}`
}

function camel(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
