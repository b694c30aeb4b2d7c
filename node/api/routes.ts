import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { App } from './app.ts'
import { noSuchAddress } from './failure.ts'

export interface Route {
  methods: string[]
  pattern: RegExp
}

/** Every route says who may use it, and none takes query parameters that it does not name. */
export function watchRoutes(app: App): Route[] {
  const routes: Route[] = []
  app.addHook('onRoute', route => {
    if (!route.config?.access) throw openDoor(route.url)
    route.schema = { querystring: z.strictObject({}), ...route.schema }
    const pattern = route.url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')
    routes.push({ methods: [route.method].flat(), pattern: new RegExp(`^${pattern}$`) })
  })
  return routes
}

/** What to say of a request that no route takes: no such address, or no such method there. */
export function unknownRoute({ url, method }: FastifyRequest, routes: readonly Route[]): FocalpointError {
  const [path = ''] = url.split('?')
  const allowed = [
    ...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)),
  ]
  if (allowed.length === 0) return noSuchAddress(path)
  return new FocalpointError(
    'method-not-allowed',
    `${method} does nothing here; there is ${allowed.join(', ')}.`,
    {
      allowed,
    },
  )
}

function openDoor(url: string): FocalpointError<'internal'> {
  return new FocalpointError('internal', `The route ${url} does not say who may use it.`, { what: url })
}
