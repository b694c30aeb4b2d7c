import type { Audit, NewAct } from './audit.ts'
import type { Desk } from './desk/desk.ts'
import type { People } from './people.ts'
import type { SignIn } from './sign-in/sign-in.ts'

/** Does it, then notes it: whoever may do things here need not remember to. */
async function noted<Made>(
  audit: Audit,
  made: Promise<Made>,
  actOf: (made: Made) => NewAct | undefined,
): Promise<Made> {
  const done = await made
  const act = actOf(done)
  if (act !== undefined) await audit.note(act)
  return done
}

/** The same desk, with a trail of what persons do at it. */
export function auditedDesk(desk: Desk, audit: Audit): Desk {
  return {
    ...desk,
    ...auditedDrafts(desk, audit),
    screening: {
      ...desk.screening,
      screen: (consignments, o) =>
        noted(audit, desk.screening.screen(consignments, o), ({ results }) => {
          const [first, ...more] = results.flatMap(({ kept }) => kept?.id ?? [])
          if (first === undefined) return undefined
          const about = more.length === 0 ? first : `${more.length + 1}`
          return { act: 'consignment-kept', person: o.person.id, about }
        }),
    },
    consignments: {
      ...desk.consignments,
      remove: (id, person) =>
        noted(audit, desk.consignments.remove(id, person), () => ({
          act: 'consignment-removed',
          person: person.id,
          about: id,
        })),
    },
    columnMaps: {
      ...desk.columnMaps,
      put: (name, map, person, o) =>
        noted(audit, desk.columnMaps.put(name, map, person, o), () => ({
          act: 'column-map-changed',
          person: person.id,
          about: name,
        })),
      remove: (name, o) =>
        noted(audit, desk.columnMaps.remove(name, o), () => ({ act: 'column-map-removed', about: name })),
    },
    subscriptions: auditedSubscriptions(desk.subscriptions, audit),
    exports: {
      ...desk.exports,
      begun: format => void audit.note({ act: 'export-made', about: format }),
    },
    opened: {
      ...desk.opened,
      mark: (notice, person) =>
        noted(audit, desk.opened.mark(notice, person), isFirst =>
          isFirst ? { act: 'notice-opened', person, about: notice } : undefined,
        ),
    },
    adopt: documents =>
      noted(audit, desk.adopt(documents), taken =>
        taken.length === 0
          ? undefined
          : { act: 'document-adopted', about: taken.map(({ kind }) => kind).join(' ') },
      ),
    async *backup() {
      await audit.note({ act: 'backup-made' })
      yield* desk.backup()
    },
  }
}

function auditedDrafts(
  desk: Desk,
  audit: Audit,
): Pick<Desk, 'drafts' | 'unfinished' | 'sendings' | 'release' | 'answer'> {
  const { drafts, unfinished, sendings } = desk
  return {
    drafts: {
      ...drafts,
      create: (value, person, o) =>
        noted(audit, drafts.create(value, person, o), ({ id }) => ({
          act: 'draft-made',
          person: person.id,
          about: id,
        })),
      replace: (id, value, person, o) =>
        noted(audit, drafts.replace(id, value, person, o), () => ({
          act: 'draft-changed',
          person: person.id,
          about: id,
        })),
      remove: (id, person, o) =>
        noted(audit, drafts.remove(id, person, o), () => ({
          act: 'draft-removed',
          person: person.id,
          about: id,
        })),
      sendBack: (id, reason, person, o) =>
        noted(audit, drafts.sendBack(id, reason, person, o), () => ({
          act: 'draft-returned',
          person: person.id,
          about: id,
        })),
    },
    unfinished: {
      ...unfinished,
      remove: id => noted(audit, unfinished.remove(id), () => ({ act: 'draft-removed', about: id })),
      finish: (id, value, person, o) =>
        noted(audit, unfinished.finish(id, value, person, o), ({ version }) => ({
          act: version === 1 ? 'draft-made' : 'draft-changed',
          person: person.id,
          about: id,
        })),
    },
    sendings: {
      get pauseSeconds() {
        return sendings.pauseSeconds
      },
      find: draft => sendings.find(draft),
      list: () => sendings.list(),
      begin: (draft, person, o) =>
        noted(audit, sendings.begin(draft, person, o), () => ({
          act: 'sending-begun',
          person: person.id,
          about: draft,
        })),
      stop: (draft, person) =>
        noted(audit, sendings.stop(draft, person), () => ({
          act: 'sending-stopped',
          person: person.id,
          about: draft,
        })),
    },
    release(draftId, person, o) {
      // Asked again with the same key it is answered with what was released before.
      const isThere = drafts.find(draftId) !== undefined
      return noted(audit, desk.release(draftId, person, o), ({ id }) =>
        isThere ? { act: 'draft-released', person: person.id, about: id } : undefined,
      )
    },
    answer: (noticeId, type, value, person, o) =>
      noted(audit, desk.answer(noticeId, type, value, person, o), ({ id }) => ({
        act: 'draft-made',
        person: person.id,
        about: id,
      })),
  }
}

function auditedSubscriptions(desk: Desk['subscriptions'], audit: Audit): Desk['subscriptions'] {
  const changed = <Made>(id: string, made: Promise<Made>) =>
    noted(audit, made, () => ({ act: 'subscription-changed', about: id }))
  return {
    ...desk,
    create: (person, wanted) =>
      noted(audit, desk.create(person, wanted), ({ subscription: { id } }) => ({
        act: 'subscription-made',
        person,
        about: id,
      })),
    change: (id, change, o) => changed(id, desk.change(id, change, o)),
    pause: id => changed(id, desk.pause(id)),
    resume: (id, o) => changed(id, desk.resume(id, o)),
    rotateSecret: id => changed(id, desk.rotateSecret(id)),
    remove: (id, o) => noted(audit, desk.remove(id, o), () => ({ act: 'subscription-removed', about: id })),
  }
}

/** The same people, with a trail of what is done to them; whoever is disabled has no session any more. */
export function auditedPeople(people: People, audit: Audit, signIn: Pick<SignIn, 'endAllOf'>): People {
  return {
    ...people,
    add: person =>
      noted(audit, people.add(person), ({ id, roles }) => ({ act: 'person-added', about: id, roles })),
    changeRoles(id, given) {
      const before = people.find(id)?.roles.join()
      return noted(audit, people.changeRoles(id, given), ({ roles }) =>
        roles.join() === before ? undefined : { act: 'roles-changed', about: id, roles },
      )
    },
    disable: id =>
      noted(audit, people.disable(id).then(endSessions), person => ({
        act: 'person-disabled',
        about: person.id,
      })),
    createToken: wanted =>
      noted(audit, people.createToken(wanted), ({ token }) => ({
        act: 'token-made',
        about: token.hash,
        whose: token.person,
      })),
    revokeToken: hash =>
      noted(audit, people.revokeToken(hash), token => ({
        act: 'token-revoked',
        about: token.hash,
        whose: token.person,
      })),
  }

  async function endSessions(person: Awaited<ReturnType<People['disable']>>) {
    await signIn.endAllOf(person.id)
    return person
  }
}
