import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The addresses of what pages load; each holds a hash of its content, so that it may be kept for ever. */
export interface Assets {
  style: string
  script: string
  icon: string
}

const { resolve } = createRequire(import.meta.url)

/** Of Designsystemet, only what the pages use. */
const designParts = [
  'base.css',
  'heading.css',
  'paragraph.css',
  'link.css',
  'list.css',
  'label.css',
  'button.css',
  'input.css',
  'field.css',
  'fieldset.css',
  'validation-message.css',
  'error-summary.css',
  'alert.css',
  'card.css',
  'table.css',
  'tag.css',
  'details.css',
  'skip-link.css',
  'divider.css',
]
const ownStyles = ['theme', 'page', 'parts', 'customs', 'drafting', 'flows', 'network', 'notices', 'office']
const scripts = ['page', 'copy', 'search', 'read-file', 'file-hash', 'draft', 'idle']

const keptForEver = 'public, max-age=31536000, immutable'

/** Where the styles, scripts and fonts of pages are served. */
export async function assetRoutes(app: FastifyInstance): Promise<Assets> {
  const style = serve(app, { text: await styleText(), mediaType: 'text/css; charset=utf-8', ending: 'css' })
  const script = serve(app, {
    text: await joined(scripts.map(name => join(import.meta.dirname, '..', 'browser', `${name}.js`))),
    mediaType: 'text/javascript; charset=utf-8',
    ending: 'js',
  })
  const icon = serve(app, {
    text: await readFile(join(import.meta.dirname, 'icon.svg'), 'utf8'),
    mediaType: 'image/svg+xml',
    ending: 'svg',
  })
  await app.register(fastifyStatic, {
    root: ['noto-sans', 'noto-sans-arabic'].map(name =>
      join(dirname(resolve(`@fontsource-variable/${name}/package.json`)), 'files'),
    ),
    prefix: '/assets/fonts/',
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
    index: false,
  })
  return { style, script, icon }
}

async function styleText(): Promise<string> {
  const theme = resolve('@digdir/designsystemet-css/theme.css')
  const design = designParts.map(name => resolve(`@digdir/designsystemet-css/${name}`))
  const own = ownStyles.map(name => join(import.meta.dirname, `${name}.css`))
  // Outside of a layer they would win over everything of our own.
  const layered = `@layer ds.components {\n${await joined(design)}\n}`
  return `@layer ds.theme, ds.base, ds.components, own;\n${await joined([theme])}\n${layered}\n${await joined(own)}`
}

async function joined(paths: readonly string[]): Promise<string> {
  return (await Promise.all(paths.map(path => readFile(path, 'utf8')))).join('\n')
}

function serve(
  app: FastifyInstance,
  { text, mediaType, ending }: { text: string; mediaType: string; ending: string },
): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)
  const address = `/assets/${hash}.${ending}`
  app.get(address, async (_request, reply) =>
    reply.type(mediaType).header('cache-control', keptForEver).send(text),
  )
  return address
}
