import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { CHART_FONT, CHART_THEMES, type ChartTheme } from '../../analytics/charts/theme.ts';

const WEIR: MantineColorsTuple = [
  '#e8f4f5',
  '#d2e8ea',
  '#a6d3d7',
  '#78bec4',
  '#4fc1ca',
  '#2c98a1',
  '#17828b',
  '#0d747d',
  '#0b6770',
  '#084f56',
];

const SLATE: MantineColorsTuple = [
  '#e6ebf0',
  '#c9d1d9',
  '#a3b0bd',
  '#8d9aa7',
  '#414c58',
  '#333d48',
  '#232b34',
  '#1b2129',
  '#151a21',
  '#10141a',
];

/** One accent, quiet surfaces, numerals of one width. */
export const mantineTheme = createTheme({
  primaryColor: 'weir',
  primaryShade: { light: 8, dark: 7 },
  colors: { weir: WEIR, dark: SLATE },
  fontFamily: CHART_FONT,
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  focusRing: 'auto',
  respectReducedMotion: true,
});

/** Gives the style sheets the colours that the charts use, and raises the contrast of Mantine's quiet text to 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...schemeVariables(CHART_THEMES.light),
    '--weir-page': '#f4f6f8',
    '--weir-chevron': '#dfeef0',
    '--weir-hatch': '#f4f6f8',
  },
  dark: {
    ...schemeVariables(CHART_THEMES.dark),
    '--weir-page': '#12171d',
    '--weir-chevron': '#1d3539',
    '--weir-hatch': '#232b34',
  },
});

function schemeVariables(theme: ChartTheme): Record<string, string> {
  return {
    '--weir-surface': theme.surface,
    '--weir-line': theme.grid,
    '--weir-text': theme.text,
    '--weir-muted': theme.muted,
    '--weir-accent': theme.line,
    '--weir-band': theme.band,
    '--weir-signal': theme.signal,
    '--weir-target': theme.target,
    '--weir-not-rated': theme.notRated,
    '--weir-rating-exceeding': theme.ratings.exceeding,
    '--weir-rating-meeting': theme.ratings.meeting,
    '--weir-rating-near': theme.ratings.near,
    '--weir-rating-below': theme.ratings.below,
    '--weir-rating-far-below': theme.ratings.farBelow,
    '--mantine-color-dimmed': theme.muted,
    '--mantine-color-placeholder': theme.muted,
    '--mantine-color-text': theme.text,
  };
}
