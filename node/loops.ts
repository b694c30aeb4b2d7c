/** Does it again and again, each time after the last is done, until the signal; an error is told and the loop goes on. */
export function repeat(
  signal: AbortSignal,
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): void {
  const next = async () => {
    await work().catch(onError)
    schedule()
  }
  let timer: NodeJS.Timeout | undefined
  const schedule = () => {
    if (signal.aborted) return
    timer = setTimeout(() => void next(), everyMs)
    timer.unref()
  }
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  void next()
}

/** Does it whenever something has changed, until the signal. */
export async function follow(
  signal: AbortSignal,
  changed: (signal: AbortSignal) => Promise<void>,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await changed(signal).catch(onError)
    if (!signal.aborted) await work().catch(onError)
  }
}
