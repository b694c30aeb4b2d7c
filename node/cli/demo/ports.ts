import { createServer } from 'node:net'
import { FocalpointError } from '#protocol'

const lastPort = 65_535

/** As many loopback ports that are free now, from `base` on; `exact` takes none but the next ones. */
export async function portsFrom({
  base,
  count,
  exact,
}: {
  base: number
  count: number
  exact: boolean
}): Promise<number[]> {
  const ports: number[] = []
  for (let port = base; ports.length < count; port++) {
    if (port > lastPort) throw tooHigh(base, count)
    if (await isFree(port)) ports.push(port)
    else if (exact) throw busy(port)
  }
  return ports
}

function tooHigh(base: number, count: number): FocalpointError<'usage'> {
  const what = `ports end at ${lastPort}: ${count} nodes do not fit from ${base} on`
  return new FocalpointError('usage', `--port-base ${base} is too high: ${what}.`, { what })
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
}

function busy(port: number): FocalpointError<'port-busy'> {
  const address = `127.0.0.1:${port}`
  return new FocalpointError(
    'port-busy',
    `Port ${address} is taken. Leave --port-base out, or give another.`,
    { address },
  )
}
