import { Alert, Button, FileInput, Group, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useSession } from '../auth/SessionContext';
import { ProblemAlert } from '../components/ProblemAlert';
import { address } from './words';

/** Uploads into the folder that is shown, or into a model's folder below it; every file is checked before it appears. */
export function UploadForm({ folder }: { folder: string }) {
  const { api } = useSession();
  const [files, setFiles] = useState<File[]>([]);
  const [model, setModel] = useState('');
  const [sending, setSending] = useState(false);
  const [stored, setStored] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function upload(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSending(true);
    setProblem(null);
    const done: string[] = [];
    setStored(done);
    try {
      for (const file of files) {
        const path = [folder, model.trim(), file.name].filter((part) => part !== '').join('/');
        await api.send(address(path), {
          method: 'PUT',
          headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
          body: file,
        });
        done.push(path);
      }
      setFiles([]);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setStored([...done]);
      setSending(false);
    }
  }

  return (
    <section className="card" aria-labelledby="upload-title">
      <h2 id="upload-title" className="card-title">
        Share a model
      </h2>
      <form onSubmit={(event) => void upload(event)}>
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Folder of a coupled model"
            placeholder="MyCell_1.0.0"
            description="Leave empty for a single TestName_version.fmu, or when its folder is open"
            value={model}
            onChange={(event) => setModel(event.currentTarget.value)}
            w={340}
          />
          <FileInput
            label="Files"
            description=".fmu, connections.json, model.json"
            placeholder="Choose files"
            multiple
            value={files}
            onChange={setFiles}
            w={300}
          />
          <Button
            type="submit"
            loading={sending}
            disabled={files.length === 0}
            leftSection={<IconUpload size={16} aria-hidden />}
          >
            Check and share
          </Button>
        </Group>
      </form>
      {stored.length > 0 && (
        <Alert role="status" mt="md" color="green" variant="outline" bg="white" title="Checked and shared">
          {stored.join(', ')}
        </Alert>
      )}
      {problem !== null && <ProblemAlert problem={problem} title="The upload was refused" />}
    </section>
  );
}
