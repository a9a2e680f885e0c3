import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useLive } from '../api/live';
import { useGet } from '../api/useGet';
import { mayAuthor, useSession } from '../auth/SessionContext';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { ExchangeLog } from './ExchangeLog';
import { ModelTable } from './ModelTable';
import { RefusedUploads } from './RefusedUploads';
import { SftpKeys } from './SftpKeys';
import type { Listing, LogEntry } from './types';
import { UploadForm } from './UploadForm';
import { address, concerns, crumbs } from './words';

interface News {
  round: number;
  last: LogEntry | null;
}

/** The models exchange: folders and files, who did what, what was refused; changes by itself when a model arrives. */
export function ModelsPage() {
  const { me } = useSession();
  const author = mayAuthor(me.roles);
  const [search] = useSearchParams();
  const path = search.get('path') ?? '';
  const listing = useGet<Listing>(path === '' ? '/api/models' : address(path));
  const log = useGet<{ entries: LogEntry[] }>('/api/models/log?limit=50');
  const news = useLive<News, LogEntry>('/api/models', 'model', { round: 0, last: null }, (before, entry) => ({
    round: before.round + 1,
    last: entry,
  }));

  const { reload } = listing;
  const reloadLog = log.reload;
  const { last, round } = news.value;
  useEffect(() => {
    if (round > 0) {
      reloadLog();
      if (last !== null && concerns(path, last.path)) {
        reload();
      }
    }
  }, [round, last, path, reload, reloadLog]);
  // What happened while the connection was away is not told again.
  useEffect(() => {
    if (news.state === 'live') {
      reload();
      reloadLog();
    }
  }, [news.state, reload, reloadLog]);

  return (
    <>
      <PageHead title="Models" hint="The models exchange: FMUs by area, level, generation and kind, with their versions">
        <LiveMark state={news.state} />
      </PageHead>
      <div className="stack">
        <section className="card" aria-labelledby="listing-title">
          <h2 id="listing-title" className="card-title">
            Folders and files
          </h2>
          <nav aria-label="Folder" className="crumbs">
            <Link className="link" to="/models">
              Exchange
            </Link>
            {crumbs(path).map((crumb) => (
              <span key={crumb.path}>
                {' / '}
                <Link className="link" to={`/models?path=${encodeURIComponent(crumb.path)}`}>
                  {crumb.name}
                </Link>
              </span>
            ))}
          </nav>
          {listing.problem !== null && <ProblemAlert problem={listing.problem} title="The folder did not come" />}
          {listing.value !== null && <ModelTable items={listing.value.items} author={author} />}
          {listing.value?.items.length === 0 && <p>This folder is empty.</p>}
        </section>
        {author && <UploadForm folder={path} />}
        <RefusedUploads round={round} author={author} />
        <ExchangeLog entries={log.value?.entries ?? []} problem={log.problem} />
        <SftpKeys />
      </div>
    </>
  );
}
