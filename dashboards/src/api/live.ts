import { useEffect, useRef, useState } from 'react';
import { useSession } from '../auth/SessionContext';
import { listen, type LiveState } from './events';
import type { Problem } from './types';

export interface Live<T> {
  value: T;
  state: LiveState;
  problem?: Problem | undefined;
}

/**
 * Follows a live path: every event is folded into the value. Changes are handed to React at most once a frame, so a
 * burst of events costs one rendering.
 *
 * @param path null to follow nothing
 * @param start the value before the first event; also after a reconnection when `restart` is true
 */
export function useLive<T, E>(
  path: string | null,
  eventName: string,
  start: T,
  fold: (value: T, event: E) => T,
  restart = false,
): Live<T> {
  const { api } = useSession();
  const [live, setLive] = useState<Live<T>>({ value: start, state: 'connecting' });
  const folding = useRef({ fold, start });
  folding.current = { fold, start };

  useEffect(() => {
    const controller = new AbortController();
    let current: Live<T> = { value: folding.current.start, state: 'connecting' };
    let fresh = false;
    let frame: number | null = null;
    const show = (): void => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        setLive(current);
      });
    };
    setLive(current);
    if (path !== null) {
      void listen(
        api,
        path,
        {
          opened() {
            fresh = restart;
          },
          event(event) {
            if (event.name === eventName) {
              const before = fresh ? folding.current.start : current.value;
              fresh = false;
              current = { ...current, value: folding.current.fold(before, JSON.parse(event.data) as E) };
              show();
            }
          },
          state(state, problem) {
            current = { ...current, state, problem };
            show();
          },
        },
        controller.signal,
      );
    }
    return () => {
      controller.abort();
      if (frame !== null) {
        cancelAnimationFrame(frame);
      }
    };
  }, [api, path, eventName, restart]);

  return live;
}

/** Follows one document that the server always sends whole. */
export function useLiveDocument<T>(path: string | null, eventName: string): Live<T | null> {
  return useLive<T | null, T>(path, eventName, null, (_, event) => event);
}

/** Follows items with a uuid; the latest change of each wins, the last changed is last. */
export function useLiveItems<T extends { uuid: string }>(path: string, eventName: string): Live<ReadonlyMap<string, T>> {
  return useLive<ReadonlyMap<string, T>, T>(
    path,
    eventName,
    EMPTY as ReadonlyMap<string, T>,
    (items, item) => {
      const next = new Map(items);
      next.delete(item.uuid);
      next.set(item.uuid, item);
      return next;
    },
    true,
  );
}

const EMPTY: ReadonlyMap<string, unknown> = new Map();
