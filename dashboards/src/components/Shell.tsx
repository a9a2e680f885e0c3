import { AppShell, Badge, Burger, Button, Group, NavLink, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBox,
  IconCalendarTime,
  IconChartLine,
  IconLayoutDashboard,
  IconListDetails,
  IconLogout,
  IconPlus,
  IconShieldLock,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { mayAdminister, mayRequest, useSession } from '../auth/SessionContext';

const PAGES = [
  { path: '/', label: 'Dashboard', icon: IconLayoutDashboard },
  { path: '/requests/new', label: 'New Request', icon: IconPlus, shownTo: mayRequest },
  { path: '/requests', label: 'Test Requests', icon: IconListDetails },
  { path: '/trends', label: 'Trends', icon: IconChartLine },
  { path: '/plan', label: 'Bench plan', icon: IconCalendarTime },
  { path: '/models', label: 'Models', icon: IconBox },
  { path: '/access', label: 'Access', icon: IconShieldLock, shownTo: mayAdminister },
];

const ROLE_NAMES: Record<string, string> = {
  'lab-admin': 'Lab administrator',
  'test-engineer': 'Test engineer',
  'model-author': 'Model author',
  viewer: 'Viewer',
  device: 'Device',
  service: 'Service',
};

function isCurrent(page: string, path: string): boolean {
  return page === path || (page === '/requests' && path.startsWith('/tests/'));
}

export function Shell() {
  const { me, identity } = useSession();
  const [open, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // After a change of page the reader is at its beginning, not in the menu of the page before.
  useEffect(() => {
    if (first.current) {
      first.current = false;
    } else {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    close();
  }, [pathname, close]);

  return (
    <AppShell
      layout="alt"
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="lg"
    >
      <a className="skip" href="#main">
        Skip to content
      </a>
      <AppShell.Header>
        <Group h="100%" px="lg" justify="space-between" wrap="nowrap">
          <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          <Text size="sm" c="var(--ink-soft)" visibleFrom="sm">
            Battery test laboratory
          </Text>
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" fw={550} data-testid="signed-in-as">
              {identity.fullName === '' ? me.name : identity.fullName}
            </Text>
            {me.roles
              .filter((role) => role in ROLE_NAMES)
              .map((role) => (
                <Badge key={role} variant="outline" color="harbour" tt="none" fw={550}>
                  {ROLE_NAMES[role]}
                </Badge>
              ))}
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconLogout size={16} aria-hidden />}
              onClick={() => void identity.signOut()}
            >
              Sign out
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="side">
        <Group className="brand" gap="sm">
          <img src="/favicon.svg" width={30} height={30} alt="" />
          <Text fw={700} size="lg" c="white">
            Voltwin
          </Text>
        </Group>
        <Stack component="nav" aria-label="Pages" gap={4} p="sm">
          {PAGES.filter((page) => page.shownTo === undefined || page.shownTo(me.roles)).map((page) => (
            <NavLink
              key={page.path}
              component={Link}
              to={page.path}
              label={page.label}
              leftSection={<page.icon size={19} stroke={1.7} aria-hidden />}
              active={isCurrent(page.path, pathname)}
              aria-current={isCurrent(page.path, pathname) ? 'page' : undefined}
              className="side-link"
            />
          ))}
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className="main">
        <div className="page">
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
