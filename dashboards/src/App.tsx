import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { ApiClient, problemOf } from './api/client';
import type { Me, Problem } from './api/types';
import { SessionContext, type Session } from './auth/SessionContext';
import { type Started, startSession } from './auth/session';
import { ProblemAlert } from './components/ProblemAlert';
import { Shell } from './components/Shell';
import { AccessPage } from './access/AccessPage';
import { ModelsPage } from './models/ModelsPage';
import { DashboardPage } from './pages/DashboardPage';
import { NewRequestPage } from './pages/NewRequestPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { PlanPage } from './pages/PlanPage';
import { RequestsPage } from './pages/RequestsPage';
import { TestPage } from './pages/TestPage';

// The plot library is only loaded by those who look at trends.
const TrendsPage = lazy(() => import('./pages/TrendsPage').then((m) => ({ default: m.TrendsPage })));

/** Made only after sign-in: a router takes the address of the moment it is made, which sign-in changes. */
const makeRouter = () => createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { path: '/', element: <DashboardPage /> },
      { path: '/requests', element: <RequestsPage /> },
      { path: '/requests/new', element: <NewRequestPage /> },
      { path: '/tests/:id', element: <TestPage /> },
      {
        path: '/trends',
        element: (
          <Suspense fallback={<Loader aria-label="Loading" />}>
            <TrendsPage />
          </Suspense>
        ),
      },
      { path: '/plan', element: <PlanPage /> },
      { path: '/models', element: <ModelsPage /> },
      { path: '/access', element: <AccessPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);

type Phase =
  | { kind: 'starting' }
  | { kind: 'ready'; session: Session; router: ReturnType<typeof makeRouter> }
  | { kind: 'signed-out'; started: Started & { kind: 'signed-out' } }
  | { kind: 'failed'; problem: Problem };

let starting: Promise<Phase> | null = null;

async function start(): Promise<Phase> {
  try {
    const started = await startSession();
    switch (started.kind) {
      case 'leaving':
        return { kind: 'starting' };
      case 'signed-out':
        return { kind: 'signed-out', started };
      case 'signed-in': {
        const api = new ApiClient(started.identity);
        const me = await api.get<Me>('/api/me');
        return { kind: 'ready', session: { api, identity: started.identity, me }, router: makeRouter() };
      }
    }
  } catch (error) {
    const problem = problemOf(error);
    return {
      kind: 'failed',
      problem:
        problem.status === 0
          ? {
              ...problem,
              title: 'Sign-in did not work',
              detail: error instanceof Error ? error.message : problem.detail,
              remedy: 'Check that the platform and its sign-in service are running (./voltwin status), then try again.',
            }
          : problem,
    };
  }
}

export function App() {
  const [phase, setPhase] = useState<Phase>({ kind: 'starting' });
  useEffect(() => {
    // Once, also when React mounts twice while developing: a sign-in code is valid only once.
    starting ??= start();
    let here = true;
    void starting.then((next) => {
      if (here) {
        setPhase(next);
      }
    });
    return () => {
      here = false;
    };
  }, []);

  switch (phase.kind) {
    case 'starting':
      return (
        <Center mih="100vh" component="main">
          <Stack align="center">
            <Loader aria-hidden />
            <Text role="status">Signing in…</Text>
          </Stack>
        </Center>
      );
    case 'failed':
      return (
        <Center mih="100vh" component="main" p="lg">
          <Stack maw={560}>
            <Title order={1}>Voltwin</Title>
            <ProblemAlert problem={phase.problem} />
            <Button onClick={() => window.location.assign('/')}>Try again</Button>
          </Stack>
        </Center>
      );
    case 'signed-out':
      return (
        <Center mih="100vh" component="main">
          <Stack align="center">
            <Title order={1}>Voltwin</Title>
            <Text>You are signed out.</Text>
            <Button onClick={() => void phase.started.identity.signIn('/')}>Sign in</Button>
          </Stack>
        </Center>
      );
    case 'ready':
      return (
        <SessionContext.Provider value={phase.session}>
          <RouterProvider router={phase.router} />
        </SessionContext.Provider>
      );
  }
}
