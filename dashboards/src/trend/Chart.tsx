import { Button, Group } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { quantity, unitSymbol, variableWords } from '../format';
import { aligned, extent, lines, type Panel, sampled, type TimeAxis } from './series';

export type Range = readonly [number, number];

/** Distinct without red against green (after Okabe and Ito), dark enough on white. */
const COLOURS = ['#0d5a7c', '#c2550a', '#7a3e9d', '#137a57', '#a8326e', '#5b6200', '#3f4a9a', '#8a5300'];
const TABLE_ROWS = 100;

function colourOf(curve: number): string {
  return COLOURS[curve % COLOURS.length] ?? '#0d5a7c';
}

/** Inputs are dashed, outputs solid, so that colour is not the only difference. */
function dashOf(type: string): number[] {
  return type === 'input' ? [7, 4] : [];
}

function timeWords(_: uPlot, splits: number[]): string[] {
  return splits.map((s) => String(Math.round(s * 1000) / 1000));
}

interface Props {
  panel: Panel;
  axis: TimeAxis;
  begins: readonly number[];
  range: Range | null;
  onRange(range: Range): void;
}

/** All curves of one unit over time. */
export function Chart({ panel, axis, begins, range, onRange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ range, onRange });
  latest.current = { range, onRange };
  const [table, setTable] = useState(false);
  const [readout, setReadout] = useState('');
  const tableId = useId();
  const unit = unitSymbol(panel.unit);
  const drawn = useMemo(() => lines(panel, axis, begins), [panel, axis, begins]);
  const data = useMemo(() => aligned(drawn), [drawn]);
  // A new plot is needed only when its lines change, not for every sample.
  const shape = JSON.stringify([axis, unit, drawn.map((l) => [l.curve, panel.series[l.curve]?.name])]);
  const current = useRef({ data, drawn, panel });
  current.current = { data, drawn, panel };

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return;
    }
    const { drawn: now, panel: shown } = current.current;
    const made = new uPlot(
      {
        width: Math.max(200, element.clientWidth),
        height: 210,
        scales: { x: { time: false } },
        legend: { show: false },
        cursor: {
          sync: { key: 'trends', setSeries: false },
          drag: { x: true, y: false, setScale: false },
          points: { size: 6 },
        },
        axes: [
          {
            label: axis === 'elapsed' ? 'Elapsed test time [s]' : 'Test time as recorded [s]',
            labelSize: 20,
            size: 34,
            font: '12px Inter Variable',
            labelFont: '12px Inter Variable',
            stroke: '#51636e',
            grid: { stroke: '#edf1f4' },
            ticks: { stroke: '#cfd9df' },
            values: timeWords,
          },
          {
            label: unit === 'fraction' ? 'fraction (0 to 1)' : `${unit}`,
            labelSize: 20,
            size: 62,
            font: '12px Inter Variable',
            labelFont: '12px Inter Variable',
            stroke: '#51636e',
            grid: { stroke: '#edf1f4' },
            ticks: { stroke: '#cfd9df' },
          },
        ],
        series: [
          {},
          ...now.map((line) => {
            const series = shown.series[line.curve];
            return {
              label: series?.name ?? '',
              stroke: colourOf(line.curve),
              width: 1.6,
              dash: dashOf(series?.type ?? 'output'),
              points: { show: line.points.length < 2 },
            };
          }),
        ],
        hooks: {
          setSelect: [
            (u) => {
              if (u.select.width > 4) {
                latest.current.onRange([u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')]);
                u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              }
            },
          ],
          setCursor: [
            (u) => {
              const index = u.cursor.idx;
              if (index === null || index === undefined) {
                setReadout('');
                return;
              }
              const time = u.data[0][index];
              const values = current.current.drawn.flatMap((line, i) => {
                const value = u.data[i + 1]?.[index];
                const name = current.current.panel.series[line.curve]?.name ?? '';
                return typeof value === 'number' ? [`${variableWords(name)} ${quantity(value)} ${unit}`] : [];
              });
              setReadout(time === undefined ? '' : `${quantity(time)} s: ${values.join(', ')}`);
            },
          ],
        },
      },
      current.current.data as uPlot.AlignedData,
      element,
    );
    plot.current = made;
    if (latest.current.range !== null) {
      made.setScale('x', { min: latest.current.range[0], max: latest.current.range[1] });
    }
    const watcher = new ResizeObserver(() => made.setSize({ width: Math.max(200, element.clientWidth), height: 210 }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, axis, unit]);

  useEffect(() => {
    const made = plot.current;
    if (made === null) {
      return;
    }
    made.setData(data as uPlot.AlignedData, false);
    const first = data[0][0];
    const last = data[0].at(-1);
    if (range !== null) {
      made.setScale('x', { min: range[0], max: range[1] });
    } else if (first !== undefined && last !== undefined) {
      made.setScale('x', { min: first, max: last > first ? last : first + 1 });
    }
  }, [data, range]);

  const points = panel.series.reduce((sum, series) => sum + series.points.length, 0);
  const words = panel.series
    .map((series) => {
      const e = extent(series);
      return e === null
        ? `${variableWords(series.name)}: no values`
        : `${variableWords(series.name)} (${series.type}): from ${quantity(e.least)} to ${quantity(e.most)}, last ${quantity(e.last)} ${unit}`;
    })
    .join('; ');

  return (
    <figure className="chart card" data-unit={panel.unit} data-points={points} aria-label={`Chart in ${unit}`}>
      <figcaption>
        <ul className="legend">
          {panel.series.map((series, curve) => (
            <li key={series.name}>
              <svg width="24" height="8" aria-hidden>
                <line
                  x1="0"
                  x2="24"
                  y1="4"
                  y2="4"
                  stroke={colourOf(curve)}
                  strokeWidth="2.4"
                  strokeDasharray={dashOf(series.type).join(' ')}
                />
              </svg>
              {variableWords(series.name)} [{unit}] <span className="sub">{series.type}</span>
            </li>
          ))}
        </ul>
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={table}
          aria-controls={tableId}
          onClick={() => setTable(!table)}
        >
          {table ? 'Hide table' : 'Show data as table'}
        </Button>
      </figcaption>
      <div ref={host} className="plot" role="img" aria-label={words} />
      <div className="readout" aria-hidden>
        {readout}
      </div>
      <div id={tableId}>{table && <DataTable panel={panel} drawn={data[0]} columns={data.slice(1)} curves={drawn.map((l) => l.curve)} />}</div>
    </figure>
  );
}

function DataTable({
  panel,
  drawn,
  columns,
  curves,
}: {
  panel: Panel;
  drawn: number[];
  columns: readonly (readonly (number | null | undefined)[])[];
  curves: readonly number[];
}) {
  const rows = sampled([...drawn.keys()], TABLE_ROWS);
  const unit = unitSymbol(panel.unit);
  const value = (curve: number, row: number): string => {
    const found = columns.find((column, i) => curves[i] === curve && typeof column[row] === 'number')?.[row];
    return typeof found === 'number' ? quantity(found) : '';
  };
  return (
    <div className="scroll" style={{ maxHeight: 300, overflowY: 'auto' }} tabIndex={0} role="region" aria-label={`Data in ${unit}`}>
      <table className="grid">
        <caption className="sub">
          {rows.length === drawn.length ? `${rows.length} rows` : `${rows.length} of ${drawn.length} rows, spread evenly; Export CSV has all`}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              Time [s]
            </th>
            {panel.series.map((series) => (
              <th key={series.name} scope="col" className="num">
                {variableWords(series.name)} [{unit}]
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" className="num">
                {quantity(drawn[row] ?? Number.NaN)}
              </th>
              {panel.series.map((series, curve) => (
                <td key={series.name} className="num">
                  {value(curve, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Zoom for the keyboard; dragging over a chart does the same. */
export function ZoomButtons({ range, whole, onRange }: { range: Range | null; whole: Range; onRange(range: Range | null): void }) {
  const [from, to] = range ?? whole;
  const width = to - from;
  const zoom = (factor: number): void => {
    const middle = (from + to) / 2;
    const half = (width * factor) / 2;
    onRange([Math.max(whole[0], middle - half), Math.min(whole[1], middle + half)]);
  };
  const shift = (part: number): void => {
    const by = Math.max(whole[0] - from, Math.min(whole[1] - to, width * part));
    onRange([from + by, to + by]);
  };
  return (
    <Group gap={6} role="group" aria-label="Zoom in time">
      <Button variant="default" size="compact-sm" onClick={() => zoom(0.5)}>
        Zoom in
      </Button>
      <Button variant="default" size="compact-sm" disabled={range === null} onClick={() => zoom(2)}>
        Zoom out
      </Button>
      <Button variant="default" size="compact-sm" disabled={range === null} onClick={() => shift(-0.5)}>
        Earlier
      </Button>
      <Button variant="default" size="compact-sm" disabled={range === null} onClick={() => shift(0.5)}>
        Later
      </Button>
      <Button variant="default" size="compact-sm" disabled={range === null} onClick={() => onRange(null)}>
        Whole
      </Button>
    </Group>
  );
}
