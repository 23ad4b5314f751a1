import { html, nothing, type TemplateResult } from 'lit-html';
import { get, getAll, inPath, type Page as ListPage } from '../api';
import type { Mark, Stop, TimeChart } from '../charts/spec';
import { Live } from '../live';
import { key as keyOf } from '../names';
import { energyScale, exact, magnitude, minus, num, rounded, scaled, signed, type Dec } from '../numbers';
import { Page } from '../page';
import { Query } from '../query';
import { go, withParams } from '../route';
import { addDays, addMonths, brief, dateOf, firstOfMonth, instant, longDate, midnight, moment, monthName, shortDate, span, weekday, zoneName } from '../time';
import type { Anomaly, Balances, Count, Readings, Site, SiteRecord, Sources } from '../types';
import { card, empty, segments, shown, stepper, triangle, type Part } from '../view';
import { gaps } from './grid';
import { sentence } from './now';

type Span = 'day' | 'week' | 'month';

const RULES = ['NEGATIVE', 'IMPLAUSIBLE', 'SPIKE', 'STUCK', 'GAP', 'LATE', 'OVERDUE', 'REGISTER_RESET', 'CONFLICT'] as const;
const NOW_AND_THEN = 30_000;
const MOST_COLUMNS = 24;
const MOST_FINDINGS = 2_000;

/** What one side was over an interval. */
interface Value {
  from: number;
  to: number;
  generated: Dec | null;
  consumed: Dec | null;
  net: Dec | null;
}

/** Which site is not as it should be? */
export class SitesPage extends Page {
  readonly name = 'sites' as const;
  readonly kinds = ['site'] as const as never;

  private readonly sites = new Query<Site[]>((s) => getAll('sites', {}, s), NOW_AND_THEN);
  private readonly sources = new Query<Sources>((s) => get('sources', {}, s), NOW_AND_THEN);
  private readonly events: Live;

  constructor(context: ConstructorParameters<typeof Page>[0]) {
    super(context);
    this.events = new Live('live?series=site/', () => {
      this.sites.soon();
      this.sums().soon();
      this.counts().soon();
    });
  }

  override end(): void {
    super.end();
    this.sites.end();
    this.sources.end();
    this.events.end();
  }

  zone(): string {
    return this.sites.data?.[0]?.zone ?? this.context.status.zone;
  }

  private today(): string {
    return dateOf(this.now(), this.zone());
  }

  private span_(): Span {
    const wanted = this.params.get('span');
    return wanted === 'week' || wanted === 'month' ? wanted : 'day';
  }

  private date(): string {
    const asked = this.params.get('date');
    if (asked && /^\d{4}-\d\d-\d\d$/.test(asked)) {
      return asked;
    }
    const last = (this.sites.data ?? []).map((s) => s.last).sort().at(-1);
    const today = this.today();
    return last && last < today ? last : today;
  }

  private range(date = this.date()): { from: string; to: string } {
    switch (this.span_()) {
      case 'day':
        return { from: date, to: addDays(date, 1) };
      case 'week': {
        const from = addDays(date, -weekday(date));
        return { from, to: addDays(from, 7) };
      }
      case 'month':
        return { from: firstOfMonth(date), to: addMonths(firstOfMonth(date), 1) };
    }
  }

  private beside(by: number): string {
    const date = this.date();
    return this.span_() === 'day' ? addDays(date, by) : this.span_() === 'week' ? addDays(date, 7 * by) : addMonths(date, by);
  }

  override step(by: -1 | 1): void {
    const to = this.beside(by);
    if (by < 0 || this.range(to).from <= this.today()) {
      go(withParams({ date: to }));
    }
  }

  private running(): boolean {
    return this.range().to > this.today();
  }

  private sums(): Query<Balances> {
    const { from, to } = this.range();
    return this.ask('sums', `${from} ${to}`, () => new Query<Balances>((s) => get('records/sums', { from, to, every: 'P1D' }, s), this.running() ? NOW_AND_THEN : 0));
  }

