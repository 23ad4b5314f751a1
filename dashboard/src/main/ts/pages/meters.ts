import { html, nothing, type TemplateResult } from 'lit-html';
import { address, get, getAll, inPath, save, send, type Page as ListPage } from '../api';
import type { Stop, TimeChart } from '../charts/spec';
import { key as keyOf } from '../names';
import { count, energyScale, exact, num, percent, rounded, type Dec, type Scale } from '../numbers';
import { Page } from '../page';
import { changed, Query } from '../query';
import { go, href, withParams } from '../route';
import { addDays, brief, dateOf, DAY, instant, longDate, midnight, moment, monthName, shortDate, span, weekday, zoneName } from '../time';
import type { Breakdown, Delivery, Explanation, Quality, Readings, Series, Total } from '../types';
import { card, empty, shown, stepper, type Part } from '../view';
import { gaps } from './grid';

interface Group {
  group: string;
  name: string;
  meters: Dec;
}

/** What a day was, as of an instant. */
interface Known {
  at: string;
  total: Dec;
  meters: Dec | null;
}

const NOW_AND_THEN = 60_000;
const WEEKS = 53;
const SHADES = 7;
const FOUND = 10;
const QUICK = 60;

const QUALITY: Record<Quality, [string, string]> = {
  ACTUAL: ['used', 'actual'], ESTIMATED: ['est', 'estimated'], SUBSTITUTED: ['est', 'substituted'], INVALID: ['inv', 'invalid, left out'], MISSING: ['mis', 'missing'],
};

/** How much, and why that number? */
export class MetersPage extends Page {
  readonly name = 'meters' as const;
  readonly kinds = ['meter'] as const as never;

  private readonly groups = new Query<Group[]>((s) => getAll('groups', {}, s), 300_000);
  /** The last day of which there is a total. */
  private readonly last = new Query<{ items: Total[] }>((s) => get('consumption/daily', { from: addDays(dateOf(this.now(), 'UTC'), -800) }, s), NOW_AND_THEN);
  private searched = '';
  private found: Series[] = [];
  private active = -1;
  private open = false;
  private searching: AbortController | undefined;
  private timer = 0;
  private focus: string | null = null;
  private editing = false;
  private trouble = '';

  override end(): void {
    super.end();
    this.groups.end();
    this.last.end();
    this.searching?.abort();
    clearTimeout(this.timer);
  }

  /** The series of one meter, or null for all of them. */
  private meter(): string | null {
    const m = this.params.get('meter');
    return m && /^meter\/[^/]+\/[^/]+(\/[^/]+)?$/.test(m) ? m : null;
  }

  private group(): string | null {
    return this.meter() ? null : this.params.get('group');
  }

  private groupName(): string {
    const g = this.group();
    return this.groups.data?.find((x) => x.group === g)?.name || g || '';
  }

  private asOf(): string | null {
    return this.params.get('asOf');
  }

  private stored(): Query<Series> | undefined {
    const m = this.meter();
    return m ? this.ask('stored', m, () => new Query<Series>((s) => get(`series/${inPath(m)}`, {}, s))) : undefined;
  }

  zone(): string {
    const zone = this.stored()?.data?.zone ?? this.shownTotal()?.zone ?? this.context.status.zone;
    return zone === 'mixed' || zone === '-' ? 'UTC' : zone;
  }

  private date(): string {
    const asked = this.params.get('date');
    if (asked && /^\d{4}-\d\d-\d\d$/.test(asked)) {
      return asked;
    }
    return this.stored()?.data?.last ?? this.last.data?.items.findLast((t) => Number(t.meters) > 0)?.date ?? dateOf(this.now(), this.context.status.zone);
  }

  override step(by: -1 | 1): void {
    go(withParams({ date: addDays(this.date(), by), asOf: null }));
  }

  /** The Monday with which the calendar begins, and the day after its last. */
  private year(): { from: string; to: string } {
    const newest = this.stored()?.data?.last ?? this.last.data?.items.at(-1)?.date ?? this.date();
    const date = this.date();
    const end = date > newest || date < addDays(newest, -364) ? date : newest;
    const monday = addDays(end, -weekday(end));
    return { from: addDays(monday, -7 * (WEEKS - 1)), to: addDays(monday, 7) };
  }

