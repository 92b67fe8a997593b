// @ts-check
// The chart of a card: drawn in place by Plotly, its marks reached by click, tap and keyboard.

/** @typedef {{mark: string, x: number, y: number, width: number, height: number}} Mark */

const RING_SIZE = 22; // pixels, around a mark that is not a cell

/** @type {Promise<any> | undefined} */
let loading;

/**
 * Return Plotly, loaded once. The first HTML of the page names its address.
 * @returns {Promise<any>}
 */
export function plotly() {
  const address = /** @type {HTMLMetaElement | null} */ (
    document.querySelector('meta[name="threat-themes-plotly"]')
  )?.content;
  loading ??= new Promise((resolve, reject) => {
    const ready = () => resolve(/** @type {any} */ (window).Plotly);
    if (/** @type {any} */ (window).Plotly) return ready();
    const present = document.querySelector("script[data-plotly]");
    const script = /** @type {HTMLScriptElement} */ (present ?? document.createElement("script"));
    script.addEventListener("load", ready);
    script.addEventListener("error", () => {
      loading = undefined;
      reject(new Error("Plotly"));
    });
    if (!present) {
      script.src = address ?? "";
      document.head.append(script);
    }
  });
  return loading;
}

/**
 * Draw a figure in its place; a later one changes it there.
 * @param {any} place
 * @param {{data: object[], layout: object}} figure
 */
export async function drawChart(place, figure) {
  const library = await plotly();
  const config = { displayModeBar: false, responsive: false };
  await library.react(place, figure.data, figure.layout, config);
}

/**
 * Save the chart as an image that the browser draws.
 * @param {any} place
 * @param {"png" | "svg"} format
 * @param {string} name
 */
export async function saveImage(place, format, name) {
  const library = await plotly();
  await library.downloadImage(place, { format, filename: name, scale: 2 });
}

/**
 * Fit the chart to its place when that changes its width.
 * @param {any} place
 */
export function followWidth(place) {
  let width = place.clientWidth;
  const observer = new ResizeObserver(async () => {
    if (place.clientWidth === width || !place.clientWidth || !place._fullLayout) return;
    width = place.clientWidth;
    (await plotly()).Plots.resize(place);
  });
  observer.observe(place);
  return observer;
}

/** @param {any} place */
export function endHover(place) {
  if (place._fullLayout) /** @type {any} */ (window).Plotly.Fx.unhover(place);
}

/** @param {any} place */
export function forget(place) {
  /** @type {any} */ (window).Plotly?.purge(place);
}

/**
 * Return the marks of the drawn chart with their centres in pixels of the chart.
 * @param {any} place
 * @returns {Mark[]}
 */
export function marksOf(place) {
  /** @type {Mark[]} */
  const marks = [];
  (place._fullData ?? []).forEach((/** @type {any} */ trace, /** @type {number} */ index) => {
    const across = place._fullLayout[(trace.xaxis ?? "x").replace("x", "xaxis")];
    const down = place._fullLayout[(trace.yaxis ?? "y").replace("y", "yaxis")];
    if (trace.visible !== true || !trace.customdata || !across || !down) return;
    const add = (/** @type {any} */ data, /** @type {number} */ x, /** @type {number} */ y, cell = [0, 0]) => {
      if (!data?.[0] || !Number.isFinite(x) || !Number.isFinite(y)) return;
      const [width, height] = [cell[0] || RING_SIZE, cell[1] || RING_SIZE];
      marks.push({ mark: data[0], x: across._offset + x, y: down._offset + y, width, height });
    };
    if (trace.type === "heatmap") {
      const columns = trace.x.length, rows = trace.y.length;
      const cell = [across._length / columns, down._length / rows];
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const value = trace.z[row][column];
          if (value === null || value === undefined) continue;
          add(trace.customdata[row]?.[column], across.d2p(trace.x[column]), down.d2p(trace.y[row]), cell);
        }
      }
      return;
    }
    place.calcdata[index].forEach((/** @type {any} */ point, /** @type {number} */ i) => {
      const number = point.i ?? i;
      if (point.ct) {
        add(trace.customdata[number], point.ct[0], point.ct[1]); // the end of a bar
      } else add(trace.customdata[number], across.d2p(trace.x?.[number]), down.d2p(trace.y?.[number]));
    });
  });
  return marks;
}

/**
 * Return the mark where reading starts.
 * @param {Mark[]} marks
 */
export function topLeft(marks) {
  return marks.reduce((best, one) =>
    one.y < best.y - 1 || (one.y < best.y + 1 && one.x < best.x) ? one : best,
  );
}

/**
 * Return the nearest mark in the direction of an arrow key, or the mark itself at the edge.
 * @param {Mark[]} marks
 * @param {Mark} from
 * @param {string} key
 */
export function neighbour(marks, from, key) {
  const [x, y] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] ?? [0, 0];
  let best = from;
  let least = Infinity;
  for (const mark of marks) {
    const [right, down] = [mark.x - from.x, mark.y - from.y];
    const ahead = right * x + down * y;
    const aside = Math.abs(right * y) + Math.abs(down * x);
    if (ahead > 1 && ahead + 3 * aside < least) [best, least] = [mark, ahead + 3 * aside];
  }
  return best;
}

/**
 * Show what the chart says of a mark, and return it as text.
 * @param {any} place
 * @param {Mark} mark
 */
export function hover(place, mark) {
  const library = /** @type {any} */ (window).Plotly;
  // Else Plotly waits if the last time was within 50 ms, and the text is of the mark before.
  library.Fx.unhover(place);
  const axes = Object.keys(place._fullLayout._plots ?? {});
  for (const subplot of axes) {
    const { xaxis, yaxis } = place._fullLayout._plots[subplot];
    const [x, y] = [mark.x - xaxis._offset, mark.y - yaxis._offset];
    if (x >= 0 && y >= 0 && x <= xaxis._length && y <= yaxis._length) {
      library.Fx.hover(place, { xpx: x, ypx: y }, subplot);
      break;
    }
  }
  const lines = [...place.querySelectorAll(".hoverlayer tspan.line, .hoverlayer text:not(:has(tspan.line))")];
  return lines.map((line) => line.textContent).join(". ");
}
