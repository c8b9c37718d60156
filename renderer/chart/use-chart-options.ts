import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { CHART_THEMES, type ChartOptions } from '../../analytics/charts/theme.ts';
import { useWorkspace } from '../engine/workspace.tsx';

/** Colours of the scheme in force and the workspace's currency, as every chart takes them. */
export function useChartOptions(): ChartOptions {
  const scheme = useComputedColorScheme('light');
  const { currency } = useWorkspace().settings;
  return useMemo(() => ({ theme: CHART_THEMES[scheme], currency }), [scheme, currency]);
}
