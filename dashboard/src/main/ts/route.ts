import { changed } from './query';

export const PAGES = ['now', 'grid', 'home', 'sites', 'meters', 'files'] as const;
export type PageName = (typeof PAGES)[number];

/** Where the reader is: the page, and what of it is chosen. All of it is in the address. */
export interface Route {
  page: PageName;
  params: URLSearchParams;
}

export function current(): Route {
  const name = location.pathname.replace(/^\/+|\/+$/g, '');
  const page = PAGES.find((p) => p === name) ?? 'now';
  return { page, params: new URLSearchParams(location.search) };
}

export function href(page: PageName, params: Record<string, string | null | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return (page === 'now' ? '/' : '/' + page) + (text ? '?' + text : '');
}

/** The address of the same page with other choices; null takes one away. */
export function withParams(more: Record<string, string | null>): string {
  const { page, params } = current();
  const all: Record<string, string | null> = Object.fromEntries(params);
  return href(page, { ...all, ...more });
}

/** Goes to an address of this page without loading it anew. */
export function go(address: string, replace = false): void {
  if (address !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
  }
  changed();
}
