// The drawing: boxes that can be pressed, over lines.

import * as React from 'react';
import type { LineageNode } from '../api/schema';
import type { Text } from '../text';
import { type ILayout, keyOfLink, layout } from './layout';
import { familyOf, type IShown, type LineageModel } from './model';
import { iconOf, spoken, tooltip } from './words';

export const SIZE = { width: 184, height: 44, gapX: 28, gapY: 10 };
const MARGIN = 16;
const ZOOM = { least: 0.2, most: 2, step: 1.2 };

export interface IGraphProps {
  model: LineageModel;
  text: Text;
  open: (node: LineageNode) => void;
}

export function Graph({ model, text, open }: IGraphProps): JSX.Element {
  const { shown } = model;
  const made = React.useMemo(
    () =>
      layout(
        shown.nodes.map(node => node.id),
        shown.edges,
        SIZE
      ),
    [shown]
  );
  const box = React.useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useZoom(box, made);
  const pan = usePan(box);
  const width = made.width + 2 * MARGIN;
  const height = made.height + 2 * MARGIN;
  return (
    <div className="mlnb-Lineage-drawing">
      <div
        ref={box}
        className="mlnb-Lineage-canvas"
        role="group"
        aria-label={text.trans.__('Lineage; arrow keys move along the lines, Enter opens')}
        onKeyDown={event => move(event, model, made, open)}
        {...pan}
      >
        <div style={{ width: width * zoom, height: height * zoom }}>
          <div className="mlnb-Lineage-scaled" style={{ width, height, transform: `scale(${zoom})` }}>
            <Lines made={made} shown={shown} model={model} />
            <Boxes made={made} shown={shown} model={model} text={text} open={open} />
          </div>
        </div>
      </div>
      <ZoomButtons
        zoom={zoom}
        setZoom={setZoom}
        fit={() => setZoom(fitting(box.current, made))}
        text={text}
      />
    </div>
  );
}

interface IPartProps {
  made: ILayout;
  shown: IShown;
  model: LineageModel;
}

function Lines({ made, shown, model }: IPartProps): JSX.Element {
  const family = useFamily(shown, model);
  const indirect = new Set(shown.edges.filter(each => each.indirect).map(keyOfLink));
  const heads = new Set(shown.edges.map(each => each.target));
  return (
    <svg
      className="mlnb-Lineage-lines"
      width={made.width + 2 * MARGIN}
      height={made.height + 2 * MARGIN}
      aria-hidden="true"
    >
      <g transform={`translate(${MARGIN} ${MARGIN})`}>
        {made.segments.map(({ from, to, links }, index) => {
          const bend = (to.x - from.x) / 2;
          const inFamily = links.some(link => link.split('\n').every(id => family?.has(id)));
          return (
            <path
              key={index}
              d={`M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`}
              data-family={family === null ? undefined : inFamily}
              data-indirect={links.every(link => indirect.has(link))}
            />
          );
        })}
        {[...made.places].map(([id, { x, y }]) =>
          heads.has(id) ? (
            <path
              key={id}
              className="mlnb-Lineage-head"
              d={`M${x} ${y + SIZE.height / 2}l-6 -3.5v7z`}
              data-family={family?.has(id)}
            />
          ) : null
        )}
      </g>
    </svg>
  );
}

function Boxes({ made, shown, model, text, open }: IPartProps & IGraphProps): JSX.Element {
  const family = useFamily(shown, model);
  const selected = model.selected?.id ?? null;
  const entry = made.places.has(selected ?? '') ? selected : (shown.nodes[0]?.id ?? null);
  return (
    <>
      {shown.nodes.map(node => {
        const place = made.places.get(node.id)!;
        const Icon = iconOf(node);
        return (
          <button
            key={node.id}
            type="button"
            className="mlnb-Lineage-node"
            data-id={node.id}
            data-type={node.type}
            data-kind={node.kind ?? ''}
            data-missing={node.missing}
            data-family={family?.has(node.id)}
            data-state={node.type === 'run' ? node.state : undefined}
            style={{ left: place.x + MARGIN, top: place.y + MARGIN, width: SIZE.width, height: SIZE.height }}
            tabIndex={node.id === entry ? 0 : -1}
            aria-pressed={node.id === selected}
            aria-label={spoken(node, shown, text)}
            title={tooltip(node, text)}
            onClick={() => model.select(node.id)}
            onDoubleClick={() => open(node)}
          >
            <Icon.react tag="span" className="mlnb-Icon" />
            <span className="mlnb-Lineage-label">{node.label}</span>
            {node.missing && <span className="mlnb-Tag">{text.trans.__('missing')}</span>}
          </button>
        );
      })}
    </>
  );
}

/** The selected node, what led to it and what it led to; null where nothing is selected. */
function useFamily(shown: IShown, model: LineageModel): Set<string> | null {
  const id = model.selected?.id ?? null;
  return React.useMemo(
    () => (id !== null && shown.nodes.some(node => node.id === id) ? familyOf(id, shown.edges) : null),
    [shown, id]
  );
}

interface IZoomProps {
  zoom: number;
  setZoom: (zoom: number) => void;
  fit: () => void;
  text: Text;
}