  private days(): Query<{ items: Total[] }> {
    const { from, to } = this.year();
    const m = this.meter();
    const g = this.group();
    return this.ask('days', [from, to, m, g, this.asOf()].join(' '), () => new Query<{ items: Total[] }>(
      (s) => get('consumption/daily', { from, to, series: m, group: g, asOf: this.asOf() }, s), this.asOf() ? 0 : NOW_AND_THEN));
  }

  private why(): Query<Breakdown> {
    const date = this.date();
    return this.ask('why', [date, this.group(), this.asOf()].join(' '), () => new Query<Breakdown>(
      (s) => get(`consumption/explain/${date}`, { group: this.group(), asOf: this.asOf() }, s), this.asOf() ? 0 : NOW_AND_THEN));
  }

  private explained(m: string): Query<Explanation> {
    const date = this.date();
    return this.ask('explained', [m, date, this.asOf()].join(' '), () => new Query<Explanation>(
      (s) => get(`series/${inPath(m)}/explain/${date}`, { asOf: this.asOf() }, s), this.asOf() ? 0 : NOW_AND_THEN));
  }

  private readings(m: string): Query<Readings> {
    const date = this.date();
    return this.ask('readings', [m, date, this.asOf()].join(' '), () => new Query<Readings>(
      (s) => get(`series/${inPath(m)}/readings`, { from: date, to: addDays(date, 1), asOf: this.asOf() }, s), this.asOf() ? 0 : NOW_AND_THEN));
  }

  /** What a meter's day was as of each delivery that gave something for it. */
  private revisions(m: string, explanation: Explanation): Query<Known[]> {
    const date = this.date();
    const deliveries = [...new Set(explanation.blocks.flatMap((b) => b.sources.map((s) => s.delivery)))].slice(0, 12);
    return this.ask('revisions', [m, date, ...deliveries].join(' '), () => new Query<Known[]>(async (s) => {
      const all = await Promise.all(deliveries.map((d) => get<Delivery>(`files/${d}`, {}, s)));
      const at = all.map((d) => d.knownAt).sort();
      const totals = await Promise.all(at.map((t) => get<{ items: Total[] }>('consumption/daily', { from: date, to: addDays(date, 1), series: m, asOf: t }, s)));
      return at.flatMap((t, i) => {
        const total = totals[i]?.items[0];
        return total ? [{ at: t, total: total.total, meters: null }] : [];
      });
    }));
  }

  private shownTotal(): Total | undefined {
    const date = this.date();
    return this.meter() ? this.days().data?.items.find((t) => t.date === date) : this.why().data?.total;
  }

  render(): TemplateResult {
    const m = this.meter();
    if (!m && this.last.data && this.last.data.items.length === 0) {
      return html`<div class="head"><h1 class="answer">No meter has been <b>read</b> yet</h1><p class="sub">${moment(this.now(), this.zone())}</p></div>
        <div class="grid">${card({ title: 'Meters', cls: 'c12', body: empty('Bring a meter file', 'CSV of any layout, NEM12, Green Button, JSON; also packed.', html`<a class="btn main" href=${href('files')}>Add files</a>`) })}</div>`;
    }
    const date = this.date();
    const today = dateOf(this.now(), this.zone());
    return html`<div class="head">
        <h1 class="answer">${this.answer()}</h1>
        <p class="sub dot-sep">${this.sub()}</p>
        <div class="tools">${this.search()}${this.groupChoice()}
          ${stepper('day', longDate(date), () => this.step(-1), date < today ? () => this.step(1) : null)}</div>
      </div>
      ${this.editing ? this.editor() : nothing}
      ${this.calendarCard()}
      <div class="grid">${m ? this.meterDay(m) : this.profileCard()}${m ? this.meterWhy(m) : this.whyCard()}</div>`;
  }

  private answer(): Part {
    const m = this.meter();
    const date = this.date();
    const total = this.shownTotal();
    const who = m ? keyOf(m) : this.group() ? this.groupName() : 'the meters';
    if (m ? !this.days().data && !this.days().error : !this.why().data && !this.why().error) {
      return html`&nbsp;`;
    }
    if (!total || Number(total.quality.expected) === Number(total.quality.missing) || Number(total.meters) === 0) {
      return html`On ${shortDate(date)} nothing is <b>known</b> of ${who}`;
    }
    const average = m ? null : (this.why().data?.total.average ?? null);
    return html`On ${shortDate(date)} ${who} used <b>${exact(total.total)} kWh</b>${average && Number(total.meters) > 1 ? html`, <b>${rounded(average, 3)} kWh</b> each` : nothing}`;
  }

