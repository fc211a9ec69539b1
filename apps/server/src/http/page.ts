/** What is said about a page before it runs: to browsers, to search engines, to chats that preview a link. */
export interface Page {
  readonly title: string
  readonly description: string
  /** Whether search engines may list it. */
  readonly listed: boolean
}

/** The page at `pathname`. That of a meeting is the same for every code, whether there is such a meeting or not. */
export function pageAt(pathname: string): Page {
  if (pathname.startsWith('/meeting/')) {
    return {
      title: 'Join the meeting · Video Meet',
      description: 'You are invited to a video meeting. Open the link to join it in your browser.',
      listed: false,
    }
  }
  return {
    title: 'Video Meet',
    description: 'Video meetings in the browser: start one, share its link, and talk. Nothing to install.',
    listed: true,
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Puts `values` in place of the `{{markers}}` of `html`, as text; a marker without a value stays. */
export function fillMarkers(html: string, values: Readonly<Record<string, string>>): string {
  return html.replace(/\{\{(\w+)\}\}/g, (marker, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined ? marker : escapeHtml(value)
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
