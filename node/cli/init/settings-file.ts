import { join, relative } from 'node:path'
import { stringify } from 'smol-toml'
import { loadConfig, type Setting } from '../../config.ts'
import { fileNames } from './files.ts'
import type { InitPlan } from './plan.ts'

type SettingsPlan = Pick<InitPlan, 'folder' | 'dataDir' | 'lastSignedDir' | 'member' | 'listen' | 'announce'>

/** Every setting with its description: those that were chosen, and as a comment the defaults of the rest. */
export async function settingsText({
  folder,
  dataDir,
  lastSignedDir,
  member,
  listen,
  announce,
}: SettingsPlan): Promise<string> {
  const { settings } = await loadConfig({
    flags: {
      member,
      // Written out, so that they count from the file's folder, wherever the node is started.
      'data-dir': dataDir,
      'key-file': fileNames.keys,
      'trust-file': fileNames.trust,
      ...(lastSignedDir !== join(dataDir, 'last-signed') && { 'signing-last-signed-dir': lastSignedDir }),
      'network-listen': listen.join(','),
      'network-announce': announce.join(','),
    },
    environment: {},
    workingDirectory: folder,
  })
  const sections = new Map<string, string[]>()
  for (const setting of settings) {
    const steps = setting.key.name.split('.')
    const name = steps.at(-1) ?? setting.key.name
    const section = steps.slice(0, -1).join('.')
    sections.set(section, [...(sections.get(section) ?? []), settingText(name, setting, folder)])
  }
  const blocks = [...sections].map(([section, lines]) =>
    [...(section === '' ? [] : [`[${section}]`]), ...lines].join('\n\n'),
  )
  return `${[heading, ...blocks].join('\n\n')}\n`
}

const heading = `# Settings of a focalpoint node. A line that begins with "#" shows the default: take the "#" away to change it.
# Flags and FOCALPOINT_… variables come before this file. "focalpoint config show" tells what is in force.`

function settingText(name: string, { key, value, origin }: Setting, folder: string): string {
  const shown = key.isPath && typeof value === 'string' ? shortest(folder, value) : value
  const line = stringify({ [name]: shown }).trim()
  return [`# ${key.description}`, origin === 'default' ? `# ${line}` : line].join('\n')
}

/** Relative only where it lies within. */
function shortest(folder: string, path: string): string {
  const within = relative(folder, path)
  return within.startsWith('..') ? path : within
}
