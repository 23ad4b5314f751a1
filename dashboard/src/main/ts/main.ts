import { html, render } from 'lit-html';
import { ApiError, get, storedKey } from './api';
import './charts/element';
import type { Context, Page } from './page';
import { NowPage } from './pages/now';
import { changed, onChange, Query } from './query';
import { current, go, href, PAGES, type PageName } from './route';
import { applyStoredTheme, login, shell, TITLES } from './shell';
import type { Status } from './types';
import { waiting } from './view';

type Make = new (context: Context) => Page;

/** The first page comes with the first script; the others when they are gone to. */
const MAKERS: Record<PageName, () => Promise<Make>> = {
  now: () => Promise.resolve(NowPage),
  grid: async () => (await import('./pages/grid')).GridPage,
  home: async () => (await import('./pages/home')).HomePage,
  sites: async () => (await import('./pages/sites')).SitesPage,
  meters: async () => (await import('./pages/meters')).MetersPage,
  files: async () => (await import('./pages/files')).FilesPage,
};

const STATUS_EVERY = 60_000;
const CLOCK_EVERY = 1_000;
const TELL_EVERY = 60_000;

const status = new Query<Status>((signal) => get<Status>('status', {}, signal), STATUS_EVERY);
const root = document.body;
let page: Page | undefined;
let coming: PageName | undefined;
let asked = false;
/** How far the server's clock is ahead of the reader's, ms. */
let ahead = 0;
let aheadOf = 0;

function now(): number {
  return Date.now() + ahead;
}

function context(known: Status): Context {
  return { status: known, now, route: current() };
}

async function begin(name: PageName): Promise<void> {
  coming = name;
  const known = status.data;
  if (!known) {
    return;
  }
  try {
    const make = await MAKERS[name]();
    if (coming === name) {
      page?.end();
      page = new make(context(known));
      coming = undefined;
      scrollTo(0, 0);
      changed();
    }
  } catch {
    // The server is gone, or another version is there: loading the page anew tells.
    location.reload();
  }
}

function draw(): void {
  const known = status.data;
  if (!known) {
    if (status.error instanceof ApiError && (status.error.status === 401 || status.error.status === 403)) {
      render(login(storedKey() !== null, () => status.refresh()), root);
    } else if (status.error) {
      render(html`<main class="page" id="main"><h1 class="answer">Tallywatt <b>cannot be reached</b></h1>
        <p class="sub">${status.error.message}; it is tried again.</p></main>`, root);
    }
    return;
  }
  if (status.at !== aheadOf) {
    aheadOf = status.at;
    ahead = Date.parse(known.now) - status.at;
  }
  const route = current();
  if (page?.name !== route.page) {
    if (coming !== route.page) {
      void begin(route.page);
    }
    if (!page) {
      render(html`<main class="page" id="main">${waiting(400, false, TITLES[route.page])}</main>`, root);
      return;
    }
  } else {
    page.moved(context(known));
  }
  document.title = `${TITLES[page.name]} · Tallywatt`;
  render(shell(page, known), root);
  tell(page.name);
}

let told = '';
let toldOf = '';
let toldAt = 0;

/** Says the sentence to those who hear it: when the page is another, and then at most once a minute, however often it changes. */
function tell(name: PageName): void {
  const sentence = document.querySelector('h1.answer')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const place = document.getElementById('told');
  if (place && sentence !== '' && sentence !== told && (name !== toldOf || Date.now() - toldAt > TELL_EVERY)) {
    place.textContent = sentence;
    told = sentence;
    toldOf = name;
    toldAt = Date.now();
  }
}

/** However much changes at once, the page is drawn once per frame. */
function schedule(): void {
  if (!asked) {
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

document.addEventListener('click', (e) => {
  const link = (e.target as Element | null)?.closest?.('a');
  if (!link || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || link.download || link.target) {
    return;
  }
  const to = new URL(link.href, location.href);
  const ours = PAGES.some((p) => href(p) === to.pathname || '/' + p === to.pathname);
  if (to.origin === location.origin && ours) {
    e.preventDefault();
    go(to.pathname + to.search);
  }
});

document.addEventListener('keydown', (e) => {
  if (isTyping(e.target) || e.ctrlKey || e.metaKey || e.altKey) {
    return;
  }
  const chosen = PAGES[Number(e.key) - 1];
  if (/^[1-6]$/.test(e.key) && chosen) {
    go(href(chosen));
  } else if (e.key === '[' || e.key === ']') {
    page?.step(e.key === '[' ? -1 : 1);
  } else if (e.key === '/') {
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    if (search) {
      e.preventDefault();
      search.focus();
    } else {
      e.preventDefault();
      go(href('meters'));
      setTimeout(() => document.querySelector<HTMLInputElement>('[data-search]')?.focus(), 400);
    }
  }
});

addEventListener('popstate', schedule);
applyStoredTheme();
onChange(schedule);
// Ages go on by themselves.
setInterval(() => (document.hidden ? undefined : schedule()), CLOCK_EVERY);
schedule();