  private counts(): Query<Count[]> {
    const { from, to } = this.range();
    return this.ask('counts', `${from} ${to}`, () => new Query<Count[]>(async (s) => (await get<ListPage<Count>>('anomalies/counts', { from, to, by: 'thing' }, s)).items.filter((c) => c.thing.startsWith('site/')), NOW_AND_THEN));
  }

  private total(site: string): number {
    return (this.counts().data ?? []).filter((c) => keyOf(c.thing) === site).reduce((sum, c) => sum + Number(c.count), 0);
  }

  /** Those with most findings first, then by name with its numbers as numbers. */
  private ordered(): Site[] {
    return [...(this.sites.data ?? [])].sort((a, b) => this.total(b.site) - this.total(a.site) || a.site.localeCompare(b.site, 'en', { numeric: true }));
  }

  private chosen(): Site | undefined {
    const asked = this.params.get('site');
    return this.sites.data?.find((s) => s.site === asked) ?? this.ordered()[0];
  }

  render(): TemplateResult {
    if (this.sites.data && this.sites.data.length === 0) {
      return html`<div class="head"><h1 class="answer">No <b>site</b> has sent anything yet</h1><p class="sub">${moment(this.now(), this.zone())}</p></div>
        <div class="grid">${card({ title: 'Sites', cls: 'c12', body: empty('Put the files of sites into the inbox', html`JSON with site_id, timestamp, energy_generated_kwh and energy_consumed_kwh; or see it at once with <span class="code">tallywatt simulate --into DIR</span>.`, html`<a class="btn main" href="/files">Add files</a>`) })}</div>`;
    }
    const site = this.chosen();
    const span__ = this.span_();
    const { from, to } = this.range();
    const title = span__ === 'day' ? longDate(from) : span__ === 'week' ? `${shortDate(from).slice(4)} to ${longDate(addDays(to, -1)).slice(4)}` : `${monthName(from)} ${from.slice(0, 4)}`;
    const next = this.range(this.beside(1)).from <= this.today();
    return html`<div class="head">
        <h1 class="answer">${this.answer()}</h1>
        <p class="sub dot-sep">${this.sub()}</p>
        <div class="tools">
          ${stepper(span__, title, () => this.step(-1), next ? () => this.step(1) : null)}
          ${site ? html`<select class="field" aria-label="Site" @change=${(e: Event) => go(withParams({ site: (e.target as HTMLSelectElement).value }))}>
            ${[...(this.sites.data ?? [])].sort((a, b) => a.site.localeCompare(b.site, 'en', { numeric: true })).map((s) => html`<option value=${s.site} ?selected=${s.site === site.site}>${s.site}</option>`)}</select>` : nothing}
          ${segments('Span', [['day', 'Day'], ['week', 'Week'], ['month', 'Month']] as const, span__, (s) => go(withParams({ span: s === 'day' ? null : s })))}
        </div>
      </div>
      <div class="grid">
        <div class="c8 left">
          ${site ? this.siteCard(site) : card({ title: 'Site', body: shown(this.sites, 300, () => nothing, this.zone(), 'sites', this.now()) })}
          ${this.matrixCard()}
        </div>
        ${this.listCard(site)}
      </div>`;
  }

  private answer(): Part {
    const sums = this.sums().data;
    const all = this.sites.data;
    if (!sums || !all) {
      return html`&nbsp;`;
    }
    const { generated, consumed, net } = sums.total;
    const span__ = this.span_();
    const { from } = this.range();
    const when = span__ === 'day' ? (from === this.today() ? 'today' : `on ${shortDate(from)}`) : span__ === 'week' ? 'in this week' : `in ${monthName(from)}`;
    if (generated === null && consumed === null) {
      return html`Nothing is <b>known</b> of ${all.length} ${all.length === 1 ? 'site' : 'sites'} ${when}`;
    }
    const scale = energyScale(Math.max(Number(generated ?? 0), Number(consumed ?? 0)));
    const show = (v: Dec): string => `${rounded(scaled(v, scale), 2)} ${scale.unit}`;
    return html`${sums.sites.length} ${sums.sites.length === 1 ? 'site' : 'sites'} made <b>${generated === null ? 'what is not known' : show(generated)}</b> and used <b>${consumed === null ? 'what is not known' : show(consumed)}</b> ${when}${net === null ? nothing : html`: <b>${show(magnitude(net))}</b> ${net.startsWith('-') ? 'behind' : 'ahead'}`}`;
  }

