/** Why an answer did not come: what the server said, or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const KEY = 'tallywatt.key';

export function storedKey(): string | null {
  return sessionStorage.getItem(KEY);
}

export function storeKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

export type Params = Record<string, string | number | boolean | null | undefined>;

/** The address of an answer. */
export function address(path: string, params: Params = {}): string {
  const query = Object.entries(params)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
  return `/api/v1/${path}${query ? '?' + query : ''}`;
}

/** The name of a series as a part of an address: its slashes stay. */
export function inPath(series: string): string {
  return series.split('/').map(encodeURIComponent).join('/');
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  const key = storedKey();
  return key ? { ...more, Authorization: `Bearer ${key}` } : more;
}

/** A string, or a number outside of one. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads JSON of which numbers keep the digits with which they came: each is a text. A browser's own way would make doubles of them. */
export function parse(text: string): unknown {
  return JSON.parse(text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string };
    return new ApiError(response.status, problem.detail ?? problem.title ?? response.statusText);
  } catch {
    return new ApiError(response.status, `the server answered ${response.status}`);
  }
}

/** Sends a request; whatever goes wrong is an {@link ApiError}. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: headers(init.headers as Record<string, string>) });
  } catch (e) {
    if (init.signal?.aborted) {
      throw e;
    }
    throw new ApiError(0, 'the server cannot be reached');
  }
  if (!response.ok) {
    throw await failure(response);
  }
  return response;
}

export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path, params), { signal, headers: { Accept: 'application/json' } });
  return parse(await response.text()) as T;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** All pages of a list, up to a limit that no screen would show. */
export async function getAll<T>(path: string, params: Params, signal?: AbortSignal, most = 20_000): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await get<Page<T>>(path, { ...params, limit: 1000, cursor }, signal);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return items;
}

export async function post<T>(path: string, params: Params = {}): Promise<T> {
  const response = await send(address(path, params), { method: 'POST' });
  return parse(await response.text()) as T;
}

/** Saves an answer as a file, under the name that the server gives it. */
export async function save(url: string, name: string): Promise<void> {
  const blob = await (await send(url)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