function ZoomButtons({ zoom, setZoom, fit, text }: IZoomProps): JSX.Element {
  const { trans } = text;
  return (
    <div className="mlnb-Lineage-zoom" role="group" aria-label={trans.__('Zoom')}>
      <button
        type="button"
        title={trans.__('Zoom out')}
        aria-label={trans.__('Zoom out')}
        disabled={zoom <= ZOOM.least}
        onClick={() => setZoom(zoom / ZOOM.step)}
      >
        −
      </button>
      <button type="button" title={trans.__('Fit into the window')} onClick={fit}>
        {trans.__('%1 %', Math.round(zoom * 100))}
      </button>
      <button
        type="button"
        title={trans.__('Zoom in')}
        aria-label={trans.__('Zoom in')}
        disabled={zoom >= ZOOM.most}
        onClick={() => setZoom(zoom * ZOOM.step)}
      >
        +
      </button>
    </div>
  );
}

/** The zoom; with Ctrl, or two fingers on a touchpad, the wheel changes it around the pointer. */
function useZoom(box: React.RefObject<HTMLDivElement>, made: ILayout): [number, (zoom: number) => void] {
  const [zoom, setZoom] = React.useState(1);
  const isFitted = React.useRef(false);
  const current = React.useRef(zoom);
  current.current = zoom;
  const change = React.useCallback(
    (wanted: number, at?: { x: number; y: number }) => {
      const node = box.current;
      const next = Math.min(ZOOM.most, Math.max(ZOOM.least, wanted));
      const factor = next / current.current;
      const point = at ?? { x: (node?.clientWidth ?? 0) / 2, y: (node?.clientHeight ?? 0) / 2 };
      setZoom(next);
      requestAnimationFrame(() => {
        if (node) {
          node.scrollLeft = (node.scrollLeft + point.x) * factor - point.x;
          node.scrollTop = (node.scrollTop + point.y) * factor - point.y;
        }
      });
    },
    [box]
  );
  React.useLayoutEffect(() => {
    if (!isFitted.current && (box.current?.clientWidth ?? 0) > 0 && made.width > 0) {
      isFitted.current = true;
      setZoom(Math.max(0.65, fitting(box.current, made))); // smaller than this cannot be read
    }
  }, [box, made]);
  React.useEffect(() => {
    const node = box.current;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const edge = node!.getBoundingClientRect();
        const at = { x: event.clientX - edge.left, y: event.clientY - edge.top };
        change(current.current * Math.exp(-event.deltaY / 300), at);
      }
    };
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  }, [box, change]);
  return [zoom, change];
}

function fitting(box: HTMLDivElement | null, made: ILayout): number {
  if (!box || made.width === 0) {
    return 1;
  }
  const [width, height] = [made.width + 2 * MARGIN, made.height + 2 * MARGIN];
  return Math.max(ZOOM.least, Math.min(1, (box.clientWidth - 2) / width, (box.clientHeight - 2) / height));
}

/** The ground between the boxes can be dragged, as on a map. */
function usePan(box: React.RefObject<HTMLDivElement>): React.HTMLAttributes<HTMLDivElement> {
  const from = React.useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: event => {
      if (event.button === 0 && !(event.target as Element).closest('button')) {
        from.current = {
          x: event.clientX + (box.current?.scrollLeft ?? 0),
          y: event.clientY + (box.current?.scrollTop ?? 0)
        };
        event.currentTarget.setPointerCapture?.(event.pointerId);
      }
    },
    onPointerMove: event => {
      if (from.current && box.current) {
        box.current.scrollLeft = from.current.x - event.clientX;
        box.current.scrollTop = from.current.y - event.clientY;
      }
    },
    onPointerUp: () => (from.current = null),
    onPointerCancel: () => (from.current = null)
  };
}

/** Left and right go along the lines, up and down through a layer; what gets the focus is selected. */
function move(
  event: React.KeyboardEvent<HTMLDivElement>,
  model: LineageModel,
  made: ILayout,
  open: (node: LineageNode) => void
): void {
  const id = (event.target as HTMLElement).dataset['id'];
  const node = model.node(id ?? null);
  if (!node || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === 'Enter') {
    event.preventDefault();
    open(node);
  } else if (event.key === 'Escape') {
    model.select(null);
  } else {
    const next = beside(node.id, event.key, model.shown, made);
    if (next !== undefined) {
      event.preventDefault();
      model.select(next);
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.mlnb-Lineage-node')];
      all.find(each => each.dataset['id'] === next)?.focus();
    }
  }
}

/** The node that an arrow key leads to: the nearest of those that come into question. */
export function beside(id: string, key: string, shown: IShown, made: ILayout): string | undefined {
  const here = made.places.get(id)!;
  const candidates: Record<string, () => string[]> = {
    ArrowRight: () => shown.edges.filter(each => each.source === id).map(each => each.target),
    ArrowLeft: () => shown.edges.filter(each => each.target === id).map(each => each.source),
    ArrowDown: () => column().filter(each => made.places.get(each)!.y > here.y),
    ArrowUp: () => column().filter(each => made.places.get(each)!.y < here.y)
  };
  const column = (): string[] =>
    [...made.places].filter(([, place]) => place.layer === here.layer).map(([each]) => each);
  const far = (each: string): number => {
    const place = made.places.get(each)!;
    return Math.abs(place.y - here.y) + Math.abs(place.x - here.x);
  };
  return candidates[key]?.().sort((a, b) => far(a) - far(b))[0];
}
