import type { TemplateResult } from 'lit-html';
import type { Live } from './live';
import type { Query } from './query';
import type { PageName, Route } from './route';
import type { Status } from './types';

/** What every page needs to know. */
export interface Context {
  status: Status;
  /** The server's clock, ms: that of the reader may be wrong. */
  now: () => number;
  route: Route;
}

/** One of the six pages: what it asks for, and how it looks. */
export abstract class Page {
  private readonly queries = new Map<string, { key: string; query: Query<unknown> }>();
  private readonly lives = new Map<string, { path: string; live: Live }>();

  constructor(protected context: Context) {}

  abstract readonly name: PageName;

  /** Of which kinds its data is, for the chip of what is not measured now. */
  abstract readonly kinds: (keyof Status['origins'])[];

  /** The zone of its times. */
  abstract zone(): string;

  abstract render(): TemplateResult;

  /** The address changed, but it is the same page. */
  moved(context: Context): void {
    this.context = context;
  }

  /** Previous and next, for the keys [ and ]. */
  step(_by: -1 | 1): void {
    // Most pages have neither.
  }

  get params(): URLSearchParams {
    return this.context.route.params;
  }

  protected now(): number {
    return this.context.now();
  }

  /**
   * A query that lasts as long as what it asks for stays the same.
   *
   * @param goesOn whether the next question is the same, only later: what was known is shown until the answer is there
   */
  protected ask<T>(name: string, key: string, make: () => Query<T>, goesOn = false): Query<T> {
    const known = this.queries.get(name);
    if (known && known.key === key) {
      return known.query as Query<T>;
    }
    known?.query.end();
    const query = make();
    if (goesOn && known) {
      query.data = known.query.data as T | undefined;
      query.at = known.query.at;
    }
    this.queries.set(name, { key, query });
    return query;
  }

  /** Likewise, events. */
  protected listen(name: string, path: string, make: () => Live): Live {
    const known = this.lives.get(name);
    if (known && known.path === path) {
      return known.live;
    }
    known?.live.end();
    const live = make();
    this.lives.set(name, { path, live });
    return live;
  }

  end(): void {
    this.queries.forEach((q) => q.query.end());
    this.lives.forEach((l) => l.live.end());
  }
}
