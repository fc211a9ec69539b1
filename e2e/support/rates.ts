import type { Page } from '@playwright/test'

/** One picture that comes in. */
export interface PictureRate {
  readonly fps: number
  readonly lines: number
}

/** Which pictures come in at this moment: those of which a frame is decoded within some seconds. */
export async function picturesArriving(page: Page, seconds = 4): Promise<PictureRate[]> {
  const before = await framesDecoded(page)
  await page.waitForTimeout(seconds * 1000)
  const after = await framesDecoded(page)
  return after.flatMap(({ track, frames, lines, at }) => {
    const start = before.find((picture) => picture.track === track)
    const grown = frames - (start?.frames ?? 0)
    return grown > 0 ? [{ fps: (grown * 1000) / (at - (start?.at ?? at - seconds * 1000)), lines }] : []
  })
}

async function framesDecoded(page: Page) {
  return await page.evaluate(async () => {
    const open = window.probe.connections.filter(({ connectionState }) => connectionState === 'connected')
    const reports = await Promise.all(open.map((connection) => connection.getStats()))
    return reports
      .flatMap((report) => [...(report.values() as Iterable<RTCInboundRtpStreamStats>)])
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      .map((inbound) => ({
        track: inbound.trackIdentifier,
        frames: inbound.framesDecoded ?? 0,
        lines: inbound.frameHeight ?? 0,
        at: inbound.timestamp,
      }))
  })
}
