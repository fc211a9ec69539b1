import type * as z from 'zod/mini'

/** How often one connection may send a request: `burst` at once, refilled at `perMinute`. */
export interface RequestLimit {
  readonly burst: number
  readonly perMinute: number
}

/** One thing that a client can ask for and gets a reply to. */
export interface RequestContract {
  readonly input: z.ZodMiniType
  readonly output: z.ZodMiniType
  readonly limit: RequestLimit
}

/** The part of the wire that belongs to one subject: its requests, notifications and what a joiner is told of it. */
export interface Contract {
  readonly requests: Readonly<Record<string, RequestContract>>
  readonly notifications: Readonly<Record<string, z.ZodMiniType>>
}

/** A contract of a feature; `snapshot` is its state as a joiner or a reconnecting client receives it. */
export interface FeatureContract extends Contract {
  readonly snapshot: z.ZodMiniType
}

/** Declares the contract of a core subject; only checks and infers. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract
}

/** Declares the contract of a feature; only checks and infers. */
export function defineFeatureContract<const C extends FeatureContract>(contract: C): C {
  return contract
}

/** What a server implements for the requests of one contract: parsed input in, output to be checked out. */
export type RequestHandlers<C extends Contract, Caller> = {
  [N in keyof C['requests']]: (
    caller: Caller,
    input: z.output<C['requests'][N]['input']>,
  ) => z.input<C['requests'][N]['output']> | Promise<z.input<C['requests'][N]['output']>>
}

/** The state of a feature as the server gives it, before it is checked. */
export type SnapshotInput<C extends FeatureContract> = z.input<C['snapshot']>