  private sub(): Part {
    const m = this.meter();
    const total = this.shownTotal();
    const date = this.date();
    const asOf = this.asOf();
    const zone = this.zone();
    const hours = Math.round((midnight(addDays(date, 1), zone) - midnight(date, zone)) / 3_600_000);
    const seconds = m ? 0 : Number(this.why().data?.profile.seconds ?? 0);
    const steps = seconds > 0 ? `day of ${(hours * 3600) / seconds} ${seconds === 1800 ? 'half-hours' : seconds === 3600 ? 'hours' : seconds === 900 ? 'quarters' : 'intervals'}` : `day of ${hours} hours`;
    return html`
      ${m ? html`<span><a href=${withParams({ meter: null, asOf: null })}>all meters</a></span>` : total ? html`<span>${count(total.meters)} meters</span>` : nothing}
      <span>${steps}, ${zone}</span>
      ${total && Number(total.quality.expected) > 0 ? html`<span>${percent(Number(total.quality.actual), Number(total.quality.expected))} actual</span>` : nothing}
      ${total && Number(total.silent) > 0 ? html`<span class="warn">${count(total.silent)} silent</span>` : nothing}
      ${asOf ? html`<span class="warn">as known at ${brief(instant(asOf), zone, this.now())}; <a href=${withParams({ asOf: null })}>show now</a></span>` : nothing}`;
  }

  // Search.

  private search(): TemplateResult {
    return html`<div class="find-m">
      <label class="vh" for="find">Find a meter</label>
      <input class="field" id="find" data-search type="search" autocomplete="off" spellcheck="false" placeholder="Find a meter, like EE00418"
        role="combobox" aria-expanded=${this.open && this.found.length > 0} aria-controls="found" aria-autocomplete="list"
        aria-activedescendant=${this.active >= 0 ? `found-${this.active}` : nothing} .value=${this.searched}
        @input=${(e: Event) => this.type((e.target as HTMLInputElement).value)} @keydown=${(e: KeyboardEvent) => this.searchKey(e)}
        @blur=${() => setTimeout(() => { this.open = false; changed(); }, 150)} @focus=${() => { this.open = true; changed(); }}>
      <ul id="found" role="listbox" aria-label="Meters found" ?hidden=${!this.open || this.searched === ''}>
        ${this.found.map((s, i) => html`<li id="found-${i}" role="option" aria-selected=${i === this.active} @pointerdown=${() => this.take(s)}><b>${keyOf(s.series)}</b><span class="meta">${s.series.split('/').slice(2).join(' ')} · ${s.first} to ${s.last}</span></li>`)}
        ${this.found.length === 0 ? html`<li class="meta" role="option" aria-disabled="true" aria-selected="false">${this.searching ? 'Looking' : 'No meter has this in its name'}</li>` : nothing}
      </ul></div>`;
  }

  private type(text: string): void {
    this.searched = text;
    this.open = true;
    this.active = -1;
    clearTimeout(this.timer);
    this.searching?.abort();
    if (text.trim() === '') {
      this.found = [];
      changed();
      return;
    }
    this.timer = window.setTimeout(() => {
      const searching = new AbortController();
      this.searching = searching;
      get<ListPage<Series>>('series', { kind: 'meter', search: text.trim(), limit: FOUND }, searching.signal).then(
        (page) => {
          this.found = page.items;
          this.searching = undefined;
          changed();
        },
        () => {
          if (!searching.signal.aborted) {
            this.searching = undefined;
            changed();
          }
        },
      );
    }, QUICK);
    changed();
  }

