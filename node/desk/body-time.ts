import type { IncomingMessage } from 'node:http'

/** Cuts off whoever has not sent the whole body by then, whether it was answered meanwhile or not. */
export function limitBodyTime(request: IncomingMessage, ms: number): void {
  if (request.complete) return
  const late = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, ms)
  request.once('close', () => clearTimeout(late))
}
