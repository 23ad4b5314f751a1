import { headers } from './api';
import { changed } from './query';

export type LiveState = 'connecting' | 'live' | 'polling';

const FIRST_RETRY = 3_000;
const LAST_RETRY = 60_000;
const SILENT = 45_000;

/**
 * Listens to server-sent events, also where a key is needed, which a browser's own EventSource cannot send. Where they do
 * not come, the page goes on by asking again and again, and says so.
 */
export class Live {
  state: LiveState = 'connecting';

  private last: string | null = null;
  private retry = FIRST_RETRY;
  private failures = 0;
  private running: AbortController | undefined;
  private ended = false;
  private watch = 0;

  constructor(
    private readonly path: string,
    private readonly told: (event: string, data: string) => void,
  ) {
    void this.listen();
  }

  private async listen(): Promise<void> {
    while (!this.ended) {
      try {
        await this.once();
        this.failures = 0;
      } catch {
        this.failures++;
      }
      if (this.ended) {
        return;
      }
      this.become(this.failures > 1 ? 'polling' : 'connecting');
      await new Promise((done) => setTimeout(done, Math.min(LAST_RETRY, this.retry * 2 ** Math.max(0, this.failures - 1))));
    }
  }

  private become(state: LiveState): void {
    if (this.state !== state) {
      this.state = state;
      changed();
    }
  }

  private async once(): Promise<void> {
    const running = new AbortController();
    this.running = running;
    const more: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.last) {
      more['Last-Event-ID'] = this.last;
    }
    const response = await fetch(`/api/v1/${this.path}`, { headers: headers(more), signal: running.signal, cache: 'no-store' });
    if (!response.ok || !response.body) {
      throw new Error(String(response.status));
    }
    this.failures = 0;
    this.become('live');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    try {
      for (;;) {
        this.wait(running);
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        text += value;
        let end: number;
        while ((end = text.indexOf('\n\n')) >= 0) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } finally {
      clearTimeout(this.watch);
    }
  }

  /** A connection on which not even a heartbeat comes is dead. */
  private wait(running: AbortController): void {
    clearTimeout(this.watch);
    this.watch = window.setTimeout(() => running.abort(), SILENT);
  }

  private take(block: string): void {
    let event = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') {
        event = value;
      } else if (field === 'data') {
        data.push(value);
      } else if (field === 'id') {
        this.last = value;
      } else if (field === 'retry' && /^\d+$/.test(value)) {
        this.retry = Number(value);
      }
    }
    if (data.length > 0) {
      this.told(event, data.join('\n'));
    }
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.watch);
    this.running?.abort();
  }
}
