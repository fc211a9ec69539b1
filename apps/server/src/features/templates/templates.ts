import { randomUUID } from 'node:crypto'
import type { createTemplate, Template, updateTemplate, UserId, UserRole } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { AppError } from '../../platform/errors.ts'
import { BUILT_IN } from './built-in.ts'
import type { StoredTemplate, TemplateChange, TemplatesStore } from './templates-store.ts'

const MOST_OF_OWNER = 100

/** Who acts. */
export interface TemplateActor {
  readonly userId: UserId
  readonly role: UserRole
}

/** Settings under a name, from which meetings are made. */
export class Templates {
  readonly #store: TemplatesStore
  readonly #now: () => Date

  constructor(store: TemplatesStore, now: () => Date = () => new Date()) {
    this.#store = store
    this.#now = now
  }

  async list(actor: TemplateActor): Promise<Template[]> {
    const own = (await this.#store.listFor(actor.userId)).map((template) => toTemplate(template, actor))
    return [
      ...BUILT_IN.map((template) => ({ ...template, kind: 'built-in' as const, editable: false })),
      ...own,
    ]
  }

  /** @throws {AppError} `forbidden` when it is for the organisation and the actor no administrator */
  async create(
    actor: TemplateActor,
    { kind, ...settings }: z.output<typeof createTemplate.body>,
  ): Promise<Template> {
    if (kind === 'organisation' && actor.role !== 'administrator')
      throw new AppError('forbidden', 'Only administrators make templates for the organisation.')
    const ownerId = kind === 'personal' ? actor.userId : null
    if ((await this.#store.countOf(ownerId)) >= MOST_OF_OWNER)
      throw new AppError('conflict', `There are ${MOST_OF_OWNER} templates: delete one first.`)
    const template = { ...settings, id: randomUUID(), ownerId, createdAt: this.#now() }
    await this.#store.add(template)
    return toTemplate(template, actor)
  }

  /** @throws {AppError} `not_found` */
  async update(
    id: string,
    actor: TemplateActor,
    change: z.output<typeof updateTemplate.body>,
  ): Promise<Template> {
    const template = await this.#editable(id, actor)
    const said = Object.entries(change).filter(([, value]) => value !== undefined)
    const changed = Object.fromEntries(said) as TemplateChange
    if (said.length > 0 && !(await this.#store.change(id, changed))) throw unknown()
    return toTemplate({ ...template, ...changed }, actor)
  }

  /** @throws {AppError} `not_found` */
  async remove(id: string, actor: TemplateActor): Promise<void> {
    await this.#editable(id, actor)
    await this.#store.remove(id)
  }

  /**
   * What a new meeting takes from a template; null without one.
   *
   * @throws {AppError} `not_found`
   */
  async resolve(
    id: string | undefined,
    userId: UserId | null,
  ): Promise<Pick<Template, 'policy' | 'agenda'> | null> {
    if (id === undefined) return null
    const builtIn = BUILT_IN.find((template) => template.id === id)
    if (builtIn) return builtIn
    const template = await this.#find(id)
    if (!template || !isFor(template, userId)) throw unknown()
    return template
  }

  /** What is kept of a user. */
  async exportOf(userId: UserId): Promise<StoredTemplate[]> {
    return (await this.#store.listFor(userId)).filter(({ ownerId }) => ownerId === userId)
  }

  async #editable(id: string, actor: TemplateActor): Promise<StoredTemplate> {
    const template = await this.#find(id)
    if (!template || !mayEdit(template, actor)) throw unknown()
    return template
  }

  #find(id: string): Promise<StoredTemplate | null> {
    return UUID.test(id) ? this.#store.find(id) : Promise.resolve(null)
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isFor({ ownerId }: StoredTemplate, userId: UserId | null): boolean {
  return userId !== null && (ownerId === null || ownerId === userId)
}

function mayEdit({ ownerId }: StoredTemplate, { userId, role }: TemplateActor): boolean {
  return ownerId === null ? role === 'administrator' : ownerId === userId
}

function toTemplate(template: StoredTemplate, actor: TemplateActor): Template {
  const { id, ownerId, name, description, durationMinutes, policy, agenda } = template
  const kind = ownerId === null ? 'organisation' : 'personal'
  return { id, name, description, durationMinutes, policy, agenda, kind, editable: mayEdit(template, actor) }
}

function unknown(): AppError {
  return new AppError('not_found', 'There is no such template.')
}
