import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isCancelled } from '../engine/ask.ts';
import styles from './load-state.module.css';

/** The part of a query that its four states are told from. */
interface Answer<Value> {
  readonly data: Value | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData?: boolean;
  readonly refetch: () => unknown;
}

interface LoadStateProps<Value> {
  readonly answer: Answer<Value>;
  /** What is drawn while nothing has come yet: the shape of what will come. */
  readonly loading: ReactNode;
  /** Gives the advice for an answer that holds nothing, null where it holds something. */
  readonly empty?: (value: Value) => string | null;
  readonly children: (value: Value) => ReactNode;
}

/** Loading, empty, error or ready: the one place where the four are told apart. Kept data stays in view while newer is on its way. */
export function LoadState<Value>({ answer, loading, empty, children }: LoadStateProps<Value>) {
  const error = answer.error !== null && !isCancelled(answer.error) ? answer.error : null;
  if (answer.data === undefined) {
    if (error !== null) return <Failure message={error.message} retry={() => answer.refetch()} />;
    return (
      <div role="status" aria-busy="true" aria-label="Loading">
        {loading}
      </div>
    );
  }
  const advice = empty?.(answer.data) ?? null;
  return (
    <>
      {error === null ? null : <Failure message={error.message} retry={() => answer.refetch()} />}
      {advice === null ? (
        <div className={styles.ready} data-refreshing={answer.isPlaceholderData === true}>
          {children(answer.data)}
        </div>
      ) : (
        <Empty advice={advice} />
      )}
    </>
  );
}

export function Failure({ message, retry }: { message: string; retry?: () => unknown }) {
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title="This could not be shown"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{message}</Text>
        {retry === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => retry()}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function Empty({ advice, children }: { advice: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <IconInbox size={28} stroke={1.5} aria-hidden="true" />
      <Text size="sm">{advice}</Text>
      {children}
    </div>
  );
}
