import { Button, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../api/client';
import { useGet } from '../api/useGet';
import type { Problem } from '../api/types';
import { useSession } from '../auth/SessionContext';
import { ProblemAlert } from '../components/ProblemAlert';
import type { PolicyDetail, PolicyTemplate } from './types';

/** A policy out of a template: for an owner, a battery passport, a hand-over. */
export function NewPolicy({ onCreated }: { onCreated: (id: string) => void }) {
  const [open, { open: show, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={show}>New policy</Button>
      <Modal opened={open} onClose={close} title="New policy" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Form
          onCreated={(id) => {
            close();
            onCreated(id);
          }}
        />
      </Modal>
    </>
  );
}

function Form({ onCreated }: { onCreated: (id: string) => void }) {
  const { api } = useSession();
  const templates = useGet<{ templates: PolicyTemplate[] }>('/api/policy-templates');
  const [name, setName] = useState('');
  const [policyId, setPolicyId] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const template = templates.value?.templates.find((one) => one.name === name);

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    try {
      const created = await api.post<PolicyDetail>('/api/policies', { policyId, template: name, parameters: values });
      onCreated(created.policyId);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  return (
    <form onSubmit={(event) => void create(event)}>
      <Stack gap="md">
        {templates.problem !== null && <ProblemAlert problem={templates.problem} title="The templates did not come" />}
        <NativeSelect
          label="Template"
          required
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setValues({});
          }}
        >
          <option value="">Choose…</option>
          {templates.value?.templates.map((one) => (
            <option key={one.name} value={one.name}>
              {one.title}
            </option>
          ))}
        </NativeSelect>
        {template !== undefined && <Text size="sm">{template.description}</Text>}
        <TextInput
          label="Policy id"
          placeholder="org.voltwin:owner-acme"
          required
          value={policyId}
          onChange={(event) => setPolicyId(event.currentTarget.value.trim())}
        />
        {Object.entries(template?.parameters ?? {}).map(([blank, parameter]) => (
          <TextInput
            key={blank}
            label={parameter.title}
            placeholder={parameter.example}
            required
            value={values[blank] ?? ''}
            onChange={(event) => {
              const value = event.currentTarget.value.trim();
              setValues((before) => ({ ...before, [blank]: value }));
            }}
          />
        ))}
        {problem !== null && <ProblemAlert problem={problem} title="The policy was not created" />}
        <Button type="submit" disabled={template === undefined}>
          Create
        </Button>
      </Stack>
    </form>
  );
}