  private sub(): Part {
    const counts = this.counts().data ?? [];
    const findings = counts.reduce((sum, c) => sum + Number(c.count), 0);
    const on = new Set(counts.filter((c) => Number(c.count) > 0).map((c) => c.thing)).size;
    const source = this.sources.data?.items.find((s) => s.source === 'sites');
    const origin = this.context.status.origins.site;
    const late = source?.lateParts[0];
    return html`<span>${moment(this.now(), this.zone())}</span>
      ${origin ? html`<span>${origin} feed</span>` : nothing}
      ${source ? html`<span>${Number(source.parts) - source.lateParts.length} of ${source.parts} reporting</span>` : nothing}
      ${late ? html`<span class="warn">${late.name}: nothing since ${late.newest ? brief(instant(late.newest), this.zone(), this.now()) : 'ever'}</span>` : nothing}
      ${findings > 0 ? html`<span class="bad">${findings} ${findings === 1 ? 'finding' : 'findings'} on ${on} ${on === 1 ? 'site' : 'sites'}</span>` : this.counts().data ? html`<span>no findings</span>` : nothing}`;
  }

  // One site.

  private values(site: Site): Query<Value[]> {
    const { from, to } = this.range();
    const span__ = this.span_();
    const name = encodeURIComponent(site.site);
    return this.ask('values', `${site.site} ${from} ${to} ${span__}`, () => new Query<Value[]>(async (s) => {
      if (span__ !== 'month') {
        const records = await getAll<SiteRecord>(`sites/${name}/records`, { from, to }, s);
        return records.map((r) => ({ from: instant(r.start), to: instant(r.end), generated: r.generated, consumed: r.consumed, net: r.net }));
      }
      const read = async (quantity: string): Promise<Readings | null> => {
        const series = site.series.find((x) => x.endsWith('/' + quantity));
        return series ? get<Readings>(`series/${inPath(series)}/readings`, { from, to, every: 'PT1H' }, s) : null;
      };
      const [made, used] = await Promise.all([read('generation'), read('consumption')]);
      const all = new Map<number, Value>();
      for (const [got, side] of [[made, 'generated'], [used, 'consumed']] as const) {
        for (const r of got?.items ?? []) {
          const at = instant(r.start);
          const value = all.get(at) ?? { from: at, to: instant(r.end), generated: null, consumed: null, net: null };
          all.set(at, { ...value, [side]: r.value });
        }
      }
      return [...all.values()]
        .map((v) => ({ ...v, net: v.generated === null || v.consumed === null ? null : minus(v.generated, v.consumed) }))
        .sort((a, b) => a.from - b.from);
    }, this.running() ? NOW_AND_THEN : 0));
  }

  private anomalies(site: Site): Query<Anomaly[]> {
    const { from, to } = this.range();
    return this.ask('anomalies', `${site.site} ${from} ${to}`, () => new Query<Anomaly[]>((s) => getAll(`sites/${encodeURIComponent(site.site)}/anomalies`, { from, to }, s, MOST_FINDINGS), NOW_AND_THEN));
  }

  private siteCard(site: Site): TemplateResult {
    const zone = site.zone;
    const { from, to } = this.range();
    const start = midnight(from, zone);
    const end = midnight(to, zone);
    const findings = (this.anomalies(site).data ?? []).filter((f) => !this.params.get('rule') || f.rule === this.params.get('rule'));
    return card({
      title: site.site, sub: `energy per ${this.span_() === 'month' ? 'hour' : 'interval'}, kWh`, meta: html`${this.params.get('rule') ? html`<button type="button" class="btn quiet inline" @click=${() => go(withParams({ rule: null }))}>all rules</button> · ` : nothing}times in ${zoneName(start, zone)}`,
      body: shown(this.values(site), 300, (values) => {
        if (values.length === 0) {
          const near = site.last < from ? site.last : site.first;
          return html`<div class="mid" style="min-height:280px"><p class="big">Nothing is known of ${site.site} in this time</p><div class="tools"><a class="btn" href=${withParams({ date: near })}>Go to ${longDate(near)}</a></div></div>`;
        }
        return html`<tw-chart height="210" taller .chart=${this.curves(site, values, findings, start, end)}></tw-chart>
          <tw-chart height="96" .chart=${this.net(site, values, this.anomalies(site).data ?? [], start, end)}></tw-chart>
          ${this.said(findings, site)}`;
      }, zone, 'records', this.now()),
    });
  }