  private searchKey(e: KeyboardEvent): void {
    const last = this.found.length - 1;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      this.active = e.key === 'ArrowDown' ? Math.min(last, this.active + 1) : Math.max(-1, this.active - 1);
    } else if (e.key === 'Enter') {
      const chosen = this.found[Math.max(0, this.active)];
      if (chosen) {
        this.take(chosen);
      }
    } else if (e.key === 'Escape') {
      this.open = false;
      this.searched = '';
    } else {
      return;
    }
    changed();
  }

  private take(series: Series): void {
    this.searched = '';
    this.found = [];
    this.open = false;
    go(withParams({ meter: series.series, group: null, asOf: null, date: series.last < this.date() || series.first > this.date() ? series.last : this.date() }));
  }

  // Groups.

  private groupChoice(): Part {
    if (this.groups.error || !this.groups.data || this.meter()) {
      return nothing;
    }
    return html`<select class="field" aria-label="Group of meters" @change=${(e: Event) => {
        const value = (e.target as HTMLSelectElement).value;
        if (value === '+') {
          this.editing = true;
          (e.target as HTMLSelectElement).value = this.group() ?? '';
          changed();
        } else {
          go(withParams({ group: value || null, asOf: null }));
        }
      }}>
      <option value="" ?selected=${!this.group()}>All meters</option>
      ${this.groups.data.map((g) => html`<option value=${g.group} ?selected=${g.group === this.group()}>${g.name || g.group} (${count(g.meters)})</option>`)}
      <option value="+">New group</option></select>`;
  }

  private editor(): TemplateResult {
    return html`<section class="card"><header><h2>New group <span class="q">a site, a portfolio</span></h2></header>
      <form class="groupform" @submit=${(e: SubmitEvent) => {
        e.preventDefault();
        const data = new FormData(e.target as HTMLFormElement);
        void this.saveGroup(String(data.get('name') ?? '').trim(), String(data.get('meters') ?? ''));
      }}>
        <label>Name <input class="field" name="name" required maxlength="60"></label>
        <label>Meters, one to a line <textarea class="field code" name="meters" rows="4" required></textarea></label>
        <div class="tools"><button class="btn main" type="submit">Save group</button><button class="btn" type="button" @click=${() => { this.editing = false; this.trouble = ''; changed(); }}>Cancel</button>
        ${this.trouble ? html`<span class="bad" role="alert">${this.trouble}</span>` : nothing}</div>
      </form></section>`;
  }

  private async saveGroup(name: string, meters: string): Promise<void> {
    const group = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'group';
    const keys = meters.split(/[\s,;]+/).filter((m) => m !== '');
    try {
      await send(address(`groups/${group}`), { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name, meters: keys }) });
      this.editing = false;
      this.trouble = '';
      this.groups.refresh();
      go(withParams({ group, meter: null, asOf: null }));
    } catch (e) {
      this.trouble = e instanceof Error ? e.message : String(e);
      changed();
    }
  }

  // The calendar.

  private calendarCard(): TemplateResult {
    const { from, to } = this.year();
    return html`<section class="card"><header class="center"><h2>Total of each day <span class="q">12 months${this.meter() ? ` of ${keyOf(this.meter() ?? '')}` : this.group() ? ` of ${this.groupName()}` : ''}</span></h2>${this.scaleKey()}</header>
      ${shown(this.days(), 150, (d) => this.calendar(d.items, from, to), this.zone(), 'totals', this.now())}</section>`;
  }

  private bounds(items: Total[]): { low: number; high: number; scale: Scale } {
    const known = items.filter((t) => Number(t.meters) > 0).map((t) => Number(t.total)).sort((a, b) => a - b);
    const low = known[Math.floor(known.length * 0.02)] ?? 0;
    const high = known[Math.ceil(known.length * 0.98) - 1] ?? 1;
    return { low: low === high ? 0 : low, high, scale: energyScale(high) };
  }

  private scaleKey(): Part {
    const items = this.days().data?.items;
    if (!items || items.length === 0) {
      return nothing;
    }
    const { low, high, scale } = this.bounds(items);
    const factor = 10 ** scale.places;
    return html`<div class="scale"><span>${rounded(low * factor, high * factor < 10 ? 2 : 1)}</span><span class="shades">${Array.from({ length: SHADES }, (_, i) => html`<i style="background:var(--seq-${i})"></i>`)}</span><span>${rounded(high * factor, high * factor < 10 ? 2 : 1)} ${scale.unit}</span>
      <span class="keyed"><i class="sw hatch"></i>no data</span><span class="keyed wide"><i class="corner"></i>23 or 25 hours</span></div>`;
  }

  private calendar(items: Total[], from: string, to: string): TemplateResult {
    const zone = this.zone();
    const byDate = new Map(items.map((t) => [t.date, t]));
    const { low, high } = this.bounds(items);
    const chosen = this.date();
    const today = dateOf(this.now(), zone);
    const focus = this.focus ?? chosen;
    const weeks: string[][] = [];
    for (let monday = from; monday < to; monday = addDays(monday, 7)) {
      weeks.push(Array.from({ length: 7 }, (_, i) => addDays(monday, i)));
    }
    const months = weeks.map((w, i) => {
      const first = w.find((d) => d.endsWith('-01'));
      const at = i === 0 ? (w[0] ?? '') : first;
      return at && !(i === 0 && weeks[1]?.some((d) => d.endsWith('-01'))) ? `${monthName(at)}${at.slice(5, 7) === '01' || i === 0 ? ' ' + at.slice(0, 4) : ''}` : '';
    });
    const cell = (date: string): TemplateResult => {
      if (date > today && !byDate.has(date)) {
        return html`<td class="none"></td>`;
      }
      const total = byDate.get(date);
      const known = total && Number(total.meters) > 0;
      const shade = known ? Math.max(0, Math.min(SHADES - 1, Math.floor(((Number(total.total) - low) / Math.max(1e-9, high - low)) * SHADES))) : 0;
      const length = Math.round((midnight(addDays(date, 1), zone) - midnight(date, zone)) / 3_600_000);
      const text = `${longDate(date)}: ${known ? `${exact(total.total)} kWh${Number(total.quality.missing) > 0 ? `, ${count(total.quality.missing)} intervals missing` : ''}` : 'no data'}${length === 24 ? '' : `, ${length} hours`}`;
      return html`<td role="gridcell"><button type="button" class="day ${known ? '' : 'unknown'} ${date === chosen ? 'chosen' : ''}" data-date=${date} tabindex=${date === focus ? 0 : -1}
        style=${known ? `background:var(--seq-${shade})` : ''} aria-label=${text} title=${text} aria-current=${date === chosen ? 'date' : nothing}
        @click=${() => this.choose(date)}>${length === 24 ? nothing : html`<i></i>`}</button></td>`;
    };
    const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    return html`<div class="calwrap"><table class="cal" role="grid" aria-label="Totals by day; arrow keys move, Enter shows the day" @keydown=${(e: KeyboardEvent) => this.calendarKey(e, from, to)}>
      <thead><tr role="row"><td></td>${months.map((m) => html`<td class="month">${m ? html`<span>${m}</span>` : nothing}</td>`)}</tr></thead>
      <tbody>${names.map((name, row) => html`<tr role="row"><th scope="row" class=${row % 2 ? 'quiet' : ''}>${name}</th>${weeks.map((w) => cell(w[row] ?? from))}</tr>`)}</tbody></table></div>`;
  }

  private choose(date: string): void {
    this.focus = null;
    go(withParams({ date, asOf: null }));
  }

  private calendarKey(e: KeyboardEvent, from: string, to: string): void {
    const at = (e.target as HTMLElement).dataset.date;
    const moves: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };
    const by = moves[e.key];
    if (!at || by === undefined) {
      return;
    }
    e.preventDefault();
    const next = addDays(at, by);
    if (next >= from && next < to && document.querySelector(`[data-date="${next}"]`)) {
      this.focus = next;
      changed();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus());
    }
  }

  // The day of all meters.

  private profileCard(): TemplateResult {
    const date = this.date();
    const zone = this.zone();
    return card({
      title: 'Shape of the day', sub: 'kWh per interval and meter', cls: 'c7', meta: `times in ${zoneName(midnight(date, zone), zone)}`,
      body: shown(this.why(), 300, (d) => {
        const p = d.profile;
        if (p.items.length === 0) {
          const known = this.days().data?.items.filter((t) => Number(t.meters) > 0) ?? [];
          const near = known.reduce<string | null>((a, t) => (a === null || Math.abs(instant(t.date) - instant(date)) < Math.abs(instant(a) - instant(date)) ? t.date : a), null);
          return html`<tw-chart height="290" .chart=${this.blank(date, zone)}></tw-chart><div class="foot"><span>No readings on ${shortDate(date)}. ${near ? html`<a href=${withParams({ date: near })}>Go to ${shortDate(near)}</a>` : nothing}</span></div>`;
        }
        return html`<tw-chart height="300" .chart=${this.profile(d, zone)}></tw-chart>
          ${Number(p.others) > 0 ? html`<p class="meta">${count(p.meters)} meters; ${count(p.others)} others are read in other steps.</p>` : nothing}`;
      }, zone, 'the day', this.now()),
    });
  }

  private blank(date: string, zone: string): TimeChart {
    const from = midnight(date, zone);
    const to = midnight(addDays(date, 1), zone);
    return { from, to, zone, unit: '', axis: (v) => rounded(v, 1), layers: [{ kind: 'gaps', items: [{ from, to }] }], stops: [], label: `No readings on ${longDate(date)}`, table: { head: ['Time', 'kWh'], rows: () => [] } };
  }

  private profile(d: Breakdown, zone: string): TimeChart {
    const items = d.profile.items.map((i) => ({ from: instant(i.start), to: instant(i.end), step: i }));
    const from = items[0]?.from ?? 0;
    const to = items.at(-1)?.to ?? 1;
    const band = (low: 'q10' | 'q25', high: 'q75' | 'q90'): { from: number; to: number; low: number; high: number }[] =>
      items.flatMap((i) => (i.step[low] === null || i.step[high] === null ? [] : [{ from: i.from, to: i.to, low: Number(i.step[low]), high: Number(i.step[high]) }]));
    const outer = band('q10', 'q90');
    const inner = band('q25', 'q75');
    const last = items.findLast((i) => i.step.mean !== null)?.step;
    const peak = items.reduce<number>((best, i, n) => (i.step.mean !== null && Number(i.step.mean) > Number(items[best]?.step.mean ?? -1) ? n : best), 0);
    const top = items[peak]?.step;
    const stops: Stop[] = items.map((i) => ({
      from: i.from, to: i.to,
      tip: () => ({
        title: span(i.from, i.to, zone),
        rows: i.step.mean === null
          ? [['No data: not zero, not known']]
          : [
              ['Mean', `${rounded(i.step.mean, 3)} kWh`], ['90 % of meters below', `${exact(i.step.q90 as Dec)} kWh`], ['75 % of meters below', `${exact(i.step.q75 as Dec)} kWh`],
              ['25 % of meters below', `${exact(i.step.q25 as Dec)} kWh`], ['10 % of meters below', `${exact(i.step.q10 as Dec)} kWh`], ['Meters', count(i.step.meters)],
            ],
      }),
    }));
    return {
      from, to, zone, unit: 'kWh', ticks: 4, right: [60, 48], axis: (v) => rounded(v, v < 1 && v > 0 ? (Math.round(v * 100) % 10 ? 2 : 1) : v === 0 ? 0 : 1),
      layers: [
        { kind: 'gaps', items: gaps(items.filter((i) => i.step.mean !== null), from, to, this.now()) },
        { kind: 'band', color: 'consumption', opacity: 0.13, items: outer, name: '90 %', end: Number(last?.q90 ?? 0) },
        { kind: 'band', color: 'consumption', opacity: 0.22, items: inner, name: '75 %', end: Number(last?.q75 ?? 0) },
        { kind: 'steps', color: 'consumption', items: items.map((i) => ({ from: i.from, to: i.to, value: num(i.step.mean) })), name: 'Mean' },
        { kind: 'band', color: 'consumption', opacity: 0, items: [], name: '25 %', end: Number(last?.q25 ?? 0) },
        { kind: 'band', color: 'consumption', opacity: 0, items: [], name: '10 %', end: Number(last?.q10 ?? 0) },
        { kind: 'steps', color: 'consumption', items: [], name: '' },
      ],
      stops,
      label: `Load profile: mean and quantiles over ${count(d.profile.meters)} meters${top?.mean ? `, highest ${rounded(top.mean, 3)} kWh at ${span(instant(top.start), instant(top.end), zone)}` : ''}`,
      table: { head: ['Time', 'Mean, kWh', '10 %', '25 %', '75 %', '90 %', 'Meters'], rows: () => items.map((i) => [span(i.from, i.to, zone), ...[i.step.mean, i.step.q10, i.step.q25, i.step.q75, i.step.q90].map((v, n) => (v === null ? 'no data' : n === 0 ? exact(v) : exact(v))), count(i.step.meters)]) },
    };
  }

  private whyCard(): TemplateResult {
    return card({
      title: this.why().data && Number(this.why().data?.total.meters) > 0 ? `Why ${exact(this.why().data?.total.total ?? ('0' as Dec))} kWh?` : 'Why?', cls: 'c5',
      meta: this.why().data?.total.knownAt ? `known since ${brief(instant(this.why().data?.total.knownAt ?? ''), this.zone(), this.now())}` : nothing,
      body: shown(this.why(), 300, (d) => {
        const q = d.total.quality;
        return html`<table class="ex"><thead><tr><th scope="col">${count(q.expected)} intervals expected</th><th scope="col" class="r">Intervals</th><th scope="col" class="r">kWh</th></tr></thead><tbody>
          ${d.qualities.map((x) => html`<tr><th scope="row"><i class="sw ${QUALITY[x.quality][0]}"></i>${QUALITY[x.quality][1]}</th><td class="r">${count(x.intervals)}</td><td class="r">${x.energy === null ? html`<span class="meta">${x.quality === 'MISSING' ? 'not known' : 'not counted'}</span>` : exact(x.energy)}</td></tr>`)}
          <tr class="sum"><th scope="row">Total</th><td></td><td class="r">${Number(d.total.meters) > 0 ? exact(d.total.total) : 'not known'}</td></tr></tbody></table>
          ${d.deliveries.length > 0 ? html`<h3>From ${d.deliveryCount === '1' ? 'one file' : `${count(d.deliveryCount)} files`}</h3>
          <table class="ex"><thead class="vh"><tr><th scope="col">File</th><th scope="col">Meters</th><th scope="col">kWh</th></tr></thead><tbody>${d.deliveries.slice(0, 5).map((x) => html`<tr><th scope="row"><a href=${href('files', { file: x.delivery })}>${x.file}</a></th><td class="r">${count(x.blocks)}</td><td class="r">${exact(x.energy)}</td></tr>`)}</tbody></table>` : nothing}
          ${this.slider(d.history.map((h) => ({ at: h.knownAt, total: h.total, meters: h.meters })))}`;
      }, this.zone(), 'the reasons', this.now()),
    });
  }

  /** As known at: one stop for each instant at which the total changed. */
  private slider(known: Known[]): Part {
    if (known.length === 0) {
      return nothing;
    }
    const zone = this.zone();
    const asOf = this.asOf();
    const place = asOf ? Math.max(0, known.findLastIndex((k) => instant(k.at) <= instant(asOf))) : known.length - 1;
    const at = known[place];
    const inWords = (k: Known | undefined): string => (k ? `${exact(k.total)} kWh${k.meters ? ` of ${count(k.meters)} meters` : ''}, known ${brief(instant(k.at), zone, this.now())}` : '');
    return html`<div class="foot">
      <label class="asof"><span>As known at</span>
        <input type="range" min="0" max=${known.length - 1} .value=${String(place)} ?disabled=${known.length < 2} aria-valuetext=${inWords(at)}
          @change=${(e: Event) => {
            const n = Number((e.target as HTMLInputElement).value);
            go(withParams({ asOf: n === known.length - 1 ? null : (known[n]?.at ?? null) }), true);
          }}></label>
      ${known.length < 2 ? html`<span>It was never other than this.</span>` : html`<div class="revisions">${known.slice(-6).reverse().map((k, i) => html`<div class="kv ${k === at ? 'now' : ''}"><span>Revision ${known.length - i}, ${brief(instant(k.at), zone, this.now())}</span><b>${exact(k.total)} kWh</b></div>`)}</div>`}
    </div>`;
  }

  // The day of one meter.

  private meterDay(m: string): TemplateResult {
    const date = this.date();
    const zone = this.zone();
    const from = midnight(date, zone);
    const to = midnight(addDays(date, 1), zone);
    return card({
      title: 'The day', sub: 'kWh per interval', cls: 'c7', meta: html`times in ${zoneName(from, zone)} · <button type="button" class="btn quiet inline" @click=${() => void save(address(`series/${inPath(m)}/readings`, { from: date, to: addDays(date, 1), asOf: this.asOf(), format: 'csv' }), `${m.replaceAll('/', '-')}-${date}.csv`)}>CSV</button>`,
      body: shown(this.readings(m), 300, (d) => {
        const items = d.items.map((r) => ({ from: instant(r.start), to: instant(r.end), value: r.quality === 'INVALID' ? null : num(r.value), estimated: r.quality !== 'ACTUAL', reading: r }));
        const chart: TimeChart = {
          from, to, zone, unit: 'kWh', ticks: 4, axis: (v) => rounded(v, Number.isInteger(v) ? 0 : v < 0.1 ? 2 : 1),
          layers: [
            { kind: 'gaps', items: gaps(items.filter((i) => i.reading.value !== null), from, Math.min(to, this.now() + DAY), to) },
            { kind: 'bars', color: 'consumption', items },
            { kind: 'marks', items: items.filter((i) => i.reading.quality === 'INVALID').map((i) => ({ from: i.from, to: i.to, value: Number(i.reading.value), usual: null, high: true, run: false, title: 'Invalid', text: `${exact(i.reading.value as Dec)}, left out` })) },
          ],
          stops: items.map((i) => ({ from: i.from, to: i.to, tip: () => ({ title: span(i.from, i.to, zone), rows: [['Used', i.reading.value === null ? 'no data' : `${exact(i.reading.value)} kWh`], ['Quality', QUALITY[i.reading.quality][1]]] }) })),
          label: `Energy of ${keyOf(m)} on ${longDate(date)}, interval by interval`,
          table: { head: ['Time', 'kWh', 'Quality'], rows: () => items.map((i) => [span(i.from, i.to, zone), i.reading.value === null ? 'no data' : exact(i.reading.value), QUALITY[i.reading.quality][1]]) },
        };
        const stored = this.stored()?.data;
        return html`<tw-chart height="300" .chart=${chart}></tw-chart>${items.length === 0 && stored ? html`<div class="foot"><span>No readings on ${shortDate(date)}. <a href=${withParams({ date: stored.last })}>Go to ${shortDate(stored.last)}</a></span></div>` : nothing}`;
      }, zone, 'readings', this.now()),
    });
  }

  private meterWhy(m: string): TemplateResult {
    return card({
      title: 'Where it comes from', cls: 'c5',
      body: shown(this.explained(m), 300, (d) => {
        if (d.blocks.length === 0) {
          return empty('Nothing is known of this day', 'No delivery gave anything for it.');
        }
        return html`${d.blocks.map((b) => html`<table class="ex"><thead><tr><th scope="col">${count(b.quality.expected)} intervals expected</th><th scope="col" class="r">Intervals</th></tr></thead><tbody>
            ${(['actual', 'estimated', 'substituted', 'invalid', 'missing'] as const).filter((k) => Number(b.quality[k]) > 0).map((k) => html`<tr><th scope="row"><i class="sw ${QUALITY[k.toUpperCase() as Quality][0]}"></i>${QUALITY[k.toUpperCase() as Quality][1]}</th><td class="r">${count(b.quality[k])}</td></tr>`)}
            <tr class="sum"><th scope="row">Total, kWh</th><td class="r">${exact(b.total)}</td></tr></tbody></table>
          <h3>${b.rule}</h3>
          <table class="ex"><thead><tr><th scope="col">File and line</th><th scope="col" class="r">Intervals</th></tr></thead><tbody>${b.sources.map((s) => html`<tr><th scope="row"><a href=${href('files', { file: s.delivery })}>${s.file}</a>, line ${count(s.line)}</th><td class="r">${s.readings === '0' ? html`<span class="meta">superseded</span>` : count(s.readings)}</td></tr>`)}</tbody></table>`)}
          ${this.asOf() ? this.slider(this.revisionsKnown(m)) : this.slider(this.revisions(m, d).data ?? [])}`;
      }, this.zone(), 'the reasons', this.now()),
    });
  }

  private kept: Known[] = [];

  /** While the reader looks at an earlier state, the revisions are those that were found before. */
  private revisionsKnown(m: string): Known[] {
    const now = this.ask('explainedNow', [m, this.date()].join(' '), () => new Query<Explanation>((s) => get(`series/${inPath(m)}/explain/${this.date()}`, {}, s)));
    if (now.data) {
      this.kept = this.revisions(m, now.data).data ?? this.kept;
    }
    return this.kept;
  }
}
