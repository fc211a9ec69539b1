/** What one page sends and shows at a moment, over all of its connections. */
export interface MediaFlow {
  /** Pictures that were decoded since the page was opened. */
  readonly decoded: number
  /** Lines of each picture that comes in. */
  readonly lines: readonly number[]
  /** Streams of pictures that are encoded, and what keeps some of them small. */
  readonly encoders: number
  readonly limitedBy: readonly string[]
}

/** Runs in the page, beside the probe of the stories. Stands alone, because it is sent to the browser as text. */
export async function readMediaFlow(): Promise<MediaFlow> {
  type Report = RTCInboundRtpStreamStats & RTCOutboundRtpStreamStats
  const open = window.probe.connections.filter(({ connectionState }) => connectionState === 'connected')
  const all = await Promise.all(open.map((connection) => connection.getStats()))
  const reports = all.flatMap((stats) => [...(stats.values() as Iterable<Report>)])
  const of = (type: string) => reports.filter((report) => report.type === type && report.kind === 'video')
  const received = of('inbound-rtp')
  const sent = of('outbound-rtp').filter(({ framesPerSecond }) => framesPerSecond)
  const reasons = sent.map(({ qualityLimitationReason = 'none' }) => qualityLimitationReason as string)
  return {
    decoded: received.reduce((sum, { framesDecoded = 0 }) => sum + framesDecoded, 0),
    lines: received.flatMap(({ framesPerSecond, frameHeight = 0 }) => (framesPerSecond ? [frameHeight] : [])),
    encoders: sent.length,
    limitedBy: reasons.filter((reason) => reason !== 'none'),
  }
}
