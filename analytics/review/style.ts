import { CHART_THEMES } from '../charts/theme.ts';
import { RATINGS } from '../contract/metric-query.ts';

const RATING_COLOURS = RATINGS.map((rating) => `.rating.${rating} { color: ${CHART_THEMES.light.ratings[rating]}; }`).join(' ');

/** The page's style sheet: one column for the screen, whole stages kept together on paper. */
export const STYLE = `
:root { --ink: #1d2733; --quiet: #5b6776; --line: #dbe1e8; --wash: #f4f6f9; --accent: #1f5f8b; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1260px; padding: 40px 32px 64px; color: var(--ink); background: #fff;
  font: 14px/1.5 system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; } h2 { font-size: 20px; margin: 48px 0 4px; } h3 { font-size: 15px; margin: 28px 0 8px; }
h3 .id { color: var(--quiet); font-weight: 400; margin-right: 8px; }
p { margin: 4px 0 12px; max-width: 80ch; } .quiet { color: var(--quiet); } .facts { color: var(--quiet); margin-bottom: 24px; }
.summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 16px 0; padding: 0; list-style: none; }
.summary li { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; } .summary b { display: block; font-size: 22px; }
.signals { margin: 8px 0 0; padding-left: 20px; } .signals li { margin: 4px 0; }
.flow { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 2px; margin: 16px 0 8px; }
.flow div { background: var(--wash); padding: 10px 8px 10px 22px; min-height: 92px; font-size: 12px;
  clip-path: polygon(0 0, calc(100% - 14px) 0, 100% 50%, calc(100% - 14px) 100%, 0 100%, 14px 50%); }
.flow div:first-child { clip-path: polygon(0 0, calc(100% - 14px) 0, 100% 50%, calc(100% - 14px) 100%, 0 100%); padding-left: 12px; }
.flow b { display: block; font-size: 12px; line-height: 1.25; margin-bottom: 4px; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th:nth-child(1) { width: 20%; } th:nth-child(2) { width: 13%; } th:nth-child(3) { width: 8%; } th:nth-child(4) { width: 11%; } th:nth-child(5) { width: 10%; } th:nth-child(6) { width: 5%; } th:nth-child(7) { width: 16%; }
th { text-align: left; } th, td { border-bottom: 1px solid var(--line); padding: 8px 10px 8px 0; vertical-align: top; } td.number, th.number { text-align: right; }
td:nth-child(8), th:nth-child(8) { padding-left: 10px; } td .note, td .interval { display: block; color: var(--quiet); font-size: 12px; max-width: 34ch; } td.number .interval { max-width: none; } td:nth-child(4), th:nth-child(4), td:nth-child(7), th:nth-child(7) { padding-left: 14px; }
.value { font-weight: 650; font-size: 15px; } .rating { white-space: nowrap; font-weight: 600; } .signal { display: inline-block; border: 1px solid currentColor; border-radius: 4px;
  padding: 0 5px; font-size: 12px; color: var(--accent); font-weight: 600; }
${RATING_COLOURS} .rating .shape { display: inline-block; width: 11px; height: 11px; margin-right: 5px; } .rating.none { color: var(--quiet); font-weight: 400; }
svg { display: block; } dt { font-weight: 600; margin-top: 12px; } dd { margin: 0; color: var(--quiet); max-width: 90ch; }
figure { margin: 12px 0 0; } figcaption { font-weight: 600; }
@media print { body { padding: 0; font-size: 11px; } section.stage, figure { break-inside: avoid; } h2 { break-before: page; } }
`;