  /** The findings in words: what the marks of the chart say, for who cannot see them. */
  private said(findings: Anomaly[], site: Site): Part {
    if (findings.length === 0) {
      return nothing;
    }
    const sorted = [...findings].sort((a, b) => instant(b.start) - instant(a.start));
    return html`<details class="findings"><summary>${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in words</summary>
      <ul class="find">${sorted.slice(0, 60).map((f) => html`<li>${triangle(f.severity === 'CRITICAL', f.severity.toLowerCase())}<span><b>${sentence(f.rule)}</b> ${f.series.split('/')[2]}<span class="what">${f.observed}; expected ${f.expected}${f.resolvedAt ? `; resolved ${brief(instant(f.resolvedAt), site.zone, this.now())}` : ''}</span></span>
        <span class="meta">${brief(instant(f.start), site.zone, this.now())}</span></li>`)}</ul></details>`;
  }

  private marked(findings: Anomaly[], quantity: string): Mark[] {
    return findings
      .filter((f) => f.series.split('/')[2] === quantity && f.value !== null && !['GAP', 'LATE', 'OVERDUE', 'CONFLICT'].includes(f.rule))
      .map((f) => {
        const low = num(f.low);
        const high = num(f.high);
        const usual = low !== null && high !== null ? (low + high) / 2 : high ?? low;
        const value = f.value as Dec;
        return {
          from: instant(f.start), to: instant(f.end), value: Number(value), usual: f.rule === 'STUCK' ? null : usual, high: f.severity === 'CRITICAL', run: f.rule === 'STUCK',
          title: sentence(f.rule),
          text: f.rule === 'STUCK' ? exact(value) : f.rule === 'NEGATIVE' ? `${exact(value)}, left out` : f.low !== null && f.high !== null ? `${exact(value)}, usual ${rounded(f.low, 1)} to ${rounded(f.high, 1)}` : exact(value),
        };
      });
  }

  private curves(site: Site, values: Value[], findings: Anomaly[], from: number, to: number): TimeChart {
    const zone = site.zone;
    const marks = [...this.marked(findings, 'generation'), ...this.marked(findings, 'consumption')];
    const line = (pick: (v: Value) => Dec | null, quantity: string): [number, number | null][] => {
      const points: [number, number | null][] = [];
      let before = 0;
      for (const v of values) {
        const value = pick(v);
        // The line skips what is wrong.
        if (value === null || wrong(findings, v, quantity)) {
          continue;
        }
        if (before && v.from - before > 1000) {
          points.push([before, null]);
        }
        points.push([(v.from + v.to) / 2, Number(value)]);
        before = v.to;
      }
      return points;
    };
    const sorted = marks.sort((a, b) => Number(b.high) - Number(a.high));
    const stops: Stop[] = values.map((v) => ({
      from: v.from, to: v.to,
      tip: () => {
        const here = findings.filter((f) => instant(f.start) < v.to && instant(f.end) > v.from);
        return {
          title: span(v.from, v.to, zone),
          rows: [
            ['Generated', v.generated === null ? 'missing' : `${exact(v.generated)} kWh`],
            ['Consumed', v.consumed === null ? 'missing' : `${exact(v.consumed)} kWh`],
            ['Net', v.net === null ? 'not known' : `${signed(v.net, 3)} kWh`],
            ...here.slice(0, 3).map((f) => [`${sentence(f.rule)}: ${f.observed}`] as [string]),
          ],
        };
      },
    }));
    const known = values.filter((v) => v.generated !== null || v.consumed !== null);
    return {
      from, to, zone, unit: '', ticks: 3, left: 44, right: [104, 14], axis: (v) => rounded(v, Number.isInteger(v) ? 0 : 1), bare: true,
      layers: [
        { kind: 'gaps', items: gaps(known, Math.max(from, midnight(site.first, zone)), to, this.now()).map((g) => ({ ...g, text: 'gap' })) },
        { kind: 'line', color: 'generation', ink: 'generation-ink', points: line((v) => v.generated, 'generation'), area: true, name: 'Generated' },
        { kind: 'line', color: 'consumption', points: line((v) => v.consumed, 'consumption'), name: 'Consumed' },
        // Names only where there is room for them.
        { kind: 'marks', items: sorted.map((m, i) => (i < 6 && marks.length <= 24 ? m : { ...m, title: '', text: '' })) },
      ],
      stops,
      label: `Generation and consumption of ${site.site}, ${span(from, to, zone)}, with ${findings.length} findings`,
      table: { head: ['Time', 'Generated, kWh', 'Consumed, kWh', 'Net, kWh'], rows: () => values.map((v) => [span(v.from, v.to, zone), v.generated === null ? 'missing' : exact(v.generated), v.consumed === null ? 'missing' : exact(v.consumed), v.net === null ? 'not known' : signed(v.net, 3)]) },
    };
  }

