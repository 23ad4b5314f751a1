// The chart of one page. Numbers are drawn as they are, and told in the words that the server wrote.
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const box = document.getElementById("chart");
  const said = document.getElementById("said");
  const COUNTS = new Set(["ACTUAL", "ESTIMATED", "SUBSTITUTED"]);
  const HOUR = 3600;
  const DAY = 86400;
  box.textContent = "";

  function formatter(options) {
    try {
      return new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, hourCycle: "h23", ...options });
    } catch (e) {
      return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hourCycle: "h23", ...options });
    }
  }
  const asTime = formatter({ hour: "2-digit", minute: "2-digit" });
  const asDay = formatter({ day: "numeric", month: "short" });
  const asMonth = formatter({ month: "short", year: "numeric" });

  function clock(second) {
    const [hour, minute] = asTime.format(second * 1000).split(":").map(Number);
    return hour * HOUR + minute * 60;
  }

  // Local midnights come from the server, which knows the days of the zone.
  function ticks(from, to, room) {
    const most = Math.max(2, Math.floor(room / 90));
    const span = to - from;
    const step = [300, 900, 1800, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR].find(s => span / s <= most);
    if (step) {
      const all = [];
      for (let t = Math.ceil(from / 300) * 300; t <= to; t += 300) {
        if (clock(t) % step === 0) all.push(t);
      }
      return all;
    }
    const days = data.midnights.filter(t => t >= from && t <= to);
    const every = [1, 2, 7, 14].find(n => days.length / n <= most);
    if (every) return days.filter((_, i) => i % every === 0);
    const months = days.filter(t => asDay.format(t * 1000).startsWith("1 "));
    const nth = Math.ceil(months.length / most);
    return months.filter((_, i) => i % nth === 0);
  }

  function label(second, span) {
    const midnight = clock(second) === 0;
    if (span > 200 * DAY) return asMonth.format(second * 1000);
    return midnight ? asDay.format(second * 1000) : asTime.format(second * 1000);
  }

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function hatch(colour, ground) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 8;
    const pen = canvas.getContext("2d");
    if (ground) { pen.globalAlpha = 0.25; pen.fillStyle = ground; pen.fillRect(0, 0, 8, 8); pen.globalAlpha = 1; }
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    for (const x of [-8, 0, 8]) { pen.beginPath(); pen.moveTo(x, 8); pen.lineTo(x + 8, 0); pen.stroke(); }
    return { image: canvas, repeat: "repeat" };
  }

  // What is known of a part of its time only is paler: the whole may be more.
  const opacity = i => data.points[i][4] ? 0.55 : 1;
  const points = data.points.map((p, i) => [p[0], p[1], p[2] === "" ? NaN : Number(p[2]), p[3], i]);
  const known = points.map(p => COUNTS.has(p[3]) && !Number.isNaN(p[2]));
  const lacks = [];
  let at = data.from;
  points.forEach((p, i) => {
    if (!known[i]) return;
    if (p[0] > at) lacks.push([at, p[0]]);
    at = Math.max(at, p[1]);
  });
  if (at < data.to) lacks.push([at, data.to]);

  const chart = echarts.init(box, null, { renderer: "canvas" });
  let window_ = [data.from, data.to];

  function words(i) {
    const p = data.points[i];
    return [data.cells[i].start + " to " + data.cells[i].end, p[2] === "" ? "no data" : p[2] + " " + data.unit,
      p[3].toLowerCase() + (data.cells[i].more ? ", " + data.cells[i].more : "")];
  }

  function tip(i) {
    const node = document.createElement("div");
    const [time, value, rest] = words(i);
    for (const [text, weight] of [[time, 400], [value, 600], [rest, 400]]) {
      const line = document.createElement("div");
      line.textContent = text;
      line.style.fontWeight = weight;
      node.append(line);
    }
    return node;
  }

  function draw() {
    const colour = above => token(above ? data.above : data.below);
    const missing = hatch(token("hatch"));
    const estimated = { true: hatch(colour(true), colour(true)), false: hatch(colour(false), colour(false)) };
    const span = window_[1] - window_[0];
    const custom = ticks(window_[0], window_[1], box.clientWidth - 70);
    const bars = (params, api) => {
      const i = params.dataIndex;
      if (!known[i]) return null;
      const value = api.value(2);
      const [x1, y1] = api.coord([api.value(0), value]);
      const [x2, y0] = api.coord([api.value(1), 0]);
      const plain = points[i][3] === "ACTUAL";
      const up = value >= 0;
      const gap = x2 - x1 > 4 ? 1 : 0;
      return {
        type: "rect",
        shape: echarts.graphic.clipRectByRect(
          { x: x1, y: Math.min(y0, y1), width: Math.max(x2 - x1 - gap, 0.5), height: Math.max(Math.abs(y1 - y0), value === 0 ? 1 : 0.5) },
          { x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height }),
        style: plain ? { fill: colour(up), opacity: opacity(i) }
          : { fill: estimated[up], stroke: colour(up), lineWidth: x2 - x1 > 4 ? 1 : 0, opacity: opacity(i) },
      };
    };
    const line = (params, api) => {
      const i = params.dataIndex;
      if (!known[i]) return null;
      const [x1, y] = api.coord([api.value(0), api.value(2)]);
      const [x2] = api.coord([api.value(1), api.value(2)]);
      const way = [[x1, y], [x2, y]];
      if (i + 1 < points.length && known[i + 1] && points[i + 1][0] === points[i][1]) {
        way.push([x2, api.coord([api.value(1), points[i + 1][2]])[1]]);
      }
      return { type: "polyline", shape: { points: way },
        style: { stroke: token(data.line), lineWidth: 2, fill: "none", opacity: opacity(i), lineDash: points[i][3] === "ACTUAL" ? null : [3, 3] } };
    };
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: "system-ui, sans-serif", color: token("text-2") },
      grid: { left: 8, right: 28, top: 12, bottom: 56, containLabel: true },
      tooltip: { trigger: "item", confine: true, transitionDuration: 0, backgroundColor: token("surface"),
        borderColor: token("line-strong"), textStyle: { color: token("text"), fontSize: 13 },
        formatter: params => params.seriesIndex === 0 ? tip(params.dataIndex) : null },
      xAxis: { type: "value", min: data.from, max: data.to, axisLine: { show: false },
        axisTick: { show: false }, splitLine: { show: false },
        axisLabel: { color: token("text-3"), customValues: custom, hideOverlap: true, formatter: t => label(t, span) } },
      yAxis: { type: "value", scale: data.kind === "line", splitNumber: 4, axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { color: token("text-3") }, splitLine: { lineStyle: { color: token("line") } } },
      dataZoom: [
        // A turn of the wheel or a stroke of the finger scrolls the page, as everywhere else on it.
        { type: "inside", filterMode: "weakFilter", zoomOnMouseWheel: "ctrl", preventDefaultMouseMove: false },
        { type: "slider", filterMode: "weakFilter", height: 22, bottom: 8, showDataShadow: false, brushSelect: false,
          borderColor: token("line-strong"), fillerColor: token("accent") + "22", textStyle: { color: token("text-3") },
          labelFormatter: t => asDay.format(t * 1000) + " " + asTime.format(t * 1000) }],
      series: [{ type: "custom", name: data.unit, clip: true, renderItem: data.kind === "bar" ? bars : line, encode: { x: [0, 1], y: 2 }, data: points,
        markArea: { silent: true, itemStyle: { color: missing, opacity: 0.5 }, data: lacks.map(l => [{ xAxis: l[0] }, { xAxis: l[1] }]) },
        markLine: data.kind === "bar" ? { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: token("line-strong"), type: "solid", width: 1 }, data: [{ yAxis: 0 }] } : undefined }],
    });
  }

  let current = -1;
  function show(i) {
    current = Math.max(0, Math.min(points.length - 1, i));
    chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: current });
    said.textContent = words(current).join(" · ");
  }
  function zoom(factor) {
    const middle = current >= 0 ? points[current][0] : (window_[0] + window_[1]) / 2;
    const half = (window_[1] - window_[0]) * factor / 2;
    chart.dispatchAction({ type: "dataZoom", startValue: Math.max(data.from, middle - half), endValue: Math.min(data.to, middle + half) });
  }
  box.addEventListener("keydown", event => {
    const page = Math.max(1, Math.round(points.length / 20));
    const moves = { ArrowLeft: () => show(current - 1), ArrowRight: () => show(current + 1), Home: () => show(0),
      End: () => show(points.length - 1), PageUp: () => show(current - page), PageDown: () => show(current + page),
      "+": () => zoom(0.5), "-": () => zoom(2), Escape: () => chart.dispatchAction({ type: "hideTip" }) };
    if (points.length > 0 && moves[event.key]) {
      event.preventDefault();
      moves[event.key]();
    }
  });
  chart.on("datazoom", () => {
    const zoomed = chart.getOption().dataZoom[0];
    const next = [zoomed.startValue, zoomed.endValue];
    if (next[0] !== window_[0] || next[1] !== window_[1]) { window_ = next; draw(); }
  });
  draw();
  new ResizeObserver(() => { chart.resize(); draw(); }).observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
