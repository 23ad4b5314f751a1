import { html, nothing, type TemplateResult } from 'lit-html';
import { address, ApiError, get, headers, parse, post, save, type Page as ListPage } from '../api';
import { count, type Dec } from '../numbers';
import { Page } from '../page';
import { changed, Query } from '../query';
import { go, withParams } from '../route';
import { brief, dateOf, instant, midnight, moment } from '../time';
import type { Delivery, Reject } from '../types';
import { ago, card, empty, segments, shown, type Part } from '../view';

type Filter = 'all' | 'rejects' | 'dead';

interface Dealt {
  name: string;
  outcome: 'taken' | 'read again' | 'known' | 'quarantined' | 'refused';
  delivery?: Dec;
  counts?: Delivery['counts'];
  reason: string | null;
}

/** A file on its way. */
interface Sending {
  name: string;
  size: number;
  sent: number;
  state: 'waiting' | 'sending' | 'reading' | 'done' | 'failed';
  dealt: Dealt[];
  trouble: string;
  /** The delivery under which its bytes are kept, where they could not be read. */
  kept: Dec | null;
}

const OFTEN = 5_000;
const SHOWN_REJECTS = 20;
const SHOWN_SENT = 4;

const OUTCOMES: Record<Dealt['outcome'], string> = {
  taken: 'taken', 'read again': 'read again', known: 'the same bytes were here before: nothing changed', quarantined: 'could not be read', refused: 'not taken',
};

/** Did everything come in? */
export class FilesPage extends Page {
  readonly name = 'files' as const;
  readonly kinds = [] as const as never;

  private readonly today_ = new Query<Delivery[]>((s) => this.since(s), OFTEN);
  private readonly dead = new Query<ListPage<Delivery>>((s) => get('files', { state: 'quarantined', limit: 50 }, s), OFTEN);
  private sending: Sending[] = [];
  private over = false;
  private busy = '';
  private trouble = '';
  private asked: Dec | null = null;

  override end(): void {
    super.end();
    this.today_.end();
    this.dead.end();
  }

  zone(): string {
    return this.context.status.zone;
  }

  /** The latest files, back to midnight but no more than a thousand. */
  private async since(signal: AbortSignal): Promise<Delivery[]> {
    const midnight_ = midnight(dateOf(this.now(), this.zone()), this.zone());
    const all: Delivery[] = [];
    let cursor: string | null = null;
    do {
      const page: ListPage<Delivery> = await get('files', { limit: 200, cursor }, signal);
      all.push(...page.items);
      cursor = page.next;
    } while (cursor && all.length < 1000 && instant(all.at(-1)?.knownAt ?? '') > midnight_);
    return all;
  }

  private filter(): Filter {
    const f = this.params.get('state');
    return f === 'rejects' || f === 'dead' ? f : 'all';
  }

  private listed(): Delivery[] {
    const search = (this.params.get('find') ?? '').toLowerCase();
    const f = this.filter();
    const source = f === 'dead' ? (this.dead.data?.items ?? []) : (this.today_.data ?? []);
    return source.filter((d) => (f !== 'rejects' || Number(d.counts.rejected) > 0) && d.name.toLowerCase().includes(search));
  }

  private chosen(): Delivery | undefined {
    const id = this.params.get('file');
    if (id) {
      const known = [...(this.today_.data ?? []), ...(this.dead.data?.items ?? [])].find((d) => d.id === id);
      return known ?? this.ask('file', id, () => new Query<Delivery>((s) => get(`files/${id}`, {}, s))).data;
    }
    return this.today_.data?.find((d) => Number(d.counts.rejected) > 0 && d.state === 'taken');
  }

  render(): TemplateResult {
    return html`<div class="head">
        <h1 class="answer">${this.answer()}</h1>
        <p class="sub dot-sep">${this.sub()}</p>
      </div>
      <div class="grid">
        <div class="c8 left">${this.drop()}${this.ledger()}</div>
        <div class="c4 left">${this.fileCard()}${this.deadCard()}</div>
      </div>`;
  }

