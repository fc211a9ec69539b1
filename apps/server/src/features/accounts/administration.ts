import { randomUUID } from 'node:crypto'
import { type createUser, type ManagedUser, type updateUser, UserId } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import type { AccountsOptions } from './accounts-options.ts'
import { toManagedUser } from './user-views.ts'
import type { StoredUser, UsersStore } from './users-store.ts'

const WELCOME_LIFETIME_MS = 3 * 86_400_000
const DEFAULT_PAGE = 25

type Options = Pick<
  AccountsOptions,
  'store' | 'sessions' | 'mailLinks' | 'letters' | 'sendLetter' | 'removeOwned' | 'now'
>

/** What administrators do with accounts. There is always one of them left. */
export class Administration {
  readonly #options: Options
  readonly #store: UsersStore

  constructor(options: Options) {
    this.#options = options
    this.#store = options.store
  }

  async list(query: {
    readonly search?: string | undefined
    readonly cursor?: string | undefined
    readonly limit?: number | undefined
  }): Promise<Page<ManagedUser>> {
    const { limit = DEFAULT_PAGE, cursor } = query
    const search = query.search === '' ? undefined : query.search
    const found = await this.#store.list({ search, after: readCursor(cursor), limit: limit + 1 })
    const page = pageFrom(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    return { items: page.items.map(toManagedUser), nextCursor: page.nextCursor }
  }

  /** @throws {AppError} `conflict` when the address is taken */
  async create({ email, name, role = 'user' }: z.output<typeof createUser.body>): Promise<ManagedUser> {
    const { mailLinks, letters, sendLetter, now = () => new Date() } = this.#options
    const user = await this.#store.add({
      id: UserId.parse(randomUUID()),
      email,
      emailVerifiedAt: null,
      name,
      passwordHash: null,
      language: 'en',
      timeZone: 'UTC',
      role,
      state: 'active',
      avatarVersion: null,
      createdAt: now(),
      lastSeenAt: null,
    })
    if (!user) throw new AppError('conflict', 'There is an account with this email address already.')
    await sendLetter({ address: email, name }, 'welcome', async () =>
      letters.welcome(name, await mailLinks.issue(user.id, 'reset', WELCOME_LIFETIME_MS)),
    )
    return toManagedUser(user)
  }

  /**
   * @param assertTrusted throws unless the caller may also act on administrators
   * @throws {AppError} `not_found`; `conflict` when no administrator would be left
   */
  async update(
    id: UserId,
    { name, role, state }: z.output<typeof updateUser.body>,
    assertTrusted: () => void,
  ): Promise<ManagedUser> {
    const user = await this.#mustFind(id)
    if (user.role === 'administrator') assertTrusted()
    const change = {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(state !== undefined && { state }),
    }
    const losesRights = (role !== undefined && role !== 'administrator') || state === 'disabled'
    if (!losesRights) await this.#store.change(id, change)
    else if (!(await this.#store.changeIfAdministratorStays(id, change))) throw lastAdministrator()
    if (state === 'disabled') {
      await this.#options.sessions.endAll(id)
      // They stay void when the account is enabled again.
      await this.#options.mailLinks.revokeAll(id)
    }
    return toManagedUser({ ...user, ...change })
  }

  /**
   * @param assertTrusted throws unless the caller may also act on administrators
   * @throws {AppError} `not_found`; `conflict` when no administrator would be left
   */
  async remove(id: UserId, assertTrusted: () => void): Promise<StoredUser> {
    const { sessions, removeOwned } = this.#options
    const user = await this.#mustFind(id)
    if (user.role === 'administrator') assertTrusted()
    if (await this.#store.isLastAdministrator(id)) throw lastAdministrator()
    await removeOwned(user)
    const open = (await sessions.list(id, null)).map((session) => session.id)
    if (!(await this.#store.changeIfAdministratorStays(id, 'remove'))) throw lastAdministrator()
    await sessions.revoke(open)
    return user
  }

  async #mustFind(id: UserId): Promise<StoredUser> {
    const user = await this.#store.findById(id)
    if (!user) throw new AppError('not_found', "This account doesn't exist.")
    return user
  }
}

function lastAdministrator(): AppError {
  return new AppError('conflict', 'This is the last administrator. Make somebody else one first.')
}
