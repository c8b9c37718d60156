import { IconActivityHeartbeat } from '@tabler/icons-react';
import styles from './marks.module.css';
import type { SignalStrength } from './signals.ts';

/** Says that the control chart found more than routine variation; stands apart from the rating. */
export function SignalBadge({ strength, label, sentence }: { strength: SignalStrength; label: string; sentence: string }) {
  return (
    <span className={styles.signal} data-strength={strength} title={sentence}>
      <IconActivityHeartbeat size={13} stroke={2} aria-hidden="true" />
      <span>{label}</span>
    </span>
  );
}
