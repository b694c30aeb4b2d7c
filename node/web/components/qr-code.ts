import { encodeQR } from 'qr'
import { html } from '../html.ts'

/** Light around it, in modules (ISO/IEC 18004, section 5.3.8 asks for four). */
const quietModules = 4

/** An address for the camera of a telephone; it is written beside it, for those who have none. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { border: quietModules, ecc: 'medium' })
  const path = rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return html`
    <svg class="qr" viewBox=${`0 0 ${rows.length} ${rows.length}`} role="img" aria-label=${label} shape-rendering="crispEdges">
      <rect width=${rows.length} height=${rows.length} fill="#fff" />
      <path d=${path} fill="#000" />
    </svg>
  `
}
