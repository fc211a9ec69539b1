/**
 * The servers that help a link: those that tell it its address. Relays are for the way to the server alone, which refuse
 * to lead anywhere else; but they tell addresses too.
 */
export function serversForLinks(servers: readonly RTCIceServer[]): RTCIceServer[] {
  const urls = new Set(servers.flatMap((server) => [server.urls].flat()).flatMap(stunOf))
  return urls.size > 0 ? [{ urls: [...urls] }] : []
}

function stunOf(url: string): string[] {
  if (url.startsWith('stun:')) return [url]
  // The same port answers both, unless it speaks TLS or only TCP.
  const [host = '', query = ''] = url.split('?')
  return host.startsWith('turn:') && !query.includes('tcp') ? [host.replace(/^turn:/, 'stun:')] : []
}
