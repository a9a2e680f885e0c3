import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../auth/SessionContext';
import { problemOf } from './client';
import type { Problem } from './types';

export interface Got<T> {
  value: T | null;
  problem: Problem | null;
  loading: boolean;
  reload(): void;
}

/** Gets a document once, and again when the path changes or `reload` is called; null gets nothing. */
export function useGet<T>(path: string | null): Got<T> {
  const { api } = useSession();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ path: string | null; value: T | null; problem: Problem | null }>({
    path: null,
    value: null,
    problem: null,
  });
  useEffect(() => {
    if (path === null) {
      setState({ path: null, value: null, problem: null });
      return;
    }
    const controller = new AbortController();
    api
      .get<T>(path, controller.signal)
      .then((value) => setState({ path, value, problem: null }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) {
          setState({ path, value: null, problem: problemOf(error) });
        }
      });
    return () => controller.abort();
  }, [api, path, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const current = state.path === path;
  return {
    value: current ? state.value : null,
    problem: current ? state.problem : null,
    loading: path !== null && !current,
    reload,
  };
}
