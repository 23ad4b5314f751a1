import { html, nothing, type TemplateResult } from 'lit-html';
import { storeKey } from './api';
import type { Page } from './page';
import { changed } from './query';
import { href, PAGES, type PageName } from './route';
import type { Status } from './types';

const ICONS: Record<PageName, string> = {
  now: 'M12 3a9 9 0 1 0 9 9M12 7v5l3 2',
  grid: 'M12 3v18M5 8l7-4 7 4M5 8v5m14-5v5M7 21l5-9 5 9',
  home: 'M4 11 12 4l8 7v9H4ZM10 20v-6h4v6',
  sites: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4',
  meters: 'M4 18a9 9 0 1 1 16 0M12 14l4-5',
  files: 'M6 3h8l4 4v14H6ZM14 3v4h4M9 13h6m-6 4h6',
};

export const TITLES: Record<PageName, string> = {
  now: 'Now', grid: 'Grid', home: 'Home', sites: 'Sites', meters: 'Meters', files: 'Files',
};

type Theme = 'light' | 'dark';

function shownTheme(): Theme {
  return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light';
}

export function applyStoredTheme(): void {
  const stored = localStorage.getItem('tallywatt.theme');
  if (stored === 'light' || stored === 'dark') {
    document.documentElement.dataset.theme = stored;
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themed);
}

function themed(): void {
  document.dispatchEvent(new Event('themechange'));
  changed();
}

function toggleTheme(): void {
  const next: Theme = shownTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('tallywatt.theme', next);
  themed();
}

function origin(page: Page, status: Status): string | null {
  const all = page.kinds.map((kind) => status.origins[kind]).filter((o): o is string => o !== null);
  return all.length === 0 ? null : [...new Set(all)].join(', ');
}

export function shell(page: Page, status: Status): TemplateResult {
  const from = origin(page, status);
  return html`<a class="skip" href="#main" @click=${(e: Event) => {
      e.preventDefault();
      document.getElementById('main')?.focus();
    }}>Skip to content</a>
    <header class="top"><div class="in">
      <a class="brand" href="/" aria-label="Tallywatt, start"><svg width="24" height="20" viewBox="0 0 24 20" aria-hidden="true" fill="none" stroke-linecap="round"><g stroke="currentColor" stroke-width="2.4"><path d="M4.5 3v14M9.5 3v14M14.5 3v14M19.5 3v14"/></g><path d="M1.5 14.5 22.5 5.5" stroke="var(--accent)" stroke-width="2.6"/></svg>Tallywatt</a>
      <nav class="nav" aria-label="Pages">${PAGES.map(
        (name, i) => html`<a href=${href(name)} aria-current=${name === page.name ? 'page' : nothing} title="${TITLES[name]} (${i + 1})"><svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${ICONS[name]}/></svg>${TITLES[name]}</a>`,
      )}</nav>
      <div class="right">
        ${from ? html`<span class="chip sample" title=${from}>Sample data</span>` : nothing}
        <span class="chip wide" title="Times on this page">${page.zone()}</span>
        <button type="button" class="iconbtn" aria-label="Light or dark" @click=${toggleTheme}><svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor"/></svg></button>
      </div></div></header>
    <main class="page" id="main" tabindex="-1"><p class="vh" id="told" aria-live="polite"></p>${page.render()}
      <footer class="foot-note wide"><span>Every number has the digits of the server; times are of ${page.zone()}.</span><span>Keys: 1 to 6 pages, [ and ] previous and next, / search.</span><a href="/docs/">API</a></footer>
    </main>`;
}

/** Where the server needs a key, and this page has none that it takes. */
export function login(tried: boolean, again: () => void): TemplateResult {
  return html`<main class="login" id="main"><h1 class="answer">This server asks for an <b>API key</b></h1>
    <form @submit=${(e: SubmitEvent) => {
      e.preventDefault();
      const key = new FormData(e.target as HTMLFormElement).get('key');
      if (typeof key === 'string' && key.trim()) {
        storeKey(key.trim());
        again();
      }
    }}>
      <label for="key">Key, as <span class="code">tallywatt keys create</span> printed it</label>
      <input class="field" id="key" name="key" type="password" autocomplete="off" required autofocus>
      ${tried ? html`<p class="bad" role="alert">The server does not take this key.</p>` : nothing}
      <div class="tools"><button class="btn main" type="submit">Continue</button></div>
      <p class="meta">It is kept until this tab is closed.</p>
    </form></main>`;
}
