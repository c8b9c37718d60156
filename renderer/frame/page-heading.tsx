import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page-heading.module.css';

/** A view's title. It takes the focus when the view opens, so that keyboard and screen reader start there. */
export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={styles.heading}>
      {children}
    </h1>
  );
}
