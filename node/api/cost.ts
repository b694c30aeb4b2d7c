import type { App } from './app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How many times as dear as others: a token may use this route so many times less often. 1 when absent. */
    cost?: number
  }
}

/** Requests a minute that one token has for a route of this cost. */
export function budgetOf({ cost = 1 }: { cost?: number | undefined }, requestsPerMinute: number): number {
  return Math.max(1, Math.floor(requestsPerMinute / cost))
}

/** A dear route has a budget of its own beside the one for all others. Must come before the rate limit listens. */
export function budgetDearRoutes(app: App, { requestsPerMinute }: { requestsPerMinute: number }): void {
  app.addHook('onRoute', ({ config }) => {
    if (config?.cost === undefined || config.rateLimit !== undefined) return
    config.rateLimit = { max: budgetOf(config, requestsPerMinute), timeWindow: 60_000 }
  })
}
