/** What of ECharts is used: the rest is left out of the bundle. */
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([CustomChart, LineChart, GridComponent, CanvasRenderer]);

export { echarts };
