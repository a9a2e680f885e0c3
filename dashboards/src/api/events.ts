import { type ApiClient, ProblemError, problemOf } from './client';
import type { Problem } from './types';

export interface ServerEvent {
  name: string;
  data: string;
}

/** Splits a text/event-stream into events, whatever the boundaries of its chunks (WHATWG HTML, 9.2.6). */
export class EventParser {
  private rest = '';
  private name = '';
  private data: string[] = [];

  push(chunk: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    const text = this.rest + chunk;
    // A lone CR at the end may be half of a CRLF.
    const usable = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, usable).split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + text.slice(usable);
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) {
          events.push({ name: this.name === '' ? 'message' : this.name, data: this.data.join('\n') });
        }
        this.name = '';
        this.data = [];
      } else if (!line.startsWith(':')) {
        this.field(line);
      }
    }
    return events;
  }

  private field(line: string): void {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.name = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
  }
}

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'refused';

export interface LiveHandlers {
  /** A new connection: the server now sends everything again. */
  opened?(): void;
  event(event: ServerEvent): void;
  state(state: LiveState, problem?: Problem): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Answers that no repetition mends. A 404 may: a stream begins only with its first row. */
function isFinal(problem: Problem): boolean {
  return problem.status === 400 || problem.status === 403;
}

/** How long to wait before the n-th attempt (from 1): doubles, with up to a quarter of jitter. */
export function waitMs(attempt: number, random: number): number {
  const base = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(base * (0.75 + random / 4));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/**
 * Listens to server-sent events with the token (EventSource cannot send headers) until the signal aborts; reconnects
 * with growing pauses when the connection ends.
 */
export async function listen(
  api: ApiClient,
  path: string,
  handlers: LiveHandlers,
  signal: AbortSignal,
): Promise<void> {
  let attempt = 0;
  handlers.state('connecting');
  while (!signal.aborted) {
    let problem: Problem | undefined;
    try {
      const response = await api.send(path, { headers: { Accept: 'text/event-stream' }, signal, cache: 'no-store' });
      if (response.body === null) {
        throw new ProblemError(problemOf(undefined));
      }
      handlers.opened?.();
      handlers.state('live');
      const parser = new EventParser();
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        attempt = 0;
        for (const event of parser.push(decoder.decode(value, { stream: true }))) {
          handlers.event(event);
        }
      }
    } catch (error) {
      problem = problemOf(error);
    }
    if (signal.aborted) {
      return;
    }
    if (problem !== undefined && isFinal(problem)) {
      handlers.state('refused', problem);
      return;
    }
    attempt += 1;
    handlers.state('reconnecting', problem);
    await pause(waitMs(attempt, Math.random()), signal);
  }
}
