import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { PageHead } from '../components/PageHead';

export function NotFoundPage() {
  return (
    <>
      <PageHead title="No such page" />
      <Text>
        There is nothing at this address.{' '}
        <Link className="link" to="/">
          Go to the dashboard
        </Link>
      </Text>
    </>
  );
}
