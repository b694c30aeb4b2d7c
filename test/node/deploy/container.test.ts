import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, textOf } from '../../house/tree.ts'

const text = textOf('node/deploy/Containerfile')
const steps = text
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => line.replaceAll(/\s+/g, ' '))
const last = steps.slice(steps.findLastIndex(step => step.startsWith('FROM ')))
const stepsOf = (word: string, among = steps) => among.filter(step => step.startsWith(`${word} `))

test('it says that nobody here has built it', () => {
  expect(text).toContain('does NOT')
})

test('its images are named in full, with a tag that is not the latest', () => {
  for (const step of stepsOf('FROM'))
    expect(step).toMatch(/^FROM docker\.io\/library\/node:24-slim( AS \w+)?$/)
})

test('it runs as a number that is not root, with nothing after it as root', () => {
  expect(stepsOf('USER', last)).toEqual(['USER 10001:10001'])
  const after = last.slice(last.findIndex(step => step.startsWith('USER ')))
  expect(after.filter(step => /^(RUN|COPY|ADD) /.test(step))).toEqual([])
})

test('it installs what the lock file says, runs no script of a package and leaves nothing of the build behind', () => {
  expect(stepsOf('RUN')).toContain('RUN npm ci --omit=dev --ignore-scripts')
  expect(steps.filter(step => /\b(curl|wget|sudo|apt-get|ADD)\b/.test(step))).toEqual([])
})

test('whatever it copies is in the tree', () => {
  const copied = stepsOf('COPY')
    .filter(step => !step.includes('--from='))
    .flatMap(step => step.split(' ').slice(1, -1))
  expect(copied).toContain('node')
  expect(copied.filter(path => !existsSync(join(root, path)))).toEqual([])
})

test('it is asked for its health, starts the node and writes only into volumes', () => {
  const [health = ''] = stepsOf('HEALTHCHECK')
  expect(health).toContain('/healthz')
  expect(steps.at(-2)).toBe('ENTRYPOINT ["node", "node/bin.js"]')
  expect(steps.at(-1)).toBe('CMD ["serve"]')
  expect(stepsOf('VOLUME')).toEqual(['VOLUME ["/var/lib/focalpoint", "/var/lib/focalpoint-last-signed"]'])
})
