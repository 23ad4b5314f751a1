import { ApiError } from './api';

/** Told whenever something on the screen may have changed. */
let redraw: () => void = () => undefined;

export function onChange(f: () => void): void {
  redraw = f;
}

export function changed(): void {
  redraw();
}

const FIRST_RETRY = 5_000;
const LAST_RETRY = 60_000;

/**
 * An answer of the server, kept up to date while a page shows it. What was there last stays when a later try fails: the
 * page says of when it is. Nothing is asked for while the page is hidden.
 */
export class Query<T> {
  data: T | undefined;
  /** When the data came. */
  at = 0;
  error: ApiError | undefined;
  /** When it is tried again after a failure. */
  retryAt = 0;
  loadingSince = 0;

  private timer = 0;
  private failures = 0;
  private running: AbortController | undefined;
  private ended = false;
  private readonly shown = (): void => {
    if (!document.hidden && this.every > 0 && Date.now() - this.at > this.every) {
      this.refresh();
    }
  };

  /** @param every how often it is asked for again, ms; 0 for never */
  constructor(
    private readonly load: (signal: AbortSignal) => Promise<T>,
    private readonly every = 0,
  ) {
    document.addEventListener('visibilitychange', this.shown);
    this.refresh();
  }

  /** Asks now. */
  refresh(): void {
    if (this.ended) {
      return;
    }
    clearTimeout(this.timer);
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.loadingSince = Date.now();
    void this.run(running);
  }

  /** Asks soon: several wishes within a short while are one. */
  soon(): void {
    if (!this.ended && this.loadingSince === 0) {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.refresh(), 300);
    }
  }

  private async run(running: AbortController): Promise<void> {
    try {
      const data = await this.load(running.signal);
      if (this.running !== running) {
        return;
      }
      this.data = data;
      this.at = Date.now();
      this.error = undefined;
      this.failures = 0;
      this.again(this.every);
    } catch (e) {
      if (this.running !== running || running.signal.aborted) {
        return;
      }
      this.error = e instanceof ApiError ? e : new ApiError(0, String(e));
      this.failures++;
      // What was asked wrongly, or does not exist, will not be there a moment later.
      const final = this.error.status >= 400 && this.error.status < 500 && this.error.status !== 429;
      this.again(final ? this.every : Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1)));
      this.retryAt = final ? 0 : Date.now() + Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1));
    }
    this.loadingSince = 0;
    changed();
  }

  private again(ms: number): void {
    if (ms > 0 && !this.ended) {
      this.timer = window.setTimeout(() => (document.hidden && !this.error ? undefined : this.refresh()), ms);
    }
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.running?.abort();
    document.removeEventListener('visibilitychange', this.shown);
  }
}
