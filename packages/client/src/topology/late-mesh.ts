import type { LinkSignal, ParticipantId } from '@video-meet/protocol'
import type { MeshTopology } from './mesh/mesh-topology.ts'
import type { LinkEnds } from './mesh/peer-link.ts'

export interface LateMeshOptions {
  readonly create: (Mesh: typeof MeshTopology) => MeshTopology
  readonly onLoaded: () => void
  /** The code for links could not be loaded; it is tried again when links are needed again. */
  readonly onFailed: (error: unknown) => void
}

/** Loads the code of the links, once. */
export function loadLinks(): Promise<{ readonly MeshTopology: typeof MeshTopology }> {
  return import('./mesh/mesh-topology.ts')
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
    if (this.#isLoading || this.#mesh) return
    this.#isLoading = true
    this.#load()
      .catch((error: unknown) => {
        this.forgetEarly()
        if (!this.#isClosed) this.#options.onFailed(error)
      })
      .finally(() => {
        this.#isLoading = false
      })
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

  async #load(): Promise<void> {
    const { MeshTopology: Mesh } = await loadLinks()
    if (this.#isClosed) return
    this.#mesh = this.#options.create(Mesh)
    this.#options.onLoaded()
    for (const signal of this.#early) this.#mesh.signalled(...signal)
    this.forgetEarly()
  }
}
