import type { Office } from '../office.ts'
import { type Route, readers } from '../route.ts'
import { documentPage, takeDocument } from './documents.ts'
import { membersPage } from './list.ts'
import { memberPage } from './member.ts'
import { checkRequest, requestPage } from './requests.ts'

/** A members document of 2 MiB, every other letter of it a quote that JSON and the form escape. */
const documentBytes = 8 * 1024 * 1024

const coordinators = ['coordinator'] as const
const adopters = ['coordinator', 'admin'] as const

export function memberRoutes(office: Office): Route[] {
  return [
    { path: '/members', access: readers, show: visit => membersPage(office, visit) },
    {
      path: '/members/requests',
      access: coordinators,
      show: visit => requestPage(visit),
      submit: visit => checkRequest(office, visit),
    },
    {
      path: '/members/documents',
      access: adopters,
      bodyBytes: documentBytes,
      show: visit => documentPage(visit),
      submit: visit => takeDocument(office, visit),
    },
    { path: '/members/:member', access: readers, show: visit => memberPage(office, visit) },
  ]
}
