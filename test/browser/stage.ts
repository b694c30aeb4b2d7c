import { afterAll, beforeAll } from 'vitest'
import { chromiumPath, openBrowser } from '../../scripts/pages/browser.ts'
import { openDemonstration } from '../../scripts/pages/demonstration.ts'

export interface Stage {
  demonstration: Awaited<ReturnType<typeof openDemonstration>>
  browser: Awaited<ReturnType<typeof openBrowser>>
}

/** A demonstration and a browser for the tests of a file; where there is no chromium nothing, for they are skipped. */
export function openStage(options: { nodes?: number; pauseSeconds?: number } = {}): Stage {
  const open = new AsyncDisposableStack()
  const stage = {} as Stage
  beforeAll(async () => {
    if (chromiumPath === undefined) return
    stage.demonstration = open.use(await openDemonstration(options))
    stage.browser = open.use(await openBrowser())
  })
  afterAll(() => open.disposeAsync())
  return stage
}