  private net(site: Site, values: Value[], findings: Anomaly[], from: number, to: number): TimeChart {
    const zone = site.zone;
    // What is wrong of either side says nothing of the net.
    const spans = values.map((v) => ({ from: v.from, to: v.to, value: wrong(findings, v, 'generation') || wrong(findings, v, 'consumption') ? null : num(v.net), exact: v.net }));
    return {
      from, to, zone, unit: '', ticks: 2, left: 44, right: [104, 14], axis: (v) => signed(v, Number.isInteger(v) ? 0 : 1),
      layers: [{ kind: 'net', above: 'export', below: 'import', items: spans, names: ['Surplus', 'From the grid'], inks: ['export-ink', 'import-ink'] }],
      stops: spans.map((s) => ({ from: s.from, to: s.to, tip: () => ({ title: span(s.from, s.to, zone), rows: [['Net', s.exact === null ? 'not known' : `${signed(s.exact, 3)} kWh`], ...(s.exact !== null && s.value === null ? [['A finding says that a side of it is wrong'] as [string]] : [])] }) })),
      label: `Net energy of ${site.site}: surplus above zero, from the grid below; ${spans.filter((x) => x.value !== null).length} of ${spans.length} intervals are shown`,
      table: { head: ['Time', 'Net, kWh'], rows: () => spans.map((s) => [span(s.from, s.to, zone), s.exact === null ? 'not known' : signed(s.exact, 3)]) },
    };
  }

  // All sites.

