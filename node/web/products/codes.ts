/** "854370" as "8543 70". */
export function spaced(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`.trim()
}
