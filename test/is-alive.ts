import { readFileSync } from 'node:fs'

/** One that has ended stays listed until its parent, or whoever took it over, asks how it ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
