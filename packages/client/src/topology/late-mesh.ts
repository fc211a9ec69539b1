import type { LinkSignal, ParticipantId } from '@video-meet/protocol'
import type { MeshTopology } from './mesh/mesh-topology.ts'
import type { LinkEnds } from './mesh/peer-link.ts'

export interface LateMeshOptions {
  readonly create: (Mesh: typeof MeshTopology) => MeshTopology
  readonly onLoaded: () => void
  /** The code for links could not be loaded; it is tried again when links are needed again. */
  readonly onFailed: (error: unknown) => void
}

let loaded: typeof MeshTopology | undefined

/** Loads the code of the links, once. */
export async function loadLinks(): Promise<typeof MeshTopology> {
  loaded ??= (await import('./mesh/mesh-topology.ts')).MeshTopology
  return loaded
}

/** The links, whose code is loaded when the first one is needed. */
export class LateMesh {
  readonly #options: LateMeshOptions
  #mesh: MeshTopology | undefined
  #isLoading = false
  #isClosed = false
  /** What the ends of links said meanwhile. */
  #early: (readonly [ParticipantId, LinkEnds, LinkSignal])[] = []

  constructor(options: LateMeshOptions) {
    this.#options = options
  }

  /** Undefined until the code is there. */
  get current(): MeshTopology | undefined {
    return this.#mesh
  }

  load(): void {
    if (this.#isLoading || this.#isClosed || this.#mesh) return
    // What is there already is used in the same turn: a page that is being drawn would delay it.
    if (loaded) this.#begin(loaded)
    else void this.#loadAndBegin()
  }

  signalled(id: ParticipantId, ends: LinkEnds, signal: LinkSignal): void {
    if (this.#mesh) this.#mesh.signalled(id, ends, signal)
    else this.#early.push([id, ends, signal])
  }

  /** Links are no longer wanted, so what their ends said is of no use. */
  forgetEarly(): void {
    this.#early = []
  }

  close(): void {
    this.#isClosed = true
    this.#mesh?.close()
  }

  async #loadAndBegin(): Promise<void> {
    this.#isLoading = true
    try {
      const Mesh = await loadLinks()
      if (!this.#isClosed) this.#begin(Mesh)
    } catch (error) {
      this.forgetEarly()
      if (!this.#isClosed) this.#options.onFailed(error)
    } finally {
      this.#isLoading = false
    }
  }

  #begin(Mesh: typeof MeshTopology): void {
    this.#mesh = this.#options.create(Mesh)
    this.#options.onLoaded()
    for (const signal of this.#early) this.#mesh.signalled(...signal)
    this.forgetEarly()
  }
}
