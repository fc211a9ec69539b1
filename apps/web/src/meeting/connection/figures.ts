import type { ArrivingTrack, LeavingTrack, PathStats } from '@video-meet/client'
import { bitrateText, millisecondsText, percentText } from '../../lib/amounts.ts'
import { connectionText as text } from './text.ts'

/** A figure with its name. */
export interface Figure {
  readonly name: string
  readonly value: string
}

/** What is known of how a track arrives. */
export function arrivingFigures({ way, path, stats }: ArrivingTrack): readonly Figure[] {
  const names = text.figure
  return [
    { name: names.bitrate, value: bitrate(stats?.bitrateBps) },
    ...picture(stats),
    { name: names.loss, value: share(stats?.lossShare) },
    { name: names.jitter, value: milliseconds(stats?.jitterMs) },
    { name: names.delay, value: milliseconds(path?.rttMs) },
    { name: names.codec, value: stats?.codec ?? text.unknown },
    { name: names.path, value: pathWords(way, path) },
  ]
}

/** What is known of how one of the own tracks is sent. */
export function leavingFigures({ way, path, stats }: LeavingTrack): readonly Figure[] {
  const names = text.figure
  return [
    { name: names.bitrate, value: bitrate(stats?.bitrateBps) },
    ...picture(stats),
    { name: names.loss, value: share(stats?.lossShare) },
    { name: names.delay, value: milliseconds(stats?.rttMs ?? path?.rttMs) },
    { name: names.codec, value: stats?.codec ?? text.unknown },
    ...(stats ? limits(stats) : []),
    ...(path?.availableBps ? [{ name: names.available, value: bitrate(path.availableBps) }] : []),
    { name: names.path, value: pathWords(way, path) },
  ]
}

function limits({ limitation, layers }: NonNullable<LeavingTrack['stats']>): readonly Figure[] {
  return [
    ...(layers > 1 ? [{ name: text.figure.layers, value: String(layers) }] : []),
    ...(limitation ? [{ name: text.figure.limit, value: text.limit[limitation] }] : []),
  ]
}

interface Pictured {
  readonly width: number | null
  readonly height: number | null
  readonly fps: number | null
}

function picture(stats: Pictured | null): readonly Figure[] {
  const { width = null, height = null, fps = null } = stats ?? {}
  if (width === null || height === null) return []
  const rate = fps === null ? '' : `, ${Math.round(fps)}/s`
  return [{ name: text.figure.picture, value: `${width}×${height}${rate}` }]
}

function bitrate(bps: number | null | undefined): string {
  return known(bps, bitrateText)
}

function share(value: number | null | undefined): string {
  return known(value, percentText)
}

function milliseconds(value: number | null | undefined): string {
  return known(value, millisecondsText)
}

function known(value: number | null | undefined, write: (value: number) => string): string {
  return value === null || value === undefined ? text.unknown : write(value)
}

function pathWords(way: ArrivingTrack['way'], path: PathStats | null): string {
  if (path === null) return text.unknown
  const words = [way === 'links' ? text.links : text.server, path.relayed && text.relayed]
  return [...words, path.protocol?.toUpperCase()].filter(Boolean).join(', ')
}
