import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { age, clockAndZone, moment } from './time';
import type { Query } from './query';

/** The pieces that pages are made of. */

export type Part = TemplateResult | string | number | typeof nothing | Part[];

/** A number with its unit, smaller. */
export function unit(value: string, of: string): TemplateResult {
  return html`${value}<span class="u">${of}</span>`;
}

export function fact(label: string, value: Part, id?: string): TemplateResult {
  return html`<div><dt>${label}</dt><dd class="fact" id=${id ?? nothing}>${value}</dd></div>`;
}

export function row(label: string, value: Part): TemplateResult {
  return html`<div class="kv"><span>${label}</span><b>${value}</b></div>`;
}

/** How long ago, with the instant itself for machines and on a pointer. */
export function ago(at: number, now: number, zone: string): TemplateResult {
  return html`<time datetime=${new Date(at).toISOString()} title=${moment(at, zone)}>${age(now - at)} ago</time>`;
}

export interface Card {
  title: Part;
  sub?: Part;
  meta?: Part;
  cls?: string;
  id?: string;
  body: Part;
}

export function card(c: Card): TemplateResult {
  return html`<section class="card ${c.cls ?? ''}" id=${c.id ?? nothing} aria-label=${nothing}>
    <header>
      <h2>${c.title}${c.sub ? html` <span class="q">${c.sub}</span>` : nothing}</h2>
      ${c.meta ? html`<span class="meta">${c.meta}</span>` : nothing}
    </header>
    ${c.body}
  </section>`;
}

const LATER = 300;

/** What a card shows of an answer, whatever has become of it: the frame never moves. */
export function shown<T>(
  query: Query<T>,
  height: number,
  render: (data: T) => Part,
  zone: string,
  what: string,
  now: number,
): Part {
  if (query.data !== undefined) {
    return query.error ? [render(query.data), failed(query, what, zone, now, true)] : render(query.data);
  }
  if (query.error) {
    return html`<div class="mid" style="min-height:${height}px">${failed(query, what, zone, now, false)}</div>`;
  }
  return waiting(height, query.loadingSince > 0 && Date.now() - query.loadingSince > LATER, what);
}

export function waiting(height: number, visible: boolean, what: string): TemplateResult {
  return html`<div class="bone ${visible ? 'seen' : ''}" style="height:${height}px" aria-busy="true">
    <span class="vh">Loading ${what}</span>
  </div>`;
}

function failed<T>(query: Query<T>, what: string, zone: string, now: number, stale: boolean): TemplateResult {
  const error = query.error;
  const next = query.retryAt > Date.now() ? ` Next try in ${age(query.retryAt - Date.now())}.` : '';
  const when = stale ? ` This is as of ${clockAndZone(now - (Date.now() - query.at), zone)}.` : '';
  return html`<div class="note err" role="status">
    <i class="dot down"></i>
    <span>${what[0]?.toUpperCase()}${what.slice(1)} could not be fetched: ${error?.message ?? ''}.${when}${next}
      <button class="btn quiet inline" @click=${() => query.refresh()}>Try now</button></span>
  </div>`;
}

/** Something that is not there, and what to do about it. */
export function empty(title: string, text: Part, actions: Part = nothing): TemplateResult {
  return html`<div class="mid">
    <p class="big">${title}</p>
    <p class="t">${text}</p>
    ${actions === nothing ? nothing : html`<div class="tools">${actions}</div>`}
  </div>`;
}

export function triangle(high: boolean, label?: string): TemplateResult {
  return html`<svg class="tri" width="16" height="14" viewBox="0 0 16 14" role=${label ? 'img' : nothing}
    aria-label=${label ?? nothing} aria-hidden=${label ? nothing : 'true'}>
    <path d="M8 1 15 13H1Z" fill=${high ? 'var(--anomaly)' : 'none'} stroke="var(--anomaly)" stroke-width="1.8" stroke-linejoin="round"/>
  </svg>`;
}

/** Buttons of which one is pressed. */
export function segments<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`<div class="seg" role="group" aria-label=${label}>
    ${options.map(
      ([value, text]) =>
        html`<button type="button" aria-pressed=${value === chosen} @click=${() => choose(value)}>${text}</button>`,
    )}
  </div>`;
}

export function stepper(label: string, text: string, back: (() => void) | null, on: (() => void) | null): TemplateResult {
  return html`<span class="date">
    <button type="button" class="btn" aria-label="Previous ${label}" title="Previous ${label} ([)" ?disabled=${!back} @click=${() => back?.()}>‹</button>
    <b>${text}</b>
    <button type="button" class="btn" aria-label="Next ${label}" title="Next ${label} (])" ?disabled=${!on} @click=${() => on?.()}>›</button>
  </span>`;
}

/** A line and what is under it, for a card: no axis, but two words below. */
export function spark(width: number, height: number, parts: Part, label: string): TemplateResult {
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label=${label}>${parts}</svg>`;
}

export function path(d: string, style: string): TemplateResult {
  return svg`<path d=${d} style=${style} vector-effect="non-scaling-stroke"/>` as unknown as TemplateResult;
}
