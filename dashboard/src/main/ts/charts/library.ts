import { draw, type Frame, type Ink } from './draw';
import { echarts } from './echarts';
import type { TimeChart } from './spec';

/** Draws charts into a box. */
export function begin(box: HTMLElement): { show: (chart: TimeChart, width: number, height: number, ink: Ink) => Frame; end: () => void } {
  const chart = echarts.init(box, undefined, { renderer: 'canvas', width: box.clientWidth || 300, height: box.clientHeight || 100 });
  // The box is one picture: what is inside it is for the eye alone.
  for (const part of box.querySelectorAll('div, canvas')) {
    part.setAttribute('aria-hidden', 'true');
  }
  return {
    show(spec, width, height, ink) {
      chart.resize({ width, height, silent: true });
      const frame = draw(spec, width, height, ink);
      chart.setOption(frame.option, { notMerge: true });
      return frame;
    },
    end() {
      chart.dispose();
    },
  };
}
