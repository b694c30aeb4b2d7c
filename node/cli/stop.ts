/** Resolves at the first SIGINT or SIGTERM; more of them change nothing, for every ending here has a limit. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal))
  })
}

/** Ends the process after this long, whatever still holds it. */
export function endWithin(milliseconds: number): void {
  setTimeout(() => process.exit(1), milliseconds).unref()
}

/** Ends the process once everything is closed: a timer that libp2p's address book leaves behind would hold it a second more. */
export function endNow(): void {
  process.exit()
}
