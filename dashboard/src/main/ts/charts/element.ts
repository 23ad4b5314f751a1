import { html, nothing, render } from 'lit-html';
import { inks, type Frame } from './draw';
import type { Stop, TimeChart } from './spec';

type Library = typeof import('./library');
type Drawing = ReturnType<Library['begin']>;

let library: Promise<Library> | undefined;

/** Comes once a chart is to be seen: the first view does not wait for it. */
function load(): Promise<Library> {
  library ??= import('./library');
  return library;
}

/** Fetches what draws charts before it is needed. */
export function preload(): void {
  void load();
}

let serial = 0;

/** A chart over time: drawn on a canvas, told in a sentence, walked through by arrow keys, and there as a table. */
export class ChartElement extends HTMLElement {
  private spec: TimeChart | undefined;
  private drawing: Drawing | undefined;
  private frame: Frame | undefined;
  private room = 0;
  private at = -1;
  private tabled = false;
  private drag: number | undefined;
  private readonly id_ = `chart-${++serial}`;
  private readonly size = new ResizeObserver(() => this.resized());
  private readonly theme = (): void => this.redraw();

  set chart(spec: TimeChart) {
    this.spec = spec;
    this.frameUp();
    this.redraw();
  }

  connectedCallback(): void {
    this.size.observe(this);
    document.addEventListener('themechange', this.theme);
    this.frameUp();
    void load().then((l) => {
      const box = this.querySelector<HTMLElement>('.plot');
      if (box && this.isConnected && !this.drawing) {
        this.drawing = l.begin(box);
        this.redraw();
      }
    });
  }

  disconnectedCallback(): void {
    this.size.disconnect();
    document.removeEventListener('themechange', this.theme);
    this.drawing?.end();
    this.drawing = undefined;
  }

  private get high(): number {
    return Number(this.getAttribute('height')) * (this.clientWidth < 520 && this.hasAttribute('taller') ? 1.25 : 1);
  }

  private frameUp(): void {
    const spec = this.spec;
    if (!spec || !this.isConnected) {
      return;
    }
    render(
      html`<div class="plotbox" style="height:${this.high}px">
          <div class="plot" tabindex="0" role="img" aria-label=${spec.label} aria-describedby=${this.id_}
            style="height:${this.high}px" ?hidden=${this.tabled}
            @pointermove=${(e: PointerEvent) => this.pointed(e)} @pointerleave=${() => this.leave()}
            @pointerdown=${(e: PointerEvent) => this.pressed(e)} @pointerup=${(e: PointerEvent) => this.released(e)}
            @keydown=${(e: KeyboardEvent) => this.key(e)} @blur=${() => this.leave()}></div>
          <span class="vh" id=${this.id_}>Arrow keys move through the values, Home and End go to the first and the last.</span>
          <div class="cross" hidden></div><div class="select" hidden></div>
          <div class="tip" hidden></div>
          <span class="vh" aria-live="polite" data-said></span>
          ${this.tabled ? this.table(spec) : nothing}
        </div>
        <button type="button" class="btn quiet totable" aria-pressed=${this.tabled} @click=${() => this.toggle()}>${this.tabled ? 'Chart' : 'Table'}</button>`,
      this,
    );
  }

  private table(spec: TimeChart) {
    return html`<div class="astable" tabindex="0" role="region" aria-label=${spec.label} style="max-height:${this.high}px">
      <table>
        <thead><tr>${spec.table.head.map((h, i) => html`<th scope="col" class=${i ? 'r' : ''}>${h}</th>`)}</tr></thead>
        <tbody>${spec.table.rows().map((r) => html`<tr>${r.map((c, i) => (i ? html`<td class="r">${c}</td>` : html`<th scope="row">${c}</th>`))}</tr>`)}</tbody>
      </table>
    </div>`;
  }

  private toggle(): void {
    this.tabled = !this.tabled;
    this.leave();
    this.frameUp();
    if (!this.tabled) {
      this.redraw();
    }
  }

  private resized(): void {
    if (this.clientWidth !== this.room) {
      this.room = this.clientWidth;
      this.frameUp();
      this.redraw();
    }
  }

  private redraw(): void {
    if (this.spec && this.drawing && this.clientWidth > 0 && !this.tabled) {
      this.frame = this.drawing.show(this.spec, this.clientWidth, this.high, inks());
      if (this.at >= 0) {
        this.say(this.at);
      }
    }
  }

