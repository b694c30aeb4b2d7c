import type { Audit } from '../audit.ts'
import type { App } from './app.ts'

/** What our command line calls itself. */
const commandLine = /^focalpoint-cli\b/

/** Whatever a request does is noted under the name of who asks. */
export function actAsCallers(app: App, { actAs }: { actAs?: Audit['as'] }): void {
  if (actAs === undefined) return
  // With `done` and not with a promise: only what is called from within is within.
  app.addHook('preHandler', ({ caller, headers }, _reply, done) => {
    if (caller === null) return done()
    const from = commandLine.test(headers['user-agent'] ?? '') ? 'cli' : 'api'
    actAs({ person: caller.person.id, from, token: caller.token }, done)
  })
}