  private answer(): Part {
    const all = this.today_.data;
    if (!all) {
      return html`&nbsp;`;
    }
    const begin = midnight(dateOf(this.now(), this.zone()), this.zone());
    const today = all.filter((d) => instant(d.receivedAt) >= begin && d.state === 'taken');
    const rows = today.reduce((sum, d) => sum + Number(d.counts.rows) - Number(d.counts.rejected), 0);
    const rejected = today.reduce((sum, d) => sum + Number(d.counts.rejected), 0);
    const waiting = this.dead.data?.items.length ?? 0;
    const dead = this.dead.data?.next ? `over ${waiting}` : count(waiting);
    if (all.length === 0) {
      return html`Nothing has <b>come in</b> yet`;
    }
    return html`<b>${count(rows)} ${rows === 1 ? 'row' : 'rows'}</b> taken since midnight${rejected > 0 ? html`, <b>${count(rejected)} rejected</b>` : nothing}${waiting > 0 ? html`, <b>${dead} ${waiting === 1 ? 'file' : 'files'}</b> waiting for you` : rejected === 0 ? ', nothing left over' : nothing}`;
  }

  private sub(): Part {
    const last = this.today_.data?.[0];
    return html`<span>${moment(this.now(), this.zone())}</span>${last ? html`<span>last file ${ago(instant(last.receivedAt), this.now(), this.zone())}</span>` : nothing}
      ${this.trouble ? html`<span class="bad" role="alert">${this.trouble}</span>` : nothing}`;
  }

  // Dropping files.

  private drop(): TemplateResult {
    return html`<section class="drop ${this.over ? 'over' : ''}" aria-label="Add files"
        @dragover=${(e: DragEvent) => { e.preventDefault(); this.hover(true); }} @dragleave=${() => this.hover(false)}
        @drop=${(e: DragEvent) => { e.preventDefault(); this.hover(false); this.take([...(e.dataTransfer?.files ?? [])]); }}>
      <div><p class="big">Drop meter files here, or <button type="button" class="btn quiet inline" @click=${() => document.querySelector<HTMLInputElement>('#choose')?.click()}>choose</button></p>
        <input id="choose" type="file" multiple hidden aria-label="Choose files" @change=${(e: Event) => { const input = e.target as HTMLInputElement; this.take([...(input.files ?? [])]); input.value = ''; }}>
        <p class="t">CSV, NEM12, Green Button, JSON, and .gz .zip .zst of them. The same file twice changes nothing.</p></div>
      <div class="up" aria-live="polite">${this.sending.slice(-SHOWN_SENT).map((s) => this.progress(s))}</div>
    </section>`;
  }

  private hover(over: boolean): void {
    if (this.over !== over) {
      this.over = over;
      changed();
    }
  }

  private progress(s: Sending): TemplateResult {
    const share = s.size === 0 ? 100 : Math.floor((s.sent / s.size) * 100);
    const said = s.state === 'waiting' ? 'waits' : s.state === 'sending' ? `${share} % sent` : s.state === 'reading' ? 'being read' : '';
    return html`<div class="sent"><div class="kv"><b class="n" title=${s.name}>${s.name}</b><span class="n">${said}</span></div>
      ${s.state === 'sending' || s.state === 'reading' ? html`<div class="bar" role="progressbar" aria-valuenow=${share} aria-valuemin="0" aria-valuemax="100" aria-label="Sending ${s.name}"><i class=${s.state} style="width:${share}%"></i></div>` : nothing}
      ${s.state === 'failed' ? html`<p class="bad">${s.trouble}${s.kept ? html` <a href=${withParams({ file: s.kept })}>look</a>` : nothing}</p>` : nothing}
      ${s.dealt.slice(0, 3).map((d) => html`<p class="meta">${d.name === s.name ? '' : `${d.name}: `}${OUTCOMES[d.outcome]}${d.counts && d.outcome !== 'known' ? html`, ${count(d.counts.rows)} ${d.counts.rows === '1' ? 'row' : 'rows'}, ${count(d.counts.new)} new, ${count(d.counts.corrected)} corrected${Number(d.counts.rejected) > 0 ? html`, <b class="warn">${count(d.counts.rejected)} rejected</b>` : nothing}` : nothing}${d.reason ? `: ${d.reason}` : ''}${d.delivery ? html` <a href=${withParams({ file: d.delivery })}>look</a>` : nothing}</p>`)}
      ${s.dealt.length > 3 ? html`<p class="meta">and ${s.dealt.length - 3} more</p>` : nothing}</div>`;
  }