  private matrixCard(): TemplateResult {
    const span__ = this.span_();
    return card({
      title: 'Findings by rule and site', sub: `${span__ === 'day' && this.date() === this.today() ? 'today' : span__}, count`,
      body: shown(this.counts(), 180, (counts) => {
        const found = counts.filter((c) => Number(c.count) > 0);
        if (found.length === 0) {
          return html`<p class="fact old">none</p>`;
        }
        const all = [...new Set((this.sites.data ?? []).map((s) => s.site))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
        const columns = all.length <= MOST_COLUMNS ? all : this.ordered().map((s) => s.site).slice(0, MOST_COLUMNS);
        const rules = RULES.filter((r) => found.some((c) => c.rule === r));
        const of = (rule: string, site: string): number => found.filter((c) => c.rule === rule && keyOf(c.thing) === site).reduce((sum, c) => sum + Number(c.count), 0);
        const most = Math.max(1, ...rules.flatMap((r) => columns.map((s) => of(r, s))));
        const prefix = common(columns);
        return html`<div class="matrixbox" tabindex="0" role="region" aria-label="Findings by rule and site, scrolls sideways"><table class="matrix">
          <thead><tr><th scope="col"><span class="vh">Rule</span></th>${columns.map((s) => html`<th scope="col" title=${s}>${s.slice(prefix.length) || s}</th>`)}<th scope="col" class="r">All</th></tr></thead>
          <tbody>${rules.map((rule) => html`<tr><th scope="row">${sentence(rule)}</th>${columns.map((s) => {
            const n = of(rule, s);
            const strong = n / most;
            const pressed = this.params.get('rule') === rule && this.chosen()?.site === s;
            return html`<td>${n === 0 ? html`<i aria-hidden="true"></i>` : html`<button type="button" aria-pressed=${pressed} aria-label="${sentence(rule)} at ${s}: ${n}" style="background:color-mix(in srgb, var(--anomaly) ${Math.round(16 + strong * 66)}%, var(--surface));color:var(--${strong > 0.55 ? 'surface' : 'text'})" @click=${() => go(withParams({ site: s, rule: pressed ? null : rule }))}>${n}</button>`}</td>`;
          })}<td class="r n">${columns.reduce((sum, s) => sum + of(rule, s), 0)}</td></tr>`)}</tbody></table></div>
          ${columns.length < all.length ? html`<p class="meta">The ${columns.length} sites with most findings, of ${all.length}.</p>` : nothing}`;
      }, this.zone(), 'findings', this.now()),
    });
  }

  private listCard(chosen: Site | undefined): TemplateResult {
    return card({
      title: 'Sites', sub: 'net, kWh', cls: 'c4', meta: 'sorted by findings',
      body: shown(this.sums(), 500, (sums) => {
        const nets = new Map(sums.sites.map((s) => [s.site, s]));
        const size = Math.max(1, ...sums.sites.map((s) => Math.abs(Number(s.net ?? 0))));
        const least = Math.min(0, ...sums.sites.map((s) => Number(s.net ?? 0)));
        const zero = least < 0 ? Math.min(50, (-least / (size - least)) * 100) : 0;
        return html`<div class="scrolls" tabindex="0" role="region" aria-label="All sites"><table class="sites"><thead><tr><th scope="col">Site</th><th scope="col" style="width:36%"><span class="vh">Net as a bar</span></th><th scope="col" class="r">Net</th><th scope="col" class="r">Findings</th></tr></thead>
          <tbody>${this.ordered().map((s) => {
            const balance = nets.get(s.site);
            const net = balance?.net ?? null;
            const n = this.total(s.site);
            const wide = net === null ? 0 : (Math.abs(Number(net)) / size) * (Number(net) < 0 ? zero : 100 - zero);
            return html`<tr aria-current=${s === chosen ? 'true' : nothing}><th scope="row"><a href=${withParams({ site: s.site, rule: null })}>${s.site}</a></th>
              <td><span class="bar">${net === null ? nothing : html`<i style="left:${Number(net) < 0 ? zero - wide : zero}%;width:${wide}%;background:var(--${Number(net) < 0 ? 'import' : 'export'})"></i>`}<i class="zero" style="left:${zero}%"></i></span></td>
              <td class="r n">${net === null ? html`<span class="meta">not known</span>` : signed(net, 0)}</td>
              <td class="r">${n > 0 ? html`<span class="cnt">${triangle(true)}<b class="n">${n}</b></span>` : html`<span class="meta">none</span>`}</td></tr>`;
          })}</tbody></table></div>`;
      }, this.zone(), 'sites', this.now()),
    });
  }
}

/** Whether a finding says that a value is not right. */
function wrong(findings: Anomaly[], v: Value, quantity: string): boolean {
  return findings.some((f) => f.series.split('/')[2] === quantity && ['SPIKE', 'NEGATIVE', 'IMPLAUSIBLE'].includes(f.rule) && instant(f.start) < v.to && instant(f.end) > v.from);
}

/** What all names begin with, without their numbers. */
function common(names: string[]): string {
  const first = names[0] ?? '';
  let length = first.length;
  for (const name of names) {
    while (length > 0 && !name.startsWith(first.slice(0, length))) {
      length--;
    }
  }
  return names.length > 1 ? first.slice(0, length).replace(/\d+$/, '') : '';
}
