import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root, textOf } from './tree.ts'

/** A name, the file that would be written, and what would stand in it. */
type Snippet = readonly [name: string, path: string, source: string]

interface Report {
  diagnostics: { category: string; location: { path: string } }[]
}

const fine: Snippet[] = [
  ['protocol/ takes its three packages', 'protocol/a.ts', from('jose', 'zod', 'canonicalize', './text.ts')],
  [
    'a folder of protocol/ takes from beside it',
    'protocol/fields/a.ts',
    from('./text.ts', '../goods/list.ts'),
  ],
  ['protocol/sha256.ts takes its hash', 'protocol/sha256.ts', from('node:crypto')],
  ['protocol/base64url.ts takes its bytes', 'protocol/base64url.ts', from('node:buffer')],
  ['the spine takes the door and the shapes of rooms', 'node/a.ts', from('#protocol', './store/index.ts')],
  [
    'a room takes shapes of the spine',
    'node/store/a.ts',
    from('./b.ts', 'level', '#protocol', '../people.ts'),
  ],
  ['a folder of a room takes from its room', 'node/web/pages/a.ts', from('../b.ts', '../../admission.ts')],
  ['the command line stands above the spine', 'node/cli/demo/a.ts', from('../talk.ts', '../../node.ts')],
  ['main.ts opens the command line', 'node/main.ts', from('./cli/program.ts')],
  ['a test reaches inside', 'test/protocol/a.ts', from('../../protocol/text.ts', '../../node/store/rows.ts')],
]

const refused: Record<string, Snippet[]> = {
  'style/noRestrictedImports': [
    ['protocol/ takes another package', 'protocol/package.ts', from('fastify')],
    ['protocol/ takes node:crypto', 'protocol/crypto.ts', from('node:crypto')],
    ['protocol/ takes a part of a package', 'protocol/inner.ts', from('zod/mini')],
    ['protocol/sha256.ts takes more than its hash', 'protocol/sha256.ts', from('node:fs')],
    ['protocol/base64url.ts takes more than its bytes', 'protocol/base64url.ts', from('node:crypto')],
    ['protocol/ takes from node/', 'protocol/node.ts', from('../node/config.ts')],
    ['a folder of protocol/ takes from node/', 'protocol/fields/node.ts', from('../../node/config.ts')],
    ['protocol/ goes through its own door', 'protocol/door.ts', from('#protocol')],
    ['protocol/ loads a package later', 'protocol/later.ts', later('level')],
    ['the spine climbs into protocol/', 'node/climbs.ts', from('../protocol/text.ts')],
    ['main.ts climbs into protocol/', 'node/main.ts', from('../protocol/text.ts')],
    ['the command line climbs into protocol/', 'node/cli/climbs.ts', from('../../protocol/text.ts')],
    ['a room climbs into protocol/', 'node/store/climbs.ts', from('../../protocol/text.ts')],
    ['a script climbs into protocol/', 'scripts/deep/climbs.ts', from('../../protocol/text.ts')],
    ['a room takes from another', 'node/api/other.ts', from('../store/index.ts')],
    ['a room loads another later', 'node/network/later.ts', later('../store/index.ts')],
    ['a folder of a room takes from another', 'node/web/pages/other.ts', from('../../api/desk.ts')],
    ['a room opens the spine', 'node/network/spine.ts', from('../node.ts')],
    ['the command line takes from a room', 'node/cli/demo/other.ts', from('../../store/index.ts')],
    ['the spine opens the command line', 'node/opens.ts', from('./cli/program.ts')],
  ],
  'nursery/noJsRestrictedProperties': [
    ['protocol/ reads the clock', 'protocol/clock.ts', 'export const now = Date.now()'],
    ['protocol/ throws dice', 'protocol/fields/dice.ts', 'export const dice = Math.random()'],
    ['protocol/ makes ids', 'protocol/ids.ts', 'export const id = crypto.randomUUID()'],
    ['protocol/ makes salts', 'protocol/salts.ts', 'export const salt = crypto.getRandomValues(bytes)'],
  ],
  'style/noRestrictedGlobals': [
    ['protocol/ reads the environment', 'protocol/environment.ts', 'export const all = process.env'],
    ['protocol/ fetches', 'protocol/fields/fetches.ts', "export const page = fetch('')"],
    ['protocol/ goes round it', 'protocol/round.ts', 'export const page = globalThis.fetch'],
    ['protocol/ waits', 'protocol/waits.ts', 'export const wait = setTimeout(print, 1)'],
  ],
  'suspicious/noImportCycles': [
    ['two files hold each other', 'node/one.ts', "import { two } from './two.ts'\nexport const one = two"],
    ['and the other way round', 'node/two.ts', "import { one } from './one.ts'\nexport const two = one"],
  ],
  'style/noDefaultExport': [['a default export', 'node/default.ts', 'export default 1']],
  'suspicious/noExplicitAny': [['any', 'test/any.ts', 'export const loose = (value: any) => value']],
  'style/noNonNullAssertion': [
    ['an assertion', 'node/sure.ts', 'export const sure = (word?: string) => word!'],
  ],
  'style/noEnum': [['an enum', 'protocol/enum.ts', 'export enum Word { One }']],
  'style/useImportType': [
    ['a type imported as a value', 'node/type.ts', "import { Two } from './two.ts'\nexport type One = Two"],
  ],
}

const rules = Object.keys(refused)

test('what the house allows passes', async () => {
  const spoken = await lint(fine)
  for (const [name, path] of fine) expect({ name, spoken: spoken(path) }).toEqual({ name, spoken: [] })
})

test('every rule bites', async () => {
  const spoken = await lint(Object.values(refused).flat())
  for (const [rule, snippets] of Object.entries(refused))
    for (const [name, path] of snippets)
      expect({ name, spoken: spoken(path) }).toEqual({ name, spoken: [rule] })
})

/** Which of the rules above spoke about a file; with the rules of this house, in another folder. */
async function lint(snippets: readonly Snippet[]): Promise<(path: string) => string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-lint-'))
  try {
    const { vcs: _, ...rulesAlone } = JSON.parse(textOf('.biome.json'))
    await writeFile(join(folder, '.biome.json'), JSON.stringify({ ...rulesAlone, root: true }))
    for (const [, path, source] of snippets) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), `${source}\n`)
    }
    const { diagnostics } = await runBiome(folder)
    const heard = diagnostics.map(({ category, location }) => ({
      path: location.path,
      rule: category.replace(/^lint\//, ''),
    }))
    return path => [
      ...new Set(
        heard.filter(each => each.path === path && rules.includes(each.rule)).map(each => each.rule),
      ),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Biome ends with 1 when it found something; its report is on stdout either way. */
function runBiome(folder: string): Promise<Report> {
  const program = join(root, 'node_modules', '.bin', 'biome')
  const words = ['lint', '--reporter=json', '--max-diagnostics=none']
  return new Promise((resolve, reject) => {
    execFile(program, words, { cwd: folder }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout))
      else reject(new Error(stderr, { cause: error }))
    })
  })
}

function from(...names: string[]): string {
  return names.map(name => `export * from '${name}'`).join('\n')
}

function later(name: string): string {
  return `export const later = import('${name}')`
}
