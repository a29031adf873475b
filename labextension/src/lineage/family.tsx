// The section about the open notebook: what led to it stands above, what it led to below.

import { Button } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { LineageInfo, LineageNode } from '../api/schema';
import { Notice, Waiting } from '../parts/notice';
import type { Text } from '../text';
import { type IRow, reduced, rowsOf } from './lanes';
import type { LineageModel } from './model';
import { iconOf, tooltip, typeOf } from './words';

const LANE = 12;
const HEIGHT = 28;
/** More than this is no small graph; the whole one has a tab of its own. */
const MOST = 40;

type IGraph = Pick<LineageInfo, 'nodes' | 'edges'>;

export interface IFamilyProps {
  model: LineageModel;
  text: Text;
  open: (node: LineageNode) => void;
  /** Show the lineage of the whole project; null where there is no room for it. */
  showAll: (() => void) | null;
}

export function Family(props: IFamilyProps): JSX.Element {
  const { model, text, showAll } = props;
  const { trans } = text;
  const { info } = model;
  if (model.state === 'none') {
    return <Notice>{trans.__('Open a notebook to see what led to it.')}</Notice>;
  }
  if (model.state === 'failed' && !info) {
    return (
      <Notice tone="error" action={{ label: trans.__('Try again'), onClick: () => void model.refresh() }}>
        {text.sentence(model.error ?? '')}
      </Notice>
    );
  }
  if (!info) {
    return <Waiting label={trans.__('Reading the lineage')} />;
  }
  const more = showAll && { label: trans.__('Whole project…'), onClick: showAll };
  if (info.nodes.length <= 1) {
    return (
      <Notice {...(more && { action: more })}>
        {trans.__('Nothing led to this notebook, and it led to nothing yet.')}
      </Notice>
    );
  }
  const near = nearest(info, info.focus, MOST);
  return (
    <div className="mlnb-Family">
      <Rows {...props} shown={near} focus={info.focus} />
      <p className="mlnb-Family-more">
        {near.nodes.length < info.nodes.length && (
          <span className="mlnb-Muted">
            {trans.__('The %1 nearest of %2.', near.nodes.length, info.nodes.length)}
          </span>
        )}
        {more && (
          <Button className="jp-mod-styled" onClick={more.onClick}>
            {more.label}
          </Button>
        )}
      </p>
    </div>
  );
}

function Rows(props: IFamilyProps & { shown: IGraph; focus: string | null }): JSX.Element {
  const { text, open, shown, focus } = props;
  const { trans } = text;
  const { rows, lanes } = React.useMemo(
    () =>
      rowsOf(
        shown.nodes.map(node => node.id),
        reduced(shown.edges, focus)
      ),
    [shown, focus]
  );
  const byId = new Map(shown.nodes.map(node => [node.id, node]));
  return (
    <ul className="mlnb-List" aria-label={trans.__('What led to this notebook, and what it led to')}>
      {rows.map(row => {
        const node = byId.get(row.id)!;
        const Icon = iconOf(node);
        const isHere = node.id === focus;
        return (
          <li
            key={row.id}
            className="mlnb-Family-row"
            data-id={node.id}
            data-type={node.type}
            data-here={isHere}
            data-missing={node.missing}
          >
            <Lane row={row} lanes={lanes} isHere={isHere} />
            <Button
              minimal
              className="mlnb-Family-node"
              title={tooltip(node, text)}
              aria-current={isHere || undefined}
              aria-label={trans.__('%1 %2', typeOf(node, text), node.label)}
              disabled={node.path === null || isHere}
              onClick={() => open(node)}
            >
              <Icon.react tag="span" className="mlnb-Icon" />
              <span className="mlnb-Lineage-label">{node.label}</span>
              {node.missing && <span className="mlnb-Tag">{trans.__('missing')}</span>}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function Lane({ row, lanes, isHere }: { row: IRow; lanes: number; isHere: boolean }): JSX.Element {
  const x = (lane: number): number => lane * LANE + LANE / 2 + 2;
  const middle = HEIGHT / 2;
  const curve = (lane: number, top: number, bottom: number): string =>
    top < middle
      ? `M${x(lane)} ${top}C${x(lane)} ${middle} ${x(row.lane)} ${top} ${x(row.lane)} ${middle}`
      : `M${x(row.lane)} ${middle}C${x(row.lane)} ${bottom} ${x(lane)} ${middle} ${x(lane)} ${bottom}`;
  return (
    <svg className="mlnb-Family-lane" width={lanes * LANE + 4} height={HEIGHT} aria-hidden="true">
      {row.passes.map(lane => (
        <path key={`p${lane}`} d={`M${x(lane)} 0V${HEIGHT}`} />
      ))}
      {row.ends.map(lane => (
        <path key={`e${lane}`} d={curve(lane, 0, HEIGHT)} />
      ))}
      {row.leaves.map(lane => (
        <path key={`l${lane}`} d={curve(lane, middle, HEIGHT)} />
      ))}
      <circle cx={x(row.lane)} cy={middle} r={isHere ? 4.5 : 3} />
    </svg>
  );
}

/** The nodes with the fewest steps from the focus. */
export function nearest({ nodes, edges }: IGraph, focus: string | null, most: number): IGraph {
  if (nodes.length <= most || focus === null) {
    return { nodes, edges };
  }
  const near = new Map<string, string[]>();
  for (const { source, target } of edges) {
    near.set(source, [...(near.get(source) ?? []), target]);
    near.set(target, [...(near.get(target) ?? []), source]);
  }
  const kept = new Set([focus]);
  for (const id of kept) {
    for (const other of near.get(id) ?? []) {
      if (kept.size < most) {
        kept.add(other);
      }
    }
  }
  return {
    nodes: nodes.filter(node => kept.has(node.id)),
    edges: edges.filter(edge => kept.has(edge.source) && kept.has(edge.target))
  };
}
