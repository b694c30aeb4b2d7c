import { html as bound } from 'htm/preact'
import type { ComponentChildren, VNode } from 'preact'

/** Markup as values: what is put in is escaped when it is rendered. */
export const html = bound as (strings: TemplateStringsArray, ...values: unknown[]) => VNode

export type Markup = ComponentChildren
