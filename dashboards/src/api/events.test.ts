import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiClient } from './client';
import { EventParser, listen, type LiveState, type ServerEvent, waitMs } from './events';

describe('EventParser', () => {
  // The examples of WHATWG HTML, section 9.2.6.
  it('reads the standard’s examples', () => {
    expect(new EventParser().push('data: YHOO\ndata: +2\ndata: 10\n\n')).toEqual([{ name: 'message', data: 'YHOO\n+2\n10' }]);
    expect(new EventParser().push('event: add\ndata: 73857293\n\n')).toEqual([{ name: 'add', data: '73857293' }]);
    expect(new EventParser().push(': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n').map((e) => e.data)).toEqual([
      'first event',
      'second event',
      ' third event',
    ]);
  });

  it('gives the same events however the text is cut', () => {
    const text = ': beat\r\n\r\nevent: test\r\ndata: {"a":1}\r\n\r\nevent: test\rdata: x\r\r';
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new EventParser();
      const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut)), ...parser.push('\n')];
      expect(events).toEqual([
        { name: 'test', data: '{"a":1}' },
        { name: 'test', data: 'x' },
      ]);
    }
  });
});

describe('waitMs', () => {
  it('doubles up to fifteen seconds', () => {
    expect([1, 2, 3, 20].map((n) => waitMs(n, 1))).toEqual([500, 1000, 2000, 15_000]);
    expect(waitMs(1, 0)).toBe(375);
  });
});

describe('listen', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function stream(text: string): Response {
    return new Response(text, { status: 200, headers: { 'Content-Type': 'text/event-stream' } });
  }

  it('sends the token, renews it once after a 401, and reconnects when the stream ends', async () => {
    vi.useFakeTimers();
    const calls: (string | null)[] = [];
    const answers = [() => new Response(null, { status: 401 }), () => stream('data: 1\n\n'), () => stream('data: 2\n\n')];
    const stop = new AbortController();
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      calls.push(new Headers(init.headers).get('Authorization'));
      return Promise.resolve((answers.shift() ?? (() => stream('')))());
    });
    let token = 'old';
    const api = new ApiClient({
      token: () => Promise.resolve(token),
      renew: () => {
        token = 'new';
        return Promise.resolve(true);
      },
    });
    const events: ServerEvent[] = [];
    const states: LiveState[] = [];
    const done = listen(
      api,
      '/api/tests',
      {
        event: (event) => {
          events.push(event);
          if (events.length === 2) {
            stop.abort();
          }
        },
        state: (state) => states.push(state),
      },
      stop.signal,
    );
    await vi.advanceTimersByTimeAsync(2000);
    await done;
    expect(calls).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
    expect(events.map((event) => event.data)).toEqual(['1', '2']);
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
  });

  it('gives up on a refusal that stays', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ detail: 'No.', remedy: 'Ask.', code: 'access.role', status: 403 }, { status: 403 })),
    );
    const api = new ApiClient({ token: () => Promise.resolve('t'), renew: () => Promise.resolve(false) });
    const states: LiveState[] = [];
    await listen(api, '/api/tests', { event: () => {}, state: (state) => states.push(state) }, new AbortController().signal);
    expect(states).toEqual(['connecting', 'refused']);
  });
});