  private x(at: number): number {
    const { spec, frame } = this;
    return spec && frame ? frame.left + ((at - spec.from) / (spec.to - spec.from)) * (this.clientWidth - frame.left - frame.right) : 0;
  }

  private time(e: PointerEvent): number {
    const { spec, frame } = this;
    const box = this.querySelector('.plot')?.getBoundingClientRect();
    if (!spec || !frame || !box) {
      return 0;
    }
    return spec.from + ((e.clientX - box.left - frame.left) / (this.clientWidth - frame.left - frame.right)) * (spec.to - spec.from);
  }

  private pointed(e: PointerEvent): void {
    const spec = this.spec;
    if (!spec || spec.stops.length === 0) {
      return;
    }
    const time = this.time(e);
    if (this.drag !== undefined) {
      this.span(this.drag, time);
    }
    let low = 0;
    let high = spec.stops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((spec.stops[middle]?.from ?? 0) <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    this.say(low, false);
  }

  private span(a: number, b: number): void {
    const box = this.querySelector<HTMLElement>('.select');
    if (box && this.frame) {
      const x1 = Math.max(this.frame.left, Math.min(this.x(a), this.x(b)));
      const x2 = Math.min(this.clientWidth - this.frame.right, Math.max(this.x(a), this.x(b)));
      box.hidden = x2 - x1 < 4;
      box.style.cssText = `left:${x1}px;width:${x2 - x1}px;top:${this.frame.top}px;bottom:${this.frame.bottom}px`;
    }
  }

  private pressed(e: PointerEvent): void {
    if (this.spec?.zoom && e.button === 0 && e.pointerType === 'mouse') {
      this.drag = this.time(e);
    }
  }

  private released(e: PointerEvent): void {
    const from = this.drag;
    this.drag = undefined;
    const box = this.querySelector<HTMLElement>('.select');
    if (box) {
      box.hidden = true;
    }
    if (from !== undefined && this.spec?.zoom) {
      const to = this.time(e);
      if (Math.abs(this.x(to) - this.x(from)) > 8) {
        this.spec.zoom(Math.max(this.spec.from, Math.min(from, to)), Math.min(this.spec.to, Math.max(from, to)));
      }
    }
  }

  private key(e: KeyboardEvent): void {
    const last = (this.spec?.stops.length ?? 0) - 1;
    if (last < 0 || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const next: Record<string, number> = {
      ArrowRight: Math.min(last, this.at + 1), ArrowLeft: this.at < 0 ? last : Math.max(0, this.at - 1), Home: 0, End: last,
    };
    const to = next[e.key];
    if (to !== undefined) {
      this.say(to, true);
      e.preventDefault();
    } else if (e.key === 'Escape') {
      this.leave();
    }
  }

  /** Shows what is known of a stop, under the pointer or for the keys. */
  private say(index: number, aloud = false): void {
    const stop: Stop | undefined = this.spec?.stops[index];
    const tip = this.querySelector<HTMLElement>('.tip');
    const cross = this.querySelector<HTMLElement>('.cross');
    if (!stop || !tip || !cross || !this.frame) {
      return;
    }
    this.at = index;
    const said = stop.tip();
    render(
      html`<b>${said.title}</b>${said.rows.map((r) => (r.length === 1 ? html`<div>${r[0]}</div>` : html`<div class="kv"><span>${r[0]}</span><b>${r[1]}</b></div>`))}
      ${said.sum ? html`<div class="kv sum"><span>${said.sum[0]}</span><b>${said.sum[1]}</b></div>` : nothing}`,
      tip,
    );
    tip.hidden = false;
    cross.hidden = false;
    const x = this.x((stop.from + stop.to) / 2);
    cross.style.cssText = `left:${x}px;top:${this.frame.top}px;bottom:${this.frame.bottom}px`;
    const width = tip.offsetWidth;
    const left = x + 12 + width > this.clientWidth ? x - width - 12 : x + 12;
    tip.style.left = `${Math.max(0, Math.min(left, this.clientWidth - width))}px`;
    tip.style.top = '4px';
    const aloudText = this.querySelector('[data-said]');
    if (aloud && aloudText) {
      aloudText.textContent = `${said.title}: ${[...said.rows, ...(said.sum ? [said.sum] : [])].map((r) => r.join(' ')).join(', ')}`;
    }
  }

  private leave(): void {
    this.at = -1;
    this.drag = undefined;
    for (const part of this.querySelectorAll<HTMLElement>('.tip, .cross, .select')) {
      part.hidden = true;
    }
  }
}

customElements.define('tw-chart', ChartElement);

