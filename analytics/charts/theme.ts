import type { Rating } from '../contract/metric-query.ts';

export type Scheme = 'light' | 'dark';

/** The colours of one scheme. Text colours reach 4.5:1 on `surface`; ratings run from blue to red through sand, never green to red. */
export interface ChartTheme {
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly line: string;
  readonly band: string;
  readonly open: string;
  readonly signal: string;
  readonly target: string;
  /** One colour a member, told apart by people with any colour vision; used together with dash and symbol. */
  readonly members: readonly string[];
  readonly ratings: Readonly<Record<Rating, string>>;
  readonly notRated: string;
}

/** The palette that window and review pack share. */
export const CHART_THEMES: Readonly<Record<Scheme, ChartTheme>> = {
  light: {
    surface: '#ffffff',
    text: '#1d2733',
    muted: '#566370',
    grid: '#e3e8ed',
    line: '#0b6770',
    band: 'rgba(11, 103, 112, 0.09)',
    open: 'rgba(86, 99, 112, 0.09)',
    signal: '#8a1f9c',
    target: '#1d2733',
    members: ['#0b6770', '#b04a06', '#5846b5', '#80640a', '#a3195b', '#3d6b1f'],
    ratings: { exceeding: '#08509b', meeting: '#1b6fae', near: '#7a5d00', below: '#ad4a04', farBelow: '#a01528' },
    notRated: '#566370',
  },
  dark: {
    surface: '#1b2129',
    text: '#e6ebf0',
    muted: '#a3b0bd',
    grid: '#313a45',
    line: '#4fc1ca',
    band: 'rgba(79, 193, 202, 0.12)',
    open: 'rgba(163, 176, 189, 0.12)',
    signal: '#e29bf0',
    target: '#e6ebf0',
    members: ['#4fc1ca', '#f2a05e', '#ac9dff', '#dfc25a', '#ff8fbf', '#9ccb78'],
    ratings: { exceeding: '#79b8ff', meeting: '#6cc4f0', near: '#e3c45f', below: '#f5a25c', farBelow: '#ff8d8d' },
    notRated: '#a3b0bd',
  },
};

/** What every chart is drawn with; `chosen` is the period that the reader has picked, `compact` leaves out room for labels. */
export interface ChartOptions {
  readonly theme: ChartTheme;
  readonly currency: string;
  readonly chosen?: string | null;
}

/** Faces of like width on every system; the condensed one is for Linux machines that have no other sans than DejaVu. */
export const CHART_FONT =
  'Inter, "Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans Condensed", sans-serif';
