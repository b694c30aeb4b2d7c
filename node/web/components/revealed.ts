/** What turns text round or is not seen, made visible: U+202E as "⟨U+202E⟩". */
export function revealed(text: string): string {
  return text.replace(
    /[\p{Bidi_Control}\p{Cc}\u200b\u2060\ufeff]/gu,
    sign => `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