  private take(files: File[]): void {
    const waiting = files.map((file) => ({ file, sending: { name: file.name, size: file.size, sent: 0, state: 'waiting', dealt: [], trouble: '', kept: null } as Sending }));
    this.sending.push(...waiting.map((w) => w.sending));
    changed();
    void (async () => {
      // One after the other: the store takes them so, and each shows how far it is.
      for (const w of waiting) {
        await this.sendOne(w.file, w.sending);
        this.today_.refresh();
        this.dead.refresh();
      }
    })();
  }

  /** A request of the old kind: only those tell how much has been sent. */
  private sendOne(file: File, s: Sending): Promise<void> {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('POST', address('files', { name: file.name }));
      for (const [name, value] of Object.entries(headers({ Accept: 'application/json' }))) {
        request.setRequestHeader(name, value);
      }
      request.upload.onprogress = (e) => {
        s.sent = e.loaded;
        s.state = e.loaded < e.total ? 'sending' : 'reading';
        changed();
      };
      request.onloadend = () => {
        s.sent = s.size;
        try {
          const said = parse(request.responseText) as { files?: Dealt[]; detail?: string; delivery?: Dec };
          s.dealt = said.files ?? [];
          s.state = request.status >= 400 && s.dealt.length === 0 ? 'failed' : 'done';
          s.trouble = said.detail ?? '';
          s.kept = said.delivery ?? null;
        } catch {
          s.state = 'failed';
          s.trouble = request.status === 0 ? 'The server cannot be reached; nothing was lost here, try again' : `The server answered ${request.status}`;
        }
        changed();
        done();
      };
      s.state = 'sending';
      request.send(file);
    });
  }

  // The ledger.

  private ledger(): TemplateResult {
    return html`<section class="card"><header class="center"><h2>Ledger <span class="q">what came in</span></h2><div class="tools">
        <input class="field" data-search type="search" placeholder="Find a file" aria-label="Find a file" .value=${this.params.get('find') ?? ''} @input=${(e: Event) => go(withParams({ find: (e.target as HTMLInputElement).value || null }), true)}>
        ${segments('State', [['all', 'All'], ['rejects', 'With rejects'], ['dead', 'Dead letters']] as const, this.filter(), (f) => go(withParams({ state: f === 'all' ? null : f })))}</div></header>
      ${shown(this.today_, 300, () => {
        const listed = this.listed();
        if (listed.length === 0) {
          return this.today_.data?.length === 0 ? empty('Nothing yet', 'Every file, upload and push is listed here, with what became of it.') : empty('None', 'No file is like that.');
        }
        const chosen = this.chosen();
        return html`<table class="led"><thead><tr><th scope="col">File</th><th scope="col" class="wide">Format</th><th scope="col" class="wide">Received</th><th scope="col" class="r">Taken</th><th scope="col" class="r">Rejected</th><th scope="col">State</th></tr></thead>
          <tbody>${listed.slice(0, 100).map((d) => html`<tr aria-current=${d.id === chosen?.id ? 'true' : nothing}><th scope="row"><a href=${withParams({ file: d.id })}>${d.name}</a><span class="narrow meta block">${brief(instant(d.receivedAt), this.zone(), this.now())}</span></th>
            <td class="wide">${d.format || 'unknown'}</td><td class="wide nowrap">${brief(instant(d.receivedAt), this.zone(), this.now())}</td>
            <td class="r">${d.state === 'quarantined' ? '0' : count(Number(d.counts.rows) - Number(d.counts.rejected))}</td><td class="r">${Number(d.counts.rejected) > 0 ? html`<b class="warn">${count(d.counts.rejected)}</b>` : d.state === 'quarantined' ? '' : '0'}</td>
            <td><span class="st">${this.state(d)}</span></td></tr>`)}</tbody></table>
          ${listed.length > 100 ? html`<p class="meta">The latest 100 of ${count(listed.length)}.</p>` : nothing}`;
      }, this.zone(), 'files', this.now())}</section>`;
  }

  private state(d: Delivery): Part {
    if (d.state === 'quarantined') {
      return html`<i class="dot down"></i>dead letter`;
    }
    if (d.state === 'withdrawn') {
      return html`<i class="dot idle"></i>withdrawn`;
    }
    if (Number(d.counts.rejected) > 0) {
      return html`<i class="dot late"></i>taken in part`;
    }
    return Number(d.counts.corrected) > 0 ? html`<i class="dot"></i>${count(d.counts.corrected)} ${d.counts.corrected === '1' ? 'correction' : 'corrections'}` : html`<i class="dot"></i>taken`;
  }

  // One file.

  private fileCard(): TemplateResult {
    const d = this.chosen();
    if (!d) {
      return card({ title: 'Rejects', body: this.today_.data ? html`<p class="t">No row was rejected. Choose a file of the ledger to see what became of it.</p>` : html`<div style="height:80px"></div>` });
    }
    const n = Number(d.counts.rejected);
    const good = Number(d.counts.rows) - n;
    return card({
      title: n > 0 ? `${count(n)} ${n === 1 ? 'reject' : 'rejects'}` : d.state === 'quarantined' ? 'Dead letter' : 'File', sub: html`<span class="breaks">${d.name}</span>`,
      meta: n > 0 ? html`<button type="button" class="btn quiet inline" @click=${() => void save(address(`files/${d.id}/rejects`, { format: 'csv', limit: 1000 }), `${d.name}-rejects.csv`)}>CSV</button>` : nothing,
      body: html`${n > 0 ? this.rejects(d) : nothing}
        <dl class="about"><div class="kv"><dt>Delivery</dt><dd>${d.id}</dd></div><div class="kv"><dt>Received</dt><dd>${moment(instant(d.receivedAt), this.zone())}</dd></div>
          <div class="kv"><dt>Size, unpacked</dt><dd>${bytes(Number(d.bytes))}</dd></div><div class="kv"><dt>Read in</dt><dd>${d.zone || 'unknown'}</dd></div>
          <div class="kv"><dt>Meter-days</dt><dd>${count(d.counts.new)} new, ${count(d.counts.extended)} extended, ${count(d.counts.corrected)} corrected, ${count(d.counts.unchanged)} unchanged</dd></div></dl>
        ${d.notices.length > 0 ? html`<ul class="notices">${d.notices.slice(0, 6).map((x) => html`<li><b>${count(x.count)}×</b> ${x.message}${Number(x.firstLine) > 0 ? html` <span class="meta">first in line ${count(x.firstLine)}</span>` : nothing}</li>`)}</ul>` : nothing}
        ${d.reason ? html`<div class="note err"><i class="dot down"></i><span>${d.reason}</span></div>` : nothing}
        <div class="foot">${n > 0 ? html`<span>The other ${count(good)} ${good === 1 ? 'row' : 'rows'} of this file count.</span>` : nothing}${d.state === 'taken' ? this.withdrawal(d) : nothing}</div>`,
    });
  }

  private rejects(d: Delivery): Part {
    const query = this.ask('rejects', d.id, () => new Query<ListPage<Reject>>((s) => get(`files/${d.id}/rejects`, { limit: SHOWN_REJECTS }, s)));
    return shown(query, 160, (page) => html`<div class="rej">${page.items.map((r) => html`<div><div class="why"><b>${r.message}</b><span class="meta nowrap">line ${count(r.line)}${r.column ? `, ${r.column}` : ''}</span></div>
      <div class="src code" tabindex="0" role="region" aria-label="Line ${r.line} as it stands in the file"><span class="ln">${r.line}</span>${marked(r)}</div></div>`)}</div>
      ${page.next ? html`<p class="meta">The first ${SHOWN_REJECTS}; all of them as CSV.</p>` : nothing}`, this.zone(), 'rejects', this.now());
  }

  private withdrawal(d: Delivery): TemplateResult {
    if (this.asked !== d.id) {
      return html`<div class="tools"><button type="button" class="btn" @click=${() => { this.asked = d.id; changed(); }}>Withdraw</button></div>`;
    }
    return html`<div class="note" role="alertdialog" aria-label="Withdraw this file"><i class="dot late"></i><span>What this file gave will no longer count; what it covered comes to light again. It can be sent again.
      <span class="tools"><button type="button" class="btn main" ?disabled=${this.busy === d.id} @click=${() => void this.act(d, 'withdraw')}>Withdraw it</button><button type="button" class="btn" @click=${() => { this.asked = null; changed(); }}>Keep it</button></span></span></div>`;
  }

  private async act(d: Delivery, what: 'withdraw' | 'retry'): Promise<void> {
    this.busy = d.id;
    this.trouble = '';
    changed();
    try {
      await post(`files/${d.id}/${what}`);
    } catch (e) {
      // A retry that fails again says why in the list itself.
      if (!(what === 'retry' && e instanceof ApiError && e.status === 422)) {
        this.trouble = e instanceof Error ? e.message : String(e);
      }
    }
    this.busy = '';
    this.asked = null;
    this.today_.refresh();
    this.dead.refresh();
    changed();
  }

  private deadCard(): TemplateResult {
    return card({
      title: 'Dead letters', sub: 'not readable at all',
      body: shown(this.dead, 100, (page) => (page.items.length === 0
        ? html`<p class="t">None: every file could be read.</p>`
        : html`<ul class="dead">${page.items.slice(0, 10).map((d) => html`<li><div class="row"><b class="breaks">${d.name}</b><button type="button" class="btn" ?disabled=${this.busy === d.id} @click=${() => void this.act(d, 'retry')}>${this.busy === d.id ? 'Reading' : 'Retry'}</button></div>
          <p class="meta">${d.reason ?? 'It could not be read.'} ${brief(instant(d.knownAt), this.zone(), this.now())}.</p></li>`)}</ul>${page.items.length > 10 ? html`<p class="meta"><a href=${withParams({ state: 'dead' })}>all of them</a></p>` : nothing}`), this.zone(), 'dead letters', this.now()),
    });
  }
}

/** The line with the cell that was not taken marked, where it can be found in it. */
function marked(r: Reject): Part {
  const text = r.text;
  const number = /^(?:column )?(\d+)\b/.exec(r.column)?.[1];
  if (number) {
    const separator = [',', ';', '\t', '|'].find((s) => text.includes(s)) ?? ',';
    const cells = text.split(separator);
    const at = Number(number) - 1;
    const cell = cells[at];
    if (cell !== undefined && cell !== '') {
      const start = cells.slice(0, at).join(separator).length + (at > 0 ? 1 : 0);
      return html`${text.slice(0, start)}<mark>${cell}</mark>${text.slice(start + cell.length)}`;
    }
  }
  const quoted = /'([^']+)'/.exec(r.message)?.[1];
  const place = quoted ? text.indexOf(quoted) : -1;
  return quoted && place >= 0 ? html`${text.slice(0, place)}<mark>${quoted}</mark>${text.slice(place + quoted.length)}` : text;
}

function bytes(n: number): string {
  return n < 10_000 ? `${count(n)} B` : n < 10_000_000 ? `${count(Math.round(n / 1000))} kB` : `${count(Math.round(n / 1_000_000))} MB`;
}
