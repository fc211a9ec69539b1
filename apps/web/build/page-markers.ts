import type { Plugin } from 'vite'

const DEFAULTS: Readonly<Record<string, string>> = {
  title: 'Video Meet',
  description: 'Video meetings in the browser, on a server of your own.',
}

/** In development nobody replaces the `{{…}}` markers of index.html per page, as the real server does. */
export function pageMarkers(): Plugin {
  return {
    name: 'video-meet:page-markers',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/\{\{(\w+)\}\}/g, (marker, name) => DEFAULTS[name] ?? marker),
  }
}
