import type { Problem } from './types';

/** Gives the access token of the signed-in user, or null in the development fake's token-less mode. */
export interface TokenSource {
  token(): Promise<string | null>;
  /** Called after a 401; true when there is a new token and the call is worth repeating. */
  renew(): Promise<boolean>;
}

/** A refusal by the server, or a network that does not answer, always with cause and remedy. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  return {
    type: 'about:blank',
    title: 'No answer',
    status: 0,
    code: 'web.no_answer',
    detail: 'The platform did not answer.',
    remedy: 'Check that it is running (./voltwin status) and try again.',
    retryHelps: true,
  };
}

/** Reads a problem document; answers that are none become one that names the status. */
export async function readProblem(response: Response): Promise<Problem> {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.includes('json')) {
    try {
      const body = (await response.json()) as Partial<Problem>;
      if (typeof body.detail === 'string') {
        return {
          type: body.type ?? 'about:blank',
          title: body.title ?? 'Refused',
          status: body.status ?? response.status,
          code: body.code ?? `http.${response.status}`,
          detail: body.detail,
          remedy: body.remedy ?? '',
          retryHelps: body.retryHelps ?? response.status >= 500,
        };
      }
    } catch {
      // not JSON after all: the status says what is known
    }
  }
  return {
    type: 'about:blank',
    title: response.statusText || 'Refused',
    status: response.status,
    code: `http.status_${response.status}`,
    detail: `The platform answered with status ${response.status}.`,
    remedy: response.status >= 500 ? 'Try again in a moment.' : '',
    retryHelps: response.status >= 500,
  };
}

export class ApiClient {
  constructor(private readonly tokens: TokenSource) {}

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const response = await this.send(path, { headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) });
    return (await response.json()) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return this.write<T>('POST', path, body);
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.write<T>('PUT', path, body);
  }

  private async write<T>(method: string, path: string, body: unknown): Promise<T> {
    const response = await this.send(path, {
      method,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  }

  async delete(path: string): Promise<void> {
    await this.send(path, { method: 'DELETE', headers: { Accept: 'application/json' } });
  }

  /** Sends with the token; a 401 is repeated once with a renewed one. Throws {@link ProblemError} unless 2xx. */
  async send(path: string, init: RequestInit): Promise<Response> {
    let response = await this.once(path, init);
    if (response.status === 401 && (await this.tokens.renew())) {
      response = await this.once(path, init);
    }
    if (!response.ok) {
      throw new ProblemError(await readProblem(response));
    }
    return response;
  }

  private async once(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const token = await this.tokens.token();
    if (token !== null) {
      headers.set('Authorization', `Bearer ${token}`);
    }
    return fetch(path, { ...init, headers });
  }
}

/** Path with its query; empty and undefined values are left out. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
