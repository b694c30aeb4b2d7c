import type { NoticeView } from '../../desk/desk.ts'

/** One notice a line as the API shows it; with `textOf` the signed text beside it. */
export async function* ndjsonText(
  views: AsyncIterable<NoticeView>,
  textOf?: (id: string) => string | undefined,
): AsyncGenerator<string> {
  for await (const view of views) {
    const signed = textOf?.(view.id)
    yield `${JSON.stringify(signed === undefined ? view : { ...view, signed })}\n`
  }
}
