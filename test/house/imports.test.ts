import { expect, test } from 'vitest'
import { importsOf, readHouse } from './tree.ts'

/** The rooms that the spine opens; the command line stands above the spine. */
const rooms = ['api', 'delivery', 'network', 'screening', 'store', 'web']

/** Values of the spine that rooms use besides its shapes: the words for roles, lanes and deliveries, and where lanes begin. */
const sharedWords: Record<string, readonly string[]> = {
  'node/consignment.ts': ['lanes', 'reasonCodes', 'screeningRule'],
  'node/audit.ts': ['acts'],
  'node/people.ts': ['roles', 'isRole', 'readsNominal'],
  'node/subscription.ts': ['deliveryKinds', 'deliveryStates', 'pauseCodes', 'urgencies'],
}

/** Where rooms are opened. */
const openers = ['node/node.ts', 'node/main.ts']

const { files } = readHouse()
const spine = files.filter(path => /^node\/(?:sign-in\/)?[^/]+\.ts$/.test(path))
const inRooms = files.filter(path => rooms.includes(roomOf(path) ?? '') && path.endsWith('.ts'))

test('a room takes from the spine only shapes and the words that go with them', () => {
  const taken = inRooms.flatMap(path =>
    importsOf(path)
      .filter(({ target }) => spine.includes(target))
      .flatMap(({ target, values }) =>
        values
          .filter(value => !(sharedWords[target] ?? []).includes(value))
          .map(value => `${path}: ${value} of ${target}`),
      ),
  )
  expect(taken).toEqual([])
})

test('the spine and its desk know rooms by their shapes; only node.ts and main.ts open them', () => {
  const opened = [...spine, ...files.filter(path => path.startsWith('node/desk/') && path.endsWith('.ts'))]
    .filter(path => !openers.includes(path))
    .flatMap(path => importsOf(path).map(found => ({ path, ...found })))
    .filter(({ target, values }) => roomOf(target) !== undefined && values.length > 0)
    .map(({ path, target, values }) => `${path}: ${values.join(', ')} of ${target}`)
  expect(opened).toEqual([])
})

test('every import of a file names a file of the tree', () => {
  const code = files.filter(path => /\.(ts|js)$/.test(path))
  const missing = code.flatMap(path =>
    importsOf(path)
      .filter(({ target }) => /^(node|protocol|scripts|test)\//.test(target) && !files.includes(target))
      .map(({ target }) => `${path}: ${target}`),
  )
  expect(missing).toEqual([])
})

test('the door of protocol/ holds nothing but names from inside', () => {
  const found = importsOf('protocol/index.ts')
  expect(found.length).toBeGreaterThan(0)
  for (const { target } of found) expect(target).toMatch(/^protocol\//)
})

/** Folders of the spine, not rooms: what people and programs can ask of the node, and how people come in. */
function roomOf(path: string): string | undefined {
  const folder = /^node\/([^/]+)\//.exec(path)?.[1]
  return folder === 'desk' || folder === 'sign-in' ? undefined : folder
}
