import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useSession } from '../auth/SessionContext';
import { ProblemAlert } from './ProblemAlert';

/** Cancels a request after asking. */
export function CancelButton({ id, uuid }: { id: string; uuid: string }) {
  const { api } = useSession();
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function cancel(): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      await api.delete(`/api/requests/${encodeURIComponent(uuid)}`);
      setAsking(false);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <Button
        variant="subtle"
        color="brick"
        size="compact-sm"
        aria-label={`Cancel ${id}`}
        onClick={() => setAsking(true)}
      >
        Cancel
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Cancel ${id}?`}
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text size="sm" mb="md">
          The test stops where it is and cannot be continued. What was stored so far stays.
        </Text>
        {problem !== null && <ProblemAlert problem={problem} title="It was not cancelled" />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            Keep the test
          </Button>
          <Button color="brick" loading={sending} onClick={() => void cancel()}>
            Cancel the test
          </Button>
        </Group>
      </Modal>
    </>
  );
}
