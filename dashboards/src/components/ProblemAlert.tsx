import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure, Problem } from '../api/types';

/** A refusal with its cause and its remedy. */
export function ProblemAlert({ problem, title, children }: { problem: Problem; title?: string; children?: ReactNode }) {
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      className="problem"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={title ?? problem.title}
    >
      <CauseAndRemedy cause={problem.detail} remedy={problem.remedy} code={problem.code} />
      {children}
    </Alert>
  );
}

export function FailureAlert({ failure, title }: { failure: Failure; title: string }) {
  return (
    <Alert
      color="red"
      variant="outline"
      className="problem"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={title}
    >
      <CauseAndRemedy cause={failure.cause} remedy={failure.remedy} code={failure.code} />
    </Alert>
  );
}

function CauseAndRemedy({ cause, remedy, code }: { cause: string; remedy: string; code: string }) {
  return (
    <>
      <Text size="sm">{cause}</Text>
      {remedy !== '' && (
        <Text size="sm" mt={4}>
          <strong>What to do:</strong> {remedy}
        </Text>
      )}
      <Text size="xs" c="var(--ink-soft)" mt={4}>
        Code {code}
      </Text>
    </>
  );
}
