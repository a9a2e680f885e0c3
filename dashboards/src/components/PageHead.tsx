import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

/** Heading of a page; also the title of the browser's tab. */
export function PageHead({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Voltwin`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="md">
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        {hint !== undefined && (
          <Text size="sm" c="var(--ink-soft)" mt={2} component="div">
            {hint}
          </Text>
        )}
      </div>
      <Group gap="sm">{children}</Group>
    </Group>
  );
}
