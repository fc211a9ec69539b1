import * as z from 'zod/mini'
import { STRING_CHECKS } from '#text-form'

/*
 * The building blocks of contracts. They are of zod's small variant, which leaves the browser a third of the weight.
 */

/** A string of at most `max` UTF-16 code units, all of them well-formed. */
export function text(max: number) {
  return z.string().check(z.maxLength(max), ...STRING_CHECKS)
}

/** A string of `min` to `max` UTF-16 code units, all of them well-formed. */
export function textOf(min: number, max: number) {
  return z.string().check(z.minLength(min), z.maxLength(max), ...STRING_CHECKS)
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number) {
  return z.int().check(z.minimum(min), z.maximum(max))
}

/** A number from `min` to `max`. */
export function between(min: number, max: number) {
  return z.number().check(z.minimum(min), z.maximum(max))
}

/** A list of at most `max` items. */
export function list<Item extends z.ZodMiniType>(item: Item, max: number) {
  return z.array(item).check(z.maxLength(max))
}

/** A list of `min` to `max` items. */
export function listOf<Item extends z.ZodMiniType>(item: Item, min: number, max: number) {
  return z.array(item).check(z.minLength(min), z.maxLength(max))
}

/** Gives a shape its name in the documentation. */
export function named<Shape extends z.ZodMiniType>(id: string, shape: Shape): Shape {
  z.globalRegistry.add(shape, { id })
  return shape
}

/** Shows in the documentation what a shape looks like. */
export function withExample<Shape extends z.ZodMiniType>(shape: Shape, example: z.input<Shape>): Shape {
  z.globalRegistry.add(shape, { examples: [example] })
  return shape
}
