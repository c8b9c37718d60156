import type { EChartsOption } from 'echarts';
import { Loaded, laterCode } from '../frame/loaded.tsx';

interface ChartProps {
  readonly option: EChartsOption;
  readonly height: number;
  /** What the chart shows, in words. */
  readonly label: string;
  /** Called with the index of the category whose column was clicked. */
  readonly onPick?: (index: number) => void;
}

const importDrawing = () => import('./drawing.tsx');

const DRAWING = laterCode(async () => (await importDrawing()).Drawing);

/** Loads what draws charts, the larger half of the window's code, and gives the means to draw one unseen. */
export async function loadDrawing() {
  const [{ drawUnseen }] = await Promise.all([importDrawing(), DRAWING.load()]);
  return drawUnseen;
}

/** A chart in its place: the numbers around it do not wait for the code that draws it. */
export function Chart({ option, height, label, onPick }: ChartProps) {
  return (
    <figure role="img" aria-label={label} style={{ margin: 0, height, cursor: onPick === undefined ? 'default' : 'pointer' }}>
      <Loaded code={DRAWING} props={{ option, height, ...(onPick ? { onPick } : {}) }} meanwhile={<span aria-busy="true" />} />
    </figure>
  );
}
